//! Runs progenitor over the lowered document and writes the SDK.

use crate::codegen::diagnostic::{Diagnostics, Refused};
use crate::codegen::load::Document;
use crate::codegen::write::Files;

/// Generates the SDK of a document.
///
/// # Errors
/// [`Refused`] when nothing can be generated; the reasons are in `diagnostics`.
pub fn generate(_document: &Document, _diagnostics: &mut Diagnostics) -> Result<Files, Refused> {
    Ok(Files::new())
}
