//! Who issues, creates or endorses: [`Profile`].

use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::{Class, CompactJws, EndorsementCredential, IdentifierEntry, Image, Type, Types};
use crate::iri::Iri;
use crate::member::{Extra, Many};

/// An organisation or a person.
///
/// Spec: OB3-PROF-1 … 10.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// The identity keys are tied to: an https URL or a DID (OB3-PROF-1).
    pub id: Iri,
    /// Contains `Profile` (OB3-PROF-2).
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// OB3-PROF-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its home page (OB3-PROF-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Iri>,
    /// OB3-PROF-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// OB3-PROF-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// OB3-PROF-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// OB3-PROF-5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// OB3-PROF-6.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// The person in charge (OB3-PROF-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official: Option<String>,
    /// OB3-PROF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_org: Option<Box<Self>>,
    /// OB3-PROF-7.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub other_identifier: Many<IdentifierEntry>,
    /// OB3-PROF-9.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_name: Option<String>,
    /// OB3-PROF-9.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_name: Option<String>,
    /// OB3-PROF-9.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_name: Option<String>,
    /// OB3-PROF-9.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patronymic_name: Option<String>,
    /// OB3-PROF-9.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub honorific_prefix: Option<String>,
    /// OB3-PROF-9.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub honorific_suffix: Option<String>,
    /// OB3-PROF-9.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_name_prefix: Option<String>,
    /// A date, `YYYY-MM-DD` (OB3-PROF-9).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<String>,
    /// OB3-PROF-10.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub endorsement: Many<EndorsementCredential>,
    /// OB3-PROF-10.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub endorsement_jwt: Many<CompactJws>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for Profile {
    const TYPES: &'static [&'static str] = &["Profile"];
}

impl Profile {
    /// A profile with what it must have.
    #[must_use]
    pub fn new(id: Iri) -> Self {
        Self {
            id,
            types: Types::default(),
            name: None,
            url: None,
            email: None,
            phone: None,
            description: None,
            image: None,
            address: None,
            official: None,
            parent_org: None,
            other_identifier: Many::default(),
            family_name: None,
            given_name: None,
            additional_name: None,
            patronymic_name: None,
            honorific_prefix: None,
            honorific_suffix: None,
            family_name_prefix: None,
            date_of_birth: None,
            endorsement: Many::default(),
            endorsement_jwt: Many::default(),
            extra: Extra::new(),
        }
    }
}

/// A postal address.
///
/// Spec: OB3-ADR-1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// Contains `Address`.
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// The name of the country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_country: Option<String>,
    /// Its two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_country_code: Option<String>,
    /// The region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_region: Option<String>,
    /// The town.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_locality: Option<String>,
    /// Street and number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street_address: Option<String>,
    /// The post office box.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_office_box_number: Option<String>,
    /// The postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// The point on the map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo: Option<GeoCoordinates>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for Address {
    const TYPES: &'static [&'static str] = &["Address"];
}

/// A point on the map.
///
/// Spec: OB3-ADR-2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GeoCoordinates {
    /// The single string `GeoCoordinates`.
    #[serde(rename = "type")]
    pub types: Type<Self>,
    /// Degrees north.
    pub latitude: Number,
    /// Degrees east.
    pub longitude: Number,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for GeoCoordinates {
    const TYPES: &'static [&'static str] = &["GeoCoordinates"];
}
