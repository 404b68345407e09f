//! Numbers at, near and inside bounds, on and off multiples.

use fastrand::Rng;
use serde_json::{Number, Value};

use super::Candidate;
use crate::{
    case::Keyword,
    value::{
        kind::Kinds,
        rule::{Demand, float, whole},
        shape::Shape,
    },
};

/// The largest integer that every reader of JSON has exactly (RFC 8259, section 6).
const EXACT: i128 = (1 << 53) - 1;

pub(super) fn candidates(shape: &Shape) -> Vec<Candidate> {
    let mut found = Found { shape, numbers: Vec::new() };
    found.whole(1, "one");
    found.whole(0, "zero");
    for rule in &shape.rules {
        let name = format!("the {}", rule.keyword);
        match &rule.demand {
            Demand::Minimum(limit) | Demand::Maximum(limit) => found.around(limit, &name, rule.keyword),
            Demand::MultipleOf(divisor) => found.beside(divisor, rule.keyword),
            Demand::Format(format) if format == "int32" => {
                found.width(i32::MIN.into(), i32::MAX.into(), "of 32 bits");
            }
            Demand::Format(format) if format == "int64" => {
                found.width(i64::MIN.into(), i64::MAX.into(), "of 64 bits");
            }
            Demand::Enum(values) => {
                for number in values.iter().filter_map(Value::as_number) {
                    found.around(number, "an allowed value", rule.keyword);
                }
            }
            _ => {}
        }
    }
    found.whole(-1, "minus one");
    found.fraction(0.5, "a fraction");
    if limits(shape).1.is_none() && !shape.has(Keyword::Format) {
        found.whole(1 << 31, "more than 32 bits hold");
        found.whole(EXACT, "the largest exact integer");
    }
    found.numbers
}

/// The plainest number that breaks nothing: one, or else what is nearest to zero.
pub(in crate::value) fn plain(shape: &Shape) -> Option<Value> {
    let kept =
        candidates(shape).into_iter().map(|candidate| candidate.value).filter(|value| shape.holds(value));
    let size = |value: &Value| value.as_f64().unwrap_or_default().abs();
    // One says more than nothing.
    kept.min_by(|one, other| (*one != 1).cmp(&(*other != 1)).then(size(one).total_cmp(&size(other))))
}

/// A number at random: near zero or a bound, or anywhere between the bounds.
pub(in crate::value) fn random(shape: &Shape, rng: &mut Rng) -> Option<Value> {
    let (low, high) = limits(shape);
    let divisor = shape.rules.iter().find_map(|rule| match &rule.demand {
        Demand::MultipleOf(divisor) => Some(float(divisor)).filter(|divisor| *divisor > 0.0),
        _ => None,
    });
    let reach = rng.choice([10.0, 1_000.0, 1e6, EXACT as f64])?;
    let (low, high) = match (low.map(|low| float(&low)), high.map(|high| float(&high))) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, low + reach),
        (None, Some(high)) => (high - reach, high),
        (None, None) => (-reach, reach),
    };
    let inside = low + (high - low) * rng.f64();
    let value = match divisor {
        Some(divisor) => tidy((inside / divisor).round() * divisor),
        None if shape.kinds.meets(Kinds::FRACTION) && rng.bool() => tidy((inside * 100.0).round() / 100.0),
        None => integer(inside.round() as i128),
    };
    value.map(Value::Number).filter(|value| shape.holds(value)).or_else(|| {
        let kept: Vec<Value> =
            candidates(shape).into_iter().map(|one| one.value).filter(|value| shape.holds(value)).collect();
        rng.choice(kept)
    })
}

/// The least and the greatest that the bounds leave.
fn limits(shape: &Shape) -> (Option<Number>, Option<Number>) {
    let by_size = |one: &Number, other: &Number| float(one).total_cmp(&float(other));
    let lows = shape.rules.iter().filter_map(|rule| match &rule.demand {
        Demand::Minimum(limit) => Some(limit.clone()),
        Demand::Format(name) if name == "int32" => Some(i32::MIN.into()),
        _ => None,
    });
    let highs = shape.rules.iter().filter_map(|rule| match &rule.demand {
        Demand::Maximum(limit) => Some(limit.clone()),
        Demand::Format(name) if name == "int32" => Some(i32::MAX.into()),
        _ => None,
    });
    (lows.max_by(by_size), highs.min_by(by_size))
}

struct Found<'s> {
    shape: &'s Shape,
    numbers: Vec<Candidate>,
}

impl Found<'_> {
    fn whole(&mut self, number: i128, note: &str) {
        self.add(integer(number), None, note.to_owned());
    }

    fn fraction(&mut self, number: f64, note: &str) {
        if self.shape.kinds.meets(Kinds::FRACTION) {
            self.add(tidy(number), None, note.to_owned());
        }
    }

    fn add(&mut self, number: Option<Number>, about: Option<Keyword>, note: String) {
        if let Some(number) = number {
            self.numbers.push(Candidate::new(Value::Number(number), about, note));
        }
    }

    /// The limit, its neighbours, and the multiples next to it.
    fn around(&mut self, limit: &Number, name: &str, about: Keyword) {
        self.add(Some(limit.clone()), Some(about), name.to_owned());
        let centre = whole(limit).unwrap_or_else(|| float(limit).round() as i128);
        for (step, word) in [(-1, "one below"), (1, "one above"), (-7, "well below"), (7, "well above")] {
            self.add(integer(centre + step), Some(about), format!("{word} {name}"));
        }
        if self.shape.kinds.meets(Kinds::FRACTION) {
            for (step, word) in [(-0.01, "just below"), (0.01, "just above")] {
                self.add(tidy(float(limit) + step), Some(about), format!("{word} {name}"));
            }
        }
        for rule in &self.shape.rules {
            if let Demand::MultipleOf(divisor) = &rule.demand {
                for (times, word) in [(0, "last"), (1, "next"), (-1, "second last"), (2, "second next")] {
                    let number = multiple(limit, divisor, times);
                    self.numbers.extend(number.map(|number| {
                        Candidate::new(
                            Value::Number(number),
                            Some(about),
                            format!("the {word} multiple from {name}"),
                        )
                    }));
                }
            }
        }
    }

    /// Multiples, and numbers between two of them.
    fn beside(&mut self, divisor: &Number, about: Keyword) {
        let (low, high) = limits(self.shape);
        let start = low.or(high).unwrap_or_else(|| 0.into());
        for times in [1, 2, 10] {
            let Some(base) = multiple(&start, divisor, times) else { continue };
            self.add(Some(base.clone()), Some(about), "a multiple".to_owned());
            if let Some(base) = whole(&base) {
                self.add(integer(base + 1), Some(about), "one beside a multiple".to_owned());
            }
            let half = float(&base) + float(divisor) / 2.0;
            if self.shape.kinds.meets(Kinds::FRACTION) {
                self.add(tidy(half), Some(about), "between two multiples".to_owned());
            }
        }
    }

    fn width(&mut self, min: i128, max: i128, name: &str) {
        for (number, word) in [
            (min, "the least integer"),
            (max, "the greatest integer"),
            (min - 1, "one below the least integer"),
            (max + 1, "one above the greatest integer"),
        ] {
            self.add(integer(number), Some(Keyword::Format), format!("{word} {name}"));
        }
    }
}

/// So many multiples beyond the last one that is not above the number.
fn multiple(from: &Number, divisor: &Number, times: i128) -> Option<Number> {
    match (whole(from), whole(divisor)) {
        (_, Some(0)) => None,
        (Some(from), Some(divisor)) => integer((from.div_euclid(divisor) + times) * divisor),
        _ => tidy(((float(from) / float(divisor)).floor() + times as f64) * float(divisor)),
    }
}

/// An integer, if JSON's readers here can hold it.
fn integer(number: i128) -> Option<Number> {
    i64::try_from(number).map(Number::from).or_else(|_| u64::try_from(number).map(Number::from)).ok()
}

/// A decimal fraction as a person writes it: `0.3`, not `0.30000000000000004`. A whole number becomes an integer.
fn tidy(number: f64) -> Option<Number> {
    if number.fract() == 0.0 && number.abs() <= EXACT as f64 {
        return integer(number as i128);
    }
    let rounded: f64 = format!("{number:.10}").parse().ok()?;
    Number::from_f64(rounded)
}
