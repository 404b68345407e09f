//! Holds the table of schemas in `docs/sdk.md` to the generator.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use orderly_document::{Diagnostics, Document};
use xtask::codegen::sdk;

/// The rows: a schema in YAML, and the Rust type.
fn rows() -> Vec<(String, String)> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/sdk.md");
    let text = fs::read_to_string(page).expect("the page is there");
    let rows = text.lines().filter_map(|line| {
        let (schema, rust) = line.strip_prefix("| `{")?.strip_suffix("` |")?.split_once("` | `")?;
        Some((format!("{{{schema}"), rust.to_owned()))
    });
    rows.collect()
}

/// A document with an object that has each schema as a required member, and an operation that answers it.
fn document(rows: &[(String, String)]) -> Document {
    let mut text = String::from(
        "openapi: 3.0.3\ninfo: {title: Table, version: '1'}\npaths:\n  /row:\n    get:\n      operationId: get_row\n      \
         responses:\n        '200':\n          description: A row.\n          content:\n            application/json:\n              \
         schema: {$ref: '#/components/schemas/Row'}\ncomponents:\n  schemas:\n    Row:\n      type: object\n      required: [",
    );
    for number in 0..rows.len() {
        let _ = write!(text, "m{number}, ");
    }
    text.push_str("]\n      properties:\n");
    for (number, (schema, _)) in rows.iter().enumerate() {
        let _ = writeln!(text, "        m{number}: {schema}");
    }
    Document::parse("table.yaml", text.as_bytes()).unwrap_or_else(|remarks| panic!("{remarks}\n{text}"))
}

/// The type of each member of `Row` in generated code, without the paths of the standard library.
fn types(client: &str, count: usize) -> Vec<String> {
    let row = client.split("pub struct Row {").nth(1).expect("the object has a type");
    let row: String = row.split("\n    }").next().unwrap_or_default().split_whitespace().collect();
    let of = |number: usize| {
        let start = format!("pubm{number}:");
        let (_, rest) = row.split_once(&start).unwrap_or_else(|| panic!("{start} in {row}"));
        // Up to the next member, its attribute or its description.
        let end = rest.find(",pub").into_iter().chain(rest.find(",#")).chain(rest.find(",/")).min();
        let text = rest[..end.unwrap_or(rest.len())].trim_end_matches(',');
        let short = ["::std::string::", "::std::option::", "::std::vec::", "::std::collections::"];
        short
            .iter()
            .fold(text.to_owned(), |text, path| text.replace(path, ""))
            .replace("::chrono", "chrono")
            .replace("::uuid::", "uuid::")
            .replace("::serde_json", "serde_json")
            .replace("::sdk::", "")
    };
    (0..count).map(of).collect()
}

#[test]
fn schemas_become_what_the_page_says() {
    let rows = rows();
    assert!(rows.len() > 20, "{rows:?}");
    let mut diagnostics = Diagnostics::new();
    let files = sdk::generate(&document(&rows), &mut diagnostics).unwrap_or_else(|_| panic!("{diagnostics}"));
    let client = files.iter().find(|(path, _)| Path::new(path).ends_with("client.rs")).expect("a client").1;
    for (number, ((schema, expected), found)) in rows.iter().zip(types(client, rows.len())).enumerate() {
        let expected: String = expected.split_whitespace().collect();
        let expected = expected.replace("NewType", &format!("RowM{number}"));
        assert_eq!(found, expected, "{schema}");
    }
}
