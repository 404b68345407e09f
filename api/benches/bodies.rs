//! What a body costs: straight into its type (the fast path), held against the document's schema (the slow path, which
//! runs only to say what is wrong), and out again.

use std::hint::black_box;

use divan::{Bencher, counter::BytesCount};
use orderly_api::{
    Money, OrderCreate, Product, ProductId, ProductPage, SCHEMAS,
    runtime::{DateTime, Direction, Valid},
};
use serde_json::{Value, json};

const SCHEMA: &str = "#/components/schemas/OrderCreate";

/// How many lines an order has.
const LINES: [usize; 3] = [1, 3, 50];

fn main() {
    divan::main();
}

/// An order with different products.
fn order(lines: usize) -> Value {
    let line = |n: usize| json!({"product_id": format!("prd_01m7yjwxw0e74a7m6e3xnkk{n:03}"), "quantity": 2});
    json!({"reference": "PO-2026-117", "lines": (0..lines).map(line).collect::<Vec<_>>()})
}

/// Bytes, serde, type, `Valid`.
#[divan::bench(args = LINES)]
fn read_by_the_fast_path(bencher: Bencher<'_, '_>, lines: usize) {
    let bytes = order(lines).to_string();
    bencher.counter(BytesCount::of_str(&bytes)).bench(|| {
        let order: OrderCreate = serde_json::from_str(black_box(&bytes)).expect("the order keeps its schema");
        assert!(order.is_valid());
        order
    });
}

/// The same into a JSON value and from there into the type, as generic frameworks do it.
#[divan::bench(args = LINES)]
fn read_through_a_json_value(bencher: Bencher<'_, '_>, lines: usize) {
    let bytes = order(lines).to_string();
    bencher.counter(BytesCount::of_str(&bytes)).bench(|| {
        let value: Value = serde_json::from_str(black_box(&bytes)).expect("the order is JSON");
        serde_json::from_value::<OrderCreate>(value).expect("the order keeps its schema")
    });
}

/// Bytes, JSON value, the document's schema: what a body with one mistake costs beside its fast path.
#[divan::bench(args = LINES)]
fn explain_by_the_slow_path(bencher: Bencher<'_, '_>, lines: usize) {
    let mut order = order(lines);
    order["lines"][0]["quantity"] = 0.into();
    let bytes = order.to_string();
    bencher.counter(BytesCount::of_str(&bytes)).bench(|| {
        let value: Value = serde_json::from_str(black_box(&bytes)).expect("the order is JSON");
        let violations = SCHEMAS.violations(SCHEMA, Direction::Request, &value).expect("the schema is known");
        assert_eq!(violations.len(), 1);
        violations
    });
}

/// A page as the catalogue answers it.
#[divan::bench(args = [1, 20, 100])]
fn write_a_page_of_products(bencher: Bencher<'_, '_>, count: usize) {
    let product: Product = serde_json::from_value(json!({
        "id": "prd_01m7yjwxw0e74a7m6e3xnkkj8s",
        "sku": "MUG-STONE-350",
        "name": "Stoneware mug, 350 ml",
        "description": "Hand-glazed, dishwasher safe. The glaze makes each one a little different.",
        "price": {"amount": 1890, "currency": "EUR"},
        "stock": 118,
        "active": true,
        "created_at": "2026-11-21T08:17:23.328783Z",
        "updated_at": "2026-11-21T08:17:23.344677Z",
    }))
    .expect("the product keeps its schema");
    let page = ProductPage { items: vec![product; count], next_cursor: None };
    bencher.bench(|| serde_json::to_vec(black_box(&page)).expect("a page is JSON"));
}

/// A `pattern`.
#[divan::bench]
fn check_an_id(bencher: Bencher<'_, '_>) {
    let read = |text: &str| text.parse::<ProductId>();
    bencher.bench(|| read(black_box("prd_01m7yjwxw0e74a7m6e3xnkkj8s")).expect("it is an id"));
}

/// A `format: date-time`, in and out.
#[divan::bench]
fn read_and_write_a_moment(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let moment: DateTime = black_box("2026-11-21T08:17:23.328783Z").parse().expect("it is a moment");
        moment.to_string()
    });
}

/// An amount with its currency.
#[divan::bench]
fn read_money(bencher: Bencher<'_, '_>) {
    let bytes = r#"{"amount": 1890, "currency": "EUR"}"#;
    bencher.bench(|| serde_json::from_str::<Money>(black_box(bytes)).expect("it is money"));
}
