//! Texts that have a `format`, and texts that do not.

/// Texts of a format, the most usual first; none for formats of which nothing is known.
pub(super) fn texts(name: &str) -> &'static [&'static str] {
    match name {
        "byte" => &["aGVsbG8=", "", "AA==", "+/+/"],
        "date" => &["2026-02-28", "2024-02-29", "1999-12-31"],
        "date-time" => &[
            "2026-02-28T10:00:00Z",
            "2026-02-28T10:00:00.123Z",
            "2026-02-28T12:30:00+02:00",
            "2024-02-29T23:59:59-11:30",
        ],
        "email" => &["ada@example.com", "ada.l+orders@mail.example.com", "a@b.co"],
        "hostname" => &["shop.example.com", "localhost", "a-1.example"],
        "ipv4" => &["127.0.0.1", "192.0.2.255"],
        "ipv6" => &["2001:db8::1", "::1", "2001:db8:0:0:0:0:0:1"],
        "json-pointer" => &["/a/0", "", "/a~1b"],
        "regex" => &["^a$", "[0-9]+"],
        "time" => &["10:00:00Z", "23:59:59+02:00"],
        "uri" => &["https://example.com/a?b=c#d", "urn:isbn:0451450523", "https://example.com"],
        "uri-reference" => &["/a/b?c=d", "https://example.com/a", ""],
        "uuid" => &["67e55044-10b1-426f-9247-bb680e5fe0c8", "00000000-0000-4000-8000-000000000000"],
        // What is not checked, in the form that most servers mean.
        "duration" => &["P1D"],
        "url" | "iri" => &["https://example.com/a"],
        "idn-email" => &["ada@example.com"],
        "idn-hostname" => &["shop.example.com"],
        "ip" | "ipv4-address" => &["127.0.0.1"],
        "uuid4" | "guid" | "uuidv4" => &["67e55044-10b1-426f-9247-bb680e5fe0c8"],
        "datetime" | "timestamp" => &["2026-02-28T10:00:00Z"],
        "decimal" | "number" | "money" | "int64" | "int32" | "integer" => &["1"],
        "float" | "double" => &["1.5"],
        _ => &[],
    }
}

/// Texts that a format refuses, whoever reads it.
pub(super) fn broken(name: &str) -> &'static [&'static str] {
    match name {
        "byte" => &["a", "***=", "a$b="],
        "date" => &["2026-02-30", "2026-13-01", "28.02.2026", "yesterday"],
        "date-time" => &["2026-02-28", "2026-02-28T25:00:00Z", "2026-02-28T10:00:00", "yesterday at ten"],
        "email" => &["ada.example.com", "ada@", "@example.com", "ada lovelace@example.com"],
        "hostname" => &["-shop.example.com", "shop example", "shop_.example!com"],
        "ipv4" => &["127.0.0.256", "127.0.0", "example.com"],
        "ipv6" => &[":::", "2001:db8::1::1", "127.0.0.1"],
        "json-pointer" => &["a/b", "/a~2"],
        "regex" => &["(", "[a"],
        "time" => &["25:00:00Z", "ten"],
        "uri" => &["/relative", "https://exa mple.com", "example.com<>"],
        "uri-reference" => &["\\", "a b"],
        "uuid" => {
            &["67e55044-10b1-426f-9247-bb680e5fe0cz", "67e55044", "67e55044-10b1-426f-9247-bb680e5fe0c80"]
        }
        _ => &[],
    }
}

/// A text of this format and length, where the format leaves the length open.
pub(super) fn text(name: &str, length: usize) -> Option<String> {
    let around = |before: &str, after: &str| {
        let inner = length.checked_sub(before.len() + after.len())?;
        Some(format!("{before}{}{after}", "a".repeat(inner)))
    };
    match name {
        "byte" => length.is_multiple_of(4).then(|| "A".repeat(length)),
        "regex" | "uri-reference" => Some("a".repeat(length)),
        "json-pointer" if length > 0 => around("/", ""),
        "uri" => around("https://example.com/", "").or_else(|| around("a:", "").filter(|_| length > 2)),
        "hostname" => labels(length),
        // RFC 5321, section 4.5.3.1: 64 octets before the sign.
        "email" => match length {
            0..=4 => None,
            5..=12 => around("", "@b.c"),
            13..=76 => around("", "@example.com"),
            _ => labels(length - 65).map(|host| format!("{}@{host}", "a".repeat(64))),
        },
        _ => texts(name).iter().find(|text| text.len() == length).map(|text| (*text).to_owned()),
    }
}

/// A host name of this length: labels have 63 characters at most (RFC 1035, section 2.3.4).
fn labels(length: usize) -> Option<String> {
    if length == 0 || length > 253 {
        return None;
    }
    let dots = |index: &usize| index % 60 == 59 && index + 1 < length;
    Some((0..length).map(|index| if dots(&index) { '.' } else { 'a' }).collect())
}

#[cfg(test)]
mod tests {
    use orderly_api_runtime::format::{ASSERTED, check};

    use super::*;

    #[test]
    fn every_format_that_is_checked_has_texts_and_broken_ones() {
        for name in ASSERTED {
            assert!(!texts(name).is_empty() && !broken(name).is_empty(), "{name}");
            for text in texts(name) {
                assert!(check(name, text), "{name} {text}");
            }
            for text in broken(name) {
                assert!(!check(name, text), "{name} {text}");
            }
        }
    }

    #[test]
    fn a_text_of_a_format_has_the_length_that_is_asked_for() {
        for name in ASSERTED {
            for length in 0..260 {
                if let Some(text) = text(name, length) {
                    assert_eq!(text.len(), length, "{name} {text}");
                    assert!(check(name, &text), "{name} {text}");
                }
            }
        }
        assert!(text("email", 254).is_some_and(|text| text.len() == 254));
    }
}
