//! HTTP: the route table and the order of the layers, top to bottom.

mod accounts;
mod catalogue;
mod conditional;
pub mod docs;
mod guard;
mod handlers;
pub mod layers;
pub mod listener;
mod mapping;
mod notes;
mod orders;
mod problem;
pub mod routes;

use std::{net::SocketAddr, sync::Arc};

use orderly_api_runtime::{Failure, Operation};
use poem::{Endpoint, EndpointExt, IntoEndpoint, Response};

pub use self::handlers::Handlers;
use self::{
    layers::{
        deadline::Deadline, headers::SecurityHeaders, panics::CatchPanics, problems::Problems,
        request_id::RequestIds, trace::Trace,
    },
    routes::RouteTable,
};
use crate::{
    config::Limits,
    ops::{self, Readiness},
    telemetry::Telemetry,
};

/// An API to serve: its endpoint, its operations and its document.
pub struct Api<E> {
    /// What answers.
    pub endpoint: E,
    /// What it answers.
    pub operations: &'static [Operation],
    /// What describes it.
    pub source: docs::Source,
}

/// Everything that the server answers. A request passes the layers from the last line up to the routes; its answer or
/// error comes back down.
///
/// # Errors
/// When the documentation page cannot be made.
pub fn app<E>(
    api: Api<E>,
    readiness: Arc<Readiness>,
    limits: &Limits,
    telemetry: &Telemetry,
    operations: Option<SocketAddr>,
) -> Result<impl Endpoint<Output = Response> + use<E>, Failure>
where
    E: IntoEndpoint<Endpoint: 'static>,
{
    let described = api.operations.iter().map(|operation| (operation.method, operation.path, operation.id));
    let table = Arc::new(RouteTable::new(described.chain(ops::OPERATIONS).chain(docs::OPERATIONS)));
    let routes = docs::routes(ops::health(readiness), api.source, ops::document(operations))?
        .nest_no_strip("/", api.endpoint);
    Ok(routes
        .with(CatchPanics)
        .with(Deadline(limits.request()))
        .with(Problems(table.clone()))
        .with(SecurityHeaders)
        .with(Trace::new(table, telemetry.clone()))
        .with(RequestIds))
}
