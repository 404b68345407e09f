//! The report as JUnit XML: a suite for each base, a case for each change, a failure for what counts as one.

use quick_junit::{NonSuccessKind, SerializeError, TestCase, TestCaseStatus, TestSuite};

use super::{Compared, Report};
use crate::change::Change;
use crate::rules::Severity;
use crate::waivers::Stale;

impl Report {
    /// The report as JUnit XML; what is as bad as `limit` is a failure, and so is a waiver that excuses nothing.
    ///
    /// # Errors
    /// If the XML cannot be written.
    pub fn to_junit(&self, limit: Severity) -> Result<String, SerializeError> {
        let mut xml = quick_junit::Report::new("compat");
        xml.add_test_suites(self.bases.iter().map(|base| suite(base, limit)));
        if !self.stale.is_empty() {
            let mut waivers = TestSuite::new("waivers");
            waivers.add_test_cases(self.stale.iter().map(stale));
            xml.add_test_suite(waivers);
        }
        xml.to_string()
    }
}

fn suite(base: &Compared, limit: Severity) -> TestSuite {
    let judged = &base.judged;
    let mut suite = TestSuite::new(base.base.as_str());
    suite.add_test_cases(judged.changes.iter().map(|change| case(change, change.severity >= limit)));
    suite.add_test_cases(judged.stale.iter().map(stale));
    if judged.changes.is_empty() && judged.stale.is_empty() {
        suite.add_test_case(TestCase::new("no change", TestCaseStatus::success()));
    }
    suite
}

fn case(change: &Change, fails: bool) -> TestCase {
    let place = change.place().map(|place| format!("{}: ", place.location)).unwrap_or_default();
    let status = match fails {
        true => {
            let example =
                change.counterexample.as_ref().map(|it| format!("\nfor example {}: {}", it.part, it.value));
            let concerns = format!("\nconcerns {}", change.operations.join(", "));
            failure(
                change.kind.id(),
                format!("{place}{}", change.what),
                format!("{}{concerns}{}", change.kind.sentence(), example.unwrap_or_default()),
            )
        }
        false => TestCaseStatus::success(),
    };
    TestCase::new(format!("{} {place}{}", change.kind, change.what), status)
}

fn stale(stale: &Stale) -> TestCase {
    TestCase::new(stale.place.as_str(), failure("stale-waiver", stale.to_string(), String::new()))
}

fn failure(kind: &str, message: String, description: String) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(kind).set_message(message).set_description(description);
    status
}
