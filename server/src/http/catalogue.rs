//! The catalogue over HTTP.

use orderly_api::{
    AdjustStockRequest, AdjustStockResponse, ArchiveProductRequest, ArchiveProductResponse, CatalogueApi,
    CreateProductRequest, CreateProductResponse, GetProductRequest, GetProductResponse, IdempotencyKey,
    ListProductsRequest, ListProductsResponse, UpdateProductRequest, UpdateProductResponse,
};
use orderly_domain::Storage;

use super::{
    Handlers,
    conditional::{entity_tag, is_known, precondition},
    mapping::{IntoApi, IntoDomain, listing, replayed},
};
use crate::service::{AdjustStock, ListProducts, Principal, Result};

impl<S: Storage> CatalogueApi for Handlers<S> {
    async fn list_products(
        &self,
        principal: Option<Principal>,
        request: ListProductsRequest,
    ) -> Result<ListProductsResponse> {
        let list = ListProducts {
            text: request.q.map(String::from),
            active: request.active,
            price_min: request.price_min.map(i64::from),
            price_max: request.price_max.map(i64::from),
            sort: request.sort.into_domain(),
            listing: listing(request.limit, request.cursor),
        };
        let page = self.services.list_products(principal.as_ref(), list).await?;
        Ok(ListProductsResponse::Ok { body: page.into_api() })
    }

    async fn create_product(
        &self,
        principal: Principal,
        request: CreateProductRequest,
    ) -> Result<CreateProductResponse> {
        let key = request.idempotency_key.map(IdempotencyKey::into_inner);
        let created = self.services.create_product(&principal, request.body.into_domain(), key).await?;
        Ok(CreateProductResponse::Created {
            location: format!("/v1/products/{}", created.value.id),
            etag: entity_tag(created.value.version),
            idempotent_replayed: replayed(created.replayed),
            body: created.value.into_api(),
        })
    }

    async fn get_product(
        &self,
        principal: Option<Principal>,
        request: GetProductRequest,
    ) -> Result<GetProductResponse> {
        let product = self.services.product(principal.as_ref(), request.product_id.into_domain()).await?;
        let etag = entity_tag(product.version);
        if is_known(request.if_none_match.as_deref(), product.version) {
            return Ok(GetProductResponse::NotModified { etag });
        }
        Ok(GetProductResponse::Ok { etag, body: product.into_api() })
    }

    async fn update_product(
        &self,
        principal: Principal,
        request: UpdateProductRequest,
    ) -> Result<UpdateProductResponse> {
        let id = request.product_id.into_domain();
        let precondition = precondition(request.if_match.as_deref());
        let change = request.body.into_domain();
        let product = self.services.change_product(&principal, id, precondition, change).await?;
        Ok(UpdateProductResponse::Ok { etag: entity_tag(product.version), body: product.into_api() })
    }

    async fn archive_product(
        &self,
        principal: Principal,
        request: ArchiveProductRequest,
    ) -> Result<ArchiveProductResponse> {
        let product = self.services.archive_product(&principal, request.product_id.into_domain()).await?;
        Ok(ArchiveProductResponse::Ok { etag: entity_tag(product.version), body: product.into_api() })
    }

    async fn adjust_stock(
        &self,
        principal: Principal,
        request: AdjustStockRequest,
    ) -> Result<AdjustStockResponse> {
        let key = request.idempotency_key.map(IdempotencyKey::into_inner);
        let adjust = AdjustStock {
            product_id: request.product_id.into_domain(),
            delta: request.body.delta.get(),
            reason: request.body.reason.into_inner(),
        };
        let adjusted = self.services.adjust_stock(&principal, adjust, key).await?;
        Ok(AdjustStockResponse::Ok {
            idempotent_replayed: replayed(adjusted.replayed),
            body: adjusted.value.into_api(),
        })
    }
}
