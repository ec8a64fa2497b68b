//! Recipient identities: hash one, and match one against what a record claims.
//!
//! Both generations hash alike, UTF-8 of the identity followed by UTF-8 of the salt, so this is one module for both; how
//! each spells its members is the business of [`crate::ob2`] and [`crate::ob3`]. A salted hash that stands next to its
//! salt stops bulk look-ups and nothing more: whoever holds the badge can test guesses (OB2-HASH-8, OB3-IDO-8).
//!
//! A *hidden name* is a hash whose salt is kept out of the record; deleting that salt erases the name.
//!
//! Spec: OB2-HASH-1 to OB2-HASH-8, OB2-ID-5, OB3-IDO-3 to OB3-IDO-8.

use std::fmt;

use md5::Md5;
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

/// Lower-case Crockford base32: digits and letters without `i`, `l`, `o`, `u`; also the alphabet of award ids.
const ID_ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A salt that somebody else wrote is read up to this length.
const SALT_BYTES_MAX: usize = 1024;

/// The hash functions of `IdentityHash`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum HashAlgorithm {
    /// SHA-256, the one that is written.
    Sha256,
    /// MD5: read in old badges, never written.
    Md5,
}

impl HashAlgorithm {
    /// The name before the `$`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Md5 => "md5",
        }
    }

    fn digest(self, identity: &str, salt: &str) -> Box<[u8]> {
        match self {
            Self::Sha256 => Box::from(
                Sha256::new().chain_update(identity).chain_update(salt).finalize().as_slice(),
            ),
            Self::Md5 => Box::from(
                Md5::new().chain_update(identity).chain_update(salt).finalize().as_slice(),
            ),
        }
    }

    fn digest_length(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Md5 => 16,
        }
    }
}

/// A hashed identity as Open Badges writes it: algorithm, `$`, hexadecimal digest.
///
/// Spec: OB 2.0 `IdentityHash` (OB2-HASH-1, OB2-HASH-2); OB 3.0 `IdentityObject.identityHash` (OB3-IDO-6).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecipientHash {
    algorithm: HashAlgorithm,
    digest: Box<[u8]>,
}

impl RecipientHash {
    /// Hashes `identity` followed by `salt`, as UTF-8, with SHA-256.
    #[must_use]
    pub fn of(identity: &Identity, salt: &Salt) -> Self {
        let algorithm = HashAlgorithm::Sha256;
        Self { algorithm, digest: algorithm.digest(identity.as_str(), salt.as_str()) }
    }

    /// Hashes the normalised `name` followed by its private salt, with SHA-256.
    #[must_use]
    pub fn of_name(name: &str, salt: &NameSalt) -> Self {
        let algorithm = HashAlgorithm::Sha256;
        Self { algorithm, digest: algorithm.digest(&normalize_name(name), salt.as_str()) }
    }

    /// Reads `sha256$…` or `md5$…`, hexadecimal in either case.
    ///
    /// # Errors
    /// [`RecipientHashError`] when the algorithm is another one, or the digest is not its length in hexadecimal.
    pub fn parse(text: &str) -> Result<Self, RecipientHashError> {
        let (name, digits) = text.split_once('$').ok_or(RecipientHashError::Shape)?;
        let algorithm = match name {
            "sha256" => HashAlgorithm::Sha256,
            "md5" => HashAlgorithm::Md5,
            _ => return Err(RecipientHashError::Algorithm),
        };
        let digest = from_hex(digits).ok_or(RecipientHashError::Digest)?;
        if digest.len() != algorithm.digest_length() {
            return Err(RecipientHashError::Digest);
        }
        Ok(Self { algorithm, digest: digest.into() })
    }

    /// The algorithm.
    #[must_use]
    pub fn algorithm(&self) -> HashAlgorithm {
        self.algorithm
    }

    /// Whether this is the SHA-256 of the normalised `name` followed by `salt`.
    #[must_use]
    pub fn is_of_name(&self, name: &str, salt: &NameSalt) -> bool {
        *self == Self::of_name(name, salt)
    }

    fn is_of(&self, identity: &str, salt: &str) -> bool {
        self.digest == self.algorithm.digest(identity, salt)
    }
}

impl fmt::Display for RecipientHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}$", self.algorithm.name())?;
        self.digest.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for RecipientHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecipientHash({self})")
    }
}

/// Why a text is no `IdentityHash`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecipientHashError {
    /// There is no `$`.
    #[error("a hashed identity is an algorithm, `$` and hexadecimal digits")]
    Shape,
    /// The algorithm is neither `sha256` nor `md5`.
    #[error("the algorithm of a hashed identity is `sha256` or `md5`")]
    Algorithm,
    /// The digest is not hexadecimal, or not as long as its algorithm makes it.
    #[error("the digest is not as many hexadecimal digits as its algorithm makes")]
    Digest,
}

/// The text that is appended to an identity before it is hashed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Salt(Box<str>);

impl Salt {
    /// Makes a fresh salt of 128 bits; their randomness is the caller's promise, and that each record gets its own.
    ///
    /// Spec: OB2-HASH-5, OB3-IDO-7.
    #[must_use]
    pub fn from_random(bits: [u8; 16]) -> Self {
        Self(id_text(bits).into())
    }

    /// Takes a salt out of a record: any text up to a bound.
    ///
    /// # Errors
    /// [`SaltError::Length`] when it is longer than any salt has a reason to be.
    pub fn parse(text: &str) -> Result<Self, SaltError> {
        if text.len() > SALT_BYTES_MAX {
            return Err(SaltError::Length);
        }
        Ok(Self(text.into()))
    }

    /// The salt as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The salt of a hidden name: exactly 26 characters of the id alphabet, known to the register and the private link only.
///
/// The length is fixed because name and salt are hashed without a separator: with a free length, the tail of another
/// person's name could be moved into the salt.
#[derive(Clone, PartialEq, Eq)]
pub struct NameSalt(Box<str>);

impl NameSalt {
    /// The number of characters.
    pub const LENGTH: usize = 26;

    /// Makes a salt of 128 bits; their randomness is the caller's promise.
    #[must_use]
    pub fn from_random(bits: [u8; 16]) -> Self {
        Self(id_text(bits).into())
    }

    /// Reads a salt out of a register or a link.
    ///
    /// # Errors
    /// [`SaltError`] when the length or the alphabet is another.
    pub fn parse(text: &str) -> Result<Self, SaltError> {
        if text.len() != Self::LENGTH {
            return Err(SaltError::Length);
        }
        if !text.bytes().all(|byte| ID_ALPHABET.contains(&byte)) {
            return Err(SaltError::Alphabet);
        }
        Ok(Self(text.into()))
    }

    /// The salt as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for NameSalt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NameSalt(private)")
    }
}

/// Why a text is no salt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SaltError {
    /// Longer than the bound, or not the 26 characters of a name's salt.
    #[error("the salt has the wrong length")]
    Length,
    /// A character outside the id alphabet.
    #[error("the salt of a name uses `0-9` and `a-z` without `i`, `l`, `o`, `u`")]
    Alphabet,
}

/// What a learner's link carries behind `#`: the name that the badge hides, and its salt. A browser sends it to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateLink {
    /// The name, as written in the link. Hostile text until it was compared.
    pub name: String,
    /// Its salt.
    pub salt: NameSalt,
}

/// The longest name in a link.
const LINKED_NAME_BYTES_MAX: usize = 1024;

impl PrivateLink {
    /// Reads a fragment of the form `n=<name>&s=<salt>`, percent-encoded; nothing when it has another form.
    #[must_use]
    pub fn parse(fragment: &str) -> Option<Self> {
        let member = |wanted: &str| {
            let mut members = fragment.split('&').filter_map(|member| member.split_once('='));
            members.find(|(name, _)| *name == wanted).map(|(_, value)| value)
        };
        let name = percent_decoded(member("n")?)?;
        let salt = NameSalt::parse(member("s")?).ok()?;
        (!name.is_empty() && name.len() <= LINKED_NAME_BYTES_MAX).then_some(Self { name, salt })
    }
}

impl fmt::Debug for PrivateLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateLink(private)")
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let (digits, after) = after.split_at_checked(2)?;
            bytes.extend(from_hex(std::str::from_utf8(digits).ok()?)?);
            rest = after;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

/// The one spelling of a name that is hashed: NFC, no white space at the ends, single spaces inside.
#[must_use]
pub fn normalize_name(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(|word| word.nfc().collect()).collect();
    words.join(" ")
}

/// What somebody says they are: an address, a URL, a DID, a telephone number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// The spelling that is hashed when a badge is issued.
    text: Box<str>,
    /// The spelling that was given, if it is another one; only an e-mail address has one.
    as_given: Option<Box<str>>,
}

impl Identity {
    /// Takes an e-mail address: white space at its ends is dropped, and it is hashed in lower case.
    ///
    /// # Errors
    /// [`NotAnEmail`] when the text does not look like one.
    ///
    /// Spec: OB2-HASH-4, OB3-IDO-7.
    pub fn email(text: &str) -> Result<Self, NotAnEmail> {
        let given = text.trim();
        if !looks_like_email(given) {
            return Err(NotAnEmail);
        }
        let lower = given.to_lowercase();
        let as_given = (lower != given).then(|| given.into());
        Ok(Self { text: lower.into(), as_given })
    }

    /// Takes a URL, a DID, a telephone number or any other identity, which is hashed and compared exactly as it is.
    #[must_use]
    pub fn exact(text: &str) -> Self {
        Self { text: text.into(), as_given: None }
    }

    /// Takes what a person typed: an e-mail address if it looks like one, else exactly that text without the white space
    /// at its ends.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        Self::email(text).unwrap_or_else(|NotAnEmail| Self::exact(text.trim()))
    }

    /// The spelling that is hashed when a badge is issued.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a record claims this identity. An e-mail address is tried as it was given and in lower case.
    ///
    /// Spec: OB2-HASH-4, OB2-HASH-7.
    #[must_use]
    pub fn matches(&self, claim: &Claim) -> bool {
        let mut spellings = [Some(&self.text), self.as_given.as_ref()].into_iter().flatten();
        spellings.any(|spelling| match claim {
            Claim::Plain(text) => **spelling == **text,
            Claim::Hashed { hash, salt } => {
                hash.is_of(spelling, salt.as_ref().map_or("", Salt::as_str))
            }
        })
    }
}

/// The text does not look like an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this does not look like an e-mail address, such as `name@example.org`")]
pub struct NotAnEmail;

/// `x@y`: one `@` that is not at an end, and no white space. More would refuse honest addresses.
fn looks_like_email(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
        && !text.contains("://")
}

/// What a record says about its recipient, consistent in itself.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Claim {
    /// The identity in clear.
    Plain(Box<str>),
    /// Its hash.
    Hashed {
        /// The hash.
        hash: RecipientHash,
        /// The salt, if there is one.
        salt: Option<Salt>,
    },
}

impl Claim {
    /// Reads the members `hashed`, `identity` (OB 2.0) or `identityHash` (OB 3.0), and `salt`.
    ///
    /// # Errors
    /// [`ClaimError`] when `hashed` and the shape of the identity say different things, or the salt is too long.
    ///
    /// Spec: OB2-ID-5, OB3-IDO-2, OB3-IDO-3, OB3-IDO-5.
    pub fn new(hashed: bool, identity: &str, salt: Option<&str>) -> Result<Self, ClaimError> {
        let hash = RecipientHash::parse(identity);
        if !hashed {
            return match hash {
                Ok(_) => Err(ClaimError::HashInPlain),
                Err(_) => Ok(Self::Plain(identity.into())),
            };
        }
        let salt = salt.map(Salt::parse).transpose().map_err(ClaimError::Salt)?;
        Ok(Self::Hashed { hash: hash.map_err(ClaimError::Hash)?, salt })
    }
}

/// Why a record's claim about its recipient cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClaimError {
    /// `hashed` is true, and the identity is no hash.
    #[error("{0}")]
    Hash(RecipientHashError),
    /// `hashed` is false, and the identity is a hash.
    #[error("the identity is said to be in clear and has the form of a hash")]
    HashInPlain,
    /// The salt is too long.
    #[error("{0}")]
    Salt(SaltError),
}

/// 128 bits as 26 characters of the id alphabet, with two zero bits in front.
fn id_text(bits: [u8; 16]) -> String {
    let bits = u128::from_be_bytes(bits);
    let digit = |place: u32| usize::try_from((bits >> (5 * place)) & 31).unwrap_or_default();
    (0..26)
        .rev()
        .filter_map(|place| ID_ALPHABET.get(digit(place)).copied().map(char::from))
        .collect()
}

fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let nibble =
        |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let byte = |[high, low]: &[u8; 2]| Some(nibble(*high)? << 4 | nibble(*low)?);
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KOSHER: &str = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399";

    fn kosher() -> Salt {
        Salt::parse("Kosher").unwrap()
    }

    /// OB2-HASH-6, OB3-IDO-6.
    #[test]
    fn the_salt_comes_after_the_identity() {
        let hash = RecipientHash::of(&Identity::exact("a@example.com"), &kosher());
        assert_eq!(hash.to_string(), KOSHER);
        let unsalted = RecipientHash::of(&Identity::exact("mayze"), &Salt::parse("").unwrap());
        assert_eq!(
            unsalted.to_string(),
            "sha256$7a1a1b3f7d40552e4299180e346e3add12bf9a751a43d9c4ca4518febc2c60c6"
        );
    }

    /// OB2-HASH-2: either case is read, lower case is written, MD5 is read only.
    #[test]
    fn both_algorithms_and_both_cases_are_read() {
        let upper = KOSHER.to_uppercase().replace("SHA256", "sha256");
        assert_eq!(RecipientHash::parse(&upper).unwrap().to_string(), KOSHER);
        let md5 = Claim::new(true, "md5$ddd142639a792e74751ee7e129237efa", Some("Kosher")).unwrap();
        assert!(Identity::exact("a@example.com").matches(&md5));
        assert!(!Identity::exact("b@example.com").matches(&md5));
    }

    #[test]
    fn what_is_no_hash_is_refused_for_its_reason() {
        let digest = KOSHER.split_once('$').unwrap().1;
        let short = digest.get(2..).unwrap();
        for (text, error) in [
            (digest.to_owned(), RecipientHashError::Shape),
            (format!("sha1${digest}"), RecipientHashError::Algorithm),
            (format!("SHA256${digest}"), RecipientHashError::Algorithm),
            (format!("md5${digest}"), RecipientHashError::Digest),
            (format!("sha256${digest}0"), RecipientHashError::Digest),
            (format!("sha256${short}"), RecipientHashError::Digest),
            (format!("sha256${short}+f"), RecipientHashError::Digest),
            (format!("sha256${short}é"), RecipientHashError::Digest),
        ] {
            assert_eq!(RecipientHash::parse(&text), Err(error), "{text}");
        }
    }

    /// OB2-ID-5.
    #[test]
    fn a_claim_that_contradicts_itself_is_refused() {
        assert_eq!(Claim::new(false, KOSHER, None), Err(ClaimError::HashInPlain));
        assert_eq!(
            Claim::new(true, "a@example.com", None),
            Err(ClaimError::Hash(RecipientHashError::Shape))
        );
        assert_eq!(
            Claim::new(true, KOSHER, Some(&"s".repeat(1025))),
            Err(ClaimError::Salt(SaltError::Length))
        );
    }

    /// OB2-HASH-4, OB2-HASH-7.
    #[test]
    fn an_address_is_hashed_in_lower_case_and_matched_in_both_spellings() {
        let typed = Identity::typed(" A@Example.com ");
        assert_eq!(typed.as_str(), "a@example.com");
        assert!(typed.matches(&Claim::new(true, KOSHER, Some("Kosher")).unwrap()));
        let as_given = RecipientHash::of(&Identity::exact("A@Example.com"), &kosher()).to_string();
        assert!(typed.matches(&Claim::new(true, &as_given, Some("Kosher")).unwrap()));
        assert!(typed.matches(&Claim::new(false, "a@example.com", None).unwrap()));
        assert!(!typed.matches(&Claim::new(true, KOSHER, Some("kosher")).unwrap()));
        assert!(!typed.matches(&Claim::new(true, KOSHER, None).unwrap()));
    }

    #[test]
    fn what_is_no_address_is_compared_exactly() {
        for text in ["https://a.example/@me", "did:web:a.example", "@", "a@", "a b@c.example"] {
            assert_eq!(Identity::email(text), Err(NotAnEmail), "{text}");
        }
        let url = Identity::typed("https://Example.org/A");
        assert!(url.matches(&Claim::new(false, "https://Example.org/A", None).unwrap()));
        assert!(!url.matches(&Claim::new(false, "https://example.org/a", None).unwrap()));
    }

    #[test]
    fn a_hidden_name_has_one_spelling() {
        let salt = NameSalt::from_random([9; 16]);
        let hash = RecipientHash::of_name("Alizée Canular", &salt);
        assert!(hash.is_of_name("  Alize\u{301}e \u{a0}\n Canular ", &salt));
        assert!(!hash.is_of_name("Alizée canular", &salt));
        assert!(!hash.is_of_name("Alizée Canular", &NameSalt::from_random([8; 16])));
        let as_identity = RecipientHash::of(
            &Identity::exact("Alizée Canular"),
            &Salt::parse(salt.as_str()).unwrap(),
        );
        assert_eq!(hash, as_identity);
        let md5 = HashAlgorithm::Md5;
        let weak = RecipientHash { algorithm: md5, digest: md5.digest("A", salt.as_str()) };
        assert!(!weak.is_of_name("A", &salt), "a hidden name is never MD5");
    }

    /// With a free length, `Ann` + `a…` would also be `Anna` + `…`.
    #[test]
    fn the_tail_of_a_name_cannot_move_into_the_salt() {
        let salt = NameSalt::from_random([0xff; 16]);
        assert_eq!(salt.as_str(), "7zzzzzzzzzzzzzzzzzzzzzzzzz");
        assert_eq!(NameSalt::parse(salt.as_str()), Ok(salt.clone()));
        assert_eq!(NameSalt::parse(&format!("a{}", salt.as_str())), Err(SaltError::Length));
        assert_eq!(NameSalt::parse(salt.as_str().get(1..).unwrap()), Err(SaltError::Length));
        assert_eq!(NameSalt::parse("7zzzzzzzzzzzzzzzzzzzzzzzzu"), Err(SaltError::Alphabet));
        assert_eq!(NameSalt::parse("7zzzzzzzzzzzzzzzzzzzzzzzé"), Err(SaltError::Alphabet));
        assert_eq!(NameSalt::parse("7ZZZZZZZZZZZZZZZZZZZZZZZZZ"), Err(SaltError::Alphabet));
    }

    #[test]
    fn a_learners_link_carries_the_name_and_its_salt() {
        let salt = NameSalt::from_random([9; 16]);
        let link = format!("n=Aliz%C3%A9e%20%2B%20Canular&s={}", salt.as_str());
        let read = PrivateLink::parse(&link).unwrap();
        assert_eq!((read.name.as_str(), &read.salt), ("Alizée + Canular", &salt));
        assert_eq!(PrivateLink::parse(&format!("s={}&n=A", salt.as_str())).unwrap().name, "A");
        for broken in [
            "n=A".to_owned(),
            format!("s={}", salt.as_str()),
            format!("n=&s={}", salt.as_str()),
            "n=A&s=short".to_owned(),
            format!("n=%4&s={}", salt.as_str()),
            format!("n=%zz&s={}", salt.as_str()),
            format!("n=%FF&s={}", salt.as_str()),
            format!("n={}&s={}", "x".repeat(1025), salt.as_str()),
            String::new(),
        ] {
            assert_eq!(PrivateLink::parse(&broken), None, "{broken}");
        }
        assert!(!format!("{read:?}").contains("Canular"), "neither is printed by accident");
    }

    #[test]
    fn a_private_salt_is_never_printed() {
        let salt = NameSalt::from_random([1; 16]);
        assert!(!format!("{salt:?}").contains(salt.as_str()));
    }
}
