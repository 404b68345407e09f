//! How a run goes: a bar on a terminal, a line for each stage elsewhere.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressStyle};
use orderly_contract::report::Stage;
use orderly_contract::run::Progress;

/// Tells on standard error how a run goes.
pub(super) struct Watch {
    bar: Option<ProgressBar>,
}

impl Watch {
    pub(super) fn new() -> Self {
        let is_watched = std::io::stderr().is_terminal();
        Self { bar: is_watched.then(ProgressBar::no_length) }
    }
}

impl Progress for Watch {
    fn begins(&mut self, stage: &'static str, cases: Option<usize>) {
        let Some(bar) = &self.bar else { return };
        let template = match cases {
            Some(_) => "{prefix:>10} {wide_bar} {pos}/{len} {msg} {elapsed}",
            None => "{prefix:>10} {spinner} {pos} {msg} {elapsed}",
        };
        // The templates are ours, and well-formed.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.reset();
        bar.set_prefix(stage);
        match cases {
            Some(cases) => bar.set_length(cases as u64),
            None => bar.unset_length(),
        }
    }

    fn advances(&mut self, done: usize, findings: usize) {
        let Some(bar) = &self.bar else { return };
        bar.set_position(done as u64);
        if findings > 0 {
            bar.set_message(format!("{findings} findings"));
        }
    }

    fn ends(&mut self, stage: &Stage) {
        let Stage { name, cases, exchanges, findings, took } = stage;
        let seconds = took.as_secs_f64();
        let line =
            format!("{name:>10}: {cases} cases, {exchanges} exchanges, {findings} findings, {seconds:.1} s");
        match &self.bar {
            Some(bar) => bar.suspend(|| eprintln!("{line}")),
            None => eprintln!("{line}"),
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
