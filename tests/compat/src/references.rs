//! Whether every reference of a document leads somewhere in it: what cannot be read cannot be compared.

use orderly_document::{Diagnostics, Document, Pointer, reference};
use serde_json::Value;

/// Members whose values are data, in which `$ref` has no meaning.
const DATA: [&str; 4] = ["example", "default", "enum", "value"];

/// Follows every reference of a document.
///
/// # Errors
/// A refusal for each one that leads nowhere, out of the document, or round in a circle.
pub(crate) fn check(document: &Document) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    walk(document, document.root(), &Pointer::root(), false, &mut diagnostics);
    if diagnostics.is_empty() { Ok(()) } else { Err(diagnostics) }
}

/// `is_map`: the keys are names that the author has chosen, so that a property may be called `example`.
fn walk(document: &Document, value: &Value, at: &Pointer, is_map: bool, diagnostics: &mut Diagnostics) {
    if reference(value).is_some() && !is_map {
        diagnostics.absorb(document.resolve(at));
        return;
    }
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(document, item, &at.index(index), false, diagnostics);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                if !is_map && (key.starts_with("x-") || DATA.contains(&key.as_str())) {
                    continue;
                }
                let is_map = !is_map && matches!(key.as_str(), "properties" | "schemas" | "examples");
                walk(document, member, &at.child(key), is_map, diagnostics);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusals(yaml: &str) -> String {
        let text = format!("openapi: 3.0.3\n{yaml}");
        let document = Document::parse("api.yaml", text.as_bytes()).unwrap();
        check(&document).map_or_else(|diagnostics| diagnostics.to_string(), |()| String::new())
    }

    #[test]
    fn a_reference_that_leads_out_or_nowhere_is_refused_at_its_place() {
        let text = refusals("paths: {/a: {$ref: other.yaml}, /b: {$ref: '#/components/gone'}}");
        assert!(text.contains("api.yaml:2:"), "{text}");
        assert!(text.contains("the reference `other.yaml` leads out of the document"), "{text}");
        assert!(text.contains("the reference `#/components/gone` leads nowhere"), "{text}");
    }

    #[test]
    fn what_is_data_or_a_name_is_no_reference() {
        assert_eq!(refusals("components: {schemas: {A: {example: {$ref: x}, default: {$ref: x}}}}"), "");
        assert_eq!(refusals("components: {schemas: {A: {properties: {$ref: {type: string}}}}}"), "");
        assert!(refusals("components: {schemas: {A: {properties: {example: {$ref: x}}}}}").contains('x'));
    }
}
