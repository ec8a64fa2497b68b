//! The `type` member: a set that contains the class, or the class's name alone.

use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::member::Many;

/// A class of the data model.
pub trait Class {
    /// What we write as `type`.
    const TYPES: &'static [&'static str];

    /// Whether a received set of types is one of this class: it contains all of [`Class::TYPES`].
    #[must_use]
    fn fits(types: &[String]) -> bool {
        Self::TYPES.iter().all(|name| types.iter().any(|one| one == name))
    }
}

/// The `type` member of a class whose types are a set: written as an array, read from a string or an array.
///
/// It always contains the class (OB3-VAL-3 … 8). Spec: OB3-SER-2.
pub struct Types<C> {
    names: Vec<String>,
    class: PhantomData<fn() -> C>,
}

impl<C: Class> Types<C> {
    /// The class's own types and one more, an absolute IRI or a term of a context.
    #[must_use]
    pub fn and(name: &str) -> Self {
        let mut types = Self::default();
        types.names.push(name.to_owned());
        types
    }

    /// Whether `name` is among them.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.names.iter().any(|one| one == name)
    }

    /// The types in order.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        &self.names
    }
}

impl<C: Class> Default for Types<C> {
    fn default() -> Self {
        let names = C::TYPES.iter().map(|name| (*name).to_owned()).collect();
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
        let names: Vec<String> = Many::deserialize(deserializer)?.into_iter().collect();
        if !C::fits(&names) {
            let expected = C::TYPES.join("`, `");
            return Err(de::Error::custom(format_args!("`type` lacks `{expected}`")));
        }
        Ok(Self { names, class: PhantomData })
    }
}

/// The `type` member of a class that demands the single string (OB3-SER-5).
pub struct Type<C>(PhantomData<fn() -> C>);

impl<C> Default for Type<C> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<C> Clone for Type<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Type<C> {}

impl<C> PartialEq for Type<C> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<C> Eq for Type<C> {}

impl<C: Class> fmt::Debug for Type<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        C::TYPES.fmt(f)
    }
}

impl<C: Class> Serialize for Type<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(C::TYPES.first().copied().unwrap_or_default())
    }
}

impl<'de, C: Class> Deserialize<'de> for Type<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        if C::TYPES.contains(&name.as_str()) {
            return Ok(Self(PhantomData));
        }
        let expected = C::TYPES.join("`, `");
        Err(de::Error::custom(format_args!("`type` is `{name}` in the place of `{expected}`")))
    }
}
