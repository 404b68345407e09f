//! From what a use case fails with to what the client is told: status, code and words of every failure, in one table.

use orderly_api_runtime::{At, Failure, StatusCode, Violation};
use orderly_domain::{Rejection, StoreError, order::OrderStatus};
use poem::http::{HeaderValue, header};
use serde_json::{Value, json};

use crate::service::ServiceError;

/// After how many seconds to try again what the database could not serve.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Store(error) => store(error),
            ServiceError::NotFound { what } => not_found(what),
            ServiceError::Unauthenticated => {
                challenge("unauthenticated", "Send a valid access token or API key.", "Bearer, ApiKey")
            }
            ServiceError::InvalidCredentials => {
                challenge("invalid_credentials", "The e-mail address or the password is wrong.", "Bearer")
            }
            ServiceError::InvalidRefreshToken => {
                challenge("invalid_refresh_token", "The refresh token does not work; log in again.", "Bearer")
            }
            ServiceError::Forbidden { reason } => Self::new(StatusCode::FORBIDDEN, "forbidden", reason),
            ServiceError::WrongPassword => unprocessable("wrong_password", "The current password is wrong."),
            ServiceError::InvalidCursor(_) => invalid_cursor(),
            ServiceError::PreconditionRequired => Self::new(
                StatusCode::PRECONDITION_REQUIRED,
                "precondition_required",
                "Send If-Match with the ETag that you saw.",
            ),
            ServiceError::UnknownProducts { lines, replayed } => replay(
                at_lines(
                    "unknown_product",
                    "A product of this order is unknown.",
                    "There is no such product.",
                    &lines,
                ),
                replayed,
            ),
            ServiceError::ProductsNotForSale { lines, replayed } => replay(
                at_lines(
                    "product_not_for_sale",
                    "A product of this order is not for sale.",
                    "This product is not for sale.",
                    &lines,
                ),
                replayed,
            ),
            error @ ServiceError::Internal { .. } => Self::internal(error),
        }
    }
}

fn store(error: StoreError) -> Failure {
    match error {
        StoreError::NotFound => not_found("thing"),
        StoreError::Rejected { rejection, replayed } => replay(rejected(rejection), replayed),
        StoreError::Unavailable(source) => {
            let unavailable = Failure::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "The database cannot serve this now.",
            );
            with_header(Failure { source: Some(source), ..unavailable }, header::RETRY_AFTER, RETRY_AFTER)
        }
        StoreError::Internal(source) => Failure::internal(source),
    }
}

/// The rules of the shop.
fn rejected(rejection: Rejection) -> Failure {
    match rejection {
        Rejection::EmailTaken => conflict("email_taken", "This e-mail address has an account already."),
        Rejection::SkuTaken => conflict("sku_taken", "Another product has this SKU."),
        Rejection::LastAdministrator => conflict("last_administrator", "This is the last administrator."),
        Rejection::OutOfStock { shortages } => extended(
            conflict("out_of_stock", "There is not enough stock."),
            [("shortages", json!(shortages))],
        ),
        Rejection::PriceChanged { current } => extended(
            conflict("price_changed", "The total is not the expected one."),
            [("current_total", json!(current))],
        ),
        Rejection::InvalidTransition { from, to } => invalid_transition(from, to),
        Rejection::IdempotencyInFlight => {
            conflict("idempotency_in_flight", "A request with this key is being worked on.")
        }
        Rejection::IdempotencyKeyReused => {
            unprocessable("idempotency_key_reused", "This key was used with another request.")
        }
        Rejection::VersionMismatch => Failure::new(
            StatusCode::PRECONDITION_FAILED,
            "version_mismatch",
            "It has changed since; get it again and repeat the change.",
        ),
        // Services say in which lines these stand; without lines there is only the rule to tell.
        Rejection::UnknownProducts { .. } => {
            unprocessable("unknown_product", "A product of this order is unknown.")
        }
        Rejection::ProductsNotForSale { .. } => {
            unprocessable("product_not_for_sale", "A product of this order is not for sale.")
        }
        Rejection::CurrencyMismatch => {
            unprocessable("currency_mismatch", "The products of an order have one currency.")
        }
        Rejection::TotalTooLarge => unprocessable("total_too_large", "The total of this order is too large."),
        Rejection::UnknownOrder => violating(
            unprocessable("unknown_order", "The order that the note refers to is unknown."),
            [Violation::in_body("/order_id", "unknown_order", "There is no such order.")],
        ),
    }
}

fn invalid_transition(from: OrderStatus, to: OrderStatus) -> Failure {
    let allowed: Vec<_> = from.allowed().collect();
    let detail = format!("A {from} order cannot become {to}.");
    extended(
        Failure::new(StatusCode::CONFLICT, "invalid_transition", detail),
        [("from", json!(from)), ("to", json!(to)), ("allowed", json!(allowed))],
    )
}

fn invalid_cursor() -> Failure {
    let detail = "The cursor is not one of this list with these filters.";
    let at = At::Parameter { location: "query", name: "cursor".to_owned() };
    violating(
        Failure::new(StatusCode::BAD_REQUEST, "invalid_cursor", detail),
        [Violation { at, code: "invalid_cursor".into(), detail: detail.to_owned() }],
    )
}

fn at_lines(code: &'static str, detail: &'static str, of_line: &'static str, lines: &[usize]) -> Failure {
    let pointer = |line: &usize| format!("/lines/{line}/product_id");
    let violations = lines.iter().map(|line| Violation::in_body(pointer(line), code, of_line));
    violating(unprocessable(code, detail), violations)
}

fn not_found(what: &str) -> Failure {
    Failure::new(StatusCode::NOT_FOUND, "not_found", format!("There is no such {what}."))
}

fn conflict(code: &'static str, detail: &'static str) -> Failure {
    Failure::new(StatusCode::CONFLICT, code, detail)
}

fn unprocessable(code: &'static str, detail: &'static str) -> Failure {
    Failure::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
}

/// 401 says how to authenticate (RFC 9110, section 11.6.1).
fn challenge(code: &'static str, detail: &'static str, schemes: &'static str) -> Failure {
    let failure = Failure::new(StatusCode::UNAUTHORIZED, code, detail);
    with_header(failure, header::WWW_AUTHENTICATE, HeaderValue::from_static(schemes))
}

fn replay(failure: Failure, replayed: bool) -> Failure {
    if !replayed {
        return failure;
    }
    let name = header::HeaderName::from_static("idempotent-replayed");
    with_header(failure, name, HeaderValue::from_static("true"))
}

fn with_header(mut failure: Failure, name: header::HeaderName, value: HeaderValue) -> Failure {
    failure.headers.insert(name, value);
    failure
}

fn extended<const N: usize>(mut failure: Failure, members: [(&str, Value); N]) -> Failure {
    failure.extra.extend(members.map(|(name, value)| (name.to_owned(), value)));
    failure
}

fn violating(mut failure: Failure, violations: impl IntoIterator<Item = Violation>) -> Failure {
    failure.errors.extend(violations);
    failure
}

#[cfg(test)]
mod tests {
    use orderly_api::{ErrorCode, SCHEMAS, runtime::Direction};
    use orderly_domain::{Money, Shortage, id::ProductId, page::InvalidCursor};

    use super::*;

    fn failures() -> Vec<Failure> {
        let euro = "EUR".parse().unwrap();
        let product_id = ProductId::new();
        let placed = OrderStatus::Placed;
        let rejections = [
            Rejection::EmailTaken,
            Rejection::SkuTaken,
            Rejection::LastAdministrator,
            Rejection::OutOfStock { shortages: vec![Shortage { product_id, requested: 2, available: 1 }] },
            Rejection::PriceChanged { current: Money::new(3780, euro).unwrap() },
            Rejection::InvalidTransition { from: OrderStatus::Cancelled, to: placed },
            Rejection::VersionMismatch,
            Rejection::IdempotencyKeyReused,
            Rejection::IdempotencyInFlight,
            Rejection::UnknownProducts { products: vec![product_id] },
            Rejection::ProductsNotForSale { products: vec![product_id] },
            Rejection::CurrencyMismatch,
            Rejection::TotalTooLarge,
            Rejection::UnknownOrder,
        ];
        let errors = [
            ServiceError::NotFound { what: "order" },
            ServiceError::Unauthenticated,
            ServiceError::Forbidden { reason: "This is for administrators." },
            ServiceError::InvalidCredentials,
            ServiceError::InvalidRefreshToken,
            ServiceError::WrongPassword,
            ServiceError::InvalidCursor(InvalidCursor),
            ServiceError::PreconditionRequired,
            ServiceError::UnknownProducts { lines: vec![0, 2], replayed: false },
            ServiceError::ProductsNotForSale { lines: vec![1], replayed: true },
            ServiceError::Internal { context: "it failed", source: "secret".into() },
            StoreError::NotFound.into(),
            StoreError::Unavailable("secret".into()).into(),
            StoreError::Internal("secret".into()).into(),
        ];
        let rejected = rejections.into_iter().map(|rejection| ServiceError::Store(rejection.into()));
        errors.into_iter().chain(rejected).map(Failure::from).collect()
    }

    #[test]
    fn every_failure_is_a_problem_of_the_document_and_tells_no_cause() {
        for failure in failures() {
            let problem: Value = serde_json::from_slice(&failure.to_problem("r1", "/v1/orders")).unwrap();
            let found = SCHEMAS.violations("#/components/schemas/Problem", Direction::Response, &problem);
            assert_eq!(found.unwrap(), [], "{problem}");
            assert!(failure.code.parse::<ErrorCode>().is_ok(), "{problem}");
            assert!(!problem.to_string().contains("secret"), "{problem}");
        }
    }

    #[test]
    fn a_failure_has_the_headers_that_its_status_demands() {
        for failure in failures() {
            let has = |name| failure.headers.contains_key(name);
            assert_eq!(has("www-authenticate"), failure.status == StatusCode::UNAUTHORIZED, "{failure}");
            assert_eq!(has("retry-after"), failure.status == StatusCode::SERVICE_UNAVAILABLE, "{failure}");
        }
    }

    #[test]
    fn a_refused_line_is_named_and_an_earlier_answer_marked() {
        let failure = Failure::from(ServiceError::UnknownProducts { lines: vec![0, 2], replayed: true });
        let at: Vec<_> = failure.errors.into_iter().map(|violation| violation.at).collect();
        assert_eq!(at, ["/lines/0/product_id", "/lines/2/product_id"].map(|p| At::Pointer(p.to_owned())));
        assert_eq!(failure.headers["idempotent-replayed"], "true");
    }
}
