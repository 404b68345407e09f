//! Removes component schemas that no operation leads to: the SDK needs no type for them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::report::Report;
use super::walk::{operations, schema_name};

/// The pass.
pub fn unreachable_schemas(view: &mut Value, _: &mut Report) {
    let roots = operations(view).map(|(_, operation)| Value::Object(operation.clone())).collect::<Vec<_>>();
    let reached = reachable(view, roots.iter());
    if let Some(Value::Object(schemas)) = view.pointer_mut("/components/schemas") {
        schemas.retain(|name, _| reached.contains(name));
    }
}

/// The names of the component schemas that these values lead to.
pub(super) fn reachable<'a>(view: &'a Value, roots: impl Iterator<Item = &'a Value>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut pending: Vec<&Value> = roots.collect();
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(members) => {
                if let Some(name) = members.get("$ref").and_then(Value::as_str).and_then(schema_name)
                    && let Some(schema) = view["components"]["schemas"].get(&name)
                    && reached.insert(name)
                {
                    pending.push(schema);
                }
                pending.extend(members.values());
            }
            Value::Array(items) => pending.extend(items),
            _ => {}
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::super::testing::run;
    use super::*;
    use serde_json::json;

    #[test]
    fn what_no_operation_leads_to_is_removed() {
        let view = json!({
            "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/components/schemas/A"}}}}},
            "components": {"schemas": {
                "A": {"items": {"$ref": "#/components/schemas/B"}},
                "B": {"items": {"$ref": "#/components/schemas/A"}},
                "C": {"items": {"$ref": "#/components/schemas/A"}},
            }},
        });
        let (view, _) = run(unreachable_schemas, view);
        let left: Vec<_> = view["components"]["schemas"].as_object().unwrap().keys().collect();
        assert_eq!(left, ["A", "B"]);
    }
}
