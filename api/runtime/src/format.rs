//! `format`: the same checks for typed values and for the document's schemas.

use std::net::{Ipv4Addr, Ipv6Addr};

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use uuid::Uuid;
use validator::ValidateEmail;

/// Every format that is asserted. Others are annotations only, as JSON Schema has it.
pub const ASSERTED: &[&str] = &[
    "byte",
    "date",
    "date-time",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "json-pointer",
    "regex",
    "time",
    "uri",
    "uri-reference",
    "uuid",
];

/// Whether a text has the named format; always true for formats that are not asserted.
///
/// `date` and `uuid` are what `chrono` and `uuid` read, because typed values are read by them.
pub fn check(name: &str, text: &str) -> bool {
    match name {
        "byte" => STANDARD.decode(text).is_ok(),
        "date" => text.parse::<NaiveDate>().is_ok(),
        "date-time" => date_time(text).is_some(),
        "email" => text.validate_email(),
        "hostname" => is_hostname(text),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "json-pointer" => is_json_pointer(text),
        "regex" => crate::pattern::Pattern::is_supported(text),
        "time" => DateTime::parse_from_rfc3339(&format!("1970-01-01T{text}")).is_ok(),
        "uri" => fluent_uri::Uri::parse(text).is_ok(),
        "uri-reference" => fluent_uri::UriRef::parse(text).is_ok(),
        "uuid" => Uuid::try_parse(text).is_ok(),
        _ => true,
    }
}

/// A `date-time` of RFC 3339, section 5.6. `chrono` alone also takes spaces, other signs and short fields.
///
/// The year stays one of four digits in UTC, too: answers could not say it otherwise.
pub(crate) fn date_time(text: &str) -> Option<DateTime<Utc>> {
    let (date, time) = text.split_at_checked(10)?;
    let (time, offset) = match time.strip_suffix(['Z', 'z']) {
        Some(time) => (time, None),
        None => {
            let (time, offset) = time.split_at_checked(time.len().checked_sub(6)?)?;
            (time, Some(offset))
        }
    };
    let (time, fraction) = match time.split_once('.') {
        Some((time, fraction)) => (time, Some(fraction)),
        None => (time, None),
    };
    let is_written_well = has_shape(date, "0000-00-00")
        && has_shape(&time.to_ascii_uppercase(), "T00:00:00")
        && fraction
            .is_none_or(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
        && offset.is_none_or(|offset| has_shape(offset, "+00:00") || has_shape(offset, "-00:00"));
    let instant = DateTime::parse_from_rfc3339(text).ok().filter(|_| is_written_well)?.to_utc();
    (0..=9999).contains(&instant.year()).then_some(instant)
}

/// Whether a text has a digit wherever the shape has `0`, and elsewhere what the shape has.
fn has_shape(text: &str, shape: &str) -> bool {
    let fits = |(byte, wanted): (u8, u8)| if wanted == b'0' { byte.is_ascii_digit() } else { byte == wanted };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

/// Whether texts of a format must not be shown in logs.
pub const fn is_secret(name: &str) -> bool {
    matches!(name.as_bytes(), b"password")
}

/// RFC 1123, section 2.1.
fn is_hostname(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// RFC 6901, section 3.
fn is_json_pointer(text: &str) -> bool {
    let is_escaped = |text: &str| text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    text.is_empty() || (text.starts_with('/') && is_escaped(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_accept_and_refuse() {
        for (name, good, bad) in [
            ("byte", "aGk=", "a"),
            ("date", "2026-02-28", "2026-02-30"),
            ("date-time", "2026-02-28T10:00:00Z", "2026-02-28"),
            ("email", "ada@example.com", "ada@"),
            ("hostname", "shop.example.com", "-shop.example.com"),
            ("ipv4", "127.0.0.1", "127.0.0.256"),
            ("ipv6", "::1", ":::"),
            ("json-pointer", "/a~1b/0", "/a~2"),
            ("regex", "^a$", "("),
            ("time", "10:00:00Z", "25:00:00Z"),
            ("uri", "https://example.com/a?b#c", "/relative"),
            ("uri-reference", "/relative", "\\"),
            ("uuid", "67e55044-10b1-426f-9247-bb680e5fe0c8", "67e5"),
        ] {
            assert!(ASSERTED.contains(&name));
            assert!(check(name, good), "{name} {good}");
            assert!(!check(name, bad), "{name} {bad}");
        }
        assert!(check("color", "anything"));
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
            assert!(check("date-time", good), "{good}");
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
            "",
            "Z",
            "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}",
        ] {
            assert!(!check("date-time", bad), "{bad}");
        }
    }
}
