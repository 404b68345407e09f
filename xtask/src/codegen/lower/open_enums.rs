//! Opens the enums that answers hold: a server that adds a value must not break the clients that are
//! deployed. The SDK emits these enums itself, with a variant for values that it does not know; they
//! stand on the view under [`facts::OPEN_ENUMS`].

use std::collections::{BTreeSet, HashSet};

use heck::ToPascalCase;
use serde_json::{Map, Value, json};

use super::component_names::type_name;
use super::facts;
use super::prune::reachable;
use super::report::Report;
use super::walk::{Object, each_schema, operation_schemas, operations, operations_mut, schema_name, within};
use orderly_document::Pointer;

/// The pass.
pub(super) fn open(view: &mut Value, _: &mut Report) {
    let read = read_schemas(view);
    let mut opened = Opened { taken: component_names(view), variants: variants(view), enums: Map::new() };
    let schemas = view.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    for (name, schema) in schemas.into_iter().flatten() {
        opened.open_within(schema, name, read.contains(name));
    }
    for (_, operation) in operations_mut(view) {
        opened.open_operation(operation);
    }
    view[facts::OPEN_ENUMS] = opened.enums.into();
}

fn component_names(view: &Value) -> HashSet<String> {
    let schemas = view.pointer("/components/schemas").and_then(Value::as_object);
    schemas.into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

/// The named schemas that are variants of a union.
fn variants(view: &mut Value) -> HashSet<String> {
    let mut variants = HashSet::new();
    each_schema(view, |schema, _| {
        let choices = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        variants.extend(choices.filter_map(|choice| schema_name(choice.get("$ref")?.as_str()?)));
    });
    variants
}

/// The named schemas that answers lead to.
fn read_schemas(view: &Value) -> BTreeSet<String> {
    let read = ["responses", facts::EVENT_DATA];
    let answers: Vec<Value> = operations(view)
        .flat_map(|(_, operation)| read.into_iter().filter_map(|key| operation.get(key).cloned()))
        .collect();
    reachable(view, answers.iter())
}

struct Opened {
    /// Names of types that are in use.
    taken: HashSet<String>,
    /// Named schemas of which a one-value enum may be what tells them apart.
    variants: HashSet<String>,
    /// The opened enums by name.
    enums: Object,
}

impl Opened {
    fn open_operation(&mut self, operation: &mut Object) {
        let Some(id) = operation.get("operationId").and_then(Value::as_str).map(str::to_owned) else {
            return;
        };
        for (role, schema) in operation_schemas(operation) {
            self.open_within(schema, &format!("{id}-{role}"), matches!(role.as_str(), "response" | "event"));
        }
    }

    /// Opens the enums in a schema. In what is only sent, just those open whose values would make one
    /// variant: progenitor cannot hold them otherwise.
    fn open_within(&mut self, schema: &mut Value, owner: &str, is_read: bool) {
        let is_variant = self.variants.contains(owner);
        within(schema, &Pointer::root(), &mut |schema, at| {
            let Some(values) = schema.get("enum").and_then(Value::as_array) else { return };
            // The one value of a tag tells the variants of a union apart.
            let is_tag = values.len() == 1 && (is_variant || at.contains("/oneOf/"));
            if schema["type"] != "string" || is_tag || !(is_read || collide(values)) {
                return;
            }
            // Where null is a value too, the schema's own name is that of an `Option` of the enum.
            let name = match (at.is_empty(), schema["nullable"] == true) {
                (true, false) => type_name(owner),
                (true, true) => self.unique_name(&format!("{owner}-value"), at),
                (false, _) => self.unique_name(owner, at),
            };
            let definition = json!({"values": values, "description": schema.get("description")});
            self.enums.insert(name.clone(), definition);
            let sdk_type = json!({
                "type": "string",
                "description": schema.get("description").cloned().unwrap_or_else(|| "".into()),
                "x-rust-type": facts::sdk_type(&format!("types::{name}"), Vec::new()),
            });
            *schema = if schema["nullable"] == true {
                json!({"nullable": true, "oneOf": [sdk_type]})
            } else {
                sdk_type
            };
        });
    }

    /// `Order` and `/properties/payment/properties/state` make `OrderPaymentState`.
    fn unique_name(&mut self, owner: &str, at: &Pointer) -> String {
        let words =
            at.tokens().filter(|token| !matches!(token.as_str(), "properties" | "items" | "oneOf" | "allOf"));
        let wanted = type_name(&format!("{owner}-{}", words.collect::<Vec<_>>().join("-")));
        let mut unique = wanted.clone();
        let mut number = 2;
        while !self.taken.insert(unique.clone()) {
            unique = format!("{wanted}{number}");
            number += 1;
        }
        unique
    }
}

/// Whether two values would make the same variant, or one would make none.
fn collide(values: &[Value]) -> bool {
    let mut seen = HashSet::new();
    values.iter().any(|value| {
        let variant = value.as_str().unwrap_or_default().to_pascal_case();
        variant.is_empty() || !seen.insert(variant)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{answering, run, run_on_schemas};
    use super::*;

    #[test]
    fn enums_in_answers_are_the_sdks_own() {
        let (view, _) = run(
            open,
            answering(json!({
                "Order": {"properties": {
                    "state": {"$ref": "#/components/schemas/State"},
                    "kind": {"type": "string", "enum": ["a", "b"]},
                }},
                "Event": {"oneOf": [{"$ref": "#/components/schemas/Placed"}]},
                "Placed": {"properties": {"type": {"type": "string", "enum": ["placed"]}}},
                "State": {"type": "string", "enum": ["open", "closed"], "description": "Where it stands."},
            })),
        );
        let schemas = &view["components"]["schemas"];
        assert_eq!(schemas["State"]["x-rust-type"]["path"], "sdk::types::State");
        assert_eq!(schemas["Order"]["properties"]["kind"]["x-rust-type"]["path"], "sdk::types::OrderKind");
        assert_eq!(schemas["Placed"]["properties"]["type"], json!({"type": "string", "enum": ["placed"]}));
        let names: Vec<_> = view[facts::OPEN_ENUMS].as_object().unwrap().keys().collect();
        assert_eq!(names, ["OrderKind", "State"]);
        assert_eq!(view[facts::OPEN_ENUMS]["State"]["values"], json!(["open", "closed"]));
    }

    #[test]
    fn what_is_only_sent_stays_closed_unless_its_values_collide() {
        let parameter = |values: Value| json!({"name": "sort", "in": "query", "schema": {"type": "string", "enum": values}});
        let cases = [
            (json!(["a", "b"]), false),
            (json!(["created_at", "-created_at"]), true),
            (json!(["", "a"]), true),
        ];
        for (values, opens) in cases {
            let operation = json!({"operationId": "list", "parameters": [parameter(values.clone())]});
            let (view, _) = run(open, json!({"paths": {"/a": {"get": operation}}}));
            let schema = &view["paths"]["/a"]["get"]["parameters"][0]["schema"];
            assert_eq!(schema.get("x-rust-type").is_some(), opens, "{values}");
        }
    }

    #[test]
    fn a_nullable_enum_stays_nullable() {
        let (schemas, _) =
            run_on_schemas(open, json!({"State": {"type": "string", "nullable": true, "enum": ["a", "b"]}}));
        assert_eq!(schemas["State"]["nullable"], true);
        // `State` is `Option<StateValue>`: of the same name, it would hold itself.
        assert_eq!(schemas["State"]["oneOf"][0]["x-rust-type"]["path"], "sdk::types::StateValue");
    }
}
