//! The `type` member, where it says something.

use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::member::Compact;

/// A class that must be named.
pub trait Class {
    /// The names of the class. The first is the one we write; each of them is read.
    const TYPES: &'static [&'static str];
}

/// The `type` member of a class that must be named: a lone type is written as a string, more as an array.
///
/// Spec: OB2-ASN-2, OB2-BC-2, OB2-PROF-2, OB2-RL-1, OB2-END-2.
pub struct Types<C> {
    names: Compact<String>,
    class: PhantomData<fn() -> C>,
}

impl<C: Class> Types<C> {
    /// Whether `name` is among them.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.names.iter().any(|one| one == name)
    }

    /// The types in order.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        self.names.as_slice()
    }
}

impl<C: Class> Default for Types<C> {
    fn default() -> Self {
        let names = C::TYPES.first().map(|name| (*name).to_owned()).into();
        Self { names, class: PhantomData }
    }
}

impl<C> Clone for Types<C> {
    fn clone(&self) -> Self {
        Self { names: self.names.clone(), class: PhantomData }
    }
}

impl<C> PartialEq for Types<C> {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

impl<C> Eq for Types<C> {}

impl<C> fmt::Debug for Types<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.names.fmt(f)
    }
}

impl<C> Serialize for Types<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.names.serialize(serializer)
    }
}

impl<'de, C: Class> Deserialize<'de> for Types<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = Compact::<String>::deserialize(deserializer)?;
        if !names.iter().any(|name| C::TYPES.contains(&name.as_str())) {
            let expected = C::TYPES.join("` or `");
            return Err(de::Error::custom(format_args!("`type` lacks `{expected}`")));
        }
        Ok(Self { names, class: PhantomData })
    }
}

/// The type of a verification. It keeps what was read; its questions know the aliases.
///
/// Spec: OB2-VER-1, OB2-VER-6, OB2-CONST-8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct VerificationType(Compact<String>);

impl VerificationType {
    /// `HostedBadge`.
    #[must_use]
    pub fn hosted() -> Self {
        Self(String::from("HostedBadge").into())
    }

    /// `SignedBadge`.
    #[must_use]
    pub fn signed() -> Self {
        Self(String::from("SignedBadge").into())
    }

    /// `VerificationObject`, in the profile of an issuer.
    #[must_use]
    pub fn scope() -> Self {
        Self(String::from("VerificationObject").into())
    }

    /// Whether the assertion is verified where it is hosted.
    #[must_use]
    pub fn is_hosted(&self) -> bool {
        self.0.iter().any(|name| matches!(name.as_str(), "HostedBadge" | "hosted"))
    }

    /// Whether the assertion is verified by its signature.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.0.iter().any(|name| matches!(name.as_str(), "SignedBadge" | "signed"))
    }
}

impl<'de> Deserialize<'de> for VerificationType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = Compact::<String>::deserialize(deserializer)?;
        if names.is_empty() {
            return Err(de::Error::custom("`type` is an empty array"));
        }
        Ok(Self(names))
    }
}
