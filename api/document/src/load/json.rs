//! Reads JSON (RFC 8259) with positions, which serde_json does not keep.

use std::sync::Arc;

use serde_json::Value;

use super::build::{self, Builder};
use super::spot::{Mark, Spot};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Reads a text that holds one JSON value.
pub(super) fn read(file: &Arc<str>, text: &str) -> Result<(Value, Spot), Diagnostics> {
    let mut builder = Builder::new(file);
    let mut reader = Reader { rest: text, mark: Mark::START };
    let failure = reader.document(&mut builder).err();
    builder.finish(failure)
}

/// The text that is left, and where it begins.
struct Reader<'t> {
    rest: &'t str,
    mark: Mark,
}

impl<'t> Reader<'t> {
    fn document(&mut self, builder: &mut Builder) -> Result<(), Diagnostic> {
        self.value(builder)?;
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected(builder, "the end of the document")),
        }
    }

    /// Recursion is bounded: the builder refuses to begin a container below `Document::MAX_DEPTH`.
    fn value(&mut self, builder: &mut Builder) -> Result<(), Diagnostic> {
        match self.peek() {
            Some('{') => self.object(builder),
            Some('[') => self.array(builder),
            Some('"') => {
                let mark = self.mark;
                let text = self.string(builder)?;
                builder.scalar(Value::String(text), mark, 0)
            }
            Some(_) => self.literal(builder),
            None => Err(self.unexpected(builder, "a value")),
        }
    }

    fn object(&mut self, builder: &mut Builder) -> Result<(), Diagnostic> {
        builder.begin(build::object(), self.mark, 0)?;
        self.advance(1);
        if self.peek() == Some('}') {
            self.advance(1);
            return builder.end();
        }
        loop {
            if self.peek() != Some('"') {
                return Err(self.unexpected(builder, "a key in double quotes"));
            }
            let mark = self.mark;
            let key = self.string(builder)?;
            builder.key(&key, mark);
            self.expect(builder, ':', "`:` after the key")?;
            self.value(builder)?;
            match self.peek() {
                Some(',') => self.advance(1),
                Some('}') => break self.advance(1),
                _ => return Err(self.unexpected(builder, "`,` or `}`")),
            }
        }
        builder.end()
    }

    fn array(&mut self, builder: &mut Builder) -> Result<(), Diagnostic> {
        builder.begin(build::array(), self.mark, 0)?;
        self.advance(1);
        if self.peek() == Some(']') {
            self.advance(1);
            return builder.end();
        }
        loop {
            self.value(builder)?;
            match self.peek() {
                Some(',') => self.advance(1),
                Some(']') => break self.advance(1),
                _ => return Err(self.unexpected(builder, "`,` or `]`")),
            }
        }
        builder.end()
    }

    /// A string in quotes; serde_json reads what stands between them, escapes and all.
    fn string(&mut self, builder: &Builder) -> Result<String, Diagnostic> {
        let bytes = self.rest.as_bytes();
        let mut end = 1;
        loop {
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => end += 2,
                Some(_) => end += 1,
                None => return Err(builder.refuse(self.mark, "not JSON: the string has no end".to_owned())),
            }
        }
        let quoted = &self.rest[..=end];
        let text = serde_json::from_str(quoted).map_err(|error| {
            let mut at = Reader { rest: quoted, mark: self.mark };
            at.advance(floor(quoted, error.column().saturating_sub(1)));
            builder.refuse(at.mark, format!("not JSON: {}", reason(&error)))
        })?;
        self.advance(end + 1);
        Ok(text)
    }

    /// A number, `true`, `false` or `null`.
    fn literal(&mut self, builder: &mut Builder) -> Result<(), Diagnostic> {
        let is_part = |character: char| character.is_ascii_alphanumeric() || "+-._".contains(character);
        let end = self.rest.find(|character| !is_part(character)).unwrap_or(self.rest.len());
        let token = &self.rest[..end];
        match serde_json::from_str::<Value>(token) {
            Ok(value) => {
                builder.scalar(value, self.mark, 0)?;
                self.advance(end);
                Ok(())
            }
            Err(_) => Err(self.unexpected(builder, "a value")),
        }
    }

    fn expect(&mut self, builder: &Builder, wanted: char, name: &str) -> Result<(), Diagnostic> {
        if self.peek() == Some(wanted) {
            self.advance(1);
            Ok(())
        } else {
            Err(self.unexpected(builder, name))
        }
    }

    /// The next character after white space.
    fn peek(&mut self) -> Option<char> {
        let blank = self.rest.len() - self.rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        self.advance(blank);
        self.rest.chars().next()
    }

    /// Moves on by some bytes, which end at a character's boundary.
    fn advance(&mut self, bytes: usize) {
        let (passed, rest) = self.rest.split_at(bytes);
        for character in passed.chars() {
            if character == '\n' {
                self.mark = Mark { line: self.mark.line.saturating_add(1), column: 1 };
            } else {
                self.mark.column = self.mark.column.saturating_add(1);
            }
        }
        self.rest = rest;
    }

    fn unexpected(&self, builder: &Builder, wanted: &str) -> Diagnostic {
        let found = match self.rest.chars().next() {
            Some(character) => format!("{character:?}"),
            None => "the end of the file".to_owned(),
        };
        builder.refuse(self.mark, format!("not JSON: expected {wanted}, found {found}"))
    }
}

/// serde_json's message without the position, which counts from the string and not from the file.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or(&message).to_owned()
}

/// The nearest boundary of a character at or before `index`.
fn floor(text: &str, index: usize) -> usize {
    (0..=index.min(text.len())).rev().find(|&index| text.is_char_boundary(index)).unwrap_or(0)
}
