//! A small network for the tests of the pages: one of everything a page can show.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use openbadges::iri::BaseUrl;
use openbadges::key::PublicKey;
use openbadges::time::Timestamp;
use serde_json::{Value as Json, json};

use crate::id::AwardId;
use crate::site::{
    Alignment, Award, Class, ClassVersion, CriteriaItem, Holder, Hosting, Issuer, IssuerKey,
    KeyState, Kind, Lang, Level, Offer, Page, Picture, Reason, Repository, Request, Revocation,
    Settings, Site, Slug, Text, Tombstone, Visibility,
};

pub(super) const BASE: &str = "https://badges.estran.example";

/// The awards of the sample, by what is special about them. Ids sort in this order.
pub(super) const LISTED: u8 = 1;
pub(super) const UNLISTED: u8 = 2;
pub(super) const REVOKED: u8 = 3;
pub(super) const RENEWAL: u8 = 4;
pub(super) const ORGANISATION: u8 = 5;
pub(super) const FORGOTTEN: u8 = 6;

pub(super) fn lang(tag: &str) -> Lang {
    Lang::parse(tag).unwrap()
}

pub(super) fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

pub(super) fn id(n: u8) -> AwardId {
    AwardId::from_bits([n; 16])
}

fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn text(french: &str, english: &str) -> Text {
    Text(BTreeMap::from([(lang("fr"), french.into()), (lang("en"), english.into())]))
}

fn picture(french: &str, english: &str) -> Picture {
    let alt = text(french, english);
    Picture { svg: Some(Arc::from(b"<svg/>".as_slice())), png: None, alt, design: None }
}

pub(super) fn site() -> Site {
    Site {
        root: "/nowhere".into(),
        settings: settings(),
        issuers: BTreeMap::from([
            (slug("estran"), issuer("estran", "Réseau L’Estran", "Estran network")),
            (slug("fablab"), issuer("fablab", "Fablab La Marée Haute", "High Tide Fablab")),
        ]),
        classes: classes(),
        awards: awards(),
        pending: Vec::new(),
        drafts: Vec::new(),
        revocations: BTreeMap::from([(
            id(REVOKED),
            Revocation {
                date: moment("2026-08-01T00:00:00Z"),
                reason: Some(Reason::TermEnded),
                note: Some(text("Mandat rendu.", "Office handed over.")),
                replaced_by: Some(id(ORGANISATION)),
            },
        )]),
        tombstones: BTreeMap::from([(
            id(FORGOTTEN),
            Tombstone {
                date: moment("2026-08-02T00:00:00Z"),
                issuer: slug("fablab"),
                status_index: Some(9),
            },
        )]),
        pages: pages(),
        ledger: BTreeSet::new(),
    }
}

fn settings() -> Settings {
    Settings {
        base_url: BaseUrl::parse(BASE).unwrap(),
        former_base_urls: Vec::new(),
        languages: vec![lang("fr"), lang("en")],
        title: text("Badges de l’Estran", "Estran badges"),
        theme: slug("default"),
        repository: Repository::Public,
        hosting: Hosting::Github,
        function: None,
        default_visibility: Visibility::Unlisted,
        register: None,
        seal_branch: "main".into(),
    }
}

fn issuer(name: &str, french: &str, english: &str) -> Issuer {
    let public =
        PublicKey::from_multikey("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2").unwrap();
    let key = |kid: &str, created, state| IssuerKey {
        kid: kid.into(),
        public: public.clone(),
        created: moment(created),
        state,
    };
    let lost =
        KeyState::Revoked { date: moment("2025-05-02T00:00:00Z"), reason: "lost".to_owned() };
    let keys = [
        key("k0", "2024-01-10T00:00:00Z", lost),
        key("k1", "2024-01-10T00:00:00Z", KeyState::Retired(moment("2026-01-10T00:00:00Z"))),
        key("k2", "2026-01-10T00:00:00Z", KeyState::Active),
    ];
    Issuer {
        slug: slug(name),
        name: text(french, english),
        url: format!("https://{name}.example"),
        email: format!("bonjour@{name}.example"),
        image: Some(picture("Trois vagues", "Three waves")),
        description: text("On y apprend en faisant : toujours.", "We learn by doing."),
        keys: keys.into_iter().map(|key| (key.kid.clone(), key)).collect(),
        territory: Vec::new(),
        linkedin_id: Some(1_234_567),
        former_lists: BTreeMap::new(),
        status_list: Some(Arc::from(b"{}".as_slice())),
    }
}

fn version(number: u32, french: &str, english: &str) -> ClassVersion {
    ClassVersion {
        number,
        frozen: true,
        issuer: slug("fablab"),
        name: text(french, english),
        description: text(
            "La personne accueille, et chacun trouve sa place.",
            "The person welcomes visitors.",
        ),
        kind: Kind::Engagement,
        image: picture("Une main tient une lanterne", "A hand holds a lantern"),
        tags: vec!["accueil".into(), "lieu partagé".into()],
        levels: Vec::new(),
        criteria: BTreeMap::from([
            (lang("fr"), "## À quoi sert ce badge\n\nÀ accueillir : *vraiment*.\n".into()),
            (lang("en"), "## What it is for\n\nTo *really* welcome.\n".into()),
        ]),
        items: vec![
            CriteriaItem {
                id: "presenter".into(),
                text: text("Présenter le lieu.", "Introduce the place."),
            },
            CriteriaItem {
                id: "orienter".into(),
                text: text("Orienter la personne.", "Point the way."),
            },
        ],
        at_least: Some(1),
        expires: Some("P3Y".into()),
        alignment: vec![Alignment {
            name: text("Accueillir et orienter", "Welcome and guide"),
            url: "https://reperes.example/REL-2".into(),
            code: Some("REL-2".into()),
            framework_name: Some(text("Repères", "Landmarks")),
            framework: None,
        }],
        licence: Some("CC-BY-4.0".into()),
        creator: Some("https://ailleurs.example/".into()),
    }
}

fn classes() -> Vec<Class> {
    let level = |id, french: &str, english: &str, image| Level {
        id,
        name: text(french, english),
        description: text("Le fait seul.", "Does it alone."),
        image,
    };
    let scaled = ClassVersion {
        issuer: slug("estran"),
        kind: Kind::Competence,
        levels: vec![
            level(1, "Découvre", "Discovers", None),
            level(2, "Pratique", "Practises", Some(picture("Deux points", "Two dots"))),
        ],
        items: Vec::new(),
        expires: None,
        ..version(1, "Lire un sol", "Read a soil")
    };
    // The next version of a class that only speaks French, not awarded yet.
    let working = ClassVersion {
        frozen: false,
        criteria: BTreeMap::from([(lang("fr"), "Accueillir mieux.".into())]),
        name: Text(BTreeMap::from([(lang("fr"), "Accueil bénévole".into())])),
        ..version(2, "", "")
    };
    vec![
        Class {
            slug: slug("accueil-benevole"),
            current: 2,
            versions: BTreeMap::from([
                (1, version(1, "Accueil bénévole", "Welcoming volunteer")),
                (2, working),
            ]),
            requires: BTreeMap::new(),
            offer: Offer {
                since: Some(moment("2026-02-01T00:00:00Z")),
                territory: vec![text("La Plage", "The Beach")],
                evidence: Some(text("Le récit d’une permanence.", "An account of one session.")),
                request: Some(Request {
                    how: text("Venez le mardi.", "Come on Tuesdays."),
                    page: Some("aide/porter".into()),
                    url: None,
                }),
                next: vec![slug("sol-vivant")],
            },
        },
        Class {
            slug: slug("sol-vivant"),
            current: 1,
            versions: BTreeMap::from([(1, scaled)]),
            requires: BTreeMap::new(),
            offer: Offer::default(),
        },
    ]
}

fn awards() -> Vec<Award> {
    let award = |n: u8, visibility, holder: Option<&str>| Award {
        id: id(n),
        class: 0,
        version: 1,
        level: None,
        lang: lang("fr"),
        awarded: moment(&format!("2026-03-0{n}T00:00:00Z")),
        expires: Some(moment("2029-03-12T23:59:59Z")),
        visibility,
        holder: holder.map(|name| {
            Box::new(Holder { name: name.to_owned(), consent: "2026-03-12".to_owned() })
        }),
        renews: None,
        status_index: 1000 + u32::from(n),
        base: 0,
        sealed: format!("badges/assertions/2026/{}.json", id(n)).into(),
        evidence_files: Box::default(),
    };
    vec![
        Award {
            class: 1,
            level: Some(2),
            expires: None,
            ..award(LISTED, Visibility::Listed, Some("Alizée Canular"))
        },
        award(UNLISTED, Visibility::Unlisted, None),
        award(REVOKED, Visibility::Listed, Some("Zéphyr Imaginaire")),
        Award {
            lang: lang("en"),
            renews: Some(id(LISTED)),
            ..award(RENEWAL, Visibility::Listed, Some("Équipe « Vague 7 »"))
        },
        Award {
            renews: Some(id(UNLISTED)),
            ..award(ORGANISATION, Visibility::Unlisted, Some("Fablab La Marée Haute"))
        },
    ]
}

fn pages() -> Vec<Page> {
    let page = |path: &str, tag: &str, title: &str, nav, markdown: &str| Page {
        path: path.into(),
        lang: lang(tag),
        title: title.into(),
        description: "Une phrase.".into(),
        nav,
        markdown: markdown.into(),
    };
    vec![
        page("", "fr", "Accueil", None, "Trois lieux, un réseau."),
        page("a-propos", "en", "About", Some(2), "# Land\n\n[Badges](/en/badges/)\n"),
        page("a-propos", "fr", "À propos", Some(2), "# Le territoire\n\n[Badges](/badges/)\n"),
        page("aide/porter", "fr", "Porter un badge", Some(1), "Le montrer."),
    ]
}

/// The digest of the name that the unlisted award hides.
pub(super) const HIDDEN_NAME: &str =
    "05e4ff79aba1f33c0064051078df18d74d64b03fd6de27df4e18af542730ecb3";

/// What was sealed for the award `n`.
pub(super) fn sealed(n: u8) -> Json {
    let mut subject = json!({
        "type": ["AchievementSubject"],
        "identifier": [{
            "type": "IdentityObject", "hashed": true, "identityHash": "sha256$00",
            "identityType": "emailAddress", "salt": "0123456789",
        }],
    });
    if n == UNLISTED {
        let name = json!({
            "type": "IdentityObject", "hashed": true, "identityHash": format!("sha256${HIDDEN_NAME}"),
            "identityType": "name",
        });
        subject["identifier"].as_array_mut().into_iter().for_each(|all| all.push(name.clone()));
    }
    if n == ORGANISATION {
        subject = json!({ "type": ["AchievementSubject"], "id": "https://fablab.example/" });
    }
    if n == REVOKED {
        subject["role"] = json!("présidence");
        subject["narrative"] = json!("Présidente **deux ans**.");
    }
    json!({
        "credentialSubject": subject,
        "evidence": [
            { "type": ["Evidence"], "narrative": "Un samedi : trois personnes.", "genre": "text" },
            {
                "type": ["Evidence"], "id": format!("{BASE}/a/{}/evidence/photo.jpg", id(n)),
                "description": "Une pièce blanche",
            },
            { "type": ["Evidence"], "id": "https://groupe.example/vague-7", "genre": "compte rendu" },
        ],
    })
}
