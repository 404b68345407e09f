//! Credentials that are not looked at, and things of others that are shown.

use http::{StatusCode, header};
use orderly_contract::{Check, Received, Sent};

use super::{
    Change::{Again, Answer},
    Drift,
    json::{edit, retype},
};

const AUTHENTICATION: &[Check] = &[Check::Authentication];
const OBJECT_AUTHORISATION: &[Check] = &[Check::ObjectAuthorisation];

fn has_credential(sent: &Sent) -> bool {
    sent.headers.contains_key(header::AUTHORIZATION) || sent.headers.contains_key("x-api-key")
}

fn is_unauthenticated(received: &Received) -> bool {
    received.status == StatusCode::UNAUTHORIZED
}

fn is_not_found(_: &Sent, received: &Received) -> bool {
    received.status == StatusCode::NOT_FOUND
}

pub(super) const DRIFTS: &[Drift] = &[
    Drift::new(
        "users_are_shown_to_anybody",
        "list_users",
        AUTHENTICATION,
        Again(
            |sent, received| is_unauthenticated(received) && !has_credential(sent),
            |sent, world| world.as_administrator(sent),
        ),
    ),
    Drift::new(
        "notes_are_taken_from_anybody",
        "create_note",
        AUTHENTICATION,
        Again(
            |sent, received| is_unauthenticated(received) && !has_credential(sent),
            |sent, world| world.as_administrator(sent),
        ),
    ),
    Drift::new(
        "a_credential_that_does_not_work_is_as_good_as_one_that_does",
        "get_me",
        AUTHENTICATION,
        Again(
            |sent, received| is_unauthenticated(received) && has_credential(sent),
            |sent, world| world.as_administrator(sent),
        ),
    ),
    Drift::new(
        "a_credential_that_has_expired_still_works",
        "list_orders",
        AUTHENTICATION,
        Again(
            |sent, received| is_unauthenticated(received) && has_credential(sent),
            |sent, world| world.as_administrator(sent),
        ),
    ),
    Drift::new(
        "api_keys_do_not_work_where_they_should",
        "list_notes",
        AUTHENTICATION,
        Answer(|sent, received, _| {
            if sent.headers.contains_key("x-api-key") && received.status == StatusCode::OK {
                edit(received, 200, |body| {
                    *body = serde_json::json!({
                        "type": "about:blank", "title": "Unauthorized", "status": 401, "detail": "Send a token.",
                        "instance": "/v1/notes", "code": "unauthenticated",
                    });
                });
                retype(received, "application/problem+json");
                received.status = StatusCode::UNAUTHORIZED;
            }
        }),
    ),
    Drift::new(
        "the_orders_of_others_are_shown",
        "get_order",
        OBJECT_AUTHORISATION,
        Again(is_not_found, |sent, world| world.as_owner(sent)),
    ),
    Drift::new(
        "the_orders_of_others_can_be_cancelled",
        "cancel_order",
        OBJECT_AUTHORISATION,
        Again(is_not_found, |sent, world| world.as_owner(sent)),
    ),
    Drift::new(
        "the_notes_of_others_are_shown",
        "get_note",
        OBJECT_AUTHORISATION,
        Again(is_not_found, |sent, world| world.as_owner(sent)),
    ),
    Drift::new(
        "the_notes_of_others_can_be_changed",
        "update_note",
        OBJECT_AUTHORISATION,
        Again(is_not_found, |sent, world| world.as_owner(sent)),
    ),
    Drift::new(
        "the_notes_of_others_can_be_replaced",
        "replace_note",
        OBJECT_AUTHORISATION,
        Again(is_not_found, |sent, world| world.as_owner(sent)),
    ),
];
