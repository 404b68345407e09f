//! What small documents turn into: each document in `golden` with its server interface, and what was
//! remarked, in the folder of the same name.
//!
//! `ORDERLY_BLESS=1 cargo test -p xtask --test golden` writes them anew; read the difference before
//! committing.

mod golden_file;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use golden_file::{assert_golden, is_blessing};
use orderly_document::{Diagnostics, Document, Refused};
use xtask::codegen::write::Files;
use xtask::codegen::{cli, emit, sdk};

type Generator = fn(&Document, &mut Diagnostics) -> Result<Files, Refused>;

/// The documents, each with the folder for what it turns into.
fn documents() -> Vec<(PathBuf, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let entries = fs::read_dir(&folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("the entry can be read").path());
    let documents: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .map(|path| (path.clone(), path.with_extension("")))
        .collect();
    assert!(!documents.is_empty());
    documents
}

fn load(path: &Path) -> Document {
    let name = path.file_name().and_then(|name| name.to_str()).expect("the name is text");
    let bytes = fs::read(path).expect("the document can be read");
    Document::parse(name, &bytes).unwrap_or_else(|refusals| panic!("{refusals}"))
}

/// Compares everything that a document turns into, and that nothing is left over from before.
fn assert_generated(document: &Path, folder: &Path, generate: Generator) {
    let mut diagnostics = Diagnostics::new();
    let mut files = generate(&load(document), &mut diagnostics).unwrap_or_else(|_| panic!("{diagnostics}"));
    if is_blessing() && folder.exists() {
        fs::remove_dir_all(folder).expect("the old files can be removed");
    }
    if !diagnostics.is_empty() {
        files.insert("remarks.txt", diagnostics.to_string());
    }
    let mut expected = BTreeSet::new();
    for (path, text) in files.iter() {
        expected.insert(folder.join(path));
        assert_golden(&folder.join(path), text);
    }
    assert_eq!(all_files(folder), expected);
}

fn all_files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            files.append(&mut all_files(&path));
        } else {
            files.insert(path);
        }
    }
    files
}

#[test]
fn every_server_interface_is_as_committed() {
    for (document, folder) in documents() {
        assert_generated(&document, &folder.join("server"), emit::server);
    }
}

/// The documents whose SDK is committed: one to read, and one whose SDK `client/tests/events` compiles and tries.
const WITH_SDK: [&str; 2] = ["smallest.yaml", "events.yaml"];

#[test]
fn sdks_are_as_committed() {
    let with_sdk = |(document, _): &(PathBuf, PathBuf)| WITH_SDK.iter().any(|name| document.ends_with(name));
    let chosen: Vec<_> = documents().into_iter().filter(with_sdk).collect();
    assert_eq!(chosen.len(), WITH_SDK.len());
    for (document, folder) in chosen {
        assert_generated(&document, &folder.join("sdk"), sdk::generate);
    }
}

#[test]
fn the_commands_of_a_document_are_as_committed() {
    for (document, folder) in documents() {
        let name = document.file_stem().and_then(|name| name.to_str());
        if matches!(name, Some("smallest" | "operations" | "containers")) {
            assert_generated(&document, &folder.join("cli"), cli::generate);
        }
    }
}

#[test]
fn a_document_turns_into_the_same_files_every_time() {
    for (path, _) in documents() {
        for generate in [emit::server as Generator, sdk::generate, cli::generate] {
            let run = || {
                let mut diagnostics = Diagnostics::new();
                let files = generate(&load(&path), &mut diagnostics);
                (files, diagnostics)
            };
            assert_eq!(run(), run(), "{}", path.display());
        }
    }
}
