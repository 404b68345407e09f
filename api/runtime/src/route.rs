//! The route table: an endpoint for each operation, under poem's form of its path.

use std::{collections::HashMap, sync::Arc};

use poem::{EndpointExt, Request, Response, endpoint::BoxEndpoint, http::Method};
use poem_openapi::OperationId;

use crate::{body::Limits, call::Call, failure::Failure, operation::Operation, schema::Schemas};

/// poem-openapi's table of endpoints: path, then method.
pub type RouteTable = HashMap<String, HashMap<Method, BoxEndpoint<'static>>>;

/// Puts the operations of one service into a table.
pub struct Routing<'t, T> {
    service: Arc<T>,
    limits: Limits,
    schemas: &'static Schemas,
    table: &'t mut RouteTable,
}

impl<'t, T: Send + Sync + 'static> Routing<'t, T> {
    /// A table to fill.
    pub fn new(
        service: Arc<T>,
        limits: Limits,
        schemas: &'static Schemas,
        table: &'t mut RouteTable,
    ) -> Self {
        Self { service, limits, schemas, table }
    }

    /// Adds an operation. Its answers and failures carry its [`OperationId`].
    pub fn add<H, F>(&mut self, operation: &'static Operation, handler: H)
    where
        H: Fn(Arc<T>, Call) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response, Failure>> + Send + 'static,
    {
        let (path, names) = poem_path(operation.path);
        let (service, limits, schemas) = (self.service.clone(), self.limits, self.schemas);
        let endpoint = poem::endpoint::make(move |request: Request| {
            let call = Call::new(operation, request, names.clone(), schemas, limits);
            let answer = handler(service.clone(), call);
            async move {
                match answer.await {
                    Ok(mut response) => {
                        response.set_data(OperationId(operation.id));
                        Ok(response)
                    }
                    Err(failure) => {
                        let mut error = poem::Error::from(failure);
                        error.set_data(OperationId(operation.id));
                        Err(error)
                    }
                }
            }
        });
        match operation.method.parse() {
            Ok(method) => {
                self.table.entry(path).or_default().insert(method, endpoint.boxed());
            }
            Err(_) => tracing::error!(operation = operation.id, "the operation's method is none"),
        }
    }
}

/// The names of a path's parameters; the n-th is called `param{n}` in poem's path, because a document's
/// names may have letters that poem's may not.
#[derive(Clone, Debug)]
pub(crate) struct PathNames(Arc<[(String, String)]>);

impl PathNames {
    /// What poem calls the parameter.
    pub(crate) fn route_name(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(documented, _)| documented == name).map(|(_, route)| route.as_str())
    }
}

/// A path template of the document in poem's syntax: `/books/{id}` is `/books/:param0`.
///
/// A parameter that shares its segment with text (`{id}.{ext}`, `{id}:cancel`) becomes a regular expression.
pub(crate) fn poem_path(template: &str) -> (String, PathNames) {
    let mut path = String::new();
    let mut names = Vec::new();
    for (index, segment) in template.split('/').enumerate() {
        if index > 0 {
            path.push('/');
        }
        add_segment(segment, &mut path, &mut names);
    }
    (path, PathNames(names.into()))
}

fn add_segment(segment: &str, path: &mut String, names: &mut Vec<(String, String)>) {
    let mut rest = segment;
    while let Some((text, name, after)) = next_parameter(rest) {
        add_text(text, path);
        let route_name = format!("param{}", names.len());
        path.push(':');
        path.push_str(&route_name);
        let is_whole = segment.len() == name.len() + 2;
        if !is_whole {
            let stop = after.chars().next().map(escaped).unwrap_or_default();
            path.push_str(&format!("<^[^/{stop}]+>"));
        }
        names.push((name.to_owned(), route_name));
        rest = after;
    }
    add_text(rest, path);
}

/// The text before the next parameter, its name, and what follows.
fn next_parameter(text: &str) -> Option<(&str, &str, &str)> {
    let (before, from) = text.split_once('{')?;
    let (name, after) = from.split_once('}')?;
    Some((before, name, after))
}

/// Literal text; what poem would take for syntax is written as an expression.
fn add_text(text: &str, path: &mut String) {
    for letter in text.chars() {
        match letter {
            ':' | '*' | '<' => path.push_str(&format!("<^{}>", escaped(letter))),
            other => path.push(other),
        }
    }
}

/// A letter as a regular expression writes any letter; `>` would end poem's expression.
fn escaped(letter: char) -> String {
    format!("\\x{{{:X}}}", u32::from(letter))
}

#[cfg(test)]
mod tests {
    use poem::{Endpoint, Route, handler, http::StatusCode, web::Path};

    use super::*;

    #[test]
    fn parameters_are_named_by_their_place() {
        let (path, names) = poem_path("/books/{book-id}/pages/{n}");
        assert_eq!(path, "/books/:param0/pages/:param1");
        assert_eq!((names.route_name("n"), names.route_name("x")), (Some("param1"), None));
    }

    #[tokio::test]
    async fn parameters_may_share_a_segment_with_text() {
        #[handler]
        fn show(Path(parameters): Path<Vec<String>>) -> String {
            parameters.join("|")
        }
        for (template, uri, expected) in [
            ("/files/{name}.{ext}", "/files/a.txt", Some("a|txt")),
            ("/orders/{id}:cancel", "/orders/7:cancel", Some("7")),
            ("/orders/{id}:cancel", "/orders/7", None),
            ("/a:b/{id}", "/a:b/1", Some("1")),
            ("/{owner}/{repo}", "/x/y", Some("x|y")),
        ] {
            let router = Route::new().at(poem_path(template).0, show);
            let response = router.get_response(Request::builder().uri_str(uri).finish()).await;
            match expected {
                Some(text) => assert_eq!(response.into_body().into_string().await.unwrap(), text),
                None => assert_eq!(response.status(), StatusCode::NOT_FOUND),
            }
        }
    }
}
