//! Writes the command line's table: every operation of the SDK as a command, with its parameters and the members of its body
//! as options.
//!
//! The names and texts come from the document as it was written, operations only from the SDK's view of it: a command
//! never calls what the SDK does not have. What the SDK leaves out is remarked where the SDK is generated.

mod body;
mod bounds;
mod commands;
mod emit;
mod example;
mod names;
mod parameters;
mod schema;

use super::lower;
use super::sdk;
use super::write::Files;
use orderly_document::{Diagnostics, Document, Pointer, Refused};

/// Generates the table of commands of a document.
///
/// # Errors
/// [`Refused`] when there can be no SDK; the reason is in `diagnostics`.
pub fn generate(document: &Document, diagnostics: &mut Diagnostics) -> Result<Files, Refused> {
    let rendered = sdk::view(document).and_then(|(view, _)| {
        emit::of(&commands::of(document.root(), &lower::complete(document.root()), &view))
    });
    match rendered {
        Ok(table) => {
            let mut files = Files::new();
            files.insert("mod.rs", emit::MODULE);
            files.insert("commands.rs", table);
            Ok(files)
        }
        Err(reason) => {
            let refusal = format!("no command line can be generated: `{reason}`");
            diagnostics.push(document.refused(&Pointer::root(), refusal));
            Err(Refused)
        }
    }
}
