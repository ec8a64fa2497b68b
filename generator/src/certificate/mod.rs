//! A badge on paper: one A4 sheet with a name on it, for issuers who hand one over.
//!
//! The sheet is made from a [`Certificate`] alone: no disk, no clock. The same values give the same bytes. The name is in the
//! file that is made and nowhere else.
//!
//! The PDF is tagged (headings, paragraphs, figures with alternative text, in reading order), says its language and title,
//! holds its letters, and carries the signed record as an associated file. It is written as PDF/A-3a and PDF/UA-1: `krilla`
//! refuses to write what breaks a rule of either that a program can see.

mod sheet;
#[cfg(test)]
mod tests;

use openbadges::time::Timestamp;

use crate::lettering::Face;
use crate::qr::Code;

/// Most characters of a name.
pub const NAME_CHARACTERS_MAX: usize = 120;

/// Everything that is on the sheet. Sentences are in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The language tag of all words.
    pub lang: String,
    /// The title of the document.
    pub title: String,
    /// What the sheet is, and what sort of recognition the badge is.
    pub eyebrow: String,
    /// Whose badge it is, as it was typed.
    pub name: String,
    /// "received the badge".
    pub received: String,
    /// The badge's name.
    pub badge: String,
    /// Number and name of the level.
    pub level: Option<String>,
    /// One or two sentences about the badge.
    pub description: String,
    /// When it was awarded, and until when it counts.
    pub dates: String,
    /// "Issued by".
    pub issued_by: String,
    /// The domain that is the issuer's identity.
    pub host: String,
    /// The issuer's name.
    pub issuer: String,
    /// That the paper proves nothing, and what does.
    pub proof: String,
    /// The address of the badge's page.
    pub url: String,
    /// The code of that address; none when it is too long for one.
    pub code: Option<Code>,
    /// What the code is, for those who do not see it.
    pub code_alt: String,
    /// The badge, as PNG.
    pub picture: Vec<u8>,
    /// What it shows.
    pub picture_alt: String,
    /// The signed record.
    pub record: Vec<u8>,
    /// What the record is.
    pub record_title: String,
    /// When the badge was awarded.
    pub awarded: Timestamp,
    /// The award's id: the document's own, too.
    pub id: String,
    /// The colour of the domain, `#rrggbb`.
    pub accent: String,
    /// The colour of the sea at the foot, `#rrggbb`.
    pub sea: String,
    /// The colour of the rings around the badge, `#rrggbb`.
    pub line: String,
}

impl Certificate {
    /// Makes the PDF.
    ///
    /// # Errors
    /// [`CertificateError`] when the name cannot be written in the letters there are, or the PDF would break a rule.
    pub fn pdf(&self) -> Result<Vec<u8>, CertificateError> {
        let missing = Face::SemiBold.missing(&self.name);
        if !missing.is_empty() {
            return Err(CertificateError::Letters { missing });
        }
        sheet::draw(self)
    }
}

/// Why there is no certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// The name has characters that the bundled letters do not have.
    #[error("there are no letters for {missing:?}")]
    Letters {
        /// Those characters.
        missing: Vec<char>,
    },
    /// The picture of the badge is no PNG that can be put on paper.
    #[error("the picture cannot be put on paper: {reason}")]
    Picture {
        /// Why.
        reason: String,
    },
    /// The PDF would not be what it says it is.
    #[error("the PDF was not written: {reason}")]
    Pdf {
        /// The writer's words.
        reason: String,
    },
}
