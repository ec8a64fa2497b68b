//! What was seen in a badge and not checked: each is said, and none changes a verdict.
//!
//! Spec: OB3-JS-1..4, OB2-EXT-6, CRED-VCDM-9, CRED-VCDM-10.

use serde_json::Value;

use super::super::code::Code;
use super::super::run::Run;
use super::{has_type, id_of, one_or_many, text};

/// Where the official schemas of Open Badges 3.0 are (OB3-CONST-7).
const SCHEMA_FOLDERS: [&str; 2] = [
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/",
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json-ld/",
];

/// Those among them whose rules our own check of the form covers: of badges and of endorsements.
const SCHEMAS_COVERED: [&str; 4] = [
    "ob_v3p0_achievementcredential_schema.json",
    "ob_v3p0_endorsementcredential_schema.json",
    "ob_v3p0_anyachievementcredential_schema.json",
    "ob_v3p0_anyendorsementcredential_schema.json",
];

/// The one schema method whose meaning is known (OB3-JS-3).
const SCHEMA_METHOD: &str = "1EdTechJsonSchemaValidator2019";

/// The members of the classes of Open Badges 2.0, and of the JSON-LD around them.
const OB2_MEMBERS: [&str; 37] = [
    "@context",
    "@language",
    "id",
    "type",
    "alignment",
    "allowedOrigins",
    "author",
    "badge",
    "caption",
    "criteria",
    "description",
    "email",
    "endorsement",
    "evidence",
    "expires",
    "hashed",
    "identity",
    "image",
    "issuedOn",
    "issuer",
    "name",
    "narrative",
    "publicKey",
    "recipient",
    "related",
    "revocationList",
    "revocationReason",
    "revoked",
    "salt",
    "startsWith",
    "tags",
    "telephone",
    "uid",
    "url",
    "verification",
    "verify",
    "version",
];

/// Remarks on an assured credential of Open Badges 3.0.
pub(crate) fn on_credential(run: &mut Run<'_>, badge: &Value, subject: &str) {
    for schema in one_or_many(badge, "credentialSchema") {
        let id = text(schema, "id").unwrap_or(subject);
        let is_covered = has_type(schema, SCHEMA_METHOD) && is_official(id);
        let code = if is_covered { Code::SchemaCovered } else { Code::SchemaNotChecked };
        run.note(code, id, None);
    }
    if badge.get("termsOfUse").is_some() {
        run.note(Code::TermsNotChecked, subject, None);
    }
    evidence(run, badge, subject);
}

/// Remarks on an assertion of Open Badges 2.0, its class and its issuer.
pub(crate) fn on_assertion(run: &mut Run<'_>, objects: [&Value; 3], subject: &str) {
    for object in objects {
        let place = text(object, "id").unwrap_or(subject);
        for (name, value) in object.as_object().into_iter().flatten() {
            let is_extension = one_or_many(value, "type").iter().any(|one| *one == "Extension");
            if is_extension || !OB2_MEMBERS.contains(&name.as_str()) {
                run.note(Code::ExtensionNotChecked, place, Some(name.clone()));
            }
        }
    }
    let [assertion, ..] = objects;
    evidence(run, assertion, subject);
}

fn evidence(run: &mut Run<'_>, badge: &Value, subject: &str) {
    let pieces = one_or_many(badge, "evidence");
    if let Some(first) = pieces.first() {
        let place = id_of(first).unwrap_or(subject);
        run.note(Code::EvidenceNotChecked, place, Some(pieces.len().to_string()));
    }
}

fn is_official(schema: &str) -> bool {
    SCHEMA_FOLDERS
        .iter()
        .filter_map(|folder| schema.strip_prefix(folder))
        .any(|name| SCHEMAS_COVERED.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// OB3-CONST-7, OB3-JS-4: the exact addresses, and nothing that resembles them.
    #[test]
    fn only_the_published_schemas_are_covered() {
        let official = "https://purl.imsglobal.org/spec/ob/v3p0/schema";
        let name = "ob_v3p0_achievementcredential_schema.json";
        assert!(is_official(&format!("{official}/json/{name}")));
        assert!(is_official(&format!("{official}/json-ld/{name}")));
        assert!(!is_official(&format!("{official}/json/ob_v3p0_profile_schema.json")));
        assert!(!is_official(&format!("https://a.example/json/{name}")));
        assert!(!is_official(&format!("{official}/json/{name}#")));
    }
}
