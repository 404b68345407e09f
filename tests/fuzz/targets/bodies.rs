//! Bodies: whatever arrives, the typed way and the document's schema say the same about it, and neither panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orderly_api::{
    OrderCreate, ProductPatch, SCHEMAS,
    runtime::{Direction, Valid},
};
use serde_json::Value;

const ORDER: &str = "#/components/schemas/OrderCreate";
const PATCH: &str = "#/components/schemas/ProductPatch";

fuzz_target!(|bytes: &[u8]| {
    // From bytes, as a request comes: here a repeated key is a mistake that a `Value` no longer shows.
    let _ = serde_json::from_slice::<OrderCreate>(bytes).map(|order| order.is_valid());
    let Ok(body) = serde_json::from_slice::<Value>(bytes) else { return };
    let order = serde_json::from_value::<OrderCreate>(body.clone()).is_ok_and(|order| order.is_valid());
    assert_eq!(order, fits(ORDER, &body), "{body}");
    let patch = serde_json::from_value::<ProductPatch>(body.clone()).is_ok_and(|patch| patch.is_valid());
    assert_eq!(patch, fits(PATCH, &body), "{body}");
});

fn fits(schema: &str, body: &Value) -> bool {
    let violations = SCHEMAS.violations(schema, Direction::Request, body);
    violations.expect("the document has this schema").is_empty()
}
