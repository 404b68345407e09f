//! A problem (RFC 9457) says the same as the answer that carries it, with a code that the document knows.

use http::Method;
use orderly_document::Pointer;
use serde_json::Value;

use super::{Check, Contract, Report, conventions::PROBLEM, excerpt};
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
        let mut told = |member: &str, expected: &str| {
            let expected = format!("the problem's `{member}` to be {expected}");
            report.add(Check::Problem, place, expected, problem[member].to_string());
        };
        // "Generators MUST use the same status code in the actual HTTP response" (RFC 9457, section 3.1.2).
        let status = &problem["status"];
        if *status != received.status.as_u16() && (status.is_number() || self.conventions.closed) {
            told("status", "that of the answer");
        }
        if let Some(header) = &self.conventions.request_id {
            let id = received.headers.get(header).and_then(|id| id.to_str().ok());
            if problem["request_id"].as_str() != id {
                told("request_id", &format!("the {header}"));
            }
        }
        let instance = &problem["instance"];
        if self.conventions.closed && !instance.is_null() && *instance != exchange.sent.path {
            told("instance", "the path");
        }
    }

    /// Where an answer's description names codes, it names all that can come: `sku_taken` in backticks.
    pub(super) fn check_described_code(&self, answer: &Answer, problem: &Value, report: &mut Report) {
        if !self.conventions.closed {
            return;
        }
        let words: Vec<&str> = answer.description.split('`').skip(1).step_by(2).collect();
        let named: Vec<&str> =
            words.into_iter().filter(|word| self.codes().any(|code| code == *word)).collect();
        let code = problem["code"].as_str().unwrap_or_default();
        if !named.is_empty() && !named.contains(&code) {
            let place = answer.place.child("description");
            report.add(
                Check::Problem,
                &place,
                format!("the code {}", named.join(" or ")),
                format!("`{code}`"),
            );
        }
    }

    /// A problem outside of the document's operations: the same media type, schema and rules, with one certain code.
    pub(super) fn check_problem_outside(&self, code: Option<&str>, exchange: &Exchange, report: &mut Report) {
        let Some(schema) = self.conventions.problem.as_ref() else { return };
        if exchange.sent.method == Method::HEAD {
            return;
        }
        let received = &exchange.received;
        let media_type = received.media_type().unwrap_or_default();
        if media_type != PROBLEM {
            return report.add(Check::Problem, schema, PROBLEM, format!("`{media_type}`"));
        }
        let problem: Value = match serde_json::from_slice(&received.body) {
            Ok(problem) => problem,
            Err(error) => {
                let found = format!("{error} in {}", excerpt(&received.body));
                return report.add(Check::Problem, schema, "JSON", found);
            }
        };
        self.check_value(schema, &problem, report);
        if let Some(code) = code
            && problem["code"] != code
        {
            report.add(Check::Problem, schema, format!("the code `{code}`"), problem["code"].to_string());
        }
        self.check_problem(schema, &problem, exchange, report);
    }
}
