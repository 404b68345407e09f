//! Changes of which it is known what they break, made to the schemas of a small document.

mod mutated;

use std::collections::BTreeMap;
use std::path::Path;

use orderly_document::Document;

#[test]
fn known_changes_are_decided_and_none_wrongly() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/library.yaml");
    let bytes = std::fs::read(file).expect("the document");
    let document = Document::parse("library.yaml", &bytes).expect("the document can be read");
    let mut tallies = BTreeMap::new();
    mutated::run(&document, 1, 20, &mut tallies);
    let wrong: Vec<_> = tallies.values().flat_map(|tally| &tally.wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let undecided: Vec<_> = tallies.values().flat_map(|tally| &tally.undecided).collect();
    let decided: usize = tallies.values().map(|tally| tally.decided).sum();
    assert!(decided > 150, "only {decided} changes could be made");
    // 98 % have to be decided.
    assert!(undecided.len() * 49 <= decided, "{} of {decided}: {undecided:#?}", undecided.len());
}
