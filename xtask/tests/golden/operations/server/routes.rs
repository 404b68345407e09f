//! The routes of the document, answered by one service.

use orderly_api_runtime as runtime;
use super::books;
use super::loans;
use super::{description, operations};

/// Every route of the document, answered by `service`.
pub fn routes<T: books::BooksApi + loans::LoansApi>(
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

impl<T: books::BooksApi + loans::LoansApi> poem_openapi::OpenApi for Routes<T> {
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
        routes.add(&operations::LIST_BOOKS, books::list_books);
        routes.add(&operations::GET_BOOK, books::get_book);
        routes.add(&operations::UPDATE_BOOK, books::update_book);
        routes.add(&operations::SET_COVER, books::set_cover);
        routes.add(&operations::CREATE_LOAN, loans::create_loan);
    }
}
