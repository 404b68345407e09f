//! A whole service of orders, as small as one can be; the test changes it in ways that must not build.

use orderly_api::runtime::{Credential, Failure, Request, Service, StatusCode};
use orderly_api::*;

pub struct Shop;

fn closed() -> Failure {
    Failure::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "The shop is closed.")
}

impl Service for Shop {
    type Principal = String;
    type Error = Failure;

    async fn authenticate(
        &self,
        _: &Request,
        _: Vec<Credential>,
        _: &'static [&'static str],
    ) -> Result<String, Failure> {
        Err(closed())
    }
}

impl OrdersApi for Shop {
    async fn list_orders(&self, _: String, _: ListOrdersRequest) -> Result<ListOrdersResponse, Failure> {
        Ok(ListOrdersResponse::Ok { body: OrderPage { items: vec![], next_cursor: None } })
    }

    async fn create_order(
        &self,
        _: String,
        request: CreateOrderRequest,
    ) -> Result<CreateOrderResponse, Failure> {
        let _lines: Vec<OrderLineCreate> = request.body.lines;
        Err(closed())
    }

    async fn get_order(&self, _: String, _: GetOrderRequest) -> Result<GetOrderResponse, Failure> {
        Err(closed())
    }

    async fn cancel_order(&self, _: String, _: CancelOrderRequest) -> Result<CancelOrderResponse, Failure> {
        Err(closed())
    }
}
