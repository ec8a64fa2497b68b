//! What each file may hold. The words of closed lists and the ranges are those that the readers use.

use crate::design::RING_MAX;

use super::super::{classes, design, issuers, keys, levels, recipient, revocations, settings};

/// A file that people write.
pub(crate) struct File {
    /// Also the name of its schema.
    pub(crate) name: &'static str,
    pub(crate) keys: &'static [Key],
}

/// A key of a map.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) needed: bool,
    pub(crate) form: Form,
}

/// The form of a value.
pub(crate) enum Form {
    /// In one language, or a map by language.
    Text,
    String,
    Slug,
    Address,
    Email,
    Colour,
    /// A day or a moment.
    Moment,
    Day,
    Duration,
    BaseUrl,
    Lang,
    Id,
    Hash,
    Did,
    Uuid,
    PublicKey,
    Number(u32, u32),
    OneOf(fn() -> Vec<&'static str>),
    List(&'static Self),
    Map(&'static [Key]),
    /// One of several maps.
    Either(&'static [&'static [Key]]),
}

const fn need(name: &'static str, form: Form) -> Key {
    Key { name, needed: true, form }
}

const fn may(name: &'static str, form: Form) -> Key {
    Key { name, needed: false, form }
}

fn words<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(word, _)| *word).collect()
}

/// Every file with keys, those that only programs write included: people read them and mend them.
pub(crate) const FILES: &[File] = &[
    File { name: "accolade", keys: ACCOLADE },
    File { name: "issuer", keys: ISSUER },
    File { name: "key", keys: KEY },
    File { name: "badge", keys: BADGE },
    File { name: "award", keys: AWARD },
    File { name: "draft", keys: DRAFT },
    File { name: "revocation", keys: REVOCATION },
    File { name: "tombstone", keys: TOMBSTONE },
    File { name: "framework", keys: FRAMEWORK },
    File { name: "page", keys: PAGE },
];

const ACCOLADE: &[Key] = &[
    need("version", Form::Number(settings::FORMAT_VERSION, settings::FORMAT_VERSION)),
    need("base_url", Form::BaseUrl),
    may("former_base_urls", Form::List(&Form::BaseUrl)),
    need("languages", Form::List(&Form::Lang)),
    need("title", Form::Text),
    may("theme", Form::Slug),
    need("repository", Form::OneOf(|| words(settings::REPOSITORY))),
    may("hosting", Form::OneOf(|| words(settings::HOSTING))),
    may("function", Form::Address),
    may(
        "privacy",
        Form::Map(&[
            may("visibility", Form::OneOf(|| words(settings::VISIBILITY))),
            may("register", Form::String),
        ]),
    ),
    may("seal", Form::Map(&[may("branch", Form::String)])),
];

/// A picture that somebody drew.
const FILE_IMAGE: &[Key] = &[need("file", Form::String), need("alt", Form::Text)];

const RING: Form = Form::Map(&[
    need("of", Form::Number(1, RING_MAX as u32)),
    need("reached", Form::Number(0, RING_MAX as u32)),
]);

pub(super) const DESIGN: &[Key] = &[
    may("shape", Form::OneOf(|| words(design::SHAPES))),
    need("ground", Form::Colour),
    need("ink", Form::Colour),
    may("edge", Form::Colour),
    need("pictogram", Form::OneOf(|| words(design::PICTOGRAMS))),
    may("ring", RING),
    may("text", Form::String),
];

/// A level's design says what is not as in the badge's.
pub(super) const LEVEL_DESIGN: &[Key] = &[
    may("shape", Form::OneOf(|| words(design::SHAPES))),
    may("ground", Form::Colour),
    may("ink", Form::Colour),
    may("edge", Form::Colour),
    may("pictogram", Form::OneOf(|| words(design::PICTOGRAMS))),
    may("ring", RING),
    may("text", Form::String),
];

const IMAGE: Form =
    Form::Either(&[FILE_IMAGE, &[need("design", Form::Map(DESIGN)), need("alt", Form::Text)]]);

const LEVEL_IMAGE: Form = Form::Either(&[
    FILE_IMAGE,
    &[need("design", Form::Map(LEVEL_DESIGN)), need("alt", Form::Text)],
]);

const ISSUER: &[Key] = &[
    need("name", Form::Text),
    need("url", Form::Address),
    need("email", Form::Email),
    may("image", IMAGE),
    need("description", Form::Text),
    may("territory", Form::List(&Form::Text)),
    may("linkedin_id", Form::Number(*issuers::LINKEDIN_IDS.start(), *issuers::LINKEDIN_IDS.end())),
];

const REASON: Form = Form::Map(&[need("reason", Form::String)]);

const KEY: &[Key] = &[
    need("type", Form::OneOf(|| words(keys::TYPES))),
    need("multibase", Form::PublicKey),
    need("created", Form::Moment),
    may("retired", Form::Moment),
    may("revoked", Form::Map(&[need("date", Form::Moment), need("reason", Form::String)])),
    may("introduced_by", Form::Map(&[need("key", Form::String), need("proof", Form::String)])),
    may("recovery", REASON),
];

const LEVEL: Form = Form::Number(*levels::LEVELS.start() as u32, *levels::LEVELS.end() as u32);

const BADGE: &[Key] = &[
    need("issuer", Form::Slug),
    need("version", Form::Number(1, 9_999)),
    need("name", Form::Text),
    need("description", Form::Text),
    need("kind", Form::OneOf(|| words(classes::KINDS))),
    need("image", IMAGE),
    may("tags", Form::List(&Form::String)),
    may(
        "levels",
        Form::List(&Form::Map(&[
            need("id", LEVEL),
            need("name", Form::Text),
            need("description", Form::Text),
            may("image", LEVEL_IMAGE),
            may("requires", LEVEL),
        ])),
    ),
    may(
        "criteria",
        Form::Map(&[
            may("at_least", Form::Number(1, super::super::criteria::ITEMS_MAX)),
            need(
                "items",
                Form::List(&Form::Map(&[need("id", Form::Slug), need("text", Form::Text)])),
            ),
        ]),
    ),
    may("expires", Form::Duration),
    may(
        "alignment",
        Form::List(&Form::Either(&[
            &[need("framework", Form::Slug), need("code", Form::String)],
            &[
                need("name", Form::Text),
                need("url", Form::Address),
                may("code", Form::String),
                may("framework_name", Form::Text),
            ],
        ])),
    ),
    may("licence", Form::String),
    may("creator", Form::Address),
    may("since", Form::Moment),
    may("territory", Form::List(&Form::Text)),
    may("evidence", Form::Text),
    may(
        "request",
        Form::Map(&[need("how", Form::Text), may("page", Form::String), may("url", Form::Address)]),
    ),
    may("next", Form::List(&Form::Slug)),
];

const RECIPIENT: Form = Form::Either(&[
    &[
        need("type", Form::OneOf(|| vec![recipient::EMAIL])),
        need("hash", Form::Hash),
        need("salt", Form::String),
    ],
    &[need("type", Form::OneOf(|| vec![recipient::DID])), need("id", Form::Did)],
    &[need("type", Form::OneOf(|| vec![recipient::URL])), need("url", Form::Address)],
    &[need("type", Form::OneOf(|| vec![recipient::OPAQUE])), need("id", Form::Uuid)],
]);

const EVIDENCE: Form = Form::List(&Form::Map(&[
    may("narrative", Form::Text),
    may("url", Form::Address),
    may("genre", Form::String),
    may("file", Form::String),
    may("alt", Form::Text),
]));

const HOLDER: Form = Form::Map(&[need("name", Form::String), need("consent", Form::Day)]);

const AWARD: &[Key] = &[
    need("class", Form::Slug),
    need("version", Form::Number(1, 9_999)),
    need("lang", Form::Lang),
    need("awarded", Form::Moment),
    may("expires", Form::Moment),
    may("level", LEVEL),
    need("recipient", RECIPIENT),
    may("hidden_name", Form::Map(&[need("hash", Form::Hash)])),
    may("criteria_met", Form::List(&Form::Slug)),
    may("role", Form::String),
    may("evidence", EVIDENCE),
    may("renews", Form::Id),
    may("visibility", Form::OneOf(|| words(settings::VISIBILITY))),
    may("holder", HOLDER),
];

/// The `file` of a piece of evidence is a key the reader knows, and explains that it cannot be there yet.
const DRAFT: &[Key] = &[
    need("class", Form::Slug),
    may("version", Form::Number(1, 9_999)),
    may("lang", Form::Lang),
    need("awarded", Form::Moment),
    may("expires", Form::Moment),
    may("level", LEVEL),
    may("recipient", RECIPIENT),
    may("criteria_met", Form::List(&Form::Slug)),
    may("role", Form::String),
    may("evidence", EVIDENCE),
    may("renews", Form::Id),
    may("visibility", Form::OneOf(|| words(settings::VISIBILITY))),
    may("holder", HOLDER),
];

const REVOCATION: &[Key] = &[
    need("date", Form::Moment),
    may("reason", Form::OneOf(|| words(revocations::REASONS))),
    may("note", Form::Text),
    may("replaced_by", Form::Id),
];

const TOMBSTONE: &[Key] = &[
    need("date", Form::Moment),
    need("issuer", Form::Slug),
    may("status_index", Form::Number(1, u32::MAX)),
];

const FRAMEWORK: &[Key] = &[
    need("name", Form::Text),
    need("url", Form::Address),
    may("licence", Form::String),
    need(
        "items",
        Form::List(&Form::Map(&[
            need("code", Form::String),
            need("name", Form::Text),
            may("url", Form::Address),
        ])),
    ),
];

const PAGE: &[Key] = &[
    need("title", Form::String),
    need("description", Form::String),
    may("nav", Form::Number(1, 99)),
];
