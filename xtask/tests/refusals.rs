//! What is refused, with the exact place and words: each document in `refusals` with the text beside it.
//!
//! `ORDERLY_BLESS=1 cargo test -p xtask --test refusals` writes the texts anew; read the difference
//! before committing.

mod golden_file;

use std::path::{Path, PathBuf};

use golden_file::assert_golden;
use orderly_document::{Diagnostics, Document};
use xtask::codegen::emit;

/// What is said about a document that is refused, while it is read or when a server is made of it.
fn refusals(name: &str, bytes: &[u8]) -> Diagnostics {
    match Document::parse(name, bytes) {
        Err(refusals) => refusals,
        Ok(document) => {
            let mut diagnostics = Diagnostics::new();
            assert!(emit::server(&document, &mut diagnostics).is_err(), "{name} is not refused");
            diagnostics
        }
    }
}

#[test]
fn every_refused_document_is_refused_in_these_words_at_this_place() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refusals");
    let mut documents: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    documents.retain(|path| path.extension().is_some_and(|ending| ending != "txt"));
    assert!(!documents.is_empty());
    for path in documents {
        let name = path.file_name().unwrap().to_str().unwrap();
        let refusals = refusals(name, &std::fs::read(&path).unwrap());
        assert_golden(&folder.join(format!("{name}.txt")), &refusals.to_string());
    }
}
