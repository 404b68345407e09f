//! Operations tagged `notes`.

use orderly_api_runtime as runtime;
use super::types::{Cursor, EntityTags, IdempotencyKey, Limit, Note, NoteId, NotePage, NotePatch, NoteWrite, OrderId, Problem, RetryAfterHeader};

/// Notes that belong to an account and may refer to an order.
pub trait NotesApi: runtime::Service {
    /// List own notes
    ///
    /// Newest first. An API key needs the scope `notes:read`.
    ///
    /// `GET /v1/notes`
    fn list_notes(
        &self,
        principal: Self::Principal,
        request: ListNotesRequest,
    ) -> impl std::future::Future<
        Output = Result<ListNotesResponse, Self::Error>,
    > + Send;
    /// Write a note
    ///
    /// A note may refer to an own order. An API key needs the scope `notes:write`.
    ///
    /// `POST /v1/notes`
    fn create_note(
        &self,
        principal: Self::Principal,
        request: CreateNoteRequest,
    ) -> impl std::future::Future<
        Output = Result<CreateNoteResponse, Self::Error>,
    > + Send;
    /// Get a note
    ///
    /// An API key needs the scope `notes:read`.
    ///
    /// `GET /v1/notes/{note_id}`
    fn get_note(
        &self,
        principal: Self::Principal,
        request: GetNoteRequest,
    ) -> impl std::future::Future<Output = Result<GetNoteResponse, Self::Error>> + Send;
    /// Replace a note
    ///
    /// Sets all fields; a field that is left out is removed. With `If-Match`, only the version you saw. An API key needs the scope `notes:write`.
    ///
    /// `PUT /v1/notes/{note_id}`
    fn replace_note(
        &self,
        principal: Self::Principal,
        request: ReplaceNoteRequest,
    ) -> impl std::future::Future<
        Output = Result<ReplaceNoteResponse, Self::Error>,
    > + Send;
    /// Change a note
    ///
    /// Changes the fields that are sent; `null` removes the reference to an order. With `If-Match`, only the version you saw. An API key needs the scope `notes:write`.
    ///
    /// `PATCH /v1/notes/{note_id}`
    fn update_note(
        &self,
        principal: Self::Principal,
        request: UpdateNoteRequest,
    ) -> impl std::future::Future<
        Output = Result<UpdateNoteResponse, Self::Error>,
    > + Send;
    /// Delete a note
    ///
    /// Answers 204 also for an own note that was deleted before. An API key needs the scope `notes:write`.
    ///
    /// `DELETE /v1/notes/{note_id}`
    fn delete_note(
        &self,
        principal: Self::Principal,
        request: DeleteNoteRequest,
    ) -> impl std::future::Future<
        Output = Result<DeleteNoteResponse, Self::Error>,
    > + Send;
}

/// What `list_notes` takes.
#[derive(Debug)]
pub struct ListNotesRequest {
    /// How many items a page has at most.
    pub limit: Limit,
    /// Where the page begins, `next_cursor` of the page before. It works with the filters that it was made with.
    pub cursor: Option<Cursor>,
    /// Only notes about this order.
    pub order_id: Option<OrderId>,
}

/// What `list_notes` answers.
#[derive(Debug)]
pub enum ListNotesResponse {
    /// 200: A page of notes.
    Ok {
        /// The body.
        body: NotePage,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 401: The credential is missing, wrong or expired (`unauthenticated`).
    Unauthorized {
        /// The body.
        body: Problem,
        /// The header `WWW-Authenticate`.
        www_authenticate: String,
    },
    /// 403: The credential does not allow this (`forbidden`).
    Forbidden {
        /// The body.
        body: Problem,
    },
    /// 500: Something went wrong here (`internal`). The request id finds it in the log.
    InternalServerError {
        /// The body.
        body: Problem,
    },
    /// 503: The server cannot serve this now (`unavailable`). Try again later.
    ServiceUnavailable {
        /// The body.
        body: Problem,
        /// The header `Retry-After`.
        retry_after: RetryAfterHeader,
    },
    /// 504: It took longer than the server allows (`deadline_exceeded`).
    GatewayTimeout {
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for ListNotesResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body } => runtime::Reply::new(200).json("application/json", &body),
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::Unauthorized { body, www_authenticate } => {
                runtime::Reply::new(401)
                    .header("WWW-Authenticate", &www_authenticate)
                    .json("application/problem+json", &body)
            }
            Self::Forbidden { body } => {
                runtime::Reply::new(403).json("application/problem+json", &body)
            }
            Self::InternalServerError { body } => {
                runtime::Reply::new(500).json("application/problem+json", &body)
            }
            Self::ServiceUnavailable { body, retry_after } => {
                runtime::Reply::new(503)
                    .header("Retry-After", &retry_after)
                    .json("application/problem+json", &body)
            }
            Self::GatewayTimeout { body } => {
                runtime::Reply::new(504).json("application/problem+json", &body)
            }
        }
    }
}

/// What `create_note` takes.
#[derive(Debug)]
pub struct CreateNoteRequest {
    /// Your key for this request, such as a UUID. Sending it again gives the first answer again.
    pub idempotency_key: Option<IdempotencyKey>,
    /// The body.
    pub body: NoteWrite,
}

/// What `create_note` answers.
#[derive(Debug)]
pub enum CreateNoteResponse {
    /// 201: The note.
    Created {
        /// The body.
        body: Note,
        /// The header `Location`.
        location: String,
        /// The header `ETag`.
        etag: String,
        /// The header `Idempotent-Replayed`.
        idempotent_replayed: Option<bool>,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 401: The credential is missing, wrong or expired (`unauthenticated`).
    Unauthorized {
        /// The body.
        body: Problem,
        /// The header `WWW-Authenticate`.
        www_authenticate: String,
    },
    /// 403: The credential does not allow this (`forbidden`).
    Forbidden {
        /// The body.
        body: Problem,
    },
    /// 408: The body did not arrive in time (`request_timeout`).
    RequestTimeout {
        /// The body.
        body: Problem,
    },
    /// 409: A request with the same key is being worked on (`idempotency_in_flight`).
    Conflict {
        /// The body.
        body: Problem,
    },
    /// 413: The body is larger than the server takes (`payload_too_large`).
    PayloadTooLarge {
        /// The body.
        body: Problem,
    },
    /// 415: The body is of a media type that this operation does not take (`unsupported_media_type`).
    UnsupportedMediaType {
        /// The body.
        body: Problem,
    },
    /// 422: The note refers to an order that is not there or not yours (`unknown_order`), or the key was used with another body (`idempotency_key_reused`).
    UnprocessableEntity {
        /// The body.
        body: Problem,
        /// The header `Idempotent-Replayed`.
        idempotent_replayed: Option<bool>,
    },
    /// 500: Something went wrong here (`internal`). The request id finds it in the log.
    InternalServerError {
        /// The body.
        body: Problem,
    },
    /// 503: The server cannot serve this now (`unavailable`). Try again later.
    ServiceUnavailable {
        /// The body.
        body: Problem,
        /// The header `Retry-After`.
        retry_after: RetryAfterHeader,
    },
    /// 504: It took longer than the server allows (`deadline_exceeded`).
    GatewayTimeout {
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for CreateNoteResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Created { body, location, etag, idempotent_replayed } => {
                runtime::Reply::new(201)
                    .header("Location", &location)
                    .header("ETag", &etag)
                    .optional_header("Idempotent-Replayed", idempotent_replayed.as_ref())
                    .json("application/json", &body)
            }
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::Unauthorized { body, www_authenticate } => {
                runtime::Reply::new(401)
                    .header("WWW-Authenticate", &www_authenticate)
                    .json("application/problem+json", &body)
            }
            Self::Forbidden { body } => {
                runtime::Reply::new(403).json("application/problem+json", &body)
            }
            Self::RequestTimeout { body } => {
                runtime::Reply::new(408).json("application/problem+json", &body)
            }
            Self::Conflict { body } => {
                runtime::Reply::new(409).json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
            }
            Self::UnprocessableEntity { body, idempotent_replayed } => {
                runtime::Reply::new(422)
                    .optional_header("Idempotent-Replayed", idempotent_replayed.as_ref())
                    .json("application/problem+json", &body)
            }
            Self::InternalServerError { body } => {
                runtime::Reply::new(500).json("application/problem+json", &body)
            }
            Self::ServiceUnavailable { body, retry_after } => {
                runtime::Reply::new(503)
                    .header("Retry-After", &retry_after)
                    .json("application/problem+json", &body)
            }
            Self::GatewayTimeout { body } => {
                runtime::Reply::new(504).json("application/problem+json", &body)
            }
        }
    }
}

/// What `get_note` takes.
#[derive(Debug)]
pub struct GetNoteRequest {
    /// The note.
    pub note_id: NoteId,
    /// The `ETag` of the version that you have; the answer is 304 while it is the current one.
    pub if_none_match: Option<EntityTags>,
}

/// What `get_note` answers.
#[derive(Debug)]
pub enum GetNoteResponse {
    /// 200: The note.
    Ok {
        /// The body.
        body: Note,
        /// The header `ETag`.
        etag: String,
    },
    /// 304: The version that you have is the current one.
    NotModified {
        /// The header `ETag`.
        etag: String,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 401: The credential is missing, wrong or expired (`unauthenticated`).
    Unauthorized {
        /// The body.
        body: Problem,
        /// The header `WWW-Authenticate`.
        www_authenticate: String,
    },
    /// 403: The credential does not allow this (`forbidden`).
    Forbidden {
        /// The body.
        body: Problem,
    },
    /// 404: There is no such thing, or it belongs to somebody else (`not_found`).
    NotFound {
        /// The body.
        body: Problem,
    },
    /// 500: Something went wrong here (`internal`). The request id finds it in the log.
    InternalServerError {
        /// The body.
        body: Problem,
    },
    /// 503: The server cannot serve this now (`unavailable`). Try again later.
    ServiceUnavailable {
        /// The body.
        body: Problem,
        /// The header `Retry-After`.
        retry_after: RetryAfterHeader,
    },
    /// 504: It took longer than the server allows (`deadline_exceeded`).
    GatewayTimeout {
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for GetNoteResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body, etag } => {
                runtime::Reply::new(200)
                    .header("ETag", &etag)
                    .json("application/json", &body)
            }
            Self::NotModified { etag } => {
                runtime::Reply::new(304).header("ETag", &etag).empty()
            }
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::Unauthorized { body, www_authenticate } => {
                runtime::Reply::new(401)
                    .header("WWW-Authenticate", &www_authenticate)
                    .json("application/problem+json", &body)
            }
            Self::Forbidden { body } => {
                runtime::Reply::new(403).json("application/problem+json", &body)
            }
            Self::NotFound { body } => {
                runtime::Reply::new(404).json("application/problem+json", &body)
            }
            Self::InternalServerError { body } => {
                runtime::Reply::new(500).json("application/problem+json", &body)
            }
            Self::ServiceUnavailable { body, retry_after } => {
                runtime::Reply::new(503)
                    .header("Retry-After", &retry_after)
                    .json("application/problem+json", &body)
            }
            Self::GatewayTimeout { body } => {
                runtime::Reply::new(504).json("application/problem+json", &body)
            }
        }
    }
}

/// What `replace_note` takes.
#[derive(Debug)]
pub struct ReplaceNoteRequest {
    /// The note.
    pub note_id: NoteId,
    /// The `ETag` of the version that you want to change.
    pub if_match: Option<EntityTags>,
    /// The body.
    pub body: NoteWrite,
}

/// What `replace_note` answers.
#[derive(Debug)]
pub enum ReplaceNoteResponse {
    /// 200: The note as it is now.
    Ok {
        /// The body.
        body: Note,
        /// The header `ETag`.
        etag: String,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 401: The credential is missing, wrong or expired (`unauthenticated`).
    Unauthorized {
        /// The body.
        body: Problem,
        /// The header `WWW-Authenticate`.
        www_authenticate: String,
    },
    /// 403: The credential does not allow this (`forbidden`).
    Forbidden {
        /// The body.
        body: Problem,
    },
    /// 404: There is no such thing, or it belongs to somebody else (`not_found`).
    NotFound {
        /// The body.
        body: Problem,
    },
    /// 408: The body did not arrive in time (`request_timeout`).
    RequestTimeout {
        /// The body.
        body: Problem,
    },
    /// 412: It has changed since you saw it (`version_mismatch`).
    PreconditionFailed {
        /// The body.
        body: Problem,
    },
    /// 413: The body is larger than the server takes (`payload_too_large`).
    PayloadTooLarge {
        /// The body.
        body: Problem,
    },
    /// 415: The body is of a media type that this operation does not take (`unsupported_media_type`).
    UnsupportedMediaType {
        /// The body.
        body: Problem,
    },
    /// 422: The note refers to an order that is not there or not yours (`unknown_order`), or the key was used with another body (`idempotency_key_reused`).
    UnprocessableEntity {
        /// The body.
        body: Problem,
        /// The header `Idempotent-Replayed`.
        idempotent_replayed: Option<bool>,
    },
    /// 500: Something went wrong here (`internal`). The request id finds it in the log.
    InternalServerError {
        /// The body.
        body: Problem,
    },
    /// 503: The server cannot serve this now (`unavailable`). Try again later.
    ServiceUnavailable {
        /// The body.
        body: Problem,
        /// The header `Retry-After`.
        retry_after: RetryAfterHeader,
    },
    /// 504: It took longer than the server allows (`deadline_exceeded`).
    GatewayTimeout {
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for ReplaceNoteResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body, etag } => {
                runtime::Reply::new(200)
                    .header("ETag", &etag)
                    .json("application/json", &body)
            }
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::Unauthorized { body, www_authenticate } => {
                runtime::Reply::new(401)
                    .header("WWW-Authenticate", &www_authenticate)
                    .json("application/problem+json", &body)
            }
            Self::Forbidden { body } => {
                runtime::Reply::new(403).json("application/problem+json", &body)
            }
            Self::NotFound { body } => {
                runtime::Reply::new(404).json("application/problem+json", &body)
            }
            Self::RequestTimeout { body } => {
                runtime::Reply::new(408).json("application/problem+json", &body)
            }
            Self::PreconditionFailed { body } => {
                runtime::Reply::new(412).json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
            }
            Self::UnprocessableEntity { body, idempotent_replayed } => {
                runtime::Reply::new(422)
                    .optional_header("Idempotent-Replayed", idempotent_replayed.as_ref())
                    .json("application/problem+json", &body)
            }
            Self::InternalServerError { body } => {
                runtime::Reply::new(500).json("application/problem+json", &body)
            }
            Self::ServiceUnavailable { body, retry_after } => {
                runtime::Reply::new(503)
                    .header("Retry-After", &retry_after)
                    .json("application/problem+json", &body)
            }
            Self::GatewayTimeout { body } => {
                runtime::Reply::new(504).json("application/problem+json", &body)
            }
        }
    }
}

/// What `update_note` takes.
#[derive(Debug)]
pub struct UpdateNoteRequest {
    /// The note.
    pub note_id: NoteId,
    /// The `ETag` of the version that you want to change.
    pub if_match: Option<EntityTags>,
    /// The body.
    pub body: NotePatch,
}

/// What `update_note` answers.
#[derive(Debug)]
pub enum UpdateNoteResponse {
    /// 200: The note as it is now.
    Ok {
        /// The body.
        body: Note,
        /// The header `ETag`.
        etag: String,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 401: The credential is missing, wrong or expired (`unauthenticated`).
    Unauthorized {
        /// The body.
        body: Problem,
        /// The header `WWW-Authenticate`.
        www_authenticate: String,
    },
    /// 403: The credential does not allow this (`forbidden`).
    Forbidden {
        /// The body.
        body: Problem,
    },
    /// 404: There is no such thing, or it belongs to somebody else (`not_found`).
    NotFound {
        /// The body.
        body: Problem,
    },
    /// 408: The body did not arrive in time (`request_timeout`).
    RequestTimeout {
        /// The body.
        body: Problem,
    },
    /// 412: It has changed since you saw it (`version_mismatch`).
    PreconditionFailed {
        /// The body.
        body: Problem,
    },
    /// 413: The body is larger than the server takes (`payload_too_large`).
    PayloadTooLarge {
        /// The body.
        body: Problem,
    },
    /// 415: The body is of a media type that this operation does not take (`unsupported_media_type`).
    UnsupportedMediaType {
        /// The body.
        body: Problem,
    },
    /// 422: The note refers to an order that is not there or not yours (`unknown_order`), or the key was used with another body (`idempotency_key_reused`).
    UnprocessableEntity {
        /// The body.
        body: Problem,
        /// The header `Idempotent-Replayed`.
        idempotent_replayed: Option<bool>,
    },
    /// 500: Something went wrong here (`internal`). The request id finds it in the log.
    InternalServerError {
        /// The body.
        body: Problem,
    },
    /// 503: The server cannot serve this now (`unavailable`). Try again later.
    ServiceUnavailable {
        /// The body.
        body: Problem,
        /// The header `Retry-After`.
        retry_after: RetryAfterHeader,
    },
    /// 504: It took longer than the server allows (`deadline_exceeded`).
    GatewayTimeout {
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for UpdateNoteResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body, etag } => {
                runtime::Reply::new(200)
                    .header("ETag", &etag)
                    .json("application/json", &body)
            }
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::Unauthorized { body, www_authenticate } => {
                runtime::Reply::new(401)
                    .header("WWW-Authenticate", &www_authenticate)
                    .json("application/problem+json", &body)
            }
            Self::Forbidden { body } => {
                runtime::Reply::new(403).json("application/problem+json", &body)
            }
            Self::NotFound { body } => {
                runtime::Reply::new(404).json("application/problem+json", &body)
            }
            Self::RequestTimeout { body } => {
                runtime::Reply::new(408).json("application/problem+json", &body)
            }
            Self::PreconditionFailed { body } => {
                runtime::Reply::new(412).json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
            }
            Self::UnprocessableEntity { body, idempotent_replayed } => {
                runtime::Reply::new(422)
                    .optional_header("Idempotent-Replayed", idempotent_replayed.as_ref())
                    .json("application/problem+json", &body)
            }
            Self::InternalServerError { body } => {
                runtime::Reply::new(500).json("application/problem+json", &body)
            }
            Self::ServiceUnavailable { body, retry_after } => {
                runtime::Reply::new(503)
                    .header("Retry-After", &retry_after)
                    .json("application/problem+json", &body)
            }
            Self::GatewayTimeout { body } => {
                runtime::Reply::new(504).json("application/problem+json", &body)
            }
        }
    }
}

/// What `delete_note` takes.
#[derive(Debug)]
pub struct DeleteNoteRequest {
    /// The note.
    pub note_id: NoteId,
}

/// What `delete_note` answers.
#[derive(Debug)]
pub enum DeleteNoteResponse {
    /// 204: The note is gone.
    NoContent,
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 401: The credential is missing, wrong or expired (`unauthenticated`).
    Unauthorized {
        /// The body.
        body: Problem,
        /// The header `WWW-Authenticate`.
        www_authenticate: String,
    },
    /// 403: The credential does not allow this (`forbidden`).
    Forbidden {
        /// The body.
        body: Problem,
    },
    /// 404: There is no such thing, or it belongs to somebody else (`not_found`).
    NotFound {
        /// The body.
        body: Problem,
    },
    /// 500: Something went wrong here (`internal`). The request id finds it in the log.
    InternalServerError {
        /// The body.
        body: Problem,
    },
    /// 503: The server cannot serve this now (`unavailable`). Try again later.
    ServiceUnavailable {
        /// The body.
        body: Problem,
        /// The header `Retry-After`.
        retry_after: RetryAfterHeader,
    },
    /// 504: It took longer than the server allows (`deadline_exceeded`).
    GatewayTimeout {
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for DeleteNoteResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::NoContent => runtime::Reply::new(204).empty(),
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::Unauthorized { body, www_authenticate } => {
                runtime::Reply::new(401)
                    .header("WWW-Authenticate", &www_authenticate)
                    .json("application/problem+json", &body)
            }
            Self::Forbidden { body } => {
                runtime::Reply::new(403).json("application/problem+json", &body)
            }
            Self::NotFound { body } => {
                runtime::Reply::new(404).json("application/problem+json", &body)
            }
            Self::InternalServerError { body } => {
                runtime::Reply::new(500).json("application/problem+json", &body)
            }
            Self::ServiceUnavailable { body, retry_after } => {
                runtime::Reply::new(503)
                    .header("Retry-After", &retry_after)
                    .json("application/problem+json", &body)
            }
            Self::GatewayTimeout { body } => {
                runtime::Reply::new(504).json("application/problem+json", &body)
            }
        }
    }
}

/// Handles `GET /v1/notes`.
pub(super) async fn list_notes<T: NotesApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let limit = call.query("limit").or_default_text::<Limit>("20");
    let cursor = call.query("cursor").optional::<Cursor>();
    let order_id = call.query("order_id").optional::<OrderId>();
    let request = call
        .finish(|| Some(ListNotesRequest {
            limit: limit?,
            cursor: cursor?,
            order_id: order_id?,
        }))?;
    call.answer(service.list_notes(principal, request).await)
}

/// Handles `POST /v1/notes`.
pub(super) async fn create_note<T: NotesApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let idempotency_key = call.header("Idempotency-Key").optional::<IdempotencyKey>();
    let body = call
        .json_body::<
            NoteWrite,
        >(
            "application/json",
            "#/paths/~1v1~1notes/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call
        .finish(|| Some(CreateNoteRequest {
            idempotency_key: idempotency_key?,
            body: body?,
        }))?;
    call.answer(service.create_note(principal, request).await)
}

/// Handles `GET /v1/notes/{note_id}`.
pub(super) async fn get_note<T: NotesApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let note_id = call.path("note_id").required::<NoteId>();
    let if_none_match = call.header("If-None-Match").optional::<EntityTags>();
    let request = call
        .finish(|| Some(GetNoteRequest {
            note_id: note_id?,
            if_none_match: if_none_match?,
        }))?;
    call.answer(service.get_note(principal, request).await)
}

/// Handles `PUT /v1/notes/{note_id}`.
pub(super) async fn replace_note<T: NotesApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let note_id = call.path("note_id").required::<NoteId>();
    let if_match = call.header("If-Match").optional::<EntityTags>();
    let body = call
        .json_body::<
            NoteWrite,
        >(
            "application/json",
            "#/paths/~1v1~1notes~1{note_id}/put/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call
        .finish(|| Some(ReplaceNoteRequest {
            note_id: note_id?,
            if_match: if_match?,
            body: body?,
        }))?;
    call.answer(service.replace_note(principal, request).await)
}

/// Handles `PATCH /v1/notes/{note_id}`.
pub(super) async fn update_note<T: NotesApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let note_id = call.path("note_id").required::<NoteId>();
    let if_match = call.header("If-Match").optional::<EntityTags>();
    let body = call
        .json_body::<
            NotePatch,
        >(
            "application/merge-patch+json",
            "#/paths/~1v1~1notes~1{note_id}/patch/requestBody/content/application~1merge-patch+json/schema",
        )
        .await?;
    let request = call
        .finish(|| Some(UpdateNoteRequest {
            note_id: note_id?,
            if_match: if_match?,
            body: body?,
        }))?;
    call.answer(service.update_note(principal, request).await)
}

/// Handles `DELETE /v1/notes/{note_id}`.
pub(super) async fn delete_note<T: NotesApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let note_id = call.path("note_id").required::<NoteId>();
    let request = call
        .finish(|| Some(DeleteNoteRequest {
            note_id: note_id?,
        }))?;
    call.answer(service.delete_note(principal, request).await)
}
