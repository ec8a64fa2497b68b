//! The issuer in OB 3.0: a document of its own, and the object inside every credential.

use openbadges::ob3::{IdentifierEntry, IdentifierType, Image, Profile, Type};

use super::document::Standalone;
use super::{Records, iri};
use crate::site::{Issuer, Lang};
use crate::urls;

impl Records<'_> {
    /// The `issuer` of a credential, in the credential's language.
    ///
    /// Spec: OB3-AC-7, OB3-PROF-1 … 5.
    pub(super) fn issuer_object(&self, issuer: &Issuer, lang: &Lang) -> Profile {
        let default = self.site.settings.default_lang();
        let description = issuer.description.in_lang(lang, default);
        let mut profile = Profile::new(iri(&self.issuer_did(issuer)));
        profile.name = Some(issuer.name.in_lang(lang, default).to_owned());
        profile.url = Some(iri(&issuer.url));
        profile.email = Some(issuer.email.clone());
        profile.description = (!description.is_empty()).then(|| description.to_owned());
        profile.image = issuer.image.as_ref().map(|picture| {
            let id = iri(&self.url(&urls::issuer_image(&issuer.slug, "png")));
            Image::new(id, Some(picture.alt.in_lang(lang, default).to_owned()))
        });
        profile
    }

    /// `profile.json`: the same in the site's default language, with the name of the OB 2.0 form.
    ///
    /// Spec: OB3-PROF-7, OB3-MIG-22.
    #[must_use]
    pub fn profile(&self, issuer: &Issuer) -> Standalone<Profile> {
        let mut profile = self.issuer_object(issuer, self.site.settings.default_lang());
        profile.other_identifier = IdentifierEntry {
            types: Type::default(),
            identifier: self.url(&urls::issuer_ob2(&issuer.slug)),
            identifier_type: IdentifierType::Identifier,
        }
        .into();
        Standalone::of(profile)
    }

    pub(super) fn issuer_did(&self, issuer: &Issuer) -> String {
        urls::issuer_did(&self.site.settings.base_url, &issuer.slug)
    }
}
