//! The document's own schemas: the slow path, which names every mistake of a value.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock, RwLock},
};

use jsonschema::Validator;
use serde_json::Value;

use crate::{explain, failure::Violation, translate};

/// Which way a value goes. `readOnly` members are no part of requests, `writeOnly` ones none of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the caller.
    Request,
    /// To the caller.
    Response,
}

/// Why a schema cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// The document has nothing there.
    #[error("the document has no schema at {pointer}")]
    Unknown {
        /// Where it was looked for.
        pointer: String,
    },
    /// It is not a schema.
    #[error("the schema at {pointer} cannot be used: {reason}")]
    Invalid {
        /// Where it stands.
        pointer: String,
        /// What is wrong with it.
        reason: String,
    },
}

type Compiled = Arc<Result<Validator, SchemaError>>;

/// All schemas of a document, each translated and compiled when it is first needed.
#[derive(Debug)]
pub struct Schemas {
    text: &'static str,
    document: OnceLock<Value>,
    requests: RwLock<BTreeMap<String, Compiled>>,
    responses: RwLock<BTreeMap<String, Compiled>>,
}

impl Schemas {
    /// The schemas of a document, given as JSON. Nothing is read before it is needed.
    pub const fn new(document_json: &'static str) -> Self {
        Self {
            text: document_json,
            document: OnceLock::new(),
            requests: RwLock::new(BTreeMap::new()),
            responses: RwLock::new(BTreeMap::new()),
        }
    }

    /// The schemas of a document that has been read already.
    pub fn from_value(document: Value) -> Self {
        Self { document: OnceLock::from(document), ..Self::new("null") }
    }

    /// The document. `null` if its text is not JSON, which is logged.
    pub fn document(&self) -> &Value {
        self.document.get_or_init(|| {
            serde_json::from_str(self.text).unwrap_or_else(|error| {
                tracing::error!(%error, "the document is not JSON");
                Value::Null
            })
        })
    }

    /// Every mistake of a value against the schema at a pointer such as `#/components/schemas/Book`.
    /// The pointer may lead through references.
    ///
    /// # Errors
    /// If there is no usable schema at the pointer.
    pub fn violations(
        &self,
        pointer: &str,
        direction: Direction,
        value: &Value,
    ) -> Result<Vec<Violation>, SchemaError> {
        match &*self.compiled(pointer, direction) {
            Ok(validator) => Ok(explain::violations(validator, value)),
            Err(error) => Err(error.clone()),
        }
    }

    /// The schema at a pointer as the document writes it, references followed.
    pub(crate) fn source(&self, pointer: &str) -> Option<&Value> {
        translate::find(self.document(), pointer)
    }

    fn compiled(&self, pointer: &str, direction: Direction) -> Compiled {
        let cache = match direction {
            Direction::Request => &self.requests,
            Direction::Response => &self.responses,
        };
        // A panic while the lock was held leaves a map that is still good: entries are whole or absent.
        let known = cache.read().unwrap_or_else(|poisoned| poisoned.into_inner()).get(pointer).cloned();
        known.unwrap_or_else(|| {
            let compiled = Arc::new(self.compile(pointer, direction));
            let mut cache = cache.write().unwrap_or_else(|poisoned| poisoned.into_inner());
            cache.entry(pointer.to_owned()).or_insert(compiled).clone()
        })
    }

    fn compile(&self, pointer: &str, direction: Direction) -> Result<Validator, SchemaError> {
        let schema = translate::json_schema(self.document(), pointer, direction)
            .ok_or_else(|| SchemaError::Unknown { pointer: pointer.to_owned() })?;
        explain::compile(&schema)
            .map_err(|reason| SchemaError::Invalid { pointer: pointer.to_owned(), reason })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schemas(schema: Value) -> Schemas {
        Schemas::from_value(json!({"components": {"schemas": {
            "It": schema,
            "Cat": {"type": "object", "required": ["kind", "lives"], "properties": {
                "kind": {"type": "string", "enum": ["cat"]}, "lives": {"type": "integer", "minimum": 1}}},
            "Dog": {"type": "object", "required": ["kind", "name"], "properties": {
                "kind": {"type": "string", "enum": ["dog"]}, "name": {"type": "string", "minLength": 2}}},
            "Node": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"},
                "value": {"type": "integer", "format": "int32"}}},
        }}}))
    }

    /// `pointer code` of every mistake.
    fn mistakes(schema: &Value, direction: Direction, value: &Value) -> Vec<String> {
        let found = schemas(schema.clone()).violations("#/components/schemas/It", direction, value).unwrap();
        let mut lines: Vec<_> = found
            .iter()
            .map(|violation| match &violation.at {
                crate::At::Pointer(pointer) => format!("{pointer} {}", violation.code),
                other => panic!("{other:?}"),
            })
            .collect();
        lines.sort();
        lines
    }

    #[test]
    fn every_keyword_of_openapi_is_checked() {
        let text = |more: Value| {
            let mut schema = json!({"type": "string"});
            schema.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            schema
        };
        for (schema, value, expected) in [
            (json!({"type": "integer"}), json!(1.0), vec![" type"]),
            (json!({"type": "integer"}), json!(9_223_372_036_854_775_808_u64), vec![" maximum"]),
            (json!({"type": "integer", "format": "int32"}), json!(2_147_483_648_i64), vec![" maximum"]),
            (
                json!({"type": "number", "minimum": 1, "exclusiveMinimum": true}),
                json!(1),
                vec![" exclusive_minimum"],
            ),
            (json!({"type": "number", "multipleOf": 0.1}), json!(0.3), vec![]),
            (json!({"type": "number", "multipleOf": 0.1}), json!(0.35), vec![" multiple_of"]),
            (text(json!({"maxLength": 1})), json!("äö"), vec![" max_length"]),
            (text(json!({"pattern": r"^\d$"})), json!("\u{663}"), vec![" pattern"]),
            (text(json!({"format": "email"})), json!("a"), vec![" format"]),
            (text(json!({"format": "color"})), json!("a"), vec![]),
            (text(json!({"nullable": true, "enum": ["a"]})), json!(null), vec![]),
            (text(json!({"enum": ["a"]})), json!(null), vec![" enum", " type"]),
            (json!({"$ref": "#/components/schemas/Cat", "nullable": true}), json!(null), vec![" type"]),
            (json!({"allOf": [{"$ref": "#/components/schemas/Cat"}], "nullable": true}), json!(null), vec![]),
            (
                json!({"type": "array", "uniqueItems": true, "items": {}}),
                json!([1, 1]),
                vec![" unique_items"],
            ),
            (json!({"type": "object", "minProperties": 1}), json!({}), vec![" min_properties"]),
            (json!({"not": {"type": "string"}}), json!("a"), vec![" not"]),
        ] {
            assert_eq!(mistakes(&schema, Direction::Request, &value), expected, "{schema} {value}");
        }
    }

    #[test]
    fn members_are_pointed_at_one_by_one() {
        let schema = json!({"type": "object", "additionalProperties": false, "required": ["a", "b/c"], "properties": {
            "a": {"type": "string"}, "b/c": {"type": "string"},
            "list": {"type": "array", "items": {"type": "integer"}}}});
        let value = json!({"x": 1, "y": 1, "list": [1, "2"]});
        let expected = [
            "/a required",
            "/b~1c required",
            "/list/1 type",
            "/x additional_properties",
            "/y additional_properties",
        ];
        assert_eq!(mistakes(&schema, Direction::Request, &value), expected);
    }

    #[test]
    fn direction_decides_which_members_there_are() {
        let schema = json!({"type": "object", "additionalProperties": false, "required": ["id", "password"],
            "properties": {"id": {"type": "string", "readOnly": true}, "password": {"type": "string", "writeOnly": true}}});
        assert_eq!(mistakes(&schema, Direction::Request, &json!({"password": "p"})), [""; 0]);
        assert_eq!(mistakes(&schema, Direction::Response, &json!({"id": "i"})), [""; 0]);
        assert_eq!(
            mistakes(&schema, Direction::Request, &json!({"id": "i", "password": "p"})),
            ["/id additional_properties"]
        );
    }

    #[test]
    fn a_union_is_explained_by_the_branch_that_the_tag_selects() {
        let branches = json!([{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]);
        let tagged = json!({"oneOf": branches, "discriminator": {"propertyName": "kind",
            "mapping": {"cat": "#/components/schemas/Cat", "dog": "Dog"}}});
        for schema in [json!({"oneOf": branches}), json!({"anyOf": branches}), tagged] {
            for (value, expected) in [
                (json!({"kind": "cat", "lives": 9}), vec![]),
                (json!({"kind": "cat", "lives": 0}), vec!["/lives minimum"]),
                (json!({"kind": "dog"}), vec!["/name required"]),
                (json!({"kind": "cow"}), vec!["/kind enum"]),
                (json!({"name": "x"}), vec!["/kind required"]),
            ] {
                assert_eq!(mistakes(&schema, Direction::Request, &value), expected, "{schema} {value}");
            }
        }
        let nullable = json!({"oneOf": branches, "nullable": true});
        assert_eq!(mistakes(&nullable, Direction::Request, &json!({"kind": "dog"})), ["/name required"]);
        assert_eq!(mistakes(&nullable, Direction::Request, &json!(null)), [""; 0]);
    }

    #[test]
    fn recursion_is_followed() {
        let schema = json!({"$ref": "#/components/schemas/Node"});
        let value = json!({"next": {"next": {"value": "x"}}});
        assert_eq!(mistakes(&schema, Direction::Request, &value), ["/next/next/value type"]);
    }

    #[test]
    fn a_pointer_leads_through_references() {
        let schemas = Schemas::from_value(json!({
            "paths": {"/a": {"post": {"requestBody": {"$ref": "#/components/requestBodies/A"}}}},
            "components": {"requestBodies": {"A": {"content": {"application/json": {"schema": {"type": "string"}}}}}},
        }));
        let pointer = "#/paths/~1a/post/requestBody/content/application~1json/schema";
        assert!(schemas.violations(pointer, Direction::Request, &json!("a")).unwrap().is_empty());
        let missing = schemas.violations("#/nowhere", Direction::Request, &json!(1));
        assert_eq!(missing, Err(SchemaError::Unknown { pointer: "#/nowhere".into() }));
    }

    #[test]
    fn a_detail_never_holds_the_value() {
        let secret = "4111111111111111";
        for schema in [
            json!({"type": "integer"}),
            json!({"type": "string", "enum": ["a"]}),
            json!({"type": "string", "maxLength": 3}),
            json!({"type": "string", "pattern": "^a$"}),
            json!({"type": "string", "format": "email"}),
            json!({"oneOf": [{"type": "integer"}, {"type": "boolean"}]}),
            json!({"not": {}}),
        ] {
            let found =
                schemas(schema).violations("#/components/schemas/It", Direction::Request, &json!(secret));
            for violation in found.unwrap() {
                assert!(!violation.detail.contains(secret), "{violation:?}");
            }
        }
    }
}
