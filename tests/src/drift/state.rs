//! What is wrong only when several requests are looked at: idempotency, versions, pages, and what becomes of things.

use http::{HeaderValue, Method, StatusCode, header};
use orderly_contract::{Check, Received};
use serde_json::json;

use super::{
    Change::{Accept, Answer, Instead, Request},
    Drift, World,
    json::{answered, body, edit, query, without_query},
};

const IDEMPOTENCY: &[Check] = &[Check::Idempotency];
const CONDITIONAL: &[Check] = &[Check::Conditional];
const PAGINATION: &[Check] = &[Check::Pagination];
const AVAILABILITY: &[Check] = &[Check::Availability];
const USE_AFTER_DELETE: &[Check] = &[Check::UseAfterDelete];

fn etag(received: &mut Received, value: &str) {
    if received.headers.contains_key(header::ETAG)
        && let Ok(value) = HeaderValue::from_str(value)
    {
        received.headers.insert(header::ETAG, value);
    }
}

fn not_found(received: &mut Received, path: &str) {
    edit(received, 200, |body| {
        *body = json!({
            "type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is no such thing.",
            "instance": path, "code": "not_found",
        });
    });
    if received.status == StatusCode::OK {
        received.status = StatusCode::NOT_FOUND;
        received.headers.remove(header::ETAG);
        let media_type = HeaderValue::from_static("application/problem+json");
        received.headers.insert(header::CONTENT_TYPE, media_type);
    }
}

fn deleted(world: &World) -> Option<Received> {
    // The server answers any GET with the headers that every answer has.
    let mut received = world.last_success("get_note")?;
    received.status = StatusCode::NO_CONTENT;
    received.body.clear();
    for name in [header::ETAG, header::CONTENT_TYPE, header::CONTENT_LENGTH] {
        received.headers.remove(name);
    }
    Some(received)
}

pub(super) const DRIFTS: &[Drift] = &[
    Drift::new(
        "a_key_is_not_remembered",
        "create_note",
        IDEMPOTENCY,
        Request(|sent, world| {
            if sent.headers.contains_key("idempotency-key") {
                sent.headers.insert("idempotency-key", HeaderValue::from(world.number()));
            }
        }),
    ),
    Drift::new(
        "an_order_is_placed_once_more_with_its_key",
        "create_order",
        IDEMPOTENCY,
        Request(|sent, world| {
            if sent.headers.contains_key("idempotency-key") {
                sent.headers.insert("idempotency-key", HeaderValue::from(world.number()));
            }
        }),
    ),
    Drift::new(
        "a_key_can_be_used_for_something_else",
        "create_product",
        IDEMPOTENCY,
        Accept(|sent| sent.headers.contains_key("idempotency-key") && body(sent)["sku"].is_string()),
    ),
    Drift::new(
        "a_repeated_answer_is_another_one",
        "adjust_stock",
        IDEMPOTENCY,
        Answer(|_, received, _| {
            if received.headers.contains_key("idempotent-replayed") {
                edit(received, 200, |adjustment| adjustment["stock"] = json!(987_654));
            }
        }),
    ),
    Drift::new(
        "an_etag_is_always_the_same",
        "update_product",
        CONDITIONAL,
        Answer(|_, received, _| etag(received, "\"v1\"")),
    ),
    Drift::new(
        "the_etag_of_what_is_read_is_always_the_same",
        "get_product",
        CONDITIONAL,
        Answer(|_, received, _| etag(received, "\"v1\"")),
    ),
    Drift::new(
        "an_etag_is_never_the_same",
        "get_note",
        CONDITIONAL,
        Answer(|_, received, world| etag(received, &format!("\"n{}\"", world.number()))),
    ),
    Drift::new(
        "an_etag_has_no_quotes",
        "get_order",
        &[Check::Conditional, Check::Headers],
        Answer(|_, received, _| etag(received, "v1")),
    ),
    Drift::new(
        "what_has_not_changed_is_sent_again",
        "get_order",
        CONDITIONAL,
        Request(|sent, _| drop(sent.headers.remove(header::IF_NONE_MATCH))),
    ),
    Drift::new(
        "a_version_that_is_old_can_be_changed",
        "update_product",
        CONDITIONAL,
        Request(|sent, _| {
            if sent.headers.contains_key(header::IF_MATCH) {
                sent.headers.insert(header::IF_MATCH, HeaderValue::from_static("*"));
            }
        }),
    ),
    Drift::new(
        "a_version_that_is_old_can_be_replaced",
        "replace_note",
        CONDITIONAL,
        Request(|sent, _| {
            if sent.headers.contains_key(header::IF_MATCH) {
                sent.headers.insert(header::IF_MATCH, HeaderValue::from_static("*"));
            }
        }),
    ),
    Drift::new(
        "later_pages_lose_their_first_item",
        "list_products",
        PAGINATION,
        Answer(|sent, received, _| {
            if !query(sent, "cursor").is_empty() {
                edit(received, 200, |page| {
                    if let Some(items) = page["items"].as_array_mut()
                        && !items.is_empty()
                    {
                        items.remove(0);
                    }
                });
            }
        }),
    ),
    Drift::new(
        "every_page_is_the_first",
        "list_notes",
        PAGINATION,
        Request(|sent, _| without_query(sent, "cursor")),
    ),
    Drift::new(
        "the_list_ends_after_a_page",
        "list_products",
        PAGINATION,
        Answer(|_, received, _| {
            edit(received, 200, |page| {
                page.as_object_mut().map(|page| page.remove("next_cursor"));
            });
        }),
    ),
    Drift::new(
        "pages_are_as_long_as_they_like",
        "list_users",
        PAGINATION,
        Request(|sent, _| without_query(sent, "limit")),
    ),
    Drift::new(
        "a_page_repeats_the_last_item_of_the_one_before",
        "list_products",
        PAGINATION,
        Answer(|_, received, _| {
            edit(received, 200, |page| {
                if !page["next_cursor"].is_null()
                    && let Some(items) = page["items"].as_array_mut()
                    && let Some(item) = items.first().cloned()
                    && let Some(last) = items.last_mut()
                {
                    *last = item;
                }
            });
        }),
    ),
    Drift::new(
        "an_order_that_was_placed_is_not_there",
        "get_order",
        AVAILABILITY,
        Answer(|sent, received, _| not_found(received, &sent.path)),
    ),
    Drift::new(
        "a_note_that_was_written_is_another_one",
        "get_note",
        AVAILABILITY,
        Answer(|_, received, _| edit(received, 200, |note| note["title"] = json!("Something else"))),
    ),
    Drift::new(
        "a_change_of_a_product_is_forgotten",
        "update_product",
        AVAILABILITY,
        Answer(|sent, received, _| {
            let patch = body(sent);
            edit(received, 200, |product| {
                if let Some(name) = patch.get("name") {
                    product["name"] = json!(format!("{} (changed)", name.as_str().unwrap_or_default()));
                }
            });
        }),
    ),
    Drift::new(
        "a_location_leads_nowhere",
        "create_note",
        AVAILABILITY,
        Answer(|_, received, _| {
            if let Some(id) = answered(received)["id"].as_str()
                && let Ok(location) = HeaderValue::from_str(&format!("/v1/note/{id}"))
            {
                received.headers.insert(header::LOCATION, location);
            }
        }),
    ),
    Drift::new(
        "a_note_that_was_deleted_is_still_shown",
        "get_note",
        USE_AFTER_DELETE,
        Answer(|sent, received, world| {
            if sent.method == Method::GET
                && received.status == StatusCode::NOT_FOUND
                && let Some(before) = world.last_read(&sent.path)
            {
                *received = before;
            }
        }),
    ),
    Drift::new("nothing_is_deleted", "delete_note", USE_AFTER_DELETE, Instead(|_, world| deleted(world)))
        .seen_at("get_note"),
];
