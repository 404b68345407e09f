//! Types that several tags use.

use orderly_api_runtime as runtime;

runtime::string! {
    /// Id of an account.
    pub struct UserId { pattern: "^usr_[0-7][0-9a-hjkmnp-tv-z]{25}$" }
}

runtime::string! {
    /// Id of a product.
    pub struct ProductId { pattern: "^prd_[0-7][0-9a-hjkmnp-tv-z]{25}$" }
}

runtime::string! {
    /// Id of an order.
    pub struct OrderId { pattern: "^ord_[0-7][0-9a-hjkmnp-tv-z]{25}$" }
}

runtime::string! {
    /// Id of a note.
    pub struct NoteId { pattern: "^nte_[0-7][0-9a-hjkmnp-tv-z]{25}$" }
}

runtime::string! {
    /// A key that the client makes, such as a UUID; 1 to 128 visible ASCII characters.
    pub struct IdempotencyKey { pattern: r"^[\x21-\x7E]{1,128}$" }
}

runtime::string! {
    /// Entity tags separated by commas, or `*` (RFC 9110, section 13.1).
    pub struct EntityTags { min_length: 1, max_length: 1000 }
}

runtime::string! {
    /// ISO 4217 code.
    pub struct Currency { pattern: "^[A-Z]{3}$" }
}

runtime::string_enum! {
    /// The state of an order.
    pub enum OrderStatus {
        /// `placed`.
        Placed = "placed",
        /// `cancelled`.
        Cancelled = "cancelled",
    }
}

/// An amount in minor units (cents) of a currency.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Money {
    /// Minor units; 1890 EUR is 18.90 €.
    pub amount: MoneyAmount,
    /// ISO 4217 code.
    pub currency: Currency,
}

runtime::object!(Money);

runtime::integer! {
    /// Minor units; 1890 EUR is 18.90 €.
    pub struct MoneyAmount(i64) { minimum: -9007199254740991, maximum: 9007199254740991 }
}

/// An amount of money that is not negative.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Price {
    /// Minor units; 1890 EUR is 18.90 €.
    pub amount: PriceAmount,
    /// ISO 4217 code.
    pub currency: Currency,
}

runtime::object!(Price);

runtime::integer! {
    /// Minor units; 1890 EUR is 18.90 €.
    pub struct PriceAmount(i64) { minimum: 0, maximum: 9007199254740991 }
}

/// What was ordered, at the prices of that moment.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Order {
    /// Id of an order.
    pub id: OrderId,
    /// Id of an account.
    pub account_id: UserId,
    /// The state of an order.
    pub status: OrderStatus,
    /// `lines`.
    pub lines: Vec<OrderLine>,
    /// An amount in minor units (cents) of a currency.
    pub total: Money,
    /// The customer's own reference.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub reference: Option<String>,
    /// When it was placed.
    pub created_at: chrono::DateTime<chrono::Utc>,
    /// When it was changed last.
    pub updated_at: chrono::DateTime<chrono::Utc>,
}

runtime::object!(Order);

/// A line of an order.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct OrderLine {
    /// Id of a product.
    pub product_id: ProductId,
    /// The SKU at that moment.
    pub sku: String,
    /// The name at that moment.
    pub name: String,
    /// An amount in minor units (cents) of a currency.
    pub unit_price: Money,
    /// How many.
    pub quantity: OrderLineQuantity,
    /// An amount in minor units (cents) of a currency.
    pub total: Money,
}

runtime::object!(OrderLine);

runtime::integer! {
    /// How many.
    pub struct OrderLineQuantity(i32) { minimum: 1 }
}

/// A note of an account.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Note {
    /// Id of a note.
    pub id: NoteId,
    /// The note in a few words.
    pub title: String,
    /// The note's text.
    pub body: String,
    /// Id of an order.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub order_id: Option<OrderId>,
    /// When it was written.
    pub created_at: chrono::DateTime<chrono::Utc>,
    /// When it was changed last.
    pub updated_at: chrono::DateTime<chrono::Utc>,
}

runtime::object!(Note);

/// What went wrong (RFC 9457).
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
    /// Always `about:blank`; `code` tells the kind.
    pub r#type: String,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: ProblemStatus,
    /// What happened, for a person.
    pub detail: String,
    /// The path that was asked for.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub instance: Option<String>,
    /// The kind of problem; stable, for programs.
    /// - `malformed_json`, `incomplete_body`, `validation_failed`, `invalid_cursor`: the request breaks the document
    /// - `unauthenticated`, `invalid_credentials`, `invalid_refresh_token`, `forbidden`: who is asking
    /// - `not_found`, `route_not_found`, `method_not_allowed`: what is asked for
    /// - `request_timeout`, `payload_too_large`, `unsupported_media_type`: how it was sent
    /// - `email_taken`, `sku_taken`, `last_administrator`, `out_of_stock`, `price_changed`, `invalid_transition`: conflicts with the state
    /// - `idempotency_in_flight`, `idempotency_key_reused`: repeated requests
    /// - `version_mismatch`, `precondition_required`: conditional requests
    /// - `unknown_product`, `product_not_for_sale`, `currency_mismatch`, `total_too_large`, `unknown_order`, `wrong_password`: well-formed, but cannot be done
    /// - `internal`, `unavailable`, `deadline_exceeded`: on this side
    pub code: ErrorCode,
    /// Finds the request in the log.
    pub request_id: String,
    /// Every mistake in the request.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub errors: Option<Vec<Violation>>,
    /// With `out_of_stock`, the lines that cannot be served.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub shortages: Option<Vec<Shortage>>,
    /// An amount in minor units (cents) of a currency.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub current_total: Option<Money>,
    /// With `invalid_transition`, the state it is in.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub from: Option<String>,
    /// With `invalid_transition`, the state that was asked for.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub to: Option<String>,
    /// With `invalid_transition`, the states it can go to.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub allowed: Option<Vec<String>>,
}

runtime::object!(Problem);

runtime::integer! {
    /// The HTTP status.
    pub struct ProblemStatus(i32) { minimum: 400, maximum: 599 }
}

runtime::string_enum! {
    /// The kind of problem; stable, for programs.
    /// - `malformed_json`, `incomplete_body`, `validation_failed`, `invalid_cursor`: the request breaks the document
    /// - `unauthenticated`, `invalid_credentials`, `invalid_refresh_token`, `forbidden`: who is asking
    /// - `not_found`, `route_not_found`, `method_not_allowed`: what is asked for
    /// - `request_timeout`, `payload_too_large`, `unsupported_media_type`: how it was sent
    /// - `email_taken`, `sku_taken`, `last_administrator`, `out_of_stock`, `price_changed`, `invalid_transition`: conflicts with the state
    /// - `idempotency_in_flight`, `idempotency_key_reused`: repeated requests
    /// - `version_mismatch`, `precondition_required`: conditional requests
    /// - `unknown_product`, `product_not_for_sale`, `currency_mismatch`, `total_too_large`, `unknown_order`, `wrong_password`: well-formed, but cannot be done
    /// - `internal`, `unavailable`, `deadline_exceeded`: on this side
    pub enum ErrorCode {
        /// `malformed_json`.
        MalformedJson = "malformed_json",
        /// `incomplete_body`.
        IncompleteBody = "incomplete_body",
        /// `validation_failed`.
        ValidationFailed = "validation_failed",
        /// `invalid_cursor`.
        InvalidCursor = "invalid_cursor",
        /// `unauthenticated`.
        Unauthenticated = "unauthenticated",
        /// `invalid_credentials`.
        InvalidCredentials = "invalid_credentials",
        /// `invalid_refresh_token`.
        InvalidRefreshToken = "invalid_refresh_token",
        /// `forbidden`.
        Forbidden = "forbidden",
        /// `not_found`.
        NotFound = "not_found",
        /// `route_not_found`.
        RouteNotFound = "route_not_found",
        /// `method_not_allowed`.
        MethodNotAllowed = "method_not_allowed",
        /// `request_timeout`.
        RequestTimeout = "request_timeout",
        /// `payload_too_large`.
        PayloadTooLarge = "payload_too_large",
        /// `unsupported_media_type`.
        UnsupportedMediaType = "unsupported_media_type",
        /// `email_taken`.
        EmailTaken = "email_taken",
        /// `sku_taken`.
        SkuTaken = "sku_taken",
        /// `last_administrator`.
        LastAdministrator = "last_administrator",
        /// `out_of_stock`.
        OutOfStock = "out_of_stock",
        /// `price_changed`.
        PriceChanged = "price_changed",
        /// `invalid_transition`.
        InvalidTransition = "invalid_transition",
        /// `idempotency_in_flight`.
        IdempotencyInFlight = "idempotency_in_flight",
        /// `idempotency_key_reused`.
        IdempotencyKeyReused = "idempotency_key_reused",
        /// `version_mismatch`.
        VersionMismatch = "version_mismatch",
        /// `precondition_required`.
        PreconditionRequired = "precondition_required",
        /// `unknown_product`.
        UnknownProduct = "unknown_product",
        /// `product_not_for_sale`.
        ProductNotForSale = "product_not_for_sale",
        /// `currency_mismatch`.
        CurrencyMismatch = "currency_mismatch",
        /// `total_too_large`.
        TotalTooLarge = "total_too_large",
        /// `unknown_order`.
        UnknownOrder = "unknown_order",
        /// `wrong_password`.
        WrongPassword = "wrong_password",
        /// `internal`.
        Internal = "internal",
        /// `unavailable`.
        Unavailable = "unavailable",
        /// `deadline_exceeded`.
        DeadlineExceeded = "deadline_exceeded",
    }
}

/// One mistake in a request.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Violation {
    /// JSON pointer (RFC 6901) into the body.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub pointer: Option<String>,
    /// The parameter's name.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub parameter: Option<String>,
    /// Where the parameter is.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub r#in: Option<ViolationIn>,
    /// The rule that is broken, such as `required` or `max_length`.
    pub code: String,
    /// What is wrong, for a person.
    pub detail: String,
}

runtime::object!(Violation);

runtime::string_enum! {
    /// Where the parameter is.
    pub enum ViolationIn {
        /// `query`.
        Query = "query",
        /// `path`.
        Path = "path",
        /// `header`.
        Header = "header",
        /// `cookie`.
        Cookie = "cookie",
    }
}

/// A product of which there is not enough.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Shortage {
    /// Id of a product.
    pub product_id: ProductId,
    /// How many were asked for.
    pub requested: i64,
    /// How many there are.
    pub available: ShortageAvailable,
}

runtime::object!(Shortage);

runtime::integer! {
    /// How many there are.
    pub struct ShortageAvailable(i64) { minimum: 0 }
}

runtime::integer! {
    /// `#/components/headers/RetryAfter/schema`.
    pub struct RetryAfterHeader(i32) { minimum: 0 }
}

runtime::integer! {
    /// `#/components/parameters/Limit/schema`.
    pub struct Limit(i32) { minimum: 1, maximum: 100 }
}

runtime::string! {
    /// `#/components/parameters/Cursor/schema`.
    pub struct Cursor { min_length: 1, max_length: 2048 }
}
