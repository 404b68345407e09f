//! Which operation a request belongs to: path templates and how they match.

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::document::Operation;

/// A path with parameters, such as `/v1/orders/{order_id}` or `/reports/{name}.{format}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Parameter(String),
}

/// What a path has as it is (RFC 3986, section 3.3); a document's escapes are left alone.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'%')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// What the document knows about a request's method and path.
#[derive(Debug)]
pub enum Match<'d> {
    /// An operation, with the values of its path parameters: decoded, in the order of the path.
    Operation(&'d Operation, Vec<(String, String)>),
    /// The path is known, but not with this method; these are its methods.
    OtherMethods(Vec<Method>),
    /// The path is unknown.
    Nothing,
}

impl Piece {
    fn literal(text: &str) -> Self {
        Self::Literal(utf8_percent_encode(text, PATH).to_string())
    }
}

impl Template {
    /// Reads a template. What stands in braces is a parameter, wherever it stands; a brace without its other half is
    /// itself.
    pub fn new(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, name, after)) = braces(rest) {
            if !before.is_empty() {
                pieces.push(Piece::literal(before));
            }
            pieces.push(Piece::Parameter(name.to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::literal(rest));
        }
        Self { text: text.to_owned(), pieces }
    }

    /// The template as the document writes it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The names of its parameters, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Parameter(name) => Some(name.as_str()),
            Piece::Literal(_) => None,
        })
    }

    /// The template with each parameter replaced by what `value` says for its name.
    pub fn fill(&self, mut value: impl FnMut(&str) -> String) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => text.clone(),
            Piece::Parameter(name) => value(name),
        });
        pieces.collect()
    }

    /// The parameters' decoded values, if the path is one of this template's. An empty value is none.
    pub fn values(&self, path: &str) -> Option<Vec<(String, String)>> {
        let raw = self.raw_values(path)?;
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        Some(raw.into_iter().map(|(name, text)| (name.to_owned(), decoded(text))).collect())
    }

    /// The parameters' values as they were sent.
    pub(crate) fn raw_values<'p>(&'p self, path: &'p str) -> Option<Vec<(&'p str, &'p str)>> {
        let mut values = Vec::new();
        matches(&self.pieces, path, &mut values).then_some(values)
    }

    /// Of two templates that match, the one with fewer parameters counts (OpenAPI 3.0.3, "Path Templating Matching").
    fn parameters(&self) -> usize {
        self.names().count()
    }
}

/// What stands before the first pair of braces, in it, and after it.
fn braces(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// Whether the pieces make up the path. A parameter is as short as it can be, and is never empty nor more than one
/// segment.
fn matches<'p>(pieces: &'p [Piece], path: &'p str, values: &mut Vec<(&'p str, &'p str)>) -> bool {
    match pieces.split_first() {
        None => path.is_empty(),
        Some((Piece::Literal(text), rest)) => {
            path.strip_prefix(text.as_str()).is_some_and(|path| matches(rest, path, values))
        }
        Some((Piece::Parameter(name), rest)) => {
            let segment = path.find('/').unwrap_or(path.len());
            let ends = path[..segment].char_indices().map(|(start, letter)| start + letter.len_utf8());
            // The last parameter of a segment takes the whole rest of it.
            let ends: Vec<usize> = match rest.first() {
                None => vec![segment],
                Some(Piece::Literal(text)) if text.starts_with('/') => vec![segment],
                Some(_) => ends.collect(),
            };
            ends.into_iter().filter(|end| *end > 0).any(|end| {
                let known = values.len();
                values.push((name, &path[..end]));
                let is_match = matches(rest, &path[end..], values);
                if !is_match {
                    values.truncate(known);
                }
                is_match
            })
        }
    }
}

/// Finds the operation of a request. A HEAD request is its GET without a body (RFC 9110, section 9.3.2), unless the
/// document says more of it.
pub(super) fn find<'d>(operations: &'d [Operation], method: &Method, path: &str) -> Match<'d> {
    let here = at(operations, path);
    let with = |method: &Method| here.iter().find(|operation| operation.method == *method);
    let head = || with(&Method::GET).filter(|_| method == Method::HEAD);
    match with(method).or_else(head) {
        Some(operation) => {
            let path = path.strip_prefix(&operation.base).unwrap_or(path);
            Match::Operation(operation, operation.template.values(path).unwrap_or_default())
        }
        None if here.is_empty() => Match::Nothing,
        None => Match::OtherMethods(here.iter().map(|operation| operation.method.clone()).collect()),
    }
}

/// The operations at a path: of the template with the fewest parameters that matches it.
fn at<'d>(operations: &'d [Operation], path: &str) -> Vec<&'d Operation> {
    let matching = all_at(operations, path);
    let fewest = matching.iter().map(|operation| operation.template.parameters()).min().unwrap_or_default();
    matching.into_iter().filter(|operation| operation.template.parameters() == fewest).collect()
}

/// Every operation whose template matches a path, also where another one is more to the point.
pub(super) fn all_at<'d>(operations: &'d [Operation], path: &str) -> Vec<&'d Operation> {
    let is_here = |operation: &&Operation| {
        let path = path.strip_prefix(&operation.base);
        path.is_some_and(|path| operation.template.raw_values(path).is_some())
    };
    operations.iter().filter(is_here).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_takes_paths_of_its_shape_and_decodes_their_values() {
        let template = Template::new("/v1/orders/{order_id}/cancel");
        let value = |text: &str| Some(vec![("order_id".to_owned(), text.to_owned())]);
        assert_eq!(template.values("/v1/orders/ord_1/cancel"), value("ord_1"));
        assert_eq!(template.values("/v1/orders/a%20b/cancel"), value("a b"));
        for other in ["/v1/orders//cancel", "/v1/orders/1", "/v1/orders/1/cancel/", "/v1/orders/1/2/cancel"] {
            assert_eq!(template.values(other), None, "{other}");
        }
    }

    #[test]
    fn a_parameter_may_be_a_part_of_a_segment() {
        for (template, path, expected) in [
            ("/a/{x}.json", "/a/b.json", Some(vec!["b"])),
            ("/a/{x}.json", "/a/b.c.json", Some(vec!["b.c"])),
            ("/a/{x}.json", "/a/.json", None),
            ("/a/{x}.json", "/a/b.xml", None),
            ("/a/{x}-{y}", "/a/1-2", Some(vec!["1", "2"])),
            ("/a/{x}-{y}", "/a/1-2-3", Some(vec!["1", "2-3"])),
            ("/a/{x}{y}", "/a/12", Some(vec!["1", "2"])),
            ("/{x}:act", "/b:act", Some(vec!["b"])),
            ("/a{x}", "/abc/d", None),
            ("/a/{x", "/a/%7Bx", Some(vec![])),
            ("/a b/{x}", "/a%20b/c", Some(vec!["c"])),
            ("/a/{x}/{y}.{z}", "/a/ä/b.c", Some(vec!["ä", "b", "c"])),
        ] {
            let values = Template::new(template).values(path);
            let values: Option<Vec<String>> =
                values.map(|values| values.into_iter().map(|(_, value)| value).collect());
            let expected = expected.map(|values| values.into_iter().map(str::to_owned).collect());
            assert_eq!(values, expected, "{template} {path}");
        }
    }

    #[test]
    fn a_filled_template_matches_itself() {
        let template = Template::new("/a/{x}/b/{y}");
        let path = template.fill(|name| format!("value-of-{name}"));
        assert_eq!(path, "/a/value-of-x/b/value-of-y");
        assert!(template.values(&path).is_some());
    }
}
