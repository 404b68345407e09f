//! Which schemas are the same in both documents, with everything that they refer to: nothing has to be said of them.

use std::collections::{BTreeMap, BTreeSet};

use orderly_document::Document;
use serde_json::Value;

use crate::node::Node;

/// Where references to shared schemas lead.
const SCHEMAS: &str = "#/components/schemas/";

/// The shared schemas that no change reaches.
#[derive(Debug)]
pub(crate) struct Unchanged<'d>(BTreeSet<&'d str>);

impl<'d> Unchanged<'d> {
    /// Starts from the schemas that differ and goes back along references.
    pub(crate) fn between(base: &'d Document, head: &'d Document) -> Self {
        let schemas = |document: &'d Document| {
            let schemas = document.root().pointer("/components/schemas").and_then(Value::as_object);
            schemas.into_iter().flatten().map(|(name, schema)| (name.as_str(), schema)).collect()
        };
        let (old, new): (BTreeMap<&str, &Value>, BTreeMap<&str, &Value>) = (schemas(base), schemas(head));
        let same = old.iter().filter(|(name, schema)| new.get(*name) == Some(schema));
        let mut unchanged: BTreeSet<&str> = same.map(|(name, _)| *name).collect();
        let references: BTreeMap<&str, BTreeSet<&str>> =
            unchanged.iter().map(|name| (*name, referred(old[name]))).collect();
        loop {
            let reached = |name: &&&str| references[**name].iter().any(|target| !unchanged.contains(target));
            let reached: Vec<&str> = unchanged.iter().filter(reached).copied().collect();
            if reached.is_empty() {
                return Self(unchanged);
            }
            for name in reached {
                unchanged.remove(name);
            }
        }
    }

    /// Whether two schemas are the same, with everything that they refer to.
    pub(crate) fn holds(&self, base: &Node<'_>, head: &Node<'_>) -> bool {
        base.value == head.value && referred(base.value).iter().all(|name| self.0.contains(name))
    }
}

/// The names of shared schemas that a schema refers to; what else it refers to stands for itself, and is never known to
/// be the same.
fn referred(schema: &Value) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut open = vec![schema];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) if text.starts_with("#/") => {
                found.insert(text.strip_prefix(SCHEMAS).unwrap_or(text));
            }
            Value::Array(items) => open.extend(items),
            Value::Object(members) => open.extend(members.values()),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_reaches_those_who_refer_to_it() {
        let text = |kind: &str| {
            format!(
                "openapi: 3.0.3
components:
  schemas:
    A: {{properties: {{b: {{$ref: '#/components/schemas/B'}}}}}}
    B: {{items: {{$ref: '#/components/schemas/C'}}}}
    C: {{type: {kind}}}
    D: {{items: {{$ref: '#/components/schemas/D'}}}}
"
            )
        };
        let base = Document::parse("a.yaml", text("string").as_bytes()).unwrap();
        let head = Document::parse("b.yaml", text("integer").as_bytes()).unwrap();
        assert_eq!(Unchanged::between(&base, &head).0, BTreeSet::from(["D"]));
        assert_eq!(Unchanged::between(&base, &base).0, BTreeSet::from(["A", "B", "C", "D"]));
    }
}
