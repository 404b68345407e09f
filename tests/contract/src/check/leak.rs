//! No error shows what the server is made of: traces, statements and files are for its log.

use orderly_document::Pointer;

use super::{Check, Report, excerpt};
use crate::exchange::{Received, Sent};

/// What only a program's inside says of itself. Few, and nothing that a person would write in an error.
const INSIDES: &[(&str, &str)] = &[
    ("Traceback (most recent call last)", "a trace of Python"),
    ("\n\tat java.", "a trace of Java"),
    ("\\n\\tat java.", "a trace of Java"),
    ("\\n\\tat org.", "a trace of Java"),
    ("java.lang.NullPointerException", "an exception of Java"),
    ("System.NullReferenceException", "an exception of .NET"),
    ("\n   at System.", "a trace of .NET"),
    ("\\n   at System.", "a trace of .NET"),
    ("goroutine 1 [running]", "a trace of Go"),
    ("runtime error: invalid memory address", "a panic of Go"),
    ("' panicked at ", "a panic of Rust"),
    ("/.cargo/registry/", "a file of Rust"),
    ("(node:internal/", "a trace of Node.js"),
    ("/node_modules/", "a file of Node.js"),
    ("/site-packages/", "a file of Python"),
    ("/usr/lib/python", "a file of Python"),
    ("/vendor/bundle/ruby", "a file of Ruby"),
    ("Stack trace:\n#0 ", "a trace of PHP"),
    ("SQLSTATE[", "an error of a database"),
    ("syntax error at or near \"", "an error of PostgreSQL"),
    ("duplicate key value violates unique constraint", "an error of PostgreSQL"),
    ("violates foreign key constraint", "an error of PostgreSQL"),
    ("violates check constraint", "an error of PostgreSQL"),
    ("UNIQUE constraint failed: ", "an error of SQLite"),
    ("FOREIGN KEY constraint failed", "an error of SQLite"),
    ("CHECK constraint failed: ", "an error of SQLite"),
    ("SQLITE_CONSTRAINT", "an error of SQLite"),
    ("SQLITE_ERROR", "an error of SQLite"),
    ("You have an error in your SQL syntax", "an error of MySQL"),
    ("Unclosed quotation mark after the character string", "an error of SQL Server"),
    ("ORA-00933", "an error of Oracle"),
];

/// Words of a statement in SQL, in their order. Nobody else writes them like that.
const STATEMENTS: &[&[&str]] = &[
    &["SELECT ", " FROM ", " WHERE "],
    &["INSERT INTO ", " VALUES"],
    &["UPDATE ", " SET ", " WHERE "],
    &["DELETE FROM ", " WHERE "],
];

fn has_statement(text: &str) -> bool {
    STATEMENTS.iter().any(|words| {
        let rest = words.iter().try_fold(text, |rest, word| rest.split_once(word).map(|(_, rest)| rest));
        rest.is_some()
    })
}

/// The inside of a server in an error, unless the request put it there.
pub(super) fn check(sent: &Sent, received: &Received, report: &mut Report) {
    if !(received.status.is_client_error() || received.status.is_server_error()) {
        return;
    }
    let body = String::from_utf8_lossy(&received.body);
    // In JSON, quotes are escaped.
    let body = body.replace("\\\"", "\"");
    let request = String::from_utf8_lossy(&sent.body);
    let inside = INSIDES.iter().find(|(pattern, _)| body.contains(pattern) && !request.contains(pattern));
    let statement =
        || (has_statement(&body) && !has_statement(&request)).then_some("a statement of a database");
    if let Some(what) = inside.map(|(_, what)| *what).or_else(statement) {
        let found = format!("{what}: {}", excerpt(body.as_bytes()));
        report.add(
            Check::Leak,
            &Pointer::root().child("paths"),
            "an error without the server's inside",
            found,
        );
    }
}
