//! Texts as JSON values, by the types that the document's schema gives them.
//!
//! Objects in parameters and urlencoded bodies are written as texts only; their schema says which of them
//! are numbers, booleans or lists.

use serde_json::{Map, Value};

use crate::schema::Schemas;

/// What a schema describes, as far as it decides how a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Scalar,
    List,
    Object,
}

/// A schema of the document with its references followed.
#[derive(Clone, Copy)]
pub(crate) struct Source<'s> {
    schemas: &'s Schemas,
    schema: &'s Value,
}

/// Compositions deeper than this are not searched; a circle of `allOf` ends here.
const MAX_DEPTH: usize = 8;

impl<'s> Source<'s> {
    pub(crate) fn at(schemas: &'s Schemas, pointer: &str) -> Self {
        Self { schemas, schema: schemas.source(pointer).unwrap_or(&Value::Null) }.followed()
    }

    fn followed(self) -> Self {
        let target = self.schema.get("$ref").and_then(Value::as_str).and_then(|to| self.schemas.source(to));
        Self { schema: target.unwrap_or(self.schema), ..self }
    }

    fn with(self, schema: &'s Value) -> Self {
        Self { schema, ..self }.followed()
    }

    /// The branches of the schema's compositions.
    fn branches(self) -> impl Iterator<Item = Source<'s>> {
        let lists =
            ["allOf", "oneOf", "anyOf"].into_iter().filter_map(move |name| self.schema.get(name)?.as_array());
        lists.flatten().map(move |branch| self.with(branch))
    }

    fn has_type(self, name: &str, depth: usize) -> bool {
        self.schema.get("type").and_then(Value::as_str) == Some(name)
            || (name == "object" && self.schema.get("properties").is_some())
            || (depth < MAX_DEPTH && self.branches().any(|branch| branch.has_type(name, depth + 1)))
    }

    pub(crate) fn shape(self) -> Shape {
        match (self.has_type("object", 0), self.has_type("array", 0)) {
            (true, _) => Shape::Object,
            (_, true) => Shape::List,
            _ => Shape::Scalar,
        }
    }

    fn items(self) -> Source<'s> {
        self.schema.get("items").map_or(self.with(&Value::Null), |items| self.with(items))
    }

    fn member(self, name: &str, depth: usize) -> Option<Source<'s>> {
        if let Some(schema) = self.schema.get("properties").and_then(|members| members.get(name)) {
            return Some(self.with(schema));
        }
        let mut branches = self.branches().filter(|_| depth < MAX_DEPTH);
        let additional = || self.schema.get("additionalProperties").filter(|schema| schema.is_object());
        branches.find_map(|branch| branch.member(name, depth + 1)).or_else(|| Some(self.with(additional()?)))
    }

    /// Whether a member is a file: a string of `format: binary`, or a list of them.
    pub(crate) fn is_file(self, name: &str) -> bool {
        let is_binary =
            |source: Source<'_>| source.schema.get("format").and_then(Value::as_str) == Some("binary");
        self.member(name, 0).is_some_and(|member| is_binary(member) || is_binary(member.items()))
    }

    /// The names of the members that the schema knows.
    pub(crate) fn member_names(self, depth: usize) -> Vec<&'s str> {
        let own = self.schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        let mut names: Vec<_> = own.map(|(name, _)| name.as_str()).collect();
        for branch in self.branches().filter(|_| depth < MAX_DEPTH) {
            names.extend(branch.member_names(depth + 1));
        }
        names
    }

    /// A text as the first of the schema's types that it can be; a string if none.
    pub(crate) fn scalar(self, text: &str) -> Value {
        let is_number = self.has_type("integer", 0) || self.has_type("number", 0);
        let starts_number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        if is_number
            && starts_number
            && let Ok(number @ Value::Number(_)) = serde_json::from_str(text)
        {
            return number;
        }
        match text {
            "true" | "false" if self.has_type("boolean", 0) => Value::Bool(text == "true"),
            _ => Value::String(text.to_owned()),
        }
    }

    pub(crate) fn list<T: AsRef<str>>(self, texts: &[T]) -> Value {
        let items = self.items();
        texts.iter().map(|text| items.scalar(text.as_ref())).collect()
    }

    /// Members by name. Equal names make a list where the schema has one; elsewhere the list breaks the schema.
    pub(crate) fn object<T: AsRef<str>>(self, pairs: &[(T, T)]) -> Value {
        let mut object = Map::new();
        for (name, _) in pairs {
            let name = name.as_ref();
            if object.contains_key(name) {
                continue;
            }
            let texts: Vec<&str> = pairs
                .iter()
                .filter(|(other, _)| other.as_ref() == name)
                .map(|(_, text)| text.as_ref())
                .collect();
            let schema = self.member(name, 0).unwrap_or(self.with(&Value::Null));
            let value = match (&texts[..], schema.shape()) {
                ([text], Shape::Scalar) => schema.scalar(text),
                ([text], Shape::Object) => {
                    serde_json::from_str(text).unwrap_or(Value::String((*text).to_owned()))
                }
                _ => schema.list(&texts),
            };
            object.insert(name.to_owned(), value);
        }
        Value::Object(object)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_take_the_types_of_the_schema() {
        let schemas = Schemas::from_value(json!({"components": {"schemas": {
            "Count": {"type": "integer"},
            "Filter": {"allOf": [
                {"type": "object", "properties": {"count": {"$ref": "#/components/schemas/Count"}, "on": {"type": "boolean"}}},
                {"properties": {"tags": {"type": "array", "items": {"type": "number"}}, "name": {"type": "string"}}},
            ]},
        }}}));
        let filter = Source::at(&schemas, "#/components/schemas/Filter");
        assert_eq!(filter.shape(), Shape::Object);
        let pairs =
            [("count", "7"), ("on", "true"), ("tags", "1"), ("tags", "2.5"), ("name", "7"), ("else", "7")];
        assert_eq!(
            filter.object(&pairs),
            json!({"count": 7, "on": true, "tags": [1, 2.5], "name": "7", "else": "7"})
        );
        assert_eq!(filter.object(&[("count", "seven")]), json!({"count": "seven"}));
        assert_eq!(filter.object(&[("count", "1"), ("count", "2")])["count"], json!(["1", "2"]));
    }
}
