//! Schemas: what proof and counterexamples say of them, and what they say besides values.

use std::collections::BTreeSet;

use orderly_document::Pointer;
use serde_json::Value;

use super::Walk;
use crate::change::Counterexample;
use crate::node::Node;
use crate::rules::{Kind, Rule, Severity};
use crate::schema::{Direction, SchemaBreak, SchemaRule, Side, Verdict};

impl<'d> Walk<'d> {
    /// Compares the `schema` of two parameters, headers or media types.
    pub(super) fn schema(&mut self, base: &Node<'d>, head: &Node<'d>, direction: Direction) {
        match (base.get("schema"), head.get("schema"), direction) {
            (Some(old), Some(new), _) => self.proved(&old, &new, direction),
            (None, Some(new), Direction::Request) if !is_empty(&new) => {
                let places = (Some(base.at.clone()), Some(new.at));
                self.tell(Rule::RequestSchemaAdded, places.0, places.1, "there is a schema");
            }
            (Some(old), None, Direction::Response) if !is_empty(&old) => {
                let places = (Some(old.at), Some(head.at.clone()));
                self.tell(Rule::AnswerSchemaRemoved, places.0, places.1, "there is no schema");
            }
            _ => {}
        }
    }

    fn proved(&mut self, base: &Node<'d>, head: &Node<'d>, direction: Direction) {
        if self.unchanged.holds(base, head) {
            return;
        }
        let compared = self.schemas.compare(&base.at, &head.at, direction);
        match &compared.verdict {
            Verdict::Compatible => {}
            Verdict::Breaking(breaks) => breaks.iter().for_each(|found| self.broken(found)),
            Verdict::Undecided { reason } => {
                let places = (Some(base.at.clone()), Some(head.at.clone()));
                self.tell(Rule::SchemaUndecided, places.0, places.1, reason.clone());
            }
        }
        for note in &compared.notes {
            let places = sides(note.side, &note.at);
            let what = difference(&note.expected, &note.found);
            // No value is taken away, but what a client has said or read under this name is.
            let severity = match note.rule {
                SchemaRule::PropertyRemoved => Severity::Warning,
                _ => Severity::Info,
            };
            self.keep(Kind::Schema(note.rule), severity, note.side, places, what, None);
        }
    }

    fn broken(&mut self, found: &SchemaBreak) {
        let places = sides(found.side, &found.at);
        let what = difference(&found.expected, &found.found);
        let shown = Counterexample { value: found.counterexample.clone(), path: found.path.clone() };
        if self.was_extensible(found) {
            let row = Rule::ExtensibleEnumGrew.row();
            self.keep(row.rule.into(), row.severity, found.side, places, what, Some(shown));
        } else {
            self.keep(found.rule.into(), Severity::Breaking, found.side, places, what, Some(shown));
        }
    }

    /// Whether the base has told clients, by `x-extensible-enum: true`, that an enumeration will grow.
    fn was_extensible(&self, found: &SchemaBreak) -> bool {
        if found.side != Side::Head || !found.rule.name().starts_with("enum-") {
            return false;
        }
        let schema = match found.at.last().as_deref() {
            Some("enum") => found.at.parent(),
            // A value within the enumeration.
            Some(_) => found.at.parent().and_then(|values| values.parent()),
            None => None,
        };
        let schema = schema.and_then(|schema| self.base.get(&schema));
        schema.is_some_and(|schema| schema.get("x-extensible-enum") == Some(&Value::Bool(true)))
    }

    /// What two schemas of a body say besides which values there are: defaults, deprecation, names in XML.
    pub(super) fn annotations(
        &mut self,
        base: &Node<'d>,
        head: &Node<'d>,
        direction: Direction,
        media_type: &str,
    ) {
        if let (Some(old), Some(new)) = (base.get("schema"), head.get("schema")) {
            let is_xml = media_type.ends_with("xml");
            self.annotated(&old, &new, "", direction, is_xml, &mut BTreeSet::new());
        }
    }

    /// Walks both schemas side by side; `name` is that of the property, if it is one.
    fn annotated(
        &mut self,
        base: &Node<'d>,
        head: &Node<'d>,
        name: &str,
        direction: Direction,
        is_xml: bool,
        seen: &mut BTreeSet<(Pointer, Pointer)>,
    ) {
        if self.unchanged.holds(base, head) || !seen.insert((base.at.clone(), head.at.clone())) {
            return;
        }
        if !name.is_empty() {
            self.property(base, head, name, direction);
        }
        if is_xml && base.value.get("xml") != head.value.get("xml") {
            self.both(Rule::XmlChanged, base, head, "xml", format!("`xml` of `{name}`"));
        }
        for (key, property) in base.get("properties").iter().flat_map(Node::entries) {
            if let Some(other) = head.path(["properties", key]) {
                self.annotated(&property, &other, key, direction, is_xml, seen);
            }
        }
        for key in ["items", "additionalProperties"] {
            if let (Some(old), Some(new)) = (base.get(key), head.get(key)) {
                self.annotated(&old, &new, "", direction, is_xml, seen);
            }
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            let (old, new) = (base.get(key), head.get(key));
            let pairs = old.iter().flat_map(Node::items).zip(new.iter().flat_map(Node::items));
            for (old, new) in pairs.collect::<Vec<_>>() {
                self.annotated(&old, &new, "", direction, is_xml, seen);
            }
        }
    }

    fn property(&mut self, base: &Node<'d>, head: &Node<'d>, name: &str, direction: Direction) {
        if !base.flag("deprecated") && head.flag("deprecated") {
            self.both(Rule::PropertyDeprecated, base, head, "deprecated", format!("`{name}` is deprecated"));
        }
        let (old, new) = (base.value.get("default"), head.value.get("default"));
        if direction == Direction::Request && old.is_some() && old != new {
            let shown = |value: Option<&Value>| {
                value.map_or_else(|| "no default".to_owned(), |value| format!("`{value}`"))
            };
            let what = format!("`{name}` left out means {}, was {}", shown(new), shown(old));
            self.both(Rule::DefaultChanged, base, head, "default", what);
        }
    }
}

fn sides(side: Side, at: &Pointer) -> (Option<Pointer>, Option<Pointer>) {
    match side {
        Side::Base => (Some(at.clone()), None),
        Side::Head => (None, Some(at.clone())),
    }
}

fn difference(expected: &str, found: &str) -> String {
    format!("{found}; was: {expected}")
}

fn is_empty(schema: &Node<'_>) -> bool {
    schema.value.as_object().is_none_or(serde_json::Map::is_empty)
}
