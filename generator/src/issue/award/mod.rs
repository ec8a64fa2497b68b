//! Deciding an award: from what was asked for to an event, or to the reason why not. Nothing is written here.

mod checks;
mod error;
#[cfg(test)]
mod tests;

pub use error::{AwardError, TextOf};

use camino::Utf8PathBuf;
use openbadges::recipient::{Identity, NameSalt, RecipientHash, Salt, normalize_name};
use openbadges::time::Timestamp;

use super::email;
use super::moment::When;
use super::randomness::{Randomness, draw};
use super::same::{self, Known, Person};
use crate::id::AwardId;
use crate::register;
use crate::site::{AwardEvent, Evidence, Holder, Lang, Recipient, Site, Slug, Text, Visibility};
use crate::urls;

/// In one folder of assertions there are at most so many; a folder with more is slow to list on every system.
const AWARDS_IN_A_FOLDER_MAX: usize = 2000;

/// What somebody asks for.
#[derive(Debug, Clone)]
pub struct AwardRequest {
    /// The class; its working version is awarded.
    pub class: Slug,
    /// The level, when the class has a scale.
    pub level: Option<u8>,
    /// The language of the credential; the site's default when absent.
    pub lang: Option<Lang>,
    /// To whom.
    pub to: To,
    /// Agrees that the hash of an address is public.
    pub public_hash: bool,
    /// A name to be hidden in the credential.
    pub hidden_name: Option<String>,
    /// A name to be shown on the page; whoever asks says that the person agreed.
    pub shown_name: Option<String>,
    /// When it was decided; now when absent.
    pub date: Option<When>,
    /// When it ends; what the class says when absent.
    pub expires: Option<When>,
    /// Ids of the criteria items that were met.
    pub criteria_met: Vec<String>,
    /// A function held.
    pub role: Option<String>,
    /// What was seen.
    pub evidence: Vec<EvidenceRequest>,
    /// The award it follows.
    pub renews: Option<AwardId>,
    /// Who sees it; what the site says when absent.
    pub visibility: Option<Visibility>,
    /// Where to write to, when the address is not to be in the badge: for the register alone.
    pub contact: Option<String>,
    /// The issuer's own number or word for the person: for the register alone.
    pub local_id: Option<String>,
    /// Why a level is awarded although the class wants an earlier one first: for the register alone.
    pub override_reason: Option<String>,
    /// Takes an award of any day for the same one: a list without dates may be read again tomorrow.
    pub of_any_day: bool,
}

impl AwardRequest {
    /// Asks for an award that is as the class and the site say.
    #[must_use]
    pub fn new(class: Slug, to: To) -> Self {
        Self {
            class,
            to,
            level: None,
            lang: None,
            public_hash: false,
            hidden_name: None,
            shown_name: None,
            date: None,
            expires: None,
            criteria_met: Vec::new(),
            role: None,
            evidence: Vec::new(),
            renews: None,
            visibility: None,
            contact: None,
            local_id: None,
            override_reason: None,
            of_any_day: false,
        }
    }
}

/// To whom a badge is to be awarded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// A person, by address; a salted hash is kept.
    Email(String),
    /// A person, by decentralised identifier.
    Did(String),
    /// An organisation, by its address on the web.
    Url(String),
    /// Whoever holds the link.
    Nobody,
}

/// A piece of evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvidenceRequest {
    /// The story.
    pub narrative: Option<Text>,
    /// A page elsewhere.
    pub url: Option<String>,
    /// A file to be copied into the repository.
    pub file: Option<Utf8PathBuf>,
    /// `photo`, `text` …
    pub genre: Option<String>,
    /// What a picture shows.
    pub alt: Option<Text>,
}

/// The answer to a request.
#[derive(Debug, Clone)]
pub enum Decision {
    /// An award that is not written yet.
    New(Box<NewAward>),
    /// The same class version, level, recipient and day was awarded before.
    Same(AwardId),
}

/// An award that is not written yet.
#[derive(Debug, Clone)]
pub struct NewAward {
    /// The event.
    pub event: AwardEvent,
    /// Files to be copied into `badges/evidence/<id>/`.
    pub copies: Vec<Copy>,
    /// What goes into the register.
    pub register: register::Entry,
    /// The learner's link; it holds the salt of a hidden name, so it is shown once and kept nowhere public.
    pub link: String,
}

/// A file to be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// From where.
    pub source: Utf8PathBuf,
    /// Under which name.
    pub name: String,
}

/// Decides.
///
/// `known` tells who the awards are for that the [`Site`] has as rows.
///
/// # Errors
/// [`AwardError`] says what is wrong with the request.
pub fn decide(
    site: &Site,
    request: &AwardRequest,
    known: &Known<'_>,
    now: Timestamp,
    random: &mut dyn Randomness,
) -> Result<Decision, AwardError> {
    let class = checks::class(&request.class, site)?;
    let version = class.current();
    let level = checks::level(request.level, version)?;
    let lang = checks::lang(request.lang.as_ref(), version, site)?;
    checks::criteria(&request.criteria_met, version)?;
    checks::evidence(&request.evidence)?;
    checks::texts(request)?;
    let (awarded, expires) = checks::dates(request, version, now)?;
    checks::renewed(request, awarded, class, site, known)?;
    checks::recipient(request, site)?;
    let day = (!request.of_any_day).then_some(awarded);
    let wanted = same::Wanted { class, version: version.number, level, day };
    if let Some(id) = same::find(&wanted, &Person::of(request), site, known) {
        return Ok(Decision::Same(id));
    }
    checks::earlier_level(request, class, site, known)?;
    // The order of the draws is part of what makes the demonstration reproducible: id, salt of the name, recipient.
    let id = AwardId::from_bits(draw(random));
    let hidden = request.hidden_name.as_deref().map(|name| hide(name, random));
    let recipient = recipient(&request.to, random)?;
    let (evidence, copies) = evidence(&request.evidence)?;
    let mut event = AwardEvent {
        id,
        file: Utf8PathBuf::new(),
        class: class.slug.clone(),
        version: version.number,
        lang,
        awarded,
        expires,
        level,
        recipient,
        hidden_name: hidden.as_ref().map(|hidden| hidden.hash.clone()),
        criteria_met: request.criteria_met.clone(),
        role: request.role.clone(),
        evidence,
        renews: request.renews,
        visibility: request.visibility.unwrap_or(site.settings.default_visibility),
        holder: request
            .shown_name
            .as_deref()
            .map(|name| Holder { name: normalize_name(name), consent: now.date() }),
    };
    event.file = file(site, &event, 0);
    checks::addresses(&event)?;
    let page = site.settings.base_url.join(&urls::award(id));
    Ok(Decision::New(Box::new(NewAward {
        event,
        copies,
        link: hidden
            .as_ref()
            .map_or_else(|| page.clone(), |hidden| private_link(&page, &hidden.name, &hidden.salt)),
        register: register(request, hidden, now),
    })))
}

/// Checks what a request says of everybody, whoever the recipient will be: for a list of people, before its first row.
///
/// # Errors
/// [`AwardError`].
pub fn of_everybody(site: &Site, request: &AwardRequest, now: Timestamp) -> Result<(), AwardError> {
    let version = checks::class(&request.class, site)?.current();
    request.level.map_or(Ok(None), |level| checks::level(Some(level), version))?;
    request
        .lang
        .as_ref()
        .map_or(Ok(()), |lang| checks::lang(Some(lang), version, site).map(drop))?;
    checks::known_criteria(&request.criteria_met, version)?;
    checks::texts(request)?;
    checks::dates(request, version, now).map(drop)
}

fn recipient(to: &To, random: &mut dyn Randomness) -> Result<Recipient, AwardError> {
    Ok(match to {
        To::Email(email) => {
            let identity = email::parse(email).map_err(|why| AwardError::NotAnEmail { why })?;
            let salt = Salt::from_random(draw(random));
            let hash = RecipientHash::of(&identity, &salt).to_string();
            Recipient::Email { hash, salt: salt.as_str().to_owned() }
        }
        To::Did(did) => Recipient::Did(did.clone()),
        To::Url(url) => Recipient::Url(url.clone()),
        To::Nobody => Recipient::Opaque(random_urn(draw(random))),
    })
}

/// A `urn:uuid` of version 4; the official OB 2.0 validator knows no later version (OB2-GEN-8).
fn random_urn(bits: [u8; 16]) -> String {
    let bits = u128::from_be_bytes(bits);
    let bits = bits & !(0xf_u128 << 76) & !(0x3_u128 << 62) | 0x4_u128 << 76 | 0x2_u128 << 62;
    let field = |shift: u32, digits: u32| (bits >> shift) & ((1_u128 << (4 * digits)) - 1);
    format!(
        "urn:uuid:{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        field(96, 8),
        field(80, 4),
        field(64, 4),
        field(48, 4),
        field(0, 12)
    )
}

/// A name whose salt is not in the credential.
struct Hidden {
    name: String,
    salt: String,
    hash: String,
}

fn hide(name: &str, random: &mut dyn Randomness) -> Hidden {
    let salt = NameSalt::from_random(draw(random));
    Hidden {
        name: normalize_name(name),
        hash: RecipientHash::of_name(name, &salt).to_string(),
        salt: salt.as_str().to_owned(),
    }
}

/// `<page>#n=<name>&s=<salt>`: a browser never sends what stands after `#`.
#[must_use]
pub fn private_link(page: &str, name: &str, salt: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("{page}#n={encoded}&s={salt}")
}

fn register(request: &AwardRequest, hidden: Option<Hidden>, now: Timestamp) -> register::Entry {
    let address = match &request.to {
        To::Email(address) => Some(address),
        To::Did(_) | To::Url(_) | To::Nobody => request.contact.as_ref(),
    };
    let (hidden_name, name_salt) = hidden.map(|hidden| (hidden.name, hidden.salt)).unzip();
    register::Entry {
        name: hidden_name.or_else(|| request.shown_name.as_deref().map(normalize_name)),
        email: address.and_then(|address| Some(Identity::email(address).ok()?.as_str().to_owned())),
        local_id: request.local_id.as_deref().map(|id| id.trim().to_owned()),
        name_salt,
        consent: request.shown_name.as_ref().map(|_| now.date()),
        override_reason: request.override_reason.clone(),
        message: None,
    }
}

fn evidence(requests: &[EvidenceRequest]) -> Result<(Vec<Evidence>, Vec<Copy>), AwardError> {
    let mut copies: Vec<Copy> = Vec::new();
    let mut evidence = Vec::new();
    for request in requests {
        let file = match &request.file {
            None => None,
            Some(source) => Some(file_name(source, &copies)?),
        };
        let copy = request.file.clone().zip(file.clone());
        copies.extend(copy.map(|(source, name)| Copy { source, name }));
        evidence.push(Evidence {
            narrative: request.narrative.clone(),
            url: request.url.clone(),
            file,
            genre: request.genre.clone(),
            alt: request.alt.clone(),
        });
    }
    Ok((evidence, copies))
}

/// The name is part of a URL that is signed, so it is held to what every host serves.
fn file_name(source: &Utf8PathBuf, earlier: &[Copy]) -> Result<String, AwardError> {
    let name = source.file_name().unwrap_or_default();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
    if name.is_empty() || name.starts_with('.') || !name.bytes().all(plain) {
        return Err(AwardError::EvidenceName { file: source.clone() });
    }
    if earlier.iter().any(|copy| copy.name.eq_ignore_ascii_case(name)) {
        return Err(AwardError::EvidenceTwice { name: name.to_owned() });
    }
    Ok(name.to_owned())
}

/// Where an event goes: a folder for the year, and below it one for each two letters when the year is a busy one.
/// `ahead` more are decided, and not written yet.
pub(super) fn file(site: &Site, event: &AwardEvent, ahead: usize) -> Utf8PathBuf {
    let folder = Utf8PathBuf::from(format!("badges/assertions/{:04}", event.awarded.year()));
    let here = |file: &str| file.starts_with(&format!("{folder}/"));
    let sealed = site.awards.iter().filter(|award| here(&award.sealed)).count();
    let pending = site.pending.iter().filter(|event| here(event.file.as_str())).count();
    let id = event.id.text();
    let shard = id.get(..2).filter(|_| sealed + pending + ahead >= AWARDS_IN_A_FOLDER_MAX);
    folder.join(shard.unwrap_or_default()).join(format!("{id}.yaml"))
}
