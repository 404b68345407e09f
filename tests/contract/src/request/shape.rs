//! What a schema says of how a value is written as text: whether it is a scalar, a list or an object, and of which
//! types.

use orderly_document::Pointer;
use serde_json::{Map, Value};

use crate::document::Document;

/// Compositions deeper than this are not searched; a circle of `allOf` ends here.
const MAX_DEPTH: usize = 8;

/// What a value is, as far as its notation goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Scalar,
    List,
    Object,
}

/// A schema with its references followed.
#[derive(Debug, Clone)]
pub(crate) struct Shape<'d> {
    document: &'d Document,
    pub(crate) place: Pointer,
    schema: &'d Value,
}

impl<'d> Shape<'d> {
    pub(crate) fn of(document: &'d Document, place: &Pointer) -> Self {
        match document.source().resolve(place) {
            Ok(resolved) => Self { document, place: resolved.pointer, schema: resolved.value },
            Err(_) => Self { document, place: place.clone(), schema: &Value::Null },
        }
    }

    fn below(&self, place: Pointer) -> Self {
        Self::of(self.document, &place)
    }

    /// The branches of the schema's compositions.
    fn branches(&self) -> impl Iterator<Item = Self> {
        ["allOf", "oneOf", "anyOf"].into_iter().flat_map(move |keyword| {
            let length = self.schema[keyword].as_array().map_or(0, Vec::len);
            (0..length).map(move |index| self.below(self.place.child(keyword).index(index)))
        })
    }

    fn has_type(&self, name: &str, depth: usize) -> bool {
        let implied = match name {
            "object" => self.schema.get("properties").is_some(),
            "array" => self.schema.get("items").is_some(),
            _ => false,
        };
        match self.schema["type"].as_str() {
            Some(known) => known == name,
            None if implied => true,
            None => depth < MAX_DEPTH && self.branches().any(|branch| branch.has_type(name, depth + 1)),
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        match (self.has_type("object", 0), self.has_type("array", 0)) {
            (true, _) => Kind::Object,
            (_, true) => Kind::List,
            _ => Kind::Scalar,
        }
    }

    pub(crate) fn items(&self) -> Self {
        self.find(&|shape| shape.schema.get("items").map(|_| shape.below(shape.place.child("items"))), 0)
            .unwrap_or_else(|| self.free())
    }

    pub(crate) fn member(&self, name: &str) -> Self {
        let named = |shape: &Self| {
            shape.schema.get("properties")?.get(name)?;
            Some(shape.below(shape.place.path(["properties", name])))
        };
        let other = |shape: &Self| {
            shape.schema.get("additionalProperties").filter(|schema| schema.is_object())?;
            Some(shape.below(shape.place.child("additionalProperties")))
        };
        self.find(&named, 0).or_else(|| self.find(&other, 0)).unwrap_or_else(|| self.free())
    }

    /// The names of the members that the schema knows.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        self.collect_names(&mut names, 0);
        names
    }

    fn collect_names(&self, names: &mut Vec<String>, depth: usize) {
        names.extend(self.schema["properties"].as_object().into_iter().flat_map(Map::keys).cloned());
        if depth < MAX_DEPTH {
            self.branches().for_each(|branch| branch.collect_names(names, depth + 1));
        }
    }

    /// Whether the schema says that members of any name belong to the object.
    pub(crate) fn is_open(&self) -> bool {
        let open = |shape: &Self| {
            let others = &shape.schema["additionalProperties"];
            (others.is_object() || *others == true).then_some(())
        };
        self.find(&open, 0).is_some() || (self.kind() == Kind::Object && self.names().is_empty())
    }

    /// Whether it is a file: a string of `format: binary`.
    pub(crate) fn is_file(&self) -> bool {
        self.schema["format"] == "binary"
    }

    /// A text as the values that it can stand for, the likeliest first. There is at least one.
    fn candidates(&self, text: &str) -> Vec<Value> {
        let is = |name: &str| self.has_type(name, 0);
        let is_text = is("string");
        let is_number = is("integer") || is("number");
        let is_flag = is("boolean");
        let is_free = !is_text && !is_number && !is_flag;
        let mut candidates = Vec::new();
        let starts_number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        if (is_number || is_free)
            && starts_number
            && let Ok(number @ Value::Number(_)) = serde_json::from_str(text)
        {
            candidates.push(number);
        }
        if (is_flag || is_free) && matches!(text, "true" | "false") {
            candidates.push(Value::Bool(text == "true"));
        }
        if is_text || is_free || candidates.is_empty() {
            candidates.push(Value::String(text.to_owned()));
        }
        candidates
    }

    /// The value that a text stands for: the first that the schema allows, or else the likeliest, for the schema to
    /// refuse.
    pub(crate) fn scalar(&self, text: &str) -> Value {
        let mut candidates = self.candidates(text);
        let is_valid = |value: &Value| {
            self.document.violations(&self.place, orderly_api_runtime::Direction::Request, value).is_empty()
        };
        let chosen = match &candidates[..] {
            [_] => 0,
            several => several.iter().position(is_valid).unwrap_or_default(),
        };
        candidates.swap_remove(chosen)
    }

    pub(crate) fn list<T: AsRef<str>>(&self, texts: impl IntoIterator<Item = T>) -> Value {
        let items = self.items();
        texts.into_iter().map(|text| items.scalar(text.as_ref())).collect()
    }

    /// The first that `look` finds in the schema or what it is composed of.
    fn find<T>(&self, look: &dyn Fn(&Self) -> Option<T>, depth: usize) -> Option<T> {
        look(self).or_else(|| {
            self.branches().filter(|_| depth < MAX_DEPTH).find_map(|branch| branch.find(look, depth + 1))
        })
    }

    /// The schema that allows everything.
    fn free(&self) -> Self {
        Self { document: self.document, place: self.place.child("(nothing)"), schema: &Value::Null }
    }
}
