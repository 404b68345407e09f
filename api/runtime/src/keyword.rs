//! The keywords of JSON Schema that bound a scalar, each checked once, here.

use std::fmt::Display;

use validator::{ValidateLength, ValidateRange};

use crate::{format, pattern::Pattern, scalar::InvalidValue};

type Checked = Result<(), InvalidValue>;

fn demand(is_kept: bool, code: &'static str, detail: impl FnOnce() -> String) -> Checked {
    if is_kept { Ok(()) } else { Err(InvalidValue::new(code, detail())) }
}

/// `minLength`, in characters.
pub fn min_length(text: &str, min: u64) -> Checked {
    demand(text.validate_length(Some(min), None, None), "min_length", || {
        format!("must have at least {min} characters")
    })
}

/// `maxLength`, in characters.
pub fn max_length(text: &str, max: u64) -> Checked {
    demand(text.validate_length(None, Some(max), None), "max_length", || {
        format!("must have at most {max} characters")
    })
}

/// `pattern`.
pub fn pattern(text: &str, pattern: &Pattern, expression: &str) -> Checked {
    demand(pattern.is_match(text), "pattern", || format!("must match {expression}"))
}

/// `format`.
pub fn format(text: &str, name: &str) -> Checked {
    demand(format::check(name, text), "format", || format!("must have the format {name}"))
}

/// `minimum`.
pub fn minimum<T: ValidateRange<T> + Copy + Display>(value: T, limit: T) -> Checked {
    demand(value.validate_range(Some(limit), None, None, None), "minimum", || {
        format!("must be at least {limit}")
    })
}

/// `maximum`.
pub fn maximum<T: ValidateRange<T> + Copy + Display>(value: T, limit: T) -> Checked {
    demand(value.validate_range(None, Some(limit), None, None), "maximum", || {
        format!("must be at most {limit}")
    })
}

/// `minimum` with `exclusiveMinimum: true`.
pub fn exclusive_minimum<T: ValidateRange<T> + Copy + Display>(value: T, limit: T) -> Checked {
    demand(value.validate_range(None, None, Some(limit), None), "exclusive_minimum", || {
        format!("must be more than {limit}")
    })
}

/// `maximum` with `exclusiveMaximum: true`.
pub fn exclusive_maximum<T: ValidateRange<T> + Copy + Display>(value: T, limit: T) -> Checked {
    demand(value.validate_range(None, None, None, Some(limit)), "exclusive_maximum", || {
        format!("must be less than {limit}")
    })
}

/// `multipleOf`.
pub fn multiple_of<T: MultipleOf + Copy + Display>(value: T, divisor: T) -> Checked {
    demand(value.is_multiple_of(divisor), "multiple_of", || format!("must be a multiple of {divisor}"))
}

/// A number that can be a multiple of another.
pub trait MultipleOf: Sized {
    /// Whether it is. A divisor of zero divides nothing.
    fn is_multiple_of(&self, divisor: Self) -> bool;
}

impl MultipleOf for i32 {
    fn is_multiple_of(&self, divisor: Self) -> bool {
        self.checked_rem(divisor).map_or(divisor == -1, |rest| rest == 0)
    }
}

impl MultipleOf for i64 {
    fn is_multiple_of(&self, divisor: Self) -> bool {
        self.checked_rem(divisor).map_or(divisor == -1, |rest| rest == 0)
    }
}

impl MultipleOf for f64 {
    /// Decimal fractions have no exact binary form (0.3 / 0.1 is not 3), hence a tolerance.
    fn is_multiple_of(&self, divisor: Self) -> bool {
        let quotient = *self / divisor;
        quotient.is_finite() && (quotient - quotient.round()).abs() <= 1e-9 * quotient.abs().max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_characters() {
        assert!(max_length("äöü", 3).is_ok());
        assert_eq!(min_length("äö", 3).unwrap_err().code, "min_length");
    }

    #[test]
    fn decimal_multiples_are_exact_to_the_reader() {
        for (value, divisor, expected) in
            [(0.3, 0.1, true), (19.99, 0.01, true), (0.35, 0.1, false), (1.0, 0.0, false)]
        {
            assert_eq!(value.is_multiple_of(divisor), expected, "{value} {divisor}");
        }
        assert!(MultipleOf::is_multiple_of(&i64::MIN, -1));
    }
}
