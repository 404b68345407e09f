//! Each parameter by itself: its values, and ways to send it that are none.

use orderly_document::Pointer;
use serde_json::{Value, json};

use super::{
    super::base::{Varied, argument, can_be_missing, is_plain, keeps, required},
    Cases,
};
use crate::{
    case::{Argument, Keyword, Parts, Polarity, Rule},
    document::{Location, Parameter, Writing},
    request::{Kind, Shape},
};

/// A name that no document has.
const UNDECLARED: &str = "undeclared_parameter";

impl<'d> Cases<'_, 'd> {
    pub(super) fn parameters(&mut self) {
        let base = self.base;
        for one in &base.parameters {
            self.values(one);
            self.texts(one);
            self.missing(one.parameter);
            self.repeated(one);
        }
        self.undeclared();
    }

    /// The base request with another value for the parameter.
    fn with(&self, parameter: &Parameter, value: Value) -> Parts {
        let mut parts = self.without(parameter);
        parts.arguments.push(argument(parameter, value));
        parts
    }

    fn without(&self, parameter: &Parameter) -> Parts {
        let mut parts = self.base.parts(self.known);
        parts.arguments.retain(|known| !parameter.is(known.location, &known.name));
        parts
    }

    fn values(&mut self, one: &Varied<'d>) {
        let parameter = one.parameter;
        let name = &parameter.name;
        for kept in one.values.kept().into_iter().filter(|kept| is_plain(parameter, &kept.value)) {
            let touches = keeps(&one.values, &kept.value);
            let parts = self.with(parameter, kept.value);
            self.valid(format!("{name}: {}", kept.note), parts, touches);
        }
        for broken in one.values.broken() {
            if is_sent_as(self.kind(parameter), &broken.value) {
                let parts = self.with(parameter, broken.value);
                self.breaks(format!("{name}: {}", broken.note), parts, broken.keyword, broken.place);
            }
        }
    }

    /// Texts that are no number and no boolean, which no value of another type would be sent as.
    fn texts(&mut self, one: &Varied<'d>) {
        let parameter = one.parameter;
        let shape = Shape::of(self.base.document, &parameter.schema);
        let place = shape.place.child("type");
        let is_typed = matches!(
            self.base.document.source().get(&place).and_then(Value::as_str),
            Some("integer" | "number" | "boolean")
        );
        if !is_typed {
            return;
        }
        let name = &parameter.name;
        for (text, note) in [("a text", "a text"), ("", "nothing"), ("0x1f", "a number in another notation")]
        {
            let is_allowed =
                text.is_empty() && (parameter.may_be_empty || !parameter.location.can_be_empty());
            if !is_allowed {
                let parts = self.with(parameter, json!(text));
                self.breaks(format!("{name}: {note}"), parts, Keyword::Type, place.clone());
            }
        }
    }

    fn missing(&mut self, parameter: &Parameter) {
        let place = required(self.base.document, &parameter.place, Polarity::Broken);
        if let Some(touch) = place.filter(|_| can_be_missing(parameter)) {
            let parts = self.without(parameter);
            self.invalid(format!("{}: missing", parameter.name), parts, Rule::Required, touch.place);
        }
    }

    /// A parameter of one value, sent twice.
    fn repeated(&mut self, one: &Varied<'d>) {
        let parameter = one.parameter;
        let is_list = self.kind(parameter) != Kind::Scalar;
        let is_json = matches!(parameter.writing, Writing::Content(_));
        if parameter.location != Location::Query || is_list || is_json {
            return;
        }
        let Some(argument) = self.base.argument(one, self.known) else { return };
        let mut parts = self.without(parameter);
        parts.arguments.extend([argument.clone(), argument]);
        self.invalid(format!("{}: twice", parameter.name), parts, Rule::Repeated, parameter.place.clone());
    }

    fn undeclared(&mut self) {
        let mut parts = self.base.parts(self.known);
        parts.arguments.push(Argument {
            location: Location::Query,
            name: UNDECLARED.to_owned(),
            value: json!("1"),
        });
        let place: Pointer = self.base.operation.place.child("parameters");
        self.invalid("a parameter that is not declared", parts, Rule::Undeclared, place);
    }

    fn kind(&self, parameter: &Parameter) -> Kind {
        Shape::of(self.base.document, &parameter.schema).kind()
    }
}

/// Whether a value is read as what it is where a parameter is of some kind: a single value in place of a list is a list
/// of one, and a list in place of a single value is a text.
fn is_sent_as(kind: Kind, value: &Value) -> bool {
    match value {
        Value::Array(items) => kind == Kind::List && !items.is_empty(),
        Value::Object(members) => kind == Kind::Object && !members.is_empty(),
        Value::Null => false,
        _ => kind == Kind::Scalar,
    }
}

impl Location {
    /// Whether an empty text is something there at all: a path's segment has to be something.
    fn can_be_empty(self) -> bool {
        self != Self::Path
    }
}
