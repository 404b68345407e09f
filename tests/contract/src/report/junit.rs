//! A report for what shows test results: an operation is a suite, a finding a failed case of it.

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::{Report, Reported, curl};
use crate::document::Document;

impl Report {
    /// The report as JUnit's XML. An operation without a finding is one case that succeeded.
    ///
    /// # Errors
    /// If the XML cannot be written.
    pub fn junit(&self, document: &Document) -> Result<String, quick_junit::SerializeError> {
        let mut xml = quick_junit::Report::new("contract");
        for operation in document.operations() {
            let mut suite = TestSuite::new(operation.id.as_str());
            let mut findings = self.of_operation(&operation.id).peekable();
            if findings.peek().is_none() {
                suite.add_test_case(TestCase::new("keeps the document", TestCaseStatus::success()));
            }
            suite.add_test_cases(findings.map(|reported| self.failure(document, reported)));
            xml.add_test_suite(suite);
        }
        let is_known = |reported: &&Reported| document.operation(&reported.operation).is_some();
        let mut others = self.findings.iter().filter(|reported| !is_known(reported)).peekable();
        if others.peek().is_some() {
            let mut suite = TestSuite::new("outside of the operations");
            suite.add_test_cases(others.map(|reported| self.failure(document, reported)));
            xml.add_test_suite(suite);
        }
        xml.to_string()
    }

    fn of_operation(&self, id: &str) -> impl Iterator<Item = &Reported> {
        self.findings.iter().filter(move |reported| reported.operation == id)
    }

    fn failure(&self, document: &Document, reported: &Reported) -> TestCase {
        let finding = &reported.finding;
        let location = document.source().locate(&finding.place);
        let sent = reported.story.iter().map(|exchange| &exchange.sent).chain(&reported.unanswered);
        let commands: Vec<String> = sent.map(|sent| curl(&self.base_url, sent)).collect();
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status
            .set_type(finding.check.name())
            .set_message(format!("expected {}, found {}", finding.expected, finding.found))
            .set_description(format!(
                "tried: {}\ndocument: {location} {}\ncase: {}\n{}",
                reported.title,
                finding.place,
                reported.case,
                commands.join("\n"),
            ));
        TestCase::new(format!("{} at {}", finding.check.name(), finding.place.as_str()), status)
    }
}
