//! Operations tagged `books`.

use orderly_api_runtime as runtime;
use super::types::{Book, BookId, BookPatch, ListBooksLimit, ListBooksXRequestId, Problem};

/// Finding and changing books.
pub trait BooksApi: runtime::Service {
    /// List books.
    ///
    /// In the order of their titles.
    ///
    /// `GET /books`
    fn list_books(
        &self,
        request: ListBooksRequest,
    ) -> impl std::future::Future<
        Output = Result<ListBooksResponse, Self::Error>,
    > + Send;
    /// Get a book.
    ///
    /// `GET /books/{book_id}`
    fn get_book(
        &self,
        principal: Option<Self::Principal>,
        request: GetBookRequest,
    ) -> impl std::future::Future<Output = Result<GetBookResponse, Self::Error>> + Send;
    /// Change a book.
    ///
    /// `PATCH /books/{book_id}`
    fn update_book(
        &self,
        principal: Self::Principal,
        request: UpdateBookRequest,
    ) -> impl std::future::Future<
        Output = Result<UpdateBookResponse, Self::Error>,
    > + Send;
    /// Set the cover.
    ///
    /// `PUT /books/{book_id}/cover`
    fn set_cover(
        &self,
        principal: Self::Principal,
        request: SetCoverRequest,
    ) -> impl std::future::Future<Output = Result<SetCoverResponse, Self::Error>> + Send;
}

/// What `list_books` takes.
#[derive(Debug)]
pub struct ListBooksRequest {
    /// `limit`.
    pub limit: ListBooksLimit,
    /// `language`.
    pub language: Option<Vec<String>>,
    /// `X-Request-ID`.
    pub x_request_id: Option<ListBooksXRequestId>,
    /// `session`.
    pub session: Option<String>,
}

/// What `list_books` answers.
#[derive(Debug)]
pub enum ListBooksResponse {
    /// 200: Some books.
    Ok {
        /// The body.
        body: ListBooksOkBody,
        /// The header `X-Total`.
        x_total: i64,
        /// The header `X-Next`.
        x_next: Option<String>,
    },
    /// Any other status: Something is wrong.
    Default {
        /// Which status it is.
        status: runtime::StatusCode,
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for ListBooksResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body, x_total, x_next } => {
                let reply = runtime::Reply::new(200)
                    .header("X-Total", &x_total)
                    .optional_header("X-Next", x_next.as_ref());
                match body {
                    ListBooksOkBody::Json(body) => reply.json("application/json", &body),
                    ListBooksOkBody::Csv(body) => reply.text("text/csv", body),
                }
            }
            Self::Default { status, body } => {
                runtime::Reply::with_status(status)
                    .json("application/problem+json", &body)
            }
        }
    }
}

/// The body, by its media type.
#[derive(Debug)]
pub enum ListBooksOkBody {
    /// `application/json`.
    Json(Vec<Book>),
    /// `text/csv`.
    Csv(String),
}

/// What `get_book` takes.
#[derive(Debug)]
pub struct GetBookRequest {
    /// `book_id`.
    pub book_id: BookId,
}

/// What `get_book` answers.
#[derive(Debug)]
pub enum GetBookResponse {
    /// 200: The book.
    Ok {
        /// The body.
        body: Book,
    },
    /// 304: It has not changed.
    NotModified,
    /// 4XX: Something is wrong.
    ClientError {
        /// Which status it is.
        status: runtime::StatusCode,
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for GetBookResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body } => runtime::Reply::new(200).json("application/json", &body),
            Self::NotModified => runtime::Reply::new(304).empty(),
            Self::ClientError { status, body } => {
                runtime::Reply::in_range(status, 4)
                    .json("application/problem+json", &body)
            }
        }
    }
}

/// What `update_book` takes.
#[derive(Debug)]
pub struct UpdateBookRequest {
    /// `book_id`.
    pub book_id: BookId,
    /// The body.
    pub body: Option<BookPatch>,
}

/// What `update_book` answers.
#[derive(Debug)]
pub enum UpdateBookResponse {
    /// 200: The book.
    Ok {
        /// The body.
        body: Book,
    },
    /// 400: Something is wrong.
    BadRequest {
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for UpdateBookResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body } => runtime::Reply::new(200).json("application/json", &body),
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
        }
    }
}

/// What `set_cover` takes.
#[derive(Debug)]
pub struct SetCoverRequest {
    /// `book_id`.
    pub book_id: BookId,
    /// The body.
    pub body: runtime::Bytes,
}

/// What `set_cover` answers.
#[derive(Debug)]
pub enum SetCoverResponse {
    /// 204: It is set.
    NoContent,
}

impl runtime::Respond for SetCoverResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::NoContent => runtime::Reply::new(204).empty(),
        }
    }
}

/// Handles `GET /books`.
pub(super) async fn list_books<T: BooksApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let limit = call.query("limit").or_default_text::<ListBooksLimit>("20");
    let language = call.query("language").optional::<Vec<String>>();
    let x_request_id = call.header("X-Request-ID").optional::<ListBooksXRequestId>();
    let session = call.cookie("session").optional::<String>();
    let request = call
        .finish(|| Some(ListBooksRequest {
            limit: limit?,
            language: language?,
            x_request_id: x_request_id?,
            session: session?,
        }))?;
    call.answer(service.list_books(request).await)
}

/// Handles `GET /books/{book_id}`.
pub(super) async fn get_book<T: BooksApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate_optional(&*service).await?;
    let book_id = call.path("book_id").required::<BookId>();
    let request = call
        .finish(|| Some(GetBookRequest {
            book_id: book_id?,
        }))?;
    call.answer(service.get_book(principal, request).await)
}

/// Handles `PATCH /books/{book_id}`.
pub(super) async fn update_book<T: BooksApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let book_id = call.path("book_id").required::<BookId>();
    let body = call
        .optional_json_body::<
            BookPatch,
        >(
            "application/merge-patch+json",
            "#/paths/~1books~1{book_id}/patch/requestBody/content/application~1merge-patch+json/schema",
        )
        .await?;
    let request = call
        .finish(|| Some(UpdateBookRequest {
            book_id: book_id?,
            body: body?,
        }))?;
    call.answer(service.update_book(principal, request).await)
}

/// Handles `PUT /books/{book_id}/cover`.
pub(super) async fn set_cover<T: BooksApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let book_id = call.path("book_id").required::<BookId>();
    let body = match call.media_type(&["image/png"])? {
        Some(_) => call.bytes().await?,
        None => call.missing_body(),
    };
    let request = call
        .finish(|| Some(SetCoverRequest {
            book_id: book_id?,
            body: body?,
        }))?;
    call.answer(service.set_cover(principal, request).await)
}
