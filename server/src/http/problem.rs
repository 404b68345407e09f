//! What went wrong in a service, as a problem of the document: one table from code to status and words.

use orderly_api_runtime::{At, Failure, StatusCode, Violation};
use orderly_domain::{Rejection, StoreError};
use poem::http::{HeaderName, HeaderValue, header};
use serde_json::{Value, json};

use crate::service::ServiceError;

const IDEMPOTENT_REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// Seconds after which a busy database or server is worth another try.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// Every code that a service's error becomes, with its status and what a person is told.
const PROBLEMS: &[(&str, u16, &str)] = &[
    ("invalid_cursor", 400, "The cursor belongs to another list or to other filters; start without one."),
    ("unauthenticated", 401, "Send a valid access token or API key."),
    ("invalid_credentials", 401, "The e-mail address or the password is wrong."),
    ("invalid_refresh_token", 401, "The refresh token does not work; log in again."),
    ("forbidden", 403, "The credential does not allow this."),
    ("not_found", 404, "There is no such thing."),
    ("email_taken", 409, "There is an account with this e-mail address."),
    ("sku_taken", 409, "There is a product with this SKU."),
    ("last_administrator", 409, "This is the last administrator."),
    ("out_of_stock", 409, "There is not enough in stock; see shortages."),
    ("price_changed", 409, "The total is not the expected one; see current_total."),
    ("invalid_transition", 409, "The order is in a state that does not allow this; see allowed."),
    ("idempotency_in_flight", 409, "A request with this key is being worked on."),
    ("version_mismatch", 412, "It has changed since; get it again and repeat the change."),
    ("idempotency_key_reused", 422, "This key was used with another request."),
    ("unknown_product", 422, "The order names products that do not exist."),
    ("product_not_for_sale", 422, "The order names products that are not for sale."),
    ("currency_mismatch", 422, "The products are priced in several currencies; order them separately."),
    ("total_too_large", 422, "The total is larger than an order may be."),
    ("unknown_order", 422, "The order that the note refers to is unknown."),
    ("wrong_password", 422, "The current password is wrong."),
    ("already_expired", 422, "The key would have expired already."),
    ("precondition_required", 428, "Send If-Match with the ETag that you saw."),
    ("rate_limited", 429, "There were too many requests in this minute; see Retry-After and RateLimit."),
    ("overloaded", 503, "The server has too much to do; try again in a moment."),
    ("unavailable", 503, "The database cannot serve this now."),
    ("deadline_exceeded", 504, "The request took longer than the server allows."),
];

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        let mut failure = problem(code(&error));
        match error {
            ServiceError::NotFound { what } => failure.detail = format!("There is no such {what}."),
            ServiceError::Forbidden { reason } => failure.detail = reason.to_owned(),
            ServiceError::InvalidCursor(_) => {
                let at = At::Parameter { location: "query", name: "cursor".to_owned() };
                failure.errors.push(violation(at, "invalid_cursor", "is not a cursor of this list"));
            }
            ServiceError::AlreadyExpired => {
                let at = At::Pointer("/expires_at".to_owned());
                failure.errors.push(violation(at, "already_expired", "has passed"));
            }
            ServiceError::UnknownProducts { lines, replayed } => {
                failure.errors = in_lines(&lines, "unknown_product", "There is no such product.");
                mark_replayed(&mut failure, replayed);
            }
            ServiceError::ProductsNotForSale { lines, replayed } => {
                failure.errors = in_lines(&lines, "product_not_for_sale", "This product is not for sale.");
                mark_replayed(&mut failure, replayed);
            }
            ServiceError::Store(StoreError::Rejected { rejection, replayed }) => {
                explain(&mut failure, rejection);
                mark_replayed(&mut failure, replayed);
            }
            ServiceError::Store(StoreError::Unavailable(source)) => {
                failure.headers.insert(header::RETRY_AFTER, RETRY_AFTER);
                failure.source = Some(source);
            }
            internal @ (ServiceError::Internal { .. } | ServiceError::Store(StoreError::Internal(_))) => {
                return Self::internal(internal);
            }
            ServiceError::RateLimited { retry_after } => {
                failure.headers.insert(header::RETRY_AFTER, retry_after.as_secs().into());
            }
            ServiceError::Overloaded => {
                failure.headers.insert(header::RETRY_AFTER, RETRY_AFTER);
            }
            _ => {}
        }
        if failure.status == StatusCode::UNAUTHORIZED {
            failure.headers.insert(header::WWW_AUTHENTICATE, challenge(&failure));
        }
        failure
    }
}

/// What would be accepted instead (RFC 9110, section 11.6.1): API keys only where tokens are taken as well.
fn challenge(failure: &Failure) -> HeaderValue {
    HeaderValue::from_static(if failure.code == "unauthenticated" { "Bearer, ApiKey" } else { "Bearer" })
}

fn code(error: &ServiceError) -> &'static str {
    match error {
        ServiceError::Store(error) => match error {
            StoreError::NotFound => "not_found",
            StoreError::Rejected { rejection, .. } => rejection_code(rejection),
            StoreError::Unavailable(_) => "unavailable",
            StoreError::DeadlineExceeded => "deadline_exceeded",
            StoreError::Internal(_) => "internal",
        },
        ServiceError::NotFound { .. } => "not_found",
        ServiceError::Unauthenticated => "unauthenticated",
        ServiceError::Forbidden { .. } => "forbidden",
        ServiceError::InvalidCredentials => "invalid_credentials",
        ServiceError::InvalidRefreshToken => "invalid_refresh_token",
        ServiceError::WrongPassword => "wrong_password",
        ServiceError::AlreadyExpired => "already_expired",
        ServiceError::InvalidCursor(_) => "invalid_cursor",
        ServiceError::PreconditionRequired => "precondition_required",
        ServiceError::UnknownProducts { .. } => "unknown_product",
        ServiceError::ProductsNotForSale { .. } => "product_not_for_sale",
        ServiceError::RateLimited { .. } => "rate_limited",
        ServiceError::Overloaded => "overloaded",
        ServiceError::Internal { .. } => "internal",
    }
}

fn rejection_code(rejection: &Rejection) -> &'static str {
    match rejection {
        Rejection::EmailTaken => "email_taken",
        Rejection::SkuTaken => "sku_taken",
        Rejection::LastAdministrator => "last_administrator",
        Rejection::OutOfStock { .. } => "out_of_stock",
        Rejection::PriceChanged { .. } => "price_changed",
        Rejection::InvalidTransition { .. } => "invalid_transition",
        Rejection::VersionMismatch => "version_mismatch",
        Rejection::IdempotencyKeyReused => "idempotency_key_reused",
        Rejection::IdempotencyInFlight => "idempotency_in_flight",
        Rejection::UnknownProducts { .. } => "unknown_product",
        Rejection::ProductsNotForSale { .. } => "product_not_for_sale",
        Rejection::CurrencyMismatch => "currency_mismatch",
        Rejection::TotalTooLarge => "total_too_large",
        Rejection::UnknownOrder => "unknown_order",
    }
}

/// The row of a code. Only `internal` has none: it says nothing.
fn problem(code: &'static str) -> Failure {
    let row = PROBLEMS.iter().find(|(known, ..)| *known == code);
    let found = row.and_then(|(_, status, detail)| Some((StatusCode::from_u16(*status).ok()?, *detail)));
    match found {
        Some((status, detail)) => Failure::new(status, code, detail),
        None => Failure::internal(code),
    }
}

/// Puts into the problem what the caller needs to do better.
fn explain(failure: &mut Failure, rejection: Rejection) {
    let mut extend = |name: &str, value: Value| failure.extra.insert(name.to_owned(), value);
    match rejection {
        Rejection::OutOfStock { shortages } => {
            extend("shortages", json!(shortages));
        }
        Rejection::PriceChanged { current } => {
            extend("current_total", json!(current));
        }
        Rejection::InvalidTransition { from, to } => {
            failure.detail = format!("A {from} order cannot become {to}.");
            extend("from", json!(from));
            extend("to", json!(to));
            extend("allowed", json!(from.allowed().collect::<Vec<_>>()));
        }
        Rejection::UnknownOrder => {
            let at = At::Pointer("/order_id".to_owned());
            failure.errors.push(violation(at, "unknown_order", "There is no such order."));
        }
        _ => {}
    }
}

fn in_lines(lines: &[usize], code: &'static str, detail: &'static str) -> Vec<Violation> {
    let pointer = |line: &usize| At::Pointer(format!("/lines/{line}/product_id"));
    lines.iter().map(|line| violation(pointer(line), code, detail)).collect()
}

fn violation(at: At, code: &'static str, detail: &'static str) -> Violation {
    Violation { at, code: code.into(), detail: detail.to_owned() }
}

fn mark_replayed(failure: &mut Failure, replayed: bool) {
    if replayed {
        failure.headers.insert(IDEMPOTENT_REPLAYED, HeaderValue::from_static("true"));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use orderly_domain::{error::Shortage, id::ProductId, order::OrderStatus, page::InvalidCursor};

    fn rejected(rejection: Rejection) -> ServiceError {
        StoreError::from(rejection).into()
    }

    fn document_codes() -> Vec<String> {
        let document: Value = serde_json::from_str(orderly_api::DOCUMENT_JSON).unwrap();
        let codes = &document["components"]["schemas"]["ErrorCode"]["enum"];
        codes.as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_row_is_a_code_of_the_document_and_has_an_error_status() {
        let known = document_codes();
        for (i, (code, status, detail)) in PROBLEMS.iter().enumerate() {
            assert!(known.iter().any(|known| known == code), "{code} is not in the document");
            assert!((400..600).contains(status) && detail.ends_with('.'), "{code}");
            assert!(PROBLEMS[..i].iter().all(|(other, ..)| other != code), "{code} stands twice");
        }
    }

    #[test]
    fn every_error_finds_its_row() {
        let product = ProductId::new();
        let errors = [
            (rejected(Rejection::EmailTaken), 409),
            (rejected(Rejection::SkuTaken), 409),
            (rejected(Rejection::LastAdministrator), 409),
            (rejected(Rejection::OutOfStock { shortages: vec![] }), 409),
            (
                rejected(Rejection::InvalidTransition {
                    from: OrderStatus::Cancelled,
                    to: OrderStatus::Cancelled,
                }),
                409,
            ),
            (rejected(Rejection::VersionMismatch), 412),
            (rejected(Rejection::IdempotencyKeyReused), 422),
            (rejected(Rejection::IdempotencyInFlight), 409),
            (rejected(Rejection::UnknownProducts { products: vec![product] }), 422),
            (rejected(Rejection::ProductsNotForSale { products: vec![product] }), 422),
            (rejected(Rejection::CurrencyMismatch), 422),
            (rejected(Rejection::TotalTooLarge), 422),
            (rejected(Rejection::UnknownOrder), 422),
            (ServiceError::Store(StoreError::NotFound), 404),
            (ServiceError::Store(StoreError::Unavailable("busy".into())), 503),
            (ServiceError::Store(StoreError::DeadlineExceeded), 504),
            (ServiceError::NotFound { what: "order" }, 404),
            (ServiceError::Unauthenticated, 401),
            (ServiceError::Forbidden { reason: "This is for administrators." }, 403),
            (ServiceError::InvalidCredentials, 401),
            (ServiceError::InvalidRefreshToken, 401),
            (ServiceError::WrongPassword, 422),
            (ServiceError::AlreadyExpired, 422),
            (ServiceError::InvalidCursor(InvalidCursor), 400),
            (ServiceError::PreconditionRequired, 428),
            (ServiceError::RateLimited { retry_after: Duration::from_secs(7) }, 429),
            (ServiceError::Overloaded, 503),
            (ServiceError::UnknownProducts { lines: vec![0], replayed: false }, 422),
            (ServiceError::ProductsNotForSale { lines: vec![0], replayed: false }, 422),
        ];
        for (error, status) in errors {
            let code = code(&error);
            let failure = Failure::from(error);
            assert_eq!((failure.code.as_ref(), failure.status.as_u16()), (code, status));
            let challenged = failure.headers.contains_key(header::WWW_AUTHENTICATE);
            assert_eq!(challenged, status == 401, "{code}");
        }
    }

    #[test]
    fn a_fault_of_the_server_keeps_its_cause_for_the_log() {
        let failure = Failure::from(ServiceError::Store(StoreError::Internal("table orders is gone".into())));
        assert_eq!(failure.code, "internal");
        assert!(failure.source.is_some());
        let body = String::from_utf8(failure.to_problem("id", "/v1/orders")).unwrap();
        assert!(!body.contains("orders is gone"), "{body}");
    }

    #[test]
    fn a_shortage_names_what_there_is() {
        let shortage = Shortage { product_id: ProductId::new(), requested: 3, available: 1 };
        let error = StoreError::Rejected {
            rejection: Rejection::OutOfStock { shortages: vec![shortage] },
            replayed: true,
        };
        let failure = Failure::from(ServiceError::Store(error));
        assert_eq!(failure.extra["shortages"][0]["available"], 1);
        assert_eq!(failure.headers[IDEMPOTENT_REPLAYED], "true");
    }

    #[test]
    fn lines_are_pointed_at() {
        let failure = Failure::from(ServiceError::UnknownProducts { lines: vec![0, 7], replayed: false });
        let pointers: Vec<_> = failure.errors.iter().map(|error| format!("{:?}", error.at)).collect();
        assert_eq!(pointers, [r#"Pointer("/lines/0/product_id")"#, r#"Pointer("/lines/7/product_id")"#]);
    }
}
