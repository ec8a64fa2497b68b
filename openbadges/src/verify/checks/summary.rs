//! What an assured badge says of itself, gathered for display.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::record::{Kind, Recipient, Related, Summary};
use super::{id_of, one_or_many, text};

/// The most entries of one kind that are gathered.
const ITEMS_MAX: usize = 32;

/// Gathers what a credential of Open Badges 3.0 says, or one that is no badge.
pub(crate) fn of_credential(badge: &Value, kind: Kind, found_in: &'static str) -> Summary {
    let subject = badge.get("credentialSubject").unwrap_or(&Value::Null);
    let achievement = subject.get("achievement").unwrap_or(&Value::Null);
    let issuer = badge.get("issuer").unwrap_or(&Value::Null);
    let from = text(badge, "validFrom").or_else(|| text(badge, "issuanceDate"));
    // The name of a badge is that of its class; what is no badge has one of its own.
    let named = if kind == Kind::Badge { achievement } else { badge };
    Summary {
        version: if kind == Kind::Credential { "vcdm" } else { "3.0" },
        found_in,
        kind,
        id: owned(text(badge, "id")),
        name: words(named, "name"),
        names: by_language(named, "name"),
        language: owned(text(achievement, "inLanguage")),
        description: words(named, "description").or_else(|| words(subject, "endorsementComment")),
        class: owned(text(achievement, "id")),
        criteria: owned(achievement.get("criteria").and_then(|criteria| text(criteria, "id"))),
        image: image(achievement.get("image").or_else(|| subject.get("image"))),
        results: results(subject, achievement),
        evidence: one_or_many(badge, "evidence").len(),
        related: related(achievement, "inLanguage"),
        issuer_name: words(issuer, "name"),
        issuer_url: owned(text(issuer, "url")),
        recipients: if kind == Kind::Endorsement { vec![] } else { recipients(subject) },
        awarded: owned(text(badge, "awardedDate").or(from)),
        expires: owned(text(badge, "validUntil").or_else(|| text(badge, "expirationDate"))),
        ..Summary::default()
    }
}

/// Gathers what an assertion, its class and its issuer's profile of Open Badges 2.0 say.
pub(crate) fn of_assertion(
    assertion: &Value,
    class: &Value,
    profile: &Value,
    found_in: &'static str,
) -> Summary {
    let recipient = assertion.get("recipient");
    Summary {
        version: "2.0",
        found_in,
        id: owned(text(assertion, "id")),
        name: words(class, "name"),
        names: by_language(class, "name"),
        language: owned(text(class, "@language")),
        description: words(class, "description"),
        class: owned(text(class, "id")),
        criteria: owned(class.get("criteria").and_then(id_of)),
        image: image(class.get("image")),
        evidence: one_or_many(assertion, "evidence").len(),
        related: related(class, "@language"),
        issuer_name: words(profile, "name"),
        issuer_url: owned(text(profile, "url")),
        recipients: recipient
            .and_then(|one| recipient_as(one, "type", "identity"))
            .into_iter()
            .collect(),
        awarded: owned(text(assertion, "issuedOn")),
        expires: owned(text(assertion, "expires")),
        ..Summary::default()
    }
}

/// Gathers what an endorsement of Open Badges 2.0 says; its `issuer` is the profile that was read.
pub(crate) fn of_endorsement(hosted: &Value, found_in: &'static str) -> Summary {
    let issuer = hosted.get("issuer").unwrap_or(&Value::Null);
    Summary {
        version: "2.0",
        found_in,
        kind: Kind::Endorsement,
        id: owned(text(hosted, "id")),
        description: hosted.get("claim").and_then(|claim| words(claim, "endorsementComment")),
        issuer_name: words(issuer, "name"),
        issuer_url: owned(text(issuer, "url")),
        awarded: owned(text(hosted, "issuedOn")),
        ..Summary::default()
    }
}

fn owned(value: Option<&str>) -> Option<String> {
    value.map(str::to_owned)
}

/// A text in whichever of its forms: a string, a value object, a map by language, or several of them.
///
/// Spec: CRED-VCDM-7, OB2-I18N-5.
pub(crate) fn words(value: &Value, member: &str) -> Option<String> {
    match value.get(member)? {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) if object.contains_key("@value") => {
            object.get("@value")?.as_str().map(str::to_owned)
        }
        _ => by_language(value, member).into_values().next(),
    }
}

/// A text by language, where it is given so.
pub(crate) fn by_language(value: &Value, member: &str) -> BTreeMap<String, String> {
    let tagged = |one: &Value| {
        let language = text(one, "@language")?;
        Some((language.to_owned(), text(one, "@value")?.to_owned()))
    };
    match value.get(member) {
        Some(Value::Array(many)) => many.iter().take(ITEMS_MAX).filter_map(tagged).collect(),
        Some(one @ Value::Object(_)) if one.get("@value").is_some() => {
            tagged(one).into_iter().collect()
        }
        Some(Value::Object(map)) => {
            let said = |(language, text): (&String, &Value)| {
                Some((language.clone(), text.as_str()?.to_owned()))
            };
            map.iter().take(ITEMS_MAX).filter_map(said).collect()
        }
        _ => BTreeMap::new(),
    }
}

/// The address of a picture, named or described; several were published by some, and the first is shown.
fn image(image: Option<&Value>) -> Option<String> {
    let first = match image? {
        Value::Array(many) => many.first()?,
        one => one,
    };
    // A picture inside the badge is too long to be an address anybody reads.
    owned(id_of(first)).filter(|id| !id.starts_with("data:"))
}

fn related(value: &Value, language: &str) -> Vec<Related> {
    let read = |one: &Value| {
        let id = id_of(one)?.to_owned();
        let version = match one.get("version") {
            Some(Value::Number(number)) => Some(number.to_string()),
            version => owned(version.and_then(Value::as_str)),
        };
        Some(Related { id, language: owned(text(one, language)), version })
    };
    one_or_many(value, "related").into_iter().take(ITEMS_MAX).filter_map(read).collect()
}

fn recipients(subject: &Value) -> Vec<Recipient> {
    let id = text(subject, "id").map(|id| Recipient {
        kind: "id".to_owned(),
        hashed: false,
        identity: id.to_owned(),
    });
    let identifiers = one_or_many(subject, "identifier");
    let identifiers = identifiers.into_iter().take(ITEMS_MAX);
    id.into_iter()
        .chain(identifiers.filter_map(|one| recipient_as(one, "identityType", "identityHash")))
        .collect()
}

fn recipient_as(object: &Value, kind: &str, identity: &str) -> Option<Recipient> {
    Some(Recipient {
        kind: text(object, kind)?.to_owned(),
        hashed: object.get("hashed").and_then(Value::as_bool).unwrap_or(false),
        identity: text(object, identity)?.to_owned(),
    })
}

/// Each result as *what: how much*, in the words of the badge. A level is named by its id, and shown by its name.
fn results(subject: &Value, achievement: &Value) -> Vec<String> {
    let descriptions = one_or_many(achievement, "resultDescription");
    let read = |result: &Value| {
        let wanted = text(result, "resultDescription");
        let description =
            descriptions.iter().find(|one| wanted.is_some() && text(one, "id") == wanted);
        let level = text(result, "achievedLevel").map(|level| {
            let levels = description.map(|one| one_or_many(one, "rubricCriterionLevel"));
            let named =
                levels.unwrap_or_default().into_iter().find(|one| text(one, "id") == Some(level));
            named.and_then(|one| text(one, "name")).unwrap_or(level)
        });
        let reached = level.or_else(|| text(result, "value")).or_else(|| text(result, "status"))?;
        Some(match description.and_then(|one| text(one, "name")) {
            Some(name) => format!("{name}: {reached}"),
            None => reached.to_owned(),
        })
    };
    one_or_many(subject, "result").into_iter().take(ITEMS_MAX).filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_level_is_shown_by_its_name_and_a_result_by_its_value() {
        let badge = json!({ "credentialSubject": {
            "result": [
                { "resultDescription": "urn:x:scale", "achievedLevel": "urn:x:2" },
                { "value": "12/20" },
                { "resultDescription": "urn:x:other", "status": "Completed" }
            ],
            "achievement": { "resultDescription": [{
                "id": "urn:x:scale", "name": "Niveau",
                "rubricCriterionLevel": [{ "id": "urn:x:2", "name": "Pratique" }]
            }] }
        } });
        let summary = of_credential(&badge, Kind::Badge, "json");
        assert_eq!(summary.results, ["Niveau: Pratique", "12/20", "Completed"]);
    }

    /// CRED-VCDM-7, OB2-I18N-5.
    #[test]
    fn a_name_is_read_in_every_form_and_language() {
        for (form, name, languages) in [
            (json!("Accueil"), "Accueil", 0),
            (json!({ "@value": "Accueil", "@language": "fr" }), "Accueil", 1),
            (json!({ "en": "Welcome", "fr": "Accueil" }), "Welcome", 2),
            (json!([{ "@value": "Accueil", "@language": "fr" }]), "Accueil", 1),
        ] {
            let class = json!({ "name": form });
            let summary = of_assertion(&json!({}), &class, &json!({}), "json");
            assert_eq!(summary.name.as_deref(), Some(name), "{form}");
            assert_eq!(summary.names.len(), languages, "{form}");
        }
    }

    #[test]
    fn pictures_and_related_documents_are_read_alone_and_in_lists() {
        let class = json!({
            "image": ["https://a.example/1.png", "https://a.example/2.png"],
            "related": { "id": "https://a.example/en.json", "@language": "en", "version": 2 }
        });
        let summary = of_assertion(&json!({}), &class, &json!({}), "json");
        assert_eq!(summary.image.as_deref(), Some("https://a.example/1.png"));
        let [related] = summary.related.as_slice() else { panic!("one related class") };
        assert_eq!(
            (related.language.as_deref(), related.version.as_deref()),
            (Some("en"), Some("2"))
        );
        let inline = json!({ "image": { "id": "data:image/png;base64,AA" } });
        assert_eq!(of_assertion(&json!({}), &inline, &json!({}), "json").image, None);
    }
}
