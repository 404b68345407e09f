//! Runs progenitor over the lowered document and writes the SDK.
//!
//! The generated code stands on a few names of the hand-written layer, which it reaches as `sdk::…`
//! (`extern crate self as sdk`): `Transport`, `Problem`, `Patch`, `Error`, `Event`, `Operation`, `Page`, the
//! functions `read` and `unexpected`, and the macros `call!`, `events!`, `page!`, `pages!`, `open_enum!` and `text!`.

mod calls;
mod culprits;
mod duplicates;
mod enums;
mod events;
mod methods;
mod mock;
mod patches;
mod progenitor;
mod readings;
mod schemas;
mod short_names;
mod source;
mod table;
mod tags;
mod texts;
mod wire_names;

use serde_json::Value;

pub(super) use self::short_names::short_names;
use self::source::Source;
use crate::codegen::lower::{self, Report};
use crate::codegen::write::Files;
use orderly_document::{Diagnostics, Document, Pointer, Refused};

/// The part of an SDK that ties its files together.
const MODULE: &str = "
    //! The generated part of the SDK.

    mod calls;
    mod client;
    mod enums;
    mod error_codes;
    mod operations;
    pub mod tags;
    mod texts;

    pub use self::client::{ByteStream, Client, ResponseValue, builder, types};
    pub use self::client::Error as CallError;
    pub use self::error_codes::ErrorCode;
    pub use self::operations::OPERATIONS;
";

/// Generates the SDK of a document. What cannot be had is left out, with a warning.
///
/// # Errors
/// [`Refused`] when nothing can be generated; the reasons are in `diagnostics`.
pub fn generate(document: &Document, diagnostics: &mut Diagnostics) -> Result<Files, Refused> {
    let (rendered, report) = viewed(document);
    let rendered = rendered.and_then(|(view, client)| render(&view, client));
    for remark in report.remarks() {
        diagnostics.push(document.warning(&remark.pointer, remark.message.clone()));
    }
    match rendered {
        Ok(files) => Ok(files),
        Err(reason) => {
            diagnostics
                .push(document.refused(&Pointer::root(), format!("no SDK can be generated: `{reason}`")));
            Err(Refused)
        }
    }
}

/// Generates what a mock of the document's server has to know. What the SDK leaves out, the mock does too, and the SDK's
/// warnings tell it.
///
/// # Errors
/// [`Refused`] when the SDK cannot be generated.
pub fn generate_mock(document: &Document, diagnostics: &mut Diagnostics) -> Result<Files, Refused> {
    let rendered = view(document).and_then(|(view, client)| {
        let mut files = Files::new();
        files.insert("mod.rs", Source::parse(mock::MODULE)?.text());
        files.insert("operations.rs", mock::of(&view, &client)?.text());
        Ok(files)
    });
    rendered.map_err(|reason| {
        let message = format!("no mock can be generated: `{reason}`");
        diagnostics.push(document.refused(&Pointer::root(), message));
        Refused
    })
}

/// What the SDK has: the lowered document with the operations that progenitor takes, and its client.
///
/// # Errors
/// Why there can be no SDK.
pub(super) fn view(document: &Document) -> Result<(Value, syn::File), String> {
    viewed(document).0
}

fn viewed(document: &Document) -> (Result<(Value, syn::File), String>, Report) {
    let (view, mut report) = lower::lower(document.root());
    (culprits::without(view, &mut report), report)
}

fn render(view: &Value, mut client: syn::File) -> Result<Files, String> {
    let (calls, texts, tags) = (calls::of(view, &client)?, texts::of(&client)?, tags::of(view, &client)?);
    wire_names::restore(view, &mut client);
    patches::keep_null(&mut client);
    events::show_client(view, &mut client);
    readings::hand_over(&mut client);
    enums::re_export(&mut client);
    schemas::behind_feature(&mut client);
    methods::name(&mut client);
    let mut files = Files::new();
    files.insert("mod.rs", Source::parse(MODULE)?.text());
    // progenitor's examples lack the client that they call: text, not tests that never run.
    files.insert("client.rs", Source::from(client).text().replace("```ignore", "```text"));
    files.insert("calls.rs", calls.text());
    files.insert("enums.rs", enums::of(view)?.text());
    files.insert("error_codes.rs", enums::error_codes(view)?.text());
    files.insert("tags.rs", tags.text());
    files.insert("texts.rs", texts.text());
    files.insert("operations.rs", table::of(view)?.text());
    Ok(files)
}
