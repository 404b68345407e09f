//! Cursors: whatever a caller sends as one is refused or understood, and what is understood stays what it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orderly_domain::Cursor;

fuzz_target!(|text: &str| {
    let Ok(cursor) = text.parse::<Cursor>() else { return };
    assert_eq!(cursor.to_string().parse(), Ok(cursor.clone()), "{text}");
    let _ = cursor.position(&"other filters");
});
