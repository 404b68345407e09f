//! Texts that match a `pattern`, read off the expression's structure.

use std::fmt;

use orderly_api_runtime::{Pattern, rust_pattern};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::choice::Choice;

/// A `pattern`.
pub(super) struct Expression {
    source: String,
    matcher: Pattern,
    /// The structure; without look-around, which is only tried.
    structure: Option<Hir>,
    is_fathomed: bool,
}

/// How long a text may become, in characters.
pub(super) const MAX_LENGTH: usize = 65_536;

/// Ways to spread a length over parts that are tried, at most, before a length counts as impossible.
const MAX_TRIES: usize = 2_000;

/// Characters that are taken first, because a reader knows them.
const PLAIN: &str = "a0A1b2B-_ .";

impl Expression {
    pub(super) fn new(source: &str) -> Self {
        let parse = |text: &str| regex_syntax::parse(&rust_pattern(text)?).ok();
        let whole = parse(source);
        let is_fathomed = whole.is_some();
        let structure = whole.or_else(|| parse(&without_look_around(source)));
        Self { source: source.to_owned(), matcher: Pattern::new(source), structure, is_fathomed }
    }

    /// Whether all that it says is in its structure, so that a text which is not found is not there.
    pub(super) fn is_fathomed(&self) -> bool {
        self.is_fathomed
    }

    /// The expression as the document writes it.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.matcher.is_match(text)
    }

    /// A text of this length that matches, if one is found.
    pub(super) fn text(&self, length: usize, choice: &mut Choice<'_>) -> Option<String> {
        let structure = self.structure.as_ref()?;
        // Only look-around needs more than one try: it is not in the structure.
        (0..20).find_map(|_| {
            let text = self.filled(structure, length, choice)?;
            self.is_match(&text).then_some(text)
        })
    }

    /// The least and the most characters of the part of a text that matches.
    pub(super) fn span(&self) -> (usize, usize) {
        self.structure.as_ref().map_or((0, MAX_LENGTH), span)
    }

    /// Whether the expression is about the whole text.
    pub(super) fn is_whole(&self) -> bool {
        let looks = self.structure.as_ref().map(Hir::properties);
        looks.is_some_and(|looks| {
            looks.look_set_prefix().contains(Look::Start) && looks.look_set_suffix().contains(Look::End)
        })
    }

    /// Fills the structure, and what may stand before or behind it.
    fn filled(&self, structure: &Hir, length: usize, choice: &mut Choice<'_>) -> Option<String> {
        let mut tries = MAX_TRIES;
        let mut text = String::new();
        if fill(structure, length, choice, &mut tries, &mut text) {
            return Some(text);
        }
        let looks = structure.properties();
        let (min, max) = span(structure);
        let inner = if max < length { max } else { min };
        let padding = "a".repeat(length.checked_sub(inner)?);
        text.clear();
        if !fill(structure, inner, choice, &mut tries, &mut text) {
            return None;
        }
        match (looks.look_set_prefix().contains(Look::Start), looks.look_set_suffix().contains(Look::End)) {
            (_, false) => Some(text + &padding),
            (false, true) => Some(padding + &text),
            (true, true) => None,
        }
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

/// The least and the most characters, capped.
fn span(hir: &Hir) -> (usize, usize) {
    let cap = |length: usize| length.min(MAX_LENGTH);
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => (0, 0),
        HirKind::Literal(literal) => {
            let length = String::from_utf8_lossy(&literal.0).chars().count();
            (length, length)
        }
        HirKind::Class(_) => (1, 1),
        HirKind::Repetition(repetition) => {
            let (min, max) = span(&repetition.sub);
            let most = repetition.max.map_or(MAX_LENGTH, |max| max as usize);
            (cap(min.saturating_mul(repetition.min as usize)), cap(max.saturating_mul(most)))
        }
        HirKind::Capture(capture) => span(&capture.sub),
        HirKind::Concat(parts) => {
            parts.iter().map(span).fold((0, 0), |(min, max), part| (cap(min + part.0), cap(max + part.1)))
        }
        HirKind::Alternation(parts) => parts
            .iter()
            .map(span)
            .reduce(|(min, max), part| (min.min(part.0), max.max(part.1)))
            .unwrap_or_default(),
    }
}

/// Writes a text of exactly this length; `false` if none was found, with what was written to be cut off.
fn fill(hir: &Hir, length: usize, choice: &mut Choice<'_>, tries: &mut usize, text: &mut String) -> bool {
    let (min, max) = span(hir);
    if length < min || length > max || *tries == 0 {
        return false;
    }
    *tries -= 1;
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => {
            text.push_str(&String::from_utf8_lossy(&literal.0));
            true
        }
        HirKind::Class(class) => match character(class, choice) {
            Some(character) => {
                text.push(character);
                true
            }
            None => false,
        },
        HirKind::Capture(capture) => fill(&capture.sub, length, choice, tries, text),
        HirKind::Repetition(repetition) => {
            let limits = (repetition.min as usize, repetition.max.map_or(MAX_LENGTH, |max| max as usize));
            repeat(&repetition.sub, limits, length, choice, tries, text)
        }
        HirKind::Concat(parts) => {
            let parts: Vec<&Hir> = parts.iter().collect();
            spread(&parts, length, choice, tries, text)
        }
        HirKind::Alternation(parts) => {
            let first = choice.below(parts.len());
            let order = (0..parts.len()).map(|index| &parts[(first + index) % parts.len()]);
            attempt(order, text, |part, text| fill(part, length, choice, tries, text))
        }
    }
}

fn repeat(
    sub: &Hir,
    (least, most): (usize, usize),
    length: usize,
    choice: &mut Choice<'_>,
    tries: &mut usize,
    text: &mut String,
) -> bool {
    if length == 0 && least == 0 {
        return true;
    }
    let (min, max) = span(sub);
    // One character each, which is what most repetitions are: no need to spread.
    if let (HirKind::Class(class), true) = (sub.kind(), (least..=most).contains(&length)) {
        for _ in 0..length {
            match character(class, choice) {
                Some(character) => text.push(character),
                None => return false,
            }
        }
        return true;
    }
    let fewest = least.max(if max == 0 { 0 } else { length.div_ceil(max) });
    let highest = most.min(length.checked_div(min).unwrap_or(fewest.max(1)));
    attempt(fewest..=highest.min(fewest + 8), text, |count, text| {
        let parts = vec![sub; count];
        spread(&parts, length, choice, tries, text)
    })
}

/// Spreads a length over parts in a row: each takes as little as it can, and the first ones what is left; other ways are
/// tried where that fails.
fn spread(
    parts: &[&Hir],
    length: usize,
    choice: &mut Choice<'_>,
    tries: &mut usize,
    text: &mut String,
) -> bool {
    let Some((first, rest)) = parts.split_first() else { return length == 0 };
    let (min, max) = span(first);
    let (rest_min, rest_max) = rest
        .iter()
        .map(|part| span(part))
        .fold((0usize, 0usize), |(min, max), part| (min + part.0, (max + part.1).min(MAX_LENGTH)));
    let least = min.max(length.saturating_sub(rest_max));
    let Some(most) = length.checked_sub(rest_min).map(|most| most.min(max)) else { return false };
    if least > most {
        return false;
    }
    let start = match choice {
        Choice::First => most,
        Choice::Any(_) => least + choice.below(most - least + 1),
    };
    let order = std::iter::once(start).chain((least..=most).rev().filter(|taken| *taken != start).take(40));
    attempt(order, text, |taken, text| {
        fill(first, taken, choice, tries, text) && spread(rest, length - taken, choice, tries, text)
    })
}

/// The first way that works; what the others have written is cut off.
fn attempt<T>(
    ways: impl Iterator<Item = T>,
    text: &mut String,
    mut way: impl FnMut(T, &mut String) -> bool,
) -> bool {
    let before = text.len();
    for one in ways {
        if way(one, text) {
            return true;
        }
        text.truncate(before);
    }
    false
}

fn character(class: &Class, choice: &mut Choice<'_>) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => {
            let ascii = class.ranges().iter().filter(|range| range.end().is_ascii());
            ascii.map(|range| (char::from(range.start()), char::from(range.end()))).collect()
        }
    };
    let holds = |character: &char| ranges.iter().any(|(start, end)| (start..=end).contains(&character));
    // Mostly what can be typed, so that failures can be read.
    if let Choice::Any(rng) = choice
        && rng.u8(..10) > 0
    {
        let typed = (0..8).map(|_| rng.char(' '..='~')).find(holds);
        if typed.is_some() {
            return typed;
        }
    }
    match choice {
        Choice::First => PLAIN.chars().find(holds).or_else(|| {
            ranges
                .iter()
                .map(|(start, _)| *start)
                .find(|start| !start.is_control())
                .or(ranges.first().map(|range| range.0))
        }),
        Choice::Any(rng) => {
            let (start, end) = rng.choice(ranges.iter().copied())?;
            Some(rng.char(start..=end))
        }
    }
}

/// An expression without `(?=…)`, `(?!…)`, `(?<=…)` and `(?<!…)`.
fn without_look_around(expression: &str) -> String {
    let mut kept = String::new();
    let mut rest = expression;
    let mut in_class = false;
    while let Some(character) = rest.chars().next() {
        if !in_class && ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|start| rest.starts_with(start)) {
            rest = &rest[group_length(rest)..];
            continue;
        }
        let length = match character {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            other => other.len_utf8(),
        };
        match character {
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        kept.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    kept
}

/// The bytes of the group that a text begins with.
fn group_length(text: &str) -> usize {
    let (mut depth, mut in_class, mut escaped) = (0usize, false, false);
    for (index, character) in text.char_indices() {
        match character {
            _ if escaped => {
                escaped = false;
                continue;
            }
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::*;

    #[test]
    fn a_text_has_the_length_that_is_asked_for() {
        for (expression, lengths, impossible) in [
            ("^[a-z]{3,8}$", &[3, 5, 8][..], &[2, 9][..]),
            ("^(ab)*$", &[0, 2, 8], &[1, 3]),
            ("^ord_[0-7][0-9a-hjkmnp-tv-z]{25}$", &[30], &[29, 31]),
            (r"^[^\s@]+@[^\s@]+\.[a-z]{2,}$", &[6, 40, 254], &[5]),
            ("b", &[1, 2, 500], &[0]),
            ("^a", &[1, 9], &[0]),
            ("z$", &[1, 9], &[0]),
            ("^(?:GET|POST|DELETE)$", &[3, 4, 6], &[5]),
            (r"^(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{8,20}$", &[20], &[7]),
            ("^(a|bc){2,3}(d?e)+$", &[3, 7, 12], &[2]),
            (".*", &[0, 4, 1000], &[]),
        ] {
            let parsed = Expression::new(expression);
            for length in lengths {
                let mut rng = Rng::with_seed(*length as u64);
                for choice in [&mut Choice::First, &mut Choice::Any(&mut rng)] {
                    let looks_around = expression.contains("(?=") && matches!(choice, Choice::First);
                    let text = parsed.text(*length, choice);
                    assert!(text.is_some() || looks_around, "{expression} {length}");
                    if let Some(text) = text {
                        assert!(parsed.is_match(&text), "{expression} {text:?}");
                        assert_eq!(text.chars().count(), *length, "{expression} {text:?}");
                    }
                }
            }
            for length in impossible {
                assert_eq!(parsed.text(*length, &mut Choice::First), None, "{expression} {length}");
            }
        }
    }

    #[test]
    fn look_around_is_left_out_of_the_structure() {
        assert_eq!(without_look_around(r"^(?!a(b|[)])\))c(?:d)[(?=]$"), r"^c(?:d)[(?=]$");
    }
}
