//! The documents hold: links lead somewhere, tests that are named exist, each row of the checklist has its proof, and no
//! secret is in the repository.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A Markdown link.
struct Link {
    text: String,
    target: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Files that are kept by git, or would be: whatever is not ignored.
fn files() -> Vec<PathBuf> {
    let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(list).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8(output.stdout).unwrap();
    names
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(|name| root().join(name))
        .filter(|file| file.is_file())
        .collect()
}

fn links(markdown: &str) -> Vec<Link> {
    let mut found = Vec::new();
    let mut rest = markdown;
    while let Some(at) = rest.find("](") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        let (Some(open), Some(close)) = (before.rfind('['), after.find(')')) else { break };
        found.push(Link { text: before[open + 1..].to_owned(), target: after[..close].to_owned() });
        rest = &after[close..];
    }
    found
}

/// The name in a link whose text is one identifier in backquotes.
fn identifier(text: &str) -> Option<&str> {
    let name = text.strip_prefix('`')?.strip_suffix('`')?;
    let is_identifier = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (is_identifier && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(name)
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}

/// As forges make the anchor of a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(|c: char| !c.is_alphanumeric() && !" -_".contains(c), "");
    kept.trim().replace(' ', "-")
}

#[test]
fn the_documents_name_what_is_there() {
    let documents = files().into_iter().filter(|file| file.extension().is_some_and(|kind| kind == "md"));
    let mut mistakes = Vec::new();
    let mut followed = 0;
    for document in documents {
        let name = document.strip_prefix(root()).unwrap().display().to_string();
        for Link { text, target } in links(&fs::read_to_string(&document).unwrap()) {
            if target.contains("://") {
                continue;
            }
            followed += 1;
            let (path, part) = target.split_once('#').unwrap_or((&target, ""));
            let file = if path.is_empty() { document.clone() } else { document.parent().unwrap().join(path) };
            let Ok(content) = fs::read_to_string(&file) else {
                if !file.is_dir() {
                    mistakes.push(format!("{name}: {target} is not there"));
                }
                continue;
            };
            let is_heading =
                |line: &str| line.starts_with('#') && anchor(line.trim_start_matches('#')) == part;
            if !part.is_empty() && !content.lines().any(is_heading) {
                mistakes.push(format!("{name}: {target} has no such heading"));
            }
            if let Some(identifier) = identifier(&text)
                && path.ends_with(".rs")
                && !has_word(&content, identifier)
            {
                mistakes.push(format!("{name}: there is no {identifier} in {path}"));
            }
        }
    }
    assert_eq!(mistakes, Vec::<String>::new());
    assert!(followed > 100, "only {followed} links were found");
}

#[test]
fn each_row_of_the_checklist_is_shown_by_something() {
    let page = fs::read_to_string(root().join("docs/production.md")).unwrap();
    for (area, rows) in [('B', 6), ('E', 5), ('T', 8), ('C', 7), ('D', 7), ('S', 8), ('R', 4)] {
        for row in 1..=rows {
            let id = format!("{area}{row}");
            let lines: Vec<_> = page.lines().filter(|line| line.starts_with(&format!("| {id} |"))).collect();
            assert_eq!(lines.len(), 1, "{id} has one row");
            assert!(!links(lines[0]).is_empty(), "{id} is shown by something");
        }
    }
}

/// What private keys and the tokens of well-known services begin with. Each is written in two parts, or this file would
/// hold one.
#[test]
fn the_repository_holds_no_secret() {
    let beginnings = [
        ["-----BEGIN ", "PRIVATE KEY"],
        ["-----BEGIN RSA ", "PRIVATE KEY"],
        ["-----BEGIN EC ", "PRIVATE KEY"],
        ["-----BEGIN OPENSSH ", "PRIVATE KEY"],
        ["ghp", "_"],
        ["github", "_pat_"],
        ["glpat", "-"],
        ["xoxb", "-"],
        ["sk_", "live_"],
    ]
    .map(|parts| parts.concat());
    let mut found = Vec::new();
    let mut read = 0;
    for file in files() {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        read += 1;
        let secrets = beginnings.iter().filter(|beginning| text.contains(beginning.as_str()));
        found.extend(secrets.map(|beginning| format!("{}: {beginning}", file.display())));
    }
    assert_eq!(found, Vec::<String>::new());
    assert!(read > 100, "only {read} files were read");
}

#[test]
fn the_readme_shows_the_quickstart_as_it_is() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let (readme, quickstart) = (read("README.md"), read("client/examples/quickstart.rs"));
    let (_, block) = readme.split_once("```rust\n").unwrap();
    let (shown, _) = block.split_once("```").unwrap();
    let body: String =
        quickstart.lines().map(|line| format!("{}\n", line.trim_start_matches("    "))).collect();
    assert!(body.contains(&shown.replace("\n    ", "\n")), "README shows another quickstart");
    assert!(quickstart.lines().count() < 25, "it is to be read at a glance");
}
