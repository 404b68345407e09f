//! The keys under which the view holds what progenitor cannot express, for the table of operations.

/// On an operation: the media type that its request body really has.
pub const CONTENT_TYPE: &str = "x-sdk-content-type";
/// On an operation: the media types of its answers, as the `Accept` header says them.
pub const ACCEPT: &str = "x-sdk-accept";
/// On an operation: it takes an `Idempotency-Key`.
pub const IDEMPOTENCY_KEY: &str = "x-sdk-idempotency-key";
/// On an operation: it answers in pages with a cursor.
pub const PAGED: &str = "x-sdk-paged";
/// On an operation: it answers with server-sent events.
pub const EVENTS: &str = "x-sdk-events";
/// On an operation: the schema of an event's data, unless that is text.
pub const EVENT_DATA: &str = "x-sdk-event-data";
/// On an operation: a success may come without a body where the view says JSON; it reads as `null`.
pub const EMPTY_ANSWER: &str = "x-sdk-empty-answer";
/// On an operation: the names that parameters have on the wire, by the names that they have in the view.
pub const WIRE_NAMES: &str = "x-sdk-wire-names";
/// On an operation: what it may answer: for each status the media type, if there is a body, and whether it is JSON.
pub const ANSWERS: &str = "x-sdk-answers";
/// On an operation: the names in the view of the header parameters that are cookies.
pub const COOKIES: &str = "x-sdk-cookies";
/// On the view: the names that members of objects have in JSON, by the names that they have in the view.
pub const PROPERTY_NAMES: &str = "x-sdk-property-names";
/// On the view: the enums that the SDK holds as open types, by name.
pub const OPEN_ENUMS: &str = "x-sdk-open-enums";

/// On an operation: the names of its tags.
pub const TAGS: &str = "x-sdk-tags";
/// On the view: what the document says of its tags, by name.
pub const TAG_TEXTS: &str = "x-sdk-tag-texts";
/// On the view: the codes that errors have, as one open enum.
pub const ERROR_CODES: &str = "x-sdk-error-codes";

/// A schema that the SDK's own type `sdk::<name>` stands for; `parameters` are the schemas of its
/// type parameters.
pub(super) fn sdk_type(name: &str, parameters: Vec<serde_json::Value>) -> serde_json::Value {
    serde_json::json!({
        "crate": "sdk",
        "version": "*",
        "path": format!("sdk::{name}"),
        "parameters": parameters,
    })
}
