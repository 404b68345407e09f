//! The table of operations and statuses, as Markdown.

use std::{collections::BTreeSet, fmt};

use super::survey::{Mark, Survey, Surveyed};

/// A survey as Markdown.
pub(super) struct Table<'s>(pub(super) &'s Survey<'s>);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Survey { operations, exchanges, cases } = self.0;
        let statuses: BTreeSet<&str> =
            operations.iter().flat_map(|one| &one.answers).map(|answer| answer.status.as_str()).collect();
        let names = operations.iter().map(|one| one.operation.id.len());
        let width = names.max().unwrap_or_default().max("operation".len());
        let row = |f: &mut fmt::Formatter<'_>, name: &str, cells: Vec<String>| {
            let cells: String = cells.iter().map(|cell| format!(" {cell:>5} |")).collect();
            writeln!(f, "| {name:width$} |{cells}")
        };
        row(f, "operation", statuses.iter().map(|status| (*status).to_owned()).collect())?;
        row(f, &"-".repeat(width), statuses.iter().map(|_| "----:".to_owned()).collect())?;
        for one in operations {
            row(f, &one.operation.id, statuses.iter().map(|status| cell(one, status)).collect())?;
        }
        let (answers, rules) = (self.0.answers(), self.0.rules());
        writeln!(
            f,
            "\n{} of {} declared answers of {} operations were seen, in {exchanges} exchanges.",
            answers.seen,
            answers.all,
            operations.len(),
        )?;
        if *cases > 0 {
            writeln!(f, "Rules of requests, kept and broken: {rules}.")?;
        }
        for one in operations {
            for answer in &one.answers {
                if let Mark::Excused(reason) = &answer.mark {
                    writeln!(f, "- {} {} is not exercised: {reason}", one.operation.id, answer.status)?;
                }
            }
        }
        Ok(())
    }
}

fn cell(one: &Surveyed<'_>, status: &str) -> String {
    match one.answers.iter().find(|answer| answer.status == status).map(|answer| &answer.mark) {
        None => String::new(),
        Some(Mark::Seen(times)) => times.to_string(),
        Some(Mark::Excused(_)) => "why".to_owned(),
        Some(Mark::Missing) => "NONE".to_owned(),
    }
}
