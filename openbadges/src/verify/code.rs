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

    /// The text in `language` with the apostrophes of print and, in French, its narrow spaces that do not break. The table
    /// is written with the keys of a keyboard.
    #[must_use]
    pub fn in_print(&self, language: Language) -> String {
        let text = self.in_language(language).replace('\'', "’");
        match language {
            Language::English => text,
            Language::French => [':', ';', '!', '?', '»']
                .into_iter()
                .fold(text, |text, mark| {
                    text.replace(&format!(" {mark}"), &format!("\u{202f}{mark}"))
                })
                .replace("« ", "«\u{202f}"),
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
        "Ce fichier n'est ni une image PNG ou SVG, ni un texte de badge : il n'y a rien à vérifier."
        "This is neither a PNG or SVG picture nor the text of a badge: there is nothing to verify."
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
        "Le texte du badge est mal formé, trop grand, ou dit deux fois la même chose : il n'a pas pu être lu."
        "The badge's text is malformed, too large, or says a thing twice: it could not be read."
    TypeUnknown "type-unknown" "Open Badges 3.0, OpenBadgeCredential; Open Badges 2.0, Assertion"
        "Ce document n'est pas un badge Open Badges 2.0 ou 3.0."
        "This document is not an Open Badges 2.0 or 3.0 badge."
    NotABadge "not-a-badge" "VC Data Model 2.0, Types"
        "Ce document est une attestation vérifiable, mais pas un badge."
        "This document is a verifiable credential, but not a badge."
    EndorsementAlone "endorsement-alone" "Open Badges 3.0, EndorsementCredential; Open Badges 2.0, Endorsement"
        "Ce document est une recommandation : il parle d'un badge ou d'un émetteur, mais n'est pas un badge."
        "This document is an endorsement: it speaks of a badge or of an issuer, and is no badge."
    PresentationNotOne "presentation-not-one" "VC Data Model 2.0, Presentations"
        "Ce document présente plusieurs attestations, ou aucune : demandez le badge seul."
        "This document presents several credentials, or none: ask for the badge by itself."
    PresentationNotChecked "presentation-not-checked" "VC Data Model 2.0, Presentations"
        "Le badge était dans une présentation : celle-ci, et qui la présente, n'ont pas été vérifiés."
        "The badge came inside a presentation: that one, and who presents it, were not checked."
    FormUnsupported "form-unsupported" "Open Badges 2.0, Signed Badges; Open Badges 3.0, VC-JWT"
        "Ce badge est dans une forme que cette version ne sait pas vérifier."
        "This badge is in a form that this version cannot verify."
    LegacyVersion "legacy-version" "Open Badges 1.x"
        "Ce badge est d'une ancienne génération (1.1 ou avant), qui ne permet pas de savoir avec certitude qui l'a délivré."
        "This badge is of an old generation (1.1 or before), which gives no sure way to tell who issued it."
    LegacyPublished "legacy-still-published" "Open Badges 1.x"
        "L'adresse que ce badge ancien indique le publie toujours."
        "The address this old badge names still publishes it."
    ShapeBroken "shape-broken" "Open Badges 3.0, Data Model; Open Badges 2.0, Classes"
        "Le badge ne suit pas la forme que la norme exige."
        "The badge does not have the form the standard demands."
    ShapeTolerated "shape-tolerated" "Open Badges 3.0, Data Model"
        "Un élément est écrit sous une autre forme que celle de la norme ; il a été lu quand même."
        "A member is written in another form than the standard's; it was read all the same."
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
        "Un document nécessaire est mal formé, trop grand, ou dit deux fois la même chose."
        "A document the check needs is malformed, too large, or says a thing twice."
    DocumentIsPage "document-is-page" "Open Badges 2.0, Hosted Verification"
        "À l'adresse d'un document nécessaire, il y a une page web (peut-être une page de connexion)."
        "At the address of a document the check needs there is a web page (perhaps one to sign in)."

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
    IssuerSharedHost "issuer-shared-host" "policy: the domain decides"
        "Beaucoup de monde publie sous ce domaine : c'est l'adresse entière qui désigne l'émetteur, pas le domaine seul."
        "Many people publish under this domain: the whole address names the issuer, not the domain alone."
    IssuerMixedScripts "issuer-mixed-scripts" "Unicode Technical Standard 39"
        "Le nom de ce domaine mêle les lettres de plusieurs alphabets, comme le ferait une imitation : lisez-le de près."
        "This domain's name mixes letters of several alphabets, as an imitation would: read it closely."

    // Is it unaltered?
    ProofVerified "proof-verified" "VC Data Integrity 1.0, Verify Proof"
        "La signature correspond au contenu, au caractère près."
        "The signature matches the content to the letter."
    ProofVerifiedOlderContext "proof-verified-older-context" "VC Data Integrity 1.0; Open Badges context 3.0.3"
        "La signature correspond à une forme plus ancienne du vocabulaire ; ce qu'elle ne couvre pas a été écarté."
        "The signature matches an older published form of the vocabulary; what it does not cover was set aside."
    ProofDatedAhead "proof-dated-ahead" "VC Data Integrity 1.0, Proofs: created"
        "La signature porte une date encore à venir : l'horloge de l'émetteur avance peut-être."
        "The signature bears a date that is yet to come: its issuer's clock may be ahead."
    ProofForAnExchange "proof-for-an-exchange" "VC Data Integrity 1.0, Proofs: domain, challenge"
        "La signature a été faite pour un site ou un échange en particulier ; lequel, cela n'a pas été vérifié."
        "The signature was made for one site or one exchange; which one was not checked."
    TokenVerified "token-verified" "RFC 7515; Open Badges 3.0, VC-JWT; Open Badges 2.0, Signed Badges"
        "La signature correspond au contenu, au caractère près."
        "The signature matches the content to the letter."
    TokenMalformed "token-malformed" "RFC 7515, Compact Serialization"
        "Le texte signé est mal formé : il n'a pas pu être lu."
        "The signed text is malformed: it could not be read."
    TokenProvesNothing "token-proves-nothing" "RFC 8725; Open Badges 3.0, VC-JWT"
        "Le badge annonce une signature qui ne prouve rien : n'importe qui aurait pu l'écrire."
        "The badge announces a signature that proves nothing: anybody could have written it."
    TokenOtherAlgorithm "token-other-algorithm" "RFC 8725, Perform Algorithm Verification"
        "Le badge annonce une autre sorte de signature que celle que fait la clé de l'émetteur."
        "The badge announces another kind of signature than the issuer's key makes."
    TokenSetsConditions "token-sets-conditions" "RFC 7515, crit; RFC 7797"
        "Le badge demande à être lu d'une façon qui n'est pas celle de la norme : il a été refusé."
        "The badge asks to be read in another way than the standard's: it was refused."
    TokenHoldsSecret "token-holds-secret" "RFC 7517; Open Badges 3.0, VC-JWT"
        "Une clé secrète est publiée avec ce badge : n'importe qui peut signer à la place de son propriétaire."
        "A secret key is published with this badge: anybody can sign in its owner's place."
    ClaimMissing "claim-missing" "Open Badges 3.0, VC-JWT"
        "Le badge signé ne dit pas tout ce que la norme lui demande de répéter."
        "The signed badge does not say everything the standard asks it to repeat."
    ClaimsDisagree "claims-disagree" "Open Badges 3.0, VC-JWT"
        "Le badge dit deux fois la même chose, et pas de la même façon."
        "The badge says the same thing twice, and not alike."
    ClaimsRefused "claims-refused" "Open Badges 3.0, VC-JWT; RFC 7519"
        "Le badge signé emploie un élément d'une façon que la norme ne permet pas."
        "The signed badge uses a member in a way the standard does not allow."
    SignatureNotGiven "signature-not-given" "Open Badges 2.0, Signed Badges"
        "Ce badge se dit signé, mais sa signature n'est pas là : demandez l'image ou le fichier d'origine."
        "This badge says that it is signed, but its signature is not there: ask for the original picture or file."
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
        "Le badge est construit de façon si compliquée qu'il faudrait trop de temps : il n'a pas été vérifié."
        "The badge is built in so complicated a way that it would take too long: it was not checked."
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
    ResourceDiffers "resource-differs" "VC Data Model 2.0, Integrity of Related Resources"
        "Un fichier que le badge désigne n'est pas celui que son émetteur a signé."
        "A file the badge names is not the one its issuer signed."
    ResourceMatches "resource-matches" "VC Data Model 2.0, Integrity of Related Resources"
        "Un fichier que le badge désigne est celui que son émetteur a signé."
        "A file the badge names is the one its issuer signed."
    ResourceNotChecked "resource-not-checked" "VC Data Model 2.0, Integrity of Related Resources"
        "Un fichier que le badge désigne n'a pas été comparé à son empreinte."
        "A file the badge names was not compared with its digest."
    PictureDiffers "picture-differs" "VC Data Model 2.0, Integrity of Related Resources"
        "Cette image n'est aucune de celles que l'émetteur a signées pour ce badge : elle a été réenregistrée ou retouchée, ou c'est l'image d'un autre badge. Fiez-vous aux mots du badge, pas au dessin."
        "This picture is none of those the issuer signed for this badge: it was saved anew or drawn on, or it is another badge's. Go by the badge's words, not by the drawing."
    SchemaCovered "schema-covered" "Open Badges 3.0, Credential Schema"
        "Le badge renvoie à un schéma officiel d'Open Badges, dont les règles font partie de cette vérification."
        "The badge names an official Open Badges schema, whose rules are part of this check."
    SchemaNotChecked "schema-not-checked" "VC Data Model 2.0, Data Schemas"
        "Le badge renvoie à un schéma qui n'a pas été vérifié."
        "The badge names a schema that was not checked."
    ExtensionNotChecked "extension-not-checked" "Open Badges 2.0, Extensions"
        "Le badge contient une extension, qui n'a pas été vérifiée."
        "The badge holds an extension, which was not checked."
    EvidenceNotChecked "evidence-not-checked" "Open Badges 3.0, Evidence; Open Badges 2.0, Evidence"
        "Le badge renvoie à des preuves, que personne n'a lues pour cette vérification."
        "The badge names evidence, which nobody read for this check."
    TermsNotChecked "terms-not-checked" "VC Data Model 2.0, Terms of Use"
        "Le badge est accompagné de conditions d'utilisation, qui n'ont pas été examinées."
        "The badge comes with terms of use, which were not looked at."
    Refreshed "refreshed" "Open Badges 3.0, Verification: refresh"
        "L'émetteur a donné une version plus récente de ce badge : c'est elle qui a été vérifiée."
        "The issuer gave a newer version of this badge: that one was checked."
    RefreshNotUsed "refresh-not-used" "Open Badges 3.0, Verification: refresh"
        "L'émetteur n'a pas donné de version plus récente utilisable : le badge a été vérifié tel qu'il a été présenté."
        "The issuer gave no newer version that could be used: the badge was checked as it was presented."
    FreshCopy "fresh-copy" "policy: re-signed badges"
        "L'émetteur a signé ce badge à nouveau : demandez-en une copie à jour, à son adresse."
        "The issuer signed this badge anew: get a fresh copy at its address."
    RecordsAgree "records-agree" "Open Badges 3.0, Baked Badge"
        "Les deux badges de cette image nomment le même badge, le même émetteur, la même personne et les mêmes dates."
        "The two badges in this picture name the same badge, issuer, person and dates."
    RecordsDisagree "records-disagree" "Open Badges 3.0, Baked Badge"
        "Les deux badges de cette image ne nomment pas le même badge, le même émetteur, la même personne ou les mêmes dates."
        "The two badges in this picture do not name the same badge, issuer, person or dates."

    RecordsNotComparable "records-not-comparable" "Open Badges 3.0, Baked Badge"
        "Les deux badges de cette image désignent la personne de deux façons qui ne se comparent pas : indiquez qui elle est pour savoir si c'est la même."
        "The two badges in this picture name the person in two ways that cannot be compared: say who it is to know whether it is the same one."

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
    StatusRemarkNotRead "status-remark-not-read" "Bitstring Status List 1.0, statusPurpose"
        "L'émetteur tient sur ce badge une liste d'informations, qui n'a pas pu être lue."
        "The issuer keeps a list with information about this badge, which could not be read."
    StatusMessage "status-message" "Bitstring Status List 1.0, statusMessage"
        "L'émetteur a joint un message à ce badge."
        "The issuer attached a message to this badge."
    StatusRefresh "status-refresh" "Bitstring Status List 1.0, statusPurpose"
        "L'émetteur annonce une version plus récente de ce badge : demandez-en une copie à jour."
        "The issuer announces a newer version of this badge: ask for a fresh copy."
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
    StatusListShort "status-list-short" "Bitstring Status List 1.0, STATUS_LIST_LENGTH_ERROR"
        "La liste des retraits est plus courte que la norme ne le permet ; elle a été lue quand même, comme demandé."
        "The list of withdrawals is shorter than the standard allows; it was read all the same, as asked."
    StatusListOutdated "status-list-outdated" "policy: the newest list that was seen"
        "Une liste des retraits plus récente a déjà été vue : on ne sait pas si le badge a été retiré depuis."
        "A newer list of withdrawals was seen before: whether the badge was withdrawn since is not known."
    StatusTooMany "status-too-many" "policy"
        "Le badge renvoie à plus de listes de retraits qu'il n'en est lu ici."
        "The badge names more lists of withdrawals than are read here."
    RevocationListNotRead "revocation-list-not-read" "Open Badges 2.0, RevocationList"
        "L'émetteur tient aussi une liste de retraits, qui n'a pas pu être lue ; pour ce badge, c'est son adresse qui compte."
        "The issuer also keeps a list of withdrawals, which could not be read; for this badge its address is what counts."
    RevocationEntryOdd "revocation-entry-odd" "Open Badges 2.0, RevocationList; 1EdTech Revocation List"
        "La liste des retraits nomme ce badge pour dire qu'il n'est pas retiré."
        "The list of withdrawals names this badge to say that it is not withdrawn."
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
    RecipientNameMatches "recipient-name-matches" "Open Badges 3.0, IdentityObject"
        "Le nom contenu dans le lien privé est celui que l'émetteur a signé."
        "The name in the private link is the one the issuer signed."
    RecipientNameDiffers "recipient-name-differs" "Open Badges 3.0, IdentityObject"
        "Le nom contenu dans le lien privé n'est pas celui que l'émetteur a signé."
        "The name in the private link is not the one the issuer signed."
    RecipientNotAsked "recipient-not-asked" "Open Badges 3.0, Verification"
        "Aucune identité n'a été indiquée : la question n'a pas été posée."
        "No identity was given: the question was not asked."
    RecipientNotComparable "recipient-not-comparable" "Open Badges 3.0, IdentityObject"
        "Le badge ne nomme personne par ce genre d'identité : on ne peut pas comparer."
        "The badge names nobody by this kind of identity: there is nothing to compare."

    // Endorsements: what others say of the badge
    EndorsementHolds "endorsement-holds" "Open Badges 3.0, EndorsementCredential; Open Badges 2.0, Endorsement"
        "Ce domaine recommande bien ce badge, son modèle ou son émetteur."
        "This domain does endorse the badge, its class or its issuer."
    EndorsementFails "endorsement-fails" "Open Badges 3.0, EndorsementCredential; Open Badges 2.0, Endorsement"
        "Cette recommandation ne tient pas : elle est fausse, modifiée, périmée ou retirée."
        "This endorsement does not hold: it is forged, changed, expired or withdrawn."
    EndorsementUndecided "endorsement-undecided" "Open Badges 3.0, EndorsementCredential; Open Badges 2.0, Endorsement"
        "Cette recommandation n'a pas pu être vérifiée."
        "This endorsement could not be checked."
    EndorsementOfAnother "endorsement-of-another" "Open Badges 3.0, EndorsementSubject; Open Badges 2.0, Endorsement"
        "Cette recommandation parle d'autre chose que de ce badge."
        "This endorsement speaks of something else than this badge."
    EndorsementsLeftOut "endorsements-left-out" "policy"
        "Il y a d'autres recommandations, qui n'ont pas été vérifiées."
        "There are more endorsements, which were not checked."

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
    fn a_french_sentence_is_set_as_in_print() {
        let sentence = Sentence { fr: "L'été : « oui » ?", en: "It's" };
        let french = "L’été\u{202f}: «\u{202f}oui\u{202f}»\u{202f}?";
        assert_eq!(sentence.in_print(Language::French), french);
        assert_eq!(sentence.in_print(Language::English), "It’s");
    }

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
