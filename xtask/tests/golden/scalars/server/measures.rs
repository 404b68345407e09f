//! Operations tagged `measures`.

use orderly_api_runtime as runtime;
use super::types::{Measure};

/// Operations tagged `measures`.
pub trait MeasuresApi: runtime::Service {
    /// Record a measure.
    ///
    /// `POST /measures`
    fn create_measure(
        &self,
        request: CreateMeasureRequest,
    ) -> impl std::future::Future<
        Output = Result<CreateMeasureResponse, Self::Error>,
    > + Send;
}

/// What `create_measure` takes.
#[derive(Debug)]
pub struct CreateMeasureRequest {
    /// The body.
    pub body: Measure,
}

/// What `create_measure` answers.
#[derive(Debug)]
pub enum CreateMeasureResponse {
    /// 204: Recorded.
    NoContent,
}

impl runtime::Respond for CreateMeasureResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::NoContent => runtime::Reply::new(204).empty(),
        }
    }
}

/// Handles `POST /measures`.
pub(super) async fn create_measure<T: MeasuresApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let body = call
        .json_body::<
            Measure,
        >(
            "application/json",
            "#/paths/~1measures/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call
        .finish(|| Some(CreateMeasureRequest {
            body: body?,
        }))?;
    call.answer(service.create_measure(request).await)
}
