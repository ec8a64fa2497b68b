//! How an issuer's new key is introduced by one that is trusted already.
//!
//! Whoever can write to the repository could add a key file; with an introduction they must hold a key as well. The
//! active key signs (Ed25519, no hash before) the JCS text of
//!
//! ```json
//! {"created":"2026-01-10","did":"did:web:badges.example:issuers:estran","kid":"k2","multibase":"z6Mk…"}
//! ```
//!
//! and `introduced_by.proof` is the signature in base58btc, with `z` in front. No Data Integrity signature can be taken
//! for an introduction: those cover 64 bytes of digests, never a text that begins with `{`.

use openbadges::key::{PublicKey, SigningKey};
use openbadges::multibase;
use serde_json::json;

/// The key that is introduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Introduction<'a> {
    /// The issuer whose key it is.
    pub did: &'a str,
    /// Its name in the repository.
    pub kid: &'a str,
    /// The public key.
    pub multibase: &'a str,
    /// Its first day, as the key file has it.
    pub created: &'a str,
}

impl Introduction<'_> {
    /// The text that is signed.
    #[must_use]
    pub fn message(&self) -> String {
        openbadges::jcs::canonicalize(&json!({
            "created": self.created,
            "did": self.did,
            "kid": self.kid,
            "multibase": self.multibase,
        }))
    }

    /// Signs the introduction; the answer is `introduced_by.proof`.
    #[must_use]
    pub fn sign(&self, by: &SigningKey) -> String {
        multibase::base58btc(&by.sign(self.message().as_bytes()))
    }

    /// Checks `introduced_by.proof`.
    ///
    /// # Errors
    /// [`IntroductionError`] says whether the text is no signature or the signature is not of this key and text.
    pub fn check(&self, proof: &str, by: &PublicKey) -> Result<(), IntroductionError> {
        let signature =
            multibase::decode_base58btc(proof).map_err(|_| IntroductionError::NotASignature)?;
        by.verify_strict(self.message().as_bytes(), &signature)
            .map_err(|_| IntroductionError::Forged)
    }
}

/// Why a key is not introduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IntroductionError {
    /// The proof is not `z` and base58btc.
    #[error("the proof of the introduction is not `z` and base58btc")]
    NotASignature,
    /// The signature is of another key, or of another text.
    #[error("the proof of the introduction was not made by that key for this one")]
    Forged,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_introduction_holds_for_its_key_and_its_words_alone() {
        let (old, new) = (SigningKey::from_seed(&[1; 32]), SigningKey::from_seed(&[2; 32]));
        let multibase = new.public().to_multikey();
        let introduction = Introduction {
            did: "did:web:badges.example:issuers:estran",
            kid: "k2",
            multibase: &multibase,
            created: "2026-01-10",
        };
        assert_eq!(
            introduction.message(),
            format!(
                r#"{{"created":"2026-01-10","did":"did:web:badges.example:issuers:estran","kid":"k2","multibase":"{multibase}"}}"#
            )
        );
        let proof = introduction.sign(&old);
        assert_eq!(introduction.check(&proof, &old.public()), Ok(()));
        assert_eq!(introduction.check(&proof, &new.public()), Err(IntroductionError::Forged));
        for other in [
            Introduction { did: "did:web:badges.example:issuers:ferme", ..introduction },
            Introduction { kid: "k3", ..introduction },
            Introduction { created: "2026-01-11", ..introduction },
            Introduction { multibase: "z6Mk", ..introduction },
        ] {
            assert_eq!(other.check(&proof, &old.public()), Err(IntroductionError::Forged));
        }
        let mangled = introduction.check("u6Mk", &old.public());
        assert_eq!(mangled, Err(IntroductionError::NotASignature));
    }
}
