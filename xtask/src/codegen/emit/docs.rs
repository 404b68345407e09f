//! Prose of the document as rustdoc that neither breaks the build nor becomes a doctest.

use proc_macro2::TokenStream;
use quote::quote;

/// Signs that reverse the direction of writing; rustc refuses them in comments.
const DIRECTION_SIGNS: std::ops::RangeInclusive<char> = '\u{202a}'..='\u{202e}';
const ISOLATE_SIGNS: std::ops::RangeInclusive<char> = '\u{2066}'..='\u{2069}';

/// The paragraphs of a doc comment, one after the other.
#[derive(Debug, Default, Clone)]
pub(crate) struct Docs {
    lines: Vec<String>,
}

impl Docs {
    /// A comment that begins with a text, or with the fallback where the document says nothing.
    pub(crate) fn of(text: Option<&str>, fallback: &str) -> Self {
        Self::default().paragraph(text.unwrap_or(fallback))
    }

    /// Adds a paragraph.
    pub(crate) fn paragraph(mut self, text: &str) -> Self {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines(text));
        self
    }

    /// Adds a paragraph if there is one.
    pub(crate) fn and(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.paragraph(text),
            None => self,
        }
    }

    /// As `#[doc]` attributes.
    pub(crate) fn tokens(&self) -> TokenStream {
        let lines =
            self.lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
        quote!(#(#[doc = #lines])*)
    }

    /// As `///` lines with an indentation, for items that are written as text.
    pub(crate) fn comment(&self, indent: &str) -> String {
        let mut out = String::new();
        for line in &self.lines {
            out.push_str(indent);
            out.push_str(if line.is_empty() { "///" } else { "/// " });
            out.push_str(line);
            out.push('\n');
        }
        out
    }
}

/// The lines of a text, with code marked as text and nothing that rustc would refuse.
fn lines(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        let line: String = line
            .chars()
            .map(|sign| if sign.is_control() { ' ' } else { sign })
            .filter(|sign| !DIRECTION_SIGNS.contains(sign) && !ISOLATE_SIGNS.contains(sign))
            .collect();
        let line = line.trim_end();
        let content = line.trim_start();
        if content.starts_with("```") || content.starts_with("~~~") {
            // Rustdoc compiles fenced code unless it is said to be text.
            lines.push(if fenced { content.to_owned() } else { "```text".to_owned() });
            fenced = !fenced;
            continue;
        }
        // Four blanks make code as well, outside of lists too.
        let indent = line.len() - content.len();
        let kept = if fenced { indent } else { indent.min(3) };
        lines.push(format!("{}{content}", " ".repeat(kept)));
    }
    if fenced {
        lines.push("```".to_owned());
    }
    lines
}
