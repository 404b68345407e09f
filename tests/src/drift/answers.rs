//! Answers that are not as they are declared: body, status, media type, headers.

use http::HeaderValue;
use orderly_contract::Check;
use serde_json::json;

use super::{
    Change::Answer,
    Drift,
    json::{answered, edit, edit_items, remove, retype, swap_status},
};

const BODY: &[Check] = &[Check::Body];
const STATUS: &[Check] = &[Check::Status];
const MEDIA_TYPE: &[Check] = &[Check::MediaType];
const HEADERS: &[Check] = &[Check::Headers];

pub(super) const DRIFTS: &[Drift] = &[
    Drift::new(
        "a_product_has_no_sku",
        "get_product",
        BODY,
        Answer(|_, received, _| edit(received, 200, |product| drop(remove(product, "sku")))),
    ),
    Drift::new(
        "the_name_of_listed_products_is_called_title",
        "list_products",
        BODY,
        Answer(|_, received, _| edit_items(received, |product| product["title"] = remove(product, "name"))),
    ),
    Drift::new(
        "stock_is_a_text",
        "get_product",
        BODY,
        Answer(|_, received, _| {
            edit(received, 200, |product| product["stock"] = product["stock"].to_string().into());
        }),
    ),
    Drift::new(
        "stock_is_below_zero",
        "archive_product",
        BODY,
        Answer(|_, received, _| edit(received, 200, |product| product["stock"] = json!(-1))),
    ),
    Drift::new(
        "a_price_is_null",
        "update_product",
        BODY,
        Answer(|_, received, _| edit(received, 200, |product| product["price"] = json!(null))),
    ),
    Drift::new(
        "an_amount_has_a_fraction",
        "create_product",
        BODY,
        Answer(|_, received, _| edit(received, 201, |product| product["price"]["amount"] = json!(18.9))),
    ),
    Drift::new(
        "a_currency_is_in_lower_case",
        "create_order",
        BODY,
        Answer(|_, received, _| edit(received, 201, |order| order["total"]["currency"] = json!("eur"))),
    ),
    Drift::new(
        "a_role_is_one_that_nobody_declared",
        "get_me",
        BODY,
        Answer(|_, received, _| edit(received, 200, |account| account["role"] = json!("owner"))),
    ),
    Drift::new(
        "an_id_is_a_number",
        "create_note",
        BODY,
        Answer(|_, received, _| edit(received, 201, |note| note["id"] = json!(17))),
    ),
    Drift::new(
        "an_id_is_of_another_kind",
        "get_user",
        BODY,
        Answer(|_, received, _| edit(received, 200, |user| user["id"] = json!("user-17"))),
    ),
    Drift::new(
        "a_time_has_no_zone",
        "get_note",
        BODY,
        Answer(|_, received, _| {
            edit(received, 200, |note| note["created_at"] = json!("2026-11-21T08:17:23"));
        }),
    ),
    Drift::new(
        "a_status_of_orders_is_in_capitals",
        "get_order",
        BODY,
        Answer(|_, received, _| edit(received, 200, |order| order["status"] = json!("PLACED"))),
    ),
    Drift::new(
        "lines_are_an_object",
        "cancel_order",
        BODY,
        Answer(|_, received, _| edit(received, 200, |order| order["lines"] = json!({}))),
    ),
    Drift::new(
        "the_unit_price_of_a_line_has_no_currency",
        "get_order",
        BODY,
        Answer(|_, received, _| {
            edit(received, 200, |order| {
                for line in order["lines"].as_array_mut().into_iter().flatten() {
                    remove(&mut line["unit_price"], "currency");
                }
            });
        }),
    ),
    Drift::new(
        "an_overview_has_too_many_orders",
        "get_overview",
        BODY,
        Answer(|_, received, _| {
            edit(received, 200, |overview| {
                if let Some(orders) = overview["latest_orders"].as_array_mut()
                    && let Some(order) = orders.first().cloned()
                {
                    orders.resize(6, order);
                }
            });
        }),
    ),
    Drift::new(
        "a_list_is_bare",
        "list_orders",
        BODY,
        Answer(|_, received, _| edit(received, 200, |page| *page = remove(page, "items"))),
    ),
    Drift::new(
        "a_body_is_cut_off",
        "list_notes",
        BODY,
        Answer(|_, received, _| {
            if received.status == 200 {
                received.body.truncate(received.body.len() / 2);
            }
        }),
    ),
    Drift::new(
        "a_body_is_empty",
        "list_audit_entries",
        BODY,
        Answer(|_, received, _| {
            if received.status == 200 {
                received.body.clear();
            }
        }),
    ),
    Drift::new(
        "a_truth_is_a_number",
        "list_products",
        BODY,
        Answer(|_, received, _| edit_items(received, |product| product["active"] = json!(1))),
    ),
    Drift::new(
        "a_token_expires_in_no_time",
        "create_tokens",
        BODY,
        Answer(|_, received, _| edit(received, 200, |tokens| tokens["expires_in"] = json!(0))),
    ),
    Drift::new(
        "a_key_has_no_id",
        "get_jwks",
        BODY,
        Answer(|_, received, _| edit(received, 200, |set| drop(remove(&mut set["keys"][0], "kid")))),
    ),
    Drift::new(
        "products_show_what_they_cost",
        "list_products",
        BODY,
        Answer(|_, received, _| edit_items(received, |product| product["cost"] = json!(5))),
    ),
    Drift::new(
        "a_mistake_has_no_code",
        "register",
        &[Check::Body, Check::Problem],
        Answer(|_, received, _| {
            edit(received, 400, |problem| {
                for mistake in problem["errors"].as_array_mut().into_iter().flatten() {
                    remove(mistake, "code");
                }
            });
        }),
    ),
    Drift::new(
        "created_is_told_as_ok",
        "create_product",
        STATUS,
        Answer(|_, received, _| swap_status(received, 201, 200)),
    ),
    Drift::new(
        "deleted_is_told_as_accepted",
        "delete_note",
        STATUS,
        Answer(|_, received, _| swap_status(received, 204, 202)),
    ),
    Drift::new(
        "not_found_is_told_as_gone",
        "get_order",
        STATUS,
        Answer(|_, received, _| swap_status(received, 404, 410)),
    ),
    Drift::new(
        "a_conflict_is_a_teapot",
        "register",
        STATUS,
        Answer(|_, received, _| swap_status(received, 409, 418)),
    ),
    Drift::new(
        "forbidden_is_told_as_payment_required",
        "list_users",
        STATUS,
        Answer(|_, received, _| swap_status(received, 403, 402)),
    ),
    Drift::new(
        "not_found_is_told_as_a_server_error",
        "get_note",
        &[Check::NoServerError],
        Answer(|_, received, _| {
            if received.status == 404 {
                edit(received, 404, |problem| {
                    problem["status"] = json!(500);
                    problem["code"] = json!("internal");
                });
                swap_status(received, 404, 500);
            }
        }),
    ),
    Drift::new(
        "a_product_is_plain_text",
        "get_product",
        MEDIA_TYPE,
        Answer(|_, received, _| {
            if received.status == 200 {
                retype(received, "text/plain; charset=utf-8");
            }
        }),
    ),
    Drift::new(
        "a_problem_is_called_plain_json",
        "get_user",
        MEDIA_TYPE,
        Answer(|_, received, _| {
            if received.status == 404 {
                retype(received, "application/json");
            }
        }),
    ),
    Drift::new(
        "a_list_has_no_media_type",
        "list_orders",
        MEDIA_TYPE,
        Answer(|_, received, _| drop(received.headers.remove("content-type"))),
    ),
    Drift::new(
        "a_refusal_is_a_page",
        "create_order",
        MEDIA_TYPE,
        Answer(|_, received, _| {
            if received.status == 400 {
                retype(received, "text/html");
                received.body = "<h1>Bad Request</h1>".into();
            }
        }),
    ),
    Drift::new(
        "what_is_created_has_no_location",
        "create_order",
        HEADERS,
        Answer(|_, received, _| drop(received.headers.remove("location"))),
    ),
    Drift::new(
        "a_note_has_no_etag",
        "get_note",
        HEADERS,
        Answer(|_, received, _| drop(received.headers.remove("etag"))),
    ),
    Drift::new(
        "a_refused_caller_is_not_told_how_to_authenticate",
        "get_me",
        HEADERS,
        Answer(|_, received, _| drop(received.headers.remove("www-authenticate"))),
    ),
    Drift::new(
        "an_answer_has_no_request_id",
        "get_overview",
        HEADERS,
        Answer(|_, received, _| {
            if received.status == 200 {
                received.headers.remove("x-request-id");
            }
        }),
    ),
    Drift::new(
        "an_answer_has_a_header_that_nobody_declared",
        "list_notes",
        HEADERS,
        Answer(|_, received, _| {
            received.headers.insert("x-powered-by", HeaderValue::from_static("orderly"));
        }),
    ),
    Drift::new(
        "tokens_may_be_cached_by_anybody",
        "create_tokens",
        HEADERS,
        Answer(|_, received, _| drop(received.headers.remove("cache-control"))),
    ),
    Drift::new(
        "replayed_is_told_in_words",
        "create_note",
        HEADERS,
        Answer(|_, received, _| {
            if received.status == 201 && !answered(received)["id"].is_null() {
                received.headers.insert("idempotent-replayed", HeaderValue::from_static("perhaps"));
            }
        }),
    ),
];
