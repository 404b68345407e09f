//! What a generator writes for `document.json`: types, requests, answers, the trait and its handlers.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use orderly_api_runtime as runtime;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;
use validator::Validate;

pub(crate) static SCHEMAS: runtime::Schemas = runtime::Schemas::new(include_str!("document.json"));

// ---- types

runtime::string! {
    /// The name of a shelf.
    pub(crate) struct Shelf { min_length: 2, max_length: 20, pattern: "^[a-z-]+$" }
}

runtime::string_enum! {
    /// A language.
    pub(crate) enum Language {
        /// English.
        En = "en",
        /// German.
        De = "de",
        /// Norwegian.
        NbNo = "nb-NO",
    }
}

runtime::integer! {
    /// Pages, at least.
    pub(crate) struct FilterMinPages(i32) { minimum: 1 }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[serde(remote = "Self", deny_unknown_fields)]
pub(crate) struct Filter {
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) min_pages: Option<FilterMinPages>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) lent: Option<bool>,
}
runtime::object!(Filter);

runtime::string! {
    /// A name.
    pub(crate) struct AuthorName { min_length: 1 }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[serde(remote = "Self", deny_unknown_fields)]
pub(crate) struct Author {
    pub(crate) name: AuthorName,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) born: Option<NaiveDate>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) teacher: Option<Box<Author>>,
}
runtime::object!(Author);

runtime::string! {
    /// A title.
    pub(crate) struct BookCreateTitle { min_length: 1, max_length: 12 }
}

runtime::string! {
    /// A number of the book trade.
    pub(crate) struct BookCreateIsbn { pattern: r"^\d{3}-\d+$" }
}

runtime::integer! {
    /// How many there are.
    pub(crate) struct BookCreateCopies(i32) { minimum: 0, maximum: 1000, multiple_of: 5 }
}

runtime::number! {
    /// What one costs.
    pub(crate) struct BookCreatePrice(f64) { exclusive_minimum: 0.0, multiple_of: 0.01 }
}

runtime::string! {
    /// A summary.
    pub(crate) struct BookCreateSummary { max_length: 8 }
}

runtime::string! {
    /// The text of a label.
    pub(crate) struct BookCreateLabel { max_length: 5 }
}

runtime::string! {
    /// An address.
    pub(crate) struct BookCreateContact { format: "email" }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[serde(remote = "Self", deny_unknown_fields)]
pub(crate) struct BookCreate {
    pub(crate) title: BookCreateTitle,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) isbn: Option<BookCreateIsbn>,
    pub(crate) copies: BookCreateCopies,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) price: Option<BookCreatePrice>,
    #[serde(deserialize_with = "runtime::present")]
    pub(crate) note: Option<String>,
    #[serde(default, skip_serializing_if = "runtime::Patch::is_absent")]
    pub(crate) summary: runtime::Patch<BookCreateSummary>,
    #[validate(custom(function = "runtime::valid"))]
    pub(crate) author: Author,
    #[validate(length(min = 1, max = 3), custom(function = "runtime::unique_items"))]
    pub(crate) tags: Vec<Language>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 2))]
    pub(crate) labels: Option<BTreeMap<String, BookCreateLabel>>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) extra: Option<Value>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) added_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    pub(crate) contact: Option<BookCreateContact>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "runtime::valid"))]
    pub(crate) holder: Option<Holder>,
    #[serde(default, deserialize_with = "runtime::non_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "runtime::valid"))]
    pub(crate) code: Option<Code>,
}
runtime::object!(BookCreate);

runtime::string_enum! {
    /// The tag of a member.
    pub(crate) enum MemberKind {
        /// A member.
        Member = "member",
    }
}

runtime::integer! {
    /// The number of a card.
    pub(crate) struct MemberCard(i64) { minimum: 1 }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[serde(remote = "Self")]
pub(crate) struct Member {
    pub(crate) kind: MemberKind,
    pub(crate) card: MemberCard,
}
runtime::object!(Member);

runtime::string_enum! {
    /// The tag of a branch.
    pub(crate) enum BranchKind {
        /// A branch.
        Branch = "branch",
    }
}

runtime::string! {
    /// The city of a branch.
    pub(crate) struct BranchCity { min_length: 1 }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[serde(remote = "Self")]
pub(crate) struct Branch {
    pub(crate) kind: BranchKind,
    pub(crate) city: BranchCity,
}
runtime::object!(Branch);

/// Who has a book.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Holder {
    Member(Member),
    Branch(Branch),
}
runtime::tagged!(Holder, "kind" { "member" => Member(Member), "branch" => Branch(Branch) });

/// A code.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Code {
    Integer(i64),
    Shelf(Shelf),
}
runtime::one_of!(Code { Integer(i64), Shelf(Shelf) });

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
