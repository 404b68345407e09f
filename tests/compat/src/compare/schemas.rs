//! Schemas: what proof and counterexamples say of them, and what they say besides values.

use std::collections::BTreeSet;

use orderly_document::Pointer;
use serde_json::Value;

use super::Walk;
use crate::change::Counterexample;
use crate::node::Node;
use crate::rules::{Kind, Rule, Severity};
use crate::schema::{Difference, Direction, SchemaBreak, SchemaRule, Verdict};

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
            Verdict::Breaking(breaks) => breaks.iter().for_each(|found| self.broken(found, direction)),
            // Without a difference to show, the schemas themselves are shown.
            Verdict::Undecided { reason } if compared.open.is_empty() => {
                let places = (Some(base.at.clone()), Some(head.at.clone()));
                self.tell(Rule::SchemaUndecided, places.0, places.1, reason.clone());
            }
            Verdict::Undecided { .. } => {}
        }
        for open in &compared.open {
            let what = format!("{}: {}", open.rule.name(), words(open));
            self.difference(Rule::SchemaUndecided, open, what, None);
        }
        for note in &compared.notes {
            // No value is taken away, but what a client has said or read under this name is.
            let severity = match note.rule {
                SchemaRule::PropertyRemoved => Severity::Warning,
                _ => Severity::Info,
            };
            self.keep(Kind::Schema(note.rule), severity, note.side, places(note), words(note), None);
        }
    }

    fn broken(&mut self, found: &SchemaBreak, direction: Direction) {
        let difference = &found.difference;
        let shown = Counterexample { value: found.counterexample.clone(), path: difference.path.clone() };
        if direction == Direction::Response && self.was_extensible(difference) {
            self.difference(Rule::ExtensibleEnumGrew, difference, words(difference), Some(shown));
        } else {
            let Difference { rule, side, .. } = *difference;
            self.keep(
                rule.into(),
                Severity::Breaking,
                side,
                places(difference),
                words(difference),
                Some(shown),
            );
        }
    }

    /// Tells a difference under a rule of the table.
    fn difference(&mut self, rule: Rule, it: &Difference, what: String, shown: Option<Counterexample>) {
        self.keep(rule.into(), rule.row().severity, it.side, places(it), what, shown);
    }

    /// Whether the base has told clients, by `x-extensible-enum: true`, that an enumeration will grow.
    fn was_extensible(&self, found: &Difference) -> bool {
        let schema = self.base.get(&found.base).filter(|_| found.rule == SchemaRule::EnumValueAdded);
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

fn places(difference: &Difference) -> (Option<Pointer>, Option<Pointer>) {
    (Some(difference.base.clone()), Some(difference.head.clone()))
}

fn words(difference: &Difference) -> String {
    format!("{}; was: {}", difference.found, difference.expected)
}

fn is_empty(schema: &Node<'_>) -> bool {
    schema.value.as_object().is_none_or(serde_json::Map::is_empty)
}
