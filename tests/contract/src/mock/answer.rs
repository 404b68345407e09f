//! Answers as the document declares them: which one it is, a body that its schema allows, and the headers it must have.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use bytes::Bytes;
use fastrand::Rng;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use orderly_api_runtime::Direction;
use orderly_document::Pointer;
use serde_json::{Map, Value};

use super::shape::members;
use crate::{
    document::{Answer, Content, Document, Operation, Writing},
    exchange::Received,
    request::{Medium, concrete},
    sample,
    state::plain,
    value::Values,
};

/// The answer when all is well: the lowest of 2XX, or else of 3XX, or else the one for everything; 304 only where there is
/// no other.
pub(super) fn success(operation: &Operation) -> Option<(StatusCode, &Answer)> {
    let answers = &operation.answers;
    let lowest = |class: &str| {
        let mut exact = answers.iter().filter(|(status, _)| status.starts_with(class));
        exact.find_map(|(status, answer)| {
            let status = StatusCode::from_bytes(status.as_bytes()).ok()?;
            (status != StatusCode::NOT_MODIFIED).then_some((status, answer))
        })
    };
    let range = |key: &str, status| answers.get(key).map(|answer| (status, answer));
    lowest("2")
        .or_else(|| range("2XX", StatusCode::OK))
        .or_else(|| lowest("3"))
        .or_else(|| range("3XX", StatusCode::FOUND))
        .or_else(|| range("default", StatusCode::OK))
        .or_else(|| range("304", StatusCode::NOT_MODIFIED))
}

/// The answer when something is wrong: the first of these statuses that is declared by itself, or else the first of
/// them by its class or as `default`. The document may have none.
pub(super) fn refusal<'o>(
    operation: &'o Operation,
    statuses: &[StatusCode],
) -> (StatusCode, Option<&'o Answer>) {
    let exact = statuses.iter().find_map(|status| Some((*status, operation.answers.get(status.as_str())?)));
    match exact {
        Some((status, answer)) => (status, Some(answer)),
        None => (statuses[0], operation.answer(statuses[0]).map(|(_, answer)| answer)),
    }
}

/// Makes answers.
#[derive(Debug)]
pub(super) struct Maker {
    pub(super) document: Arc<Document>,
    pub(super) seed: Option<u64>,
}

impl Maker {
    /// Numbers that are the same whenever the same thing is asked for.
    pub(super) fn rng(&self, about: impl Hash) -> Rng {
        let mut hasher = DefaultHasher::new();
        (self.seed, about).hash(&mut hasher);
        Rng::with_seed(hasher.finish())
    }

    /// Whether an answer may hold a value where this schema stands.
    pub(super) fn allows(&self, schema: &Pointer, value: &Value) -> bool {
        self.document.violations(schema, Direction::Response, value).is_empty()
    }

    /// A value of a schema: with a seed one at random, else the smallest.
    pub(super) fn value(&self, schema: &Pointer, rng: &mut Rng) -> Option<Value> {
        let values = Values::new(&self.document, schema, Direction::Response);
        let random = self.seed.and_then(|_| values.random(rng));
        random.or_else(|| values.sample())
    }

    /// A value of a schema with as many of the known members as it takes.
    pub(super) fn represent(
        &self,
        schema: &Pointer,
        known: &Map<String, Value>,
        rng: &mut Rng,
    ) -> Option<Value> {
        let declared = members(self.document.source(), schema);
        let of = |is_member: &dyn Fn(&String) -> bool| -> Map<String, Value> {
            known.iter().filter(|(name, _)| is_member(name)).map(clone).collect()
        };
        let is_declared = |name: &String| declared.iter().any(|(one, _)| one == name);
        let told = of(&is_declared);
        let alone = Value::Object(told.clone());
        if !told.is_empty() && self.allows(schema, &alone) {
            return Some(alone);
        }
        let made = self.value(schema, rng)?;
        let Value::Object(made) = made else { return Some(made) };
        // A member may be required and not be described.
        let known = of(&|name| is_declared(name) || made.contains_key(name));
        let mut whole = made.clone();
        whole.extend(known.clone());
        if self.allows(schema, &Value::Object(whole.clone())) {
            return Some(Value::Object(whole));
        }
        let best = known.into_iter().fold(Value::Object(made), |best, (name, value)| {
            let tries = [with(&best, &name, value.clone()), with(&best, &name, merged(&best[&name], &value))];
            tries.into_iter().find(|tried| self.allows(schema, tried)).unwrap_or(best)
        });
        Some(best)
    }

    /// An answer. Its body is the one given, if it is of the content that the answer has; or else it is made.
    pub(super) fn answer(
        &self,
        status: StatusCode,
        answer: Option<&Answer>,
        body: Option<Value>,
        rng: &mut Rng,
    ) -> Received {
        let mut received = Received { status, headers: HeaderMap::new(), body: Bytes::new() };
        let Some(answer) = answer else { return received };
        let empty = [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&status);
        if let Some(content) = content(answer).filter(|_| !empty) {
            let media_type = concrete(&content.media_type);
            received.body = self.body(content, &media_type, body, rng);
            if let Ok(media_type) = HeaderValue::from_str(&media_type) {
                received.headers.insert(header::CONTENT_TYPE, media_type);
            }
        }
        self.add_headers(answer, &mut received, rng);
        received
    }

    /// A refusal, as the document declares it.
    pub(super) fn refuse(&self, operation: &Operation, statuses: &[StatusCode], path: &str) -> Received {
        let (status, answer) = refusal(operation, statuses);
        let mut rng = self.rng((&operation.id, status.as_u16()));
        let json = answer.and_then(content).filter(|content| content.is_json());
        let body = json.and_then(|content| {
            // RFC 9457, section 3.1: they repeat what the answer is.
            let known = [("status", Value::from(status.as_u16())), ("instance", Value::from(path))];
            let known = known.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
            self.represent(&content.schema(), &known, &mut rng)
        });
        self.answer(status, answer, body, &mut rng)
    }

    fn body(&self, content: &Content, media_type: &str, body: Option<Value>, rng: &mut Rng) -> Bytes {
        let schema = content.schema();
        let has_schema = self.document.source().get(&schema).is_some();
        let example = || {
            let example = sample::example(self.document.source(), &content.place)?;
            (self.seed.is_none() && (!has_schema || self.allows(&schema, &example))).then_some(example)
        };
        let value = match body.or_else(example) {
            Some(value) => value,
            None if has_schema => self.value(&schema, rng).unwrap_or_default(),
            None => Value::Object(Map::new()),
        };
        match value {
            Value::String(text) if Medium::of(media_type) != Medium::Json => Bytes::from(text),
            value => Bytes::from(value.to_string()),
        }
    }

    fn add_headers(&self, answer: &Answer, received: &mut Received, rng: &mut Rng) {
        for header in &answer.headers {
            let Ok(name) = HeaderName::from_bytes(header.name.as_bytes()) else { continue };
            if name == header::CONTENT_TYPE || !(header.required || name == header::ETAG) {
                continue;
            }
            let usual = usual_header(&name, received).filter(|value| self.allows(&header.schema, value));
            // Not every text can be a header: the smallest mostly can.
            let smallest = Values::new(&self.document, &header.schema, Direction::Response).sample();
            let mut makes = [usual, self.value(&header.schema, rng), smallest].into_iter().flatten();
            let text = |value: Value| match header.writing {
                Writing::Content(_) => value.to_string(),
                Writing::Styled { explode, .. } => header_text(&value, explode),
            };
            if let Some(text) = makes.find_map(|value| HeaderValue::from_str(&text(value)).ok()) {
                received.headers.insert(name, text);
            }
        }
    }
}

/// What headers usually say whose meaning goes beyond their schema.
fn usual_header(name: &HeaderName, received: &Received) -> Option<Value> {
    let word = plain(name.as_str());
    if *name == header::ETAG {
        let mut hasher = DefaultHasher::new();
        received.body.hash(&mut hasher);
        return Some(Value::from(format!("\"{:x}\"", hasher.finish())));
    }
    if *name == header::LOCATION {
        return Some(Value::from("/"));
    }
    let number = match () {
        () if *name == header::RETRY_AFTER => 1,
        () if word.contains("ratelimit") && word.ends_with("reset") => 60,
        () if word.contains("ratelimit") => 1_000,
        () => return None,
    };
    Some(Value::from(number))
}

/// How a header writes a value (OpenAPI 3.0.3, "Style Values": `simple`).
fn header_text(value: &Value, explode: bool) -> String {
    let between = if explode { "=" } else { "," };
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().map(|item| header_text(item, explode)).collect::<Vec<_>>().join(",")
        }
        Value::Object(members) => {
            let pairs = members
                .iter()
                .map(|(name, value)| [name.as_str(), &header_text(value, explode)].join(between));
            pairs.collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}

/// JSON if there is a choice.
pub(super) fn content(answer: &Answer) -> Option<&Content> {
    answer.content.iter().find(|content| content.is_json()).or_else(|| answer.content.first())
}

fn clone((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}

/// An object with one of its members changed. One that is `null` may as well be absent.
fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[name] = value;
    object
}

/// What a merge patch makes of a value (RFC 7396).
pub(super) fn merged(old: &Value, new: &Value) -> Value {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let mut whole = old.clone();
            for (name, value) in new {
                whole.insert(name.clone(), merged(old.get(name).unwrap_or(&Value::Null), value));
            }
            Value::Object(whole)
        }
        _ => new.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_known_is_told_also_if_it_is_only_required() {
        let document = json!({ "openapi": "3.0.3", "info": { "title": "t", "version": "1" }, "paths": {}, "components": {
            "schemas": { "Note": {
                "type": "object", "required": ["title"], "properties": { "id": { "type": "integer" } },
            } },
        } });
        let source =
            orderly_document::Document::parse("notes.json", document.to_string().as_bytes()).unwrap();
        let maker = Maker { document: Arc::new(Document::new(source).unwrap()), seed: Some(1) };
        let known = json!({ "id": 7, "title": "", "else": true });
        let told = maker.represent(
            &Pointer::from("/components/schemas/Note"),
            known.as_object().unwrap(),
            &mut maker.rng("it"),
        );
        assert_eq!(told, Some(json!({ "id": 7, "title": "" })));
    }
}
