//! Types of `default`.

use orderly_api_runtime as runtime;

/// `#/components/schemas/Once`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Once {
    /// `url`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub url: Option<String>,
}

runtime::object!(Once);

/// `#/components/schemas/Always`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Always {
    /// `every`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub every: Option<i64>,
}

runtime::object!(Always);

runtime::integer! {
    /// `#/paths/~1files~1{name}.{ending}/get/parameters/4/schema`.
    pub struct GetFileLimit(i64) { maximum: 10 }
}

/// `#/paths/~1watches/post/requestBody/content/application~1json/schema`.
#[derive(Clone, Debug, PartialEq)]
pub enum CreateWatchBody {
    /// One of the shapes: `Once`.
    Once(Once),
    /// One of the shapes: `Always`.
    Always(Always),
}
runtime::one_of!(CreateWatchBody {
    Once(Once),
    Always(Always),
});
