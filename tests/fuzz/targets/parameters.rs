//! Parameters: a text is refused or accepted without a panic, and what the interface accepts, the shop understands.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orderly_api::{
    Currency, OrderId,
    runtime::{DateTime, FromParameter},
};

fuzz_target!(|text: &str| {
    if let Ok(id) = OrderId::from_text(text) {
        assert!(id.as_str().parse::<orderly_domain::id::OrderId>().is_ok(), "{text}");
    }
    if let Ok(currency) = Currency::from_text(text) {
        assert!(currency.as_str().parse::<orderly_domain::Currency>().is_ok(), "{text}");
    }
    if let Ok(moment) = DateTime::from_text(text) {
        assert_eq!(moment.to_string().parse(), Ok(moment), "{text}");
    }
    if let Ok(number) = i64::from_text(text) {
        assert_eq!(i64::from_text(&number.to_string()), Ok(number), "{text}");
    }
});
