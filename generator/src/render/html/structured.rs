//! What search engines may know of a badge, in the words of schema.org. Only of badges: the page of an award carries none,
//! because it would be markup about a person.

use serde_json::{Map, Value as Json, json};

use super::badge::{Badge, licence};
use super::view::{View, web_address};
use crate::urls;

impl View<'_> {
    /// A badge as `EducationalOccupationalCredential`: JSON-LD that is safe inside a `<script>`.
    pub(super) fn structured(&self, badge: &Badge<'_>) -> String {
        let Badge { class, version, level } = badge;
        let id = level.map(|level| level.id);
        let path = urls::class_version(&class.slug, version.number, id);
        let image = level.and_then(|level| level.image.as_ref()).and(id);
        let image = urls::class_image(&class.slug, version.number, image, "png");
        let mut members = Map::new();
        let mut member = |name: &str, value: Json| members.insert(name.to_owned(), value);
        member("@context", "https://schema.org".into());
        member("@type", "EducationalOccupationalCredential".into());
        member("name", self.text(&version.name).into());
        member("description", self.text(&version.description).into());
        member("credentialCategory", self.kind_name(version.kind).into());
        member("inLanguage", self.lang_of(version.name.0.keys()).as_str().into());
        member("url", self.base().join(&self.path(&path)).into());
        member("image", self.base().join(&image).into());
        if let Some(level) = level {
            member("educationalLevel", self.level_title(level).into());
        }
        if let Some(duration) = &version.expires {
            member("validFor", duration.as_str().into());
        }
        if let Some(url) = version.licence.as_deref().map(licence) {
            let url = url.get_from_path("url").and_then(tera::Value::as_str).map(str::to_owned);
            url.into_iter().for_each(|url| drop(member("license", url.into())));
        }
        if let Some(issuer) = self.site.issuers.get(&version.issuer) {
            let home = web_address(&issuer.url).map(|(url, _)| url);
            let own = self.base().join(&self.path(&urls::issuer(&issuer.slug)));
            let name = self.text(&issuer.name);
            let url = home.unwrap_or_else(|| own.clone());
            member(
                "recognizedBy",
                json!({ "@type": "Organization", "@id": own, "name": name, "url": url }),
            );
        }
        let targets: Vec<Json> = version
            .alignment
            .iter()
            .map(|target| {
                let url = web_address(&target.url).map(|(url, _)| url);
                let framework = target.framework_name.as_ref().map(|name| self.text(name));
                let mut one =
                    json!({ "@type": "AlignmentObject", "targetName": self.text(&target.name) });
                let optional = [("targetUrl", url), ("educationalFramework", framework)];
                if let Some(members) = one.as_object_mut() {
                    let there =
                        optional.into_iter().filter_map(|(name, value)| Some((name, value?)));
                    members.extend(there.map(|(name, value)| (name.to_owned(), value.into())));
                }
                one
            })
            .collect();
        if !targets.is_empty() {
            member("educationalAlignment", targets.into());
        }
        // Inside a `<script>` only `<` can end it or begin a comment.
        Json::Object(members).to_string().replace('<', "\\u003c")
    }
}
