//! A report for what shows test results: an operation is a suite, a finding a failed case of it.

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::{Report, Reported, told};
use crate::document::Document;

impl Report {
    /// The report as JUnit's XML. An operation without a finding is one case that succeeded.
    ///
    /// # Errors
    /// If the XML cannot be written.
    pub fn junit(&self, document: &Document) -> Result<String, quick_junit::SerializeError> {
        let mut xml = quick_junit::Report::new("contract");
        xml.set_time(self.stages.iter().map(|stage| stage.took).sum());
        let is_asked = |id: &String| self.operations.is_empty() || self.operations.contains(id);
        for operation in document.operations().iter().filter(|operation| is_asked(&operation.id)) {
            let mut suite = TestSuite::new(operation.id.as_str());
            let mut findings = self.of_operation(&operation.id).peekable();
            if findings.peek().is_none() {
                let mut case = TestCase::new("keeps the document", TestCaseStatus::success());
                case.set_classname(operation.id.as_str());
                suite.add_test_case(case);
            }
            suite.add_test_cases(findings.map(|reported| self.failure(document, reported)));
            xml.add_test_suite(suite);
        }
        let is_known = |reported: &&Reported| {
            is_asked(&reported.operation) && document.operation(&reported.operation).is_some()
        };
        let mut others = self.findings.iter().filter(|reported| !is_known(reported)).peekable();
        if others.peek().is_some() {
            let mut suite = TestSuite::new("other operations");
            suite.add_test_cases(others.map(|reported| self.failure(document, reported)));
            xml.add_test_suite(suite);
        }
        if let Some(reason) = &self.stopped {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_message(reason.as_str());
            let mut suite = TestSuite::new("the run");
            suite.add_test_case(TestCase::new("goes on to its end", status));
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
        let commands: Vec<String> = told(self, reported).into_iter().map(|step| step.command).collect();
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
        // What makes findings of an operation different, in the same words in each run.
        let name = format!("{}: {} ({})", finding.check.name(), finding.expected, finding.place);
        let mut case = TestCase::new(name, status);
        case.set_classname(reported.operation.as_str());
        case
    }
}
