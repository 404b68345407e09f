//! Which operation a request belongs to: path templates and how they match.

use http::Method;
use percent_encoding::percent_decode_str;

use super::document::Operation;

/// A path with parameters, such as `/v1/orders/{order_id}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    text: String,
    segments: Vec<Segment>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Parameter(String),
}

/// What the document knows about a request's method and path.
#[derive(Debug)]
pub enum Match<'d> {
    /// An operation, with the values of its path parameters.
    Operation(&'d Operation, Vec<(String, String)>),
    /// The path is known, but not with this method; these are its methods.
    OtherMethods(Vec<Method>),
    /// The path is unknown.
    Nothing,
}

impl Template {
    /// Reads a template. A segment is literal or one whole `{parameter}`.
    pub fn new(text: &str) -> Self {
        let segment = |text: &str| match text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) => Segment::Parameter(name.to_owned()),
            None => Segment::Literal(text.to_owned()),
        };
        Self { text: text.to_owned(), segments: text.split('/').map(segment).collect() }
    }

    /// The template as the document writes it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The template with each parameter replaced by what `value` says for its name.
    pub fn fill(&self, mut value: impl FnMut(&str) -> String) -> String {
        let segments = self.segments.iter().map(|segment| match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Parameter(name) => value(name),
        });
        segments.collect::<Vec<_>>().join("/")
    }

    /// The parameters' decoded values, if the path is one of this template's. An empty value is none.
    pub fn values(&self, path: &str) -> Option<Vec<(String, String)>> {
        let given: Vec<&str> = path.split('/').collect();
        if given.len() != self.segments.len() {
            return None;
        }
        let mut values = Vec::new();
        for (segment, text) in self.segments.iter().zip(given) {
            match segment {
                Segment::Literal(literal) if literal == text => {}
                Segment::Parameter(name) if !text.is_empty() => {
                    let value = percent_decode_str(text).decode_utf8_lossy().into_owned();
                    values.push((name.clone(), value));
                }
                _ => return None,
            }
        }
        Some(values)
    }

    /// Of two templates that match, the one with fewer parameters counts (OpenAPI 3.0.3, "Path Templating Matching").
    fn parameters(&self) -> usize {
        self.segments.iter().filter(|segment| matches!(segment, Segment::Parameter(_))).count()
    }
}

/// Finds the operation of a request. A HEAD request is its GET without a body (RFC 9110, section 9.3.2).
pub(super) fn find<'d>(operations: &'d [Operation], method: &Method, path: &str) -> Match<'d> {
    let matching = operations.iter().filter(|operation| operation.template.values(path).is_some());
    let Some(fewest) = matching.clone().map(|operation| operation.template.parameters()).min() else {
        return Match::Nothing;
    };
    let here: Vec<&Operation> =
        matching.filter(|operation| operation.template.parameters() == fewest).collect();
    let wanted = if method == Method::HEAD { &Method::GET } else { method };
    match here.iter().find(|operation| operation.method == wanted) {
        Some(operation) => Match::Operation(operation, operation.template.values(path).unwrap_or_default()),
        None => Match::OtherMethods(here.iter().map(|operation| operation.method.clone()).collect()),
    }
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
    fn a_filled_template_matches_itself() {
        let template = Template::new("/a/{x}/b/{y}");
        let path = template.fill(|name| format!("value-of-{name}"));
        assert_eq!(path, "/a/value-of-x/b/value-of-y");
        assert!(template.values(&path).is_some());
    }
}
