//! Types of `measures`.

use orderly_api_runtime as runtime;

runtime::string! {
    /// What a shop calls a product.
    pub struct Sku { min_length: 3, max_length: 12, pattern: "^[A-Z0-9-]+$" }
}

/// `#/components/schemas/Comment`.
pub type Comment = String;

runtime::integer! {
    /// `#/components/schemas/Quantity`.
    pub struct Quantity(i32) { minimum: 1, maximum: 1000 }
}

runtime::number! {
    /// `#/components/schemas/Share`.
    pub struct Share(f64) { exclusive_minimum: 0.0, maximum: 1.0 }
}

runtime::string_enum! {
    /// `#/components/schemas/Size`.
    pub enum Size {
        /// `small`.
        Small = "small",
        /// `large`.
        Large = "large",
        /// `extra-large`.
        ExtraLarge = "extra-large",
    }
}

/// `#/components/schemas/Measure`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Measure {
    /// What a shop calls a product.
    pub sku: Sku,
    /// `comment`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub comment: Option<Comment>,
    /// `quantity`.
    pub quantity: Quantity,
    /// `share`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub share: Option<Share>,
    /// `size`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub size: Option<Size>,
    /// `taken_at`.
    pub taken_at: runtime::DateTime,
    /// `taken_on`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub taken_on: Option<chrono::NaiveDate>,
    /// `device`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub device: Option<uuid::Uuid>,
    /// `step`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub step: Option<MeasureStep>,
    /// `label`.
    #[serde(default, skip_serializing_if = "runtime::Patch::is_absent")]
    pub label: runtime::Patch<MeasureLabel>,
    /// `type`.
    #[serde(default = "measure_type")]
    pub r#type: MeasureType,
    /// `exact`.
    #[serde(default = "measure_exact")]
    pub exact: bool,
}

runtime::object!(Measure);

/// What `type` is when it is left out.
fn measure_type() -> MeasureType {
    MeasureType::Length
}

/// What `exact` is when it is left out.
fn measure_exact() -> bool {
    false
}

runtime::integer! {
    /// `#/components/schemas/Measure/properties/step`.
    pub struct MeasureStep(i64) { multiple_of: 5 }
}

runtime::string! {
    /// `#/components/schemas/Measure/properties/label`.
    pub struct MeasureLabel { max_length: 20 }
}

runtime::string_enum! {
    /// `#/components/schemas/Measure/properties/type`.
    pub enum MeasureType {
        /// `length`.
        Length = "length",
        /// `weight`.
        Weight = "weight",
    }
}
