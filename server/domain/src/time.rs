//! Time as the shop counts it: microseconds since 1970 in UTC, the finest that both databases keep.

use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// A moment, in microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// This moment.
    pub fn now() -> Self {
        Utc::now().into()
    }

    /// The moment this many microseconds after 1970.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The moment `earlier` before this one; the beginning of time if it would be before that.
    pub fn before(self, earlier: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(earlier.as_micros()).unwrap_or(i64::MAX)))
    }

    /// The moment `later` after this one; the end of time if it would be after that.
    pub fn after(self, later: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(later.as_micros()).unwrap_or(i64::MAX)))
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.trunc_subsecs(6).timestamp_micros())
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(at: Timestamp) -> Self {
        // The calendar ends before the microseconds do, on both sides.
        let end = if at.0 < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
        DateTime::UNIX_EPOCH.checked_add_signed(TimeDelta::microseconds(at.0)).unwrap_or(end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The years 1 to 9999, as RFC 3339 writes them.
    const YEARS: std::ops::Range<i64> = -62_135_596_800_000_000..253_402_300_800_000_000;

    proptest! {
        #[test]
        fn a_timestamp_survives_the_calendar(micros in YEARS) {
            let timestamp = Timestamp::from_micros(micros);
            prop_assert_eq!(Timestamp::from(DateTime::<Utc>::from(timestamp)), timestamp);
        }

        #[test]
        fn a_timestamp_survives_rfc_3339(micros in YEARS) {
            let timestamp = Timestamp::from_micros(micros);
            let text = DateTime::<Utc>::from(timestamp).to_rfc3339();
            let read = DateTime::parse_from_rfc3339(&text).unwrap().to_utc();
            prop_assert_eq!(Timestamp::from(read), timestamp);
        }

        #[test]
        fn any_number_is_a_moment_and_moments_keep_their_order(a: i64, b: i64) {
            let date = |micros| DateTime::<Utc>::from(Timestamp::from_micros(micros));
            prop_assert!(a > b || date(a) <= date(b));
        }

        #[test]
        fn later_is_not_earlier(micros: i64, seconds: u64) {
            let now = Timestamp::from_micros(micros);
            prop_assert!(now.after(Duration::from_secs(seconds)) >= now);
            prop_assert!(now.before(Duration::from_secs(seconds)) <= now);
        }

        #[test]
        fn there_and_back_is_the_same_moment(micros in YEARS, seconds in 0..1_000_000_u64) {
            let (now, span) = (Timestamp::from_micros(micros), Duration::from_secs(seconds));
            prop_assert_eq!(now.after(span).before(span), now);
        }
    }

    #[test]
    fn parts_of_a_microsecond_are_dropped() {
        let date = DateTime::from_timestamp(1, 123_456_789).unwrap();
        assert_eq!(Timestamp::from(date), Timestamp::from_micros(1_123_456));
    }

    #[test]
    fn time_ends_instead_of_beginning_again() {
        let end = Timestamp::from_micros(i64::MAX);
        assert_eq!(end.after(Duration::from_micros(1)), end);
        assert_eq!(Timestamp::from_micros(0).after(Duration::MAX), end);
        let beginning = Timestamp::from_micros(i64::MIN);
        assert_eq!(beginning.before(Duration::from_micros(1)), beginning);
    }
}
