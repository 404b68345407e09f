//! A library that answers so that tests see what reached it.

use std::{sync::Arc, time::Duration};

use orderly_api_runtime::{Credential, Failure, Limits, Service, StatusCode};
use poem::{Endpoint, Request, Response, Route, RouteMethod, http::header};
use serde_json::{Value, json};

use crate::interface::*;

pub(crate) struct Library;

impl Service for Library {
    type Principal = Vec<Credential>;
    type Error = Failure;

    async fn authenticate(
        &self,
        _request: &Request,
        credentials: Vec<Credential>,
        _scopes: &'static [&'static str],
    ) -> Result<Vec<Credential>, Failure> {
        match credentials.iter().any(|credential| credential.secret == "bad") {
            true => Err(Failure::new(StatusCode::UNAUTHORIZED, "bad_token", "The token is not good.")),
            false => Ok(credentials),
        }
    }
}

impl BooksApi for Library {
    async fn list_books(
        &self,
        principal: Option<Vec<Credential>>,
        request: ListBooksRequest,
    ) -> Result<ListBooksResponse, Failure> {
        let who = principal.map_or("anonymous", |_| "known");
        Ok(ListBooksResponse::Ok { body: format!("{who} {request:?}") })
    }

    async fn create_book(
        &self,
        _principal: Vec<Credential>,
        request: CreateBookRequest,
    ) -> Result<CreateBookResponse, Failure> {
        match request.shelf.as_str() {
            "full" => Ok(CreateBookResponse::Conflict { body: json!({"code": "full"}) }),
            "burnt" => Err(Failure::new(StatusCode::IM_A_TEAPOT, "burnt", "No such status is declared.")),
            shelf => Ok(CreateBookResponse::Created {
                location: format!("/shelves/{shelf}/books/1"),
                body: request.body,
                replayed: None,
            }),
        }
    }

    async fn delete_book(
        &self,
        principal: Vec<Credential>,
        request: DeleteBookRequest,
    ) -> Result<DeleteBookResponse, Failure> {
        assert_eq!(principal.len(), 2, "both schemes were demanded");
        match request.id {
            0 => Ok(DeleteBookResponse::ClientError { status: StatusCode::GONE, body: json!({}) }),
            _ => Ok(DeleteBookResponse::NoContent),
        }
    }

    async fn lend_book(&self, request: LendBookRequest) -> Result<LendBookResponse, Failure> {
        let body = match request.body {
            None => Value::Null,
            Some(LendBookBody::Json(holder)) => json!({"json": holder}),
            Some(LendBookBody::Form(member)) => json!({"form": member}),
        };
        Ok(LendBookResponse::Ok { body })
    }
}

const LIMITS: Limits = Limits { max_body_bytes: 2000, body_read: Duration::from_secs(5) };

/// The library behind poem's router.
pub(crate) fn library() -> Route {
    routes(Arc::new(Library), LIMITS).into_iter().fold(Route::new(), |route, (path, methods)| {
        let methods = methods
            .into_iter()
            .fold(RouteMethod::new(), |all, (method, endpoint)| all.method(method, endpoint));
        route.at(path, methods)
    })
}

/// What the library does with a request: its answer or its failure.
pub(crate) async fn send(request: Request) -> Result<Response, Failure> {
    library().call(request).await.map_err(|error| error.downcast().expect("only failures are raised"))
}

/// A request to create a book with good credentials and parameters.
pub(crate) fn create_book(body: impl Into<poem::Body>) -> Request {
    Request::builder()
        .method(poem::http::Method::POST)
        .uri_str("/shelves/novels/books")
        .header(header::AUTHORIZATION, "Bearer good")
        .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
        .header("Request-Key", "67e55044-10b1-426f-9247-bb680e5fe0c8")
        .body(body.into())
}

/// The smallest good book.
pub(crate) fn book() -> Value {
    json!({"title": "Sult", "copies": 5, "note": null, "author": {"name": "Hamsun"}, "tags": ["nb-NO"]})
}

/// `where code` of every violation.
pub(crate) fn mistakes(failure: &Failure) -> Vec<String> {
    use orderly_api_runtime::At;
    let mut lines: Vec<_> = failure
        .errors
        .iter()
        .map(|violation| match &violation.at {
            At::Pointer(pointer) => format!("{pointer} {}", violation.code),
            At::Parameter { location, name } => format!("{location}:{name} {}", violation.code),
        })
        .collect();
    lines.sort();
    lines
}
