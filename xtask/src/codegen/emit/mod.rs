//! Writes the typed server interface.

mod answers;
mod describe;
mod docs;
mod handlers;
mod operations;
mod routes;
mod rust;
mod scalars;
mod source;
mod structs;
mod tags;
mod types;

use quote::quote;

use self::source::Source;
use crate::codegen::model;
use crate::codegen::model::interface::Interface;
use crate::codegen::write::Files;
use orderly_document::{Diagnostics, Document, Refused};

/// Generates the server interface of a document.
///
/// # Errors
/// [`Refused`] when nothing can be generated; the reasons are in `diagnostics`.
pub fn server(document: &Document, diagnostics: &mut Diagnostics) -> Result<Files, Refused> {
    let interface = model::build(document, diagnostics)?;
    let mut files = Files::new();
    files.insert("mod.rs", index(&interface));
    types::write(&interface, &mut files);
    tags::write(&interface, &mut files);
    files.insert("operations.rs", operations::file(&interface));
    files.insert("routes.rs", routes::file(&interface));
    files.insert("description.rs", describe::file(document, &interface));
    files.insert("document.json", document.root().to_string());
    Ok(files)
}

/// The file `mod.rs`.
fn index(interface: &Interface) -> String {
    let title = if interface.title.is_empty() { "the document" } else { &interface.title };
    let mut source =
        Source::new(&format!("The server interface of {title}: one trait a tag, the types, the routes."));
    source.import("orderly_api_runtime as runtime");
    let own = ["description", "operations", "routes"].map(str::to_owned);
    let modules: String = interface
        .tags
        .iter()
        .map(|tag| tag.module.clone())
        .chain(own)
        .map(|module| format!("mod {module};\n"))
        .collect();
    source.text(&(modules + "pub mod types;\n"));
    source.items(quote! {
        /// The document as JSON.
        pub const DOCUMENT_JSON: &str = include_str!("document.json");

        /// The document's schemas, compiled when they are first asked for.
        pub static SCHEMAS: runtime::Schemas = runtime::Schemas::new(DOCUMENT_JSON);
    });
    let mut exports: Vec<String> = interface.tags.iter().map(|tag| format!("{}::*", tag.module)).collect();
    exports.extend(["operations::*", "routes::*"].map(str::to_owned));
    if !interface.types.definitions.is_empty() {
        exports.push("types::*".to_owned());
    }
    source.text(&exports.iter().map(|path| format!("pub use self::{path};\n")).collect::<String>());
    source.finish()
}
