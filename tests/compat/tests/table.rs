//! What the documentation says of the rules is what the table says.

use orderly_compat::rules;

#[test]
fn the_documentation_holds_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/compatibility.md");
    let text = std::fs::read_to_string(path).expect("docs/compatibility.md");
    let table = rules::markdown();
    assert!(
        text.contains(&table),
        "docs/compatibility.md has to hold what `cargo xtask compat --rules` prints:\n{table}"
    );
}
