//! What a rule says and what it says it of, in the words of the document rather than in its pointers.

use orderly_document::Pointer;
use serde_json::Value;

use crate::{case::Keyword, coverage::site::Site, document::Document};

/// Longer values are shown up to here.
const LONGEST: usize = 60;

/// The member that a rule is about: `lines[].quantity`, or nothing for the whole value.
pub(super) fn member(document: &Document, site: &Site) -> String {
    let tokens: Vec<String> = site.place.tokens().collect();
    // From where a schema begins: a component's, or the one of a parameter or a body.
    let begin = match tokens.iter().position(|token| token == "schema") {
        Some(schema) => schema + 1,
        None => {
            tokens.iter().position(|token| token == "schemas").map_or(tokens.len(), |schemas| schemas + 2)
        }
    };
    let mut member = component(&tokens).unwrap_or_default();
    let mut rest = tokens.get(begin..).unwrap_or_default().iter();
    while let Some(token) = rest.next() {
        match token.as_str() {
            "properties" => {
                let name = rest.next().map_or("", String::as_str);
                if !member.is_empty() {
                    member.push('.');
                }
                member.push_str(name);
            }
            "items" => member.push_str("[]"),
            "additionalProperties" if rest.len() > 0 => member.push_str("{}"),
            "oneOf" | "anyOf" | "allOf" if rest.len() > 1 => {
                let branch = rest.next().and_then(|index| index.parse::<usize>().ok()).unwrap_or_default();
                member.push_str(&format!("|{}", branch + 1));
            }
            // A member that has to be there.
            "required" if rest.len() > 0 => {
                let name = document.source().get(&site.place).and_then(Value::as_str).unwrap_or_default();
                if !member.is_empty() {
                    member.push('.');
                }
                member.push_str(name);
                break;
            }
            _ => {}
        }
    }
    member
}

fn component(tokens: &[String]) -> Option<String> {
    match tokens {
        [components, schemas, name, ..] if components == "components" && schemas == "schemas" => {
            Some(name.clone())
        }
        _ => None,
    }
}

/// The keyword with its value: `maxLength 64`.
pub(super) fn rule(document: &Document, site: &Site) -> (String, String) {
    let value = match document.source().get(&site.place) {
        // A member's name, which stands beside it.
        Some(Value::String(_)) if site.keyword == Keyword::Required => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(_) | Value::Bool(true)) | None => String::new(),
        Some(Value::Array(items)) if items.iter().any(Value::is_object) => String::new(),
        Some(Value::Array(items)) => {
            let words =
                items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
            words.collect::<Vec<_>>().join(", ")
        }
        Some(other) => other.to_string(),
    };
    let shown = match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value,
    };
    (site.keyword.to_string(), shown)
}

/// `path:line`, where the rule stands.
pub(super) fn line(document: &Document, place: &Pointer) -> String {
    document.source().locate(place.as_str()).to_string()
}
