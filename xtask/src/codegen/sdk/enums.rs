//! Writes the open enums: each known value is a variant, and one more holds what is not known.

use std::collections::HashSet;
use std::fmt::Write as _;

use heck::ToPascalCase;
use serde_json::Value;
use syn::{Item, parse_quote};

use super::source::{Source, literal};
use crate::codegen::lower::facts;

/// The file with all open enums of the view.
pub(super) fn of(view: &Value) -> Result<Source, String> {
    let mut code =
        String::from("//! Enums that answers hold: each takes values that this version does not know.\n");
    for (name, definition) in view[facts::OPEN_ENUMS].as_object().into_iter().flatten() {
        define(&mut code, name, definition);
    }
    Source::parse(&code)
}

/// The file with the codes of errors.
pub(super) fn error_codes(view: &Value) -> Result<Source, String> {
    let mut code = String::from("//! The codes of errors.\n");
    define(&mut code, "ErrorCode", &view[facts::ERROR_CODES]);
    Source::parse(&code)
}

fn define(code: &mut String, name: &str, definition: &Value) {
    let values = definition["values"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let description = definition["description"].as_str().filter(|text| !text.is_empty());
    let summary = description.map_or_else(|| format!("`{name}` of the document."), str::to_owned);
    let _ = write!(code, "sdk::open_enum! {{ #[doc = {}] {name} {{", literal(&summary));
    for (variant, value) in variants(values.collect()) {
        let _ = write!(code, "{variant} = {}, ", literal(value));
    }
    code.push_str("} }\n");
}

/// A variant for each value: in Pascal case, and numbered where two would be equal.
fn variants(values: Vec<&str>) -> Vec<(String, &str)> {
    let mut taken = HashSet::from(["Unknown".to_owned(), "Self".to_owned()]);
    let named = values.into_iter().map(|value| {
        let sign = if value.starts_with('-') { "Minus" } else { "" };
        let words: String = value.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
        let mut wanted = format!("{sign}{}", words.to_pascal_case());
        if !wanted.starts_with(|first: char| first.is_ascii_alphabetic()) {
            wanted = format!("Value{wanted}");
        }
        let mut variant = wanted.clone();
        let mut number = 2;
        while !taken.insert(variant.clone()) {
            variant = format!("{wanted}{number}");
            number += 1;
        }
        (variant, value)
    });
    named.collect()
}

/// Makes the open enums available among the other types.
pub(super) fn re_export(client: &mut syn::File) {
    for item in &mut client.items {
        if let Item::Mod(module) = item
            && module.ident == "types"
            && let Some((_, items)) = &mut module.content
        {
            items.insert(0, parse_quote! { #[allow(unused_imports)] pub use super::super::enums::*; });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_value_has_a_variant_of_its_own() {
        let values = vec!["created_at", "-created_at", "createdAt", "", "3d", "unknown", "self"];
        let names: Vec<String> = variants(values).into_iter().map(|(variant, _)| variant).collect();
        assert_eq!(
            names,
            ["CreatedAt", "MinusCreatedAt", "CreatedAt2", "Value", "Value3d", "Unknown2", "Self2"]
        );
    }

    #[test]
    fn the_file_has_an_enum_for_each_definition() {
        let view = json!({"x-sdk-open-enums": {"State": {"values": ["open"], "description": "Where \"it\" stands."}}});
        let text = of(&view).unwrap().text();
        assert!(text.contains("sdk::open_enum!"), "{text}");
        assert!(text.contains("Open = \"open\""), "{text}");
    }
}
