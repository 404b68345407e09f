//! A report for programs.

use std::collections::BTreeMap;

use http::HeaderMap;
use serde_json::{Value, json};

use super::{Report, Reported, Stage, curl, legend};
use crate::{
    coverage::{Exceptions, Ratio, Survey},
    document::Document,
    exchange::{Exchange, Sent},
};

impl Report {
    /// The report as JSON:
    ///
    /// - `seed`, `base_url`, and `stopped`, which says why the run ended early, or is null;
    /// - `stages`: an object each with `name`, `cases`, `exchanges`, `findings` and `seconds`;
    /// - `findings`: an object each with `check`, `operation`, `case` (repeats it with `--case`), `title`, `times`,
    ///   `expected`, `found`, `place` (a JSON pointer into the document) with its `file`, `line` and `column`; `story`, the
    ///   exchanges, of which the last is the one that was judged: `request` (`method`, `path`, `query`, `headers`, `body`),
    ///   `response` (`status`, `headers`, `body`; null if no answer came) and `curl`, the command that repeats it. Bodies
    ///   are text; bytes that are none are replaced by U+FFFD;
    /// - `variables`: what each variable in a command stands for, by its name;
    /// - `coverage`: `operations`, `answers`, `media_types` and `rules`, an object each with `seen`, `excused` and `all`;
    ///   `missing_answers` and `missing_rules`, a line for each that was neither seen nor excused.
    pub fn json(&self, document: &Document) -> Value {
        let finding = |reported: &Reported| {
            let Reported { finding, operation, title, case, story, unanswered, times } = reported;
            let location = document.source().locate(&finding.place);
            let answered = story.iter().map(|exchange| self.step(&exchange.sent, Some(exchange)));
            let unanswered = unanswered.iter().map(|sent| self.step(sent, None));
            json!({
                "check": finding.check.name(),
                "operation": operation,
                "case": case,
                "title": title,
                "times": times,
                "expected": finding.expected,
                "found": finding.found,
                "place": finding.place.as_str(),
                "file": &*location.file,
                "line": location.line,
                "column": location.column,
                "story": answered.chain(unanswered).collect::<Vec<_>>(),
            })
        };
        json!({
            "seed": self.seed,
            "base_url": self.base_url,
            "stopped": self.stopped,
            "stages": self.stages.iter().map(stage).collect::<Vec<_>>(),
            "findings": self.findings.iter().map(finding).collect::<Vec<_>>(),
            "variables": legend(self, document).into_iter().collect::<BTreeMap<_, _>>(),
            "coverage": coverage(&self.survey(document, &Exceptions::OF_A_RUN)),
        })
    }

    fn step(&self, sent: &Sent, exchange: Option<&Exchange>) -> Value {
        let response = exchange.map(|Exchange { received, .. }| {
            json!({
                "status": received.status.as_u16(),
                "headers": headers(&received.headers),
                "body": String::from_utf8_lossy(&received.body),
            })
        });
        json!({
            "request": {
                "method": sent.method.as_str(),
                "path": sent.path,
                "query": sent.query,
                "headers": headers(&sent.headers),
                "body": String::from_utf8_lossy(&sent.body),
            },
            "response": response,
            "curl": curl(&self.base_url, sent),
        })
    }
}

fn coverage(survey: &Survey<'_>) -> Value {
    let ratio = |Ratio { seen, excused, all }: Ratio| json!({ "seen": seen, "excused": excused, "all": all });
    json!({
        "operations": ratio(survey.called()),
        "answers": ratio(survey.answers()),
        "media_types": ratio(survey.media()),
        "rules": ratio(survey.rules()),
        "missing_answers": survey.missing_answers(),
        "missing_rules": survey.missing_rules(),
    })
}

fn stage(stage: &Stage) -> Value {
    let Stage { name, cases, exchanges, findings, took } = stage;
    json!({
        "name": name,
        "cases": cases,
        "exchanges": exchanges,
        "findings": findings,
        "seconds": took.as_secs_f64(),
    })
}

/// Pairs, since a name may be there more than once.
fn headers(headers: &HeaderMap) -> Vec<[String; 2]> {
    let pair = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        [name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()]
    };
    headers.iter().map(pair).collect()
}
