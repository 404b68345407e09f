//! An OpenAPI 3.0 document as data, with the place in the source of everything that stands in it.
//!
//! [`Document::parse`] reads YAML or JSON, [`Document::resolve`] follows references, [`Pointer`] names a place in the
//! data and [`Location`] one in the file. What is wrong with a document becomes a [`Diagnostic`], never a panic.
//!
//! ```
//! use orderly_document::{Document, Pointer};
//!
//! let text = b"openapi: 3.0.3\ninfo: {title: Books}\n";
//! let document = Document::parse("books.yaml", text)?;
//! let title = Pointer::root().path(["info", "title"]);
//! assert_eq!(document.get(&title).and_then(|title| title.as_str()), Some("Books"));
//! assert_eq!(document.locate(&title).to_string(), "books.yaml:2:15");
//! # Ok::<(), orderly_document::Diagnostics>(())
//! ```

mod diagnostic;
mod load;
mod pointer;
mod resolve;

pub use diagnostic::{Diagnostic, Diagnostics, Location, Refused, Severity};
pub use load::Document;
pub use pointer::Pointer;
pub use resolve::{Resolved, reference};
