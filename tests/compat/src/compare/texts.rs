//! Values that cross the wire as text, in paths, queries, headers, cookies and forms: there a number is a text as well, so
//! that what becomes a string keeps those who send numbers, and `"1"` is read where a number is expected.

use std::sync::Arc;

use orderly_document::{Document, Pointer, reference};
use serde_json::{Map, Value, json};

use crate::node::Node;
use crate::schema::{Compared, Comparison, Difference, Direction, SchemaRule, Side, Verdict};

/// Schemas that put values together from others; what is text in them is not looked for.
const COMPOSED: [&str; 4] = ["allOf", "anyOf", "oneOf", "not"];

/// What comes out for two schemas if values are text. `None` if they are the same question as any other schemas.
pub(super) fn compared(
    base: &Node<'_>,
    head: &Node<'_>,
    direction: Direction,
    all: &Comparison<'_>,
) -> Option<Compared> {
    let (sender, receiver) = match direction {
        Direction::Request => (base, head),
        Direction::Response => (head, base),
    };
    let mut sent = sender.value.clone();
    let mut rewritten = Vec::new();
    rewrite(&mut sent, sender, receiver, "", &mut rewritten);
    if rewritten.is_empty() {
        return None;
    }
    let (sent, taken) = (document(&sent)?, document(receiver.value)?);
    let (old, new) = match direction {
        Direction::Request => (&sent, &taken),
        Direction::Response => (&taken, &sent),
    };
    let found = Comparison::new(old, new).compare(&it(), &it(), direction);
    Some(Reading { base, head, sender, rewritten, direction }.in_place(found, all))
}

/// Where the schema stands in the documents that are made here.
fn it() -> Pointer {
    Pointer::root().path(["components", "schemas", "It"])
}

/// A document of one schema; `None` if the schema leads elsewhere.
fn document(schema: &Value) -> Option<Document> {
    if has_reference(schema) {
        return None;
    }
    let document = json!({"openapi": "3.0.3", "info": {"title": "One schema", "version": "1"}, "paths": {},
        "components": {"schemas": {"It": schema}}});
    Document::parse("text", document.to_string().as_bytes()).ok()
}

fn has_reference(value: &Value) -> bool {
    let within = match value {
        Value::Object(members) => members.values().any(has_reference),
        Value::Array(items) => items.iter().any(has_reference),
        _ => false,
    };
    within || reference(value).is_some()
}

/// Rewrites the sender's schema where it has numbers and the receiver texts, or the other way round: of the value itself,
/// its items, and the members of an object. What lies deeper is no text.
fn rewrite(sent: &mut Value, sender: &Node<'_>, receiver: &Node<'_>, at: &str, rewritten: &mut Vec<String>) {
    if let Some(text) = as_read(sender, receiver) {
        *sent = text;
        rewritten.push(at.to_owned());
        return;
    }
    let both = |kind| sender.text("type") == Some(kind) && receiver.text("type") == Some(kind);
    if both("array")
        && let (Some(own), Some(other)) = (sender.get("items"), receiver.get("items"))
    {
        rewrite(&mut sent["items"], &own, &other, &format!("{at}/items"), rewritten);
    } else if both("object") && at.is_empty() {
        for (name, own) in sender.get("properties").iter().flat_map(Node::entries) {
            if let Some(other) = receiver.path(["properties", name]) {
                let at = Pointer::root().path(["properties", name]);
                rewrite(&mut sent["properties"][name], &own, &other, at.as_str(), rewritten);
            }
        }
    }
}

/// The sender's schema as the receiver reads it, if it takes texts for numbers or numbers for texts.
fn as_read(sender: &Node<'_>, receiver: &Node<'_>) -> Option<Value> {
    let is_composed = |node: &Node<'_>| COMPOSED.iter().any(|keyword| node.value.get(*keyword).is_some());
    if is_composed(sender) || is_composed(receiver) {
        return None;
    }
    let listed = sender.value.get("enum").and_then(Value::as_array);
    match (sender.text("type")?, receiver.text("type")?) {
        (kind @ ("integer" | "number" | "boolean"), "string") => Some(match (listed, kind) {
            (Some(listed), _) => {
                json!({"type": "string", "enum": listed.iter().map(written).collect::<Vec<_>>()})
            }
            (None, "boolean") => json!({"type": "string", "enum": ["true", "false"]}),
            (None, kind) => json!({"type": "string", "pattern": pattern(sender, kind == "integer")}),
        }),
        ("string", kind @ ("integer" | "number" | "boolean")) => {
            let read = |value: &Value| serde_json::from_str::<Value>(value.as_str()?).ok();
            let read: Vec<Value> = listed?.iter().map(read).collect::<Option<_>>()?;
            Some(json!({"type": kind, "enum": read}))
        }
        _ => None,
    }
}

fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What numbers look like: at least all that the schema allows.
fn pattern(schema: &Node<'_>, is_integer: bool) -> String {
    let bound = |keyword| schema.value.get(keyword).and_then(Value::as_f64);
    let digits = match (bound("maximum"), schema.text("format")) {
        (Some(most), _) if (1.0..1e15).contains(&most) => (most as u64).to_string().len(),
        (_, Some("int32")) => 10,
        _ => 19,
    };
    let is_positive = bound("minimum").is_some_and(|least| least >= 0.0);
    let sign = if is_positive { "" } else { "-?" };
    match is_integer {
        true if is_positive || bound("maximum").is_none() => {
            format!("^{sign}(0|[1-9][0-9]{{0,{}}})$", digits - 1)
        }
        true => format!("^{sign}(0|[1-9][0-9]{{0,18}})$"),
        false => format!("^{sign}[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$"),
    }
}

/// What was found of rewritten schemas, as something that is said of the schemas in the documents.
struct Reading<'n, 'd> {
    base: &'n Node<'d>,
    head: &'n Node<'d>,
    sender: &'n Node<'d>,
    /// The places within the schema that were rewritten.
    rewritten: Vec<String>,
    direction: Direction,
}

impl Reading<'_, '_> {
    fn in_place(&self, found: Arc<Compared>, all: &Comparison<'_>) -> Compared {
        let mut found = Arc::unwrap_or_clone(found);
        let mut notes: Vec<Difference> = found.notes.into_iter().map(|it| self.moved(it)).collect();
        let mut open: Vec<Difference> = found.open.into_iter().map(|it| self.moved(it)).collect();
        if let Verdict::Breaking(breaks) = &mut found.verdict {
            let side = if self.direction == Direction::Request { Side::Base } else { Side::Head };
            for broken in std::mem::take(breaks) {
                let difference = self.moved(broken.difference.clone());
                let value = original(&broken.counterexample, self.sender);
                // The rewritten schema may allow more numbers than the document does.
                if all.allows(side, &self.sender.at, self.direction, &value) {
                    breaks.push(crate::schema::SchemaBreak { difference, ..broken });
                } else {
                    open.push(difference);
                }
            }
            if breaks.is_empty() {
                let reason = "no text was found that shows what the change means".to_owned();
                found.verdict = Verdict::Undecided { reason };
            }
        }
        if found.verdict == Verdict::Compatible {
            notes.extend(self.rewritten.iter().map(|at| self.retyped(at)));
        }
        notes.dedup();
        open.dedup();
        Compared { verdict: found.verdict, notes, open }
    }

    /// A difference at its places in the documents. What differs only because it was rewritten is a change of type.
    fn moved(&self, difference: Difference) -> Difference {
        let within =
            |pointer: &Pointer| pointer.as_str().strip_prefix(it().as_str()).unwrap_or_default().to_owned();
        let (old, new) = (within(&difference.base), within(&difference.head));
        let is_within = |at: &&String| {
            [&old, &new].iter().any(|place| place.strip_prefix(at.as_str()).is_some_and(is_end_or_child))
        };
        match self.rewritten.iter().find(is_within) {
            Some(at) => Difference { path: difference.path, ..self.retyped(at) },
            None => Difference { base: place(self.base, &old), head: place(self.head, &new), ..difference },
        }
    }

    /// The change of type of a place that was rewritten.
    fn retyped(&self, at: &str) -> Difference {
        let at = format!("{at}/type");
        let (base, head) = (place(self.base, &at), place(self.head, &at));
        let kind = |node: &Node<'_>, at: &Pointer| {
            let kind = node.document().get(at).and_then(Value::as_str);
            format!("type: {}", kind.unwrap_or("any"))
        };
        let (expected, found) = (kind(self.base, &base), kind(self.head, &head));
        let rule = SchemaRule::TypeChanged;
        Difference { rule, side: Side::Head, base, head, path: String::new(), expected, found }
    }
}

fn is_end_or_child(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

/// The place of something within a schema, as far as there is one; references are followed on the way.
fn place(schema: &Node<'_>, within: &str) -> Pointer {
    let mut node = schema.clone();
    for token in Pointer::from(within).tokens() {
        match node.get(&token) {
            Some(next) => node = next,
            None if node.value.is_array() => return node.at.child(&token),
            None => break,
        }
    }
    node.at
}

/// A value as the sender's own schema has it: the texts that were numbers are numbers again.
fn original(value: &Value, sender: &Node<'_>) -> Value {
    match value {
        Value::String(text) if !matches!(sender.text("type"), Some("string") | None) => {
            serde_json::from_str(text).unwrap_or_else(|_| value.clone())
        }
        Value::Array(items) => match sender.get("items") {
            Some(schema) => items.iter().map(|item| original(item, &schema)).collect(),
            None => value.clone(),
        },
        Value::Object(members) => {
            let member = |(name, member): (&String, &Value)| {
                let schema = sender.path(["properties", name.as_str()]);
                (name.clone(), schema.map_or_else(|| member.clone(), |schema| original(member, &schema)))
            };
            Value::Object(members.iter().map(member).collect::<Map<_, _>>())
        }
        Value::Number(_) | Value::Bool(_) if sender.text("type") == Some("string") => {
            json!(value.to_string())
        }
        _ => value.clone(),
    }
}
