//! Pictures: two records where one belongs, damage, bombs, things that SVG can do, a record in the wrong picture.

use std::io::Write as _;

use openbadges::bake::{self, Record, Slot, TEXT_BYTES_MAX};
use openbadges::verify::Code;
use serde_json::{Value, json};

use crate::issuer::{Case, Issuer, Scene};

const BROKEN: &[Code] = &[Code::InputPictureBroken];
const EMPTY: &[Code] = &[Code::InputWithoutBadge];
const SVG: &str = "http://www.w3.org/2000/svg";

pub(super) fn cases() -> Vec<Case> {
    [honest(), chunks(), damage(), compressed(), drawings(), declarations(), both()].concat()
}

/// One grey pixel.
///
/// # Panics
/// Never: its parts are constants.
#[must_use]
pub(super) fn png(texts: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    let mut pixels = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
    let written = pixels.write_all(&[0, 0x80]).and_then(|()| pixels.finish());
    let mut image = b"\x89PNG\r\n\x1a\n".to_vec();
    image.extend(chunk(b"IHDR", &header));
    for (kind, data) in texts {
        image.extend(chunk(kind, data));
    }
    image.extend(chunk(b"IDAT", &written.unwrap_or_default()));
    image.extend(chunk(b"IEND", &[]));
    image
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or_default().to_be_bytes();
    let summed = [kind.as_slice(), data].concat();
    let checksum = crc32fast::hash(&summed).to_be_bytes();
    [length.as_slice(), &summed, &checksum].concat()
}

/// The data of an `iTXt` chunk: keyword, flag, method, language, translated keyword, text.
fn text(slot: Slot, text: &[u8]) -> Vec<u8> {
    [slot.keyword().as_bytes(), &[0; 5], text].concat()
}

fn deflated(slot: Slot, text: &[u8]) -> Vec<u8> {
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(9));
    let written = zlib.write_all(text).and_then(|()| zlib.finish());
    [slot.keyword().as_bytes(), &[0, 1, 0, 0, 0], &written.unwrap_or_default()].concat()
}

/// A PNG with these chunks, presented on the club's web.
fn carrying(make: impl FnOnce(&str) -> Vec<(&'static [u8; 4], Vec<u8>)>) -> Scene {
    let mut club = Issuer::new();
    let badge = club.award().to_string();
    club.presents_bytes(png(&make(&badge)))
}

/// A file made of an honest baked PNG.
fn damaged(change: impl FnOnce(&mut Vec<u8>)) -> Scene {
    let mut club = Issuer::new();
    let badge = club.award().to_string();
    let mut image = png(&[(b"iTXt", text(Slot::OpenBadges3, badge.as_bytes()))]);
    change(&mut image);
    club.presents_bytes(image)
}

/// An SVG made of a text with the badge's JSON in it.
pub(super) fn drawn(make: impl FnOnce(&str) -> String) -> Scene {
    let mut club = Issuer::new();
    let badge = club.award().to_string();
    club.presents_bytes(make(&badge))
}

pub(super) fn element(badge: &str) -> String {
    let namespace = Slot::OpenBadges3.namespace();
    format!("<o:credential xmlns:o='{namespace}'><![CDATA[{badge}]]></o:credential>")
}

pub(super) fn svg(inside: &str) -> String {
    format!("<svg xmlns='{SVG}' viewBox='0 0 1 1'>{inside}</svg>")
}

fn honest() -> Vec<Case> {
    let three = Slot::OpenBadges3;
    vec![
        carrying(|badge| vec![(b"iTXt", text(three, badge.as_bytes()))])
            .valid("picture/honest-png", "OB3-BAKE-1"),
        drawn(|badge| svg(&element(badge))).valid("picture/honest-svg", "OB3-BAKE-3"),
        carrying(|badge| {
            vec![(b"iTXt", text(three, badge.as_bytes())), (b"tEXt", b"Title\0Accueil".to_vec())]
        })
        .valid("picture/with-a-title", "OB2-BAKE-5"),
        damaged(|image| image.extend(b"trailing")).valid("picture/with-bytes-behind", "OB2-BAKE-5"),
        carrying(|badge| vec![(b"iTXt", deflated(three, badge.as_bytes()))])
            .valid("picture/a-compressed-record", "OB2-BAKE-15"),
        drawn(|badge| {
            format!(
                "\u{feff}<?xml version='1.0' encoding='UTF-8'?>\n<!-- a -->{}",
                svg(&element(badge))
            )
        })
        .valid("picture/an-svg-with-a-mark-and-a-declaration", "OB2-BAKE-14"),
        drawn(|badge| {
            let escaped = badge.replace('&', "&amp;").replace('<', "&lt;");
            let namespace = Slot::OpenBadges3.namespace();
            svg(&format!("<credential xmlns='{namespace}'>{escaped}</credential>"))
        })
        .valid("picture/an-svg-without-cdata-or-prefix", "OB2-BAKE-14"),
        carrying(|_| vec![]).unknown("picture/a-png-without-a-badge", "OB3-BAKE-6", EMPTY),
        drawn(|_| svg("<g/>")).unknown("picture/an-svg-without-a-badge", "OB3-BAKE-6", EMPTY),
    ]
}

fn chunks() -> Vec<Case> {
    let three = Slot::OpenBadges3;
    let kind = |kind: &'static [u8; 4]| {
        carrying(move |badge| {
            vec![(kind, [three.keyword().as_bytes(), &[0], badge.as_bytes()].concat())]
        })
    };
    vec![
        carrying(|badge| {
            vec![(b"iTXt", text(three, badge.as_bytes())), (b"iTXt", text(three, b"{\"id\":1}"))]
        })
        .unknown("png/two-records", "OB3-BAKE-2", BROKEN),
        carrying(|badge| vec![(b"iTXt", text(three, badge.as_bytes())); 2]).unknown(
            "png/the-same-record-twice",
            "OB3-BAKE-2",
            BROKEN,
        ),
        carrying(|badge| vec![(b"iTXt", text(three, badge.as_bytes())); 500]).unknown(
            "png/five-hundred-records",
            "OB3-BAKE-2",
            BROKEN,
        ),
        kind(b"tEXt").unknown("png/a-credential-in-latin-1", "OB3-BAKE-1", EMPTY),
        kind(b"zTXt").unknown("png/a-credential-in-ztxt", "OB3-BAKE-1", EMPTY),
        carrying(|_| vec![(b"iTXt", text(three, b"hello"))]).unknown(
            "png/a-record-that-is-none",
            "OB3-BAKE-1",
            BROKEN,
        ),
        carrying(|_| vec![(b"iTXt", text(three, b""))]).unknown(
            "png/an-empty-record",
            "OB3-BAKE-1",
            BROKEN,
        ),
        carrying(|_| vec![(b"iTXt", text(three, b"{\xff}"))]).unknown(
            "png/a-record-that-is-no-text",
            "OB3-BAKE-1",
            BROKEN,
        ),
        carrying(|_| vec![(b"iTXt", three.keyword().as_bytes().to_vec())]).unknown(
            "png/a-bare-keyword",
            "OB3-BAKE-1",
            EMPTY,
        ),
        carrying(|_| vec![(b"iTXt", [three.keyword().as_bytes(), &[0, 0]].concat())]).unknown(
            "png/a-chunk-cut-short",
            "OB2-BAKE-1",
            BROKEN,
        ),
        carrying(|badge| {
            vec![(
                b"iTXt",
                [three.keyword().as_bytes(), &[0, 7, 0, 0, 0], badge.as_bytes()].concat(),
            )]
        })
        .unknown("png/an-unknown-flag", "OB2-BAKE-1", BROKEN),
        carrying(|_| vec![(b"iTXt", text(three, b"https://badges.example/a/1/credential.json"))])
            .unknown("png/an-address-for-a-credential", "OB3-BAKE-1", &[Code::DocumentUnavailable]),
    ]
}

fn damage() -> Vec<Case> {
    let last = |image: &Vec<u8>| image.len().saturating_sub(1);
    vec![
        damaged(|image| image.truncate(8)).unknown("png/a-bare-signature", "OB2-BAKE-14", BROKEN),
        damaged(|image| image.truncate(40)).unknown("png/cut-early", "OB2-BAKE-14", BROKEN),
        damaged(|image| image.truncate(image.len() - 12)).unknown(
            "png/without-its-end",
            "OB2-BAKE-14",
            BROKEN,
        ),
        damaged(|image| image.truncate(image.len() - 1)).unknown(
            "png/a-byte-short",
            "OB2-BAKE-14",
            BROKEN,
        ),
        damaged(|image| {
            let at = last(image);
            image[at] ^= 1;
        })
        .unknown("png/a-wrong-checksum-at-the-end", "OB2-WILD-8", BROKEN),
        damaged(|image| image[100] ^= 1).unknown(
            "png/a-changed-byte-in-the-record",
            "OB2-BAKE-14",
            BROKEN,
        ),
        damaged(|image| image[33..37].copy_from_slice(&[0xff; 4])).unknown(
            "png/a-chunk-of-4-gb",
            "OB2-BAKE-14",
            BROKEN,
        ),
        damaged(|image| image[33..37].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff])).unknown(
            "png/a-chunk-of-2-gb",
            "OB2-BAKE-14",
            BROKEN,
        ),
        damaged(|image| {
            image.drain(8..33);
        })
        .unknown("png/without-its-header", "OB2-BAKE-14", BROKEN),
        damaged(|image| image.resize(bake::IMAGE_BYTES_MAX + 1, 0)).unknown(
            "png/too-large",
            "OB2-BAKE-14",
            &[Code::InputNotRecognised],
        ),
        damaged(|image| {
            let head = image.split_off(33);
            image.extend(chunk(b"aaAa", &[]).repeat(300_000));
            image.extend(head);
        })
        .valid("png/three-hundred-thousand-empty-chunks", "OB2-BAKE-5"),
    ]
}

fn compressed() -> Vec<Case> {
    let three = Slot::OpenBadges3;
    let of = |bytes: Vec<u8>| carrying(move |_| vec![(b"iTXt", deflated(three, &bytes))]);
    vec![
        of(vec![b' '; TEXT_BYTES_MAX + 1]).unknown("bomb/a-byte-too-many", "OB2-BAKE-15", BROKEN),
        of(vec![b' '; 256 << 20]).unknown("bomb/256-mb", "OB2-BAKE-15", BROKEN),
        carrying(|badge| {
            let mut data = deflated(three, badge.as_bytes());
            data.truncate(data.len() / 2);
            vec![(b"iTXt", data)]
        })
        .unknown("bomb/cut-in-half", "OB2-BAKE-15", BROKEN),
        carrying(|_| {
            vec![(b"iTXt", [three.keyword().as_bytes(), &[0, 1, 0, 0, 0], b"not zlib"].concat())]
        })
        .unknown("bomb/not-compressed-at-all", "OB2-BAKE-15", BROKEN),
        carrying(move |_| vec![(b"iTXt", deflated(three, &vec![b' '; 4 << 20])); 200]).unknown(
            "bomb/two-hundred-of-them",
            "OB2-BAKE-15",
            BROKEN,
        ),
    ]
}

fn drawings() -> Vec<Case> {
    let with = |more: &'static str| drawn(move |badge| svg(&format!("{more}{}", element(badge))));
    vec![
        // Verifying a picture draws nothing, so what a drawing would do is no reason to call the badge in it forged.
        with("<script>alert(1)</script>").valid("svg/a-script", "OB2-BAKE-14"),
        with("<image href='https://evil.example/pixel.png'/>").valid("svg/an-external-picture", "OB2-BAKE-14"),
        with("<g onload='alert(1)'/>").valid("svg/an-event", "OB2-BAKE-14"),
        with("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>")
            .valid("svg/a-page-inside", "OB2-BAKE-14"),
        drawn(|badge| format!("<?xml-stylesheet href='https://evil.example/a.css'?>{}", svg(&element(badge))))
            .valid("svg/a-style-sheet", "OB2-BAKE-14"),
        drawn(|badge| svg(&element(badge).repeat(2))).unknown("svg/two-records", "OB3-BAKE-4", BROKEN),
        drawn(|badge| svg(&format!("{}<g>{}</g>", element(badge), element("{\"id\":1}")))).unknown(
            "svg/a-second-record-further-down",
            "OB3-BAKE-4",
            BROKEN,
        ),
        drawn(|badge| {
            let namespace = Slot::OpenBadges3.namespace();
            svg(&format!("<o:credential xmlns:o='{namespace}'><o:credential>{badge}</o:credential></o:credential>"))
        })
        .unknown("svg/a-record-inside-a-record", "OB3-BAKE-4", BROKEN),
        drawn(|badge| svg(&format!("<!-- {} -->", element(badge).replace("--", "")))).unknown(
            "svg/a-record-in-a-comment",
            "OB3-BAKE-6",
            EMPTY,
        ),
        drawn(|badge| {
            svg(&format!("<o:credential xmlns:o='https://evil.example/ob'><![CDATA[{badge}]]></o:credential>"))
        })
        .unknown("svg/another-namespace", "OB2-BAKE-14", EMPTY),
        drawn(|badge| svg(&format!("<openbadges:credential><![CDATA[{badge}]]></openbadges:credential>"))).unknown(
            "svg/a-prefix-bound-to-nothing",
            "OB2-BAKE-14",
            BROKEN,
        ),
        drawn(|badge| svg(&element(badge)).replace("</svg>", "")).unknown("svg/never-closed", "OB2-BAKE-14", BROKEN),
        drawn(|badge| format!("{}{}", svg(&element(badge)), svg(""))).unknown("svg/two-drawings", "OB2-BAKE-14", BROKEN),
        drawn(|badge| format!("<html xmlns='http://www.w3.org/1999/xhtml'>{}</html>", element(badge))).unknown(
            "svg/a-page",
            "OB2-BAKE-16",
            BROKEN,
        ),
        drawn(|badge| svg(&format!("{}{}{}", "<g>".repeat(100_000), element(badge), "</g>".repeat(100_000)))).unknown(
            "svg/nested-a-hundred-thousand-times",
            "OB2-BAKE-14",
            BROKEN,
        ),
        drawn(|badge| {
            let many: String = (0..5_000).map(|n| format!(" a{n}=''")).collect();
            svg(&format!("<g{many}/>{}", element(badge)))
        })
        .unknown("svg/five-thousand-attributes", "OB2-BAKE-14", BROKEN),
        drawn(|badge| {
            let many: String = (0..100).map(|n| format!(" xmlns:a{n}='urn:{n}'")).collect();
            svg(&format!("<g{many}/>{}", element(badge)))
        })
        .unknown("svg/a-hundred-namespaces", "OB2-BAKE-14", BROKEN),
        drawn(|badge| svg(&format!("{}{}", "<g/>".repeat(190_000), element(badge))))
            .valid("svg/as-many-shapes-as-are-read", "OB2-BAKE-14"),
    ]
}

fn declarations() -> Vec<Case> {
    let declared = |declaration: &str, inside: &str| {
        let (declaration, inside) = (declaration.to_owned(), inside.to_owned());
        drawn(move |badge| format!("{declaration}{}", svg(&format!("{inside}{}", element(badge)))))
    };
    let plain = "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">";
    let entity = |definition: &str| format!("<!DOCTYPE svg [{definition}]>");
    let laughs: String = (1..30)
        .map(|n| format!("<!ENTITY l{n} '{}'>", format!("&l{};", n - 1).repeat(10)))
        .collect();
    let laughs = entity(&format!("<!ENTITY l0 'ha'>{laughs}"));
    let mut club = Issuer::new();
    let drawing = svg(&element(&club.award().to_string()));
    let utf_16: Vec<u8> = drawing.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        declared(plain, "").valid("svg-declaration/svg-1-1", "OB2-BAKE-14"),
        declared(&plain.replace('"', "'").replace(' ', "\n"), "")
            .valid("svg-declaration/svg-1-1-in-other-letters", "OB2-BAKE-14"),
        declared(&plain.repeat(2), "").unknown("svg-declaration/twice", "OB2-BAKE-14", BROKEN),
        declared(&plain.replace("www.w3.org", "evil.example"), "").unknown(
            "svg-declaration/svg-1-1-from-elsewhere",
            "OB2-BAKE-14",
            BROKEN,
        ),
        declared(&plain.replace('>', " [<!ENTITY a 'b'>]>"), "<text>&a;</text>").unknown(
            "svg-declaration/svg-1-1-with-an-entity",
            "OB2-BAKE-14",
            BROKEN,
        ),
        declared(&entity("<!ENTITY a SYSTEM 'file:///etc/passwd'>"), "<text>&a;</text>").unknown(
            "svg-declaration/a-file",
            "OB2-BAKE-14",
            BROKEN,
        ),
        declared(&entity("<!ENTITY % a SYSTEM 'https://evil.example/a.dtd'> %a;"), "").unknown(
            "svg-declaration/a-parameter-entity",
            "OB2-BAKE-14",
            BROKEN,
        ),
        declared(&laughs, "<text>&l29;</text>").unknown(
            "svg-declaration/a-billion-laughs",
            "OB2-BAKE-14",
            BROKEN,
        ),
        declared(&entity("<!ATTLIST svg onload CDATA 'alert(1)'>"), "").unknown(
            "svg-declaration/a-default-attribute",
            "OB2-BAKE-14",
            BROKEN,
        ),
        declared("<!DOCTYPE svg SYSTEM 'https://evil.example/a.dtd'>", "").unknown(
            "svg-declaration/a-strangers-dtd",
            "OB2-BAKE-14",
            BROKEN,
        ),
        declared("", "<text>&nbsp;</text>").unknown(
            "svg-declaration/an-entity-nobody-declared",
            "OB2-BAKE-14",
            BROKEN,
        ),
        declared("", "<text>&#0;</text>").unknown(
            "svg-declaration/a-reference-to-nul",
            "OB2-BAKE-14",
            BROKEN,
        ),
        declared("<?xml version='1.1'?>", "").unknown(
            "svg-declaration/xml-1-1",
            "OB2-BAKE-14",
            BROKEN,
        ),
        declared("<?xml version='1.0' encoding='ISO-8859-1'?>", "").unknown(
            "svg-declaration/latin-1",
            "OB2-BAKE-14",
            BROKEN,
        ),
        club.presents_bytes(utf_16).unknown("svg-declaration/utf-16", "OB2-BAKE-14", BROKEN),
    ]
}

/// Pictures that carry both generations.
fn both() -> Vec<Case> {
    let together = |change: fn(&mut Value, &mut Value)| {
        let mut club = Issuer::new();
        let mut draft = club.draft();
        let mut other = Issuer::new().host();
        change(&mut draft, &mut other);
        club = Issuer::new();
        let said = other.clone();
        let presented = club.host_as(|assertion, class, _| {
            *assertion = said;
            class["name"] = json!("Accueil");
        });
        let badge = club.sign_statements(draft).to_string();
        let hosted = json!({
            "@context": presented["@context"], "type": "Assertion", "id": presented["id"],
            "verification": { "type": "HostedBadge" }
        })
        .to_string();
        let records = [
            Record::new(Slot::OpenBadges2, &hosted).expect("JSON is a record"),
            Record::new(Slot::OpenBadges3, &badge).expect("JSON is a record"),
        ];
        let picture = bake::bake(&png(&[]), &records).expect("the pixel carries two records");
        club.presents_bytes(picture)
    };
    let disagree: &[Code] = &[Code::RecordsDisagree];
    vec![
        together(|_, _| {}).valid("both/honest", "OB2-BAKE-17"),
        together(|draft, _| draft["credentialSubject"]["achievement"]["name"] = json!("Direction"))
            .invalid("both/another-name", "OB2-BAKE-17", disagree),
        together(|_, assertion| {
            assertion["recipient"]["identity"] = json!(format!("sha256${}", "0".repeat(64)));
        })
        .invalid("both/another-person", "OB2-BAKE-17", disagree),
        together(|_, assertion| assertion["recipient"]["salt"] = json!("other")).unknown(
            "both/another-salt",
            "OB2-BAKE-17",
            &[Code::RecordsNotComparable],
        ),
        together(|_, assertion| assertion["expires"] = json!("2030-01-01T00:00:00Z")).invalid(
            "both/another-end",
            "OB2-BAKE-17",
            disagree,
        ),
        together(|draft, _| draft["awardedDate"] = json!("2020-01-01T00:00:00Z")).invalid(
            "both/another-day",
            "OB2-BAKE-17",
            disagree,
        ),
        together(|_, assertion| assertion["revoked"] = json!(true)).invalid(
            "both/one-is-withdrawn",
            "OB2-BAKE-17",
            &[Code::Revoked],
        ),
        together(|draft, _| draft["validUntil"] = json!("2026-08-01T00:00:00Z")).invalid(
            "both/one-is-over",
            "OB2-BAKE-17",
            &[Code::Expired],
        ),
    ]
}
