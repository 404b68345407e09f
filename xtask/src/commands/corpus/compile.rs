//! Compiles generated code: a crate for each document, in a workspace that depends on what the real one
//! depends on.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::trial::Trial;
use crate::codegen::write::{FileError, replace};
use crate::commands::generate::Part;
use crate::commands::{CommandError, workspace_root};

/// Whether the code of one document compiles.
#[derive(Debug)]
pub(super) struct Compiled {
    /// The document's file name.
    pub(super) document: String,
    /// The compiler's first error.
    pub(super) error: Option<String>,
}

/// Runs `cargo check` over the code of some documents.
pub(super) fn check(
    part: Part,
    sample: &[&Trial],
    work: &Path,
    jobs: usize,
) -> Result<Vec<Compiled>, CommandError> {
    let workspace = work.join(format!("{}-crates", part.name()));
    remove_folder(&workspace)?;
    let root = workspace_root();
    copy_file(&root.join("Cargo.lock"), &workspace.join("Cargo.lock"))?;
    let mut members = vec![];
    for (index, trial) in sample.iter().enumerate() {
        let name = crate_name(index);
        let folder = workspace.join(&name);
        // A table stands on nothing.
        let manifest = match part {
            Part::Cli => String::new(),
            part => read(&root.join(home(part)).join("Cargo.toml"))?,
        };
        replace(&folder.join("Cargo.toml"), &crate_manifest(&name, &manifest))?;
        write_sources(part, &root, trial, &folder.join("src"))?;
        members.push(name);
        if part == Part::Sdk {
            members.extend(write_mock(index, &root, trial, &workspace)?);
        }
    }
    replace(&workspace.join("Cargo.toml"), &workspace_manifest(&root, &members)?)?;
    let errors = cargo_check(&workspace, &work.join("target"), jobs)?;
    let result = |(index, trial): (usize, &&Trial)| Compiled {
        document: trial.document.clone(),
        error: errors.get(&crate_name(index)).or_else(|| errors.get(&mock_name(index))).cloned(),
    };
    Ok(sample.iter().enumerate().map(result).collect())
}

/// The crate of this workspace that holds the generated code of a part.
fn home(part: Part) -> &'static str {
    match part {
        Part::Server => "api",
        Part::Sdk | Part::Mock => "client",
        Part::Cli => "client/cli",
    }
}

fn crate_name(index: usize) -> String {
    format!("document-{index}")
}

/// The generated files in `src/generated`, where the real crates have them too.
fn write_sources(part: Part, root: &Path, trial: &Trial, sources: &Path) -> Result<(), FileError> {
    copy_folder(&trial.folder, &sources.join("generated"))?;
    match part {
        Part::Server => {
            let text = "//! Generated code, to see that it compiles.\n\npub mod generated;\n";
            replace(&sources.join("lib.rs"), text)
        }
        Part::Sdk | Part::Mock => write_layer(&root.join("client/src"), sources),
        Part::Cli => {
            copy_file(&root.join("client/cli/src/table.rs"), &sources.join("table.rs"))?;
            let text = "//! A generated table, to see that it compiles.\n#![allow(dead_code)]\n\nmod generated;\nmod table;\n";
            replace(&sources.join("lib.rs"), text)
        }
    }
}

fn mock_name(index: usize) -> String {
    format!("mock-{index}")
}

/// A crate with the mock of a document, which stands on its SDK; nothing if there is none.
fn write_mock(
    index: usize,
    root: &Path,
    trial: &Trial,
    workspace: &Path,
) -> Result<Option<String>, FileError> {
    let generated = trial.folder.with_file_name(Part::Mock.name());
    if !generated.is_dir() {
        return Ok(None);
    }
    let (name, home) = (mock_name(index), root.join("client/mock"));
    let folder = workspace.join(&name);
    let sdk = format!("sdk = {{ package = \"{0}\", path = \"../{0}\" }}", crate_name(index));
    let manifest = read(&home.join("Cargo.toml"))?;
    let lines = manifest.lines().map(|line| if line.starts_with("sdk = ") { sdk.as_str() } else { line });
    let manifest = lines.map(|line| format!("{line}\n")).collect::<String>();
    replace(&folder.join("Cargo.toml"), &crate_manifest(&name, &manifest))?;
    copy_folder(&generated, &folder.join("src/generated"))?;
    write_layer(&home.join("src"), &folder.join("src"))?;
    Ok(Some(name))
}

/// The modules of the hand-written layers that know this API and no other.
const OF_THIS_API: [&str; 3] = ["client_builder", "login", "client"];

/// The hand-written layer that generated code stands on.
fn write_layer(layer: &Path, sources: &Path) -> Result<(), FileError> {
    for entry in fs::read_dir(layer).map_err(FileError::at(layer))? {
        let path = entry.map_err(FileError::at(layer))?.path();
        let module = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_file() && module != "lib" && !OF_THIS_API.contains(&module.as_str()) {
            copy_file(&path, &sources.join(path.file_name().unwrap_or_default()))?;
        }
    }
    let lib = read(&layer.join("lib.rs"))?;
    let is_kept = |line: &&str| {
        let names = |module: &&str| {
            line.contains(&format!("mod {module};")) || line.contains(&format!("::{module}::"))
        };
        !line.starts_with("//!") && !OF_THIS_API.iter().any(names)
    };
    let lines = lib.lines().filter(is_kept).map(|line| format!("{line}\n"));
    replace(&sources.join("lib.rs"), &lines.collect::<String>())
}

/// The same versions and features as in this workspace; paths lead back into it.
fn workspace_manifest(root: &Path, members: &[String]) -> Result<String, FileError> {
    let dependencies = section(&read(&root.join("Cargo.toml"))?, "workspace.dependencies");
    let dependencies = dependencies.replace("path = \"", &format!("path = \"{}/", root.display()));
    Ok(format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[workspace.dependencies]\n{dependencies}"
    ))
}

/// A crate with the features and dependencies of another one's manifest.
fn crate_manifest(name: &str, of: &str) -> String {
    let sections = ["features", "dependencies"].map(|table| format!("[{table}]\n{}\n", section(of, table)));
    let sections = sections.concat();
    format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{sections}")
}

/// The lines of a table in a manifest, without its headline.
fn section(manifest: &str, name: &str) -> String {
    let headline = format!("[{name}]");
    let lines = manifest.lines().skip_while(|line| line.trim() != headline).skip(1);
    lines.take_while(|line| !line.starts_with('[')).map(|line| format!("{line}\n")).collect()
}

/// The first error of each crate that does not compile.
fn cargo_check(
    workspace: &Path,
    target: &Path,
    jobs: usize,
) -> Result<BTreeMap<String, String>, CommandError> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["check", "--workspace", "--keep-going", "--message-format", "json", "--quiet", "--jobs"])
        .arg(jobs.to_string())
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target)
        // Where warnings are errors, a document without credentials would fail for the layer's code that it does not use.
        .env_remove("RUSTFLAGS")
        .output()
        .map_err(|source| CommandError::Start { program: "cargo check".to_owned(), source })?;
    let mut errors = BTreeMap::new();
    let messages = String::from_utf8_lossy(&output.stdout);
    for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        if let Some((name, error)) = error_of(&message) {
            errors.entry(name).or_insert(error);
        }
    }
    if !output.status.success() && errors.is_empty() {
        let reason = String::from_utf8_lossy(&output.stderr);
        return Err(CommandError::Misuse(format!("cargo check did not come to the documents: {reason}")));
    }
    Ok(errors)
}

/// The crate and the text of a message that is an error.
fn error_of(message: &Value) -> Option<(String, String)> {
    let diagnostic = message.get("message")?;
    if diagnostic.get("level")?.as_str()? != "error" {
        return None;
    }
    let name = message.pointer("/target/name")?.as_str()?.replace('_', "-");
    Some((name, diagnostic.get("rendered")?.as_str()?.to_owned()))
}

fn read(path: &Path) -> Result<String, FileError> {
    fs::read_to_string(path).map_err(FileError::at(path))
}

fn remove_folder(folder: &Path) -> Result<(), FileError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(FileError::at(folder)(error)),
        _ => Ok(()),
    }
}

fn copy_file(from: &Path, to: &Path) -> Result<(), FileError> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(FileError::at(folder))?;
    }
    fs::copy(from, to).map(|_| ()).map_err(FileError::at(from))
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), FileError> {
    for entry in fs::read_dir(from).map_err(FileError::at(from))? {
        let path = entry.map_err(FileError::at(from))?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() { copy_folder(&path, &target)? } else { copy_file(&path, &target)? }
    }
    Ok(())
}
