//! The routes of the document, answered by one service.

use orderly_api_runtime as runtime;
use super::news;
use super::{description, operations};

/// Every route of the document, answered by `service`.
pub fn routes<T: news::NewsApi>(
    service: std::sync::Arc<T>,
    limits: runtime::Limits,
) -> Routes<T> {
    Routes { service, limits }
}

/// The routes of the document; made by [`routes`].
#[derive(Debug)]
pub struct Routes<T> {
    service: std::sync::Arc<T>,
    limits: runtime::Limits,
}

impl<T: news::NewsApi> poem_openapi::OpenApi for Routes<T> {
    fn meta() -> Vec<poem_openapi::registry::MetaApi> {
        Vec::from([
            poem_openapi::registry::MetaApi {
                paths: description::paths(),
            },
        ])
    }
    fn register(registry: &mut poem_openapi::registry::Registry) {
        description::register(registry);
    }
    fn add_routes(self, table: &mut runtime::RouteTable) {
        let mut routes = runtime::Routing::new(
            self.service,
            self.limits,
            &super::SCHEMAS,
            table,
        );
        routes.add(&operations::FOLLOW_NEWS, news::follow_news);
        routes.add(&operations::FOLLOW_LINES, news::follow_lines);
        routes.add(&operations::SUMMARIZE, news::summarize);
    }
}
