//! What an order costs, and what refuses it before its stock is looked at.

#![allow(clippy::unwrap_used, reason = "these are tests: what is unexpected fails them")]

use orderly_domain::{
    Money, Rejection, Timestamp, Version,
    id::{OrderId, ProductId, UserId},
    money::MAX_AMOUNT,
    order::{Basket, NewOrder, OrderStatus},
    product::Product,
};
use proptest::prelude::*;
use uuid::Uuid;

fn product(id: u128, amount: i64, currency: &str, active: bool) -> Product {
    Product {
        id: ProductId::from_uuid(Uuid::from_u128(id)),
        sku: format!("SKU-{id}"),
        name: format!("Product {id}"),
        description: None,
        price: Money::new(amount, currency.parse().unwrap()).unwrap(),
        stock: 0,
        active,
        version: Version::FIRST,
        created_at: Timestamp::from_micros(0),
        updated_at: Timestamp::from_micros(0),
    }
}

fn new_order(lines: impl IntoIterator<Item = (ProductId, i64)>) -> NewOrder {
    NewOrder {
        id: OrderId::new(),
        user_id: UserId::new(),
        basket: Basket::new(lines),
        reference: None,
        expected_total: None,
        at: Timestamp::from_micros(5),
    }
}

proptest! {
    #[test]
    fn the_total_is_the_exact_sum_or_the_order_is_refused(
        lines in prop::collection::vec((0..8_u128, 0..=MAX_AMOUNT / 4, 1..=9_i64), 1..12),
    ) {
        let mut products: Vec<Product> = Vec::new();
        for &(id, amount, _) in &lines {
            if products.iter().all(|product| product.id.uuid().as_u128() != id) {
                products.push(product(id, amount, "EUR", true));
            }
        }
        let price = |id: u128| {
            let found = products.iter().find(|product| product.id.uuid().as_u128() == id).unwrap();
            i128::from(found.price.amount())
        };
        let exact: i128 = lines.iter().map(|&(id, _, quantity)| price(id) * i128::from(quantity)).sum();
        let basket = lines.iter().map(|&(id, _, quantity)| (ProductId::from_uuid(Uuid::from_u128(id)), quantity));
        match new_order(basket).priced(&products) {
            Ok(order) => {
                prop_assert_eq!(i128::from(order.total.amount()), exact);
                prop_assert!(order.lines.is_sorted_by(|a, b| a.product_id < b.product_id));
                prop_assert_eq!(order.status, OrderStatus::Placed);
                for line in order.lines {
                    prop_assert_eq!(Ok(line.total), line.unit_price.times(line.quantity));
                }
            }
            Err(rejection) => {
                prop_assert_eq!(rejection, Rejection::TotalTooLarge);
                prop_assert!(exact > i128::from(MAX_AMOUNT));
            }
        }
    }
}

#[test]
fn the_first_rule_that_is_broken_is_named_with_all_that_break_it() {
    let tea = product(1, 100, "EUR", true);
    let pot = product(2, 200, "EUR", true);
    let old = product(3, 1, "USD", false);
    let older = product(4, 1, "EUR", false);
    let dollars = product(5, 1, "USD", true);
    let never = ProductId::from_uuid(Uuid::from_u128(9));
    let products = [&tea, &pot, &old, &older, &dollars].map(Product::clone);
    let cases = [
        (vec![(tea.id, 1), (never, 1), (old.id, 1)], Rejection::UnknownProducts { products: vec![never] }),
        (
            vec![(older.id, 1), (old.id, 1), (tea.id, 1)],
            Rejection::ProductsNotForSale { products: vec![old.id, older.id] },
        ),
        (vec![(tea.id, 1), (dollars.id, 1)], Rejection::CurrencyMismatch),
        (vec![(tea.id, i64::MAX), (tea.id, i64::MAX)], Rejection::TotalTooLarge),
        (vec![], Rejection::UnknownProducts { products: vec![] }),
    ];
    for (lines, expected) in cases {
        assert_eq!(new_order(lines).priced(&products), Err(expected));
    }
}

#[test]
fn the_expected_total_has_to_be_the_total() {
    let tea = product(1, 100, "EUR", true);
    let money = |amount, currency: &str| Money::new(amount, currency.parse().unwrap()).unwrap();
    let priced = |expected| {
        let new = NewOrder { expected_total: expected, ..new_order([(tea.id, 3)]) };
        new.priced(std::slice::from_ref(&tea)).map(|order| order.total)
    };
    assert_eq!(priced(None), Ok(money(300, "EUR")));
    assert_eq!(priced(Some(money(300, "EUR"))), Ok(money(300, "EUR")));
    for other in [money(299, "EUR"), money(301, "EUR"), money(300, "USD")] {
        assert_eq!(priced(Some(other)), Err(Rejection::PriceChanged { current: money(300, "EUR") }));
    }
}
