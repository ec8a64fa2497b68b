//! Is a thing described in two places?
//!
//! RDF puts together what is said of one `id`, wherever it stands. Where the document names a thing a second time, its
//! members could be moved there, and a reader of the first place would miss them: the end of the badge, its status, a
//! result (CRED-UNSIGNED-8). So the three things that a verdict rests on are described where the model has them and
//! nowhere else. Other places may name them, and an endorsement may say its own about them.

use serde_json::{Map, Value};

use super::{Check, Fault};

/// A thing that is described once: where, and what it is called there.
type DescribedOnce = (&'static str, &'static str);

/// What a badge's verdict rests on.
pub(super) const IN_A_BADGE: &[DescribedOnce] = &[
    ("", "VerifiableCredential"),
    ("/credentialSubject", "AchievementSubject"),
    ("/credentialSubject/achievement", "Achievement"),
];

/// What any other credential rests on.
pub(super) const IN_A_CREDENTIAL: &[DescribedOnce] = &[("", "VerifiableCredential")];

/// What a status list rests on.
pub(super) const IN_A_LIST: &[DescribedOnce] = &[
    ("", "VerifiableCredential"),
    ("/credentialSubject", "BitstringStatusList"),
    ("/credentialSubject", "StatusList2021"),
];

/// Reports each object that describes one of `things` again.
pub(super) fn check(check: &mut Check, document: &Value, things: &[DescribedOnce]) {
    let named = |(pointer, class): &(&str, &'static str)| {
        let thing = document.pointer(pointer)?.as_object()?;
        Some(Described { thing, id: thing.get("id")?, class })
    };
    let described: Vec<Described<'_>> = things.iter().filter_map(named).collect();
    search(check, document, &described);
}

/// A thing that is described where the model has it.
struct Described<'d> {
    thing: &'d Map<String, Value>,
    id: &'d Value,
    class: &'static str,
}

/// Members that mean the same in every class.
const OF_ANY_CLASS: [&str; 8] = [
    "alignment",
    "description",
    "endorsement",
    "endorsementJwt",
    "image",
    "inLanguage",
    "name",
    "narrative",
];

/// Whether an object could hold what a reader of the class looks for. Most members mean something only beside the name of
/// the class; a few do without, and an endorsement has no use for those; and an address means the same everywhere.
fn describes(object: &Map<String, Value>, class: &str) -> bool {
    let is_called = |class: &str| {
        let mut types = ["type", "@type"].into_iter().filter_map(|name| object.get(name));
        types.any(|types| match types {
            Value::Array(names) => names.iter().any(|name| name == class),
            name => name == class,
        })
    };
    let says = |names: &[&str]| names.iter().any(|name| object.get(*name).is_some());
    let mut names = object.keys();
    is_called(class)
        || is_called("EndorsementSubject") && says(&OF_ANY_CLASS)
        || class == "VerifiableCredential" && says(&["awardedDate"])
        || names.any(|name| name.contains(':'))
}

fn search(check: &mut Check, value: &Value, described: &[Described<'_>]) {
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.is_array() || item.is_object())
            .for_each(|(nth, item)| check.below(&nth.to_string(), |c| search(c, item, described))),
        Value::Object(members) => {
            let ids = [members.get("id"), members.get("@id")];
            let is_again = |one: &&Described<'_>| {
                ids.contains(&Some(one.id))
                    && !std::ptr::eq(members, one.thing)
                    && describes(members, one.class)
            };
            for _ in described.iter().filter(is_again) {
                check.report(Fault::DescribedTwice, "CRED-UNSIGNED-8");
            }
            members
                .iter()
                .filter(|(_, member)| member.is_array() || member.is_object())
                .for_each(|(name, member)| check.below(name, |c| search(c, member, described)));
        }
        _ => {}
    }
}
