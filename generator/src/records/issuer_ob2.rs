//! The issuer in OB 2.0.

use openbadges::member::Link;
use openbadges::ob2::{Profile, Related, VerificationObject, VerificationType, Version};
use openbadges::ob3::VOCABULARY;

use super::badge_class::object;
use super::{GENERATION_3, Records, iri};
use crate::site::Issuer;
use crate::urls;

impl Records<'_> {
    /// `issuer.json`: the Profile, with the addresses its assertions may have.
    ///
    /// One `startsWith`, since the official validator takes one; `related` is the OB 3.0 document and never the DID, for
    /// which that validator refuses the badge. Without a key: hosted assertions need none.
    ///
    /// Spec: OB2-PROF-1 … 10, OB2-VER-3, OB2-VER-4, OB2-HOST-8, OB3-MIG-22.
    #[must_use]
    pub fn issuer_ob2(&self, issuer: &Issuer) -> Profile {
        let lang = self.site.settings.default_lang();
        let base = &self.site.settings.base_url;
        let description = issuer.description.in_lang(lang, lang);
        let mut profile = Profile::issuer(
            iri(&self.url(&urls::issuer_ob2(&issuer.slug))),
            issuer.name.in_lang(lang, lang).into(),
            iri(&issuer.url),
            issuer.email.clone(),
        );
        profile.language = Some(lang.to_string());
        profile.description = (!description.is_empty()).then(|| description.into());
        let image = || Link::Id(iri(&self.url(&urls::issuer_image(&issuer.slug, "png"))));
        profile.image = issuer.image.as_ref().map(|_| image());
        let mut scope = VerificationObject::new(VerificationType::scope());
        scope.starts_with = base.join(urls::AWARDS).into();
        scope.allowed_origins = base.host().to_owned().into();
        profile.verification = Some(scope);
        let mut newer = Related::new(iri(&self.url(&urls::issuer_profile(&issuer.slug))));
        newer.types = format!("{VOCABULARY}Profile").into();
        newer.version = Some(Version::Text(GENERATION_3.to_owned()));
        profile.related = object(newer).into();
        profile
    }
}
