//! The sheet as other programs read it: its structure, its words in order, its attachment, its bytes.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};
use openbadges::iri::BaseUrl;
use openbadges::time::Timestamp;

use super::{Certificate, CertificateError};
use crate::id::AwardId;
use crate::qr::Codes;
use crate::raster;

const SVG: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3" fill="#0a5"/></svg>"##;

fn certificate() -> Certificate {
    let id = AwardId::from_bits([9; 16]);
    let base = BaseUrl::parse("https://badges.estran.example").unwrap();
    Certificate {
        lang: "fr".into(),
        title: "Accueil bénévole – Alizée Canular".into(),
        eyebrow: "Badge délivré · Engagement".into(),
        name: "Alizée Canular".into(),
        received: "a reçu le badge".into(),
        badge: "Accueil bénévole".into(),
        level: Some("Niveau 2\u{a0}: Pratique".into()),
        description: "La personne accueille dans un lieu partagé et fait en sorte que chacun trouve sa place, même le samedi matin.".into(),
        dates: "Délivré le 12 mars 2026 · Jusqu’au 12 mars 2029".into(),
        issued_by: "Délivré par".into(),
        host: "badges.estran.example".into(),
        issuer: "Fablab La Marée Haute".into(),
        proof: "Cette feuille ne prouve rien à elle seule\u{a0}: contrôlez le badge à son adresse.".into(),
        url: base.join(&crate::urls::award(id)),
        code: Codes::new(&base).map(|codes| codes.of(id)),
        code_alt: "Code QR de l’adresse du badge".into(),
        picture: raster::png(SVG, 64).unwrap(),
        picture_alt: "Un rond vert".into(),
        record: br#"{"a":"signed"}"#.to_vec(),
        record_title: "Le badge signé".into(),
        awarded: Timestamp::parse("2026-03-12T00:00:00Z").unwrap(),
        id: id.text(),
        accent: "#0b5c6d".into(),
        sea: "#0f3d4b".into(),
        line: "#d9ccb4".into(),
    }
}

fn read(pdf: &[u8]) -> Document {
    Document::load_mem(pdf).unwrap()
}

fn follow<'d>(document: &'d Document, object: &'d Object) -> &'d Object {
    document.dereference(object).unwrap().1
}

fn text(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    match bytes {
        [0xfe, 0xff, utf16 @ ..] => {
            let units: Vec<u16> =
                utf16.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        plain => String::from_utf8(plain.to_vec()).unwrap(),
    }
}

/// The structure below an element, depth first: the sort of each element and its alternative text.
fn structure(document: &Document, element: &Dictionary, found: &mut Vec<(String, Option<String>)>) {
    if let Ok(sort) = element.get(b"S") {
        let sort = String::from_utf8(sort.as_name().unwrap().to_vec()).unwrap();
        found.push((sort, element.get(b"Alt").ok().map(|alt| text(follow(document, alt)))));
    }
    let Ok(children) = element.get(b"K") else { return };
    let children = match follow(document, children) {
        Object::Array(children) => children.iter().collect(),
        one => vec![one],
    };
    for child in children {
        if let Object::Dictionary(child) = follow(document, child) {
            structure(document, child, found);
        }
    }
}

#[test]
fn a_reader_of_screens_finds_headings_figures_with_words_and_a_link_in_reading_order() {
    let document = read(&certificate().pdf().unwrap());
    let catalog = document.catalog().unwrap();
    assert_eq!(text(catalog.get(b"Lang").unwrap()), "fr");
    let marked = follow(&document, catalog.get(b"MarkInfo").unwrap()).as_dict().unwrap();
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    let shown = follow(&document, catalog.get(b"ViewerPreferences").unwrap()).as_dict().unwrap();
    assert!(shown.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let root = follow(&document, catalog.get(b"StructTreeRoot").unwrap()).as_dict().unwrap();
    let mut found = Vec::new();
    structure(&document, root, &mut found);
    let sorts: Vec<&str> = found.iter().map(|(sort, _)| sort.as_str()).collect();
    let wanted = [
        "Document", "P", "H1", "P", "H2", "P", "P", "P", "Figure", "P", "P", "P", "Figure", "P",
        "P", "Link",
    ];
    assert_eq!(sorts, wanted);
    let alternatives: Vec<&str> = found
        .iter()
        .filter(|(sort, _)| sort == "Figure")
        .filter_map(|(_, alt)| alt.as_deref())
        .collect();
    assert_eq!(alternatives, ["Un rond vert", "Code QR de l’adresse du badge"]);
}

#[test]
fn the_words_are_read_in_order_by_another_program() {
    let certificate = certificate();
    let document = read(&certificate.pdf().unwrap());
    let words = document.extract_text(&[1]).unwrap().replace(['\n', '\u{a0}'], " ");
    let words = words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut rest = words.as_str();
    for wanted in [
        "Badge délivré · Engagement",
        "Alizée Canular",
        "a reçu le badge",
        "Accueil bénévole",
        "Niveau 2 : Pratique",
        "La personne accueille dans un lieu partagé et fait en sorte que chacun trouve sa place, même le samedi matin.",
        "Délivré le 12 mars 2026",
        "Délivré par",
        "badges.estran.example",
        "Fablab La Marée Haute",
        "Cette feuille ne prouve rien à elle seule : contrôlez le badge à son adresse.",
        &certificate.url,
    ] {
        let Some((_, after)) = rest.split_once(wanted) else {
            panic!("`{wanted}` is not in `{rest}`")
        };
        rest = after;
    }
}

#[test]
fn every_letter_is_inside_and_the_page_is_a4_lying() {
    let document = read(&certificate().pdf().unwrap());
    let pages: BTreeMap<u32, ObjectId> = document.get_pages();
    assert_eq!(pages.len(), 1);
    let page = document.get_dictionary(pages[&1]).unwrap();
    let sides: Vec<f32> = page
        .get(b"MediaBox")
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(|side| side.as_float().unwrap())
        .collect();
    assert!((sides[2] - 841.89).abs() < 0.1 && (sides[3] - 595.28).abs() < 0.1, "{sides:?}");
    let fonts = document.objects.values().filter_map(|object| object.as_dict().ok());
    let fonts: Vec<&Dictionary> = fonts
        .filter(|font| {
            font.get(b"Type")
                .is_ok_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"FontDescriptor"))
        })
        .collect();
    assert_eq!(fonts.len(), 2);
    for font in fonts {
        assert!(font.has(b"FontFile2") || font.has(b"FontFile3"), "{font:?}");
    }
}

#[test]
fn the_signed_record_is_attached_byte_for_byte() {
    let certificate = certificate();
    let document = read(&certificate.pdf().unwrap());
    let attached = document.catalog().unwrap().get(b"AF").unwrap();
    let file = follow(&document, attached).as_array().unwrap()[0].clone();
    let file = follow(&document, &file).as_dict().unwrap();
    assert_eq!(text(file.get(b"F").unwrap()), "credential.json");
    let streams = follow(&document, file.get(b"EF").unwrap()).as_dict().unwrap();
    let stream = follow(&document, streams.get(b"F").unwrap()).as_stream().unwrap();
    let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    assert_eq!(bytes, certificate.record);
}

#[test]
fn the_same_award_and_name_give_the_same_bytes_and_another_name_others() {
    let pdf = certificate().pdf().unwrap();
    assert_eq!(pdf, certificate().pdf().unwrap());
    assert_ne!(pdf, Certificate { name: "Zoé Prototype".into(), ..certificate() }.pdf().unwrap());
    let xmp = String::from_utf8_lossy(&pdf);
    assert!(xmp.contains("pdfuaid:part") && xmp.contains("pdfaid:part"), "it says what it is");
}

#[test]
fn a_name_without_letters_is_refused_and_never_written_with_gaps() {
    let named = |name: &str| Certificate { name: name.into(), ..certificate() }.pdf();
    let missing = |letters: &str| CertificateError::Letters { missing: letters.chars().collect() };
    assert_eq!(named("דוד"), Err(missing("דו")));
    assert_eq!(named("Zoé 🎖"), Err(missing("🎖")));
    for name in
        ["Ἀλέξανδρος".replace('Ἀ', "Α").as_str(), "Жанна д’Арк", "Nguyễn Thị Hà", "Åsa Łódź"]
    {
        assert!(named(name).is_ok(), "{name}");
    }
}

#[test]
fn words_of_any_length_stay_on_the_sheet() {
    for words in ["x".repeat(10_000), "mot ".repeat(2_500), "🎖🎖".to_owned(), String::new()] {
        let long = Certificate {
            badge: words.clone(),
            description: words.clone(),
            issuer: words.clone(),
            level: Some(words.clone()),
            picture_alt: "image".into(),
            ..certificate()
        };
        let pdf = long.pdf();
        assert!(pdf.is_ok(), "{:.20}: {pdf:?}", words);
        assert_eq!(read(&pdf.unwrap()).get_pages().len(), 1);
    }
    let name = "Jean-Baptiste ".repeat(8).trim().to_owned();
    assert!(Certificate { name, ..certificate() }.pdf().is_ok());
}

#[test]
fn a_picture_that_is_none_is_refused() {
    let broken = Certificate { picture: b"not a picture".to_vec(), ..certificate() };
    assert!(matches!(broken.pdf(), Err(CertificateError::Picture { .. })));
}
