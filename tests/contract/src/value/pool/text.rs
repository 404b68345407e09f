//! Texts of every length that matters, of patterns and formats, and texts that are none.

use fastrand::Rng;
use serde_json::Value;

use super::Candidate;
use crate::{
    case::Keyword,
    value::{
        choice::Choice,
        format,
        pattern::{Expression, MAX_LENGTH},
        rule::Demand,
        shape::Shape,
    },
};

/// As long as a text is if nothing speaks against it.
const USUAL: usize = 4;

/// Characters that programs trip over: outside ASCII and the basic plane, right to left, combining, quotes, control.
const ODD: &[&str] = &[
    "é",
    "ß",
    "Ж",
    "中",
    "🦀",
    "👩‍🚀",
    "م",
    "\u{202e}",
    "e\u{301}",
    "\"",
    "'",
    "\\",
    "<",
    "&",
    "%",
    "\u{7f}",
    "\t",
    "\n",
];

pub(super) fn candidates(shape: &Shape) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let add = |found: &mut Vec<Candidate>, text: String, about: Option<Keyword>, note: String| {
        found.push(Candidate::new(Value::String(text), about, note));
    };
    for name in formats(shape) {
        for text in format::texts(name) {
            add(&mut found, (*text).to_owned(), Some(Keyword::Format), format!("a text of format {name}"));
        }
    }
    if !shape.is_opaque() {
        for (length, about, note) in lengths(shape) {
            let made: Vec<String> = texts(shape, length, &mut Choice::First).collect();
            // Where a pattern or format has none of this length, a text that breaks them too shows that.
            let made = if made.is_empty() { vec![letters(length)] } else { made };
            made.into_iter().for_each(|text| add(&mut found, text, about, note.clone()));
        }
        for expression in patterns(shape) {
            let mut rng = Rng::with_seed(1);
            let (min, max) = expression.span();
            for length in [min, max.min(min + 1), max.min(min + 8), max.min(64)] {
                for _ in 0..2 {
                    let text = expression.text(length, &mut Choice::Any(&mut rng));
                    text.into_iter().for_each(|text| {
                        add(&mut found, text, Some(Keyword::Pattern), "another match".to_owned())
                    });
                }
            }
        }
    }
    // Whoever knows the format may refuse it: no more than one.
    if shape.is_opaque() && found.is_empty() && shape.examples.is_empty() && !shape.has(Keyword::Enum) {
        let plain = texts(shape, usual(shape), &mut Choice::First).next();
        found.extend(plain.map(|text| Candidate::new(Value::String(text), None, "a text".to_owned())));
    }
    for name in formats(shape) {
        for text in format::broken(name) {
            add(&mut found, (*text).to_owned(), Some(Keyword::Format), format!("no text of format {name}"));
        }
    }
    let valid: Vec<String> = found
        .iter()
        .filter(|candidate| shape.holds(&candidate.value))
        .filter_map(|candidate| candidate.value.as_str().map(str::to_owned))
        .chain(shape.examples.iter().filter_map(Value::as_str).map(str::to_owned))
        .take(3)
        .collect();
    let allowed = shape.rules.iter().filter_map(|rule| match &rule.demand {
        Demand::Enum(values) => Some(values.iter().filter_map(Value::as_str).map(str::to_owned)),
        _ => None,
    });
    for text in valid.into_iter().chain(allowed.flatten().take(2)) {
        for (changed, note) in changes(&text) {
            found.push(Candidate::new(Value::String(changed), None, note.to_owned()));
        }
    }
    found
}

/// The plainest text that breaks nothing.
pub(in crate::value) fn plain(shape: &Shape) -> Option<Value> {
    let usual = usual(shape);
    let first = texts(shape, usual, &mut Choice::First).map(Value::String).find(|text| shape.holds(text));
    let rest =
        || candidates(shape).into_iter().map(|candidate| candidate.value).find(|text| shape.holds(text));
    let free = || Value::String(letters(usual));
    first.or_else(rest).or_else(|| Some(free()).filter(|text| shape.holds(text)))
}

/// A text at random: mostly short, sometimes at a bound, sometimes with characters that programs trip over.
pub(in crate::value) fn random(shape: &Shape, rng: &mut Rng) -> Option<Value> {
    if shape.is_opaque() {
        return plain(shape);
    }
    let (min, max) = bounds(shape);
    let max = max.min(MAX_LENGTH);
    let length = match rng.u8(..10) {
        0 => min,
        1 => max.min(min + 1_000),
        2 => max.min(min + rng.usize(..200)),
        _ => max.min(min + rng.usize(..20)),
    };
    if length > MAX_LENGTH {
        return None;
    }
    let is_free = formats(shape).next().is_none() && patterns(shape).next().is_none();
    let text = match is_free && rng.u8(..3) == 0 {
        true => odd(length, rng),
        false => texts(shape, length, &mut Choice::Any(rng)).next()?,
    };
    Some(Value::String(text)).filter(|text| shape.holds(text))
}

/// Lengths worth a try, with what they are called.
fn lengths(shape: &Shape) -> Vec<(usize, Option<Keyword>, String)> {
    let (min, max) = bounds(shape);
    let mut lengths = vec![(usual(shape), None, "a text".to_owned())];
    if shape.has(Keyword::MinLength) {
        let about = Some(Keyword::MinLength);
        lengths.push((min, about, "of the least length".to_owned()));
        lengths.push((min + 1, about, "one longer than the least length".to_owned()));
        lengths.extend(min.checked_sub(1).map(|length| (length, about, "one too short".to_owned())));
        lengths.push((0, about, "empty".to_owned()));
    } else {
        lengths.push((0, None, "empty".to_owned()));
    }
    if shape.has(Keyword::MaxLength) {
        let about = Some(Keyword::MaxLength);
        lengths.push((max, about, "of the greatest length".to_owned()));
        lengths.extend(
            max.checked_sub(1)
                .map(|length| (length, about, "one shorter than the greatest length".to_owned())),
        );
        lengths.push((max + 1, about, "one too long".to_owned()));
    }
    lengths.retain(|(length, _, _)| *length <= MAX_LENGTH);
    lengths
}

fn bounds(shape: &Shape) -> (usize, usize) {
    let (min, max) = shape.bounds(Keyword::MinLength, Keyword::MaxLength);
    let size = |bound: u64| usize::try_from(bound).unwrap_or(usize::MAX - 1);
    (size(min), max.map_or(MAX_LENGTH, size))
}

fn usual(shape: &Shape) -> usize {
    let (min, max) = bounds(shape);
    let spans = patterns(shape).filter(|expression| expression.is_whole()).map(Expression::span);
    let (min, max) = spans.fold((min, max), |(min, max), span| (min.max(span.0), max.min(span.1)));
    USUAL.max(min).min(max).min(MAX_LENGTH)
}

/// Texts of this length that the patterns and formats allow, each made by one of them.
fn texts<'a>(
    shape: &'a Shape,
    length: usize,
    choice: &'a mut Choice<'_>,
) -> impl Iterator<Item = String> + use<'a> {
    let mut found: Vec<String> = Vec::new();
    for expression in patterns(shape) {
        found.extend(expression.text(length, choice));
    }
    for name in formats(shape) {
        found.extend(format::text(name, length));
    }
    if found.is_empty()
        && patterns(shape).next().is_none()
        && formats(shape).all(|name| format::texts(name).is_empty())
    {
        found.push(match choice {
            Choice::First => letters(length),
            Choice::Any(rng) => (0..length).map(|_| rng.char(' '..='~')).collect(),
        });
    }
    let is_made = move |text: &String| patterns(shape).all(|expression| expression.is_match(text));
    found.into_iter().filter(is_made)
}

/// `text`, `texttext`, …
fn letters(length: usize) -> String {
    "text".chars().cycle().take(length).collect()
}

fn odd(length: usize, rng: &mut Rng) -> String {
    let mut text = String::new();
    let mut left = length;
    while left > 0 {
        let piece = if rng.bool() { rng.choice(ODD).copied().unwrap_or_default() } else { "x" };
        let size = piece.chars().count();
        match size <= left {
            true => text.push_str(piece),
            false => text.push('x'),
        }
        left -= size.min(left);
    }
    text
}

/// Small changes of a text, some of which a pattern or an enum refuses.
fn changes(text: &str) -> Vec<(String, &'static str)> {
    let mut rest = text.chars();
    let first = rest.next();
    let rest = rest.as_str();
    let mut shorter = text.to_owned();
    let last = shorter.pop();
    let swapped: String = text
        .chars()
        .map(|letter| {
            if letter.is_ascii_lowercase() {
                letter.to_ascii_uppercase()
            } else {
                letter.to_ascii_lowercase()
            }
        })
        .collect();
    let mut changes = vec![(format!("{text}x"), "one letter more")];
    if last.is_some() {
        changes.extend(
            ["!", " ", "~", "é", "\n", "\0", "\u{7f}", "-", "0"]
                .map(|other| (format!("{shorter}{other}"), "another last character")),
        );
    }
    if first.is_some() {
        changes.extend(
            ["!", " ", "~", "é", "-", "0"].map(|other| (format!("{other}{rest}"), "another first character")),
        );
    }
    changes.extend([
        (swapped, "letters of the other case"),
        (shorter, "without the last character"),
        (rest.to_owned(), "without the first character"),
        (format!("{text}!"), "one sign more"),
        (format!(" {text}"), "a space before"),
        (String::new(), "empty"),
        ("!".repeat(text.chars().count().max(1)), "signs only"),
        ("other".to_owned(), "another word"),
    ]);
    changes
}

fn formats(shape: &Shape) -> impl Iterator<Item = &str> {
    shape.rules.iter().filter_map(|rule| match &rule.demand {
        Demand::Format(name) => Some(name.as_str()),
        _ => None,
    })
}

fn patterns(shape: &Shape) -> impl Iterator<Item = &Expression> {
    shape.rules.iter().filter_map(|rule| match &rule.demand {
        Demand::Pattern(expression) => Some(&**expression),
        _ => None,
    })
}
