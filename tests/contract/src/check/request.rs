//! A request that the server took has to be valid, and one that it called invalid has to be invalid.

use http::HeaderMap;
use orderly_api_runtime::Direction;
use serde_json::Value;

use super::{Check, Contract, Finding, Outcome, Report, value};
use crate::{
    case::Intent,
    document::{Location, Operation, Parameter, Requirement},
    exchange::{Exchange, Sent},
};

impl Contract {
    /// A request of which nothing is known but what was sent.
    pub(super) fn check_request(
        &self,
        operation: &Operation,
        path: &[(String, String)],
        exchange: &Exchange,
        report: &mut Report,
    ) {
        match self.outcome(operation, &exchange.received, &Intent::Valid) {
            Outcome::Accepted => report.findings.extend(self.mistakes(operation, path, &exchange.sent)),
            Outcome::Refused if self.is_valid(operation, path, &exchange.sent) => {
                self.add_acceptance(operation, exchange, report);
            }
            _ => {}
        }
    }

    /// Whether the document allows a request.
    pub(super) fn is_valid(&self, operation: &Operation, path: &[(String, String)], sent: &Sent) -> bool {
        self.mistakes(operation, path, sent).is_empty()
    }

    fn mistakes(&self, operation: &Operation, path: &[(String, String)], sent: &Sent) -> Vec<Finding> {
        let mut mistakes = Report::default();
        self.check_parameters(operation, path, sent, &mut mistakes);
        self.check_body(operation, sent, &mut mistakes);
        mistakes.findings
    }

    fn check_parameters(
        &self,
        operation: &Operation,
        path: &[(String, String)],
        sent: &Sent,
        report: &mut Report,
    ) {
        let query = query(sent);
        // Most servers do not look for parameters that nobody declared.
        for (name, _) in query.iter().filter(|_| self.conventions.closed) {
            let declared = operation.parameters_in(Location::Query).any(|parameter| parameter.name == *name);
            let credential =
                operation.security.iter().flatten().any(|one| *one == Requirement::Query(name.clone()));
            if !declared && !credential {
                let found = format!("`{name}`");
                report.add(
                    Check::Refusal,
                    &operation.place.child("parameters"),
                    "declared query parameters only",
                    found,
                );
            }
        }
        for parameter in &operation.parameters {
            let values: Vec<String> = match parameter.location {
                Location::Path => values_of(path, &parameter.name),
                Location::Query => values_of(&query, &parameter.name),
                Location::Header => header_values(&sent.headers, &parameter.name),
                Location::Cookie => values_of(&cookies(&sent.headers), &parameter.name),
            };
            self.check_parameter(parameter, &values, report);
        }
    }

    fn check_parameter(&self, parameter: &Parameter, values: &[String], report: &mut Report) {
        let Parameter { name, schema, place, .. } = parameter;
        let value = if value::is_list(&self.document, schema) && !values.is_empty() {
            let items = schema.child("items");
            values.iter().map(|text| value::read(&self.document, &items, text)).collect()
        } else {
            match values {
                [] if parameter.required => {
                    return report.add(Check::Refusal, place, format!("`{name}`"), "none");
                }
                [] => return,
                [text] => value::read(&self.document, schema, text),
                several => {
                    return report.add(
                        Check::Refusal,
                        place,
                        format!("one `{name}`"),
                        several.len().to_string(),
                    );
                }
            }
        };
        for violation in self.document.violations(schema, Direction::Request, &value) {
            report.add(
                Check::Refusal,
                schema,
                format!("`{name}` that {}", violation.detail),
                value.to_string(),
            );
        }
    }

    fn check_body(&self, operation: &Operation, sent: &Sent, report: &mut Report) {
        let Some(body) = &operation.body else { return };
        let Some(media_type) = sent.media_type() else {
            if body.required {
                report.add(Check::Refusal, &body.place, "a body with a media type", "none");
            }
            return;
        };
        let Some(content) = body.content.iter().find(|content| content.takes(&media_type)) else {
            return report.add(Check::Refusal, &body.place, "a declared media type", media_type);
        };
        if !content.is_json() {
            return;
        }
        match serde_json::from_slice::<Value>(&sent.body) {
            Err(error) => report.add(Check::Refusal, &content.place, "JSON", error.to_string()),
            Ok(value) => {
                for violation in self.document.violations(&content.schema(), Direction::Request, &value) {
                    report.add(
                        Check::Refusal,
                        &content.schema(),
                        "a request's body as declared",
                        format!("{violation:?}"),
                    );
                }
            }
        }
    }
    /// What was done was asked for with a credential, if the operation wants one.
    pub(super) fn check_credentials(&self, operation: &Operation, exchange: &Exchange, report: &mut Report) {
        let Exchange { sent, received, .. } = exchange;
        let presented = |requirement: &Requirement| match requirement {
            Requirement::Authorization(scheme) => header_values(&sent.headers, "Authorization")
                .iter()
                .any(|text| text.split(' ').next().is_some_and(|word| word.eq_ignore_ascii_case(scheme))),
            Requirement::Header(name) => sent.headers.contains_key(name),
            Requirement::Query(name) => query(sent).iter().any(|(known, _)| known == name),
            Requirement::Cookie(name) => cookies(&sent.headers).iter().any(|(known, _)| known == name),
        };
        let satisfied = operation.security.iter().any(|alternative| alternative.iter().all(presented));
        let accepted = self.outcome(operation, received, &Intent::Valid) == Outcome::Accepted;
        // A path that names nothing may be answered before anybody is asked who they are.
        let accepted = accepted && (self.conventions.closed || !received.status.is_client_error());
        if accepted && !operation.security.is_empty() && !satisfied {
            let place = operation.place.child("security");
            report.add(Check::Authentication, &place, "a credential", "none, and it was accepted");
        }
    }
}

fn query(sent: &Sent) -> Vec<(String, String)> {
    let text = sent.query.as_deref().unwrap_or_default();
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    let lines = header_values(headers, "Cookie");
    let pairs = lines.iter().flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn header_values(headers: &HeaderMap, name: &str) -> Vec<String> {
    headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
}

fn values_of(pairs: &[(String, String)], name: &str) -> Vec<String> {
    pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
}
