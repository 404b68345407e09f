//! What came of a whole folder, counted and grouped.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::compile::Compiled;
use super::trial::{Trial, Verdict};
use crate::commands::generate::Part;

/// The results of all trials and of the compilation of samples.
pub(super) struct Report {
    documents: usize,
    trials: Vec<Trial>,
    compiled: Vec<(Part, Vec<Compiled>)>,
}

impl Report {
    pub(super) fn new(documents: usize, trials: Vec<Trial>, compiled: Vec<(Part, Vec<Compiled>)>) -> Self {
        Self { documents, trials, compiled }
    }

    /// Whether nothing panicked or ran out of time, and all that was compiled compiles.
    pub(super) fn is_good(&self) -> bool {
        let ended = |trial: &Trial| matches!(trial.verdict, Verdict::Generated | Verdict::Refused);
        let compiles = |compiled: &Compiled| compiled.error.is_none();
        self.trials.iter().all(ended) && self.compiled.iter().flat_map(|(_, all)| all).all(compiles)
    }

    /// Everything, for tools.
    pub(super) fn to_json(&self) -> String {
        let trials: Vec<Value> = self.trials.iter().map(trial_as_json).collect();
        let compiled: Vec<Value> = self.compiled.iter().flat_map(compiled_as_json).collect();
        let report = json!({ "documents": self.documents, "trials": trials, "compiled": compiled });
        format!("{report:#}\n")
    }

    fn count(&self, part: Part, wanted: impl Fn(&Verdict) -> bool) -> usize {
        self.trials.iter().filter(|trial| trial.part == part && wanted(&trial.verdict)).count()
    }

    /// Of each document, how many operations it has, how many its SDK has, and whether that compiles; then why the others
    /// were left out.
    pub(super) fn sdk_table(&self) -> String {
        let compiled: Vec<&Compiled> =
            self.compiled.iter().filter(|(part, _)| *part == Part::Sdk).flat_map(|(_, all)| all).collect();
        let mut text = format!(
            "{:>10}  {:>10}  {:>8}  {:<8}  document\n",
            "operations", "in the SDK", "left out", "compiles"
        );
        let (mut declared, mut had, mut missing) = (0, 0, 0);
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        for trial in self.trials.iter().filter(|trial| trial.part == Part::Sdk) {
            let (own, left_out) = (trial.operations_of_sdk(), trial.left_out().count());
            let compiles = match compiled.iter().find(|compiled| compiled.document == trial.document) {
                Some(Compiled { error: None, .. }) => "yes",
                Some(_) => "no",
                None => "",
            };
            let Trial { document, operations, .. } = trial;
            // Writing to a text does not fail.
            let _ = writeln!(text, "{operations:>10}  {own:>10}  {left_out:>8}  {compiles:<8}  {document}");
            (declared, had, missing) = (declared + operations, had + own, missing + left_out);
            trial.left_out().for_each(|reason| *reasons.entry(shape(reason)).or_default() += 1);
        }
        let _ = writeln!(text, "{declared:>10}  {had:>10}  {missing:>8}  {:<8}  all", "");
        let mut reasons: Vec<(String, usize)> = reasons.into_iter().collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        if !reasons.is_empty() {
            text.push_str("\nleft out, by number of operations\n");
        }
        for (reason, count) in reasons {
            let _ = writeln!(text, "{count:>6}  {reason}");
        }
        text
    }

    /// How many documents of a part have a remark of each shape, the most frequent first.
    fn shapes(&self, part: Part, severity: &str) -> Vec<(usize, String)> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for trial in self.trials.iter().filter(|trial| trial.part == part) {
            let remarks = trial.remarks.iter().filter(|remark| remark.severity == severity);
            let mut shapes: Vec<String> = remarks.map(|remark| shape(&remark.message)).collect();
            shapes.sort();
            shapes.dedup();
            for shape in shapes {
                *counts.entry(shape).or_default() += 1;
            }
        }
        let mut counts: Vec<(usize, String)> =
            counts.into_iter().map(|(shape, count)| (count, shape)).collect();
        counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        counts
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} documents", self.documents)?;
        let is_tried = |part: &Part| self.trials.iter().any(|trial| trial.part == *part);
        for part in Part::ALL.into_iter().filter(is_tried) {
            let generated = self.count(part, |verdict| *verdict == Verdict::Generated);
            let refused = self.count(part, |verdict| *verdict == Verdict::Refused);
            let panicked = self.count(part, |verdict| matches!(verdict, Verdict::Panicked(_)));
            let timed_out = self.count(part, |verdict| *verdict == Verdict::TimedOut);
            writeln!(
                formatter,
                "{:<6}  {generated} generated, {refused} refused, {panicked} panicked, {timed_out} timed out",
                part.name()
            )?;
        }
        for severity in ["refused", "warning", "ignored"] {
            for part in Part::ALL {
                let shapes = self.shapes(part, severity);
                if !shapes.is_empty() {
                    writeln!(formatter, "\n{}, {severity}, by number of documents", part.name())?;
                }
                for (count, shape) in shapes {
                    writeln!(formatter, "{count:>6}  {shape}")?;
                }
            }
        }
        self.trials.iter().try_for_each(|trial| write_failure(formatter, trial))?;
        self.compiled.iter().try_for_each(|(part, compiled)| write_compiled(formatter, *part, compiled))
    }
}

/// A line for a trial that ended neither in files nor in a refusal.
fn write_failure(formatter: &mut fmt::Formatter<'_>, trial: &Trial) -> fmt::Result {
    let Trial { document, part, verdict, .. } = trial;
    match verdict {
        Verdict::Panicked(words) => writeln!(formatter, "\n{}: {document}: panicked: {words}", part.name()),
        Verdict::TimedOut => writeln!(formatter, "\n{}: {document}: timed out", part.name()),
        Verdict::Generated | Verdict::Refused => Ok(()),
    }
}

fn write_compiled(formatter: &mut fmt::Formatter<'_>, part: Part, compiled: &[Compiled]) -> fmt::Result {
    let good = compiled.iter().filter(|compiled| compiled.error.is_none()).count();
    writeln!(formatter, "\n{}: {good} of {} compile", part.name(), compiled.len())?;
    for Compiled { document, error } in compiled {
        if let Some(error) = error {
            writeln!(formatter, "{document} does not compile\n{error}")?;
        }
    }
    Ok(())
}

/// A message without what is particular to one document: what stands in backticks is cut out.
fn shape(message: &str) -> String {
    let outside = message.split('`').step_by(2);
    outside.collect::<Vec<_>>().join("`…`")
}

fn trial_as_json(trial: &Trial) -> Value {
    let (verdict, words) = match &trial.verdict {
        Verdict::Generated => ("generated", None),
        Verdict::Refused => ("refused", None),
        Verdict::Panicked(words) => ("panicked", Some(words)),
        Verdict::TimedOut => ("timed out", None),
    };
    let messages = |severity: &str| -> Vec<&str> {
        let remarks = trial.remarks.iter().filter(|remark| remark.severity == severity);
        remarks.map(|remark| remark.message.as_str()).collect()
    };
    json!({
        "document": trial.document,
        "part": trial.part.name(),
        "verdict": verdict,
        "words": words,
        "operations": trial.operations,
        "operations_of_sdk": (trial.part == Part::Sdk).then(|| trial.operations_of_sdk()),
        "milliseconds": trial.took.as_millis(),
        "refused": messages("refused"),
        "warning": messages("warning"),
        "ignored": messages("ignored"),
    })
}

fn compiled_as_json((part, compiled): &(Part, Vec<Compiled>)) -> Vec<Value> {
    let one = |Compiled { document, error }: &Compiled| json!({ "document": document, "part": part.name(), "error": error });
    compiled.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_one_shape_differ_only_in_backticks() {
        assert_eq!(shape("the reference `#/a` leads nowhere"), "the reference `…` leads nowhere");
        assert_eq!(shape("`a` and `b`"), "`…` and `…`");
        assert_eq!(shape("nothing to cut"), "nothing to cut");
    }
}
