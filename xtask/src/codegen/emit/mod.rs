//! Writes the typed server interface.

use crate::codegen::diagnostic::{Diagnostics, Refused};
use crate::codegen::load::Document;
use crate::codegen::write::Files;

/// Generates the server interface of a document.
///
/// # Errors
/// [`Refused`] when nothing can be generated; the reasons are in `diagnostics`.
pub fn server(_document: &Document, _diagnostics: &mut Diagnostics) -> Result<Files, Refused> {
    Ok(Files::new())
}
