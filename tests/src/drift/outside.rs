//! Errors that say the wrong thing or too much, methods that nobody declared, and rates.

use http::{HeaderValue, StatusCode, header};
use orderly_contract::Check;
use serde_json::json;

use super::{
    Change::Answer,
    Drift,
    json::{body, edit},
};

const METHOD: &[Check] = &[Check::Method];
const PROBLEM: &[Check] = &[Check::Problem];
const LEAK: &[Check] = &[Check::Leak];
const RATE_LIMIT: &[Check] = &[Check::RateLimit];

pub(super) const DRIFTS: &[Drift] = &[
    Drift::new(
        "a_method_that_is_not_there_is_taken",
        "",
        METHOD,
        Answer(|_, received, world| {
            if received.status == StatusCode::METHOD_NOT_ALLOWED
                && let Some(success) = world.last_success("get_me")
            {
                *received = success;
            }
        }),
    ),
    Drift::new(
        "a_method_that_is_not_there_is_a_bad_request",
        "",
        METHOD,
        Answer(|_, received, _| {
            if received.status == StatusCode::METHOD_NOT_ALLOWED {
                edit(received, 405, |problem| problem["status"] = json!(400));
                received.status = StatusCode::BAD_REQUEST;
            }
        }),
    ),
    Drift::new(
        "the_methods_that_are_there_are_not_told",
        "",
        METHOD,
        Answer(|_, received, _| drop(received.headers.remove(header::ALLOW))),
    ),
    Drift::new(
        "the_methods_that_are_told_are_not_there",
        "",
        METHOD,
        Answer(|_, received, _| {
            if received.headers.contains_key(header::ALLOW) {
                received.headers.insert(header::ALLOW, HeaderValue::from_static("TRACE"));
            }
        }),
    ),
    Drift::new(
        "a_problem_has_a_code_that_nobody_declared",
        "create_product",
        &[Check::Problem, Check::Body],
        Answer(|_, received, _| edit(received, 400, |problem| problem["code"] = json!("oh_dear"))),
    ),
    Drift::new(
        "a_problem_has_the_code_of_another_one",
        "list_products",
        PROBLEM,
        Answer(|_, received, _| edit(received, 400, |problem| problem["code"] = json!("forbidden"))),
    ),
    Drift::new(
        "a_problem_tells_another_status",
        "get_user",
        PROBLEM,
        Answer(|_, received, _| edit(received, 404, |problem| problem["status"] = json!(410))),
    ),
    Drift::new(
        "a_problem_tells_another_request_id",
        "get_note",
        PROBLEM,
        Answer(|_, received, _| edit(received, 404, |problem| problem["request_id"] = json!("another"))),
    ),
    Drift::new(
        "a_problem_is_about_another_path",
        "list_orders",
        PROBLEM,
        Answer(|_, received, _| edit(received, 400, |problem| problem["instance"] = json!("/v2"))),
    ),
    Drift::new(
        "a_problem_has_no_detail",
        "adjust_stock",
        &[Check::Problem, Check::Body],
        Answer(|_, received, _| {
            edit(received, 400, |problem| {
                problem.as_object_mut().map(|problem| problem.remove("detail"));
            });
        }),
    ),
    Drift::new(
        "an_error_shows_where_it_happened",
        "create_order",
        LEAK,
        Answer(|_, received, _| {
            edit(received, 400, |problem| {
                problem["detail"] = json!(
                    "thread 'main' panicked at /srv/orderly/src/http/orders.rs:42:7: index out of bounds"
                );
            });
        }),
    ),
    Drift::new(
        "an_error_shows_the_statement",
        "get_user",
        LEAK,
        Answer(|_, received, _| {
            edit(received, 404, |problem| {
                problem["detail"] = json!("no rows returned by SELECT id, email FROM accounts WHERE id = $1");
            });
        }),
    ),
    Drift::new(
        "an_error_repeats_what_was_sent",
        "register",
        &[Check::Echo],
        Answer(|sent, received, _| {
            let password = body(sent)["password"].clone();
            edit(received, 400, |problem| problem["detail"] = json!(format!("bad password {password}")));
        }),
    ),
    Drift::new(
        "what_is_left_is_below_zero",
        "get_me",
        RATE_LIMIT,
        Answer(|_, received, _| {
            received.headers.insert("ratelimit", HeaderValue::from_static("\"account\";r=-3;t=41"));
        }),
    ),
    Drift::new(
        "what_is_left_grows",
        "list_products",
        RATE_LIMIT,
        Answer(|_, received, world| {
            let left = format!("\"address\";r={};t=41", world.number());
            if let Ok(left) = HeaderValue::from_str(&left) {
                received.headers.insert("ratelimit", left);
            }
        }),
    ),
];
