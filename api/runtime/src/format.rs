//! `format`: the same checks for typed values and for the document's schemas.

use std::net::{Ipv4Addr, Ipv6Addr};

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, NaiveDate};
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
        "date-time" => text.parse::<crate::DateTime>().is_ok(),
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
}
