//! Opens closed objects: a server that adds a field must not break the clients that are deployed. What
//! the SDK sends stays the same, since its types hold declared fields only.

use serde_json::Value;

use super::report::Report;
use super::walk::each_schema;

/// The pass.
pub(super) fn open(view: &mut Value, _: &mut Report) {
    each_schema(view, |schema, _| {
        let Some(members) = schema.as_object_mut() else { return };
        let Some(Value::Bool(more)) = members.get("additionalProperties") else { return };
        let is_map = *more && !members.contains_key("properties");
        if !is_map {
            members.shift_remove("additionalProperties");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_schemas;
    use super::*;
    use serde_json::json;

    #[test]
    fn objects_are_open_and_maps_stay_maps() {
        let cases = [
            (json!({"properties": {}, "additionalProperties": false}), json!({"properties": {}})),
            (json!({"properties": {}, "additionalProperties": true}), json!({"properties": {}})),
            (json!({"additionalProperties": true}), json!({"additionalProperties": true})),
            (
                json!({"additionalProperties": {"type": "string"}}),
                json!({"additionalProperties": {"type": "string"}}),
            ),
        ];
        for (declared, expected) in cases {
            assert_eq!(run_on_schemas(open, json!({ "A": declared })).0["A"], expected);
        }
    }
}
