//! Links that the document declares (OpenAPI 3.0.3, "Link Object"), as places that name a thing.

use orderly_document::Pointer;

use super::{
    Graph,
    graph::{Source, Yield},
    site::Step,
};
use crate::document::{Document, Link, Operation};

/// Every linked value that becomes a path parameter: the operation and its answer that have the link, and the value.
pub(super) fn all(document: &Document, graph: &Graph) -> Vec<(String, String, Yield)> {
    let mut found = Vec::new();
    for operation in document.operations() {
        for (name, answer) in &operation.answers {
            for link in &answer.links {
                let linked = yields(document, graph, operation, link);
                found.extend(linked.into_iter().map(|one| (operation.id.clone(), name.clone(), one)));
            }
        }
    }
    found
}

fn yields(document: &Document, graph: &Graph, operation: &Operation, link: &Link) -> Vec<Yield> {
    let Some(target) = document.linked(link) else { return Vec::new() };
    let parameters = link.parameters.iter();
    parameters
        .filter_map(|(name, expression)| {
            // A name may be told apart by its place: `path.id`.
            let name = name.strip_prefix("path.").unwrap_or(name);
            let kind = graph.of_parameter(target, name)?;
            let source = source(expression.as_str()?)?;
            // What was in the request's path is not made by this answer.
            let own = !matches!(source, Source::RequestPath(_) | Source::RequestQuery(_))
                && graph.uses(operation).action.is_some_and(|(_, about)| about == kind);
            Some(Yield { kind, source, own })
        })
        .collect()
}

/// A runtime expression (OpenAPI 3.0.3, "Runtime Expressions").
fn source(expression: &str) -> Option<Source> {
    let body = |pointer: &str| Pointer::from(pointer).tokens().map(Step::Member).collect();
    let expression = expression.strip_prefix('$')?;
    if let Some(pointer) = expression.strip_prefix("response.body#") {
        return Some(Source::Body(body(pointer)));
    }
    if let Some(pointer) = expression.strip_prefix("request.body#") {
        return Some(Source::RequestBody(body(pointer)));
    }
    if let Some(name) = expression.strip_prefix("response.header.") {
        return Some(Source::Header(name.to_owned()));
    }
    if let Some(name) = expression.strip_prefix("request.path.") {
        return Some(Source::RequestPath(name.to_owned()));
    }
    expression.strip_prefix("request.query.").map(|name| Source::RequestQuery(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runtime_expressions_name_a_place_of_the_exchange() {
        let member = |name: &str| Step::Member(name.to_owned());
        let cases = [
            ("$response.body#/id", Some(Source::Body(vec![member("id")]))),
            ("$response.body#/a~1b/c", Some(Source::Body(vec![member("a/b"), member("c")]))),
            ("$response.body#", Some(Source::Body(Vec::new()))),
            ("$request.body#/name", Some(Source::RequestBody(vec![member("name")]))),
            ("$response.header.Location", Some(Source::Header("Location".to_owned()))),
            ("$request.path.id", Some(Source::RequestPath("id".to_owned()))),
            ("$request.query.id", Some(Source::RequestQuery("id".to_owned()))),
            ("$url", None),
            ("a constant", None),
        ];
        for (expression, expected) in cases {
            assert_eq!(source(expression), expected, "{expression}");
        }
    }
}
