//! Where in the document the keyword stands that a value breaks: the line that a person wants to see.

use std::collections::BTreeSet;

use orderly_document::{Document as Source, Pointer};
use serde_json::Value;

/// The keyword, or the nearest schema to it that can be told from where the value is. `code` is the keyword in
/// `snake_case`.
pub(super) fn of_violation(document: &Source, schema: &Pointer, at: &str, code: &str) -> Pointer {
    // What is missing or too much is said by the schema of what it is missing in.
    let is_of_parent = matches!(code, "required" | "additional_properties");
    let (at, member) = match at.rsplit_once('/').filter(|_| is_of_parent) {
        Some((parent, member)) => (parent, Some(unescape(member))),
        None => (at, None),
    };
    let mut schemas = Schemas::of(document, schema);
    for token in at.split('/').skip(1) {
        let inner = schemas.inside(&unescape(token));
        if inner.0.is_empty() {
            break;
        }
        schemas = inner;
    }
    schemas
        .keyword(&camel_case(code), member.as_deref())
        .unwrap_or_else(|| schemas.0.first().map_or_else(|| schema.clone(), |(place, _)| place.clone()))
}

/// Schemas that describe a value together or as alternatives, each where its references end.
struct Schemas<'d>(Vec<(Pointer, &'d Value)>, &'d Source);

impl<'d> Schemas<'d> {
    fn of(document: &'d Source, schema: &Pointer) -> Self {
        let mut all = Self(Vec::new(), document);
        all.add(schema, &mut BTreeSet::new());
        all
    }

    fn add(&mut self, schema: &Pointer, seen: &mut BTreeSet<Pointer>) {
        let Ok(resolved) = self.1.resolve(schema) else { return };
        if !seen.insert(resolved.pointer.clone()) {
            return;
        }
        self.0.push((resolved.pointer.clone(), resolved.value));
        for keyword in ["allOf", "oneOf", "anyOf"] {
            for index in 0..resolved.value[keyword].as_array().map_or(0, Vec::len) {
                self.add(&resolved.pointer.child(keyword).index(index), seen);
            }
        }
    }

    /// The schemas of a member or an item.
    fn inside(&self, token: &str) -> Self {
        let mut inner = Self(Vec::new(), self.1);
        let mut seen = BTreeSet::new();
        for (place, schema) in &self.0 {
            if schema["properties"].get(token).is_some() {
                inner.add(&place.path(["properties", token]), &mut seen);
            } else if schema["items"].is_object() && token.bytes().all(|byte| byte.is_ascii_digit()) {
                inner.add(&place.child("items"), &mut seen);
            } else if schema["additionalProperties"].is_object() {
                inner.add(&place.child("additionalProperties"), &mut seen);
            }
        }
        inner
    }

    fn keyword(&self, keyword: &str, member: Option<&str>) -> Option<Pointer> {
        self.0.iter().find_map(|(place, schema)| {
            let value = schema.get(keyword)?;
            match (keyword, member) {
                ("required", Some(member)) => {
                    let index = value.as_array()?.iter().position(|name| name == member)?;
                    Some(place.child(keyword).index(index))
                }
                _ => Some(place.child(keyword)),
            }
        })
    }
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

fn camel_case(code: &str) -> String {
    let mut name = String::with_capacity(code.len());
    let mut is_first = false;
    for letter in code.chars() {
        match letter {
            '_' => is_first = true,
            _ if std::mem::take(&mut is_first) => name.push(letter.to_ascii_uppercase()),
            _ => name.push(letter),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_place_is_that_of_the_keyword_which_the_value_breaks() {
        let value = json!({ "openapi": "3.0.3", "schemas": {
            "Page": { "type": "object", "properties": {
                "items": { "type": "array", "minItems": 1, "items": { "$ref": "#/schemas/Line" } },
                "labels": { "type": "object", "additionalProperties": { "type": "string", "maxLength": 3 } },
            } },
            "Line": { "additionalProperties": false, "allOf": [
                { "required": ["a", "b/c"], "properties": { "b/c": { "minLength": 2 } } },
                { "oneOf": [{ "properties": { "n": { "maximum": 2 } } }] },
            ] },
        } });
        let document = Source::parse("test.json", value.to_string().as_bytes()).unwrap();
        let cases = [
            ("/items", "min_items", "#/schemas/Page/properties/items/minItems"),
            ("/items/3/b~1c", "min_length", "#/schemas/Line/allOf/0/properties/b~1c/minLength"),
            ("/items/3/b~1c", "required", "#/schemas/Line/allOf/0/required/1"),
            ("/items/3/x", "additional_properties", "#/schemas/Line/additionalProperties"),
            ("/items/3/n", "maximum", "#/schemas/Line/allOf/1/oneOf/0/properties/n/maximum"),
            ("/labels/x", "max_length", "#/schemas/Page/properties/labels/additionalProperties/maxLength"),
            ("/nowhere/x", "enum", "#/schemas/Page"),
            ("", "type", "#/schemas/Page/type"),
        ];
        for (at, code, expected) in cases {
            let place = of_violation(&document, &Pointer::from("/schemas/Page"), at, code);
            assert_eq!(place.to_string(), expected, "{at} {code}");
        }
    }
}
