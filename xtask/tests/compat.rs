//! `cargo xtask compat` as it is called: where documents come from, exit codes, what is printed.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const BASE: &str = "\
openapi: 3.0.3
info: {title: Books, version: 1.0.0}
paths:
  /books:
    get:
      parameters:
        - {in: query, name: limit, schema: {type: integer, maximum: 100}}
      responses: {'200': {description: Books.}}
    delete: {responses: {'204': {description: No books.}}}
";

/// What a call came to: its exit code, what it printed, what it complained of.
type Call = (i32, String, String);

/// A folder with `base.yaml`, and `head.yaml` with a text replaced.
fn folder(old: &str, new: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let head = BASE.replace(old, new);
    assert!(BASE.contains(old), "{old} is in the document");
    write(&folder, "base.yaml", BASE);
    write(&folder, "head.yaml", &head);
    folder
}

fn write(folder: &TempDir, name: &str, text: &str) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

fn compat(folder: &TempDir, arguments: &[&str]) -> Call {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.arg("compat").args(arguments).current_dir(folder.path()).output();
    let output = output.expect("the command starts");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
    let output = Command::new("git").args(identity).args(arguments).current_dir(folder).output();
    let output = output.expect("git starts");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_breaks_nobody_is_good_and_what_breaks_somebody_is_not() {
    let wider = folder("maximum: 100", "maximum: 200");
    let (code, printed, _) = compat(&wider, &["base.yaml", "head.yaml"]);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("head.yaml compatible with base.yaml (1.0.0): 0 breaking"), "{printed}");

    let narrower = folder("maximum: 100", "maximum: 50");
    let (code, printed, _) = compat(&narrower, &["base.yaml", "head.yaml"]);
    assert_eq!(code, 1, "{printed}");
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines[0], "head.yaml:7:69: breaking: upper-bound-lowered: maximum: 50; was: maximum: 100");
    assert!(lines.contains(&"    concerns GET /books"), "{printed}");
    assert!(lines.contains(&"    see also base.yaml:7:69"), "{printed}");
    assert!(lines.contains(&"    for example query parameter `limit`: 99"), "{printed}");
}

#[test]
fn warnings_count_if_they_are_asked_to_and_infos_can_be_left_out() {
    let folder = folder("maximum: 100", "maximum: 100, default: 10");
    let warns = folder.path().join("head.yaml");
    let text = fs::read_to_string(&warns).expect("the head").replace("get:", "get:\n      deprecated: true");
    fs::write(&warns, text).expect("the head can be written");
    assert_eq!(compat(&folder, &["base.yaml", "head.yaml"]).0, 0);
    let (code, printed, _) = compat(&folder, &["base.yaml", "head.yaml", "--fail-on", "warning", "--quiet"]);
    assert_eq!(code, 1, "{printed}");
    assert!(printed.contains("warning: sunset-missing") && !printed.contains(": info: "), "{printed}");
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    let folder = folder("Books.", "Some books.");
    write(&folder, "broken.yaml", "openapi: 3.0.3\ninfo: {title: [\n");
    write(
        &folder,
        "loose.yaml",
        &BASE.replace("{description: Books.}", "{$ref: '#/components/responses/Gone'}"),
    );
    write(&folder, "newer.yaml", &BASE.replace("3.0.3", "3.1.0"));
    for (base, complaint) in [
        ("missing.yaml", "missing.yaml"),
        ("broken.yaml", "broken.yaml:"),
        ("loose.yaml", "loose.yaml:8:"),
        ("newer.yaml", "newer.yaml:1:"),
        ("git:no-such-revision:base.yaml", "git:no-such-revision"),
    ] {
        let (code, printed, complained) = compat(&folder, &[base, "head.yaml"]);
        assert_eq!((code, printed.as_str()), (2, ""), "{base}: {complained}");
        assert!(complained.contains(complaint), "{base}: {complained}");
    }
    assert_eq!(compat(&folder, &[]).0, 2, "a base is needed");
}

#[test]
fn an_older_version_may_come_from_git() {
    let folder = folder("delete:", "put:");
    git(folder.path(), &["init", "--quiet"]);
    write(&folder, "api/openapi.yaml", BASE);
    git(folder.path(), &["add", "api/openapi.yaml"]);
    git(folder.path(), &["commit", "--quiet", "--message", "The first version"]);
    git(folder.path(), &["tag", "v1"]);
    write(&folder, "api/openapi.yaml", &BASE.replace("delete:", "put:"));

    let (code, printed, complained) = compat(&folder, &["git:v1", "api/openapi.yaml"]);
    assert_eq!(code, 1, "{printed}{complained}");
    let place = "git:v1:api/openapi.yaml:9:5: breaking: operation-removed: DELETE /books is gone";
    assert!(printed.starts_with(place), "{printed}");
    let (code, printed, _) = compat(&folder, &["git:v1:api/openapi.yaml", "git:HEAD:api/openapi.yaml"]);
    assert_eq!(code, 0, "{printed}");
}

#[test]
fn a_folder_holds_released_versions() {
    let folder = folder("delete:", "put:");
    write(&folder, "released/b.yaml", BASE);
    write(&folder, "released/a.yaml", &BASE.replace("delete:", "put:").replace("1.0.0", "1.10.0"));
    write(&folder, "released/README.md", "Released versions.");
    let (code, printed, _) = compat(&folder, &["released", "head.yaml"]);
    assert_eq!(code, 1, "{printed}");
    let verdicts: Vec<&str> = printed.lines().filter(|line| line.starts_with("head.yaml")).collect();
    assert!(verdicts.iter().any(|line| line.contains("breaks released/b.yaml (1.0.0)")), "{printed}");
    assert!(
        verdicts.last().is_some_and(|line| line.contains("compatible with released/a.yaml")),
        "{printed}"
    );

    fs::create_dir(folder.path().join("nothing")).expect("a folder");
    let (code, _, complained) = compat(&folder, &["nothing", "head.yaml"]);
    assert_eq!(code, 2);
    assert!(complained.contains("nothing holds no documents"), "{complained}");
}

#[test]
fn waivers_beside_the_head_are_read_and_have_to_excuse_something() {
    let waiver =
        "[[waiver]]\nrule = \"operation-removed\"\nbase = \"1.0.0\"\noperation = \"DELETE /books\"\n";
    let reasoned = format!("{waiver}reason = \"Nobody called it.\"\n");
    let folder = folder("delete:", "put:");
    write(&folder, "waivers.toml", &reasoned);
    let (code, printed, complained) = compat(&folder, &["base.yaml", "head.yaml"]);
    assert_eq!(code, 0, "{printed}{complained}");
    assert!(printed.contains("reason: Nobody called it."), "{printed}");

    let (code, printed, _) = compat(&folder, &["base.yaml", "base.yaml"]);
    assert_eq!(code, 1, "{printed}");
    assert!(printed.contains("waivers.toml:1: the waiver of operation-removed excuses nothing"), "{printed}");

    write(&folder, "elsewhere.toml", waiver);
    let (code, _, complained) = compat(&folder, &["base.yaml", "head.yaml", "--waivers", "elsewhere.toml"]);
    assert_eq!(code, 2);
    assert!(complained.contains("elsewhere.toml:1: a waiver needs a `reason`"), "{complained}");
}

#[test]
fn tools_read_json_and_junit() {
    let folder = folder("maximum: 100", "maximum: 50");
    let (code, printed, _) = compat(&folder, &["base.yaml", "head.yaml", "--report", "json"]);
    assert_eq!(code, 1);
    let report: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
    let change = &report["bases"][0]["changes"][0];
    assert_eq!(change["counterexample"]["value"], 99, "{report:#}");
    assert_eq!((&change["head"]["line"], &change["severity"]), (&7.into(), &"breaking".into()), "{report:#}");

    let (code, printed, _) = compat(&folder, &["base.yaml", "head.yaml", "--report", "junit"]);
    assert_eq!(code, 1);
    assert!(printed.contains("<testsuite name=\"base.yaml\""), "{printed}");
    assert!(printed.contains("type=\"upper-bound-lowered\""), "{printed}");
}

#[test]
fn the_rules_are_printed_without_documents() {
    let folder = folder("Books.", "Some books.");
    let (code, printed, _) = compat(&folder, &["--rules"]);
    assert_eq!(code, 0);
    assert!(printed.contains("| `path-removed` | both | breaking |"), "{printed}");
}
