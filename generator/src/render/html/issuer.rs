//! An issuer as templates see it.

use openbadges::time::Timestamp;
use tera::Value;

use super::badge::{JSON, JSON_LD};
use super::view::{View, link, list, machine_record, record};
use crate::site::{Issuer, IssuerKey, KeyState};
use crate::urls;

impl View<'_> {
    /// The variable `issuer`.
    pub(super) fn issuer(&self, issuer: &Issuer) -> Value {
        let base = self.base();
        let path = format!("{}/{}", base.path(), urls::issuer(&issuer.slug).trim_end_matches('/'));
        let file = |extension: &str| urls::issuer_image(&issuer.slug, extension);
        let picture = issuer.image.as_ref().map(|picture| self.picture(picture, &file));
        record([
            ("slug", issuer.slug.as_str().into()),
            ("url", self.page(&urls::issuer(&issuer.slug)).into()),
            ("lang", self.lang_of(issuer.name.0.keys()).as_str().into()),
            ("name", self.text(&issuer.name).into()),
            ("description", self.text(&issuer.description).into()),
            ("home", link(&issuer.url)),
            ("email", issuer.email.as_str().into()),
            ("picture", picture.into()),
            ("host", base.host().into()),
            ("path", path.into()),
            ("did", urls::issuer_did(base, &issuer.slug).into()),
            ("territory", list(issuer.territory.iter().map(|place| self.text(place).into()))),
            ("keys", list(issuer.keys.values().map(|key| self.key(key)))),
        ])
    }

    fn key(&self, key: &IssuerKey) -> Value {
        let (state, until) = match &key.state {
            KeyState::Active => ("active", None),
            KeyState::Retired(date) => ("retired", Some(*date)),
            KeyState::Revoked { date, .. } => ("revoked", Some(*date)),
        };
        let day = |moment: Timestamp| self.language.day(moment);
        let (created, until) = (day(key.created), until.map(day).unwrap_or_default());
        let sentence = self.language.say(
            &format!("key_{state}_sentence"),
            &[("created", (&created).into()), ("until", (&until).into())],
        );
        record([
            ("kid", key.kid.as_str().into()),
            ("state", state.into()),
            ("state_name", self.language.word(&format!("key_{state}"))),
            ("sentence", sentence.into()),
            ("multibase", key.public.to_multikey().into()),
        ])
    }

    /// The machine-readable forms of an issuer.
    pub(super) fn issuer_records(&self, issuer: &Issuer) -> Vec<Value> {
        let say = |id: &str| self.language.word(id);
        let slug = &issuer.slug;
        let mut records = vec![
            machine_record(
                say("record_profile"),
                say("record_ob3"),
                JSON_LD,
                self.href(&urls::issuer_profile(slug)),
            ),
            machine_record(
                say("record_issuer"),
                say("record_ob2"),
                JSON_LD,
                self.href(&urls::issuer_ob2(slug)),
            ),
            machine_record(
                say("record_did"),
                say("record_did_note"),
                JSON,
                self.href(&urls::issuer_did_document(slug)),
            ),
        ];
        if issuer.status_list.is_some() {
            let url = self.href(&urls::status_list(slug));
            records.push(machine_record(
                say("record_status"),
                say("record_status_note"),
                JSON_LD,
                url,
            ));
        }
        records
    }
}
