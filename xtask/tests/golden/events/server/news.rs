//! Operations tagged `news`.

use orderly_api_runtime as runtime;
use super::types::{SummarizeBody};

/// What happens.
pub trait NewsApi: runtime::Service {
    /// Follow what happens.
    ///
    /// `GET /news`
    fn follow_news(
        &self,
        request: FollowNewsRequest,
    ) -> impl std::future::Future<
        Output = Result<FollowNewsResponse, Self::Error>,
    > + Send;
    /// Follow the lines of a room, which are text.
    ///
    /// `GET /rooms/{room}/lines`
    fn follow_lines(
        &self,
        request: FollowLinesRequest,
    ) -> impl std::future::Future<
        Output = Result<FollowLinesResponse, Self::Error>,
    > + Send;
    /// Sum something up, word by word.
    ///
    /// `POST /summaries`
    fn summarize(
        &self,
        request: SummarizeRequest,
    ) -> impl std::future::Future<
        Output = Result<SummarizeResponse, Self::Error>,
    > + Send;
}

/// What `follow_news` takes.
#[derive(Debug)]
pub struct FollowNewsRequest {
    /// `topic`.
    pub topic: Option<String>,
    /// `events`.
    pub events: Option<i64>,
    /// `client`.
    pub client: Option<String>,
}

/// What `follow_news` answers.
#[derive(Debug)]
pub enum FollowNewsResponse {
    /// 200: What happens, as it happens.
    Ok {
        /// The body.
        body: runtime::Body,
    },
    /// 204: Nothing more will happen.
    NoContent,
}

impl runtime::Respond for FollowNewsResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body } => {
                runtime::Reply::new(200).stream("text/event-stream", body)
            }
            Self::NoContent => runtime::Reply::new(204).empty(),
        }
    }
}

/// What `follow_lines` takes.
#[derive(Debug)]
pub struct FollowLinesRequest {
    /// `room`.
    pub room: String,
    /// `Last-Event-ID`.
    pub last_event_id: Option<String>,
}

/// What `follow_lines` answers.
#[derive(Debug)]
pub enum FollowLinesResponse {
    /// 200: The lines.
    Ok {
        /// The body.
        body: runtime::Body,
    },
}

impl runtime::Respond for FollowLinesResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body } => {
                runtime::Reply::new(200).stream("text/event-stream", body)
            }
        }
    }
}

/// What `summarize` takes.
#[derive(Debug)]
pub struct SummarizeRequest {
    /// The body.
    pub body: SummarizeBody,
}

/// What `summarize` answers.
#[derive(Debug)]
pub enum SummarizeResponse {
    /// 200: The words.
    Ok {
        /// The body.
        body: runtime::Body,
    },
}

impl runtime::Respond for SummarizeResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body } => {
                runtime::Reply::new(200).stream("text/event-stream", body)
            }
        }
    }
}

/// Handles `GET /news`.
pub(super) async fn follow_news<T: NewsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let topic = call.query("topic").optional::<String>();
    let events = call.query("events").optional::<i64>();
    let client = call.query("client").optional::<String>();
    let request = call
        .finish(|| Some(FollowNewsRequest {
            topic: topic?,
            events: events?,
            client: client?,
        }))?;
    call.answer(service.follow_news(request).await)
}

/// Handles `GET /rooms/{room}/lines`.
pub(super) async fn follow_lines<T: NewsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let room = call.path("room").required::<String>();
    let last_event_id = call.header("Last-Event-ID").optional::<String>();
    let request = call
        .finish(|| Some(FollowLinesRequest {
            room: room?,
            last_event_id: last_event_id?,
        }))?;
    call.answer(service.follow_lines(request).await)
}

/// Handles `POST /summaries`.
pub(super) async fn summarize<T: NewsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let body = call
        .json_body::<
            SummarizeBody,
        >(
            "application/json",
            "#/paths/~1summaries/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call.finish(|| Some(SummarizeRequest { body: body? }))?;
    call.answer(service.summarize(request).await)
}
