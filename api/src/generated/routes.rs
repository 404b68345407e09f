//! The routes of the document, answered by one service.

use orderly_api_runtime as runtime;
use super::accounts;
use super::catalogue;
use super::notes;
use super::orders;
use super::{description, operations};

/// Every route of the document, answered by `service`.
pub fn routes<
    T: accounts::AccountsApi + catalogue::CatalogueApi + orders::OrdersApi
        + notes::NotesApi,
>(service: std::sync::Arc<T>, limits: runtime::Limits) -> Routes<T> {
    Routes { service, limits }
}

/// The routes of the document; made by [`routes`].
#[derive(Debug)]
pub struct Routes<T> {
    service: std::sync::Arc<T>,
    limits: runtime::Limits,
}

impl<
    T: accounts::AccountsApi + catalogue::CatalogueApi + orders::OrdersApi
        + notes::NotesApi,
> poem_openapi::OpenApi for Routes<T> {
    fn meta() -> Vec<poem_openapi::registry::MetaApi> {
        vec![poem_openapi::registry::MetaApi { paths : description::paths() }]
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
        routes.add(&operations::GET_JWKS, accounts::get_jwks);
        routes.add(&operations::REGISTER, accounts::register);
        routes.add(&operations::CREATE_TOKENS, accounts::create_tokens);
        routes.add(&operations::REVOKE_TOKENS, accounts::revoke_tokens);
        routes.add(&operations::GET_ME, accounts::get_me);
        routes.add(&operations::UPDATE_ME, accounts::update_me);
        routes.add(&operations::CHANGE_PASSWORD, accounts::change_password);
        routes.add(&operations::GET_OVERVIEW, accounts::get_overview);
        routes.add(&operations::LIST_USERS, accounts::list_users);
        routes.add(&operations::CREATE_USER, accounts::create_user);
        routes.add(&operations::GET_USER, accounts::get_user);
        routes.add(&operations::DELETE_USER, accounts::delete_user);
        routes.add(&operations::CHANGE_ROLE, accounts::change_role);
        routes.add(&operations::LIST_API_KEYS, accounts::list_api_keys);
        routes.add(&operations::CREATE_API_KEY, accounts::create_api_key);
        routes.add(&operations::REVOKE_API_KEY, accounts::revoke_api_key);
        routes.add(&operations::LIST_PRODUCTS, catalogue::list_products);
        routes.add(&operations::CREATE_PRODUCT, catalogue::create_product);
        routes.add(&operations::GET_PRODUCT, catalogue::get_product);
        routes.add(&operations::UPDATE_PRODUCT, catalogue::update_product);
        routes.add(&operations::ARCHIVE_PRODUCT, catalogue::archive_product);
        routes.add(&operations::ADJUST_STOCK, catalogue::adjust_stock);
        routes.add(&operations::LIST_ORDERS, orders::list_orders);
        routes.add(&operations::CREATE_ORDER, orders::create_order);
        routes.add(&operations::GET_ORDER, orders::get_order);
        routes.add(&operations::CANCEL_ORDER, orders::cancel_order);
        routes.add(&operations::LIST_NOTES, notes::list_notes);
        routes.add(&operations::CREATE_NOTE, notes::create_note);
        routes.add(&operations::GET_NOTE, notes::get_note);
        routes.add(&operations::REPLACE_NOTE, notes::replace_note);
        routes.add(&operations::UPDATE_NOTE, notes::update_note);
        routes.add(&operations::DELETE_NOTE, notes::delete_note);
    }
}
