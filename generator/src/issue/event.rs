//! The files of decisions, as text: an award, a revocation.
//!
//! The keys stand in the order of `docs/formats.md`; what is absent is not written.

use super::yaml::Node;
use crate::site::{AwardEvent, Evidence, Holder, Reason, Recipient, Revocation, Text, Visibility};

/// `badges/assertions/<yyyy>/<id>.yaml`.
#[must_use]
pub fn award_file(event: &AwardEvent) -> String {
    let mut entries = vec![
        ("class", Node::text(event.class.as_str())),
        ("version", Node::plain(event.version)),
        ("lang", Node::text(event.lang.as_str())),
        ("awarded", Node::plain(event.awarded)),
    ];
    push(&mut entries, "expires", event.expires.map(Node::plain));
    push(&mut entries, "level", event.level.map(Node::plain));
    entries.push(("recipient", recipient(&event.recipient)));
    let hidden = |hash: &String| Node::Map(vec![("hash", Node::text(hash))]);
    push(&mut entries, "hidden_name", event.hidden_name.as_ref().map(hidden));
    push(&mut entries, "criteria_met", list(&event.criteria_met, Node::text));
    push(&mut entries, "role", event.role.as_ref().map(Node::text));
    push(&mut entries, "evidence", list(&event.evidence, evidence));
    push(&mut entries, "renews", event.renews.map(|id| Node::text(id.text())));
    entries.push(("visibility", Node::text(visibility_word(event.visibility))));
    push(&mut entries, "holder", event.holder.as_ref().map(holder));
    Node::Map(entries).to_file()
}

/// `badges/revocations/<id>.yaml`.
#[must_use]
pub fn revocation_file(revocation: &Revocation) -> String {
    let mut entries = vec![("date", Node::plain(revocation.date))];
    push(&mut entries, "reason", revocation.reason.map(|code| Node::text(reason_word(code))));
    push(&mut entries, "note", revocation.note.as_ref().map(text));
    push(&mut entries, "replaced_by", revocation.replaced_by.map(|id| Node::text(id.text())));
    Node::Map(entries).to_file()
}

fn push(entries: &mut Vec<(&'static str, Node)>, key: &'static str, value: Option<Node>) {
    entries.extend(value.map(|value| (key, value)));
}

fn list<'a, T>(items: &'a [T], node: impl Fn(&'a T) -> Node) -> Option<Node> {
    (!items.is_empty()).then(|| Node::List(items.iter().map(node).collect()))
}

fn recipient(recipient: &Recipient) -> Node {
    let entries = match recipient {
        Recipient::Email { hash, salt } => {
            vec![("type", "email"), ("hash", hash.as_str()), ("salt", salt.as_str())]
        }
        Recipient::Did(did) => vec![("type", "did"), ("id", did.as_str())],
        Recipient::Url(url) => vec![("type", "url"), ("url", url.as_str())],
        Recipient::Opaque(urn) => vec![("type", "opaque"), ("id", urn.as_str())],
    };
    Node::Map(entries.into_iter().map(|(key, value)| (key, Node::text(value))).collect())
}

fn evidence(evidence: &Evidence) -> Node {
    let mut entries = Vec::new();
    push(&mut entries, "narrative", evidence.narrative.as_ref().map(text));
    push(&mut entries, "url", evidence.url.as_ref().map(Node::text));
    push(&mut entries, "file", evidence.file.as_ref().map(Node::text));
    push(&mut entries, "genre", evidence.genre.as_ref().map(Node::text));
    push(&mut entries, "alt", evidence.alt.as_ref().map(text));
    Node::Map(entries)
}

fn holder(holder: &Holder) -> Node {
    Node::Map(vec![("name", Node::text(&holder.name)), ("consent", Node::plain(&holder.consent))])
}

fn text(text: &Text) -> Node {
    Node::Languages(text.0.iter().map(|(lang, text)| (lang.to_string(), text.clone())).collect())
}

/// The word of an event file.
#[must_use]
pub const fn visibility_word(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Listed => "listed",
        Visibility::Unlisted => "unlisted",
        Visibility::Private => "private",
    }
}

/// The word of a revocation file.
#[must_use]
pub const fn reason_word(reason: Reason) -> &'static str {
    match reason {
        Reason::Error => "error",
        Reason::Superseded => "superseded",
        Reason::HolderRequest => "holder-request",
        Reason::CriteriaNotMet => "criteria-not-met",
        Reason::TermEnded => "term-ended",
        Reason::Other => "other",
    }
}

/// Every reason, in the order it is told.
pub const REASONS: [Reason; 6] = [
    Reason::Error,
    Reason::Superseded,
    Reason::HolderRequest,
    Reason::CriteriaNotMet,
    Reason::TermEnded,
    Reason::Other,
];

/// The reason a word names.
#[must_use]
pub fn reason_of_word(word: &str) -> Option<Reason> {
    REASONS.into_iter().find(|reason| reason_word(*reason) == word)
}

#[cfg(test)]
mod tests {
    use openbadges::time::Timestamp;

    use super::*;
    use crate::id::AwardId;
    use crate::site::{Lang, Slug};

    fn moment(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn languages(entries: &[(&str, &str)]) -> Text {
        let entry = |(lang, text): &(&str, &str)| (Lang::parse(lang).unwrap(), (*text).to_owned());
        Text(entries.iter().map(entry).collect())
    }

    #[test]
    fn an_award_file_has_the_keys_of_the_format_in_one_order() {
        let event = AwardEvent {
            id: AwardId::from_bits([7; 16]),
            file: "badges/assertions/2026/x.yaml".into(),
            class: Slug::parse("mediation-numerique").unwrap(),
            version: 2,
            lang: Lang::parse("fr").unwrap(),
            awarded: moment("2026-03-12T00:00:00Z"),
            expires: Some(moment("2029-03-12T23:59:59Z")),
            level: Some(3),
            recipient: Recipient::Email { hash: "sha256$ab".to_owned(), salt: "0a1b".to_owned() },
            hidden_name: Some("sha256$cd".to_owned()),
            criteria_met: vec!["proteger".to_owned()],
            role: Some("trésorerie".to_owned()),
            evidence: vec![Evidence {
                narrative: Some(languages(&[("en", "Told: well"), ("fr", "Raconté")])),
                url: Some("https://estran.example/a#b".to_owned()),
                file: Some("photo.jpg".to_owned()),
                genre: Some("photo".to_owned()),
                alt: Some(languages(&[("fr", "Un taquet")])),
            }],
            renews: Some(AwardId::from_bits([1; 16])),
            visibility: Visibility::Listed,
            holder: Some(Holder { name: "Ø".to_owned(), consent: "2026-03-12".to_owned() }),
        };
        let expected = "\
class: mediation-numerique
version: 2
lang: fr
awarded: 2026-03-12T00:00:00Z
expires: 2029-03-12T23:59:59Z
level: 3
recipient:
  type: email
  hash: sha256$ab
  salt: \"0a1b\"
hidden_name:
  hash: sha256$cd
criteria_met:
  - proteger
role: trésorerie
evidence:
  - narrative:
      en: \"Told: well\"
      fr: Raconté
    url: https://estran.example/a#b
    file: photo.jpg
    genre: photo
    alt:
      fr: Un taquet
renews: \"01040g2081040g2081040g2081\"
visibility: listed
holder:
  name: Ø
  consent: 2026-03-12
";
        assert_eq!(award_file(&event), expected);
    }

    #[test]
    fn a_revocation_without_words_is_a_date_alone() {
        let mut revocation = Revocation {
            date: moment("2026-08-01T00:00:00Z"),
            reason: None,
            note: None,
            replaced_by: None,
        };
        assert_eq!(revocation_file(&revocation), "date: 2026-08-01T00:00:00Z\n");
        revocation.reason = Some(Reason::TermEnded);
        revocation.note = Some(languages(&[("fr", "Mandat terminé.")]));
        assert_eq!(
            revocation_file(&revocation),
            "date: 2026-08-01T00:00:00Z\nreason: term-ended\nnote:\n  fr: Mandat terminé.\n"
        );
    }

    #[test]
    fn every_reason_has_one_word() {
        for word in
            ["error", "superseded", "holder-request", "criteria-not-met", "term-ended", "other"]
        {
            assert_eq!(reason_of_word(word).map(reason_word), Some(word));
        }
        assert_eq!(reason_of_word("theft"), None);
    }
}
