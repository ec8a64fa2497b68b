//! An award as its page shows it: what was issued and when, read from the sealed bytes. Never that it is valid.

use openbadges::time::Timestamp;
use serde_json::Value as Json;
use tera::Value;

use super::FileSizes;
use super::badge::Badge;
use super::listing::Listing;
use super::view::{View, list, machine_record, record, time, web_address};
use crate::id::AwardId;
use crate::qr::Code;
use crate::site::{Award, Reason, Revocation, Visibility};
use crate::urls;
use crate::words::Arg;

/// Headings in narratives stand below the section's `<h2>`.
const NARRATIVE_HEADING: u8 = 3;

/// File names that browsers show as pictures.
const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "webp", "gif", "avif", "svg"];

/// A name inside a sentence: without the marks that turn the writing direction of what follows, and kept to itself
/// (U+2068 … U+2069) when it is written from right to left.
fn isolated(name: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let leftward = |c: char| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
            || matches!(c, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    };
    let plain: String = name.chars().filter(|c| !turns(*c)).collect();
    if plain.contains(leftward) { format!("\u{2068}{plain}\u{2069}") } else { plain }
}

/// What an award's page is made from, beside the award itself.
pub(super) struct Made<'a> {
    /// The day of the award in words.
    pub(super) issued: &'a str,
    pub(super) sealed: &'a Json,
    pub(super) sizes: FileSizes,
    /// The variable `award.share`.
    pub(super) share: Value,
    pub(super) code: Option<Code>,
}

impl View<'_> {
    /// The variable `award`.
    pub(super) fn award(
        &self,
        award: &Award,
        badge: &Badge<'_>,
        made: Made<'_>,
        listing: &Listing,
    ) -> Value {
        let Made { issued, sealed, sizes, share, code } = made;
        let subject = sealed.get("credentialSubject").unwrap_or(&Json::Null);
        let role = subject.get("role").and_then(Json::as_str);
        let narrative = subject.get("narrative").and_then(Json::as_str);
        let (recipient, recipient_url) = self.recipient(subject);
        let revocation = self.site.revocations.get(&award.id);
        // A withdrawn badge is in no picture any more: its signed file is what can be verified.
        let file = match revocation {
            Some(_) => "credential.json".to_owned(),
            None => format!("{}.png", badge.class.slug),
        };
        let end = |moment| time(moment, &self.language.day(moment));
        record([
            ("id", award.id.text().into()),
            ("holder", holder(award).into()),
            ("name_sha256", name_sha256(subject).into()),
            ("issued", time(award.awarded, issued)),
            ("expires", award.expires.map(end).into()),
            ("role", role.into()),
            ("narrative_html", narrative.map_or_else(Value::none, |text| self.narrative(text))),
            ("evidence", list(evidence_of(sealed).map(|piece| self.evidence(piece)))),
            ("recipient", recipient),
            ("recipient_url", recipient_url.into()),
            ("withdrawn", revocation.map(|revocation| self.withdrawn(revocation)).into()),
            ("signed_again", self.signed_again(sealed).into()),
            ("renews", award.renews.and_then(|id| self.other_award(id)).into()),
            ("renewed_by", listing.renewal(award.id).and_then(|id| self.other_award(id)).into()),
            ("file", file.into()),
            ("downloads", self.downloads(award, badge, sizes)),
            ("record", self.base().join(&urls::credential(award.id)).into()),
            ("share", share),
            ("qr", code.map(|code| qr(&code)).into()),
        ])
    }

    /// Copies from before a badge was signed again are refused, so whoever has one is told.
    fn signed_again(&self, sealed: &Json) -> Option<String> {
        let moment = |member: &str| Timestamp::parse(sealed.get(member)?.as_str()?).ok();
        let (awarded, signed) = (moment("awardedDate")?, moment("validFrom")?);
        let date = self.language.day(signed);
        (signed > awarded).then(|| self.language.say("signed_again", &[("date", (&date).into())]))
    }

    /// An award in a list.
    pub(super) fn listed_award(&self, award: &Award) -> Option<Value> {
        let class = self.site.classes.get(usize::try_from(award.class).ok()?)?;
        let version = class.versions.get(&award.version)?;
        let level = award.level.and_then(|level| version.level(level));
        let badge = Badge { class, version, level };
        Some(record([
            ("url", self.href(&urls::award(award.id)).into()),
            ("lang", award.lang.as_str().into()),
            ("name", self.text(&version.name).into()),
            ("holder", holder(award).into()),
            ("level", level.map(|level| self.level_title(level)).into()),
            ("issued", time(award.awarded, &self.language.day(award.awarded))),
            ("picture", self.badge_picture(&badge)),
        ]))
    }

    /// What the signed record says of the recipient, and an address when it is an organisation.
    fn recipient(&self, subject: &Json) -> (Value, Option<String>) {
        let id = subject.get("id").and_then(Json::as_str).unwrap_or_default();
        let word = |id: &str| self.language.word(id);
        if let Some((url, _)) = web_address(id) {
            return (word("recipient_url"), Some(url));
        }
        if id.starts_with("did:") {
            return (word("recipient_did"), None);
        }
        let is_email = |identifier: &Json| {
            identifier.get("identityType").and_then(Json::as_str) == Some("emailAddress")
        };
        let email = members(subject, "identifier").any(is_email);
        (word(if email { "recipient_email" } else { "recipient_opaque" }), None)
    }

    fn narrative(&self, markdown: &str) -> Value {
        self.prose(markdown, self.texts, NARRATIVE_HEADING, None).to_value()
    }

    fn evidence(&self, piece: &Json) -> Value {
        let text =
            |member: &str| piece.get(member).and_then(Json::as_str).filter(|text| !text.is_empty());
        let address = text("id").and_then(web_address);
        let own = address.as_ref().and_then(|(url, _)| self.own_path(url));
        let file = own.as_ref().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        let extension = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let image = PICTURES.contains(&extension.as_str());
        let alt = match text("description").filter(|_| image) {
            Some(description) => description.into(),
            None => self.language.word("evidence_image"),
        };
        let link = match (&own, &address) {
            (Some(_), _) => self.language.say("evidence_file", &[("name", file.into())]),
            (None, Some((_, host))) => self.language.say("evidence_page", &[("host", host.into())]),
            (None, None) => String::new(),
        };
        let genre =
            text("genre").map(|genre| match self.language.word(&format!("genre_{genre}")) {
                unknown if unknown.is_none() => genre.into(),
                known => known,
            });
        let url = own.clone().or_else(|| address.map(|(url, _)| url));
        record([
            ("name", text("name").into()),
            ("narrative_html", text("narrative").map_or("".into(), |text| self.narrative(text))),
            ("description", text("description").filter(|_| !image).into()),
            ("genre", genre.into()),
            ("url", url.into()),
            ("link", link.into()),
            ("image", image.into()),
            ("alt", alt),
        ])
    }

    /// The path of `url` on whatever host serves this site, when `url` is one of its own.
    fn own_path(&self, url: &str) -> Option<String> {
        let path = url.strip_prefix(self.base().as_str())?;
        path.starts_with('/').then(|| format!("{}{path}", self.base().path()))
    }

    fn withdrawn(&self, revocation: &Revocation) -> Value {
        let date = self.language.day(revocation.date);
        let sentence = match revocation.reason {
            None => self.language.say("withdrawn_on", &[("date", (&date).into())]),
            Some(reason) => {
                let reason = self.language.say(reason_message(reason), &[]);
                let args = [("date", (&date).into()), ("reason", (&reason).into())];
                self.language.say("withdrawn_because", &args)
            }
        };
        let replaced_by = revocation.replaced_by.and_then(|id| self.listed_url(id));
        record([
            ("date", time(revocation.date, &date)),
            ("sentence", sentence.into()),
            ("note", revocation.note.as_ref().map(|note| self.text(note)).into()),
            ("replaced_by", replaced_by.into()),
        ])
    }

    /// Another award, when it may be named on a page that is not its own.
    fn other_award(&self, id: AwardId) -> Option<Value> {
        let url = self.listed_url(id)?;
        let date = self.language.day(self.find(id)?.awarded);
        let text = self.language.say("award_of", &[("date", (&date).into())]);
        Some(record([("url", url.into()), ("text", text.into())]))
    }

    fn listed_url(&self, id: AwardId) -> Option<String> {
        let award = self.find(id).filter(|award| award.visibility == Visibility::Listed)?;
        Some(self.href(&urls::award(award.id)))
    }

    fn find(&self, id: AwardId) -> Option<&Award> {
        let index = self.site.awards.binary_search_by_key(&id, |award| award.id).ok()?;
        self.site.awards.get(index)
    }

    /// The files a person takes away.
    fn downloads(&self, award: &Award, badge: &Badge<'_>, sizes: FileSizes) -> Value {
        let folder = self.href(&urls::award(award.id));
        let withdrawn = self.site.revocations.contains_key(&award.id);
        let picture_note = if withdrawn { "file_picture_note" } else { "file_both_note" };
        let slug = &badge.class.slug;
        let file = |title: &str, note: &str, name: &str, bytes: usize, save: Option<String>| {
            let size = [("n", Arg::from(bytes.div_ceil(1000)))];
            record([
                ("title", self.language.word(title)),
                ("note", self.language.word(note)),
                ("url", format!("{folder}{name}").into()),
                ("size", self.language.say("size", &size).into()),
                ("save", save.into()),
            ])
        };
        let save = |extension: &str| Some(format!("{slug}.{extension}"));
        let mut files = vec![file("file_png", picture_note, "badge.png", sizes.png, save("png"))];
        if badge.has_drawing() {
            files.push(file("file_svg", picture_note, "badge.svg", sizes.svg, save("svg")));
        }
        files.push(file("file_ob3", "record_ob3", "credential.json", sizes.credential, None));
        files.push(file("file_ob2", "record_ob2", "assertion.json", sizes.assertion, None));
        files.into()
    }

    /// The pictures that carry the records. A withdrawn badge is in no picture any more.
    pub(super) fn baked_records(&self, award: &Award, badge: &Badge<'_>) -> Vec<Value> {
        if self.site.revocations.contains_key(&award.id) {
            return Vec::new();
        }
        let folder = self.href(&urls::award(award.id));
        let picture = |title: &str, media_type: &str, name: &str| {
            let (title, note) = (self.language.word(title), self.language.word("file_both_note"));
            machine_record(title, note, media_type, format!("{folder}{name}"))
        };
        let png = picture("file_png", "image/png", "badge.png");
        let svg = badge.has_drawing().then(|| picture("file_svg", "image/svg+xml", "badge.svg"));
        [Some(png), svg].into_iter().flatten().collect()
    }

    /// The sentence that says what was issued, by whom, when, and to whom if that is shown.
    pub(super) fn statement(&self, award: &Award, issuer: &str, issued: &str) -> String {
        let holder = holder(award).map(isolated);
        let id = if holder.is_some() { "statement_holder" } else { "statement" };
        let holder = holder.as_deref().unwrap_or_default();
        let args = [("issuer", issuer.into()), ("holder", holder.into()), ("date", issued.into())];
        self.language.say(id, &args)
    }

    /// The title of an award's page.
    pub(super) fn award_title(&self, award: &Award, badge_name: &str) -> String {
        let Some(holder) = holder(award).map(isolated) else { return badge_name.to_owned() };
        let args = [("badge", badge_name.into()), ("holder", (&holder).into())];
        self.language.say("award_title", &args)
    }
}

/// The variable `award.qr`.
fn qr(code: &Code) -> Value {
    record([("side", code.side().into()), ("path", code.path().into())])
}

fn holder(award: &Award) -> Option<&str> {
    award.holder.as_deref().map(|holder| holder.name.as_str())
}

const fn reason_message(reason: Reason) -> &'static str {
    match reason {
        Reason::Error => "reason_error",
        Reason::Superseded => "reason_superseded",
        Reason::HolderRequest => "reason_holder_request",
        Reason::CriteriaNotMet => "reason_criteria_not_met",
        Reason::TermEnded => "reason_term_ended",
        Reason::Other => "reason_other",
    }
}

fn evidence_of(sealed: &Json) -> impl Iterator<Item = &Json> {
    members(sealed, "evidence")
}

/// The digest of a hidden name, in hexadecimal: what the name in a learner's own link is compared with.
fn name_sha256(subject: &Json) -> Option<&str> {
    let is_name =
        |identifier: &&Json| identifier.get("identityType").and_then(Json::as_str) == Some("name");
    let hidden = members(subject, "identifier").find(is_name)?;
    hidden.get("identityHash")?.as_str()?.strip_prefix("sha256$")
}

/// The values of `member`, which may be one value or an array of them.
fn members<'j>(object: &'j Json, member: &str) -> impl Iterator<Item = &'j Json> {
    let (many, one) = match object.get(member) {
        Some(Json::Array(values)) => (values.as_slice(), None),
        one => (&[][..], one),
    };
    many.iter().chain(one)
}

#[cfg(test)]
mod tests {
    use super::isolated;

    #[test]
    fn a_name_turns_no_other_word_around() {
        assert_eq!(isolated("Ø Simulacre"), "Ø Simulacre");
        assert_eq!(isolated("a\u{202e}gnp.exe\u{2069}"), "agnp.exe");
        assert_eq!(isolated("דוגמה"), "\u{2068}דוגמה\u{2069}");
    }
}
