//! Operations tagged `trees`.

use orderly_api_runtime as runtime;
use super::types::{Tree, TreeInput};

/// Operations tagged `trees`.
pub trait TreesApi: runtime::Service {
    /// Plant a tree.
    ///
    /// `POST /trees`
    fn plant_tree(
        &self,
        request: PlantTreeRequest,
    ) -> impl std::future::Future<
        Output = Result<PlantTreeResponse, Self::Error>,
    > + Send;
}

/// What `plant_tree` takes.
#[derive(Debug)]
pub struct PlantTreeRequest {
    /// The body.
    pub body: TreeInput,
}

/// What `plant_tree` answers.
#[derive(Debug)]
pub enum PlantTreeResponse {
    /// 201: It grows.
    Created {
        /// The body.
        body: Tree,
    },
}

impl runtime::Respond for PlantTreeResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Created { body } => {
                runtime::Reply::new(201).json("application/json", &body)
            }
        }
    }
}

/// Handles `POST /trees`.
pub(super) async fn plant_tree<T: TreesApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let body = call
        .json_body::<
            TreeInput,
        >(
            "application/json",
            "#/paths/~1trees/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call.finish(|| Some(PlantTreeRequest { body: body? }))?;
    call.answer(service.plant_tree(request).await)
}
