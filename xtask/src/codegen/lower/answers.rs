//! Leaves each operation one type of success: several bodies become one `oneOf`, an answer that may be
//! empty becomes nullable. The media types that are really asked for go into the table.

use serde_json::{Map, Value, json};

use super::facts;
use super::report::Report;
use super::request_bodies::{is_json, is_sendable};
use super::walk::{At, Object, each_operation, resolve};

/// The pass.
pub(super) fn unite(view: &mut Value, report: &mut Report) {
    each_operation(view, report, |document, at, operation, report| {
        let Some(Value::Object(mut answers)) = operation.remove("responses") else {
            return Ok(()); // progenitor then gives whatever comes as bytes
        };
        answers.retain(|status, answer| !status.starts_with("x-") && answer.is_object());
        if answers.contains_key("101") {
            return Err("it switches to another protocol".to_owned());
        }
        let mut successes: Object = answers.clone();
        successes.retain(|status, _| status.starts_with('2'));
        if successes.is_empty()
            && let Some(default) = answers.get("default")
        {
            successes.insert("2XX".to_owned(), default.clone()); // `default` is what is not said otherwise
        }
        let accepted = accepted(&answers, &successes);
        if !accepted.is_empty() {
            operation.insert(facts::ACCEPT.to_owned(), accepted.join(", ").into());
        }
        let mut united = answers;
        united.retain(|status, _| !status.starts_with(['2', '3']));
        if !successes.is_empty() {
            let (status, answer, may_be_empty) = success(document, at, successes, report);
            if may_be_empty {
                operation.insert(facts::EMPTY_ANSWER.to_owned(), true.into());
            }
            united.insert(status, answer);
        }
        operation.insert("responses".to_owned(), united.into());
        Ok(())
    });
}

/// The one success: its status, its answer, and whether it may come empty.
fn success(document: &Value, at: &At, successes: Object, report: &mut Report) -> (String, Value, bool) {
    let mut schemas: Vec<Value> = Vec::new();
    let (mut raw, mut empty) = (Vec::new(), at.method == "head");
    for (status, answer) in &successes {
        let content = answer.get("content").and_then(Value::as_object).filter(|_| at.method != "head");
        let json = content.into_iter().flatten().find(|(media_type, _)| is_json(media_type));
        match (json, content) {
            (Some((_, media)), _) => {
                let schema = media.get("schema").cloned().unwrap_or_else(|| json!({}));
                if !schemas.contains(&schema) {
                    schemas.push(schema);
                }
            }
            (None, Some(content)) if !content.is_empty() => raw.push(status),
            _ => empty = true,
        }
    }
    let description = successes.values().find_map(|answer| answer.get("description")).cloned();
    let mut answer = Map::from_iter([("description".to_owned(), description.unwrap_or_else(|| "".into()))]);
    if schemas.is_empty() && !raw.is_empty() {
        let bytes = json!({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}});
        answer.insert("content".to_owned(), bytes);
    }
    let may_be_empty = empty && !schemas.is_empty();
    if !schemas.is_empty() {
        for status in &raw {
            report.weaker(at.pointer(), format!("the SDK knows no type for its answer {status}"));
        }
        let schema = union(document, schemas, may_be_empty);
        answer.insert("content".to_owned(), json!({"application/json": {"schema": schema}}));
    }
    let mut statuses = successes.into_iter().map(|(status, _)| status);
    let status = match (statuses.next(), statuses.next()) {
        (Some(only), None) => only.to_uppercase(),
        _ => "2XX".to_owned(),
    };
    (status, answer.into(), may_be_empty)
}

/// The first variant that fits is taken, so those that ask for most come first.
fn union(document: &Value, mut schemas: Vec<Value>, may_be_empty: bool) -> Value {
    let asks = |schema: &Value| {
        resolve(document, schema)
            .and_then(|schema| schema.get("required"))
            .and_then(Value::as_array)
            .map_or(0, Vec::len)
    };
    schemas.sort_by_key(|schema| std::cmp::Reverse(asks(schema)));
    match (schemas.len(), may_be_empty) {
        (1, false) => schemas.remove(0),
        (_, false) => json!({ "oneOf": schemas }),
        (_, true) => json!({ "oneOf": schemas, "nullable": true }),
    }
}

/// What the call accepts: the media types of the successes, JSON alone if there is any, then those of
/// the errors.
fn accepted(answers: &Object, successes: &Object) -> Vec<String> {
    let media_types = |answers: Vec<&Value>| -> Vec<String> {
        let contents = answers.into_iter().filter_map(|answer| answer.get("content")?.as_object());
        contents.flatten().map(|(media_type, _)| media_type.clone()).collect()
    };
    let mut accepted = media_types(successes.values().collect());
    if accepted.iter().any(|media_type| is_json(media_type)) {
        accepted.retain(|media_type| is_json(media_type));
    }
    let errors = answers.iter().filter(|(status, _)| !status.starts_with(['1', '2', '3']));
    accepted.extend(media_types(errors.map(|(_, answer)| answer).collect()));
    let mut unique: Vec<String> = Vec::new();
    for media_type in accepted {
        if !unique.contains(&media_type) && is_sendable(&media_type) {
            unique.push(media_type);
        }
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_operation;
    use super::*;

    fn answer(media_type: &str, name: &str) -> Value {
        json!({"content": {media_type: {"schema": {"title": name}}}})
    }

    #[test]
    fn there_is_one_success_whatever_was_declared() {
        let (a, b) = (json!({"title": "A"}), json!({"title": "B"}));
        let json_of = |schema: &Value| json!({"application/json": {"schema": schema}});
        let bytes = json!({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}});
        let cases = [
            (json!({"200": answer("application/json", "A")}), "200", Some(json_of(&a)), false),
            (json!({"200": answer("application/hal+json", "A")}), "200", Some(json_of(&a)), false),
            (
                json!({"200": answer("application/json", "A"), "201": answer("application/json", "A")}),
                "2XX",
                Some(json_of(&a)),
                false,
            ),
            (
                json!({"200": answer("application/json", "A"), "202": answer("application/json", "B")}),
                "2XX",
                Some(json_of(&json!({"oneOf": [a, b]}))),
                false,
            ),
            (
                json!({"200": answer("application/json", "A"), "204": {}}),
                "2XX",
                Some(json_of(&json!({"oneOf": [a], "nullable": true}))),
                true,
            ),
            (json!({"204": {}}), "204", None, false),
            (json!({"200": answer("text/csv", "A")}), "200", Some(bytes.clone()), false),
            (json!({"200": answer("text/csv", "A"), "204": {}}), "2XX", Some(bytes), false),
            (json!({"default": answer("application/json", "A")}), "2XX", Some(json_of(&a)), false),
        ];
        for (answers, status, content, may_be_empty) in cases {
            let (operation, _) = run_on_operation(unite, json!({"responses": answers}));
            let found: Vec<_> = operation["responses"]
                .as_object()
                .unwrap()
                .iter()
                .filter(|(status, _)| status.starts_with('2'))
                .collect();
            assert_eq!(found.len(), 1, "{answers}");
            assert_eq!(found[0].0, status, "{answers}");
            assert_eq!(found[0].1.get("content"), content.as_ref(), "{answers}");
            assert_eq!(operation.get(facts::EMPTY_ANSWER).is_some(), may_be_empty, "{answers}");
        }
    }

    #[test]
    fn accept_names_the_real_media_types() {
        let answers = json!({
            "200": {"content": {"text/csv": {}, "application/vnd.order+json": {}}},
            "404": answer("application/problem+json", "P"), "409": answer("application/problem+json", "P"),
        });
        let (operation, _) = run_on_operation(unite, json!({"responses": answers}));
        assert_eq!(operation[facts::ACCEPT], "application/vnd.order+json, application/problem+json");
    }
}
