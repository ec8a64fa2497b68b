//! The message to a person who was awarded a badge: values in, the bytes of an `.eml` file out. Nothing is sent.
//!
//! Plain text, one link, no picture from elsewhere, nothing that tells the sender whether it was read. The words are
//! those of the badge's language. A name cannot become a header: line breaks never reach the library, and it encodes
//! what is left.

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use openbadges::time::Timestamp;

use crate::id::AwardId;
use crate::issue::email;
use crate::plain;
use crate::site::{ClassVersion, Issuer, Lang};
use crate::words::{Arg, Words};

/// Whom to tell what.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'a> {
    /// The award.
    pub id: AwardId,
    /// Who awarded it; whoever answers writes to them.
    pub issuer: &'a Issuer,
    /// What was awarded.
    pub version: &'a ClassVersion,
    /// The level, when the class has a scale.
    pub level: Option<u8>,
    /// The language of the badge.
    pub lang: &'a Lang,
    /// When it ends.
    pub expires: Option<Timestamp>,
    /// How to greet the person.
    pub name: Option<&'a str>,
    /// Where to write to.
    pub address: &'a str,
    /// The learner's link.
    pub link: &'a str,
}

/// Writes the message. `words` are those of the badge's language, `host` is the site's, for the id of the message.
///
/// # Errors
/// [`NoAddress`] when one of the two addresses cannot be written to.
pub fn compose(
    letter: &Letter<'_>,
    words: &Words,
    default: &Lang,
    host: &str,
    now: Timestamp,
) -> Result<Vec<u8>, NoAddress> {
    let issuer = plain::line(letter.issuer.name.in_lang(letter.lang, default)).into_owned();
    let from = Address::new_address(Some(issuer.as_str()), mailbox(&letter.issuer.email)?);
    let name = letter.name.map(|name| plain::line(name).into_owned());
    let to = Address::new_address(name.as_deref(), mailbox(letter.address)?);
    let text = text(letter, name.as_deref(), words, default);
    let badge = badge(letter, words, default);
    let subject = words.say("mail-subject", &[("badge", badge.into())]);
    let message = MessageBuilder::new()
        .from(from)
        .to(to)
        .subject(plain::line(&subject).into_owned())
        .date(now.unix_seconds())
        .message_id(format!("{}.{}@{host}", letter.id, now.unix_seconds()))
        .header("Content-Language", mail_builder::headers::raw::Raw::new(letter.lang.as_str()))
        .text_body(text);
    // Writing into memory does not fail.
    message.write_to_vec().map_err(|_| NoAddress)
}

/// The badge's name, with the name of its level.
fn badge(letter: &Letter<'_>, words: &Words, default: &Lang) -> String {
    let name = letter.version.name.in_lang(letter.lang, default);
    let level = letter.level.and_then(|level| letter.version.level(level));
    match level {
        None => name.to_owned(),
        Some(level) => {
            let told: [(&str, Arg<'_>); 3] = [
                ("badge", name.into()),
                ("level", u32::from(level.id).into()),
                ("name", level.name.in_lang(letter.lang, default).into()),
            ];
            words.say("mail-badge-level", &told)
        }
    }
}

fn text(letter: &Letter<'_>, name: Option<&str>, words: &Words, default: &Lang) -> String {
    let issuer = letter.issuer.name.in_lang(letter.lang, default);
    let told: [(&str, Arg<'_>); 7] = [
        ("name", name.unwrap_or("none").into()),
        ("issuer", issuer.into()),
        ("badge", badge(letter, words, default).into()),
        ("description", letter.version.description.in_lang(letter.lang, default).into()),
        ("contact", letter.issuer.email.as_str().into()),
        ("url", letter.issuer.url.as_str().into()),
        ("day", letter.expires.map(|end| day(end, words)).unwrap_or_default().into()),
    ];
    let say = |id: &str| words.say(id, &told);
    // The link stands alone on its line, and is no part of a message: nothing is done to its letters.
    let has_name = letter.link.contains('#');
    let about_link = if has_name { "mail-link-name" } else { "mail-link" };
    let mut parts = vec![say("mail-hello"), say("mail-what"), letter.link.to_owned()];
    parts.push(say(about_link));
    parts.extend(letter.expires.map(|_| say("mail-ends")));
    parts.extend([say("mail-refuse"), say("mail-sign")]);
    parts.iter().map(|part| plain::lines(part).into_owned()).collect::<Vec<_>>().join("\n\n")
}

/// A day in words, in UTC.
fn day(moment: Timestamp, words: &Words) -> String {
    let date = jiff::Timestamp::from(moment).to_zoned(jiff::tz::TimeZone::UTC).date();
    let month = words.say(&format!("verify-month-{}", date.month()), &[]);
    let told: [(&str, Arg<'_>); 3] = [
        ("day", Arg::Number(date.day().into())),
        ("month", month.into()),
        ("year", date.year().to_string().into()),
    ];
    words.say("mail-day", &told)
}

/// An address as mail programs take it: a domain of other letters in its ASCII form.
fn mailbox(text: &str) -> Result<String, NoAddress> {
    email::parse(text).map_err(|_| NoAddress)?;
    let (local, domain) = text.trim().rsplit_once('@').ok_or(NoAddress)?;
    let domain = url::Host::parse(domain).map_err(|_| NoAddress)?;
    Ok(format!("{local}@{domain}"))
}

/// An address cannot be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an address of the message cannot be written to")]
pub struct NoAddress;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{id, lang, moment, site, slug};

    const LINK: &str =
        "https://badges.example/a/x/#n=%C3%98%20Simulacre&s=7v165q26c139pf61fhqvkywxge";

    fn message(name: Option<&str>, address: &str, tag: &str) -> Result<String, NoAddress> {
        let site = site();
        let lang = lang(tag);
        let letter = Letter {
            id: id(7),
            issuer: &site.issuers[&slug("club")],
            version: site.classes[1].current(),
            level: None,
            lang: &lang,
            expires: Some(moment("2029-03-12T23:59:59Z")),
            name,
            address,
            link: LINK,
        };
        let words = Words::of_program(&lang);
        let default = site.settings.default_lang();
        compose(&letter, &words, default, "badges.example", moment("2026-03-12T14:30:00Z"))
            .map(|bytes| String::from_utf8(bytes).unwrap())
    }

    fn header<'m>(message: &'m str, name: &str) -> Vec<&'m str> {
        let head = message.split("\r\n\r\n").next().unwrap();
        head.lines().filter(|line| line.starts_with(&format!("{name}:"))).collect()
    }

    /// The body, decoded from quoted-printable or base64 as its header says.
    fn body(message: &str) -> String {
        use base64::Engine as _;
        let (head, body) = message.split_once("\r\n\r\n").unwrap();
        if head.contains("base64") {
            let joined: String = body.split_whitespace().collect();
            let bytes = base64::engine::general_purpose::STANDARD.decode(joined).unwrap();
            return String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
        }
        assert!(head.contains("quoted-printable"), "{head}");
        let joined = body.replace("=\r\n", "");
        let mut bytes = Vec::new();
        let mut rest = joined.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'=' {
                let pair = [rest.next().unwrap(), rest.next().unwrap()];
                let hex = std::str::from_utf8(&pair).unwrap();
                bytes.push(u8::from_str_radix(hex, 16).unwrap());
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
    }

    #[test]
    fn a_message_is_plain_text_with_one_link_and_says_how_to_refuse() {
        for (tag, greeting, refuse, day) in [
            ("fr", "Bonjour Ø Simulacre,", "Vous n’en voulez pas", "12 mars 2029"),
            ("en", "Hello Ø Simulacre,", "You do not want it", "12 March 2029"),
        ] {
            let message =
                message(Some("Ø Simulacre"), "o.simulacre@personnes.example", tag).unwrap();
            let body = body(&message);
            assert!(body.starts_with(greeting), "{body}");
            assert!(
                body.contains(&format!("\n\n{LINK}\n\n")),
                "the link alone on its line: {body}"
            );
            assert_eq!(
                body.matches("https://").count(),
                2,
                "the link, and the issuer's page: {body}"
            );
            assert!(body.contains(refuse) && body.contains("bonjour@club.example"), "{body}");
            assert!(body.contains(day), "{body}");
            assert!(
                message.contains("Content-Type: text/plain") && !message.contains("html"),
                "{message}"
            );
            assert_eq!(header(&message, "Date"), ["Date: Thu, 12 Mar 2026 14:30:00 +0000"]);
            let own_id = format!("Message-ID: <{}.1773325800@badges.example>", id(7));
            assert_eq!(header(&message, "Message-ID"), [own_id]);
            assert_eq!(header(&message, "From").len(), 1);
            assert!(message.is_ascii() && message.lines().all(|line| line.len() <= 998));
        }
        let unnamed = body(&message(None, "o@personnes.example", "fr").unwrap());
        assert!(unnamed.starts_with("Bonjour,"), "{unnamed}");
    }

    #[test]
    fn the_same_letter_is_the_same_bytes() {
        let one = || message(Some("Ø"), "o@personnes.example", "fr");
        assert_eq!(one(), one());
    }

    #[test]
    fn a_name_cannot_become_a_header_and_a_bad_address_no_message() {
        for name in [
            "x\r\nBcc: all@personnes.example",
            "x\nSubject: y",
            "\u{2028}\r\n\r\nbody",
            "\"<a@b.example>, ",
        ] {
            let message = message(Some(name), "o@personnes.example", "en").unwrap();
            assert!(header(&message, "Bcc").is_empty(), "{message}");
            assert_eq!(header(&message, "Subject").len(), 1, "{message}");
            assert_eq!(header(&message, "To").len(), 1, "{message}");
            assert!(!message.contains("\nBcc:"), "{message}");
        }
        for address in
            ["o@personnes.example\r\nBcc: a@b.example", "o@personnes.example, a@b.example", "o", ""]
        {
            assert_eq!(message(None, address, "en"), Err(NoAddress), "{address}");
        }
        let other = message(None, "o@élan.example", "en").unwrap();
        assert!(header(&other, "To")[0].contains("o@xn--lan-9la.example"), "{other}");
    }
}
