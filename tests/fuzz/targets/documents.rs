//! Documents: whatever a file holds, the generator writes Rust or says what it cannot, and never panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xtask::codegen::{diagnostic::Diagnostics, emit, load::Document};

fuzz_target!(|bytes: &[u8]| {
    for name in ["fuzz.yaml", "fuzz.json"] {
        let Ok(document) = Document::parse(name, bytes) else { continue };
        let mut diagnostics = Diagnostics::new();
        if emit::server(&document, &mut diagnostics).is_err() {
            assert!(!diagnostics.is_empty(), "a document was refused without a reason");
        }
    }
});
