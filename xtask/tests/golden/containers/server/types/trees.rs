//! Types of `trees`.

use orderly_api_runtime as runtime;

/// `#/components/schemas/Tree`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct TreeInput {
    /// `secret`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub secret: Option<String>,
    /// `root`.
    pub root: Node,
    /// `fruit`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 3), custom(function = "runtime::unique_items"))]
    pub fruit: Option<Vec<Fruit>>,
    /// `labels`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 10))]
    pub labels: Option<std::collections::BTreeMap<String, TreeInputLabelsValue>>,
    /// `anything`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub anything: Option<serde_json::Value>,
}

runtime::object!(TreeInput);

/// `#/components/schemas/Node`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Node {
    /// `children`.
    pub children: Vec<Node>,
}

runtime::object!(Node);

/// `#/components/schemas/Fruit`.
#[derive(Clone, Debug, PartialEq)]
pub enum Fruit {
    /// One of the shapes: `Apple`.
    Apple(Apple),
    /// One of the shapes: `Nut`.
    Nut(Nut),
}
runtime::one_of!(Fruit {
    Apple(Apple),
    Nut(Nut),
});

/// `#/components/schemas/Apple`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Apple {
    /// `ripe_on`.
    #[serde(default, skip_serializing_if = "runtime::Patch::is_absent")]
    pub ripe_on: runtime::Patch<chrono::NaiveDate>,
    /// `kind`.
    pub kind: AppleKind,
    /// `colour`.
    pub colour: String,
}

runtime::object!(Apple);

runtime::string_enum! {
    /// `#/components/schemas/Apple/allOf/1/properties/kind`.
    pub enum AppleKind {
        /// `apple`.
        Apple = "apple",
    }
}

/// `#/components/schemas/Nut`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Nut {
    /// `kind`.
    pub kind: NutKind,
    /// `shelled`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub shelled: Option<bool>,
}

runtime::object!(Nut);

runtime::string_enum! {
    /// `#/components/schemas/Nut/properties/kind`.
    pub enum NutKind {
        /// `nut`.
        Nut = "nut",
    }
}

runtime::string! {
    /// `#/components/schemas/Tree/properties/labels/additionalProperties`.
    pub struct TreeInputLabelsValue { max_length: 40 }
}

/// `#/components/schemas/Tree`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Tree {
    /// `id`.
    pub id: String,
    /// `root`.
    pub root: Node,
    /// `fruit`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 3), custom(function = "runtime::unique_items"))]
    pub fruit: Option<Vec<Fruit>>,
    /// `labels`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 10))]
    pub labels: Option<std::collections::BTreeMap<String, TreeInputLabelsValue>>,
    /// `anything`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub anything: Option<serde_json::Value>,
}

runtime::object!(Tree);
