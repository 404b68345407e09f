//! Media types as keys of `content`: what is the same type, and what a range covers.

use crate::node::Node;

/// A media type without case, blanks and `charset`, which JSON and the like do not have.
pub(crate) fn normal(media_type: &str) -> String {
    let lower = media_type.to_ascii_lowercase();
    let parts =
        lower.split(';').map(str::trim).filter(|part| !part.starts_with("charset=") && !part.is_empty());
    parts.collect::<Vec<_>>().join(";")
}

/// Whether everything of one media type is of another one, which may be a range.
pub(crate) fn covers(range: &str, media_type: &str) -> bool {
    let (range, media_type) = (normal(range), normal(media_type));
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(prefix) => media_type.starts_with(prefix),
        None => range == media_type,
    }
}

/// What a `content` says of a media type: the same one, or the most precise range that covers it.
pub(crate) fn find<'d>(content: &Node<'d>, media_type: &str) -> Option<(&'d str, Node<'d>)> {
    let covering = content.entries().filter(|(range, _)| covers(range, media_type));
    covering.max_by_key(|(range, _)| (!range.contains('*'), range.len()))
}

/// The entries of a `content` that can describe a body.
pub(crate) fn content<'d>(holder: &Node<'d>) -> Option<Node<'d>> {
    holder.get("content").filter(|content| content.value.as_object().is_some_and(|types| !types.is_empty()))
}

/// Whether values of a media type are forms, whose members are texts.
pub(crate) fn is_form(media_type: &str) -> bool {
    ["application/x-www-form-urlencoded", "multipart/form-data"].contains(&normal(media_type).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_blanks_and_charset_make_no_other_type() {
        assert_eq!(normal("Application/JSON; Charset=UTF-8"), "application/json");
        assert_eq!(normal("application/json; profile=x"), "application/json;profile=x");
    }

    #[test]
    fn a_range_covers_its_types() {
        assert!(covers("*/*", "text/plain"));
        assert!(covers("text/*", "text/plain; charset=utf-8"));
        assert!(!covers("text/*", "application/json"));
        assert!(!covers("text/plain", "text/*"));
    }
}
