//! What a learner shares: links to press or to copy, and code for other people's pages. Plain links: nothing is sent
//! anywhere before one is pressed, and none carries the name behind `#` of a private link.

use std::fmt::Write as _;

use openbadges::time::Timestamp;
use serde::Serialize;
use tera::Value;

use super::badge::Badge;
use super::markdown::escape;
use super::view::{View, list, record};
use crate::site::Award;
use crate::urls;

/// The size of the page made for frames, in CSS pixels. A static file cannot obey `maxwidth`.
pub(super) const FRAME: (u32, u32) = (480, 200);

/// The side of the picture in the code for a plain picture.
const PICTURE_SIDE: u32 = 200;

/// What all awards of one meaning share alike, encoded once.
#[derive(Debug)]
pub(super) struct ShareBase {
    /// The badge with its level.
    name: String,
    issuer: String,
    /// The part of LinkedIn's address that does not depend on the award.
    linkedin: String,
}

/// The addresses of one award's page.
pub(super) struct Addresses {
    /// The page.
    pub(super) page: String,
    /// The page for frames.
    pub(super) frame: String,
    /// What describes it to those who embed.
    pub(super) oembed: String,
}

impl ShareBase {
    /// `linkedin_id` is the number of the issuer's page there.
    pub(super) fn of(
        view: &View<'_>,
        badge: &Badge<'_>,
        issuer: &str,
        linkedin_id: Option<u32>,
    ) -> Self {
        let name = view.text(&badge.version.name);
        let name = match badge.level {
            Some(level) => format!("{name} – {}", view.level_title(level)),
            None => name,
        };
        Self { linkedin: profile_form(&name, issuer, linkedin_id), name, issuer: issuer.to_owned() }
    }

    /// The address that fills LinkedIn's form. A badge without an end has no two members for it.
    fn linkedin(
        &self,
        id: &str,
        page: &str,
        awarded: Timestamp,
        expires: Option<Timestamp>,
    ) -> String {
        let mut address = self.linkedin.clone();
        let mut dated = |word: &str, moment: Timestamp| {
            let date = day(moment);
            // Writing to a string cannot fail.
            let _ = write!(address, "&{word}Year={}&{word}Month={}", date.year(), date.month());
        };
        dated("issue", awarded);
        if let Some(end) = expires {
            dated("expiration", end);
        }
        let _ = write!(address, "&certUrl={}&certId={id}", encoded(page));
        address
    }
}

/// The beginning of the address of LinkedIn's form. The number brings the logo, and stands in for the name.
fn profile_form(name: &str, issuer: &str, linkedin_id: Option<u32>) -> String {
    let organization = match linkedin_id {
        Some(id) => format!("organizationId={id}"),
        None => format!("organizationName={}", encoded(issuer)),
    };
    format!(
        "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name={}&{organization}",
        encoded(name)
    )
}

impl Addresses {
    pub(super) fn of(view: &View<'_>, award: &Award) -> Self {
        let page = view.base().join(&urls::award(award.id));
        Self { frame: format!("{page}embed/"), oembed: format!("{page}oembed.json"), page }
    }

    /// The code that shows the badge in a frame: without scripts, without cookies, and its link opens outside of it.
    fn frame_code(&self, base: &ShareBase) -> String {
        let (width, height) = FRAME;
        format!(
            r#"<iframe src="{}" title="{} – {}" width="{width}" height="{height}" loading="lazy" referrerpolicy="no-referrer" sandbox="allow-top-navigation-by-user-activation" style="border:0;max-width:100%"></iframe>"#,
            escape(&self.frame),
            escape(&base.name),
            escape(&base.issuer)
        )
    }

    /// The code that shows the picture alone.
    fn picture_code(&self, base: &ShareBase) -> String {
        let page = escape(&self.page);
        format!(
            r#"<a href="{page}"><img src="{page}badge.png" alt="{} – {}" width="{PICTURE_SIDE}" height="{PICTURE_SIDE}"></a>"#,
            escape(&base.name),
            escape(&base.issuer)
        )
    }
}

impl View<'_> {
    /// The variable `award.share`. A withdrawn badge is not offered for profiles and networks, where nobody would see that
    /// it was withdrawn; its own link says it.
    pub(super) fn share(
        &self,
        award: &Award,
        base: &ShareBase,
        addresses: &Addresses,
        statement: &str,
    ) -> Value {
        let withdrawn = self.site.revocations.contains_key(&award.id);
        let page = &addresses.page;
        let told = encoded(&format!("{statement}\n{page}"));
        let link = |id: &str, url: String| {
            let title = self.language.word(&format!("share_{id}"));
            record([("id", id.into()), ("title", title), ("url", url.into())])
        };
        let mail = format!(
            "mailto:?subject={}&body={}",
            encoded(&base.name),
            told.replace("%0A", "%0D%0A")
        );
        let mut links = vec![link("mail", mail)];
        let mut linkedin = Value::none();
        let mut fields = Vec::new();
        if !withdrawn {
            links.push(link("fediverse", format!("https://share.joinmastodon.org/#text={told}")));
            links.push(link("bluesky", format!("https://bsky.app/intent/compose?text={told}")));
            links.push(link(
                "facebook",
                format!("https://www.facebook.com/sharer/sharer.php?u={}", encoded(page)),
            ));
            let id = award.id.text();
            linkedin = base.linkedin(&id, page, award.awarded, award.expires).into();
            let mut field = |name: &str, value: String| {
                fields.push(record([("name", self.language.word(name)), ("value", value.into())]));
            };
            field("field_name", base.name.clone());
            field("field_organisation", base.issuer.clone());
            field("field_issued", self.language.month(award.awarded));
            if let Some(end) = award.expires {
                field("field_expires", self.language.month(end));
            }
            field("field_id", id);
            field("field_url", page.clone());
        }
        record([
            ("links", list(links)),
            ("linkedin", linkedin),
            ("fields", list(fields)),
            ("frame", addresses.frame_code(base).into()),
            ("picture", addresses.picture_code(base).into()),
        ])
    }

    /// The oEmbed document of an award; it names no person. Spec: oembed.com, 2.3.4.4, type `rich`.
    pub(super) fn oembed(
        &self,
        base: &ShareBase,
        addresses: &Addresses,
        thumbnail: Option<&str>,
    ) -> Vec<u8> {
        let (width, height) = FRAME;
        let preview = |length: u32| thumbnail.is_some().then_some(length);
        let document = OEmbed {
            version: "1.0",
            r#type: "rich",
            title: &base.name,
            author_name: &base.issuer,
            provider_name: &self.text(&self.site.settings.title),
            provider_url: &self.base().join(&self.path("")),
            thumbnail_url: thumbnail,
            thumbnail_width: preview(super::PREVIEW.0),
            thumbnail_height: preview(super::PREVIEW.1),
            html: &addresses.frame_code(base),
            width,
            height,
        };
        let mut bytes =
            serde_json::to_vec(&document).expect("all its members are text and numbers");
        bytes.push(b'\n');
        bytes
    }
}

#[derive(Serialize)]
struct OEmbed<'a> {
    version: &'static str,
    r#type: &'static str,
    title: &'a str,
    author_name: &'a str,
    provider_name: &'a str,
    provider_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_height: Option<u32>,
    html: &'a str,
    width: u32,
    height: u32,
}

/// `text` as a value inside an address: everything but letters, digits and `-._~` as the bytes of UTF-8.
///
/// Spec: RFC 3986, 2.1 and 2.3. A space is `%20`: a plus sign would stay one in a `mailto:` (RFC 6068, 5).
fn encoded(text: &str) -> String {
    const HEX: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let digit = |byte: u8| HEX.get(usize::from(byte)).copied().unwrap_or('0');
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

fn day(moment: Timestamp) -> jiff::civil::Date {
    jiff::Timestamp::from(moment).to_zoned(jiff::tz::TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use url::Url;

    use super::*;

    fn base(name: &str, issuer: &str, linkedin_id: Option<u32>) -> ShareBase {
        let linkedin = profile_form(name, issuer, linkedin_id);
        ShareBase { name: name.into(), issuer: issuer.into(), linkedin }
    }

    fn members(address: &str) -> BTreeMap<String, String> {
        let address = Url::parse(address).unwrap();
        assert_eq!((address.host_str(), address.fragment()), (Some("www.linkedin.com"), None));
        let pairs: Vec<_> = address.query_pairs().into_owned().collect();
        let members: BTreeMap<String, String> = pairs.iter().cloned().collect();
        assert_eq!(members.len(), pairs.len(), "no member twice");
        members
    }

    proptest! {
        /// SH2: whatever the words, LinkedIn reads back the same words, and nothing else becomes a member.
        #[test]
        fn linkedin_reads_back_what_was_written(name in "\\PC{0,60}", issuer in "[&+#'\"éÀ % =?/<>\\\\]{0,40}", end in any::<bool>(), id in proptest::option::of(1..=u32::MAX)) {
            let moment = |text: &str| Timestamp::parse(text).unwrap();
            let (awarded, expires) = (moment("2025-12-31T23:30:00-01:00"), moment("2029-03-12T23:59:59Z"));
            let page = "https://badges.estran.example/a/0dbzvnbxhhtae685xqnp9njc76/";
            let address = base(&name, &issuer, id).linkedin("0dbzvnbxhhtae685xqnp9njc76", page, awarded, end.then_some(expires));
            let read = members(&address);
            prop_assert_eq!(&read["name"], &name);
            // Never both.
            let organization = read.get("organizationId").or(read.get("organizationName"));
            prop_assert_eq!(organization.cloned(), Some(id.map_or(issuer, |id| id.to_string())));
            prop_assert_eq!(&read["startTask"], "CERTIFICATION_NAME");
            prop_assert_eq!((&*read["issueYear"], &*read["issueMonth"]), ("2026", "1"), "the month is of UTC, as on the page");
            prop_assert_eq!(&read["certUrl"], page);
            prop_assert_eq!(&read["certId"], "0dbzvnbxhhtae685xqnp9njc76");
            prop_assert_eq!(read.get("expirationYear").map(String::as_str), end.then_some("2029"));
            prop_assert_eq!(read.get("expirationMonth").map(String::as_str), end.then_some("3"));
            prop_assert_eq!(read.len(), if end { 9 } else { 7 });
        }

        /// A browser reads the title out of the code again, and no word ends the attribute.
        #[test]
        fn no_word_leaves_its_attribute(name in "\\PC{0,60}", issuer in "[&\"'<>a]{0,30}") {
            let addresses = Addresses { page: "https://a.example/a/x/".into(), frame: "https://a.example/a/x/embed/".into(), oembed: String::new() };
            let base = base(&name, &issuer, None);
            for code in [addresses.frame_code(&base), addresses.picture_code(&base)] {
                prop_assert_eq!(code.matches('"').count() % 2, 0);
                prop_assert_eq!(code.matches('<').count(), if code.starts_with("<a") { 3 } else { 2 });
                let words = code.split(" title=\"").nth(1).or_else(|| code.split(" alt=\"").nth(1)).unwrap();
                let read = words.split('"').next().unwrap().replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
                prop_assert_eq!(read, format!("{name} – {issuer}"));
            }
        }
    }

    #[test]
    fn the_code_for_a_frame_is_fenced_in() {
        let addresses = Addresses {
            page: String::new(),
            frame: "https://a.example/a/x/embed/".into(),
            oembed: String::new(),
        };
        let code = addresses.frame_code(&base("B", "I", None));
        assert!(code.contains("sandbox=\"allow-top-navigation-by-user-activation\""), "{code}");
        assert!(!code.contains("allow-scripts") && !code.contains("allow-same-origin"), "{code}");
    }
}
