//! Operations tagged `clock`.

use orderly_api_runtime as runtime;
use super::types::{Time};

/// What time it is.
pub trait ClockApi: runtime::Service {
    /// Tell the time.
    ///
    /// `GET /time`
    fn get_time(
        &self,
    ) -> impl std::future::Future<Output = Result<GetTimeResponse, Self::Error>> + Send;
}

/// What `get_time` answers.
#[derive(Debug)]
pub enum GetTimeResponse {
    /// 200: The time.
    Ok {
        /// The body.
        body: Time,
    },
}

impl runtime::Respond for GetTimeResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body } => runtime::Reply::new(200).json("application/json", &body),
        }
    }
}

/// Handles `GET /time`.
pub(super) async fn get_time<T: ClockApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    call.finish(|| Some(()))?;
    call.answer(service.get_time().await)
}
