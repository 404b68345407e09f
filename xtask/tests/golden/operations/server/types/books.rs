//! Types of `books`.

use orderly_api_runtime as runtime;

/// `#/components/schemas/Book`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Book {
    /// `id`.
    pub id: String,
    /// `title`.
    pub title: String,
    /// `year`.
    #[serde(default, skip_serializing_if = "runtime::Patch::is_absent")]
    pub year: runtime::Patch<i32>,
}

runtime::object!(Book);

/// `#/components/schemas/BookPatch`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct BookPatch {
    /// `title`.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub title: Option<String>,
    /// `year`.
    #[serde(default, skip_serializing_if = "runtime::Patch::is_absent")]
    pub year: runtime::Patch<i32>,
}

runtime::object!(BookPatch);

/// `#/components/schemas/Problem`.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Problem {
    /// `title`.
    pub title: String,
    /// `status`.
    pub status: i32,
}

runtime::object!(Problem);

runtime::integer! {
    /// `#/paths/~1books/get/parameters/0/schema`.
    pub struct ListBooksLimit(i32) { minimum: 1, maximum: 100 }
}

runtime::string! {
    /// `#/paths/~1books/get/parameters/2/schema`.
    pub struct ListBooksXRequestId { max_length: 128 }
}

runtime::string! {
    /// `#/components/parameters/BookId/schema`.
    pub struct BookId { min_length: 1 }
}
