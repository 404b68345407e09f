//! Orders over HTTP.

use orderly_api::{
    CancelOrderRequest, CancelOrderResponse, CreateOrderRequest, CreateOrderResponse, GetOrderRequest,
    GetOrderResponse, ListOrdersRequest, ListOrdersResponse, OrdersApi,
};
use orderly_domain::Storage;

use super::{
    Handlers,
    conditional::{entity_tag, is_known},
    mapping::{IntoApi, IntoDomain, listing, replayed},
};
use crate::service::{ListOrders, Principal, Result};

impl<S: Storage> OrdersApi for Handlers<S> {
    async fn list_orders(
        &self,
        principal: Principal,
        request: ListOrdersRequest,
    ) -> Result<ListOrdersResponse> {
        let list = ListOrders {
            status: request.status.map(IntoDomain::into_domain),
            created_from: request.created_from.map(IntoDomain::into_domain),
            created_before: request.created_before.map(IntoDomain::into_domain),
            listing: listing(request.limit, request.cursor),
        };
        let page = self.services.list_orders(&principal, list).await?;
        Ok(ListOrdersResponse::Ok { body: page.into_api() })
    }

    async fn create_order(
        &self,
        principal: Principal,
        request: CreateOrderRequest,
    ) -> Result<CreateOrderResponse> {
        let key = request.idempotency_key.into_inner();
        let placed = self.services.place_order(&principal, request.body.into_domain(), key).await?;
        Ok(CreateOrderResponse::Created {
            location: format!("/v1/orders/{}", placed.value.id),
            etag: entity_tag(placed.value.version),
            idempotent_replayed: replayed(placed.replayed),
            body: placed.value.into_api(),
        })
    }

    async fn get_order(&self, principal: Principal, request: GetOrderRequest) -> Result<GetOrderResponse> {
        let order = self.services.order(&principal, request.order_id.into_domain()).await?;
        let etag = entity_tag(order.version);
        if is_known(request.if_none_match.as_deref(), order.version) {
            return Ok(GetOrderResponse::NotModified { etag });
        }
        Ok(GetOrderResponse::Ok { etag, body: order.into_api() })
    }

    async fn cancel_order(
        &self,
        principal: Principal,
        request: CancelOrderRequest,
    ) -> Result<CancelOrderResponse> {
        let order = self.services.cancel_order(&principal, request.order_id.into_domain()).await?;
        Ok(CancelOrderResponse::Ok { etag: entity_tag(order.version), body: order.into_api() })
    }
}
