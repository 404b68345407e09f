//! Parameters: what a client may leave out, what it has to send, and how that is written.

use super::Walk;
use super::schemas::Part;
use crate::api::{Operation, Parameter};
use crate::node::Node;
use crate::rules::Rule;
use crate::schema::Direction;

impl<'d> Walk<'d> {
    /// Pairs the parameters of both versions, by place and name, and compares each pair.
    pub(super) fn parameters(&mut self, base: &Operation<'d>, head: &Operation<'d>) {
        let (old, new) = (base.parameters(), head.parameters());
        let same = |a: &Parameter<'_>, b: &Parameter<'_>| a.location == b.location && a.key == b.key;
        let is_gone = |before: &Parameter<'_>| !new.iter().any(|after| same(before, after));
        let is_new = |after: &Parameter<'_>| !old.iter().any(|before| same(before, after));
        let moved = |a: &Parameter<'_>, b: &Parameter<'_>| a.name.eq_ignore_ascii_case(b.name);

        for before in &old {
            if let Some(after) = new.iter().find(|after| same(before, after)) {
                self.parameter(before, after);
            } else if let Some(after) = new.iter().find(|after| is_new(after) && moved(before, after)) {
                let what = format!("{} is a {} parameter now", before.name(), after.location);
                self.both(Rule::ParameterMoved, &before.node, &after.node, "in", what);
            } else {
                let rule = self.parameter_removal(&before.node);
                let what = format!("{} is gone", before.name());
                self.tell(rule, Some(before.node.at.clone()), None, what);
            }
        }
        for after in new.iter().filter(|after| is_new(after)) {
            if old.iter().any(|before| is_gone(before) && moved(before, after)) {
                continue;
            }
            let (rule, may) = match after.node.flag("required") {
                true => (Rule::ParameterAddedRequired, "has to have"),
                false => (Rule::ParameterAddedOptional, "may have"),
            };
            let what = format!("a call {may} the {}", after.name());
            self.tell(rule, None, Some(after.node.at.clone()), what);
        }
    }

    fn parameter(&mut self, before: &Parameter<'d>, after: &Parameter<'d>) {
        let (base, head) = (&before.node, &after.node);
        let name = after.name();
        let is_required =
            |parameter: &Parameter<'_>| parameter.location == "path" || parameter.node.flag("required");
        self.flipped(
            [is_required(before), is_required(after)],
            [Rule::ParameterBecameRequired, Rule::ParameterBecameOptional],
            (base, head, "required"),
            [format!("{name} is required"), format!("{name} is optional")],
        );
        if !base.flag("deprecated") && head.flag("deprecated") {
            self.both(Rule::ParameterDeprecated, base, head, "deprecated", format!("{name} is deprecated"));
        }
        self.sunset(base, head, &format!("{name} "));
        let key = "allowReserved";
        self.flipped(
            [base.flag(key), head.flag(key)],
            [Rule::ParameterReservedAllowed, Rule::ParameterReservedRefused],
            (base, head, key),
            [format!("{name} takes reserved characters"), format!("{name} takes no reserved characters")],
        );
        let key = "allowEmptyValue";
        self.flipped(
            [base.flag(key), head.flag(key)],
            [Rule::ParameterEmptyAllowed, Rule::ParameterEmptyRefused],
            (base, head, key),
            [format!("{name} may be empty"), format!("{name} may not be empty")],
        );
        self.written(before, after);
        self.meaning(before, after);
    }

    /// Tells of a setting that became true, under the first rule, or false, under the second one.
    fn flipped(
        &mut self,
        [before, after]: [bool; 2],
        [on, off]: [Rule; 2],
        (base, head, key): (&Node<'_>, &Node<'_>, &str),
        [now_on, now_off]: [String; 2],
    ) {
        match (before, after) {
            (false, true) => self.both(on, base, head, key, now_on),
            (true, false) => self.both(off, base, head, key, now_off),
            _ => {}
        }
    }

    /// How a value becomes text, and which values there are.
    fn written(&mut self, before: &Parameter<'d>, after: &Parameter<'d>) {
        let (base, head) = (&before.node, &after.node);
        let name = after.name();
        match (media(base), media(head)) {
            (None, None) => {
                if before.style() != after.style() {
                    let what = format!("{name}: style `{}`, was `{}`", after.style(), before.style());
                    self.both(Rule::ParameterStyleChanged, base, head, "style", what);
                } else if before.explode() != after.explode() && (has_parts(base) || has_parts(head)) {
                    let what = format!("{name}: `explode` is {}", after.explode());
                    self.both(Rule::ParameterExplodeChanged, base, head, "explode", what);
                }
                self.schema(base, head, Direction::Request, &Part { name, is_text: true });
            }
            (Some((old, base)), Some((new, head))) if old.eq_ignore_ascii_case(new) => {
                self.schema(&base, &head, Direction::Request, &Part { name, is_text: false });
            }
            (old, new) => {
                let word = |media: Option<(&str, Node<'_>)>| {
                    media.map_or_else(|| "plain text".to_owned(), |(media, _)| format!("`{media}`"))
                };
                let what = format!("{name}: {}, was {}", word(new), word(old));
                self.both(Rule::ParameterMediaTypeChanged, base, head, "content", what);
            }
        }
    }

    /// What a call without the parameter means.
    fn meaning(&mut self, before: &Parameter<'d>, after: &Parameter<'d>) {
        let (Some(base), Some(head)) = (before.node.get("schema"), after.node.get("schema")) else { return };
        self.extensible(&base, &head, Direction::Request);
        let name = after.name();
        let (rule, what) = match (base.value.get("default"), head.value.get("default")) {
            (None, Some(new)) => {
                (Rule::ParameterDefaultAdded, format!("{name}: `{new}` where it is left out"))
            }
            (Some(old), None) => (Rule::ParameterDefaultRemoved, format!("{name}: no default, was `{old}`")),
            (Some(old), Some(new)) if old != new => {
                (Rule::ParameterDefaultChanged, format!("{name}: default `{new}`, was `{old}`"))
            }
            _ => return,
        };
        self.both(rule, &base, &head, "default", what);
    }
}

/// The only media type of a parameter that is written by one.
fn media<'d>(parameter: &Node<'d>) -> Option<(&'d str, Node<'d>)> {
    parameter.get("content")?.entries().next()
}

/// Whether a value can be a list or an object: only then does `explode` matter.
pub(super) fn has_parts(parameter: &Node<'_>) -> bool {
    let schema = parameter.get("schema");
    let kind = schema.as_ref().and_then(|schema| schema.text("type"));
    !matches!(kind, Some("string" | "number" | "integer" | "boolean"))
}
