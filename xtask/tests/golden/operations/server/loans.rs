//! Operations tagged `loans`.

use orderly_api_runtime as runtime;
use super::types::{CreateLoanBody};

/// Who has which book.
pub trait LoansApi: runtime::Service {
    /// Lend a book.
    ///
    /// `POST /loans`
    ///
    /// Deprecated in the document.
    fn create_loan(
        &self,
        principal: Self::Principal,
        request: CreateLoanRequest,
    ) -> impl std::future::Future<
        Output = Result<CreateLoanResponse, Self::Error>,
    > + Send;
}

/// What `create_loan` takes.
#[derive(Debug)]
pub struct CreateLoanRequest {
    /// The body.
    pub body: CreateLoanBody,
}

/// What `create_loan` answers.
#[derive(Debug)]
pub enum CreateLoanResponse {
    /// 201: It is lent.
    Created {
        /// The header `Location`.
        location: String,
    },
}

impl runtime::Respond for CreateLoanResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Created { location } => {
                runtime::Reply::new(201).header("Location", &location).empty()
            }
        }
    }
}

/// Handles `POST /loans`.
pub(super) async fn create_loan<T: LoansApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let body = call
        .json_body::<
            CreateLoanBody,
        >(
            "application/json",
            "#/paths/~1loans/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call.finish(|| Some(CreateLoanRequest { body: body? }))?;
    call.answer(service.create_loan(principal, request).await)
}
