//! An award as its page shows it: what was issued and when, read from the sealed bytes. Never that it is valid.

use openbadges::time::Timestamp;
use serde_json::Value as Json;
use tera::Value;

use super::badge::Badge;
use super::listing::{self, Listing};
use super::view::{View, list, record, web_address};
use crate::id::AwardId;
use crate::site::{Award, Reason, Revocation, Visibility};
use crate::urls;

/// Headings in narratives stand below the section's `<h2>`.
const NARRATIVE_HEADING: u8 = 3;

/// File names that browsers show as pictures.
const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "webp", "gif", "avif", "svg"];

/// Keeps a name's writing direction to itself inside a sentence (U+2068 … U+2069).
fn isolated(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}

impl View<'_> {
    /// The variable `award`. `issuer_name` is the issuer's name in the page's language.
    pub(super) fn award(
        &self,
        award: &Award,
        badge: &Badge<'_>,
        issuer_name: &str,
        sealed: &Json,
        listing: &Listing,
    ) -> Value {
        let subject = sealed.get("credentialSubject").unwrap_or(&Json::Null);
        let text = |member: &str| subject.get(member).and_then(Json::as_str).map(str::to_owned);
        let narrative = subject.get("narrative").and_then(Json::as_str);
        let (recipient, recipient_url) = self.recipient(subject);
        let revocation = self.site.revocations.get(&award.id);
        let holder = award.holder.as_deref().map(|holder| holder.name.as_str());
        record([
            ("id", award.id.text().into()),
            ("holder", holder.into()),
            ("statement", self.statement(award, issuer_name, holder).into()),
            ("issued", self.language.time(award.awarded)),
            ("expires", award.expires.map(|end| self.language.time(end)).into()),
            ("role", text("role").into()),
            ("narrative_html", narrative.map_or_else(Value::none, |text| self.narrative(text))),
            ("evidence", list(evidence_of(sealed).map(|piece| self.evidence(piece)))),
            ("recipient", recipient.into()),
            ("recipient_url", recipient_url.into()),
            ("withdrawn", revocation.map(|revocation| self.withdrawn(revocation)).into()),
            ("renews", award.renews.and_then(|id| self.other_award(id)).into()),
            ("renewed_by", listing.renewal(award.id).and_then(|id| self.other_award(id)).into()),
            ("listed", listing::is_listed(self.site, award).into()),
            ("file", format!("{}.png", badge.class.slug).into()),
            ("downloads", self.downloads(award, badge)),
        ])
    }

    /// An award in a list.
    pub(super) fn listed_award(&self, award: &Award) -> Option<Value> {
        let class = self.site.classes.get(usize::try_from(award.class).ok()?)?;
        let version = class.versions.get(&award.version)?;
        let level = award.level.and_then(|level| version.level(level));
        let badge = Badge { class, version, level };
        let holder = award.holder.as_deref().map(|holder| holder.name.as_str());
        Some(record([
            ("url", self.href(&urls::award(award.id)).into()),
            ("lang", award.lang.as_str().into()),
            ("name", self.text(&version.name).into()),
            ("holder", holder.into()),
            ("level", level.map(|level| self.level_title(level)).into()),
            ("issued", self.language.time(award.awarded)),
            ("picture", self.badge_picture(&badge)),
        ]))
    }

    fn statement(&self, award: &Award, issuer: &str, holder: Option<&str>) -> String {
        let date = self.language.day(award.awarded);
        let issuer = ("issuer", issuer.into());
        match holder.map(isolated) {
            Some(holder) => self.language.say(
                "statement_holder",
                &[issuer, ("holder", (&holder).into()), ("date", (&date).into())],
            ),
            None => self.language.say("statement", &[issuer, ("date", (&date).into())]),
        }
    }

    /// What the signed record says of the recipient, and an address when it is an organisation.
    fn recipient(&self, subject: &Json) -> (String, Option<String>) {
        let id = subject.get("id").and_then(Json::as_str).unwrap_or_default();
        let say = |id: &str| self.language.say(id, &[]);
        if let Some((url, _)) = web_address(id) {
            return (say("recipient_url"), Some(url));
        }
        if id.starts_with("did:") {
            return (say("recipient_did"), None);
        }
        let is_email = |identifier: &Json| {
            matches!(
                identifier.get("identityType").and_then(Json::as_str),
                Some("emailAddress" | "email")
            )
        };
        if members(subject, "identifier").any(is_email) {
            return (say("recipient_email"), None);
        }
        (say("recipient_opaque"), None)
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
        let alt = text("description")
            .map_or_else(|| self.language.say("evidence_image", &[]), str::to_owned);
        let link = match (&own, &address) {
            (Some(_), _) => self.language.say("evidence_file", &[("name", file.into())]),
            (None, Some((_, host))) => self.language.say("evidence_page", &[("host", host.into())]),
            (None, None) => String::new(),
        };
        let genre = text("genre").map(|genre| {
            self.language.known(&format!("genre_{genre}")).unwrap_or_else(|| genre.to_owned())
        });
        let url = own.clone().or_else(|| address.map(|(url, _)| url));
        record([
            ("name", text("name").into()),
            ("narrative_html", text("narrative").map_or("".into(), |text| self.narrative(text))),
            ("genre", genre.into()),
            ("url", url.into()),
            ("link", link.into()),
            ("image", image.into()),
            ("alt", alt.into()),
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
            ("date", self.language.time(revocation.date)),
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
    fn downloads(&self, award: &Award, badge: &Badge<'_>) -> Value {
        let folder = self.href(&urls::award(award.id));
        let say = |id: &str| self.language.say(id, &[]);
        let withdrawn = self.site.revocations.contains_key(&award.id);
        let picture_note = if withdrawn { say("file_picture_note") } else { say("file_both_note") };
        let own = badge.level.and_then(|level| level.image.as_ref());
        let has_svg = own.unwrap_or(&badge.version.image).svg.is_some();
        let slug = &badge.class.slug;
        let file = |title: &str, note: String, name: &str, save: Option<String>| {
            record([
                ("title", say(title).into()),
                ("note", note.into()),
                ("url", format!("{folder}{name}").into()),
                ("save", save.into()),
            ])
        };
        let mut files =
            vec![file("file_png", picture_note.clone(), "badge.png", Some(format!("{slug}.png")))];
        if has_svg {
            files.push(file("file_svg", picture_note, "badge.svg", Some(format!("{slug}.svg"))));
        }
        files.push(file("file_ob3", say("record_ob3"), "credential.json", None));
        files.push(file("file_ob2", say("record_ob2"), "assertion.json", None));
        list(files)
    }

    /// The title and description of an award's page.
    pub(super) fn award_words(
        &self,
        badge_name: &str,
        issuer_name: &str,
        holder: Option<&str>,
        awarded: Timestamp,
    ) -> (String, String) {
        let title = match holder.map(isolated) {
            Some(holder) => self
                .language
                .say("award_title", &[("badge", badge_name.into()), ("holder", (&holder).into())]),
            None => badge_name.to_owned(),
        };
        let date = self.language.day(awarded);
        let description = self.language.say(
            "award_description",
            &[
                ("badge", badge_name.into()),
                ("issuer", issuer_name.into()),
                ("date", (&date).into()),
            ],
        );
        (title, description)
    }
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

/// The values of `member`, which may be one value or an array of them.
fn members<'j>(object: &'j Json, member: &str) -> impl Iterator<Item = &'j Json> {
    let (many, one) = match object.get(member) {
        Some(Json::Array(values)) => (values.as_slice(), None),
        one => (&[][..], one),
    };
    many.iter().chain(one)
}
