//! The schemas of a document, each in a document of its own with no more than it leads to.

use std::collections::BTreeSet;

use orderly_document::{Document, Pointer, reference};
use serde_json::{Map, Value, json};

/// The name of the schema that a document is about.
pub(crate) const ROOT: &str = "It";

/// Every component schema, and every schema that stands in a body or an answer itself.
pub(crate) fn schemas(document: &Document) -> Vec<(Pointer, Value)> {
    let mut places = Vec::new();
    let components = Pointer::root().path(["components", "schemas"]);
    for name in document.get(&components).and_then(Value::as_object).into_iter().flat_map(Map::keys) {
        places.push(components.child(name));
    }
    inline(document, &Pointer::root().child("paths"), &mut places);
    places.into_iter().filter_map(|place| Some((place.clone(), reduced(document, &place)?))).collect()
}

/// Gathers the schemas of media types below a place that are no references.
fn inline(document: &Document, at: &Pointer, places: &mut Vec<Pointer>) {
    match document.get(at) {
        Some(Value::Object(members)) => {
            for (name, member) in members {
                let here = at.child(name);
                let is_content = at.parent().and_then(|parent| parent.last()).as_deref() == Some("content");
                if name == "schema" && is_content {
                    if reference(member).is_none() {
                        places.push(here);
                    }
                } else if name != "example" && name != "examples" {
                    inline(document, &here, places);
                }
            }
        }
        Some(Value::Array(items)) => {
            (0..items.len()).for_each(|index| inline(document, &at.index(index), places))
        }
        _ => {}
    }
}

fn reduced(document: &Document, place: &Pointer) -> Option<Value> {
    let schema = document.get(place)?.clone();
    let mut needed = BTreeSet::new();
    gather(document, &schema, &mut needed)?;
    let mut schemas = Map::new();
    for name in needed {
        let component = document.get(&Pointer::root().path(["components", "schemas", name.as_str()]))?;
        schemas.insert(name, component.clone());
    }
    schemas.insert(ROOT.to_owned(), schema);
    Some(json!({"openapi": "3.0.3", "info": {"title": "One schema", "version": "1"}, "paths": {},
        "components": {"schemas": schemas}}))
}

/// The components that a schema leads to; `None` if it leads anywhere else.
fn gather(document: &Document, value: &Value, needed: &mut BTreeSet<String>) -> Option<()> {
    if let Some(reference) = reference(value) {
        let name =
            reference.strip_prefix("#/components/schemas/").filter(|name| !name.contains(['/', '%', '~']))?;
        if name == ROOT {
            return None;
        }
        if needed.insert(name.to_owned()) {
            let at = Pointer::root().path(["components", "schemas", name]);
            gather(document, document.get(&at)?, needed)?;
        }
        return Some(());
    }
    match value {
        Value::Object(members) => members.values().try_for_each(|member| gather(document, member, needed)),
        Value::Array(items) => items.iter().try_for_each(|item| gather(document, item, needed)),
        _ => Some(()),
    }
}
