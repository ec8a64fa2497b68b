//! The five plain questions.

use super::code::Sentence;

/// The five questions, in the order they are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Was it really issued by this domain?
    Issuer,
    /// Is it unaltered?
    Unaltered,
    /// Is it in date?
    InDate,
    /// Has it been withdrawn?
    NotWithdrawn,
    /// Is it this person's?
    Recipient,
}

impl Question {
    /// All five.
    pub const ALL: [Self; 5] =
        [Self::Issuer, Self::Unaltered, Self::InDate, Self::NotWithdrawn, Self::Recipient];

    /// The stable text form.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::Unaltered => "unaltered",
            Self::InDate => "in-date",
            Self::NotWithdrawn => "not-withdrawn",
            Self::Recipient => "recipient",
        }
    }

    /// The question as it is put to a person.
    #[must_use]
    pub const fn sentence(self) -> Sentence {
        match self {
            Self::Issuer => Sentence {
                fr: "Ce domaine l'a-t-il vraiment délivré ?",
                en: "Was it really issued by this domain?",
            },
            Self::Unaltered => Sentence { fr: "Est-il intact ?", en: "Is it unaltered?" },
            Self::InDate => Sentence { fr: "Est-il en cours de validité ?", en: "Is it in date?" },
            Self::NotWithdrawn => Sentence {
                fr: "Est-il toujours maintenu par son émetteur ?",
                en: "Does its issuer still stand by it?",
            },
            Self::Recipient => Sentence {
                fr: "A-t-il été remis à cette personne ?",
                en: "Is it this person's?",
            },
        }
    }

    /// What a good answer does not prove.
    #[must_use]
    pub const fn does_not_prove(self) -> Sentence {
        match self {
            Self::Issuer => Sentence {
                fr: "Cela ne dit pas qui se cache derrière le domaine ; le nom écrit dans le badge est la parole de l'émetteur.",
                en: "It does not say who is behind the domain; the name written in the badge is the issuer's own word.",
            },
            Self::Unaltered => Sentence {
                fr: "Cela ne dit pas que le contenu est vrai, seulement que c'est bien ce que l'émetteur a écrit.",
                en: "It does not say that the content is true, only that it is what the issuer wrote.",
            },
            Self::InDate => Sentence {
                fr: "Cela ne dit pas que la personne sait encore faire ce qu'elle savait alors.",
                en: "It does not say that the person can still do what they could do then.",
            },
            Self::NotWithdrawn => Sentence {
                fr: "Cela vaut pour l'instant où la liste a été lue, pas pour la suite.",
                en: "It holds for the moment the list was read, not for later.",
            },
            Self::Recipient => Sentence {
                fr: "Cela ne dit pas que la personne devant vous est bien celle de cette identité.",
                en: "It does not say that the person before you is the one with this identity.",
            },
        }
    }
}
