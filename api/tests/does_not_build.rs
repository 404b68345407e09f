//! A server that does not keep to the document does not build.
//!
//! Each case is `programs/orders.rs` with one change, given to the compiler alone: the crates were
//! built for this very test and lie beside it.

#![allow(clippy::unwrap_used, reason = "these are tests: what is unexpected fails them")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

const PROGRAM: &str = include_str!("programs/orders.rs");

/// Builds of this workspace's API, the latest first: several lie side by side where features differ.
fn libraries() -> Vec<PathBuf> {
    let folder = env::current_exe().unwrap().parent().unwrap().to_owned();
    let is_library = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with("liborderly_api-") && name.ends_with(".rlib")
    };
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(is_library).collect();
    found.sort_by_key(|path| std::cmp::Reverse(fs::metadata(path).and_then(|file| file.modified()).unwrap()));
    found
}

/// What the compiler says of a program; nothing if it builds.
fn errors(program: &str, library: &Path) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("program.rs");
    fs::write(&source, program).unwrap();
    let dependencies = library.parent().unwrap();
    let output = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--cap-lints=allow"])
        .arg(format!("-Ldependency={}", dependencies.display()))
        .arg(format!("--extern=orderly_api={}", library.display()))
        .arg("--out-dir")
        .arg(folder.path())
        .arg(&source)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    let found: Vec<String> =
        text.lines().filter(|line| line.starts_with("error")).map(str::to_owned).collect();
    assert_eq!(output.status.success(), found.is_empty(), "{text}");
    found
}

/// The build against which the program as it stands compiles.
fn library() -> PathBuf {
    let candidates = libraries();
    let fitting = candidates.iter().find(|library| errors(PROGRAM, library).is_empty());
    fitting.unwrap_or_else(|| panic!("the unchanged program builds with none of {candidates:?}")).clone()
}

/// The program with a text replaced; the text has to be there.
fn changed(from: &str, to: &str) -> String {
    assert!(PROGRAM.contains(from), "the program has no `{from}`");
    PROGRAM.replace(from, to)
}

#[test]
fn only_what_the_document_says_builds() {
    let library = library();
    let cancel = PROGRAM.split("\n\n").last().and_then(|last| last.strip_suffix("}\n")).unwrap();
    let page = "body: OrderPage { items: vec![], next_cursor: None }";
    let cases = [
        ("an operation is missing", changed(cancel, ""), "E0046"),
        (
            "an operation that the document does not have",
            changed("async fn get_order(", "async fn ship_order(&self) {}\n async fn get_order("),
            "E0407",
        ),
        (
            "an undeclared status",
            changed("ListOrdersResponse::Ok {", "ListOrdersResponse::Accepted {"),
            "E0599",
        ),
        (
            "another operation's answer",
            changed("Result<GetOrderResponse,", "Result<CancelOrderResponse,"),
            "E0271",
        ),
        ("a body of another type", changed(page, "body: Vec::<Order>::new()"), "E0308"),
        ("an undeclared header", changed(page, &format!("{page}, etag: String::new()")), "E0559"),
        (
            "a field that the schema does not have",
            changed("request.body.lines", "request.body.rows"),
            "E0609",
        ),
        ("a field of another type", changed("Vec<OrderLineCreate> =", "Vec<String> ="), "E0308"),
        (
            "a constrained value that nobody checked",
            changed("next_cursor: None", "next_cursor: Some(Quantity(0))"),
            "E0423",
        ),
    ];
    for (what, program, code) in cases {
        let found = errors(&program, &library);
        assert!(found.iter().any(|error| error.starts_with(&format!("error[{code}]"))), "{what}: {found:?}");
    }
}

#[test]
fn a_public_operation_has_no_principal() {
    let library = library();
    let service = "impl AccountsApi for Shop { async fn get_jwks(&self, _: String) -> Result<GetJwksResponse, Failure> { Err(closed()) } }";
    let found = errors(&format!("{PROGRAM}\n{service}"), &library);
    assert!(found.iter().any(|error| error.starts_with("error[E0050]")), "{found:?}");
}
