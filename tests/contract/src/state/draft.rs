//! Valid requests about things that are there.

use http::Method;
use orderly_document::Pointer;
use serde_json::Value;

use super::{
    Pool, Session, Thing,
    pool::text,
    site::{self, Site, Step},
};
use crate::{
    Direction,
    case::{Argument, Parts, Payload, PayloadContent},
    document::{Content, Document, Location, Operation, Parameter},
    phase::Known,
    request::{Kind, Shape, is_sendable},
    value::Values,
};

/// Which of the valid bodies is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// The natural one.
    Sample,
    /// The natural one without what may be left out.
    Least,
    /// The natural one with other texts where they are free, by its number: what names a thing is often taken, what
    /// counts or costs is best left as it is.
    Near(u64),
    /// Any, by its number.
    Random(u64),
}

impl Session<'_> {
    /// A valid request with what is required and nothing else, about `thing` if its path has parameters. `None` if
    /// something that it needs is not known.
    pub(crate) fn draft(
        &self,
        operation: &Operation,
        thing: Option<&Thing>,
        variant: Variant,
    ) -> Option<Parts> {
        let mut parts = self.bare(operation, thing)?;
        if let Some(body) = &operation.body {
            parts.body = body.content.iter().find_map(|content| self.payload(operation, content, variant));
            if parts.body.is_none() && body.required {
                return None;
            }
        }
        Some(parts)
    }

    /// The same without a body.
    pub(crate) fn bare(&self, operation: &Operation, thing: Option<&Thing>) -> Option<Parts> {
        let needed = operation.parameters.iter().filter(|one| one.required || is_condition(operation, one));
        let mut arguments = Vec::new();
        for parameter in needed {
            let of_thing = (parameter.location == Location::Path)
                .then(|| thing.and_then(|thing| self.pool.of_path(operation, &parameter.name, thing)))
                .flatten();
            let known = of_thing.or_else(|| self.pool.value(operation, parameter));
            let sampled = || natural(self.document(), &parameter.place, &parameter.schema);
            let value = known.or_else(sampled)?;
            let argument = Argument { location: parameter.location, name: parameter.name.clone(), value };
            if parameter.location == Location::Path && !self.can_be_named(operation, parameter, &argument) {
                return None;
            }
            arguments.push(argument);
        }
        Some(Parts { method: operation.method.clone(), arguments, body: None })
    }

    /// Whether a path can name what it is to name: a name with a slash in it leads elsewhere on many servers, and one that
    /// the document does not allow there is refused.
    fn can_be_named(&self, operation: &Operation, parameter: &Parameter, argument: &Argument) -> bool {
        let shape = Shape::of(self.document(), &parameter.schema);
        let read = if shape.kind() == Kind::Scalar {
            shape.scalar(&text(&argument.value))
        } else {
            argument.value.clone()
        };
        is_sendable(operation, argument) && is_valid(self.document(), &parameter.schema, &read)
    }

    fn payload(&self, operation: &Operation, content: &Content, variant: Variant) -> Option<Payload> {
        let document = self.document();
        let schema = content.schema();
        let natural = || natural(document, &content.place, &schema);
        let mut value = match variant {
            Variant::Sample => natural()?,
            Variant::Least => least(document, &schema, natural()?),
            Variant::Near(number) => {
                let mut rng = self.rng(operation, number);
                near(document, &schema, natural()?, &mut rng)
            }
            Variant::Random(number) => {
                let values = Values::new(document, &schema, Direction::Request);
                values.random(&mut self.rng(operation, number)).or_else(natural)?
            }
        };
        self.pool.fill(document, operation, &content.media_type, &mut value);
        Some(Payload { media_type: content.media_type.clone(), content: PayloadContent::Value(value) })
    }
}

/// Whether a parameter is a condition that the operation is not done without (RFC 6585, section 3).
pub(crate) fn is_condition(operation: &Operation, parameter: &Parameter) -> bool {
    let is_match = parameter.location == Location::Header && parameter.name.eq_ignore_ascii_case("if-match");
    is_match && (parameter.required || operation.answers.contains_key("428"))
}

/// A valid value: what the document shows is more natural than what its schemas allow.
fn natural(document: &Document, place: &Pointer, schema: &Pointer) -> Option<Value> {
    let mut examples = document.examples(place, schema).into_iter().map(|example| example.value);
    let example = examples.find(|value| is_valid(document, schema, value)).cloned();
    example.or_else(|| Values::new(document, schema, Direction::Request).sample())
}

/// The value without the members that may be left out.
fn least(document: &Document, schema: &Pointer, value: Value) -> Value {
    let Value::Object(mut members) = value else { return value };
    let names: Vec<String> = members.keys().cloned().collect();
    for name in names {
        let mut fewer = members.clone();
        fewer.remove(&name);
        let without = Value::Object(fewer);
        if is_valid(document, schema, &without) {
            members.remove(&name);
        }
    }
    Value::Object(members)
}

/// The value with other texts in its members, as far as it stays valid.
fn near(document: &Document, schema: &Pointer, value: Value, rng: &mut fastrand::Rng) -> Value {
    let free = site::sites(document.source(), schema).into_iter().filter(|site| is_free(document, site));
    let members: Vec<Site> = free.filter(|site| matches!(site.path.as_slice(), [Step::Member(_)])).collect();
    members.iter().fold(value, |value, member| {
        if !site::at(&member.path, &value).iter().all(|text| text.is_string()) {
            return value;
        }
        let Some(text) = Values::new(document, &member.schema, Direction::Request).random(rng) else {
            return value;
        };
        let mut other = value.clone();
        site::replace(&member.path, &mut other, &text);
        if is_valid(document, schema, &other) { other } else { value }
    })
}

/// Whether a text may be any: what is one of a few, or a time, means something.
fn is_free(document: &Document, site: &Site) -> bool {
    let Ok(schema) = document.source().resolve(&site.schema) else { return false };
    schema.value.get("enum").is_none()
        && !schema.value["format"].as_str().is_some_and(|format| TIMES.contains(&format))
}

/// Formats of what happens at some time: another one may be too early or too late.
const TIMES: [&str; 3] = ["date", "date-time", "time"];

pub(super) fn is_valid(document: &Document, schema: &Pointer, value: &Value) -> bool {
    document.violations(schema, Direction::Request, value).is_empty()
}

impl Parts {
    /// The same with one more parameter, or another value for it.
    pub(crate) fn with(mut self, location: Location, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let same = |argument: &&mut Argument| {
            argument.location == location && argument.name.eq_ignore_ascii_case(name)
        };
        match self.arguments.iter_mut().find(same) {
            Some(argument) => argument.value = value,
            None => self.arguments.push(Argument { location, name: name.to_owned(), value }),
        }
        self
    }

    /// The same without a parameter.
    pub(crate) fn without(mut self, location: Location, name: &str) -> Self {
        self.arguments.retain(|one| one.location != location || !one.name.eq_ignore_ascii_case(name));
        self
    }

    /// The value in the body.
    pub(crate) fn body_value(&self) -> Option<&Value> {
        match &self.body.as_ref()?.content {
            PayloadContent::Value(value) => Some(value),
            PayloadContent::Bytes(_) => None,
        }
    }
}

/// Whether an operation only reads.
pub(crate) fn is_safe(operation: &Operation) -> bool {
    [Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE].contains(&operation.method)
}

/// Words for operations that end the login of whoever calls them.
const FAREWELLS: [&str; 10] = [
    "logout",
    "signout",
    "logoff",
    "signoff",
    "revoke",
    "deactivate",
    "terminate",
    "unregister",
    "disable",
    "shutdown",
];
/// Words for whoever calls.
const SELVES: [&str; 8] = ["me", "self", "account", "session", "sessions", "profile", "user", "token"];

impl Pool {
    /// Whether a valid request could end the login of whoever sends it: `DELETE /me`, `POST /logout`. What names a thing
    /// in its path is harmless: only things that the run has made are deleted.
    pub fn ends_login(operation: &Operation) -> bool {
        let path = operation.template.as_str().to_ascii_lowercase();
        if operation.security.is_empty() || path.contains('{') || is_safe(operation) {
            return false;
        }
        let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let last: String = last.chars().filter(char::is_ascii_alphanumeric).collect();
        FAREWELLS.contains(&last.as_str())
            || (operation.method == Method::DELETE && SELVES.contains(&last.as_str()))
    }
}
