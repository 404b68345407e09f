//! Conditional requests (RFC 9110, section 13): entity tags for versions, and what `If-Match` and `If-None-Match` say.

use orderly_domain::Version;

use crate::service::Precondition;

/// The strong entity tag of a version.
pub(super) fn entity_tag(version: Version) -> String {
    format!("\"v{}\"", version.number())
}

/// What `If-Match` expects. Weak tags never match, because the comparison is the strong one; nor does what is no
/// entity tag of ours.
pub(super) fn precondition(if_match: Option<&str>) -> Precondition {
    match if_match.map(str::trim) {
        None => Precondition::Unstated,
        Some("*") => Precondition::Any,
        Some(list) => {
            let tags = entity_tags(list).unwrap_or_default();
            let strong = tags.into_iter().filter(|tag| !tag.weak);
            Precondition::OneOf(strong.filter_map(|tag| tag.version()).collect())
        }
    }
}

/// Whether `If-None-Match` names this version, so that the answer is 304. The comparison is the weak one.
pub(super) fn is_known(if_none_match: Option<&str>, version: Version) -> bool {
    match if_none_match.map(str::trim) {
        None => false,
        Some("*") => true,
        Some(list) => entity_tags(list).unwrap_or_default().iter().any(|tag| tag.version() == Some(version)),
    }
}

/// An entity tag without its quotes.
#[derive(Debug, PartialEq, Eq)]
struct EntityTag<'a> {
    weak: bool,
    opaque: &'a str,
}

impl EntityTag<'_> {
    /// The version, if the tag is one that [`entity_tag`] makes.
    fn version(&self) -> Option<Version> {
        let version = Version::from_number(self.opaque.strip_prefix('v')?.parse().ok()?);
        // Not "v07" or "v+7": they are other tags.
        (entity_tag(version).trim_matches('"') == self.opaque).then_some(version)
    }
}

/// The members of a list of entity tags, unless it is malformed (RFC 9110, sections 5.6.1 and 8.8.3). A comma may stand
/// within quotes, and members may be empty.
fn entity_tags(mut list: &str) -> Option<Vec<EntityTag<'_>>> {
    let mut tags = Vec::new();
    loop {
        list = list.trim_start_matches([' ', '\t', ',']);
        if list.is_empty() {
            return Some(tags);
        }
        let (weak, quoted) = match list.strip_prefix("W/") {
            Some(rest) => (true, rest),
            None => (false, list),
        };
        let (opaque, rest) = quoted.strip_prefix('"')?.split_once('"')?;
        let is_text = |byte: u8| byte > b' ' && byte != 0x7f;
        list = rest.trim_start_matches([' ', '\t']);
        if !opaque.bytes().all(is_text) || !(list.is_empty() || list.starts_with(',')) {
            return None;
        }
        tags.push(EntityTag { weak, opaque });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one_of(numbers: &[i64]) -> Precondition {
        Precondition::OneOf(numbers.iter().copied().map(Version::from_number).collect())
    }

    #[test]
    fn if_match_names_versions() {
        for (header, expected) in [
            (None, Precondition::Unstated),
            (Some("*"), Precondition::Any),
            (Some(r#""v7""#), one_of(&[7])),
            (Some(r#" "v7" , "v8","v9" "#), one_of(&[7, 8, 9])),
            (Some(r#"W/"v7""#), one_of(&[])),
            (Some(r#"W/"v7", "v8""#), one_of(&[8])),
            (Some(r#""a,b", "v8""#), one_of(&[8])),
            (Some(r#""v07", "v+7", "7", "v""#), one_of(&[])),
            (Some(r#", "v7",, "v8" ,"#), one_of(&[7, 8])),
            (Some(r#""v7"x"#), one_of(&[])),
            (Some(r#""v7" "v8""#), one_of(&[])),
            (Some(r#""v7", v8"#), one_of(&[])),
            (Some(r#""v7", "a b""#), one_of(&[])),
            (Some("v7"), one_of(&[])),
            (Some(r#""v7"#), one_of(&[])),
        ] {
            assert_eq!(precondition(header), expected, "{header:?}");
        }
    }

    #[test]
    fn if_none_match_is_true_of_weak_and_strong_tags() {
        let version = Version::from_number(7);
        for (header, expected) in [
            (None, false),
            (Some("*"), true),
            (Some(r#""v7""#), true),
            (Some(r#"W/"v7""#), true),
            (Some(r#""v6", W/"v7""#), true),
            (Some(r#""v6""#), false),
            (Some(r#""v7"x"#), false),
            (Some(r#""v7" "v8""#), false),
            (Some("v7"), false),
        ] {
            assert_eq!(is_known(header, version), expected, "{header:?}");
        }
    }

    proptest! {
        #[test]
        fn the_tag_of_a_version_matches_that_version_only(a in 1i64.., b in 1i64..) {
            let (a, b) = (Version::from_number(a), Version::from_number(b));
            prop_assert_eq!(precondition(Some(&entity_tag(a))), Precondition::OneOf(vec![a]));
            prop_assert!(is_known(Some(&entity_tag(a)), a));
            prop_assert_eq!(is_known(Some(&entity_tag(a)), b), a == b);
        }

        #[test]
        fn any_header_is_read(text in "[Wv/\",0-9* ]{0,40}") {
            let _ = (precondition(Some(&text)), is_known(Some(&text), Version::FIRST));
        }
    }
}
