//! The patterns that documents mostly have, without a regular expression's engine: a whole text, place by place, such as
//! `^ord_[0-7][0-9a-z]{25}$`.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// A pattern over a whole text in ASCII: runs of bytes, one after the other, that can be read without going back.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sequence(Vec<Run>);

/// Bytes of a set, so many at least and at most.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    set: ByteSet,
    min: u32,
    max: u32,
}

/// A set of ASCII bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct ByteSet(u128);

impl Sequence {
    /// The expression as a sequence, if it is one.
    pub(super) fn of(expression: &str) -> Option<Self> {
        let hir = regex_syntax::parse(expression).ok()?;
        let HirKind::Concat(parts) = hir.kind() else { return None };
        let [first, middle @ .., last] = parts.as_slice() else { return None };
        let is_anchored =
            matches!((first.kind(), last.kind()), (HirKind::Look(Look::Start), HirKind::Look(Look::End)));
        if !is_anchored {
            return None;
        }
        let mut runs = Vec::new();
        for part in middle {
            add(part, &mut runs)?;
        }
        is_deterministic(&runs).then_some(Self(runs))
    }

    /// Whether the whole text is in the sequence.
    pub(super) fn is_match(&self, text: &str) -> bool {
        let mut rest = text.as_bytes();
        for run in &self.0 {
            let most = rest.len().min(run.max as usize);
            let length = rest[..most].iter().take_while(|byte| run.set.contains(**byte)).count();
            if length < run.min as usize {
                return false;
            }
            rest = &rest[length..];
        }
        rest.is_empty()
    }
}

/// Adds the runs of a part, if it consists of such.
fn add(part: &Hir, runs: &mut Vec<Run>) -> Option<()> {
    match part.kind() {
        HirKind::Literal(literal) => {
            for byte in &literal.0 {
                runs.push(Run { set: ByteSet::default().with(*byte, *byte)?, min: 1, max: 1 });
            }
        }
        HirKind::Class(class) => runs.push(Run { set: set(class)?, min: 1, max: 1 }),
        HirKind::Repetition(repetition) => {
            let mut repeated = Vec::new();
            add(&repetition.sub, &mut repeated)?;
            let [Run { set, min: 1, max: 1 }] = repeated.as_slice() else { return None };
            // A lazy repetition of a whole text takes what a greedy one takes.
            runs.push(Run { set: *set, min: repetition.min, max: repetition.max.unwrap_or(u32::MAX) });
        }
        _ => return None,
    }
    Some(())
}

fn set(class: &Class) -> Option<ByteSet> {
    let mut set = ByteSet::default();
    match class {
        Class::Unicode(class) => {
            for range in class.ranges() {
                set = set.with(u8::try_from(range.start()).ok()?, u8::try_from(range.end()).ok()?)?;
            }
        }
        Class::Bytes(class) => {
            for range in class.ranges() {
                set = set.with(range.start(), range.end())?;
            }
        }
    }
    Some(set)
}

/// Whether taking as much as there is for each run is right: what may follow a run of open length has none of its bytes.
fn is_deterministic(runs: &[Run]) -> bool {
    runs.iter().enumerate().filter(|(_, run)| run.min != run.max).all(|(index, run)| {
        for next in &runs[index + 1..] {
            if next.set.0 & run.set.0 != 0 {
                return false;
            }
            if next.min > 0 {
                break;
            }
        }
        true
    })
}

impl ByteSet {
    /// With a range of bytes, if they are ASCII.
    fn with(self, first: u8, last: u8) -> Option<Self> {
        let bits = (first..=last).map(|byte| 1u128.checked_shl(byte.into()));
        bits.sum::<Option<u128>>().map(|bits| Self(self.0 | bits))
    }

    fn contains(self, byte: u8) -> bool {
        byte.is_ascii() && self.0 >> byte & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_can_be_read_without_going_back_is_a_sequence() {
        for expression in [
            "^usr_[0-7][0-9a-hjkmnp-tv-z]{25}$",
            r"^[\x21-\x7E]{1,128}$",
            r"^\+?[0-9][0-9 ()./-]{2,29}$",
            "^[A-Z]{3}$",
            "^a*b+c?$",
            "^a?$",
        ] {
            assert!(Sequence::of(expression).is_some(), "{expression}");
        }
        for expression in [
            r"\S",
            "^a",
            "a$",
            "^a*a$",
            "^a?b*a$",
            "^(ab)+$",
            "^a|b$",
            "^é$",
            "^[^a]$",
            r"^\bab$",
            "^(?:a|bc)$",
        ] {
            assert_eq!(Sequence::of(expression), None, "{expression}");
        }
    }

    proptest! {
        #[test]
        fn a_sequence_matches_what_the_engine_matches(
            parts in prop::collection::vec(
                (prop::sample::select(vec!["a", "[ab]", "[^c-\u{10ffff}]", "[b-d]", "e", r"\x7f"]), 0..3u32, 0..3u32),
                1..5,
            ),
            texts in prop::collection::vec("[a-e\u{7f}é\n]{0,8}", 1..20),
        ) {
            let part = |(set, min, more): &(&str, u32, u32)| format!("{set}{{{min},{}}}", min + more);
            let expression = format!("^{}$", parts.iter().map(part).collect::<String>());
            let engine = fancy_regex::Regex::new(&expression).unwrap();
            if let Some(sequence) = Sequence::of(&expression) {
                for text in texts {
                    let expected = engine.is_match(&text).unwrap();
                    prop_assert_eq!(sequence.is_match(&text), expected, "{} {:?}", expression, text);
                }
            }
        }
    }
}
