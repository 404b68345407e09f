//! What a generator writes for `document.json`: operations, requests, answers, the trait and its handlers.

use std::sync::Arc;

use orderly_api_runtime as runtime;
use serde_json::Value;
use uuid::Uuid;

pub(crate) use crate::types::*;

pub(crate) static SCHEMAS: runtime::Schemas = runtime::Schemas::new(include_str!("document.json"));

// ---- operations

pub(crate) const BEARER: runtime::SecurityScheme =
    runtime::SecurityScheme { name: "bearer", kind: runtime::SchemeKind::Bearer };
pub(crate) const API_KEY: runtime::SecurityScheme =
    runtime::SecurityScheme { name: "api_key", kind: runtime::SchemeKind::Header("X-API-Key") };

pub(crate) const LIST_BOOKS: runtime::Operation = runtime::Operation {
    id: "list_books",
    method: "GET",
    path: "/shelves/{shelf}/books",
    tag: "books",
    statuses: &[200, 400, 401],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative { schemes: &[BEARER], scopes: &[] },
        runtime::Alternative { schemes: &[], scopes: &[] },
    ],
};

pub(crate) const CREATE_BOOK: runtime::Operation = runtime::Operation {
    id: "create_book",
    method: "POST",
    path: "/shelves/{shelf}/books",
    tag: "books",
    statuses: &[201, 400, 401, 409],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative { schemes: &[BEARER], scopes: &[] },
        runtime::Alternative { schemes: &[API_KEY], scopes: &[] },
    ],
};

pub(crate) const DELETE_BOOK: runtime::Operation = runtime::Operation {
    id: "delete_book",
    method: "DELETE",
    path: "/books/{id}",
    tag: "books",
    statuses: &[204],
    status_ranges: &[4],
    has_default: false,
    security: &[runtime::Alternative { schemes: &[BEARER, API_KEY], scopes: &[] }],
};

pub(crate) const LEND_BOOK: runtime::Operation = runtime::Operation {
    id: "lend_book",
    method: "PUT",
    path: "/books/{id}/holder",
    tag: "books",
    statuses: &[200],
    status_ranges: &[],
    has_default: true,
    security: &[],
};

// ---- requests and answers

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ListBooksRequest {
    pub(crate) shelf: Shelf,
    pub(crate) limit: ListBooksLimit,
    pub(crate) language: Option<Vec<Language>>,
    pub(crate) filter: Option<Filter>,
    pub(crate) session: Option<String>,
}

runtime::integer! {
    /// Books in one answer.
    pub(crate) struct ListBooksLimit(i32) { minimum: 1, maximum: 100 }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CreateBookRequest {
    pub(crate) shelf: Shelf,
    pub(crate) request_key: Uuid,
    pub(crate) body: BookCreate,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DeleteBookRequest {
    pub(crate) id: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LendBookRequest {
    pub(crate) id: i64,
    pub(crate) body: Option<LendBookBody>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LendBookBody {
    Json(Holder),
    Form(Member),
}

pub(crate) enum ListBooksResponse {
    Ok { body: String },
}

impl runtime::Respond for ListBooksResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body } => runtime::Reply::new(200).text("text/plain", body),
        }
    }
}

#[allow(clippy::large_enum_variant, reason = "answers are as large as the document makes them")]
pub(crate) enum CreateBookResponse {
    Created { body: BookCreate, location: String, replayed: Option<bool> },
    Conflict { body: Value },
}

impl runtime::Respond for CreateBookResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Created { body, location, replayed } => runtime::Reply::new(201)
                .header("Location", &location)
                .optional_header("Replayed", replayed.as_ref())
                .json("application/json", &body),
            Self::Conflict { body } => runtime::Reply::new(409).json("application/problem+json", &body),
        }
    }
}

pub(crate) enum DeleteBookResponse {
    NoContent,
    ClientError { status: runtime::StatusCode, body: Value },
}

impl runtime::Respond for DeleteBookResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::NoContent => runtime::Reply::new(204).empty(),
            Self::ClientError { status, body } => {
                runtime::Reply::in_range(status, 4).json("application/problem+json", &body)
            }
        }
    }
}

pub(crate) enum LendBookResponse {
    Ok { body: Value },
}

impl runtime::Respond for LendBookResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body } => runtime::Reply::new(200).json("application/json", &body),
        }
    }
}

// ---- the trait

/// Books and who has them.
pub(crate) trait BooksApi: runtime::Service {
    /// `GET /shelves/{shelf}/books`
    fn list_books(
        &self,
        principal: Option<Self::Principal>,
        request: ListBooksRequest,
    ) -> impl Future<Output = Result<ListBooksResponse, Self::Error>> + Send;

    /// `POST /shelves/{shelf}/books`
    fn create_book(
        &self,
        principal: Self::Principal,
        request: CreateBookRequest,
    ) -> impl Future<Output = Result<CreateBookResponse, Self::Error>> + Send;

    /// `DELETE /books/{id}`
    fn delete_book(
        &self,
        principal: Self::Principal,
        request: DeleteBookRequest,
    ) -> impl Future<Output = Result<DeleteBookResponse, Self::Error>> + Send;

    /// `PUT /books/{id}/holder`
    fn lend_book(
        &self,
        request: LendBookRequest,
    ) -> impl Future<Output = Result<LendBookResponse, Self::Error>> + Send;
}

// ---- handlers

pub(crate) fn routes<T: BooksApi>(service: Arc<T>, limits: runtime::Limits) -> runtime::RouteTable {
    let mut table = runtime::RouteTable::new();
    let mut routes = runtime::Routing::new(service, limits, &SCHEMAS, &mut table);
    routes.add(&LIST_BOOKS, list_books);
    routes.add(&CREATE_BOOK, create_book);
    routes.add(&DELETE_BOOK, delete_book);
    routes.add(&LEND_BOOK, lend_book);
    table
}

async fn list_books<T: BooksApi>(
    service: Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate_optional(&*service).await?;
    let shelf = call.path("shelf").required();
    let limit = call.query("limit").or_default_text("20");
    let language = call.query("language").explode(false).items(0, Some(2)).unique().optional();
    let filter = call
        .query("filter")
        .style(runtime::Style::DeepObject)
        .explode(true)
        .schema("#/components/schemas/Filter")
        .optional_value();
    let session = call.cookie("session").optional();
    let request = call.finish(|| {
        Some(ListBooksRequest {
            shelf: shelf?,
            limit: limit?,
            language: language?,
            filter: filter?,
            session: session?,
        })
    })?;
    call.answer(service.list_books(principal, request).await)
}

async fn create_book<T: BooksApi>(
    service: Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let shelf = call.path("shelf").required();
    let request_key = call.header("Request-Key").required();
    let body = call.json_body("application/json", "#/components/schemas/BookCreate").await?;
    let request =
        call.finish(|| Some(CreateBookRequest { shelf: shelf?, request_key: request_key?, body: body? }))?;
    call.answer(service.create_book(principal, request).await)
}

async fn delete_book<T: BooksApi>(
    service: Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let id = call.path("id").required();
    let request = call.finish(|| Some(DeleteBookRequest { id: id? }))?;
    call.answer(service.delete_book(principal, request).await)
}

async fn lend_book<T: BooksApi>(
    service: Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let id = call.path("id").required();
    let body = match call.media_type(&["application/json", "application/x-www-form-urlencoded"])? {
        None => Some(None),
        Some(0) => call.json("#/components/schemas/Holder").await?.map(LendBookBody::Json).map(Some),
        Some(_) => call.form("#/components/schemas/Member").await?.map(LendBookBody::Form).map(Some),
    };
    let request = call.finish(|| Some(LendBookRequest { id: id?, body: body? }))?;
    call.answer(service.lend_book(request).await)
}
