//! Keeps the names of types apart: component names that are equal as Rust types, or that generated code
//! needs for itself.

use std::collections::{BTreeMap, HashSet};

use heck::ToPascalCase;
use serde_json::{Map, Value};

use super::report::Report;
use super::walk::{each_schema, schema_name, schema_reference};

/// Names that generated code takes from elsewhere and writes without a path.
const TAKEN: [&str; 8] = ["Default", "Self", "From", "Some", "None", "Ok", "Err", "Option"];

/// The pass.
pub(super) fn separate(view: &mut Value, _: &mut Report) {
    let Some(Value::Object(schemas)) = view.pointer_mut("/components/schemas").map(Value::take) else {
        return;
    };
    let mut taken: HashSet<String> = TAKEN.map(str::to_owned).into();
    let mut renamed = BTreeMap::new();
    let mut separated = Map::new();
    for (name, schema) in schemas {
        let wanted = type_name(&name);
        let mut unique = wanted.clone();
        let mut number = 2;
        while !taken.insert(unique.clone()) {
            unique = format!("{wanted}{number}");
            number += 1;
        }
        renamed.insert(name, unique.clone());
        separated.insert(unique, schema);
    }
    view["components"]["schemas"] = separated.into();
    each_schema(view, |schema, _| {
        let name = schema.get("$ref").and_then(Value::as_str).and_then(schema_name);
        if let Some(unique) = name.and_then(|name| renamed.get(&name)) {
            schema["$ref"] = schema_reference(unique).into();
        }
    });
}

/// The Rust type that a component's name becomes.
pub(super) fn type_name(name: &str) -> String {
    let words: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let name = words.to_pascal_case();
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("Type{name}") }
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_schemas;
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_apart_and_references_follow() {
        let (schemas, _) = run_on_schemas(
            separate,
            json!({
                "order_line": {"type": "string"},
                "OrderLine": {"items": {"$ref": "#/components/schemas/order_line"}},
                "Default": {"items": {"$ref": "#/components/schemas/OrderLine"}},
                "3d": {},
            }),
        );
        let expected = json!({
            "OrderLine": {"type": "string"},
            "OrderLine2": {"items": {"$ref": "#/components/schemas/OrderLine"}},
            "Default2": {"items": {"$ref": "#/components/schemas/OrderLine2"}},
            "Type3d": {},
        });
        assert_eq!(schemas, expected);
    }
}
