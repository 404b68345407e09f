//! A list whose items are shown as they come, so that however many there are take no more memory than a page.

use std::io::{self, Write as _};

use serde_json::Value;

use super::table::Columns;
use super::{Format, is_plain, on_terminal, plain, told, yaml};

/// A list that is being shown.
#[derive(Debug)]
pub(crate) struct List {
    format: Format,
    /// Texts are shown without quotes.
    is_bare: bool,
    width: Option<usize>,
    /// Those of the first page, for all pages.
    columns: Option<Columns>,
    count: usize,
}

impl List {
    pub(super) fn new(format: Format, is_bare: bool, width: Option<usize>) -> Self {
        Self { format, is_bare, width, columns: None, count: 0 }
    }

    /// Shows more items.
    pub(crate) fn add(&mut self, items: &[Value]) -> io::Result<()> {
        let mut text = String::new();
        if self.is_bare && items.iter().all(is_plain) {
            items.iter().for_each(|item| text.push_str(&format!("{}\n", on_terminal(&plain(item)))));
        } else {
            match self.format {
                Format::Table => self.rows(items, &mut text),
                Format::Json => items.iter().for_each(|item| {
                    text.push_str(if self.count == 0 { "[\n" } else { ",\n" });
                    // A line in a text is written as `\n`, so these are all of the layout.
                    text.push_str(&format!("  {}", format!("{item:#}").replace('\n', "\n  ")));
                    self.count += 1;
                }),
                Format::Jsonl => items.iter().for_each(|item| text.push_str(&format!("{item}\n"))),
                Format::Yaml => text.push_str(&yaml::items(items)),
            }
        }
        if self.format != Format::Json || self.is_bare {
            self.count += items.len();
        }
        let mut stdout = anstream::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()
    }

    fn rows(&mut self, items: &[Value], text: &mut String) {
        if items.is_empty() {
            return;
        }
        if self.columns.is_none() {
            let columns = Columns::of(items, self.width);
            columns.head().into_iter().for_each(|line| text.push_str(&format!("{line}\n")));
            self.columns = Some(columns);
        }
        for line in self.columns.iter().flat_map(|columns| columns.rows(items)) {
            text.push_str(&line);
            text.push('\n');
        }
    }

    /// Shows that there are no more.
    pub(crate) fn end(self) -> io::Result<()> {
        let end = match (self.format, self.count) {
            (Format::Json, _) if self.is_bare => "",
            (Format::Json | Format::Yaml, 0) => "[]\n",
            (Format::Json, _) => "\n]\n",
            _ => "",
        };
        let mut stdout = io::stdout().lock();
        stdout.write_all(end.as_bytes())?;
        stdout.flush()?;
        if let Some(note) = self.columns.and_then(|columns| columns.note()) {
            told(&note);
        }
        Ok(())
    }
}
