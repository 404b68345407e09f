//! Operations without a tag.

use orderly_api_runtime as runtime;
use super::types::{CreateWatchBody, GetFileLimit};

/// Operations without a tag.
pub trait DefaultApi: runtime::Service {
    /// Get a file.
    ///
    /// `GET /files/{name}.{ending}`
    fn get_file(
        &self,
        request: GetFileRequest,
    ) -> impl std::future::Future<Output = Result<GetFileResponse, Self::Error>> + Send;
    /// Watch a file.
    ///
    /// `POST /watches`
    fn create_watch(
        &self,
        request: CreateWatchRequest,
    ) -> impl std::future::Future<
        Output = Result<CreateWatchResponse, Self::Error>,
    > + Send;
}

/// What `get_file` takes.
#[derive(Debug)]
pub struct GetFileRequest {
    /// `name`.
    pub name: String,
    /// `ending`.
    pub ending: String,
    /// `limit`.
    pub limit: Option<GetFileLimit>,
}

/// What `get_file` answers.
#[derive(Debug)]
pub enum GetFileResponse {
    /// 200: The file.
    Ok {
        /// The body.
        body: String,
    },
    /// 304: It has not changed.
    NotModified,
}

impl runtime::Respond for GetFileResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body } => runtime::Reply::new(200).text("text/plain", body),
            Self::NotModified => runtime::Reply::new(304).empty(),
        }
    }
}

/// What `create_watch` takes.
#[derive(Debug)]
pub struct CreateWatchRequest {
    /// The body.
    pub body: CreateWatchBody,
}

/// What `create_watch` answers.
#[derive(Debug)]
pub enum CreateWatchResponse {
    /// 204: It is watched.
    NoContent,
}

impl runtime::Respond for CreateWatchResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::NoContent => runtime::Reply::new(204).empty(),
        }
    }
}

/// Handles `GET /files/{name}.{ending}`.
pub(super) async fn get_file<T: DefaultApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let name = call.path("name").required::<String>();
    let ending = call.path("ending").required::<String>();
    let limit = call.query("limit").optional::<GetFileLimit>();
    let request = call
        .finish(|| Some(GetFileRequest {
            name: name?,
            ending: ending?,
            limit: limit?,
        }))?;
    call.answer(service.get_file(request).await)
}

/// Handles `POST /watches`.
pub(super) async fn create_watch<T: DefaultApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let body = call
        .json_body::<
            CreateWatchBody,
        >(
            "application/json",
            "#/paths/~1watches/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call.finish(|| Some(CreateWatchRequest { body: body? }))?;
    call.answer(service.create_watch(request).await)
}
