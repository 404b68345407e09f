//! Moments as the format `date-time` writes them: RFC 3339, section 5.6, and nothing beside it.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::scalar::{FromParameter, InvalidValue, read_text};

/// A moment in the years 0 to 9999 of UTC, which are all that RFC 3339 can write.
///
/// `chrono` alone also reads spaces, other signs, short fields and longer years, which the document's schema refuses.
///
/// ```
/// # use orderly_api_runtime::DateTime;
/// let moment: DateTime = "2026-02-28T10:00:00.5+02:00".parse().unwrap();
/// assert_eq!(moment.to_string(), "2026-02-28T08:00:00.500Z");
/// assert!("2026-02-28 10:00:00Z".parse::<DateTime>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(chrono::DateTime<Utc>);

/// In nanoseconds.
const SECOND: u32 = 1_000_000_000;

/// The length of `2026-02-28T08:00:00.123456789Z`.
const LONGEST: usize = 30;

impl DateTime {
    /// The moment as `chrono` has it.
    pub const fn to_utc(self) -> chrono::DateTime<Utc> {
        self.0
    }

    /// The text, with as many digits of the second's fraction as it takes: none, 3, 6 or 9.
    ///
    /// Digit by digit, because every resource has moments: `chrono`'s formatting costs ten times as much.
    fn written(self, buffer: &mut [u8; LONGEST]) -> &str {
        let (date, time, nanos) = (self.0.date_naive(), self.0.time(), self.0.nanosecond());
        buffer[..20].copy_from_slice(b"0000-00-00T00:00:00.");
        let year = u32::try_from(date.year()).expect("the years of a moment are 0 to 9999");
        write_digits(&mut buffer[..4], year);
        write_digits(&mut buffer[5..7], date.month());
        write_digits(&mut buffer[8..10], date.day());
        write_digits(&mut buffer[11..13], time.hour());
        write_digits(&mut buffer[14..16], time.minute());
        write_digits(&mut buffer[17..19], time.second());
        let (fraction, digits) = match nanos {
            0 => (0, 0),
            nanos if nanos % 1_000_000 == 0 => (nanos / 1_000_000, 3),
            nanos if nanos % 1_000 == 0 => (nanos / 1_000, 6),
            nanos => (nanos, 9),
        };
        write_digits(&mut buffer[20..20 + digits], fraction);
        let end = if digits == 0 { 19 } else { 20 + digits };
        buffer[end] = b'Z';
        str::from_utf8(&buffer[..=end]).expect("digits and signs are ASCII")
    }
}

/// Fills a place with the decimal digits of a number that fits into it.
fn write_digits(place: &mut [u8], mut number: u32) {
    for digit in place.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

impl TryFrom<chrono::DateTime<Utc>> for DateTime {
    type Error = InvalidValue;

    fn try_from(moment: chrono::DateTime<Utc>) -> Result<Self, InvalidValue> {
        // A leap second is the first of the next minute, as for every clock that counts seconds since 1970: another
        // one would not survive being stored.
        let moment = match moment.nanosecond().checked_sub(SECOND) {
            Some(nanos) => {
                chrono::DateTime::from_timestamp(moment.timestamp() + 1, nanos).ok_or_else(refusal)?
            }
            None => moment,
        };
        (0..=9999).contains(&moment.year()).then_some(Self(moment)).ok_or_else(refusal)
    }
}

impl From<DateTime> for chrono::DateTime<Utc> {
    fn from(moment: DateTime) -> Self {
        moment.0
    }
}

impl FromStr for DateTime {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        if !is_written_well(text) {
            return Err(refusal());
        }
        chrono::DateTime::parse_from_rfc3339(text).map_err(|_| refusal())?.to_utc().try_into()
    }
}

impl FromParameter for DateTime {
    fn from_text(text: &str) -> Result<Self, InvalidValue> {
        text.parse()
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.written(&mut [0; LONGEST]))
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_text(deserializer)
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.written(&mut [0; LONGEST]))
    }
}

fn refusal() -> InvalidValue {
    InvalidValue::new("format", "must have the format date-time")
}

/// Whether a text has the shape of a `date-time`; whether it is in the calendar, `chrono` knows.
fn is_written_well(text: &str) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else { return false };
    let (time, offset) = match time.strip_suffix(['Z', 'z']) {
        Some(time) => (time, "+00:00"),
        None => match time.len().checked_sub(6).and_then(|at| time.split_at_checked(at)) {
            Some(parts) => parts,
            None => return false,
        },
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    has_shape(date, "0000-00-00")
        && (has_shape(time, "T00:00:00") || has_shape(time, "t00:00:00"))
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && (has_shape(offset, "+00:00") || has_shape(offset, "-00:00"))
}

/// Whether a text has a digit wherever the shape has `0`, and elsewhere what the shape has.
fn has_shape(text: &str, shape: &str) -> bool {
    let fits = |(byte, wanted): (u8, u8)| if wanted == b'0' { byte.is_ascii_digit() } else { byte == wanted };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_moment_survives_its_text(seconds in -62_167_219_200_i64..253_402_300_800, nanos in 0..1_000_000_000_u32) {
            let moment = DateTime::try_from(chrono::DateTime::from_timestamp(seconds, nanos).unwrap()).unwrap();
            prop_assert_eq!(moment.to_string().parse::<DateTime>(), Ok(moment));
            let json = serde_json::to_string(&moment).unwrap();
            prop_assert_eq!(&json, &format!("\"{moment}\""));
            prop_assert_eq!(serde_json::from_str::<DateTime>(&json).unwrap(), moment);
        }

        #[test]
        fn a_moment_is_written_as_chrono_writes_it(
            seconds in -62_167_219_200_i64..253_402_300_800,
            nanos in 0..1_000_000_000_u32,
            step in prop::sample::select(vec![1, 1_000, 1_000_000, 1_000_000_000]),
        ) {
            let moment = chrono::DateTime::from_timestamp(seconds, nanos / step * step).unwrap();
            let written = DateTime::try_from(moment).unwrap().to_string();
            prop_assert_eq!(written, format!("{moment:?}"));
        }

        #[test]
        fn every_way_to_read_one_agrees_with_the_format(
            text in "[0-9]{4}-(0[1-9]|1[0-3])-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{0,10})?([Zz]|[+\u{2212}-][0-2][0-9]:?[0-6][0-9]|)|\\PC{0,30}",
        ) {
            let good = crate::format::check("date-time", &text);
            prop_assert_eq!(DateTime::from_text(&text).is_ok(), good);
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(serde_json::from_str::<DateTime>(&json).is_ok(), good);
            prop_assert!(!good || chrono::DateTime::parse_from_rfc3339(&text).is_ok());
        }
    }

    #[test]
    fn a_date_time_is_what_rfc_3339_says() {
        for good in [
            "2026-02-28T10:00:00Z",
            "2026-02-28t10:00:00.123456789z",
            "2026-02-28T10:00:00.5+02:30",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59-00:00",
            "1990-12-31T23:59:60Z",
        ] {
            assert!(good.parse::<DateTime>().is_ok(), "{good}");
        }
        for bad in [
            "2026-02-28 10:00:00Z",
            " 2026-02-28T10:00:00Z",
            "2026-02-28T10:00:00 Z",
            "2026-02-28T10:00:00",
            "2026-02-28T10:00Z",
            "2026-02-28T10:00:00.Z",
            "2026-02-28T10:00:00+0200",
            "2026-02-28T10:00:00\u{2212}02:00",
            "2026-2-28T10:00:00Z",
            "+12026-02-28T10:00:00Z",
            "2026-02-30T10:00:00Z",
            "0000-01-01T00:00:00+01:00",
            "9999-12-31T23:59:59-01:00",
            "9999-12-31T23:59:60Z",
            "9999-12-31T18:59:60.5-05:00",
            "",
            "Z",
            "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}",
        ] {
            assert_eq!(bad.parse::<DateTime>().unwrap_err().code, "format", "{bad}");
        }
    }

    #[test]
    fn a_leap_second_is_the_first_of_the_next_minute() {
        let leap: DateTime = "2016-12-31T23:59:60.5Z".parse().unwrap();
        assert_eq!(leap.to_string(), "2017-01-01T00:00:00.500Z");
    }

    #[test]
    fn what_rfc_3339_cannot_write_is_no_moment() {
        for out in [chrono::DateTime::<Utc>::MIN_UTC, chrono::DateTime::<Utc>::MAX_UTC] {
            assert!(DateTime::try_from(out).is_err());
        }
    }
}
