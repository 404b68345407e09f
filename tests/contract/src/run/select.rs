//! Which operations are meant: by id, by tag, or by a pattern.

use super::RunError;
use crate::document::{Document, Operation};

/// A name that is less like the wanted one is not offered instead.
const LIKENESS: f64 = 0.7;

/// The operations that the wanted names mean, in the document's order: an id, `tag:NAME`, or a pattern in which `*` stands
/// for any text. All of them, if nothing is wanted in particular.
///
/// # Errors
/// A name that means nothing.
pub fn select<'d>(document: &'d Document, wanted: &[String]) -> Result<Vec<&'d Operation>, RunError> {
    for name in wanted {
        if !document.operations().iter().any(|operation| is_meant(operation, name)) {
            return Err(RunError::NoOperation { wanted: name.clone(), nearest: nearest(document, name) });
        }
    }
    let is_wanted =
        |operation: &&Operation| wanted.is_empty() || wanted.iter().any(|name| is_meant(operation, name));
    Ok(document.operations().iter().filter(is_wanted).collect())
}

fn is_meant(operation: &Operation, wanted: &str) -> bool {
    match wanted.strip_prefix("tag:") {
        Some(tag) => operation.tag == tag,
        None => operation.id == wanted || matches(wanted, &operation.id),
    }
}

/// Whether a text is of a pattern in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((begin, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(begin) else { return false };
    let Some((middle, end)) = rest.rsplit_once('*') else { return text.ends_with(rest) };
    for part in middle.split('*') {
        let Some(at) = text.find(part) else { return false };
        text = &text[at + part.len()..];
    }
    text.ends_with(end)
}

fn nearest(document: &Document, wanted: &str) -> Vec<String> {
    let names = document.operations().iter().flat_map(|operation| {
        let tag = Some(&operation.tag).filter(|tag| !tag.is_empty()).map(|tag| format!("tag:{tag}"));
        [Some(operation.id.clone()), tag].into_iter().flatten()
    });
    let mut like: Vec<(f64, String)> = names
        .map(|name| (strsim::jaro_winkler(&name, wanted), name))
        .filter(|(like, _)| *like > LIKENESS)
        .collect();
    like.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    like.dedup();
    like.into_iter().map(|(_, name)| name).take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_any_text() {
        let cases = [
            ("list_*", "list_orders", true),
            ("*_orders", "list_orders", true),
            ("*order*", "list_orders", true),
            ("l*o*s", "list_orders", true),
            ("*", "", true),
            ("list", "list_orders", false),
            ("list_*s*x", "list_orders", false),
            ("*a", "list_orders", false),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
