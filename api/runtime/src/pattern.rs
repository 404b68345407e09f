//! `pattern`: ECMA-262 expressions, as JSON Schema writes them, on a Rust engine.

mod sequence;

use std::borrow::Cow;

use fancy_regex::Regex;

use self::sequence::Sequence;

/// A compiled `pattern`.
///
/// The expression is translated as `jsonschema` does it (`\d` is ASCII, `\s` is ECMA's white space),
/// and both validation paths match with this type, so that they cannot disagree.
#[derive(Debug)]
pub struct Pattern(Option<Matcher>);

/// What decides. Ids and codes are sequences, which are read ten times as fast.
#[derive(Debug)]
enum Matcher {
    Sequence(Sequence),
    Expression(Regex),
}

impl Pattern {
    /// Compiles an expression. One that no engine here understands is logged and refuses nothing;
    /// ask [`Pattern::is_supported`] beforehand.
    pub fn new(expression: &str) -> Self {
        let compiled = Self::compile(expression);
        if compiled.is_none() {
            tracing::error!(pattern = expression, "the pattern is not supported and is not checked");
        }
        Self(compiled)
    }

    /// Whether an expression can be checked.
    pub fn is_supported(expression: &str) -> bool {
        Self::compile(expression).is_some()
    }

    fn compile(expression: &str) -> Option<Matcher> {
        let translated = rust_pattern(expression)?;
        match Sequence::of(&translated) {
            Some(sequence) => Some(Matcher::Sequence(sequence)),
            None => Regex::new(&translated).ok().map(Matcher::Expression),
        }
    }

    /// Whether the expression matches somewhere in the text. A match that exceeds the engine's
    /// backtracking limit counts as none.
    pub fn is_match(&self, text: &str) -> bool {
        match &self.0 {
            Some(Matcher::Sequence(sequence)) => sequence.is_match(text),
            Some(Matcher::Expression(regex)) => regex.is_match(text).unwrap_or(false),
            None => true,
        }
    }
}

/// Whether a `pattern` can be checked; one that cannot refuses nothing.
pub fn is_supported_pattern(expression: &str) -> bool {
    Pattern::is_supported(expression)
}

/// A `pattern` in the syntax of the `regex` crates, in which it means the same; look-around stays as it is. `None` if it is
/// no expression.
pub fn rust_pattern(expression: &str) -> Option<String> {
    jsonschema_regex::to_rust_regex(expression).ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_means_what_ecma_says() {
        for (expression, text, expected) in [
            (r"^[A-Z]{2}-\d+$", "AB-12", true),
            (r"^\d$", "\u{663}", false), // ARABIC-INDIC DIGIT THREE is not \d in ECMA
            (r"b", "abc", true),
            (r"^(?!foo)\w+$", "bar", true),
            (r"^(?!foo)\w+$", "foobar", false),
            (r"^\S+$", "a b", false),
        ] {
            assert_eq!(Pattern::new(expression).is_match(text), expected, "{expression} {text}");
        }
    }

    #[test]
    fn an_unsupported_pattern_is_known_beforehand() {
        assert!(!Pattern::is_supported("("));
        assert!(Pattern::is_supported("^a$"));
    }
}
