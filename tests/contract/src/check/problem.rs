//! A problem (RFC 9457) says the same as the answer that carries it, with a code that the document knows.

use orderly_api_runtime::Direction;
use orderly_document::Pointer;
use serde_json::Value;

use super::{Contract, Report, undeclared};
use crate::{document::Answer, exchange::Exchange};

impl Contract {
    /// The members of a problem that repeat what the answer says: they have to say the same.
    pub(super) fn check_problem(
        &self,
        place: &Pointer,
        problem: &Value,
        exchange: &Exchange,
        report: &mut Report,
    ) {
        let received = &exchange.received;
        let id = received.headers.get(self.conventions.request_id).and_then(|id| id.to_str().ok());
        let same = [
            ("status", Value::from(received.status.as_u16())),
            ("request_id", id.map(Value::from).unwrap_or_default()),
        ];
        for (member, value) in same {
            if problem[member] != value {
                report.add(
                    place,
                    format!("the problem's `{member}` to be {value}"),
                    problem[member].to_string(),
                );
            }
        }
        let instance = &problem["instance"];
        if !instance.is_null() && *instance != exchange.sent.path {
            report.add(place, "the problem's `instance` to be the path", instance.to_string());
        }
    }

    /// Where an answer's description names codes, it names all that can come: `sku_taken` in backticks.
    pub(super) fn check_described_code(&self, answer: &Answer, problem: &Value, report: &mut Report) {
        let words: Vec<&str> = answer.description.split('`').skip(1).step_by(2).collect();
        let named: Vec<&str> =
            words.into_iter().filter(|word| self.codes().any(|code| code == *word)).collect();
        let code = problem["code"].as_str().unwrap_or_default();
        if !named.is_empty() && !named.contains(&code) {
            report.add(&answer.place.child("description"), named.join(" or "), format!("`{code}`"));
        }
    }

    /// A problem outside of the document's operations: the same media type, schema and rules, with one certain code.
    pub(super) fn check_problem_outside(&self, code: &str, exchange: &Exchange, report: &mut Report) {
        let schema = Pointer::from(self.conventions.problem);
        let media_type = exchange.received.media_type().unwrap_or_default();
        if media_type != "application/problem+json" {
            return report.add(&schema, "application/problem+json", format!("`{media_type}`"));
        }
        let problem: Value = match serde_json::from_slice(&exchange.received.body) {
            Ok(problem) => problem,
            Err(error) => return report.add(&schema, "JSON", error.to_string()),
        };
        for violation in self.document().violations(&schema, Direction::Response, &problem) {
            report.add(&schema, "a problem as declared", format!("{violation:?} in {problem}"));
        }
        for member in undeclared::members(self.document().source(), &schema, &problem) {
            report.add(&schema, "declared members only", member);
        }
        if problem["code"] != code {
            report.add(&schema, format!("the code `{code}`"), problem["code"].to_string());
        }
        self.check_problem(&schema, &problem, exchange, report);
    }

    /// Every `code` that the document knows.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        let document = self.document().source();
        let code = Pointer::from(self.conventions.problem).path(["properties", "code"]);
        let codes = document.resolve(&code).ok().and_then(|resolved| resolved.value["enum"].as_array());
        codes.into_iter().flatten().filter_map(Value::as_str)
    }
}
