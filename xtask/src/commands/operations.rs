//! `cargo xtask operations`: the list of a document's operations, a line each, so that an API change is
//! a line in review.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{CommandError, Outcome, load, workspace_root};
use crate::codegen::write::{FileError, replace};
use orderly_document::{Diagnostic, Document, Pointer};

/// List the operations of an OpenAPI document with their security and statuses.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Another document than api/openapi.yaml.
    #[arg(long, value_name = "FILE", requires = "out")]
    document: Option<PathBuf>,
    /// Another file than api/operations.txt.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write nothing; fail if the list is out of date.
    #[arg(long)]
    check: bool,
}

/// The fields of a path item that are operations.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

const COLUMNS: [&str; 6] = ["operation", "method", "path", "security", "success", "errors"];

/// Runs the command.
///
/// # Errors
/// A file that cannot be read or written.
pub fn run(arguments: &Arguments) -> Result<Outcome, CommandError> {
    let listed = load(arguments.document.as_deref())?.and_then(|document| Ok(list(&document)?));
    let text = match listed {
        Ok(text) => text,
        Err(diagnostics) => {
            eprint!("{diagnostics}");
            return Ok(Outcome::Bad);
        }
    };
    let path = arguments.out.clone().unwrap_or_else(|| workspace_root().join("api/operations.txt"));
    if !arguments.check {
        replace(&path, &text)?;
        return Ok(Outcome::Good);
    }
    check(&path, &text, &repair(arguments))
}

fn check(path: &Path, text: &str, repair: &str) -> Result<Outcome, CommandError> {
    let found = match std::fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        found => found.map_err(FileError::at(path))?,
    };
    if found == text {
        return Ok(Outcome::Good);
    }
    let line = 1 + found.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
    println!("{}:{line}: differs from here on; repair it with: {repair}", path.display());
    Ok(Outcome::Bad)
}

/// The command that writes the list that `--check` found out of date.
fn repair(arguments: &Arguments) -> String {
    let mut command = "cargo xtask operations".to_owned();
    if let Some(document) = &arguments.document {
        command.push_str(&format!(" --document {}", document.display()));
    }
    if let Some(out) = &arguments.out {
        command.push_str(&format!(" --out {}", out.display()));
    }
    command
}

/// The list as text: columns aligned, operations in the order of the document.
///
/// # Errors
/// A refusal where a path refers to nothing.
pub fn list(document: &Document) -> Result<String, Diagnostic> {
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    let paths = Pointer::root().child("paths");
    let templates = document.get(&paths).and_then(Value::as_object).into_iter().flatten();
    for (template, _) in templates.filter(|(template, _)| template.starts_with('/')) {
        let item = document.resolve(&paths.child(template))?;
        let fields = item.value.as_object().into_iter().flatten();
        for (method, operation) in fields.filter(|(field, _)| METHODS.contains(&field.as_str())) {
            rows.push(row(document, template, method, operation));
        }
    }
    Ok(format!(
        "# Written by `cargo xtask operations` from {}; do not edit.\n\n{}",
        document.file(),
        align(&rows)
    ))
}

fn row(document: &Document, template: &str, method: &str, operation: &Value) -> [String; 6] {
    let id = operation.get("operationId").and_then(Value::as_str).unwrap_or("-");
    let security = operation.get("security").or_else(|| document.root().get("security"));
    let statuses = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    let statuses = statuses.map(|(status, _)| status.as_str()).filter(|status| !status.starts_with("x-"));
    let (success, errors): (Vec<&str>, Vec<&str>) =
        statuses.partition(|status| status.starts_with(['1', '2', '3']));
    [
        id.to_owned(),
        method.to_uppercase(),
        template.to_owned(),
        security.map_or_else(|| "public".to_owned(), alternatives),
        or_dash(success.join(",")),
        or_dash(errors.join(",")),
    ]
}

/// Security requirements: `bearer|api_key` are alternatives, `bearer+device` are needed together, and
/// `public` needs nothing.
fn alternatives(security: &Value) -> String {
    let requirements = security.as_array().map(Vec::as_slice).unwrap_or_default();
    if requirements.is_empty() {
        return "public".to_owned();
    }
    let together = |requirement: &Value| {
        let schemes: Vec<String> = requirement.as_object().into_iter().flatten().map(scheme).collect();
        if schemes.is_empty() { "public".to_owned() } else { schemes.join("+") }
    };
    requirements.iter().map(together).collect::<Vec<_>>().join("|")
}

/// A scheme with its scopes: `oauth(orders:read,orders:write)`.
fn scheme((name, scopes): (&String, &Value)) -> String {
    let scopes: Vec<&str> = scopes.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if scopes.is_empty() { name.clone() } else { format!("{name}({})", scopes.join(",")) }
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "-".to_owned() } else { text }
}

/// Columns as wide as their widest cell, two blanks between them, none at the end of a line.
fn align(rows: &[[String; 6]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..COLUMNS.len()).map(width).collect();
    let line = |row: &[String; 6]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_a_line() {
        let document = Document::parse(
            "shop.yaml",
            br#"
openapi: 3.0.3
security: [{bearer: []}, {api_key: []}]
paths:
  /v1/orders:
    post:
      operationId: create_order
      responses: {201: {}, 400: {}, 4XX: {}, default: {}}
    get:
      operationId: list_orders
      security: [{oauth: ["orders:read"], device: []}, {}]
      responses: {"200": {}, "304": {}}
  /health:
    get: {security: [], responses: {}}
  x-note: {get: {}}
"#,
        )
        .unwrap();
        let expected = "\
# Written by `cargo xtask operations` from shop.yaml; do not edit.

operation     method  path        security                          success  errors
create_order  POST    /v1/orders  bearer|api_key                    201      400,4XX,default
list_orders   GET     /v1/orders  oauth(orders:read)+device|public  200,304  -
-             GET     /health     public                            -        -
";
        assert_eq!(list(&document).unwrap(), expected);
    }
}
