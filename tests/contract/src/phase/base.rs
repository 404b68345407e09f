//! The valid request that cases vary one part of.

use bytes::Bytes;
use orderly_api_runtime::Direction;
use serde_json::{Value, json};

use super::Known;
use crate::{
    case::{Argument, Parts, Payload, PayloadContent, Polarity, Touch},
    document::{Content, Document, Location, Operation, Parameter},
    request::{Medium, carries, concrete, is_sendable},
    state::is_condition,
    value::Values,
};

/// How many values are tried until one can be sent.
const TRIES: usize = 32;

/// A parameter with its values.
pub(super) struct Varied<'d> {
    pub(super) parameter: &'d Parameter,
    pub(super) values: Values<'d>,
    /// A valid value that can be sent.
    sample: Option<Value>,
}

/// A content of the body with its values.
pub(super) struct VariedBody<'d> {
    pub(super) content: &'d Content,
    /// As it is sent.
    pub(super) media_type: String,
    pub(super) values: Values<'d>,
    /// A valid body.
    pub(super) sample: Option<PayloadContent>,
}

/// What valid requests of an operation are made of.
pub(super) struct Base<'d> {
    pub(super) document: &'d Document,
    pub(super) operation: &'d Operation,
    pub(super) parameters: Vec<Varied<'d>>,
    pub(super) bodies: Vec<VariedBody<'d>>,
}

impl<'d> Base<'d> {
    /// `None` if the operation demands something of which no valid value is known.
    pub(super) fn new(document: &'d Document, operation: &'d Operation) -> Option<Self> {
        let parameters: Vec<Varied<'d>> = operation
            .parameters
            .iter()
            .map(|parameter| Varied::new(document, operation, parameter))
            .collect();
        let contents = operation.body.iter().flat_map(|body| &body.content);
        let bodies: Vec<VariedBody<'d>> =
            contents.map(|content| VariedBody::new(document, operation, content)).collect();
        let lacks_parameter = parameters.iter().any(|one| one.parameter.required && one.sample.is_none());
        let lacks_body = operation.body.as_ref().is_some_and(|body| body.required)
            && bodies.iter().all(|body| body.sample.is_none());
        (!lacks_parameter && !lacks_body).then_some(Self { document, operation, parameters, bodies })
    }

    /// What is required, and the body. A condition that the operation is not done without is required, whatever the document
    /// says of the header.
    pub(super) fn parts(&self, known: &dyn Known) -> Parts {
        let is_required =
            |one: &&Varied<'d>| one.parameter.required || is_condition(self.operation, one.parameter);
        let required = self.parameters.iter().filter(is_required);
        Parts {
            method: self.operation.method.clone(),
            arguments: required.filter_map(|one| self.argument(one, known)).collect(),
            body: self.bodies.iter().find_map(|body| self.body(body, known)),
        }
    }

    /// A valid argument: what means something to the server, or else the sample.
    pub(super) fn argument(&self, one: &Varied<'d>, known: &dyn Known) -> Option<Argument> {
        let argument = |value| argument(one.parameter, value);
        let known = known.value(self.operation, one.parameter).map(argument);
        known
            .filter(|known| is_sendable(self.operation, known))
            .or_else(|| Some(argument(one.sample.clone()?)))
    }

    /// A valid body of one content.
    pub(super) fn body(&self, body: &VariedBody<'d>, known: &dyn Known) -> Option<Payload> {
        let content = match body.sample.clone()? {
            PayloadContent::Value(mut value) => {
                known.fill(self.document, self.operation, &body.content.media_type, &mut value);
                PayloadContent::Value(value)
            }
            bytes => bytes,
        };
        Some(Payload { media_type: body.media_type.clone(), content })
    }

    /// The rules that the valid base keeps.
    pub(super) fn touches(&self, parts: &Parts) -> Vec<Touch> {
        let mut touches = Vec::new();
        for one in &self.parameters {
            let sent = |argument: &&Argument| one.parameter.is(argument.location, &argument.name);
            if let Some(argument) = parts.arguments.iter().find(sent) {
                touches.extend(required(self.document, &one.parameter.place, Polarity::Kept));
                touches.extend(keeps(&one.values, &argument.value));
            }
        }
        if let (Some(payload), Some(body)) = (&parts.body, &self.operation.body) {
            touches.extend(required(self.document, &body.place, Polarity::Kept));
            let varied = self.bodies.iter().find(|one| one.media_type == payload.media_type);
            if let (PayloadContent::Value(value), Some(varied)) = (&payload.content, varied) {
                touches.extend(keeps(&varied.values, value));
            }
        }
        touches
    }
}

impl<'d> Varied<'d> {
    fn new(document: &'d Document, operation: &Operation, parameter: &'d Parameter) -> Self {
        let values = Values::new(document, &parameter.schema, Direction::Request);
        let can_be_sent = |value: &Value| {
            is_plain(parameter, value) && is_sendable(operation, &argument(parameter, value.clone()))
        };
        let fixed = values.sample().into_iter();
        let kept = || values.kept().into_iter().map(|one| one.value);
        // The seed does not matter: it has to be the same every time.
        let mut rng = fastrand::Rng::with_seed(7);
        let sample = fixed.clone().find(can_be_sent);
        let sample = sample.or_else(|| kept().find(can_be_sent));
        let sample = sample.or_else(|| (0..TRIES).filter_map(|_| values.random(&mut rng)).find(can_be_sent));
        Self { parameter, values, sample }
    }
}

impl<'d> VariedBody<'d> {
    fn new(document: &'d Document, operation: &Operation, content: &'d Content) -> Self {
        let schema = content.schema();
        let values = Values::new(document, &schema, Direction::Request);
        let media_type = concrete(&content.media_type);
        let medium = Medium::of(&media_type);
        let examples = document.examples(&content.place, &schema);
        let mut valid = examples.into_iter().map(|example| example.value).filter(|value| {
            document.violations(&schema, Direction::Request, value).is_empty()
                && (medium.is_from_schema() || value.is_string())
        });
        let sample = match medium {
            Medium::Xml | Medium::Binary => valid.next().and_then(Value::as_str).map(bytes),
            Medium::Json if document.source().get(&schema).is_none() => {
                Some(PayloadContent::Value(json!({})))
            }
            _ => {
                let can_be_sent = |value: &Value| carries(document, operation, &media_type, value);
                let fixed = valid.cloned().chain(values.sample());
                let sample = fixed.into_iter().find(can_be_sent);
                let sample =
                    sample.or_else(|| values.kept().into_iter().map(|one| one.value).find(can_be_sent));
                let mut rng = fastrand::Rng::with_seed(7);
                let sample =
                    sample.or_else(|| (0..TRIES).filter_map(|_| values.random(&mut rng)).find(can_be_sent));
                sample.map(PayloadContent::Value)
            }
        };
        // Of what is only bytes, any will do.
        let is_bytes = media_type == "application/octet-stream";
        let sample = sample.or_else(|| is_bytes.then(|| bytes("content")));
        Self { content, media_type, values, sample }
    }
}

pub(super) fn argument(parameter: &Parameter, value: Value) -> Argument {
    Argument { location: parameter.location, name: parameter.name.clone(), value }
}

fn bytes(text: &str) -> PayloadContent {
    PayloadContent::Bytes(Bytes::copy_from_slice(text.as_bytes()))
}

/// The rules that a valid value keeps.
pub(super) fn keeps(values: &Values<'_>, value: &Value) -> Vec<Touch> {
    let kept = values.keeps(value).into_iter();
    kept.map(|(place, _)| Touch { place, polarity: Polarity::Kept }).collect()
}

/// The rules for parameters that a valid request keeps.
pub(crate) fn kept_by_parameters(document: &Document, operation: &Operation, parts: &Parts) -> Vec<Touch> {
    let declared = |argument: &'_ Argument| {
        operation.parameters.iter().find(|parameter| parameter.is(argument.location, &argument.name))
    };
    let sent = parts.arguments.iter().filter_map(|argument| Some((declared(argument)?, &argument.value)));
    sent.flat_map(|(parameter, value)| {
        keeps(&Values::new(document, &parameter.schema, Direction::Request), value)
    })
    .collect()
}

/// `required` of a parameter or a body, where the document has it.
pub(super) fn required(
    document: &Document,
    place: &orderly_document::Pointer,
    polarity: Polarity,
) -> Option<Touch> {
    let place = place.child("required");
    let is_there = document.source().get(&place).is_some_and(|required| *required == true);
    is_there.then_some(Touch { place, polarity })
}

/// Whether a valid value is one to every server: an empty text is none at all to many (OpenAPI 3.0 wants it only with
/// `allowEmptyValue`), and so is a list or an object without members.
pub(super) fn is_plain(parameter: &Parameter, value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty() && !items.iter().any(|item| *item == *""),
        Value::Object(members) => !members.is_empty() && !members.values().any(|member| *member == *""),
        scalar => parameter.may_be_empty || *scalar != *"",
    }
}

/// Whether a request can be without the parameter and still be one of the operation.
pub(super) fn can_be_missing(parameter: &Parameter) -> bool {
    parameter.location != Location::Path
}
