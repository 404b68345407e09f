//! Requests, by method, route and status: how long they take and how many there are right now.
//!
//! A histogram is found by three array indices, made when it is first needed and then kept: no label is hashed for a
//! request. Labels are the document's templates and registered statuses only, so nobody can make many of them.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use poem::http::Method;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{family::Family, gauge::Gauge, histogram::Histogram},
};

use super::{Metrics, SECONDS};

/// What OpenTelemetry calls a method that is none of those it knows.
const OTHER_METHOD: &str = "_OTHER";
/// The methods that are told apart; the last stands for all others.
const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", OTHER_METHOD];
/// What stands in the place of a path that the server does not know: the path itself is the caller's text.
pub(crate) const UNKNOWN_ROUTE: &str = "unknown";
/// Statuses are 100 to 599.
const STATUSES: usize = 500;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    http_request_method: &'static str,
    http_route: &'static str,
    http_response_status_code: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ActiveLabels {
    http_request_method: &'static str,
}

type Durations = Family<Labels, Histogram, fn() -> Histogram>;
type ByStatus = Box<[OnceLock<Histogram>; STATUSES]>;

/// The metrics of requests.
#[derive(Debug)]
pub struct HttpMetrics {
    durations: Durations,
    routes: Vec<Route>,
    active: [Gauge; METHODS.len()],
}

/// One route, with the histograms of its methods as far as they were needed.
#[derive(Debug)]
struct Route {
    template: &'static str,
    methods: [OnceLock<ByStatus>; METHODS.len()],
}

/// A request that is being worked on. It counts as active until it is dropped.
#[derive(Debug)]
pub struct Active {
    metrics: Arc<HttpMetrics>,
    route: usize,
    method: usize,
}

impl HttpMetrics {
    /// The metrics of requests to these routes, which are counted by their places in the list.
    pub fn new(metrics: &Metrics, templates: impl IntoIterator<Item = &'static str>) -> Arc<Self> {
        let durations = Durations::new_with_constructor(|| Histogram::new(SECONDS));
        let active = Family::<ActiveLabels, Gauge>::default();
        metrics.register(
            "http_server_request_duration_seconds",
            "Time from a request's head to the beginning of its answer; 499 is a client that left before it",
            durations.clone(),
        );
        metrics.register("http_server_active_requests", "Requests that are being worked on", active.clone());
        let routes = templates.into_iter().chain([UNKNOWN_ROUTE]);
        Arc::new(Self {
            durations,
            routes: routes.map(|template| Route { template, methods: Default::default() }).collect(),
            active: METHODS
                .map(|http_request_method| active.get_or_create_owned(&ActiveLabels { http_request_method })),
        })
    }

    /// Counts a request as active. `route` is its route's place in the list; none is a path that the server does not
    /// know.
    pub fn begin(self: &Arc<Self>, route: Option<usize>, method: &Method) -> Active {
        let unknown = self.routes.len() - 1;
        let method = METHODS.iter().position(|known| *known == method.as_str()).unwrap_or(METHODS.len() - 1);
        self.active[method].inc();
        Active { metrics: self.clone(), route: route.unwrap_or(unknown).min(unknown), method }
    }

    fn histogram(&self, route: usize, method: usize, status: u16) -> &Histogram {
        let Route { template, methods } = &self.routes[route];
        let statuses = methods[method].get_or_init(|| Box::new([const { OnceLock::new() }; STATUSES]));
        let place = usize::from(status).saturating_sub(100).min(STATUSES - 1);
        statuses[place].get_or_init(|| {
            self.durations.get_or_create_owned(&Labels {
                http_request_method: METHODS[method],
                http_route: template,
                http_response_status_code: status,
            })
        })
    }
}

impl Active {
    /// The request's method as it is told to operators: one that is unknown is the caller's text.
    pub fn method(&self) -> &'static str {
        METHODS[self.method]
    }

    /// Counts the answer.
    pub fn answered(&self, status: u16, after: Duration) {
        self.metrics.histogram(self.route, self.method, status).observe(after.as_secs_f64());
    }
}

impl Drop for Active {
    fn drop(&mut self) {
        self.metrics.active[self.method].dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_template_and_never_by_what_a_caller_made_up() {
        let metrics = Metrics::default();
        let http = HttpMetrics::new(&metrics, ["/v1/orders", "/v1/orders/{order_id}"]);
        let brew = Method::from_bytes(b"BREW").unwrap();
        for (route, method, status) in [
            (Some(1), &Method::GET, 200),
            (Some(1), &Method::GET, 200),
            (None, &Method::GET, 404),
            (Some(0), &brew, 405),
        ] {
            http.begin(route, method).answered(status, Duration::from_micros(700));
        }
        assert_eq!(http.begin(Some(0), &brew).method(), "_OTHER");
        let waiting = http.begin(Some(0), &Method::POST);
        let text = metrics.text();
        for line in [
            r#"http_server_request_duration_seconds_count{http_request_method="GET",http_route="/v1/orders/{order_id}",http_response_status_code="200"} 2"#,
            r#"http_server_request_duration_seconds_bucket{le="0.0005",http_request_method="GET",http_route="/v1/orders/{order_id}",http_response_status_code="200"} 0"#,
            r#"http_server_request_duration_seconds_bucket{le="0.001",http_request_method="GET",http_route="/v1/orders/{order_id}",http_response_status_code="200"} 2"#,
            r#"http_server_request_duration_seconds_count{http_request_method="GET",http_route="unknown",http_response_status_code="404"} 1"#,
            r#"http_server_request_duration_seconds_count{http_request_method="_OTHER",http_route="/v1/orders",http_response_status_code="405"} 1"#,
            r#"http_server_active_requests{http_request_method="POST"} 1"#,
            r#"http_server_active_requests{http_request_method="GET"} 0"#,
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
        assert!(!text.contains("BREW"), "{text}");
        drop(waiting);
        assert!(metrics.text().contains(r#"http_server_active_requests{http_request_method="POST"} 0"#));
    }
}
