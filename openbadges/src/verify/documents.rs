//! What the shell fetched, or could not fetch, for the engine.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::iri::Iri;

use super::code::Sentence;

/// The documents handed to a run, by the IRI that was asked for. An unavailable document is an answer too.
#[derive(Debug, Clone, Default)]
pub struct Documents(BTreeMap<Iri, Answer>);

impl Documents {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes an answer. The first answer to an IRI stands: a run must not change its mind half way.
    pub fn supply(&mut self, asked: Iri, answer: Answer) {
        self.0.entry(asked).or_insert(answer);
    }

    /// The answer to `asked`, if there is one yet.
    #[must_use]
    pub fn get(&self, asked: &Iri) -> Option<&Answer> {
        self.0.get(asked)
    }

    /// Every answer, by IRI.
    pub fn iter(&self) -> impl Iterator<Item = (&Iri, &Answer)> {
        self.0.iter()
    }

    /// How many answers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An answer to a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Who gave it.
    pub source: Source,
    /// Every address on the way to the last one, which is in [`Body::url`]; empty without redirects.
    pub hops: Vec<Iri>,
    /// The body, or why there is none.
    pub body: Result<Body, Unavailable>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The final address: a document speaks only for this host.
    pub url: Iri,
    /// The HTTP status.
    pub status: u16,
    /// The media type, as the host gave it.
    pub content_type: Option<String>,
    /// The bytes, unchanged.
    pub bytes: Vec<u8>,
}

/// Where an answer came from. The report names everything that is not the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Fetched for this run.
    Network,
    /// Given in the place of the network: a map, or a built folder.
    StandIn,
    /// Kept from an earlier run.
    Cache,
}

impl Source {
    /// The word the report uses.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::StandIn => "stand-in",
            Self::Cache => "cache",
        }
    }
}

/// Declares [`Unavailable`]: variant, stable code, English, French.
macro_rules! reasons {
    ($($variant:ident $code:literal $en:literal $fr:literal)*) => {
        /// Why a document could not be had.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
        #[non_exhaustive]
        pub enum Unavailable {
            $(#[doc = $en] #[error($en)] $variant,)*
        }

        impl Unavailable {
            /// Every reason.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable word of the report.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What happened, in one sentence.
            #[must_use]
            pub const fn sentence(self) -> Sentence {
                match self { $(Self::$variant => Sentence { fr: $fr, en: $en },)* }
            }
        }
    };
}

reasons! {
    // Nobody was asked
    Offline "offline"
        "The network was not used."
        "Le réseau n'a pas été utilisé."
    AddressRefused "address-refused"
        "Only `https` addresses on the usual port, without a user name, are asked."
        "On n'interroge que des adresses en `https`, sur le port habituel et sans nom d'utilisateur."
    HostRefused "host-refused"
        "This host is not among those that may be asked."
        "Cet hôte ne fait pas partie de ceux que l'on interroge."
    PrivateNetwork "private-network"
        "The address leads into a private or reserved network, which is not asked."
        "L'adresse mène dans un réseau privé ou réservé, que l'on n'interroge pas."
    Exhausted "exhausted"
        "The check had already taken all the time or data it may take."
        "La vérification avait déjà pris tout le temps ou toutes les données permises."
    // Nobody answered
    NameUnknown "name-unknown"
        "No host of this name was found."
        "Aucun hôte de ce nom n'a été trouvé."
    NoConnection "no-connection"
        "The host could not be reached."
        "L'hôte n'a pas pu être joint."
    CertificateExpired "certificate-expired"
        "The host's certificate is out of date."
        "Le certificat de l'hôte n'est pas en cours de validité."
    CertificateForOtherHost "certificate-for-other-host"
        "The host's certificate is for another name."
        "Le certificat de l'hôte est établi pour un autre nom."
    CertificateUnknown "certificate-unknown"
        "No known authority vouches for the host's certificate."
        "Aucune autorité connue ne garantit le certificat de l'hôte."
    NotSecure "not-secure"
        "No secure connection to the host could be made."
        "Aucune connexion sûre avec l'hôte n'a pu être établie."
    // The answer was of no use
    TooSlow "too-slow"
        "The host did not answer in time."
        "L'hôte n'a pas répondu à temps."
    Broken "broken"
        "The answer broke off, or is not an answer a web server may give."
        "La réponse s'est interrompue, ou n'est pas de celles qu'un serveur web peut donner."
    TooManyRedirects "too-many-redirects"
        "The address leads on too many times."
        "L'adresse renvoie trop de fois plus loin."
    TooLarge "too-large"
        "The document is larger than any a badge needs."
        "Le document est plus grand que tout ce dont un badge a besoin."
    Unreadable "unreadable"
        "The file that stands in for the address cannot be read."
        "Le fichier qui tient lieu de cette adresse ne peut pas être lu."
}

impl Serialize for Unavailable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_reason_has_its_own_code_and_two_sentences() {
        let codes: BTreeSet<_> = Unavailable::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), Unavailable::ALL.len());
        for reason in Unavailable::ALL {
            let Sentence { fr, en } = reason.sentence();
            assert!(fr.ends_with('.') && en.ends_with('.') && fr != en, "{}", reason.code());
        }
    }
}
