//! `tests/expected.json`: what every judge must say of every award, told from the table and from nothing else.

use serde::Serialize;

use super::table::{Mode, Status, Table};

#[derive(Debug, Serialize)]
struct Expected<'t> {
    now: &'t str,
    awards: Vec<Award<'t>>,
}

#[derive(Debug, Serialize)]
struct Award<'t> {
    n: &'t str,
    id: &'t str,
    class: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    lang: &'t str,
    visibility: &'t str,
    /// For judges that match the recipient.
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'t str>,
    key: &'t str,
    status: Status,
    verdict: &'static str,
}

/// The file.
///
/// # Panics
/// Never: texts and numbers are always JSON.
#[must_use]
pub fn json(table: &Table) -> String {
    let awards = table.awards.iter().map(|row| Award {
        n: &row.n,
        id: &row.id,
        class: &row.class,
        level: row.level,
        lang: &row.lang,
        visibility: &row.visibility,
        email: row.email.as_deref().filter(|_| row.recipient == Mode::Email),
        key: &row.key,
        status: row.status,
        verdict: if row.status == Status::Active { "valid" } else { "invalid" },
    });
    let expected = Expected { now: &table.clock, awards: awards.collect() };
    let text = serde_json::to_string_pretty(&expected).expect("texts and numbers are JSON");
    format!("{text}\n")
}
