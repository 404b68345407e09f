//! The examples that a document gives for a parameter or a body.

use orderly_document::Pointer;
use serde_json::Value;

use super::Document;

/// A value that the document's author chose.
#[derive(Debug, Clone, PartialEq)]
pub struct Example<'d> {
    /// What it is called; empty where it has no name.
    pub name: String,
    /// Where it stands.
    pub place: Pointer,
    /// The value.
    pub value: &'d Value,
}

impl Document {
    /// Every example at a parameter or a body's content (`example`, `examples`), or else at its schema. Those outside
    /// of the document (`externalValue`) are none.
    pub fn examples(&self, place: &Pointer, schema: &Pointer) -> Vec<Example<'_>> {
        let at = |place: Pointer| {
            let value = self.source.get(&place)?;
            Some(Example { name: String::new(), place, value })
        };
        let mut found: Vec<Example<'_>> = at(place.child("example")).into_iter().collect();
        let examples = place.child("examples");
        let names = self.source.get(&examples).and_then(Value::as_object).into_iter().flatten();
        for (name, _) in names {
            let Ok(example) = self.source.resolve(&examples.child(name)) else { continue };
            found.extend(at(example.pointer.child("value")).map(|one| Example { name: name.clone(), ..one }));
        }
        if found.is_empty()
            && let Ok(schema) = self.source.resolve(schema)
        {
            found.extend(at(schema.pointer.child("example")));
        }
        found
    }
}
