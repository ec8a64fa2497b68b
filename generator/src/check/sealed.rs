//! Sealed files against what they seal: a credential against its event, a list against its issuer.
//!
//! Nothing here asks whether a signature is good: see `proofs`. A signature over something else than was decided is found
//! here.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use openbadges::iri::BaseUrl;
use openbadges::json::{self, JsonError};
use openbadges::status::{DecodeBounds, StatusList};
use openbadges::time::Timestamp;
use serde_json::Value;

use super::awards::{Awards, Place};
use super::fields::Doc;
use super::proofs::Keys;
use super::revocations::{Withdrawn, revocation_path, tombstone_path};
use crate::diagnostic::{Code, Diagnostic, Sink, Span};
use crate::id::AwardId;
use crate::reason;
use crate::site::{AwardEvent, Class, Issuer, Recipient, Settings, Slug};
use crate::urls;

/// Reads the JSON of a sealed file through the strict door.
pub(super) fn parse(sink: &mut Sink, file: &Utf8Path, bytes: &[u8]) -> Option<Value> {
    json::parse(bytes).map_err(|error| sink.report(sealed_broken(file, &Broken::Json(error)))).ok()
}

/// The place of an award in its issuer's list.
pub(super) fn status_index(sink: &mut Sink, file: &Utf8Path, credential: &Value) -> Option<u32> {
    let index = text(credential, &["credentialStatus", "statusListIndex"]);
    let index = index.and_then(|text| text.parse().ok()).filter(|index| *index > 0);
    if index.is_none() {
        let member = "credentialStatus.statusListIndex";
        sink.report(sealed_broken(file, &Broken::Member(member)));
    }
    index
}

/// The address of a site that sealed this award and is not one of ours, past or present.
pub(super) fn foreign_base(
    event: &AwardEvent,
    settings: &Settings,
    credential: &Value,
) -> Option<BaseUrl> {
    let id = text(credential, &["id"])?;
    let base = id.strip_suffix(&urls::credential(event.id))?.strip_suffix('/')?;
    let base = BaseUrl::parse(base).ok()?;
    (!settings.bases().any(|(_, known)| *known == base)).then_some(base)
}

/// Compares a sealed credential with its event and gives the address it was sealed under.
pub(super) fn compare(
    doc: &mut Doc<'_>,
    event: &AwardEvent,
    place: &Place<'_, '_, '_>,
    settings: &Settings,
    credential: &Value,
) -> Option<u8> {
    let id = text(credential, &["id"]).unwrap_or_default();
    let path = urls::credential(event.id);
    let Some((number, base)) = settings.bases().find(|(_, base)| base.join(&path) == id) else {
        let whole = Span::new(0, 0);
        let decided = settings.base_url.join(&path);
        doc.sink.report(sealed_disagrees(doc.file, whole, "id", &decided, id));
        return None;
    };
    let mut facts = Facts { doc, place, agrees: true };
    let issuer = &place.version.issuer;
    facts.same("class", &urls::issuer_did(base, issuer), issuer_id(credential));
    let list = base.join(&urls::status_list(issuer));
    facts.same("class", &list, text(credential, &["credentialStatus", "statusListCredential"]));
    facts.achievement(base, event, credential);
    facts.moments(event, credential);
    facts.recipient(event, credential);
    let role = text(credential, &["credentialSubject", "role"]);
    facts.same("role", event.role.as_deref().unwrap_or_default(), role);
    facts.agrees.then_some(number)
}

struct Facts<'d, 'f, 'p, 'n, 's, 'k> {
    doc: &'d mut Doc<'f>,
    place: &'p Place<'n, 's, 'k>,
    agrees: bool,
}

impl Facts<'_, '_, '_, '_, '_, '_> {
    fn same(&mut self, key: &str, decided: &str, sealed: Option<&str>) {
        let sealed = sealed.unwrap_or_default();
        if decided != sealed {
            self.agrees = false;
            let span = self.place.map.value_span(key);
            self.doc.sink.report(sealed_disagrees(self.doc.file, span, key, decided, sealed));
        }
    }

    /// The id of the achievement holds class, version, level and language.
    fn achievement(&mut self, base: &BaseUrl, event: &AwardEvent, credential: &Value) {
        let sealed = text(credential, &["credentialSubject", "achievement", "id"]);
        let sealed = sealed.unwrap_or_default();
        let AwardEvent { class, version, level, lang, .. } = event;
        if sealed == base.join(&urls::achievement(class, *version, *level, lang)) {
            return;
        }
        let found = AchievementId::parse(base, sealed);
        let before = self.agrees;
        self.agrees = true;
        self.same("class", class.as_str(), Some(found.class));
        self.same("version", &version.to_string(), Some(found.version));
        let level = level.map(|level| level.to_string()).unwrap_or_default();
        self.same("level", &level, Some(found.level));
        self.same("lang", lang.as_str(), Some(found.lang));
        if self.agrees {
            self.same("class", &base.join(&urls::class(class)), Some(sealed));
        }
        self.agrees &= before;
    }

    /// Moments are compared as moments: `Z` and `+00:00` are one.
    fn moments(&mut self, event: &AwardEvent, credential: &Value) {
        let awarded = text(credential, &["awardedDate"]).or(text(credential, &["validFrom"]));
        let moment = |text: Option<&str>| text.and_then(|text| Timestamp::parse(text).ok());
        if moment(awarded) != Some(event.awarded) {
            self.same("awarded", &event.awarded.to_string(), awarded);
        }
        let until = text(credential, &["validUntil"]);
        if moment(until) != event.expires || until.is_some() != event.expires.is_some() {
            let decided = event.expires.map(|end| end.to_string()).unwrap_or_default();
            self.same("expires", &decided, until);
        }
    }

    fn recipient(&mut self, event: &AwardEvent, credential: &Value) {
        let subject = text(credential, &["credentialSubject", "id"]);
        let hash_of = |kind: &str| identity(credential, kind, "identityHash");
        let email = hash_of("emailAddress");
        let (decided_email, decided_subject) = match &event.recipient {
            Recipient::Email { hash, salt } => {
                self.same("recipient", salt, identity(credential, "emailAddress", "salt"));
                (hash.as_str(), "")
            }
            Recipient::Did(id) | Recipient::Opaque(id) | Recipient::Url(id) => ("", id.as_str()),
        };
        self.same("recipient", decided_email, email);
        self.same("recipient", decided_subject, subject);
        let name = event.hidden_name.as_deref().unwrap_or_default();
        self.same("hidden_name", name, hash_of("name"));
    }
}

/// `badges/<class>/v<version>/[level-<level>/]achievement.<lang>.json`, as far as it can be read.
#[derive(Default)]
struct AchievementId<'a> {
    class: &'a str,
    version: &'a str,
    level: &'a str,
    lang: &'a str,
}

impl<'a> AchievementId<'a> {
    fn parse(base: &BaseUrl, id: &'a str) -> Self {
        let path = id.strip_prefix(base.as_str()).and_then(|rest| rest.strip_prefix("/badges/"));
        let mut parts = path.unwrap_or_default().split('/');
        let mut found = Self { class: parts.next().unwrap_or_default(), ..Self::default() };
        for part in parts {
            if let Some(level) = part.strip_prefix("level-") {
                found.level = level;
            } else if let Some(lang) = part.strip_prefix("achievement.") {
                found.lang = lang.strip_suffix(".json").unwrap_or(lang);
            } else if let Some(version) = part.strip_prefix('v') {
                found.version = version;
            }
        }
        found
    }
}

fn issuer_id(credential: &Value) -> Option<&str> {
    text(credential, &["issuer"]).or(text(credential, &["issuer", "id"]))
}

/// A member of the identity of one type.
fn identity<'v>(credential: &'v Value, kind: &str, member: &str) -> Option<&'v str> {
    let identifiers = credential.get("credentialSubject")?.get("identifier")?;
    let listed = identifiers.as_array().map_or(std::slice::from_ref(identifiers), Vec::as_slice);
    let found = listed.iter().find(|identity| text(identity, &["identityType"]) == Some(kind))?;
    text(found, &[member])
}

fn text<'v>(value: &'v Value, path: &[&str]) -> Option<&'v str> {
    path.iter().try_fold(value, |value, member| value.get(member))?.as_str()
}

/// Which award, present or forgotten, has which place in its issuer's list.
#[derive(Debug, Default)]
pub(super) struct Places<'a> {
    taken: BTreeMap<(&'a Slug, u32), AwardId>,
    /// The addresses under which an issuer has sealed awards.
    bases: BTreeSet<(&'a Slug, u8)>,
    /// Addresses that were given up under sealed awards, which `base-url-abandoned` tells of.
    abandoned: Vec<BaseUrl>,
}

/// Collects the places, and says where one was given twice.
pub(super) fn places<'a>(
    sink: &mut Sink,
    classes: &'a [Class],
    awards: &Awards,
    withdrawn: &'a Withdrawn,
) -> Places<'a> {
    let abandoned = awards.abandoned.keys().filter_map(|base| BaseUrl::parse(base).ok());
    let mut places = Places { abandoned: abandoned.collect(), ..Places::default() };
    for (id, tombstone) in &withdrawn.tombstones {
        if let Some(index) = tombstone.status_index {
            places.taken.insert((&tombstone.issuer, index), *id);
        }
    }
    for award in &awards.sealed {
        let class = usize::try_from(award.class).ok().and_then(|at| classes.get(at));
        let Some(version) = class.and_then(|class| class.versions.get(&award.version)) else {
            continue;
        };
        let place = (&version.issuer, award.status_index);
        places.bases.insert((&version.issuer, award.base));
        if let Some(first) = places.taken.insert(place, award.id) {
            let file = Utf8Path::new(award.sealed.as_ref());
            sink.report(status_index_shared(file, award.status_index, first));
        }
    }
    places
}

/// Every list is its issuer's own, was not changed, and says what the files say.
pub(super) fn lists(
    sink: &mut Sink,
    settings: &Settings,
    issuers: &BTreeMap<Slug, Issuer>,
    keys: &Keys<'_>,
    places: &Places<'_>,
    withdrawn: &Withdrawn,
) {
    for issuer in issuers.values() {
        let first = (&issuer.slug, 0);
        let last = (&issuer.slug, u32::MAX);
        let taken = places.taken.range(first..=last).map(|((_, at), id)| (*at, *id)).collect();
        let own = Own { issuer, keys, taken, abandoned: &places.abandoned };
        for (number, base) in settings.bases() {
            let file = settings.list_file(&issuer.slug, number);
            let list = match number {
                0 => issuer.status_list.as_ref(),
                former => issuer.former_lists.get(&former),
            };
            match list {
                Some(bytes) => own.list(sink, &file, base, bytes, withdrawn),
                None if places.bases.contains(&(&issuer.slug, number)) => {
                    sink.report(status_list_missing(&file, &issuer.slug));
                }
                None => {}
            }
        }
        // Nothing is left but tombstones, and their bits need a list, too.
        let is_listed = issuer.status_list.is_some() || !issuer.former_lists.is_empty();
        let is_told = settings.bases().any(|(at, _)| places.bases.contains(&(&issuer.slug, at)));
        if !is_listed && !is_told && !own.taken.is_empty() {
            let file = settings.list_file(&issuer.slug, 0);
            sink.report(status_list_missing(&file, &issuer.slug));
        }
    }
}

/// What the lists of an issuer are held against.
struct Own<'a> {
    issuer: &'a Issuer,
    keys: &'a Keys<'a>,
    taken: Vec<(u32, AwardId)>,
    abandoned: &'a [BaseUrl],
}

impl Own<'_> {
    fn list(
        &self,
        sink: &mut Sink,
        file: &Utf8Path,
        base: &BaseUrl,
        bytes: &[u8],
        withdrawn: &Withdrawn,
    ) {
        let Some(credential) = parse(sink, file, bytes) else { return };
        let slug = &self.issuer.slug;
        let is_own = text(&credential, &["id"]) == Some(&base.join(&urls::status_list(slug)))
            && issuer_id(&credential) == Some(&urls::issuer_did(base, slug));
        if !is_own {
            let found = issuer_id(&credential).unwrap_or_default();
            if !self.abandoned.iter().any(|base| urls::issuer_did(base, slug) == found) {
                sink.report(status_list_foreign(file, slug, found));
            }
            return;
        }
        match StatusList::parse(&credential, &DecodeBounds::default()) {
            Ok(list) => bits(sink, file, &list, &self.taken, withdrawn),
            Err(_) => sink.report(sealed_broken(file, &Broken::Member("encodedList"))),
        }
        self.keys.check(sink, file, slug, credential);
    }
}

/// What the list withdraws is what the files withdraw or forget.
fn bits(
    sink: &mut Sink,
    file: &Utf8Path,
    list: &StatusList,
    places: &[(u32, AwardId)],
    withdrawn: &Withdrawn,
) {
    for (index, id) in places {
        let bit = usize::try_from(*index).ok().and_then(|at| list.bits.get(at)) == Some(true);
        let decided = if withdrawn.revocations.contains_key(id) {
            Some(revocation_path(*id))
        } else {
            withdrawn.tombstones.contains_key(id).then(|| tombstone_path(*id))
        };
        match decided {
            Some(decision) if !bit => sink.report(revocation_unsealed(&decision)),
            None if bit => sink.report(revocation_missing(&revocation_path(*id), *id, file)),
            Some(_) | None => {}
        }
    }
}

enum Broken {
    Json(JsonError),
    Member(&'static str),
}

fn sealed_broken(file: &Utf8Path, broken: &Broken) -> Diagnostic {
    let (problem, reason) = match broken {
        Broken::Json(error) => ("json", reason::json(error)),
        Broken::Member(member) => ("member", (*member).into()),
    };
    Diagnostic::new(Code::SealedBroken, file).with("problem", problem).with_reason(reason)
}

pub(super) fn sealed_disagrees(
    file: &Utf8Path,
    span: Span,
    key: &str,
    decided: &str,
    sealed: &str,
) -> Diagnostic {
    Diagnostic::at(Code::SealedDisagrees, file, span)
        .with("key", key)
        .with("decided", decided)
        .with("sealed", sealed)
}

fn status_index_shared(file: &Utf8Path, index: u32, first: AwardId) -> Diagnostic {
    Diagnostic::new(Code::StatusIndexShared, file)
        .with_number("index", index)
        .with("first", first.text())
}

fn status_list_foreign(file: &Utf8Path, issuer: &Slug, found: &str) -> Diagnostic {
    Diagnostic::new(Code::StatusListForeign, file)
        .with("issuer", issuer.as_str())
        .with("found", found)
}

fn status_list_missing(file: &Utf8Path, issuer: &Slug) -> Diagnostic {
    Diagnostic::new(Code::StatusListMissing, file).with("issuer", issuer.as_str())
}

fn revocation_unsealed(file: &Utf8Path) -> Diagnostic {
    Diagnostic::new(Code::RevocationUnsealed, file)
}

fn revocation_missing(file: &Utf8Path, id: AwardId, list: &Utf8Path) -> Diagnostic {
    Diagnostic::new(Code::RevocationMissing, file).with("id", id.text()).with("list", list)
}
