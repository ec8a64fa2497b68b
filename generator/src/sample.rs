//! A small site for tests: one of everything that has a path.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use openbadges::iri::BaseUrl;
use openbadges::key::PublicKey;
use openbadges::time::Timestamp;

use crate::id::AwardId;
use crate::site::{
    Award, Class, ClassVersion, Hosting, Issuer, IssuerKey, KeyState, Kind, Lang, Level, Offer,
    Page, Picture, Reason, Repository, Revocation, Settings, Site, Slug, Text, Tombstone,
    Visibility,
};

const DRAWING: &[u8] =
    br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3"/></svg>"#;

pub(crate) fn lang(tag: &str) -> Lang {
    Lang::parse(tag).unwrap()
}

pub(crate) fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

pub(crate) fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(crate) fn text(french: &str, english: &str) -> Text {
    Text(BTreeMap::from([(lang("fr"), french.into()), (lang("en"), english.into())]))
}

/// The id that begins and ends with `n`.
pub(crate) fn id(n: u8) -> AwardId {
    AwardId::from_bits([n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, n])
}

/// The ids of the sample, by what was decided about them.
pub(crate) const LISTED: u8 = 1;
pub(crate) const UNLISTED: u8 = 2;
pub(crate) const PRIVATE: u8 = 3;
pub(crate) const REVOKED: u8 = 4;
pub(crate) const WITH_LEVEL: u8 = 5;
pub(crate) const FORGOTTEN: u8 = 6;
pub(crate) const UNLISTED_REVOKED: u8 = 7;

fn drawing() -> Picture {
    let png = crate::raster::png(DRAWING, 16).unwrap();
    let alt = text("Un rond", "A disc");
    Picture { svg: Some(Arc::from(DRAWING)), png: Some(png.into()), alt, design: None }
}

fn pixels() -> Picture {
    Picture { svg: None, ..drawing() }
}

fn version(number: u32, image: Picture) -> ClassVersion {
    ClassVersion {
        number,
        frozen: true,
        issuer: slug("club"),
        name: text("Accueil & <écoute>", "Welcome & <listening>"),
        description: text("Accueillir.", "To welcome."),
        kind: Kind::Engagement,
        image,
        tags: vec!["accueil".into()],
        levels: Vec::new(),
        criteria: BTreeMap::from([
            (lang("fr"), "Accueillir.".into()),
            (lang("en"), "Welcome.".into()),
        ]),
        items: Vec::new(),
        at_least: None,
        expires: None,
        alignment: Vec::new(),
        licence: None,
        creator: None,
    }
}

fn classes() -> Vec<Class> {
    let level = |id, image| Level {
        id,
        name: text("Pratique", "Practises"),
        description: text("Seul.", "Alone."),
        image,
    };
    let scaled = ClassVersion {
        levels: vec![level(1, None), level(2, Some(drawing()))],
        ..version(1, pixels())
    };
    let french = ClassVersion {
        criteria: BTreeMap::from([(lang("fr"), "Accueillir mieux.".into())]),
        frozen: false,
        ..version(2, drawing())
    };
    vec![
        Class {
            slug: slug("accueil"),
            current: 2,
            versions: BTreeMap::from([(1, version(1, drawing())), (2, french)]),
            requires: BTreeMap::new(),
            offer: Offer::default(),
        },
        Class {
            slug: slug("sol"),
            current: 1,
            versions: BTreeMap::from([(1, scaled)]),
            requires: BTreeMap::new(),
            offer: Offer::default(),
        },
    ]
}

fn award(n: u8, visibility: Visibility) -> Award {
    Award {
        id: id(n),
        class: 0,
        version: 1,
        level: None,
        lang: lang("fr"),
        awarded: moment(&format!("2026-03-0{n}T00:00:00Z")),
        expires: Some(moment("2029-03-12T23:59:59Z")),
        visibility,
        holder: None,
        renews: None,
        status_index: 1000 + u32::from(n),
        base: 0,
        sealed: format!("badges/assertions/2026/{}.json", id(n)).into(),
        evidence_files: Box::default(),
    }
}

fn awards() -> Vec<Award> {
    vec![
        Award {
            evidence_files: Box::new(["z.txt".into(), "photo.jpg".into()]),
            ..award(LISTED, Visibility::Listed)
        },
        award(UNLISTED, Visibility::Unlisted),
        award(PRIVATE, Visibility::Private),
        award(REVOKED, Visibility::Listed),
        Award {
            class: 1,
            level: Some(2),
            lang: lang("en"),
            expires: None,
            ..award(WITH_LEVEL, Visibility::Listed)
        },
        award(UNLISTED_REVOKED, Visibility::Unlisted),
    ]
}

fn issuer() -> Issuer {
    let key = IssuerKey {
        kid: "k1".into(),
        public: PublicKey::from_multikey("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
            .unwrap(),
        created: moment("2025-01-10T00:00:00Z"),
        state: KeyState::Active,
    };
    Issuer {
        slug: slug("club"),
        name: text("Le Club", "The Club"),
        url: "https://club.example".into(),
        email: "bonjour@club.example".into(),
        image: Some(drawing()),
        description: text("Un club.", "A club."),
        keys: BTreeMap::from([("k1".into(), key)]),
        territory: Vec::new(),
        linkedin_id: None,
        former_lists: BTreeMap::new(),
        status_list: Some(Arc::from(b"{\"sealed\":\"list\"}".as_slice())),
    }
}

fn settings() -> Settings {
    Settings {
        base_url: BaseUrl::parse("https://badges.club.example").unwrap(),
        former_base_urls: Vec::new(),
        languages: vec![lang("fr"), lang("en")],
        title: text("Badges du Club", "Club badges"),
        theme: slug("default"),
        repository: Repository::Public,
        hosting: Hosting::Github,
        function: None,
        default_visibility: Visibility::Unlisted,
        register: None,
        seal_branch: "main".into(),
    }
}

/// The sample.
pub(crate) fn site() -> Site {
    let revocation = |reason| Revocation {
        date: moment("2026-08-01T00:00:00Z"),
        reason,
        note: None,
        replaced_by: None,
    };
    let forgotten = Tombstone {
        date: moment("2026-08-02T00:00:00Z"),
        issuer: slug("club"),
        status_index: Some(9),
    };
    let page = |path: &str, tag| Page {
        path: path.into(),
        lang: lang(tag),
        title: "Titre".into(),
        description: "Une phrase.".into(),
        nav: None,
        markdown: "Texte.".into(),
    };
    Site {
        root: "/nowhere".into(),
        settings: settings(),
        issuers: BTreeMap::from([(slug("club"), issuer())]),
        classes: classes(),
        awards: awards(),
        pending: Vec::new(),
        drafts: Vec::new(),
        revocations: BTreeMap::from([
            (id(REVOKED), revocation(Some(Reason::TermEnded))),
            (id(UNLISTED_REVOKED), revocation(None)),
        ]),
        tombstones: BTreeMap::from([(id(FORGOTTEN), forgotten)]),
        pages: vec![page("", "fr"), page("aide/porter", "fr"), page("aide/porter", "en")],
        ledger: BTreeSet::new(),
    }
}
