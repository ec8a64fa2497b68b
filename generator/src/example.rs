//! A small checked site for unit tests: one issuer with two keys, a class without and a class with levels.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use openbadges::iri::BaseUrl;
use openbadges::key::SigningKey;
use openbadges::time::Timestamp;

use crate::id::AwardId;
use crate::site::{
    Alignment, Award, AwardEvent, Class, ClassVersion, CriteriaItem, Evidence, Hosting, Issuer,
    IssuerKey, KeyState, Kind, Lang, Level, Offer, Picture, Recipient, Repository, Settings, Site,
    Slug, Text, Visibility,
};

pub(crate) const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="#0a5"/></svg>"##;

pub(crate) fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

pub(crate) fn lang(text: &str) -> Lang {
    Lang::parse(text).unwrap()
}

pub(crate) fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(crate) fn text(fr: &str, en: &str) -> Text {
    Text(BTreeMap::from([(lang("fr"), fr.to_owned()), (lang("en"), en.to_owned())]))
}

pub(crate) fn key(number: u8) -> SigningKey {
    SigningKey::from_seed(&[number; 32])
}

pub(crate) fn id(number: u8) -> AwardId {
    AwardId::from_bits([number; 16])
}

/// `https://badges.example`, a public repository in French and English. `club` signs with `key(2)`; `key(1)` is retired.
pub(crate) fn site() -> Site {
    Site {
        root: "/nowhere".into(),
        settings: Settings {
            base_url: BaseUrl::parse("https://badges.example").unwrap(),
            former_base_urls: Vec::new(),
            languages: vec![lang("fr"), lang("en")],
            title: text("Badges", "Badges"),
            theme: slug("default"),
            repository: Repository::Public,
            hosting: Hosting::Other,
            function: None,
            default_visibility: Visibility::Unlisted,
            register: None,
            seal_branch: "main".to_owned(),
        },
        issuers: BTreeMap::from([(slug("club"), issuer())]),
        classes: vec![levelled_class(), plain_class()],
        awards: Vec::new(),
        pending: Vec::new(),
        drafts: Vec::new(),
        revocations: BTreeMap::new(),
        tombstones: BTreeMap::new(),
        pages: Vec::new(),
        ledger: BTreeSet::new(),
    }
}

fn issuer() -> Issuer {
    let key = |kid: &str, number: u8, created: &str, state: KeyState| {
        let public = key(number).public();
        let key = IssuerKey { kid: kid.to_owned(), public, created: moment(created), state };
        (kid.to_owned(), key)
    };
    let retired = KeyState::Retired(moment("2026-01-10T00:00:00Z"));
    Issuer {
        slug: slug("club"),
        name: text("Le Club", "The Club"),
        url: "https://club.example".to_owned(),
        email: "bonjour@club.example".to_owned(),
        image: Some(picture("Un phare", "A lighthouse")),
        description: text("Un club.", "A club."),
        keys: BTreeMap::from([
            key("k1", 1, "2024-01-10T00:00:00Z", retired),
            key("k2", 2, "2026-01-01T00:00:00Z", KeyState::Active),
        ]),
        territory: Vec::new(),
        linkedin_id: None,
        former_lists: BTreeMap::new(),
        status_list: None,
    }
}

fn picture(fr: &str, en: &str) -> Picture {
    let svg = Some(Arc::from(DRAWING.as_bytes()));
    Picture { svg, png: None, alt: text(fr, en), design: None }
}

/// `accueil`: three of three items or prose, three years.
fn plain_class() -> Class {
    let item =
        |id: &str, fr: &str, en: &str| CriteriaItem { id: id.to_owned(), text: text(fr, en) };
    let version = ClassVersion {
        number: 1,
        frozen: false,
        issuer: slug("club"),
        name: text("Accueil bénévole", "Welcoming volunteer"),
        description: text("La personne accueille.", "The person welcomes visitors."),
        kind: Kind::Engagement,
        image: picture("Une main ouverte", "An open hand"),
        tags: vec!["accueil".to_owned()],
        levels: Vec::new(),
        criteria: BTreeMap::from([
            (lang("fr"), "## À quoi sert ce badge\n\nÀ accueillir.\n".to_owned()),
            (lang("en"), "## What it is for\n\nFor welcoming.\n".to_owned()),
        ]),
        items: vec![
            item("presenter", "Présenter le lieu.", "Introduce the place."),
            item("orienter", "Orienter.", "Point the way."),
            item("ecouter", "Écouter.", "Listen."),
        ],
        at_least: Some(2),
        expires: Some("P3Y".to_owned()),
        alignment: vec![Alignment {
            name: text("Accueillir et orienter", "Welcome and guide"),
            url: "https://reperes.example/rel-2".to_owned(),
            code: Some("REL-2".to_owned()),
            framework_name: Some(text("Repères", "Markers")),
            framework: None,
        }],
        licence: Some("CC-BY-4.0".to_owned()),
        creator: None,
    };
    Class {
        slug: slug("accueil"),
        current: 1,
        versions: BTreeMap::from([(1, version)]),
        requires: BTreeMap::new(),
        offer: Offer::default(),
    }
}

/// `sol`: levels 1 and 2, no items, no end.
fn levelled_class() -> Class {
    let level =
        |id: u8, name: Text, description: Text| Level { id, name, description, image: None };
    let mut class = plain_class();
    class.slug = slug("sol");
    for version in class.versions.values_mut() {
        version.name = text("Lire un sol", "Read a soil");
        version.description = text("La personne lit un sol.", "The person reads a soil.");
        version.kind = Kind::Competence;
        version.items = Vec::new();
        version.at_least = None;
        version.expires = None;
        version.alignment = Vec::new();
        version.levels = vec![
            level(1, text("Découvre", "Discovers"), text("A creusé.", "Dug.")),
            level(2, text("Pratique", "Practises"), text("Creuse seul.", "Digs alone.")),
        ];
    }
    class
}

/// An award of `accueil` that waits to be sealed.
pub(crate) fn event(number: u8) -> AwardEvent {
    AwardEvent {
        id: id(number),
        file: format!("badges/assertions/2026/{}.yaml", id(number)).into(),
        class: slug("accueil"),
        version: 1,
        lang: lang("fr"),
        awarded: moment("2026-03-12T09:00:00Z"),
        expires: Some(moment("2029-03-12T23:59:59Z")),
        level: None,
        recipient: Recipient::Opaque("urn:uuid:00000000-0000-4000-8000-000000000001".to_owned()),
        hidden_name: None,
        criteria_met: vec!["presenter".to_owned(), "ecouter".to_owned()],
        role: None,
        evidence: vec![Evidence {
            narrative: Some(text("Onze permanences.", "Eleven sessions.")),
            url: None,
            file: None,
            genre: Some("text".to_owned()),
            alt: None,
        }],
        renews: None,
        visibility: Visibility::Unlisted,
        holder: None,
    }
}

/// A sealed award of `accueil`, as a row.
pub(crate) fn award(number: u8, status_index: u32) -> Award {
    let event = event(number);
    Award {
        id: event.id,
        class: 1,
        version: 1,
        level: None,
        lang: event.lang,
        awarded: event.awarded,
        expires: event.expires,
        visibility: event.visibility,
        holder: None,
        renews: None,
        status_index,
        base: 0,
        sealed: event.file.with_extension("json").as_str().into(),
        evidence_files: Box::default(),
    }
}
