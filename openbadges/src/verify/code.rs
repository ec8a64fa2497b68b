//! The stable codes of a report, each with its sentence in French and English and the rule it stands on.
//!
//! One table, so that the command line, the function and the page say the same thing in the same words. A code never
//! changes its meaning; a sentence may be improved.

use serde::{Serialize, Serializer};

/// A language the sentences are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
}

/// A text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// French.
    pub fr: &'static str,
    /// English.
    pub en: &'static str,
}

impl Sentence {
    /// The text in `language`.
    #[must_use]
    pub const fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::French => self.fr,
            Language::English => self.en,
        }
    }
}

/// Declares [`Code`]: variant, stable text, rule, French, English.
macro_rules! codes {
    ($($variant:ident $text:literal $rule:literal $fr:literal $en:literal)*) => {
        /// What a check found. The text form is stable and part of the report's format.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $en] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable text form.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The rule it stands on: a section of a specification.
            #[must_use]
            pub const fn rule(self) -> &'static str {
                match self { $(Self::$variant => $rule,)* }
            }

            /// What happened, in one sentence.
            #[must_use]
            pub const fn sentence(self) -> Sentence {
                match self { $(Self::$variant => Sentence { fr: $fr, en: $en },)* }
            }
        }
    };
}

codes! {
    // Input: what was handed in
    InputNotRecognised "input-not-recognised" "Open Badges 3.0, Document Formats"
        "Ce fichier n'est ni une image PNG ou SVG, ni du JSON : il n'y a pas de badge à lire."
        "This is neither a PNG or SVG picture nor JSON: there is no badge to read."
    InputWithoutBadge "input-without-badge" "Open Badges 3.0, Baked Badge"
        "Cette image ne contient pas de badge. Elle a peut-être été réenregistrée par une application : demandez le fichier d'origine."
        "This picture holds no badge. An application may have saved it anew: ask for the original file."
    InputIsPage "input-is-page" "Open Badges 3.0, Document Formats"
        "Cette adresse mène à une page, pas à un badge : utilisez le fichier JSON ou l'image que la page propose."
        "This address leads to a page, not to a badge: use the JSON file or the picture the page offers."
    InputPictureBroken "input-picture-broken" "Open Badges 3.0, Baked Badge"
        "Cette image est abîmée : le badge qu'elle contient ne peut pas être lu."
        "This picture is damaged: the badge in it cannot be read."
    JsonRefused "json-refused" "RFC 8259; VC Data Model 2.0, 6"
        "Le texte du badge n'est pas du JSON sûr (membre en double, trop grand, mal formé)."
        "The badge's text is not safe JSON (a duplicate member, too large, malformed)."
    TypeUnknown "type-unknown" "Open Badges 3.0, OpenBadgeCredential; Open Badges 2.0, Assertion"
        "Ce document n'est pas un badge Open Badges 2.0 ou 3.0."
        "This document is not an Open Badges 2.0 or 3.0 badge."
    FormUnsupported "form-unsupported" "Open Badges 2.0, Signed Badges; Open Badges 3.0, VC-JWT"
        "Ce badge est dans une forme que cette version ne sait pas vérifier."
        "This badge is in a form that this version cannot verify."
    LegacyVersion "legacy-version" "Open Badges 1.x"
        "Ce badge est d'une ancienne génération (1.x) que cette version ne sait pas vérifier."
        "This badge is of an old generation (1.x) that this version cannot verify."
    ShapeBroken "shape-broken" "Open Badges 3.0, Data Model; Open Badges 2.0, Classes"
        "Le badge ne suit pas la forme que la norme exige."
        "The badge does not have the form the standard demands."
    TooManyDocuments "too-many-documents" "policy"
        "Il faudrait lire trop de documents pour vérifier ce badge."
        "Too many documents would have to be read to verify this badge."

    // Documents the check had to look at
    DocumentUnavailable "document-unavailable" "Open Badges 2.0, Hosted Verification; DID Resolution"
        "Un document nécessaire n'a pas pu être obtenu."
        "A document the check needs could not be obtained."
    DocumentOtherHost "document-other-host" "policy: a document speaks only for its final host"
        "L'adresse renvoie vers un autre site, qui ne peut pas parler pour le premier."
        "The address leads on to another site, which cannot speak for the first."
    DocumentRefused "document-refused" "RFC 8259"
        "Un document nécessaire n'est pas du JSON sûr."
        "A document the check needs is not safe JSON."

    // Was it really issued by this domain?
    IssuerConfirmed "issuer-confirmed" "DID web method; Open Badges 3.0, Verification"
        "Ce domaine publie la clé qui a signé le badge."
        "This domain publishes the key that signed the badge."
    IssuerHostsBadge "issuer-hosts-badge" "Open Badges 2.0, Hosted Verification"
        "Le badge est publié là où l'émetteur dit publier les siens, ou sur le site même de l'émetteur."
        "The badge is published where its issuer says its badges are, or on the issuer's own site."
    IssuerKeyOnly "issuer-key-only" "DID key method"
        "L'émetteur n'est qu'une clé : aucun domaine ne dit qui la détient."
        "The issuer is only a key: no domain says who holds it."
    IssuerUnsupported "issuer-unsupported" "Open Badges 3.0, Verification"
        "L'identité de l'émetteur est d'une sorte que cette version ne sait pas vérifier."
        "The issuer's identity is of a kind that this version cannot check."
    IssuerNotKeyController "issuer-not-key-controller" "Open Badges 3.0, Verification: controller equals issuer"
        "La clé qui a signé n'appartient pas à l'émetteur annoncé."
        "The key that signed does not belong to the issuer the badge names."
    IssuerMismatch "issuer-mismatch" "Controlled Identifiers 1.0, Retrieve Verification Method"
        "Le document publié par ce domaine parle d'un autre émetteur."
        "The document this domain publishes speaks of another issuer."
    IssuerOutOfScope "issuer-out-of-scope" "Open Badges 2.0, Hosted Verification"
        "Le badge est publié à une adresse que l'émetteur ne reconnaît pas."
        "The badge is published at an address the issuer does not declare."

    // Is it unaltered?
    ProofVerified "proof-verified" "VC Data Integrity 1.0, Verify Proof"
        "La signature correspond au contenu, au caractère près."
        "The signature matches the content to the letter."
    ProofVerifiedOlderContext "proof-verified-older-context" "VC Data Integrity 1.0; Open Badges context 3.0.3"
        "La signature correspond à une forme plus ancienne du vocabulaire ; ce qu'elle ne couvre pas a été écarté."
        "The signature matches an older published form of the vocabulary; what it does not cover was set aside."
    ProofMissing "proof-missing" "VC Data Model 2.0, Securing Mechanisms"
        "Le badge n'est pas signé."
        "The badge is not signed."
    ProofFailed "proof-failed" "VC Data Integrity 1.0, Verify Proof"
        "La signature ne correspond pas au contenu : le badge a été modifié ou n'a pas été signé avec cette clé."
        "The signature does not match the content: the badge was changed or was not signed with this key."
    ProofSetInconsistent "proof-set-inconsistent" "VC Data Integrity 1.0, Proof Sets"
        "Une signature correspond et une autre non : le badge a été modifié ou réenregistré."
        "One signature matches and another does not: the badge was changed or re-saved."
    ProofMalformed "proof-malformed" "VC Data Integrity 1.0, Proofs"
        "La signature est mal formée."
        "The signature is malformed."
    ProofChainBroken "proof-chain-broken" "VC Data Integrity 1.0, Proof Chains"
        "Une signature s'appuie sur une autre qui manque ou qui n'est pas la bonne."
        "A signature builds on another one that is missing or is not the right one."
    ProofUnsupported "proof-unsupported" "VC Data Integrity 1.0, Cryptosuites"
        "La signature est d'une sorte que cette version ne sait pas vérifier."
        "The signature is of a kind that this version cannot check."
    ProofExpired "proof-expired" "VC Data Integrity 1.0, expires"
        "La signature n'est plus valable à cette date."
        "The signature has passed its own end date."
    ProofTooComplex "proof-too-complex" "RDF Dataset Canonicalization 1.0, Dataset Poisoning"
        "Le badge est construit de façon à épuiser un vérificateur : il n'a pas été vérifié."
        "The badge is built in a way that exhausts a verifier: it was not checked."
    KeyNotListed "key-not-listed" "Controlled Identifiers 1.0, Retrieve Verification Method"
        "L'émetteur ne publie pas (ou plus) la clé qui a signé ce badge."
        "The issuer does not publish (or no longer publishes) the key that signed this badge."
    KeyRevoked "key-revoked" "Controlled Identifiers 1.0, revoked"
        "L'émetteur a déclaré compromise la clé qui a signé ce badge."
        "The issuer declared the key that signed this badge compromised."
    ContextUnknown "context-unknown" "VC Data Integrity 1.0, Context Validation"
        "Le badge emploie un vocabulaire que cette version ne connaît pas."
        "The badge uses a vocabulary that this version does not know."
    ContextRefused "context-refused" "VC Data Integrity 1.0, Context Validation"
        "Le badge change le sens des mots de la norme : son contenu ne peut pas être cru."
        "The badge changes the meaning of the standard's words: its content cannot be believed."
    ContentNotSigned "content-not-signed" "VC Data Integrity 1.0, Data Loss Detection"
        "Le badge contient des données que la signature ne peut pas couvrir."
        "The badge holds data that the signature cannot cover."
    HostedCopyRead "hosted-copy-read" "Open Badges 2.0, Hosted Verification"
        "Le badge a été relu chez son émetteur ; rien n'a été cru sur la seule foi du fichier."
        "The badge was read again at its issuer; nothing was believed on the file's word."
    HostedCopyDiffers "hosted-copy-differs" "Open Badges 2.0, Hosted Verification"
        "Le fichier présenté diffère du badge que l'émetteur publie à cette adresse."
        "The file that was presented differs from the badge its issuer publishes at that address."
    RecordsAgree "records-agree" "Open Badges 3.0, Baked Badge"
        "Les deux badges de cette image nomment le même badge, le même émetteur, la même personne et les mêmes dates."
        "The two badges in this picture name the same badge, issuer, person and dates."
    RecordsDisagree "records-disagree" "Open Badges 3.0, Baked Badge"
        "Les deux badges de cette image ne nomment pas le même badge, le même émetteur, la même personne ou les mêmes dates."
        "The two badges in this picture do not name the same badge, issuer, person or dates."

    // Is it in date?
    DatesHold "dates-hold" "VC Data Model 2.0, Validity Period"
        "Le badge est en cours de validité."
        "The badge is within its dates."
    DatesHoldForEver "dates-hold-for-ever" "VC Data Model 2.0, Validity Period"
        "Le badge n'a pas de date de fin."
        "The badge has no end date."
    Expired "expired" "VC Data Model 2.0, validUntil; Open Badges 2.0, expires"
        "Le badge est arrivé à sa date de fin."
        "The badge has passed its end date."
    NotYetValid "not-yet-valid" "VC Data Model 2.0, validFrom; Open Badges 2.0, issuedOn"
        "Le badge n'est pas encore en vigueur."
        "The badge is not in force yet."
    DatesBroken "dates-broken" "VC Data Model 2.0, Validity Period"
        "Une date du badge manque ou n'a pas de sens."
        "A date of the badge is missing or makes no sense."

    // Has it been withdrawn?
    NotWithdrawn "not-withdrawn" "Bitstring Status List 1.0, Validate"
        "La liste de l'émetteur ne retire pas ce badge."
        "The issuer's list does not withdraw this badge."
    StillPublished "still-published" "Open Badges 2.0, Hosted Verification"
        "L'émetteur publie toujours ce badge."
        "The issuer still publishes this badge."
    NoStatusDeclared "no-status-declared" "VC Data Model 2.0, Status"
        "Ce badge ne prévoit pas de retrait : son émetteur n'a donné aucun moyen de le savoir."
        "This badge makes no provision for withdrawal: its issuer gave no way to know."
    StatusRemark "status-remark" "Bitstring Status List 1.0, statusPurpose"
        "L'émetteur tient sur ce badge une liste qui ne dit rien d'un retrait."
        "The issuer keeps a list about this badge that says nothing of withdrawal."
    Revoked "revoked" "Bitstring Status List 1.0; Open Badges 2.0, revoked"
        "L'émetteur a retiré ce badge."
        "The issuer withdrew this badge."
    Suspended "suspended" "Bitstring Status List 1.0, statusPurpose"
        "L'émetteur a suspendu ce badge."
        "The issuer suspended this badge."
    StatusUnavailable "status-unavailable" "Bitstring Status List 1.0, STATUS_RETRIEVAL_ERROR"
        "La liste des retraits n'a pas pu être obtenue : on ne sait pas si le badge a été retiré."
        "The list of withdrawals could not be obtained: whether the badge was withdrawn is not known."
    StatusListBroken "status-list-broken" "Bitstring Status List 1.0, Validate"
        "La liste des retraits n'est pas valable : on ne sait pas si le badge a été retiré."
        "The list of withdrawals is not valid: whether the badge was withdrawn is not known."
    StatusListForeign "status-list-foreign" "Bitstring Status List 1.0, Validate"
        "La liste des retraits n'est pas celle de cet émetteur : on ne sait pas si le badge a été retiré."
        "The list of withdrawals is not this issuer's: whether the badge was withdrawn is not known."
    StatusListTooShort "status-list-too-short" "Bitstring Status List 1.0, STATUS_LIST_LENGTH_ERROR"
        "La liste des retraits est plus courte que la norme ne le permet."
        "The list of withdrawals is shorter than the standard allows."
    StatusUnsupported "status-unsupported" "VC Data Model 2.0, Status"
        "Le badge annonce ses retraits d'une façon que cette version ne sait pas lire."
        "The badge announces withdrawals in a way that this version cannot read."

    // Is it this person's?
    RecipientMatches "recipient-matches" "Open Badges 3.0, IdentityObject; Open Badges 2.0, IdentityObject"
        "Le badge a été remis à l'identité indiquée."
        "The badge was awarded to the identity that was given."
    RecipientDiffers "recipient-differs" "Open Badges 3.0, IdentityObject; Open Badges 2.0, IdentityObject"
        "Le badge n'a pas été remis à l'identité indiquée."
        "The badge was not awarded to the identity that was given."
    RecipientNotAsked "recipient-not-asked" "Open Badges 3.0, Verification"
        "Aucune identité n'a été indiquée : la question n'a pas été posée."
        "No identity was given: the question was not asked."
    RecipientNotComparable "recipient-not-comparable" "Open Badges 3.0, IdentityObject"
        "Le badge ne nomme personne par ce genre d'identité : on ne peut pas comparer."
        "The badge names nobody by this kind of identity: there is nothing to compare."

    // Reached no answer
    NotReached "not-reached" "policy"
        "La vérification s'est arrêtée avant cette question."
        "The check stopped before this question."
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_has_its_own_text_and_two_sentences() {
        let texts: BTreeSet<_> = Code::ALL.iter().map(|code| code.text()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
        for code in Code::ALL {
            let Sentence { fr, en } = code.sentence();
            assert!(fr.ends_with('.') && en.ends_with('.') && fr != en, "{}", code.text());
            assert!(
                code.text().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
                "{}",
                code.text()
            );
            assert!(!code.rule().is_empty());
        }
    }
}
