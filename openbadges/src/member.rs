//! The forms a JSON member takes in both vocabularies: one value or several, an id or an object.
//!
//! Nothing here knows Open Badges. Reading takes either form; each type says which one it writes.

use std::{fmt, marker::PhantomData};

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::iri::Iri;

/// Members that a class does not name. They are kept, and written where the class puts them.
pub type Extra = Map<String, Value>;

/// Several values. Written as an array even when there is one; read from an array or from a lone value.
///
/// Spec: OB3-SER-2, OB2-GEN-4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Many<T>(Vec<T>);

/// Several values. A lone one is written bare, more as an array; read from either form.
///
/// Spec: OB2-GEN-4, OB3-AC-17.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compact<T>(Vec<T>);

macro_rules! values {
    ($name:ident) => {
        impl<T> $name<T> {
            /// Whether there is none. An empty array is never written (OB3-SER-4).
            #[must_use]
            pub const fn is_empty(&self) -> bool {
                self.0.is_empty()
            }

            /// The first value.
            #[must_use]
            pub fn first(&self) -> Option<&T> {
                self.0.first()
            }

            /// Adds a value at the end.
            pub fn push(&mut self, value: T) {
                self.0.push(value);
            }

            /// The values in order.
            pub fn iter(&self) -> std::slice::Iter<'_, T> {
                self.0.iter()
            }

            /// The values in order.
            #[must_use]
            pub fn as_slice(&self) -> &[T] {
                &self.0
            }
        }

        impl<T> Default for $name<T> {
            fn default() -> Self {
                Self(Vec::new())
            }
        }

        impl<T> From<T> for $name<T> {
            fn from(value: T) -> Self {
                Self(vec![value])
            }
        }

        impl<T> From<Vec<T>> for $name<T> {
            fn from(values: Vec<T>) -> Self {
                Self(values)
            }
        }

        impl<T> From<Option<T>> for $name<T> {
            fn from(value: Option<T>) -> Self {
                Self(value.into_iter().collect())
            }
        }

        impl<T> FromIterator<T> for $name<T> {
            fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
                Self(values.into_iter().collect())
            }
        }

        impl<T> IntoIterator for $name<T> {
            type Item = T;
            type IntoIter = std::vec::IntoIter<T>;

            fn into_iter(self) -> Self::IntoIter {
                self.0.into_iter()
            }
        }

        impl<'a, T> IntoIterator for &'a $name<T> {
            type Item = &'a T;
            type IntoIter = std::slice::Iter<'a, T>;

            fn into_iter(self) -> Self::IntoIter {
                self.0.iter()
            }
        }

        impl<'de, T: Deserialize<'de>> Deserialize<'de> for $name<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(OneOrMany(PhantomData)).map(Self)
            }
        }
    };
}

values!(Many);
values!(Compact);

impl<T: Serialize> Serialize for Many<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: Serialize> Serialize for Compact<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [lone] => lone.serialize(serializer),
            several => several.serialize(serializer),
        }
    }
}

struct OneOrMany<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or an array of values")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(object)).map(|value| vec![value])
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        T::deserialize(de::value::StrDeserializer::new(text)).map(|value| vec![value])
    }
}

/// A thing, or just its id.
///
/// Spec: OB2-GEN-9, OB3-AC-7.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link<T> {
    /// Its id.
    Id(Iri),
    /// The thing itself.
    Object(Box<T>),
}

impl<T> Link<T> {
    /// The object, when it is embedded.
    #[must_use]
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

impl<T> From<Iri> for Link<T> {
    fn from(id: Iri) -> Self {
        Self::Id(id)
    }
}

impl<T: Serialize> Serialize for Link<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => id.serialize(serializer),
            Self::Object(object) => object.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Link<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdOrObject(PhantomData))
    }
}

struct IdOrObject<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for IdOrObject<T> {
    type Value = Link<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an absolute address or an object")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Iri::parse(text).map(Link::Id).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(object)).map(|it| Link::Object(Box::new(it)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_several_are_read_alike_and_written_as_the_type_says() {
        for (text, many, compact) in [
            (r#""a""#, r#"["a"]"#, r#""a""#),
            (r#"["a"]"#, r#"["a"]"#, r#""a""#),
            (r#"["a","b"]"#, r#"["a","b"]"#, r#"["a","b"]"#),
        ] {
            let read: Many<String> = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), many);
            let read: Compact<String> = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), compact);
        }
        assert!(serde_json::from_str::<Many<String>>("1").is_err());
        assert!(serde_json::from_str::<Many<String>>("[1]").is_err());
    }

    #[test]
    fn a_link_is_an_id_or_an_object_and_nothing_else() {
        type Object = std::collections::BTreeMap<String, u8>;
        let read = |text| serde_json::from_str::<Link<Object>>(text);
        assert_eq!(read(r#""urn:x:1""#).unwrap(), Iri::parse("urn:x:1").unwrap().into());
        assert!(read(r#"{"a":1}"#).unwrap().object().is_some());
        assert!(read(r#""relative""#).is_err());
        assert!(read(r#"["urn:x:1"]"#).is_err());
    }
}
