//! One issuer's signature: two proofs over a document, checked before anybody sees them.

use openbadges::iri::Iri;
use openbadges::json::{self, JsonError};
use openbadges::jsonld::ContextStore;
use openbadges::key::{PublicKey, SigningKey};
use openbadges::proof::{self, ProofError, ProofOptions, Secured, SignError, Suite};
use openbadges::time::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::records::Records;
use crate::records::document::json as bytes_of;
use crate::site::{Issuer, IssuerKey};

/// The order of the proofs: some validators look at the first one only, and certification wants that suite.
const SUITES: [Suite; 2] = [Suite::EddsaRdfc2022, Suite::EddsaJcs2022];

/// Signs for one issuer, with one key, at one moment.
#[derive(Debug)]
pub(super) struct Signer<'a> {
    method: Iri,
    secret: &'a SigningKey,
    /// From the issuer's key file, not from the secret: what was signed must verify for a stranger.
    public: &'a PublicKey,
    created: Timestamp,
}

impl<'a> Signer<'a> {
    pub(super) fn new(
        records: &Records<'_>,
        issuer: &Issuer,
        key: &'a IssuerKey,
        secret: &'a SigningKey,
        created: Timestamp,
    ) -> Self {
        let method = Iri::parse(&records.method_id(issuer, key));
        let method = method.expect("a DID and a multibase text make an address");
        Self { method, secret, public: &key.public, created }
    }

    /// Signs `document` and gives the bytes to be published. `with_proof` puts the proofs where the record keeps them.
    pub(super) fn seal<T: Serialize>(
        &self,
        document: T,
        with_proof: impl FnOnce(T, Value) -> T,
    ) -> Result<Vec<u8>, SignatureError> {
        let unsigned = json::parse(&bytes_of(&document)).map_err(SignatureError::Json)?;
        let proofs: Result<Vec<Value>, SignError> = SUITES
            .into_iter()
            .map(|suite| {
                let options = ProofOptions {
                    suite,
                    verification_method: self.method.clone(),
                    created: self.created,
                };
                proof::sign(&unsigned, &options, self.secret, ContextStore::embedded())
            })
            .collect();
        let proofs = proofs.map_err(SignatureError::Sign)?;
        let bytes = bytes_of(&with_proof(document, Value::Array(proofs)));
        self.check(&bytes)?;
        Ok(bytes)
    }

    /// Every proof verifies, over the very bytes that will be published.
    fn check(&self, bytes: &[u8]) -> Result<(), SignatureError> {
        let document = json::parse(bytes).map_err(SignatureError::Json)?;
        let secured = Secured::split(document).map_err(SignatureError::Check)?;
        let mut suites = Vec::new();
        for proof in &secured.proofs {
            let contexts = ContextStore::embedded();
            let checked = proof::verify(&secured.unsecured, proof, self.public, contexts);
            suites.push(checked.map_err(SignatureError::Check)?.proof().suite);
        }
        if suites == SUITES { Ok(()) } else { Err(SignatureError::Check(ProofError::NoProof)) }
    }
}

/// Why a document was not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// It is too large, or otherwise not JSON that every reader reads alike.
    #[error("{0}")]
    Json(JsonError),
    /// It cannot be signed so that every verifier agrees.
    #[error("{0}")]
    Sign(SignError),
    /// What was signed does not verify with the issuer's public key.
    #[error("the fresh signature does not verify: {0}")]
    Check(ProofError),
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::example::{key, moment, site, slug};

    fn document() -> Value {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": "https://badges.example/a",
            "type": ["VerifiableCredential"],
            "issuer": "did:web:badges.example:issuers:club",
            "validFrom": "2026-03-12T00:00:00Z",
            "credentialSubject": { "id": "urn:uuid:00000000-0000-4000-8000-000000000001" },
        })
    }

    fn seal(document: Value, secret: &SigningKey) -> Result<Vec<u8>, SignatureError> {
        let site = site();
        let records = Records::of(&site);
        let issuer = &site.issuers[&slug("club")];
        let now = moment("2026-03-12T14:30:00Z");
        Signer::new(&records, issuer, &issuer.keys["k2"], secret, now).seal(
            document,
            |mut document, proof| {
                document["proof"] = proof;
                document
            },
        )
    }

    #[test]
    fn the_first_proof_is_over_statements_and_the_second_over_json() {
        let sealed: Value = serde_json::from_slice(&seal(document(), &key(2)).unwrap()).unwrap();
        let proofs = sealed["proof"].as_array().unwrap();
        let suites: Vec<&str> = proofs.iter().map(|p| p["cryptosuite"].as_str().unwrap()).collect();
        assert_eq!(suites, ["eddsa-rdfc-2022", "eddsa-jcs-2022"]);
        let multikey = key(2).public().to_multikey();
        for proof in proofs {
            assert_eq!(proof["created"], "2026-03-12T14:30:00Z");
            let method = format!("did:web:badges.example:issuers:club#{multikey}");
            assert_eq!(proof["verificationMethod"], method);
            assert_eq!(proof["proofPurpose"], "assertionMethod");
        }
    }

    #[test]
    fn a_key_that_is_not_the_issuers_signs_nothing() {
        assert_eq!(seal(document(), &key(9)), Err(SignatureError::Check(ProofError::Signature)));
    }

    #[test]
    fn a_member_that_no_context_defines_is_not_signed_cred_safe_5() {
        let mut odd = document();
        odd["level"] = json!("gold");
        assert!(matches!(seal(odd, &key(2)), Err(SignatureError::Sign(SignError::Statements(_)))));
    }

    #[test]
    fn a_document_that_verifiers_read_in_two_ways_is_not_signed() {
        // Four embedded endorsements with one and the same proof.
        let contexts = json!([
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
        ]);
        let endorsement = |subject: &str| {
            json!({
                "@context": contexts,
                "id": format!("urn:x:{subject}"),
                "type": ["VerifiableCredential", "EndorsementCredential"],
                "issuer": { "id": "https://friend.example", "type": ["Profile"] },
                "validFrom": "2026-03-12T00:00:00Z",
                "name": "Endorsement",
                "credentialSubject": { "id": subject, "type": ["EndorsementSubject"] },
                "proof": {
                    "type": "DataIntegrityProof",
                    "cryptosuite": "eddsa-rdfc-2022",
                    "created": "2026-03-12T14:30:00Z",
                    "verificationMethod": "https://friend.example#k",
                    "proofPurpose": "assertionMethod",
                    "proofValue": "z1",
                },
            })
        };
        let mut odd = document();
        odd["@context"] = contexts.clone();
        odd["type"] = json!(["VerifiableCredential", "OpenBadgeCredential"]);
        odd["endorsement"] =
            ["https://a.example", "https://b.example", "https://c.example", "https://d.example"]
                .map(endorsement)
                .into_iter()
                .collect();
        let refused = seal(odd, &key(2));
        assert_eq!(refused, Err(SignatureError::Sign(SignError::ReadingsDiffer)));
    }

    #[test]
    fn a_document_too_large_for_a_reader_is_not_signed() {
        let mut large = document();
        large["name"] = json!("a".repeat(1 << 20));
        assert!(matches!(seal(large, &key(2)), Err(SignatureError::Json(_))));
    }
}
