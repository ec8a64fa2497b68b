//! Tests over the whole of baking; the vectors of the specifications run in `tests/conformance/baking.rs`.

use proptest::prelude::*;

use super::*;

const ASSERTION: &str = r#"{"@context":"https://w3id.org/openbadges/v2","id":"https://badges.example/a/1.json","narrative":"Kůň <&> ]]>"}"#;
const CREDENTIAL: &str = "{\"id\":\"urn:uuid:0\",\"name\":\"Étoile \u{fffe}\"}\n";
const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpZCI6IjAifQ.AA-_";
const HOSTED: &str = "https://badges.example/a/1.json?a=1&b='2'";
const SVG: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"  viewBox=\"0 0 90 45\" >\r\n <rect/><!-- c --></svg>\n";

fn png() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, 2, 3);
    encoder.set_color(::png::ColorType::Rgba);
    encoder.add_text_chunk("Software".into(), "a".into()).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[7; 24]).unwrap();
    writer.finish().unwrap();
    file
}

fn pictures() -> [Vec<u8>; 2] {
    [png(), SVG.into()]
}

fn assertion() -> Record<'static> {
    Record::new(Slot::OpenBadges2, ASSERTION).unwrap().hosted_at(HOSTED).unwrap()
}

fn credential() -> Record<'static> {
    Record::new(Slot::OpenBadges3, CREDENTIAL).unwrap()
}

fn text(image: &[u8], slot: Slot) -> Option<String> {
    extract(image).unwrap().get(slot).unwrap().map(|found| found.text.clone())
}

#[test]
fn both_generations_live_in_one_picture() {
    // OB2-BAKE-17, OB3-BAKE-1, OB3-BAKE-3.
    for picture in pictures() {
        let baked = bake(&picture, &[assertion(), credential()]).unwrap();
        let is_png = Kind::detect(&baked) == Ok(Kind::Png);
        let expected =
            if is_png { ASSERTION.to_owned() } else { ASSERTION.replace("]]>", "]]\\u003e") };
        assert_eq!(text(&baked, Slot::OpenBadges2), Some(expected));
        let expected =
            if is_png { CREDENTIAL.to_owned() } else { CREDENTIAL.replace('\u{fffe}', "\\ufffe") };
        assert_eq!(text(&baked, Slot::OpenBadges3), Some(expected));
        assert_eq!(bake(&baked, &[credential(), assertion()]).unwrap(), baked, "twice is once");
    }
}

#[test]
fn baking_one_generation_leaves_the_other_alone() {
    // OB2-BAKE-17.
    for picture in pictures() {
        let first = bake(&picture, &[assertion()]).unwrap();
        let both = bake(&first, &[credential()]).unwrap();
        assert_eq!(text(&both, Slot::OpenBadges2), text(&first, Slot::OpenBadges2));
        assert!(text(&both, Slot::OpenBadges3).is_some());
    }
}

#[test]
fn a_second_bake_replaces_the_first_or_is_refused() {
    // OB2-BAKE-4, OB2-BAKE-11, OB3-BAKE-2, OB3-BAKE-4.
    let token = Record::new(Slot::OpenBadges2, TOKEN).unwrap();
    for picture in pictures() {
        let first = bake(&picture, &[assertion()]).unwrap();
        let second = bake(&first, &[token]).unwrap();
        assert_eq!(text(&second, Slot::OpenBadges2).as_deref(), Some(TOKEN));
        let refused = Template::prepare(&first, &[Slot::OpenBadges2], Existing::Refuse);
        assert_eq!(refused.unwrap_err(), BakeError::Occupied { slot: Slot::OpenBadges2 });
        assert!(Template::prepare(&first, &[Slot::OpenBadges3], Existing::Refuse).is_ok());
    }
}

#[test]
fn the_png_chunk_has_the_published_layout_right_behind_the_header() {
    // OB2-BAKE-1, OB2-BAKE-2, OB2-BAKE-5, OB2-CONST-6, OB3-CONST-9.
    let picture = png();
    let (header, rest) = picture.split_at(33);
    let baked = bake(&picture, &[assertion(), credential()]).unwrap();
    let chunk = |keyword: &[u8], text: &str| {
        let data = [b"iTXt", keyword, &[0; 5], text.as_bytes()].concat();
        let length = u32::try_from(data.len() - 4).unwrap().to_be_bytes();
        [&length[..], &data, &crc32fast::hash(&data).to_be_bytes()].concat()
    };
    let expected = [
        header,
        &chunk(b"openbadges", ASSERTION),
        &chunk(b"openbadgecredential", CREDENTIAL),
        rest,
    ];
    assert_eq!(baked, expected.concat());
    let decoded = ::png::Decoder::new(std::io::Cursor::new(baked)).read_info().unwrap();
    assert_eq!(decoded.info().utf8_text.len(), 2);
}

#[test]
fn the_svg_elements_come_first_under_the_literal_prefix() {
    // OB2-BAKE-8, OB2-BAKE-10, OB2-BAKE-13, OB3-BAKE-3, OB3-BAKE-7, OB2-CONST-7, OB3-CONST-10.
    let baked =
        String::from_utf8(bake(SVG.as_bytes(), &[assertion(), credential()]).unwrap()).unwrap();
    let (before, after) = SVG.split_once(" >").unwrap();
    let expected = format!(
        "{before}  xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\">\
         <openbadges:credential xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\"><![CDATA[{}]]></openbadges:credential>\
         <openbadges:assertion xmlns:openbadges=\"http://openbadges.org\" verify=\"{}\"><![CDATA[{}]]></openbadges:assertion>{after}",
        CREDENTIAL.replace('\u{fffe}', "\\ufffe"),
        HOSTED.replace('&', "&amp;"),
        ASSERTION.replace("]]>", "]]\\u003e"),
    );
    assert_eq!(baked, expected);
    let found = extract(baked.as_bytes()).unwrap();
    assert_eq!(found.get(Slot::OpenBadges2).unwrap().unwrap().verify.as_deref(), Some(HOSTED));
}

#[test]
fn a_signed_record_stands_in_verify() {
    // OB2-BAKE-9, OB3-BAKE-3.
    for slot in Slot::ALL {
        let baked = bake(SVG.as_bytes(), &[Record::new(slot, TOKEN).unwrap()]).unwrap();
        let found = extract(&baked).unwrap();
        let found = found.get(slot).unwrap().unwrap();
        assert_eq!((found.text.as_str(), found.form), (TOKEN, Form::Jws));
        let needle = format!("verify=\"{TOKEN}\"/>");
        assert!(String::from_utf8(baked).unwrap().contains(&needle));
    }
}

#[test]
fn a_hosted_assertion_in_an_svg_needs_its_address() {
    // OB2-BAKE-10. A PNG does not.
    let unhosted = Record::new(Slot::OpenBadges2, ASSERTION).unwrap();
    assert_eq!(bake(SVG.as_bytes(), &[unhosted]), Err(BakeError::HostedUrlMissing));
    assert!(bake(&png(), &[unhosted]).is_ok());
}

#[test]
fn an_empty_or_prefixed_root_can_be_baked() {
    let token = Record::new(Slot::OpenBadges2, TOKEN).unwrap();
    for root in [
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<s:svg xmlns:s='http://www.w3.org/2000/svg' viewBox='0 0 1 1' />",
        "\u{feff}<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"urn:other\"></svg>",
    ] {
        let baked = bake(root.as_bytes(), &[token, credential()]).unwrap();
        assert_eq!(bake(&baked, &[token, credential()]).unwrap(), baked, "{root}");
        let again = bake(&baked, &[credential()]).unwrap();
        assert_eq!(text(&again, Slot::OpenBadges2).as_deref(), Some(TOKEN), "{root}");
    }
}

#[test]
fn a_record_given_twice_or_without_a_place_is_refused() {
    let slot = Slot::OpenBadges3;
    let twice = [credential(), credential()];
    for picture in pictures() {
        assert_eq!(bake(&picture, &twice), Err(BakeError::TwoRecords { slot }));
        let template = Template::prepare(&picture, &[slot], Existing::Replace).unwrap();
        assert_eq!(template.bake(&twice), Err(BakeError::TwoRecords { slot }));
        let other = BakeError::NotPrepared { slot: Slot::OpenBadges2 };
        assert_eq!(template.bake(&[assertion()]), Err(other));
    }
}

#[test]
fn an_old_text_chunk_is_dropped_when_baking() {
    // OB2-BAKE-4: the legacy `tEXt` goes, other text stays.
    let mut legacy = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut legacy, 1, 1);
    encoder.add_text_chunk("openbadges".into(), HOSTED.into()).unwrap();
    encoder.add_text_chunk("Author".into(), "A".into()).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[7]).unwrap();
    writer.finish().unwrap();
    let found = extract(&legacy).unwrap();
    let found = found.get(Slot::OpenBadges2).unwrap().unwrap();
    assert_eq!((found.form, found.oddities.as_slice()), (Form::Url, &[Oddity::LegacyChunk][..]));
    let baked = bake(&legacy, &[assertion()]).unwrap();
    let decoded = ::png::Decoder::new(std::io::Cursor::new(baked)).read_info().unwrap();
    let texts = &decoded.info().uncompressed_latin1_text;
    assert_eq!(texts.iter().map(|text| text.keyword.as_str()).collect::<Vec<_>>(), ["Author"]);
}

#[test]
fn a_bomb_in_a_compressed_chunk_is_too_long_and_no_more() {
    // OB2-BAKE-15.
    let bomb = {
        let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut deflated, &vec![b' '; 64 * 1024 * 1024]).unwrap();
        let mut bomb = deflated.finish().unwrap();
        // Whoever inflates it to its end finds it damaged; whoever stops in time does not.
        *bomb.last_mut().unwrap() ^= 1;
        bomb
    };
    let data = [b"iTXtopenbadges\0\x01\0\0\0".as_slice(), &bomb].concat();
    let length = u32::try_from(data.len() - 4).unwrap().to_be_bytes();
    let chunk = [&length[..], &data, &crc32fast::hash(&data).to_be_bytes()].concat();
    let picture = png();
    let (header, rest) = picture.split_at(33);
    let baked = extract(&[header, &chunk, rest].concat()).unwrap();
    assert_eq!(baked.get(Slot::OpenBadges2), Err(&SlotError::TooLong));
    assert!(!baked.is_unbaked());
}

#[test]
fn damage_is_named() {
    let picture = png();
    let mut flipped = picture.clone();
    flipped[45] ^= 1;
    let error = |image: &[u8]| extract(image).unwrap_err();
    assert_eq!(error(&flipped), PictureError::Png(PngError::Checksum { at: 33 }));
    let cut = picture.len() - 1;
    assert_eq!(
        error(&picture[..cut]),
        PictureError::Png(PngError::Truncated { at: picture.len() - 12 })
    );
    assert_eq!(error(&picture[..8]), PictureError::Png(PngError::Truncated { at: 8 }));
    assert_eq!(error(b"\x89PNG"), PictureError::NeitherPngNorSvg);
    assert_eq!(error(b"GIF89a"), PictureError::NeitherPngNorSvg);
    let large = vec![b'<'; IMAGE_BYTES_MAX + 1];
    assert_eq!(error(&large), PictureError::TooLarge { bytes: IMAGE_BYTES_MAX + 1 });
}

/// OB2-BAKE-14: the line that editors wrote into every SVG 1.1, and its nearest forgeries.
#[test]
fn the_document_type_of_svg_1_1_declares_nothing_and_passes() {
    let plain = "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
                 \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">";
    let picture = |doctype: &str| format!("<?xml version='1.0'?>\n{doctype}\n<svg/>").into_bytes();
    assert!(extract(&picture(plain)).unwrap().is_unbaked());
    for other in [
        plain.repeat(2),
        plain.replace("w3.org", "evil.example"),
        plain.replace("\">", "\" []>"),
        plain.replace("DOCTYPE svg", "DOCTYPE html"),
        "<!DOCTYPE svg SYSTEM \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">".to_owned(),
    ] {
        let refused = matches!(
            extract(&picture(&other)),
            Err(PictureError::Svg(SvgError::DocumentType { .. }))
        );
        assert!(refused, "{other}");
    }
}

#[test]
fn hostile_xml_is_refused_for_the_right_reason() {
    // OB2-BAKE-14.
    let deep = format!("<svg>{}", "<g>".repeat(400));
    let wide = format!("<svg {}/>", (0..300).map(|n| format!("a{n}='' ")).collect::<String>());
    let long = format!("<svg>{}</svg>", "<g/>".repeat(200_000));
    let cases: [(&str, SvgError); 18] = [
        ("<!DOCTYPE svg><svg/>", SvgError::DocumentType { at: 0 }),
        ("<svg>&a;</svg>", SvgError::Entity { at: 5 }),
        ("<svg a='&a;'/>", SvgError::Entity { at: 0 }),
        ("<svg>&#1;</svg>", SvgError::Entity { at: 5 }),
        ("<svg>", SvgError::NotWellFormed { at: 5 }),
        ("<svg/><svg/>", SvgError::NotWellFormed { at: 6 }),
        ("<svg/>text", SvgError::NotWellFormed { at: 6 }),
        ("<svg></g>", SvgError::NotWellFormed { at: 5 }),
        ("<svg a='1' a='2'/>", SvgError::NotWellFormed { at: 0 }),
        ("<svg>\u{1}</svg>", SvgError::NotWellFormed { at: 5 }),
        ("<svg><o:a/></svg>", SvgError::Namespaces { at: 5 }),
        ("<svg xmlns:o='http&#58;//openbadges.org'/>", SvgError::Namespaces { at: 0 }),
        ("<?xml version='1.1'?><svg/>", SvgError::Encoding),
        ("<?xml version='1.0' encoding='latin1'?><svg/>", SvgError::Encoding),
        ("<html/>", SvgError::Root),
        (&deep, SvgError::TooDeep { at: 5 + 255 * 3 }),
        (&wide, SvgError::TooManyAttributes { at: 0 }),
        (&long, SvgError::TooManyParts { at: 5 + 4 * (200_000 - 1) }),
    ];
    for (text, expected) in cases {
        let found = extract(text.as_bytes()).unwrap_err();
        assert_eq!(found, PictureError::Svg(expected), "{}", text.get(..60).unwrap_or(text));
    }
    let not_utf8 = extract(b"<svg>\xff</svg>").unwrap_err();
    assert_eq!(not_utf8, PictureError::Svg(SvgError::NotUtf8));
}

#[test]
fn the_namespace_name_decides_and_not_the_prefix() {
    // OB2-BAKE-14.
    let picture = |prefix: &str, namespace: &str| {
        format!(
            "<svg><{prefix}:assertion xmlns:{prefix}=\"{namespace}\" verify=\"{TOKEN}\"/></svg>"
        )
    };
    let other = picture("x", "http://openbadges.org");
    assert_eq!(text(other.as_bytes(), Slot::OpenBadges2).as_deref(), Some(TOKEN));
    let wrong = picture("openbadges", "http://openbadges.org/");
    assert!(extract(wrong.as_bytes()).unwrap().is_unbaked());
}

#[test]
fn a_drawing_outside_the_svg_namespace_cannot_be_baked() {
    let root = Err(BakeError::Picture(PictureError::Svg(SvgError::Root)));
    assert_eq!(bake(b"<svg/>", &[credential()]), root);
    assert_eq!(bake(b"<svg xmlns='urn:other'/>", &[credential()]), root);
}

#[test]
fn a_picture_tells_its_kind_and_size() {
    // OB2-IMG-7: the bytes decide.
    let read = |image: &[u8]| Picture::read(image).map(|it| (it.kind, it.width, it.height));
    assert_eq!(read(&png()), Ok((Kind::Png, 2.0, 3.0)));
    let svg =
        |attributes: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}/>");
    for (attributes, width, height) in [
        ("viewBox='0 0 90 45'", 90.0, 45.0),
        ("viewBox='0,0,90,45' width='100%' height='100%'", 90.0, 45.0),
        ("width='200' height='200px' viewBox='0 0 90 45'", 200.0, 200.0),
        ("width='1in' height='2.54cm'", 96.0, 96.0),
        ("width='180' viewBox='0 0 90 45'", 180.0, 90.0),
    ] {
        let found = read(svg(attributes).as_bytes());
        assert_eq!(found, Ok((Kind::Svg, width, height)), "{attributes}");
    }
    for attributes in
        ["", "width='9'", "viewBox='0 0 0 0'", "viewBox='0 0 1'", "width='-1' height='1'"]
    {
        let none = Err(PictureError::Svg(SvgError::NoSize));
        assert_eq!(read(svg(attributes).as_bytes()), none, "{attributes}");
    }
    assert!(Picture::read(svg("width='1in' height='25.4mm'").as_bytes()).unwrap().is_square());
    assert!(!Picture::read(&png()).unwrap().is_square());
}

/// JSON texts with what pictures make difficult: brackets, quotes, line ends, XML's forbidden characters.
fn json() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{1,8}",
        "[\\]<>&\"']{1,4}",
        Just("]]>".to_owned()),
        "\\PC{1,4}",
        Just("\u{ffff}".to_owned())
    ];
    let text = proptest::collection::vec(piece, 0..6).prop_map(|parts| parts.concat());
    (text, prop_oneof![Just(""), Just("\n"), Just("\r\n\t")])
        .prop_map(|(text, space)| format!("{{\"name\":{space}{}}}", serde_json::json!(text)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_goes_in_comes_out(two in json(), three in json()) {
        let records = [
            Record::new(Slot::OpenBadges2, &two).unwrap().hosted_at(HOSTED).unwrap(),
            Record::new(Slot::OpenBadges3, &three).unwrap(),
        ];
        for picture in pictures() {
            // `bake` compares by itself and would answer `ReadBack`; here the JSON values are compared.
            let baked = bake(&picture, &records).unwrap();
            prop_assert_eq!(&bake(&baked, &records).unwrap(), &baked);
            for record in &records {
                let read = text(&baked, record.slot()).unwrap();
                let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
                prop_assert_eq!(value(&read), value(record.text()));
                if Kind::detect(&baked) == Ok(Kind::Png) {
                    prop_assert_eq!(read.as_str(), record.text());
                }
            }
        }
    }

    /// OB2-BAKE-4, OB2-BAKE-11, OB3-BAKE-2: so a digest of the picture before it was baked can still be compared.
    #[test]
    fn a_picture_comes_back_as_it_was_before_it_was_baked(two in json(), three in json()) {
        let two = Record::new(Slot::OpenBadges2, &two).unwrap().hosted_at(HOSTED).unwrap();
        let three = Record::new(Slot::OpenBadges3, &three).unwrap();
        for picture in pictures() {
            for records in [&[][..], &[two], &[three], &[two, three]] {
                prop_assert_eq!(&unbaked(&bake(&picture, records).unwrap()).unwrap(), &picture);
            }
        }
    }

    #[test]
    fn every_other_byte_is_kept(two in json()) {
        let record = Record::new(Slot::OpenBadges2, &two).unwrap().hosted_at(HOSTED).unwrap();
        for picture in pictures() {
            let baked = bake(&picture, &[record]).unwrap();
            let emptied = Template::prepare(&baked, &[Slot::OpenBadges2], Existing::Replace).unwrap();
            let emptied = emptied.bake(&[]).unwrap();
            // The declaration on the root stays: another record may lean on it.
            let declaration = " xmlns:openbadges=\"http://openbadges.org\"".as_bytes();
            let at = emptied.windows(declaration.len()).position(|window| window == declaration);
            let emptied = match at {
                Some(at) => [&emptied[..at], &emptied[at + declaration.len()..]].concat(),
                None => emptied,
            };
            prop_assert_eq!(emptied, picture);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0_usize..700, flip in any::<u8>()) {
        for start in [b"".as_slice(), b"<svg ", b"\x89PNG\r\n\x1a\n", &png()[..33]] {
            let image = [start, &bytes].concat();
            let _ = extract(&image);
            let _ = unbaked(&image);
            let _ = bake(&image, &[credential()]);
            let _ = Picture::read(&image);
            let _ = check_svg(&image);
        }
        for picture in pictures() {
            let mut image = bake(&picture, &[assertion(), credential()]).unwrap();
            let at = at % image.len();
            image[at] = flip;
            let _ = extract(&image);
            let _ = bake(&image, &[credential()]);
            let _ = check_svg(&image);
        }
    }

    #[test]
    fn no_markup_makes_it_panic(text in "(<|>|/|&|;|#|x|'|\"|=| |svg|!\\[CDATA\\[|\\]\\]>|<!--|-->|<\\?|\\?>|xmlns|:|o|\u{e9}){0,40}") {
        let image = format!("<svg xmlns='http://www.w3.org/2000/svg'>{text}</svg>");
        let _ = extract(image.as_bytes());
        let _ = bake(image.as_bytes(), &[credential()]);
        let _ = check_svg(image.as_bytes());
    }
}
