//! HTTP: the route table and the order of the layers, top to bottom.

mod accounts;
mod activity;
mod audit;
mod catalogue;
mod client_address;
mod conditional;
mod connection;
pub mod docs;
mod guard;
mod handlers;
pub mod layers;
pub mod listener;
pub mod load;
mod mapping;
mod notes;
mod orders;
mod problem;
mod refusal;
pub mod routes;
pub mod tls;

use std::{net::SocketAddr, sync::Arc};

use orderly_api_runtime::{Failure, Operation};
use poem::{Endpoint, EndpointExt, IntoEndpoint, Response};

pub use self::handlers::Handlers;
use self::{
    layers::{
        cors::Cors, deadline::LimitTime, headers::SecurityHeaders, host::OneHost, overload::Overload,
        panics::CatchPanics, problems::Problems, rate_limits::LimitRates, request_id::RequestIds,
        trace::Trace,
    },
    load::Load,
    routes::RouteTable,
};
use crate::{
    config::Config,
    ops::{self, Readiness},
    rate::RateLimits,
    telemetry::Telemetry,
    watch::ContractWatch,
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

/// What every request has to pass, with its counts.
#[derive(Debug, Clone)]
pub struct Edge {
    /// The requests that are worked on.
    pub load: Arc<Load>,
    /// How often everybody has called.
    pub rates: Arc<RateLimits>,
}

/// Everything that the server answers. A request passes the layers from the last line up to the routes; its answer or
/// error comes back down.
///
/// # Errors
/// When the documentation page cannot be made, or the watch over answers cannot start.
pub fn app<E>(
    api: Api<E>,
    readiness: Arc<Readiness>,
    config: &Config,
    edge: &Edge,
    telemetry: &Telemetry,
    operations: Option<SocketAddr>,
) -> Result<impl Endpoint<Output = Response> + use<E>, Failure>
where
    E: IntoEndpoint<Endpoint: 'static>,
{
    let described = api.operations.iter().map(|operation| (operation.method, operation.path, operation.id));
    let table = Arc::new(RouteTable::new(described.chain(ops::OPERATIONS).chain(docs::OPERATIONS)));
    let samples = config.contract_watch.sample_per_mille;
    let watch = ContractWatch::start(samples, &orderly_api::SCHEMAS, table.clone(), &telemetry.metrics);
    let routes = docs::routes(ops::health(readiness), api.source, ops::document(operations))?
        .nest_no_strip("/", api.endpoint);
    Ok(routes
        .with(CatchPanics)
        .with(LimitTime(config.limits.request()))
        .with(OneHost)
        .with(Overload(edge.load.clone()))
        .with(LimitRates {
            limits: edge.rates.clone(),
            trusted_proxies: config.rate.trusted_proxies.clone().into(),
        })
        .with(Problems(table.clone()))
        .with(Cors::new(&config.cors, table.clone()))
        .with(SecurityHeaders { is_secure: config.tls.files().is_some() })
        .with(Trace::new(table, telemetry.clone()))
        .with(RequestIds)
        .with(watch.map_err(Failure::internal)?))
}
