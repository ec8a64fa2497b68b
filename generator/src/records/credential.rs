//! The OB 3.0 credential of an award, before it is signed.

use openbadges::member::Link;
use openbadges::ob3::{
    AchievedResult, AchievementSubject, CredentialStatus, Evidence, IdentifierType, IdentityObject,
    OpenBadgeCredential, RelatedResource, Type,
};
use openbadges::status::StatusEntry;

use super::{Facet, Records, digest, iri};
use crate::site::{self, AwardEvent, Issuer, Recipient, Text};
use crate::urls;

/// What the event does not say.
#[derive(Debug, Clone, Copy)]
pub struct Sealing<'a> {
    /// Class, frozen version, level and language.
    pub facet: Facet<'a>,
    /// Who awards it.
    pub issuer: &'a Issuer,
    /// The place in the issuer's list.
    pub status_index: u32,
    /// The evidence files, as they are published.
    pub files: &'a [EvidenceFile],
}

/// A file below `badges/evidence/<id>/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    /// Its name.
    pub name: String,
    /// The digest of its bytes.
    pub digest_sri: String,
}

impl Records<'_> {
    /// The credential: one language, plain strings, everything that is shown later.
    ///
    /// `validFrom` is the day of the award, and so is `awardedDate`: when a stolen key makes it necessary to sign again,
    /// only the first one moves (OB3-AC-10).
    ///
    /// Spec: OB3-AC-1 … 17, OB3-SER-7, OB3-JS-4, CRED-VCDM-11.
    #[must_use]
    pub fn credential(&self, event: &AwardEvent, sealing: &Sealing<'_>) -> OpenBadgeCredential {
        let facet = sealing.facet;
        let id = iri(&self.url(&urls::credential(event.id)));
        let issuer = Link::Object(Box::new(self.issuer_object(sealing.issuer, facet.lang)));
        let subject = self.subject(event, facet);
        let mut credential = OpenBadgeCredential::new(id, issuer, event.awarded.into(), subject);
        credential.name = Some(self.name(facet));
        credential.awarded_date = Some(event.awarded.into());
        credential.valid_until = event.expires.map(Into::into);
        let evidence = event.evidence.iter().flat_map(|seen| self.evidence(event, seen));
        credential.evidence = evidence.collect();
        credential.credential_status = self.status_entry(sealing).into();
        credential.related_resource = self.related_resources(event, sealing).into();
        credential
    }

    fn subject(&self, event: &AwardEvent, facet: Facet<'_>) -> AchievementSubject {
        let mut subject = AchievementSubject::new(self.embedded_achievement(facet));
        let mut identifiers = Vec::new();
        match &event.recipient {
            Recipient::Email { hash, salt } => {
                identifiers.push(hashed(IdentifierType::EmailAddress, hash, Some(salt)))
            }
            Recipient::Did(id) | Recipient::Url(id) | Recipient::Opaque(id) => {
                subject.id = Some(iri(id));
            }
        }
        // The salt of a name is not here: deleting it from the register erases the name.
        let name = event.hidden_name.as_ref();
        identifiers.extend(name.map(|hash| hashed(IdentifierType::Name, hash, None)));
        subject.identifier = identifiers.into();
        subject.role.clone_from(&event.role);
        subject.narrative = self.criteria_met(facet, &event.criteria_met);
        subject.result = facet
            .level
            .map(|level| AchievedResult {
                result_description: Some(iri(&self.scale_id(facet))),
                achieved_level: Some(iri(&self.level_id(facet, level))),
                ..AchievedResult::default()
            })
            .into();
        subject
    }

    /// A piece of evidence; a page and a file are two, since each has an address of its own.
    fn evidence(&self, event: &AwardEvent, seen: &site::Evidence) -> Vec<Evidence> {
        let default = self.site.settings.default_lang();
        let text = |text: &Text| text.in_lang(&event.lang, default).to_owned();
        let file = seen.file.as_ref().map(|name| iri(&self.url(&urls::evidence(event.id, name))));
        let (page, file) = match (seen.url.as_deref().map(iri), file) {
            (None, file) => (file, None),
            (page, file) => (page, file),
        };
        // What a picture shows, for those who do not see it.
        let description = seen.alt.as_ref().map(text);
        let told = Evidence {
            id: page,
            narrative: seen.narrative.as_ref().map(text),
            description: description.clone().filter(|_| file.is_none()),
            genre: seen.genre.clone(),
            ..Evidence::default()
        };
        let kept = file.map(|id| Evidence { id: Some(id), description, ..Evidence::default() });
        std::iter::once(told).chain(kept).collect()
    }

    fn status_entry(&self, sealing: &Sealing<'_>) -> CredentialStatus {
        let list = self.status_list_id(sealing.issuer);
        let entry = StatusEntry::revocation(&list, sealing.status_index.into());
        let entry = entry.expect("the address of a list has no fragment").to_value();
        serde_json::from_value(entry).expect("a status entry has an id and a type")
    }

    /// The pictures and files whose bytes the credential answers for.
    fn related_resources(&self, event: &AwardEvent, sealing: &Sealing<'_>) -> Vec<RelatedResource> {
        let facet = sealing.facet;
        let picture = facet.picture();
        let drawn = [("png", &picture.png), ("svg", &picture.svg)];
        let pictures = drawn.into_iter().filter_map(|(extension, bytes)| {
            let bytes = bytes.as_ref()?;
            Some((self.url(&facet.image_path(extension)), digest::sri(bytes)))
        });
        let files = sealing
            .files
            .iter()
            .map(|file| (self.url(&urls::evidence(event.id, &file.name)), file.digest_sri.clone()));
        let resource = |(url, digest): (String, String)| RelatedResource {
            id: iri(&url),
            media_type: None,
            digest_sri: Some(digest),
            digest_multibase: None,
            extra: serde_json::Map::new(),
        };
        pictures.chain(files).map(resource).collect()
    }
}

fn hashed(kind: IdentifierType, hash: &str, salt: Option<&String>) -> IdentityObject {
    IdentityObject {
        types: Type::default(),
        hashed: true,
        identity_hash: hash.to_owned(),
        identity_type: kind,
        salt: salt.cloned(),
    }
}
