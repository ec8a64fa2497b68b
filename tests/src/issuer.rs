//! A simulated issuer, the web it publishes on, and the lies both can be made to tell.
//!
//! ```
//! use accolade_tests::issuer::Issuer;
//! use openbadges::verify::{Code, Verdict};
//!
//! let mut club = Issuer::new();
//! let badge = club.award();
//! assert_eq!(club.presents(&badge).verify().verdict, Verdict::Valid);
//! club.unplug(&club.list_url());
//! assert!(club.presents(&badge).verify().found(Code::StatusUnavailable));
//! ```
//! No clock, no network, no randomness: the same calls make the same bytes. What [`Issuer`] publishes follows from its
//! state; what a test puts in its place with [`Issuer::lie`], [`Issuer::redirect`] or [`Issuer::unplug`] stays in place.

#![expect(
    clippy::indexing_slicing,
    reason = "a place that is not there stops the test that looks for it"
)]

use std::collections::{BTreeMap, BTreeSet};

use openbadges::did::{Did, DidWeb, PublishedKey, did_web_document};
use openbadges::iri::Iri;
use openbadges::jcs;
use openbadges::jsonld::{ContextStore, to_rdf};
use openbadges::key::SigningKey;
use openbadges::multibase;
use openbadges::rdfc::{Options, canonicalize};
use openbadges::recipient::{Identity, RecipientHash, Salt};
use openbadges::status::{Bitstring, LIST_ENTRIES_MIN, Purpose, status_list_subject};
use openbadges::time::Timestamp;
use openbadges::verify::{
    Answer, Body, Code, Documents, Input, Policy, Report, Source, Step, Unavailable, Verdict,
    verify,
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// The time of every scene that names no other.
pub const NOW: &str = "2026-09-01T09:00:00Z";

/// The person every badge is for, unless a draft is changed.
pub const EMAIL: &str = "alizee.canular@personnes.example";

/// The context of VC 2.0.
pub const CREDENTIALS_V2: &str = "https://www.w3.org/ns/credentials/v2";

/// The context of Open Badges 3.0.
pub const OPEN_BADGES_3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// The context of Open Badges 2.0.
pub const OPEN_BADGES_2: &str = "https://w3id.org/openbadges/v2";

/// The most redirects the simulated fetcher follows.
const HOPS_MAX: usize = 5;

/// When proofs are made, unless a test says otherwise.
const CREATED: &str = "2026-03-12T10:00:00Z";

/// What is found at an address.
#[derive(Debug, Clone)]
enum Page {
    Found { status: u16, content_type: &'static str, bytes: Vec<u8> },
    Moved(String),
    Down(Unavailable),
}

/// The pages of a simulated web.
#[derive(Debug, Clone, Default)]
pub struct Web(BTreeMap<String, Page>);

impl Web {
    /// Both webs; where both have a page, this one's.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(other.0.into_iter().chain(self.0).collect())
    }

    /// What a fetcher brings back from `asked`: redirects followed, every hop named.
    #[must_use]
    pub fn answer(&self, asked: &Iri) -> Answer {
        let mut hops = Vec::new();
        let mut at = asked.clone();
        let body = loop {
            match self.0.get(at.as_str()) {
                None => break Err(Unavailable::NameUnknown),
                Some(Page::Down(reason)) => break Err(*reason),
                Some(Page::Moved(_)) if hops.len() >= HOPS_MAX => {
                    break Err(Unavailable::TooManyRedirects);
                }
                Some(Page::Moved(to)) => hops.push(std::mem::replace(&mut at, iri(to))),
                Some(Page::Found { status, content_type, bytes }) => {
                    break Ok(Body {
                        url: at,
                        status: *status,
                        content_type: Some((*content_type).to_owned()),
                        bytes: bytes.clone(),
                    });
                }
            }
        };
        Answer { source: Source::Network, hops, body }
    }
}

/// Everything one verification needs: what is presented, on which web, at what time, to whom.
#[derive(Debug, Clone)]
pub struct Scene {
    /// What is handed to the verifier.
    pub input: Input,
    /// Where documents come from.
    pub web: Web,
    /// How strict, and for whom.
    pub policy: Policy,
    /// The verifier's clock.
    pub now: Timestamp,
}

impl Scene {
    /// The scene, with the fifth question asked.
    #[must_use]
    pub fn by(mut self, recipient: &str) -> Self {
        self.policy.recipient = Some(recipient.to_owned());
        self
    }

    /// The scene, at another time.
    #[must_use]
    pub fn at(mut self, now: &str) -> Self {
        self.now = moment(now);
        self
    }

    /// Runs the real step loop over the scene's web.
    #[must_use]
    pub fn verify(&self) -> Report {
        self.run(&mut Documents::new())
    }

    /// The same, and keeps every document that was fetched.
    #[must_use]
    pub fn run(&self, documents: &mut Documents) -> Report {
        loop {
            match verify(&self.input, documents, &self.policy, self.now) {
                Step::Done(report) => return *report,
                Step::Need(iris) => {
                    for asked in iris {
                        let answer = self.web.answer(&asked);
                        documents.supply(asked, answer);
                    }
                }
            }
        }
    }

    /// What must come of it: valid.
    #[must_use]
    pub fn valid(self, name: &'static str, rule: &'static str) -> Case {
        Case { name, rule, scene: self, verdict: Verdict::Valid, codes: &[] }
    }

    /// What must come of it: invalid, with each of `codes` in the report.
    #[must_use]
    pub fn invalid(self, name: &'static str, rule: &'static str, codes: &'static [Code]) -> Case {
        Case { name, rule, scene: self, verdict: Verdict::Invalid, codes }
    }

    /// What must come of it: undecided, with each of `codes` in the report.
    #[must_use]
    pub fn unknown(self, name: &'static str, rule: &'static str, codes: &'static [Code]) -> Case {
        Case { name, rule, scene: self, verdict: Verdict::Unknown, codes }
    }
}

/// A scene and what must come of it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Area and what is tried, such as `json/a-member-twice`.
    pub name: &'static str,
    /// The requirement it stands on.
    pub rule: &'static str,
    /// What is verified.
    pub scene: Scene,
    /// The verdict.
    pub verdict: Verdict,
    /// Codes that the report's checks must hold.
    pub codes: &'static [Code],
}

/// An issuer: a domain, keys, a status list, hosted records.
#[derive(Debug, Clone)]
pub struct Issuer {
    host: String,
    path: String,
    keys: Vec<Key>,
    awards: usize,
    withdrawn: BTreeSet<usize>,
    hosted: BTreeMap<String, Value>,
    replaced: BTreeMap<String, Page>,
}

#[derive(Debug, Clone, Copy)]
struct Key {
    seed: u8,
    revoked: Option<Timestamp>,
}

impl Default for Issuer {
    fn default() -> Self {
        Self::new()
    }
}

impl Issuer {
    /// The club, `did:web:badges.example:issuers:club`.
    #[must_use]
    pub fn new() -> Self {
        Self::at("badges.example", "issuers/club", 7)
    }

    /// An issuer at `https://host/path`, whose first key comes from `seed`.
    #[must_use]
    pub fn at(host: &str, path: &str, seed: u8) -> Self {
        Self {
            host: host.to_owned(),
            path: path.to_owned(),
            keys: vec![Key { seed, revoked: None }],
            awards: 0,
            withdrawn: BTreeSet::new(),
            hosted: BTreeMap::new(),
            replaced: BTreeMap::new(),
        }
    }

    /// `https://` and the host.
    #[must_use]
    pub fn base(&self) -> String {
        format!("https://{}", self.host)
    }

    /// The DID.
    #[must_use]
    pub fn did(&self) -> String {
        format!("did:web:{}:{}", self.host, self.path.replace('/', ":"))
    }

    /// Where the DID document is.
    #[must_use]
    pub fn did_url(&self) -> String {
        self.below("did.json")
    }

    /// Where the list of withdrawals is.
    #[must_use]
    pub fn list_url(&self) -> String {
        self.below("status/revocation-1.json")
    }

    /// Where the Open Badges 2.0 profile is, which is its id.
    #[must_use]
    pub fn profile_url(&self) -> String {
        self.below("issuer.json")
    }

    /// Where the Open Badges 2.0 badge class is, which is its id.
    #[must_use]
    pub fn class_url(&self) -> String {
        format!("{}/badges/accueil/v1/badgeclass.fr.json", self.base())
    }

    fn below(&self, file: &str) -> String {
        format!("{}/{}/{file}", self.base(), self.path)
    }

    /// The key in use.
    ///
    /// # Panics
    /// Never: an issuer has a key.
    #[must_use]
    pub fn key(&self) -> SigningKey {
        key(self.keys.last().expect("an issuer has a key").seed)
    }

    /// The id of the key in use, in the DID document.
    #[must_use]
    pub fn method(&self) -> String {
        format!("{}#{}", self.did(), self.key().public().to_multikey())
    }

    /// Takes a new key into use. The old one stays published: what it signed stays good.
    pub fn rotate_key(&mut self) {
        let seed = self.keys.last().map_or(1, |key| key.seed.wrapping_add(1));
        self.keys.push(Key { seed, revoked: None });
    }

    /// Declares the key in use compromised, and takes a new one.
    pub fn compromise(&mut self) {
        if let Some(key) = self.keys.last_mut() {
            key.revoked = Some(moment("2026-08-01T00:00:00Z"));
        }
        self.rotate_key();
    }

    /// Takes the key in use off the DID document without a word, and takes a new one.
    pub fn drop_key(&mut self) {
        self.rotate_key();
        let last = self.keys.len().saturating_sub(2);
        self.keys.remove(last);
    }

    /// The next award, unsigned.
    pub fn draft(&mut self) -> Value {
        self.awards += 1;
        let number = self.awards;
        let index = index_of(number);
        let salt = salt(number);
        json!({
            "@context": [CREDENTIALS_V2, OPEN_BADGES_3],
            "id": format!("{}/a/{number}/credential.json", self.base()),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": "Accueil",
            "issuer": {
                "id": self.did(), "type": ["Profile"], "name": "Le club", "url": "https://club.example/"
            },
            "validFrom": "2026-03-12T00:00:00Z",
            "awardedDate": "2026-03-12T00:00:00Z",
            "validUntil": "2029-03-12T23:59:59Z",
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [{
                    "type": "IdentityObject", "identityType": "emailAddress", "hashed": true,
                    "identityHash": hash(EMAIL, &salt), "salt": salt
                }],
                "achievement": {
                    "id": format!("{}/badges/accueil/v1/achievement.fr.json", self.base()),
                    "type": ["Achievement"], "name": "Accueil", "description": "Accueille.",
                    "criteria": { "narrative": "Accueillir." }
                }
            },
            "credentialStatus": {
                "id": format!("{}#{index}", self.list_url()), "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation", "statusListIndex": index.to_string(),
                "statusListCredential": self.list_url()
            }
        })
    }

    /// Awards a badge: an Open Badges 3.0 credential with both proofs, as they are published.
    pub fn award(&mut self) -> Value {
        let draft = self.draft();
        self.sign(draft)
    }

    /// Awards a badge with the one proof that covers statements and not JSON: a holder may leave the other out.
    pub fn award_as(&mut self, change: impl FnOnce(&mut Value)) -> Value {
        let mut draft = self.draft();
        change(&mut draft);
        self.sign_statements(draft)
    }

    /// Signs with `eddsa-rdfc-2022` and `eddsa-jcs-2022`.
    #[must_use]
    pub fn sign(&self, mut document: Value) -> Value {
        let proofs = ["eddsa-rdfc-2022", "eddsa-jcs-2022"]
            .map(|suite| self.prove(&document, suite, &json!({})));
        document["proof"] = json!(proofs);
        document
    }

    /// Signs with `eddsa-rdfc-2022` alone; a document without a canonical form of its statements, over its JSON.
    #[must_use]
    pub fn sign_statements(&self, mut document: Value) -> Value {
        let suite = match statements(&document) {
            Ok(_) => "eddsa-rdfc-2022",
            Err(_) => "eddsa-jcs-2022",
        };
        document["proof"] = json!([self.prove(&document, suite, &json!({}))]);
        document
    }

    /// A proof over `document` with the key in use, whose options are the usual ones and `others` over them (`null` takes
    /// one away).
    ///
    /// # Panics
    /// When the document cannot be turned into statements.
    #[must_use]
    pub fn prove(&self, document: &Value, suite: &str, others: &Value) -> Value {
        let mut options = json!({
            "type": "DataIntegrityProof", "cryptosuite": suite, "created": CREATED,
            "verificationMethod": self.method(), "proofPurpose": "assertionMethod"
        });
        let members = options.as_object_mut().expect("an object was just made");
        merge(members, others);
        prove(document, options, &self.key())
    }

    /// The status list as it stands, signed.
    #[must_use]
    pub fn list(&self) -> Value {
        self.sign_statements(self.list_draft())
    }

    /// The status list as it stands, unsigned.
    ///
    /// # Panics
    /// Never: indexes of awards lie within the list.
    #[must_use]
    pub fn list_draft(&self) -> Value {
        let mut bits = Bitstring::new(LIST_ENTRIES_MIN);
        for number in &self.withdrawn {
            bits.set(index_of(*number)).expect("the list is longer than any index");
        }
        let list = iri(&self.list_url());
        json!({
            "@context": [CREDENTIALS_V2],
            "id": list,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.did(),
            "validFrom": "2026-03-12T00:00:00Z",
            "credentialSubject": status_list_subject(&list, &Purpose::Revocation, &bits)
        })
    }

    /// The DID document as it stands.
    #[must_use]
    pub fn did_document(&self) -> Value {
        let keys: Vec<PublishedKey> = self.keys.iter().map(Key::published).collect();
        did_web_document(&self.did_web(), &keys, &[])
    }

    fn did_web(&self) -> DidWeb {
        match Did::parse(&self.did()) {
            Ok(Did::Web(did)) => did,
            other => unreachable!("{other:?}"),
        }
    }

    /// Hosts an Open Badges 2.0 assertion, its class and its profile, and answers the assertion.
    pub fn host(&mut self) -> Value {
        self.host_as(|_, _, _| {})
    }

    /// Hosts an Open Badges 2.0 assertion, class and profile after a change to them; answers the assertion as it would
    /// have been.
    pub fn host_as(&mut self, change: impl FnOnce(&mut Value, &mut Value, &mut Value)) -> Value {
        self.awards += 1;
        let base = self.base();
        let mut assertion = json!({
            "@context": OPEN_BADGES_2, "type": "Assertion",
            "id": format!("{base}/a/{}/assertion.json", self.awards),
            "recipient": {
                "type": "email", "hashed": true, "salt": salt(self.awards),
                "identity": hash(EMAIL, &salt(self.awards))
            },
            "badge": self.class_url(), "issuedOn": "2026-03-12T00:00:00Z",
            "expires": "2029-03-12T23:59:59Z", "verification": { "type": "HostedBadge" }
        });
        let mut class = json!({
            "@context": OPEN_BADGES_2, "type": "BadgeClass", "id": self.class_url(),
            "name": "Accueil", "description": "Accueille.", "image": format!("{base}/i.png"),
            "criteria": { "narrative": "Accueillir." }, "issuer": self.profile_url()
        });
        let mut profile = json!({
            "@context": OPEN_BADGES_2, "type": "Issuer", "id": self.profile_url(), "name": "Le club",
            "url": "https://club.example/", "email": "club@club.example",
            "verification": {
                "type": "VerificationObject", "startsWith": format!("{base}/a/"),
                "allowedOrigins": self.host
            }
        });
        let presented = assertion.clone();
        change(&mut assertion, &mut class, &mut profile);
        let places = [
            (presented["id"].as_str().unwrap_or_default().to_owned(), assertion),
            (self.class_url(), class),
            (self.profile_url(), profile),
        ];
        self.hosted.extend(places);
        presented
    }

    /// Withdraws an award of either generation.
    pub fn revoke(&mut self, badge: &Value) {
        let id = badge["id"].as_str().unwrap_or_default().to_owned();
        if let Some(assertion) = self.hosted.get_mut(&id) {
            *assertion = json!({
                "@context": OPEN_BADGES_2, "type": "Assertion", "id": id, "revoked": true
            });
        }
        let number: Option<usize> = id.rsplit('/').nth(1).and_then(|number| number.parse().ok());
        self.withdrawn.extend(number);
    }

    /// From here on, nobody answers at `url`.
    pub fn unplug(&mut self, url: &str) {
        let page = Page::Down(Unavailable::TooSlow);
        self.replaced.insert(url.to_owned(), page);
    }

    /// From here on, `url` leads to `to`.
    pub fn redirect(&mut self, url: &str, to: &str) {
        self.replaced.insert(url.to_owned(), Page::Moved(to.to_owned()));
    }

    /// From here on, `url` answers with this.
    pub fn serve(
        &mut self,
        url: &str,
        status: u16,
        content_type: &'static str,
        bytes: impl Into<Vec<u8>>,
    ) {
        let page = Page::Found { status, content_type, bytes: bytes.into() };
        self.replaced.insert(url.to_owned(), page);
    }

    /// From here on, `url` answers with this document.
    pub fn publish(&mut self, url: &str, document: &Value) {
        self.serve(url, 200, "application/json", document.to_string());
    }

    /// From here on, `url` answers with a changed copy of what it answers now.
    ///
    /// # Panics
    /// When there is no JSON at `url`.
    pub fn lie(&mut self, url: &str, change: impl FnOnce(&mut Value)) {
        let page = self.web().0.remove(url);
        let Some(Page::Found { bytes, .. }) = page else { unreachable!("{url} is not published") };
        let mut document = serde_json::from_slice(&bytes).expect("documents are JSON");
        change(&mut document);
        self.publish(url, &document);
    }

    /// From here on, the list of withdrawals is this one, changed and then signed.
    pub fn list_as(&mut self, change: impl FnOnce(&mut Value)) {
        let mut list = self.list_draft();
        change(&mut list);
        let list = self.sign_statements(list);
        self.publish(&self.list_url(), &list);
    }

    /// What is published.
    #[must_use]
    pub fn web(&self) -> Web {
        let documents = [(self.did_url(), self.did_document()), (self.list_url(), self.list())];
        let hosted = self.hosted.iter().map(|(url, document)| (url.clone(), document.clone()));
        let honest = documents.into_iter().chain(hosted).map(|(url, document)| {
            let bytes = document.to_string().into_bytes();
            (url, Page::Found { status: 200, content_type: "application/json", bytes })
        });
        Web(honest.chain(self.replaced.clone()).collect())
    }

    /// The scene in which `record` is presented as a JSON file.
    #[must_use]
    pub fn presents(&self, record: &Value) -> Scene {
        self.presents_bytes(record.to_string())
    }

    /// The scene in which a file is presented.
    #[must_use]
    pub fn presents_bytes(&self, file: impl Into<Vec<u8>>) -> Scene {
        self.scene(Input::File(file.into()))
    }

    /// The scene in which an address is presented.
    #[must_use]
    pub fn presents_address(&self, address: &str) -> Scene {
        self.scene(Input::Address(iri(address)))
    }

    fn scene(&self, input: Input) -> Scene {
        Scene { input, web: self.web(), policy: Policy::default(), now: moment(NOW) }
    }
}

impl Key {
    fn published(&self) -> PublishedKey {
        PublishedKey { key: key(self.seed).public(), revoked: self.revoked }
    }
}

/// A proof over `document` with exactly these options and `key`.
///
/// # Panics
/// When the document or the options cannot be turned into statements.
#[must_use]
pub fn prove(document: &Value, mut options: Value, key: &SigningKey) -> Value {
    let over_json = options["cryptosuite"] == "eddsa-jcs-2022";
    if over_json && let Some(context) = document.get("@context") {
        options["@context"] = context.clone();
    }
    let digest = |value: &Value| {
        let text = if over_json {
            jcs::canonicalize(value)
        } else {
            statements(value).unwrap_or_else(|words| unreachable!("{words}: {value}"))
        };
        Sha256::digest(text.as_bytes())
    };
    let mut read_as = options.clone();
    if !over_json && let Some(context) = document.get("@context") {
        read_as["@context"] = context.clone();
    }
    let signed = [digest(&read_as), digest(document)].concat();
    options["proofValue"] = json!(multibase::base58btc(&key.sign(&signed)));
    options
}

/// The canonical statements of a document, or why it has none.
fn statements(document: &Value) -> Result<String, String> {
    let statements =
        to_rdf(document, ContextStore::embedded()).map_err(|error| error.to_string())?;
    let canonical = canonicalize(&statements, &Options::default());
    canonical.map(|canonical| canonical.nquads).map_err(|error| error.to_string())
}

/// Puts every member of `others` into `members`; `null` takes one away.
fn merge(members: &mut Map<String, Value>, others: &Value) {
    for (name, value) in others.as_object().into_iter().flatten() {
        if value.is_null() {
            members.remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
}

/// The key made from `seed`.
#[must_use]
pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

/// The salt of the award of this number.
#[must_use]
pub fn salt(number: usize) -> String {
    let byte = u8::try_from(number % 251).unwrap_or_default();
    Salt::from_random([byte; 16]).as_str().to_owned()
}

/// The hash of an identity, exactly as it is written.
///
/// # Panics
/// When the salt is longer than any salt.
#[must_use]
pub fn hash(identity: &str, salt: &str) -> String {
    let salt = Salt::parse(salt).expect("a salt of a test is short");
    RecipientHash::of(&Identity::exact(identity), &salt).to_string()
}

/// The place in the status list of the award of this number: scattered, never 0.
#[must_use]
pub fn index_of(number: usize) -> usize {
    1 + number * 4711 % (LIST_ENTRIES_MIN - 1)
}

/// An address that is known to be one.
///
/// # Panics
/// When it is none.
#[must_use]
pub fn iri(text: &str) -> Iri {
    Iri::parse(text).unwrap_or_else(|error| unreachable!("{error}"))
}

/// A moment that is known to be one.
///
/// # Panics
/// When it is none.
#[must_use]
pub fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap_or_else(|error| unreachable!("{error}"))
}

#[cfg(test)]
mod tests {
    use openbadges::verify::{Outcome, Question, Status};

    use super::*;

    fn stands(scene: &Scene) -> (Verdict, Status) {
        let report = scene.verify();
        (report.verdict, report.status)
    }

    const GOOD: (Verdict, Status) = (Verdict::Valid, Status::Active);

    /// CRED-KEY-4, design: retired keys stay good, compromised ones fail whatever the date.
    #[test]
    fn a_badge_outlives_a_rotation_and_not_a_theft() {
        let mut club = Issuer::new();
        let (first, hosted) = (club.award(), club.host());
        club.rotate_key();
        let second = club.award();
        assert_eq!(stands(&club.presents(&first)), GOOD);
        assert_eq!(stands(&club.presents(&second)), GOOD);
        club.compromise();
        assert_eq!(stands(&club.presents(&first)), GOOD);
        let report = club.presents(&second).verify();
        assert_eq!(report.answer(Question::Issuer), Outcome::Fail(Code::KeyRevoked));
        let third = club.award();
        assert_eq!(stands(&club.presents(&third)), GOOD);
        club.drop_key();
        assert!(club.presents(&third).verify().found(Code::KeyNotListed));
        assert_eq!(stands(&club.presents(&hosted)), GOOD, "a hosted badge has no key");
    }

    /// CRED-BSL-24, OB2-HOST-3.
    #[test]
    fn a_withdrawal_reaches_one_badge_of_either_generation() {
        let mut club = Issuer::new();
        let (kept, gone, hosted) = (club.award(), club.award(), club.host());
        for badge in [&gone, &hosted] {
            club.revoke(badge);
            assert_eq!(stands(&club.presents(badge)), (Verdict::Invalid, Status::Revoked));
        }
        assert_eq!(stands(&club.presents(&kept)), GOOD);
    }

    /// OB3-VAL-16: unknown is neither good nor bad.
    #[test]
    fn an_outage_leaves_the_question_open_and_ends_when_it_ends() {
        let mut club = Issuer::new();
        let (badge, hosted) = (club.award(), club.host());
        let calm = club.clone();
        for url in [club.did_url(), club.list_url()] {
            let mut club = calm.clone();
            club.unplug(&url);
            assert_eq!(stands(&club.presents(&badge)).0, Verdict::Unknown, "{url}");
        }
        for url in
            [hosted["id"].as_str().unwrap_or_default(), &club.class_url(), &club.profile_url()]
        {
            let mut club = calm.clone();
            club.unplug(url);
            assert_eq!(stands(&club.presents(&hosted)).0, Verdict::Unknown, "{url}");
        }
        club.unplug(&club.did_url());
        assert_eq!(stands(&club.presents(&badge)).0, Verdict::Unknown);
        let did = club.did_document();
        club.publish(&club.did_url(), &did);
        assert_eq!(stands(&club.presents(&badge)), GOOD);
    }

    #[test]
    fn a_badge_expires_with_the_clock_alone() {
        let mut club = Issuer::new();
        for badge in [club.award(), club.host()] {
            let last = club.presents(&badge).at("2029-03-12T23:59:59Z");
            assert_eq!(stands(&last), GOOD);
            let after = club.presents(&badge).at("2029-03-13T00:00:00Z");
            assert_eq!(stands(&after), (Verdict::Invalid, Status::Expired));
            let before = club.presents(&badge).at("2026-03-11T00:00:00Z");
            assert_eq!(before.verify().verdict, Verdict::Invalid);
        }
    }
}
