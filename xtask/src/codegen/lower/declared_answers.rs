//! Takes down what each operation may answer, status by status, before the answers are rewritten: mocks say nothing else.

use serde_json::{Value, json};

use super::facts;
use super::report::Report;
use super::request_bodies::is_json;
use super::walk::each_operation;

/// Statuses that a range or `default` stands for: those of the registry that servers send.
const USUAL: [u16; 30] = [
    400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 423, 424,
    428, 429, 431, 500, 501, 502, 503, 504, 507,
];

/// The pass.
pub(super) fn note(view: &mut Value, report: &mut Report) {
    each_operation(view, report, |_, at, operation, _| {
        let Some(Value::Object(answers)) = operation.get("responses") else { return Ok(()) };
        let mut noted: Vec<Value> = Vec::new();
        let mut ranges = Vec::new();
        for (status, answer) in answers.iter().filter(|(_, answer)| answer.is_object()) {
            match status.parse::<u16>() {
                Ok(status) => noted.push(described(status, answer, &at.method)),
                Err(_) => ranges.push((status.to_ascii_uppercase(), answer)),
            }
        }
        // `default` is what is not said otherwise.
        ranges.sort_by_key(|(status, _)| status == "DEFAULT");
        for (range, answer) in ranges {
            for status in USUAL.into_iter().chain([200]) {
                let class = format!("{}XX", status / 100);
                let is_meant = range == class || (range == "DEFAULT" && status != 200);
                let is_new = !noted.iter().any(|known| known["status"] == status);
                if is_meant && is_new {
                    noted.push(described(status, answer, &at.method));
                }
            }
        }
        noted.sort_by_key(|known| known["status"].as_u64());
        operation.insert(facts::ANSWERS.to_owned(), noted.into());
        Ok(())
    });
}

/// What is said of one status: its media type, if it has a body, and whether the SDK reads that as JSON.
fn described(status: u16, answer: &Value, method: &str) -> Value {
    let has_body = method != "head" && !matches!(status, 100..=199 | 204 | 205 | 304);
    let content = answer["content"].as_object().filter(|_| has_body);
    let mut media_types = content.into_iter().flatten().map(|(media_type, _)| media_type.as_str());
    let json = media_types.clone().find(|media_type| is_json(media_type));
    let media_type = json.or_else(|| media_types.next());
    // A range is sent as something that is in it.
    let sent =
        media_type.map(|media_type| if media_type.contains('*') { "application/json" } else { media_type });
    json!({ "status": status, "media_type": sent, "json": json.is_some() })
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_operation;
    use super::*;

    #[test]
    fn every_status_is_noted_with_its_media_type() {
        let content = |media_type: &str| json!({ "content": { media_type: {} } });
        let (operation, _) = run_on_operation(
            note,
            json!({"responses": {
                "200": {"content": {"text/csv": {}, "application/hal+json": {}}}, "204": content("application/json"),
                "206": content("text/csv"), "304": {}, "404": content("application/problem+json"),
            }}),
        );
        let expected = json!([
            {"status": 200, "media_type": "application/hal+json", "json": true},
            {"status": 204, "media_type": null, "json": false},
            {"status": 206, "media_type": "text/csv", "json": false},
            {"status": 304, "media_type": null, "json": false},
            {"status": 404, "media_type": "application/problem+json", "json": true},
        ]);
        assert_eq!(operation[facts::ANSWERS], expected);
    }

    #[test]
    fn ranges_stand_for_the_usual_statuses_that_nothing_else_is_said_of() {
        let (operation, _) = run_on_operation(
            note,
            json!({"responses": {"2XX": {}, "404": {"content": {"text/plain": {}}}, "4xx": {}, "default": {}}}),
        );
        let noted = operation[facts::ANSWERS].as_array().unwrap();
        let of = |status: u16| noted.iter().filter(|known| known["status"] == status).collect::<Vec<_>>();
        assert_eq!((of(200).len(), of(404).len(), of(429).len(), of(503).len()), (1, 1, 1, 1));
        assert_eq!(of(404)[0]["media_type"], "text/plain");
    }
}
