//! Requests that are taken though the document forbids them, and refused though it allows them.

use orderly_contract::{Check, Sent};
use serde_json::Value;

use super::{
    Change::{Accept, Refuse},
    Drift,
    json::{body, query},
};

const REFUSAL: &[Check] = &[Check::Refusal];
const ACCEPTANCE: &[Check] = &[Check::Acceptance];

/// The number of characters of a member that is a text.
fn length(sent: &Sent, member: &str) -> Option<usize> {
    body(sent)[member].as_str().map(|text| text.chars().count())
}

/// Whether a text looks like the id of an account.
fn is_id(text: &str) -> bool {
    text.strip_prefix("usr_").is_some_and(|rest| {
        let is_digit = |letter: char| {
            letter.is_ascii_digit() || (letter.is_ascii_lowercase() && !"ilou".contains(letter))
        };
        rest.len() == 26
            && rest.starts_with(|first: char| ('0'..='7').contains(&first))
            && rest.chars().all(is_digit)
    })
}

/// Whether the body is an object that has more members than these.
fn has_others(sent: &Sent, declared: &[&str]) -> bool {
    body(sent).as_object().is_some_and(|members| members.keys().any(|name| !declared.contains(&&**name)))
}

pub(super) const DRIFTS: &[Drift] = &[
    Drift::new(
        "nothing_can_be_ordered",
        "create_order",
        REFUSAL,
        Accept(|sent| body(sent)["lines"][0]["quantity"] == 0),
    ),
    Drift::new(
        "a_quantity_over_the_limit_is_taken",
        "create_order",
        REFUSAL,
        Accept(|sent| body(sent)["lines"][0]["quantity"].as_i64() > Some(1000)),
    ),
    Drift::new(
        "an_order_without_lines_is_taken",
        "create_order",
        REFUSAL,
        Accept(|sent| body(sent)["lines"].as_array().is_some_and(Vec::is_empty)),
    ),
    Drift::new(
        "a_name_that_is_too_long_is_taken",
        "create_product",
        REFUSAL,
        Accept(|sent| length(sent, "name") > Some(200)),
    ),
    Drift::new(
        "a_sku_in_lower_case_is_taken",
        "create_product",
        REFUSAL,
        Accept(|sent| {
            let is_plain = |character: char| character.is_ascii_alphanumeric() || character == '-';
            body(sent)["sku"].as_str().is_some_and(|sku| !sku.chars().all(is_plain) || sku.starts_with('-'))
                || length(sent, "sku") == Some(0)
        }),
    ),
    Drift::new(
        "a_negative_price_is_taken",
        "create_product",
        REFUSAL,
        Accept(|sent| body(sent)["price"]["amount"].as_i64().is_some_and(|amount| amount < 0)),
    ),
    Drift::new(
        "a_member_that_nobody_declared_is_taken",
        "create_note",
        REFUSAL,
        Accept(|sent| has_others(sent, &["title", "body", "order_id"])),
    ),
    Drift::new(
        "a_note_without_a_title_is_taken",
        "create_note",
        REFUSAL,
        Accept(|sent| body(sent).as_object().is_some_and(|note| !note.contains_key("title"))),
    ),
    Drift::new(
        "a_query_parameter_that_nobody_declared_is_taken",
        "list_products",
        REFUSAL,
        Accept(|sent| {
            let declared = ["limit", "cursor", "q", "active", "price_min", "price_max", "sort"];
            let query = sent.query.as_deref().unwrap_or_default();
            form_urlencoded::parse(query.as_bytes()).any(|(name, _)| !declared.contains(&&*name))
        }),
    ),
    Drift::new(
        "a_sort_that_nobody_declared_is_taken",
        "list_products",
        REFUSAL,
        Accept(|sent| {
            let declared = ["newest", "oldest", "name", "cheapest", "dearest"];
            query(sent, "sort").iter().any(|sort| !declared.contains(&sort.as_str()))
        }),
    ),
    Drift::new(
        "a_limit_over_the_maximum_is_taken",
        "list_orders",
        REFUSAL,
        Accept(|sent| {
            query(sent, "limit").iter().any(|limit| limit.parse().is_ok_and(|limit: i64| limit > 100))
        }),
    ),
    Drift::new(
        "a_limit_in_words_is_taken",
        "list_notes",
        REFUSAL,
        Accept(|sent| query(sent, "limit").iter().any(|limit| limit.parse::<f64>().is_err())),
    ),
    Drift::new(
        "a_parameter_twice_is_taken",
        "list_users",
        REFUSAL,
        Accept(|sent| ["limit", "cursor", "q", "role"].iter().any(|name| query(sent, name).len() > 1)),
    ),
    Drift::new(
        "an_address_that_is_none_is_taken",
        "register",
        REFUSAL,
        Accept(|sent| body(sent)["email"].as_str().is_some_and(|email| !email.contains('@'))),
    ),
    Drift::new(
        "a_short_password_is_taken",
        "register",
        REFUSAL,
        Accept(|sent| length(sent, "password").is_some_and(|length| length < 8)),
    ),
    Drift::new("no_body_is_taken", "register", REFUSAL, Accept(|sent| sent.body.is_empty())),
    Drift::new(
        "a_role_that_nobody_declared_is_given",
        "change_role",
        REFUSAL,
        Accept(|sent| {
            body(sent)["role"].as_str().is_some_and(|role| !["customer", "administrator"].contains(&role))
        }),
    ),
    Drift::new(
        "a_name_that_is_null_is_taken",
        "update_product",
        REFUSAL,
        Accept(|sent| body(sent).as_object().is_some_and(|patch| patch.get("name") == Some(&Value::Null))),
    ),
    Drift::new(
        "a_change_of_nothing_is_taken",
        "update_note",
        REFUSAL,
        Accept(|sent| body(sent).as_object().is_some_and(serde_json::Map::is_empty)),
    ),
    Drift::new(
        "the_same_scope_twice_is_taken",
        "create_api_key",
        REFUSAL,
        Accept(|sent| {
            body(sent)["scopes"].as_array().is_some_and(|scopes| {
                scopes.iter().enumerate().any(|(index, scope)| scopes[..index].contains(scope))
            })
        }),
    ),
    Drift::new(
        "a_number_in_a_text_is_taken",
        "adjust_stock",
        REFUSAL,
        Accept(|sent| body(sent)["delta"].is_string()),
    ),
    Drift::new(
        "any_text_is_an_id",
        "get_user",
        REFUSAL,
        Accept(|sent| !is_id(sent.path.trim_start_matches("/v1/users/"))),
    ),
    Drift::new(
        "broken_json_is_taken",
        "create_order",
        REFUSAL,
        Accept(|sent| !sent.body.is_empty() && serde_json::from_slice::<Value>(&sent.body).is_err()),
    ),
    Drift::new(
        "another_media_type_is_taken",
        "create_note",
        REFUSAL,
        Accept(|sent| sent.media_type().is_some_and(|media_type| media_type != "application/json")),
    ),
    Drift::new(
        "an_order_without_a_key_is_taken",
        "create_order",
        &[Check::RequiredHeader],
        Accept(|sent| !sent.headers.contains_key("idempotency-key")),
    ),
    Drift::new(
        "the_longest_name_is_refused",
        "create_product",
        ACCEPTANCE,
        Refuse(|sent| length(sent, "name") == Some(200)),
    ),
    Drift::new(
        "the_greatest_limit_is_refused",
        "list_notes",
        ACCEPTANCE,
        Refuse(|sent| query(sent, "limit") == ["100"]),
    ),
    Drift::new(
        "null_is_refused",
        "update_me",
        ACCEPTANCE,
        Refuse(|sent| body(sent).as_object().is_some_and(|patch| patch.get("phone") == Some(&Value::Null))),
    ),
    Drift::new(
        "an_optional_member_is_refused",
        "create_note",
        ACCEPTANCE,
        Refuse(|sent| !body(sent)["order_id"].is_null()),
    ),
    Drift::new(
        "an_optional_member_is_demanded",
        "create_product",
        ACCEPTANCE,
        Refuse(|sent| body(sent)["stock"].is_null()),
    ),
    Drift::new(
        "one_of_the_scopes_is_refused",
        "create_api_key",
        ACCEPTANCE,
        Refuse(|sent| body(sent)["scopes"].as_array().is_some_and(|all| all.contains(&"notes:write".into()))),
    ),
    Drift::new(
        "one_of_the_sorts_is_refused",
        "list_products",
        ACCEPTANCE,
        Refuse(|sent| query(sent, "sort") == ["dearest"]),
    ),
];
