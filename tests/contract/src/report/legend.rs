//! What the variables stand for that a report has in the place of credentials.

use std::collections::BTreeSet;

use super::{Report, curl};
use crate::{
    document::{Document, Requirement},
    target::{KINDS, PLACEHOLDER, Role, variable},
};

/// How a credential is called that was made from another one, and what was done to it.
const FORGED: [(&str, &str); 2] =
    [("altered", "with one character changed"), ("unsigned", "without its signature")];

/// Each variable in the commands of a report, with what it stands for.
pub(crate) fn legend(report: &Report, document: &Document) -> Vec<(String, String)> {
    let begins = format!("${{{PLACEHOLDER}");
    let sent = report.findings.iter().flat_map(|reported| {
        reported.story.iter().map(|exchange| &exchange.sent).chain(&reported.unanswered)
    });
    let mut found = BTreeSet::new();
    for command in sent.map(|sent| curl(&report.base_url, sent)) {
        let names = command.split(&begins).skip(1).filter_map(|rest| rest.split('}').next());
        found.extend(names.map(|name| format!("{PLACEHOLDER}{name}")));
    }
    let known = meanings(document);
    let meaning = |name: String| {
        let known = known.iter().find(|(known, _)| *known == name).map(|(_, meaning)| meaning.clone());
        (name, known.unwrap_or_else(|| "a credential".to_owned()))
    };
    found.into_iter().map(meaning).collect()
}

/// Every variable that there can be.
fn meanings(document: &Document) -> Vec<(String, String)> {
    let schemes = document.scheme_names().into_iter().chain(KINDS.map(str::to_owned));
    let mut meanings = Vec::new();
    for scheme in schemes {
        let is_basic = match document.scheme(&scheme) {
            Some(Requirement::Authorization(kind)) => kind.eq_ignore_ascii_case("basic"),
            Some(_) => false,
            None => scheme == "basic",
        };
        let written = if is_basic { ", in base64: `printf %s USER:PASSWORD | base64`" } else { "" };
        for role in Role::ALL {
            let (name, option) = match role {
                Role::Main => (scheme.clone(), scheme.clone()),
                other => (format!("{}_{scheme}", other.name()), format!("{}:{scheme}", other.name())),
            };
            meanings.push((variable(&name), format!("the credential of `--auth {option}=…`{written}")));
        }
        for (forged, how) in FORGED {
            let meaning = format!("the credential of `--auth {scheme}=…` {how}");
            meanings.push((variable(&format!("{forged}_{scheme}")), meaning));
        }
    }
    meanings
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, Method};
    use orderly_document::Pointer;

    use super::*;
    use crate::{
        check::{Check, Finding},
        exchange::Sent,
        report::Reported,
    };

    fn document() -> Document {
        let text = serde_json::json!({
            "openapi": "3.0.3", "info": { "title": "Books", "version": "1" }, "paths": {},
            "components": { "securitySchemes": {
                "brotherKey": { "type": "apiKey", "in": "header", "name": "X-Key" },
            } },
        });
        let source = orderly_document::Document::parse("books.json", text.to_string().as_bytes()).unwrap();
        Document::new(source).unwrap()
    }

    #[test]
    fn each_variable_in_a_command_is_explained_by_the_option_that_gave_it() {
        let value =
            "${CONTRACT_BROTHERKEY} ${CONTRACT_OTHER_BASIC} ${CONTRACT_ALTERED_BEARER} ${CONTRACT_ODD}";
        let sent = Sent {
            method: Method::GET,
            path: "/".to_owned(),
            query: None,
            headers: HeaderMap::from_iter([(http::header::COOKIE, value.parse().unwrap())]),
            body: Bytes::new(),
        };
        let finding = Finding {
            check: Check::NoServerError,
            place: Pointer::root(),
            expected: String::new(),
            found: String::new(),
        };
        let mut reported = Reported::new(finding, "", "", Vec::new());
        reported.unanswered = Some(sent);
        let report = Report { findings: vec![reported], ..Report::default() };
        let legend: Vec<String> = legend(&report, &document())
            .into_iter()
            .map(|(name, meaning)| format!("{name}: {meaning}"))
            .collect();
        assert_eq!(
            legend,
            [
                "CONTRACT_ALTERED_BEARER: the credential of `--auth bearer=…` with one character changed",
                "CONTRACT_BROTHERKEY: the credential of `--auth brotherKey=…`",
                "CONTRACT_ODD: a credential",
                "CONTRACT_OTHER_BASIC: the credential of `--auth other:basic=…`, in base64: \
                 `printf %s USER:PASSWORD | base64`",
            ]
        );
    }
}
