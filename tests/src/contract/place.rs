//! Places in a document: JSON pointers as URI fragments (`#/paths/~1v1~1orders/post`), followed through `$ref`.

use std::fmt;

use serde_json::Value;

/// How many references may follow each other; a longer chain is taken for a circle.
const LONGEST_CHAIN: usize = 32;

/// Where something stands in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(String);

impl Place {
    /// The whole document.
    pub fn root() -> Self {
        Self("#".to_owned())
    }

    /// The place below this one.
    pub fn child(&self, key: &str) -> Self {
        Self(format!("{}/{}", self.0, key.replace('~', "~0").replace('/', "~1")))
    }

    /// The place below this one, key by key.
    pub fn below(&self, keys: &[&str]) -> Self {
        keys.iter().fold(self.clone(), |place, key| place.child(key))
    }

    /// The element of the list that stands here.
    pub fn item(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// What stands here, if anything does.
    pub fn get<'d>(&self, document: &'d Value) -> Option<&'d Value> {
        document.pointer(&self.0[1..])
    }

    /// Where the chain of `$ref`s that begins here ends, and what stands there. `None` for a reference into nothing, out
    /// of the document or into itself.
    pub fn resolve<'d>(&self, document: &'d Value) -> Option<(Self, &'d Value)> {
        let mut place = self.clone();
        for _ in 0..LONGEST_CHAIN {
            let value = place.get(document)?;
            match value.get("$ref").and_then(Value::as_str) {
                Some(reference) => place = Self::reference(reference)?,
                None => return Some((place, value)),
            }
        }
        None
    }

    /// The place as a `$ref` or a schema address says it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn reference(text: &str) -> Option<Self> {
        let pointer = text.strip_prefix('#')?;
        (pointer.is_empty() || pointer.starts_with('/')).then(|| Self(text.to_owned()))
    }
}

impl From<&str> for Place {
    /// Takes a place as it is written, `#/…`; anything else leads nowhere.
    fn from(text: &str) -> Self {
        Self::reference(text).unwrap_or_else(|| Self::root().child(text))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_with_slashes_and_tildes_are_escaped() {
        let document = json!({ "paths": { "/a/{b~}": { "get": 1 } } });
        let place = Place::root().below(&["paths", "/a/{b~}", "get"]);
        assert_eq!(place.as_str(), "#/paths/~1a~1{b~0}/get");
        assert_eq!(place.get(&document), Some(&json!(1)));
    }

    #[test]
    fn references_are_followed_to_their_end_and_circles_are_left() {
        let document = json!({
            "a": { "$ref": "#/b" }, "b": { "$ref": "#/c" }, "c": { "end": true },
            "loop": { "$ref": "#/loop" }, "out": { "$ref": "other.yaml#/a" },
        });
        let (place, value) = Place::from("#/a").resolve(&document).unwrap();
        assert_eq!((place.as_str(), value), ("#/c", &json!({ "end": true })));
        assert_eq!(Place::from("#/loop").resolve(&document), None);
        assert_eq!(Place::from("#/out").resolve(&document), None);
        assert_eq!(Place::from("#/nothing").resolve(&document), None);
    }
}
