//! Schemas: what proof and counterexamples say of them, and what they say besides values.

use std::collections::BTreeSet;

use orderly_document::Pointer;
use serde_json::Value;

use super::{Walk, texts};
use crate::change::Counterexample;
use crate::node::Node;
use crate::rules::{Kind, Rule, Severity};
use crate::schema::{Difference, Direction, SchemaBreak, SchemaRule, Verdict};

/// The extension that says that an enumeration will grow: `true` beside an `enum`, or the known values instead of one.
const EXTENSIBLE: &str = "x-extensible-enum";

/// What of an exchange a schema describes.
pub(super) struct Part {
    /// What a report calls it, such as ``query parameter `limit` ``.
    pub(super) name: String,
    /// Whether values are written as text, in which a number looks like any other text.
    pub(super) is_text: bool,
}

impl<'d> Walk<'d> {
    /// Compares the `schema` of two parameters, headers or media types; `part` is what a report calls them.
    pub(super) fn schema(&mut self, base: &Node<'d>, head: &Node<'d>, direction: Direction, part: &Part) {
        match (base.get("schema"), head.get("schema"), direction) {
            (Some(old), Some(new), _) => self.proved(&old, &new, direction, part),
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

    fn proved(&mut self, base: &Node<'d>, head: &Node<'d>, direction: Direction, part: &Part) {
        if self.unchanged.holds(base, head) {
            return;
        }
        let as_text = part.is_text.then(|| texts::compared(base, head, direction, &self.schemas)).flatten();
        let compared =
            as_text.map_or_else(|| self.schemas.compare(&base.at, &head.at, direction), std::sync::Arc::new);
        match &compared.verdict {
            Verdict::Compatible => {}
            Verdict::Breaking(breaks) => breaks.iter().for_each(|it| self.broken(it, direction, part)),
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
                SchemaRule::PropertyRemoved if !self.was_announced(note) => Severity::Warning,
                _ => Severity::Info,
            };
            self.keep(Kind::Schema(note.rule), severity, note.side, places(note), words(note), None);
        }
    }

    /// Whether a property that is gone was announced to end by now.
    fn was_announced(&self, removed: &Difference) -> bool {
        Node::at(self.base, &removed.base).is_some_and(|property| self.has_ended(&property))
    }

    fn broken(&mut self, found: &SchemaBreak, direction: Direction, part: &Part) {
        let SchemaBreak { difference, counterexample } = found;
        let (part, path) = (part.name.clone(), difference.path.clone());
        let shown = Counterexample { part, value: counterexample.clone(), path };
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
        schema.is_some_and(|schema| schema.get(EXTENSIBLE) == Some(&Value::Bool(true)))
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
        self.extensible(base, head, direction);
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

    /// Values that a schema names without limiting itself to them: a list in `x-extensible-enum`.
    pub(super) fn extensible(&mut self, base: &Node<'d>, head: &Node<'d>, direction: Direction) {
        let listed = |node: &Node<'d>| node.value.get(EXTENSIBLE).and_then(Value::as_array);
        let (Some(old), Some(new)) = (listed(base), listed(head)) else { return };
        let (rule, some, others) = match direction {
            Direction::Request => (Rule::ExtensibleEnumShrank, old, new),
            Direction::Response => (Rule::ExtensibleEnumGrew, new, old),
        };
        for (index, value) in some.iter().enumerate().filter(|(_, value)| !others.contains(value)) {
            let place = |node: &Node<'d>| node.at.child(EXTENSIBLE);
            let (places, what) = match direction {
                Direction::Request => {
                    ((place(base).index(index), place(head)), format!("`{value}` is not among the values"))
                }
                Direction::Response => {
                    ((place(base), place(head).index(index)), format!("`{value}` is among the values"))
                }
            };
            self.tell(rule, Some(places.0), Some(places.1), what);
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
