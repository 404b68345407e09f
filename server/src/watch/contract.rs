//! What the document says of answers, and in what one differs from it.

use std::collections::BTreeMap;

use orderly_api_runtime::{At, Direction, Schemas};
use poem::http::{HeaderMap, HeaderName, StatusCode, header};
use serde_json::{Map, Value};

use super::Sample;

/// The part of an answer that differs from the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// The document does not have the status for the operation.
    Status,
    /// A header is missing.
    Header,
    /// The body's media type is not declared.
    MediaType,
    /// The body is not as declared.
    Body,
}

/// Something in which an answer differs from the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Breach {
    pub(super) kind: Kind,
    /// Where: in the body for [`Kind::Body`], otherwise in the document.
    pub(super) pointer: String,
    /// What; never a value of the answer.
    pub(super) detail: String,
}

/// The answers of every operation.
#[derive(Debug)]
pub(super) struct Contract {
    schemas: &'static Schemas,
    common_headers: Vec<HeaderName>,
    /// By operation; within by `200`, `4XX` or `default`.
    operations: BTreeMap<String, BTreeMap<String, Answer>>,
}

#[derive(Debug)]
struct Answer {
    pointer: String,
    headers: Vec<HeaderName>,
    /// The pointer of the schema, by media type.
    content: BTreeMap<String, String>,
}

impl Kind {
    /// Its name in the metrics.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Header => "header",
            Self::MediaType => "media_type",
            Self::Body => "body",
        }
    }
}

impl Contract {
    pub(super) fn new(schemas: &'static Schemas) -> Self {
        let document = schemas.document();
        let mut operations = BTreeMap::new();
        for (path, item) in members(&document["paths"]) {
            for (method, operation) in members(item) {
                if let Some(id) = operation["operationId"].as_str() {
                    let place = format!("#/paths/{}/{method}/responses", escape(path));
                    operations.insert(id.to_owned(), answers(document, &place, &operation["responses"]));
                }
            }
        }
        let common = members(&document["x-common-headers"]);
        Self {
            schemas,
            common_headers: common.filter_map(|(name, _)| name.parse().ok()).collect(),
            operations,
        }
    }

    /// Everything in which an answer differs from the document. Nothing is said of operations that it does not have.
    pub(super) fn check(&self, sample: &Sample) -> Vec<Breach> {
        let mut breaches = Vec::new();
        let Some(answers) = self.operations.get(sample.operation) else { return breaches };
        let Some(answer) = declared(answers, sample.status) else {
            let detail = format!("the status {} is not declared", sample.status.as_u16());
            breaches.push(Breach { kind: Kind::Status, pointer: sample.operation.to_owned(), detail });
            return breaches;
        };
        for name in self.common_headers.iter().chain(&answer.headers) {
            if !sample.headers.contains_key(name) {
                let detail = format!("the header {name} is missing");
                breaches.push(Breach { kind: Kind::Header, pointer: answer.pointer.clone(), detail });
            }
        }
        self.check_body(answer, sample, &mut breaches);
        breaches
    }

    fn check_body(&self, answer: &Answer, sample: &Sample, breaches: &mut Vec<Breach>) {
        let Some(body) = &sample.body else { return };
        let mut broken = |kind, pointer: &str, detail: String| {
            breaches.push(Breach { kind, pointer: pointer.to_owned(), detail });
        };
        if answer.content.is_empty() {
            if !body.is_empty() {
                broken(Kind::Body, "", format!("{} bytes where no body is declared", body.len()));
            }
            return;
        }
        let media_type = media_type(&sample.headers);
        let Some(schema) = answer.content.get(&media_type) else {
            return broken(
                Kind::MediaType,
                &answer.pointer,
                format!("the media type {media_type:?} is not declared"),
            );
        };
        if !(media_type == "application/json" || media_type.ends_with("+json")) {
            return;
        }
        let value: Value = match serde_json::from_slice(body) {
            Ok(value) => value,
            Err(error) => return broken(Kind::Body, "", format!("the body is not JSON: {error}")),
        };
        match self.schemas.violations(schema, Direction::Response, &value) {
            Ok(violations) => {
                for violation in violations {
                    let pointer = match &violation.at {
                        At::Pointer(pointer) => pointer,
                        _ => "",
                    };
                    broken(Kind::Body, pointer, violation.detail.clone());
                }
            }
            Err(error) => broken(Kind::Body, "", error.to_string()),
        }
    }
}

fn answers(document: &Value, place: &str, responses: &Value) -> BTreeMap<String, Answer> {
    let answer = |(status, answer): (&String, _)| {
        let pointer = format!("{place}/{status}");
        let (pointer, answer) = follow(document, pointer, answer);
        let headers = members(&answer["headers"]).filter_map(|(name, header)| {
            let (_, header) = follow(document, String::new(), header);
            if header["required"] == true { name.parse().ok() } else { None }
        });
        let content = members(&answer["content"]).map(|(media_type, content)| {
            let schema = format!("{pointer}/content/{}/schema", escape(media_type));
            // A shared schema is compiled once when it is named by its own place.
            (media_type.clone(), follow(document, schema, &content["schema"]).0)
        });
        (status.clone(), Answer { headers: headers.collect(), content: content.collect(), pointer })
    };
    members(responses).map(answer).collect()
}

/// Where something really stands: a reference is followed.
fn follow<'d>(document: &'d Value, pointer: String, value: &'d Value) -> (String, &'d Value) {
    let target = value["$ref"].as_str();
    match target.and_then(|target| Some((target, document.pointer(target.strip_prefix('#')?)?))) {
        Some((target, value)) => follow(document, target.to_owned(), value),
        None => (pointer, value),
    }
}

/// What the document says of a status: by itself, by its class or by `default`.
fn declared(answers: &BTreeMap<String, Answer>, status: StatusCode) -> Option<&Answer> {
    let class = format!("{}XX", status.as_u16() / 100);
    [status.as_str(), &class, "default"].into_iter().find_map(|key| answers.get(key))
}

fn media_type(headers: &HeaderMap) -> String {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn contract() -> Contract {
        let document = json!({
            "x-common-headers": { "X-Request-ID": "Always." },
            "paths": { "/v1/mugs/{id}": { "get": { "operationId": "get_mug", "responses": {
                "200": {
                    "headers": { "ETag": { "required": true }, "X-Maybe": {} },
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Mug" } } },
                },
                "204": {},
                "4XX": { "$ref": "#/components/responses/Problem" },
            } } } },
            "components": {
                "responses": { "Problem": { "content": { "application/problem+json": { "schema": {
                    "type": "object", "required": ["code"], "properties": { "code": { "type": "string" } } } } } } },
                "schemas": { "Mug": { "type": "object", "required": ["id"], "properties": {
                    "id": { "type": "string" }, "size": { "type": "integer", "maximum": 9 } } } },
            },
        });
        Contract::new(Box::leak(Box::new(Schemas::from_value(document))))
    }

    fn check(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Vec<String> {
        let headers = headers.iter().map(|(name, value)| {
            (HeaderName::from_static(name), poem::http::HeaderValue::from_static(value))
        });
        let sample = Sample {
            operation: "get_mug",
            status: StatusCode::from_u16(status).unwrap(),
            headers: headers.collect(),
            body: Some(body.to_owned().into()),
        };
        let breaches = contract().check(&sample);
        breaches
            .iter()
            .map(|breach| format!("{} {} {}", breach.kind.name(), breach.pointer, breach.detail))
            .collect()
    }

    const ID: (&str, &str) = ("x-request-id", "1");
    const ETAG: (&str, &str) = ("etag", "\"1\"");
    const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");
    const PROBLEM: (&str, &str) = ("content-type", "application/problem+json");

    #[test]
    fn an_answer_as_declared_breaks_nothing() {
        assert_eq!(check(200, &[ID, ETAG, JSON], r#"{"id":"a","size":9}"#), [""; 0]);
        assert_eq!(check(204, &[ID], ""), [""; 0]);
        assert_eq!(check(404, &[ID, PROBLEM], r#"{"code":"not_found"}"#), [""; 0]);
    }

    #[test]
    fn every_part_that_differs_is_named_and_no_value_is_shown() {
        let ok = "#/paths/~1v1~1mugs~1{id}/get/responses/200";
        let cases: [(u16, &[_], &str, Vec<String>); 7] = [
            (500, &[ID], "", vec!["status get_mug the status 500 is not declared".into()]),
            (200, &[JSON, ID], r#"{"id":"a"}"#, vec![format!("header {ok} the header etag is missing")]),
            (
                200,
                &[JSON, ETAG],
                r#"{"id":"a"}"#,
                vec![format!("header {ok} the header x-request-id is missing")],
            ),
            (
                200,
                &[ID, ETAG, PROBLEM],
                "{}",
                vec![format!("media_type {ok} the media type \"application/problem+json\" is not declared")],
            ),
            (
                200,
                &[ID, ETAG, JSON],
                r#"{"id":424242,"size":10}"#,
                vec!["body /id must be of type string".into(), "body /size must be at most 9".into()],
            ),
            (204, &[ID], "secret", vec!["body  6 bytes where no body is declared".into()]),
            (404, &[ID, PROBLEM], "{}", vec!["body /code is required".into()]),
        ];
        for (status, headers, body, expected) in cases {
            assert_eq!(check(status, headers, body), expected, "{status} {body}");
        }
    }

    #[test]
    fn the_real_document_says_something_of_every_operation() {
        let contract = Contract::new(&orderly_api::SCHEMAS);
        for operation in orderly_api::OPERATIONS {
            let answers = &contract.operations[operation.id];
            assert!(!answers.is_empty(), "{}", operation.id);
            for (status, answer) in answers {
                for schema in answer.content.values() {
                    let known = contract.schemas.violations(schema, Direction::Response, &Value::Null);
                    assert!(known.is_ok(), "{} {status}: {known:?}", operation.id);
                }
            }
        }
        assert!(!contract.common_headers.is_empty());
    }
}
