//! Operations tagged `catalogue`.

use orderly_api_runtime as runtime;
use super::types::{Cursor, EntityTags, IdempotencyKey, Limit, ListProductsPriceMax, ListProductsPriceMin, ListProductsQ, Problem, Product, ProductCreate, ProductId, ProductPage, ProductPatch, ProductSort, RetryAfterHeader, StockAdjust, StockAdjustment};

/// Products, their prices and their stock.
pub trait CatalogueApi: runtime::Service {
    /// List products
    ///
    /// Open to everybody. Archived products are shown to administrators only.
    ///
    /// `GET /v1/products`
    fn list_products(
        &self,
        principal: Option<Self::Principal>,
        request: ListProductsRequest,
    ) -> impl std::future::Future<
        Output = Result<ListProductsResponse, Self::Error>,
    > + Send;
    /// Create a product
    ///
    /// For administrators. An API key needs the scope `catalogue:write`.
    ///
    /// `POST /v1/products`
    fn create_product(
        &self,
        principal: Self::Principal,
        request: CreateProductRequest,
    ) -> impl std::future::Future<
        Output = Result<CreateProductResponse, Self::Error>,
    > + Send;
    /// Get a product
    ///
    /// Open to everybody. Archived products are shown to administrators only.
    ///
    /// `GET /v1/products/{product_id}`
    fn get_product(
        &self,
        principal: Option<Self::Principal>,
        request: GetProductRequest,
    ) -> impl std::future::Future<
        Output = Result<GetProductResponse, Self::Error>,
    > + Send;
    /// Change a product
    ///
    /// For administrators. Changes the fields that are sent; `null` removes the description. `If-Match` is needed.
    /// An API key needs the scope `catalogue:write`.
    ///
    /// `PATCH /v1/products/{product_id}`
    fn update_product(
        &self,
        principal: Self::Principal,
        request: UpdateProductRequest,
    ) -> impl std::future::Future<
        Output = Result<UpdateProductResponse, Self::Error>,
    > + Send;
    /// Archive a product
    ///
    /// For administrators. Takes the product off sale; orders keep it. Doing it again changes nothing.
    /// An API key needs the scope `catalogue:write`.
    ///
    /// `POST /v1/products/{product_id}/archive`
    fn archive_product(
        &self,
        principal: Self::Principal,
        request: ArchiveProductRequest,
    ) -> impl std::future::Future<
        Output = Result<ArchiveProductResponse, Self::Error>,
    > + Send;
    /// Adjust the stock
    ///
    /// For administrators. Adds `delta` to the stock, or takes it away; the stock never goes below zero.
    /// An API key needs the scope `catalogue:write`.
    ///
    /// `POST /v1/products/{product_id}/adjust-stock`
    fn adjust_stock(
        &self,
        principal: Self::Principal,
        request: AdjustStockRequest,
    ) -> impl std::future::Future<
        Output = Result<AdjustStockResponse, Self::Error>,
    > + Send;
}

/// What `list_products` takes.
#[derive(Debug)]
pub struct ListProductsRequest {
    /// How many items a page has at most.
    pub limit: Limit,
    /// Where the page begins, `next_cursor` of the page before. It works with the filters that it was made with.
    pub cursor: Option<Cursor>,
    /// Text that the name, the description or the SKU contains, in any case.
    pub q: Option<ListProductsQ>,
    /// Only products that are for sale (`true`) or archived (`false`, administrators only).
    pub active: Option<bool>,
    /// Lowest price, in minor units.
    pub price_min: Option<ListProductsPriceMin>,
    /// Highest price, in minor units.
    pub price_max: Option<ListProductsPriceMax>,
    /// The order of the list.
    pub sort: ProductSort,
}

/// What `list_products` answers.
#[derive(Debug)]
pub enum ListProductsResponse {
    /// 200: A page of products.
    Ok {
        /// The body.
        body: ProductPage,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 401: The credential is missing, wrong or expired (`unauthenticated`).
    Unauthorized {
        /// The body.
        body: Problem,
        /// The header `WWW-Authenticate`.
        www_authenticate: String,
    },
    /// 403: The credential does not allow this (`forbidden`).
    Forbidden {
        /// The body.
        body: Problem,
    },
    /// 500: Something went wrong here (`internal`). The request id finds it in the log.
    InternalServerError {
        /// The body.
        body: Problem,
    },
    /// 503: The server cannot serve this now (`unavailable`). Try again later.
    ServiceUnavailable {
        /// The body.
        body: Problem,
        /// The header `Retry-After`.
        retry_after: RetryAfterHeader,
    },
    /// 504: It took longer than the server allows (`deadline_exceeded`).
    GatewayTimeout {
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for ListProductsResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body } => runtime::Reply::new(200).json("application/json", &body),
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::Unauthorized { body, www_authenticate } => {
                runtime::Reply::new(401)
                    .header("WWW-Authenticate", &www_authenticate)
                    .json("application/problem+json", &body)
            }
            Self::Forbidden { body } => {
                runtime::Reply::new(403).json("application/problem+json", &body)
            }
            Self::InternalServerError { body } => {
                runtime::Reply::new(500).json("application/problem+json", &body)
            }
            Self::ServiceUnavailable { body, retry_after } => {
                runtime::Reply::new(503)
                    .header("Retry-After", &retry_after)
                    .json("application/problem+json", &body)
            }
            Self::GatewayTimeout { body } => {
                runtime::Reply::new(504).json("application/problem+json", &body)
            }
        }
    }
}

/// What `create_product` takes.
#[derive(Debug)]
pub struct CreateProductRequest {
    /// Your key for this request, such as a UUID. Sending it again gives the first answer again.
    pub idempotency_key: Option<IdempotencyKey>,
    /// The body.
    pub body: ProductCreate,
}

/// What `create_product` answers.
#[derive(Debug)]
pub enum CreateProductResponse {
    /// 201: The product.
    Created {
        /// The body.
        body: Product,
        /// The header `Location`.
        location: String,
        /// The header `ETag`.
        etag: String,
        /// The header `Idempotent-Replayed`.
        idempotent_replayed: Option<bool>,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 401: The credential is missing, wrong or expired (`unauthenticated`).
    Unauthorized {
        /// The body.
        body: Problem,
        /// The header `WWW-Authenticate`.
        www_authenticate: String,
    },
    /// 403: The credential does not allow this (`forbidden`).
    Forbidden {
        /// The body.
        body: Problem,
    },
    /// 408: The body did not arrive in time (`request_timeout`).
    RequestTimeout {
        /// The body.
        body: Problem,
    },
    /// 409: The SKU is in use (`sku_taken`), or a request with the same key is being worked on (`idempotency_in_flight`).
    Conflict {
        /// The body.
        body: Problem,
        /// The header `Idempotent-Replayed`.
        idempotent_replayed: Option<bool>,
    },
    /// 413: The body is larger than the server takes (`payload_too_large`).
    PayloadTooLarge {
        /// The body.
        body: Problem,
    },
    /// 415: The body is of a media type that this operation does not take (`unsupported_media_type`).
    UnsupportedMediaType {
        /// The body.
        body: Problem,
    },
    /// 422: The key was used with another body (`idempotency_key_reused`).
    UnprocessableEntity {
        /// The body.
        body: Problem,
        /// The header `Idempotent-Replayed`.
        idempotent_replayed: Option<bool>,
    },
    /// 500: Something went wrong here (`internal`). The request id finds it in the log.
    InternalServerError {
        /// The body.
        body: Problem,
    },
    /// 503: The server cannot serve this now (`unavailable`). Try again later.
    ServiceUnavailable {
        /// The body.
        body: Problem,
        /// The header `Retry-After`.
        retry_after: RetryAfterHeader,
    },
    /// 504: It took longer than the server allows (`deadline_exceeded`).
    GatewayTimeout {
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for CreateProductResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Created { body, location, etag, idempotent_replayed } => {
                runtime::Reply::new(201)
                    .header("Location", &location)
                    .header("ETag", &etag)
                    .optional_header("Idempotent-Replayed", idempotent_replayed.as_ref())
                    .json("application/json", &body)
            }
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::Unauthorized { body, www_authenticate } => {
                runtime::Reply::new(401)
                    .header("WWW-Authenticate", &www_authenticate)
                    .json("application/problem+json", &body)
            }
            Self::Forbidden { body } => {
                runtime::Reply::new(403).json("application/problem+json", &body)
            }
            Self::RequestTimeout { body } => {
                runtime::Reply::new(408).json("application/problem+json", &body)
            }
            Self::Conflict { body, idempotent_replayed } => {
                runtime::Reply::new(409)
                    .optional_header("Idempotent-Replayed", idempotent_replayed.as_ref())
                    .json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
            }
            Self::UnprocessableEntity { body, idempotent_replayed } => {
                runtime::Reply::new(422)
                    .optional_header("Idempotent-Replayed", idempotent_replayed.as_ref())
                    .json("application/problem+json", &body)
            }
            Self::InternalServerError { body } => {
                runtime::Reply::new(500).json("application/problem+json", &body)
            }
            Self::ServiceUnavailable { body, retry_after } => {
                runtime::Reply::new(503)
                    .header("Retry-After", &retry_after)
                    .json("application/problem+json", &body)
            }
            Self::GatewayTimeout { body } => {
                runtime::Reply::new(504).json("application/problem+json", &body)
            }
        }
    }
}

/// What `get_product` takes.
#[derive(Debug)]
pub struct GetProductRequest {
    /// The product.
    pub product_id: ProductId,
    /// The `ETag` of the version that you have; the answer is 304 while it is the current one.
    pub if_none_match: Option<EntityTags>,
}

/// What `get_product` answers.
#[derive(Debug)]
pub enum GetProductResponse {
    /// 200: The product.
    Ok {
        /// The body.
        body: Product,
        /// The header `ETag`.
        etag: String,
    },
    /// 304: The version that you have is the current one.
    NotModified {
        /// The header `ETag`.
        etag: String,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 401: The credential is missing, wrong or expired (`unauthenticated`).
    Unauthorized {
        /// The body.
        body: Problem,
        /// The header `WWW-Authenticate`.
        www_authenticate: String,
    },
    /// 404: There is no such thing, or it belongs to somebody else (`not_found`).
    NotFound {
        /// The body.
        body: Problem,
    },
    /// 500: Something went wrong here (`internal`). The request id finds it in the log.
    InternalServerError {
        /// The body.
        body: Problem,
    },
    /// 503: The server cannot serve this now (`unavailable`). Try again later.
    ServiceUnavailable {
        /// The body.
        body: Problem,
        /// The header `Retry-After`.
        retry_after: RetryAfterHeader,
    },
    /// 504: It took longer than the server allows (`deadline_exceeded`).
    GatewayTimeout {
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for GetProductResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body, etag } => {
                runtime::Reply::new(200)
                    .header("ETag", &etag)
                    .json("application/json", &body)
            }
            Self::NotModified { etag } => {
                runtime::Reply::new(304).header("ETag", &etag).empty()
            }
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::Unauthorized { body, www_authenticate } => {
                runtime::Reply::new(401)
                    .header("WWW-Authenticate", &www_authenticate)
                    .json("application/problem+json", &body)
            }
            Self::NotFound { body } => {
                runtime::Reply::new(404).json("application/problem+json", &body)
            }
            Self::InternalServerError { body } => {
                runtime::Reply::new(500).json("application/problem+json", &body)
            }
            Self::ServiceUnavailable { body, retry_after } => {
                runtime::Reply::new(503)
                    .header("Retry-After", &retry_after)
                    .json("application/problem+json", &body)
            }
            Self::GatewayTimeout { body } => {
                runtime::Reply::new(504).json("application/problem+json", &body)
            }
        }
    }
}

/// What `update_product` takes.
#[derive(Debug)]
pub struct UpdateProductRequest {
    /// The product.
    pub product_id: ProductId,
    /// The `ETag` of the version that you want to change.
    pub if_match: Option<EntityTags>,
    /// The body.
    pub body: ProductPatch,
}

/// What `update_product` answers.
#[derive(Debug)]
pub enum UpdateProductResponse {
    /// 200: The product as it is now.
    Ok {
        /// The body.
        body: Product,
        /// The header `ETag`.
        etag: String,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 401: The credential is missing, wrong or expired (`unauthenticated`).
    Unauthorized {
        /// The body.
        body: Problem,
        /// The header `WWW-Authenticate`.
        www_authenticate: String,
    },
    /// 403: The credential does not allow this (`forbidden`).
    Forbidden {
        /// The body.
        body: Problem,
    },
    /// 404: There is no such thing, or it belongs to somebody else (`not_found`).
    NotFound {
        /// The body.
        body: Problem,
    },
    /// 408: The body did not arrive in time (`request_timeout`).
    RequestTimeout {
        /// The body.
        body: Problem,
    },
    /// 412: It has changed since you saw it (`version_mismatch`).
    PreconditionFailed {
        /// The body.
        body: Problem,
    },
    /// 413: The body is larger than the server takes (`payload_too_large`).
    PayloadTooLarge {
        /// The body.
        body: Problem,
    },
    /// 415: The body is of a media type that this operation does not take (`unsupported_media_type`).
    UnsupportedMediaType {
        /// The body.
        body: Problem,
    },
    /// 428: `If-Match` is needed here (`precondition_required`).
    PreconditionRequired {
        /// The body.
        body: Problem,
    },
    /// 500: Something went wrong here (`internal`). The request id finds it in the log.
    InternalServerError {
        /// The body.
        body: Problem,
    },
    /// 503: The server cannot serve this now (`unavailable`). Try again later.
    ServiceUnavailable {
        /// The body.
        body: Problem,
        /// The header `Retry-After`.
        retry_after: RetryAfterHeader,
    },
    /// 504: It took longer than the server allows (`deadline_exceeded`).
    GatewayTimeout {
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for UpdateProductResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body, etag } => {
                runtime::Reply::new(200)
                    .header("ETag", &etag)
                    .json("application/json", &body)
            }
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::Unauthorized { body, www_authenticate } => {
                runtime::Reply::new(401)
                    .header("WWW-Authenticate", &www_authenticate)
                    .json("application/problem+json", &body)
            }
            Self::Forbidden { body } => {
                runtime::Reply::new(403).json("application/problem+json", &body)
            }
            Self::NotFound { body } => {
                runtime::Reply::new(404).json("application/problem+json", &body)
            }
            Self::RequestTimeout { body } => {
                runtime::Reply::new(408).json("application/problem+json", &body)
            }
            Self::PreconditionFailed { body } => {
                runtime::Reply::new(412).json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
            }
            Self::PreconditionRequired { body } => {
                runtime::Reply::new(428).json("application/problem+json", &body)
            }
            Self::InternalServerError { body } => {
                runtime::Reply::new(500).json("application/problem+json", &body)
            }
            Self::ServiceUnavailable { body, retry_after } => {
                runtime::Reply::new(503)
                    .header("Retry-After", &retry_after)
                    .json("application/problem+json", &body)
            }
            Self::GatewayTimeout { body } => {
                runtime::Reply::new(504).json("application/problem+json", &body)
            }
        }
    }
}

/// What `archive_product` takes.
#[derive(Debug)]
pub struct ArchiveProductRequest {
    /// The product.
    pub product_id: ProductId,
}

/// What `archive_product` answers.
#[derive(Debug)]
pub enum ArchiveProductResponse {
    /// 200: The product as it is now.
    Ok {
        /// The body.
        body: Product,
        /// The header `ETag`.
        etag: String,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 401: The credential is missing, wrong or expired (`unauthenticated`).
    Unauthorized {
        /// The body.
        body: Problem,
        /// The header `WWW-Authenticate`.
        www_authenticate: String,
    },
    /// 403: The credential does not allow this (`forbidden`).
    Forbidden {
        /// The body.
        body: Problem,
    },
    /// 404: There is no such thing, or it belongs to somebody else (`not_found`).
    NotFound {
        /// The body.
        body: Problem,
    },
    /// 500: Something went wrong here (`internal`). The request id finds it in the log.
    InternalServerError {
        /// The body.
        body: Problem,
    },
    /// 503: The server cannot serve this now (`unavailable`). Try again later.
    ServiceUnavailable {
        /// The body.
        body: Problem,
        /// The header `Retry-After`.
        retry_after: RetryAfterHeader,
    },
    /// 504: It took longer than the server allows (`deadline_exceeded`).
    GatewayTimeout {
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for ArchiveProductResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body, etag } => {
                runtime::Reply::new(200)
                    .header("ETag", &etag)
                    .json("application/json", &body)
            }
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::Unauthorized { body, www_authenticate } => {
                runtime::Reply::new(401)
                    .header("WWW-Authenticate", &www_authenticate)
                    .json("application/problem+json", &body)
            }
            Self::Forbidden { body } => {
                runtime::Reply::new(403).json("application/problem+json", &body)
            }
            Self::NotFound { body } => {
                runtime::Reply::new(404).json("application/problem+json", &body)
            }
            Self::InternalServerError { body } => {
                runtime::Reply::new(500).json("application/problem+json", &body)
            }
            Self::ServiceUnavailable { body, retry_after } => {
                runtime::Reply::new(503)
                    .header("Retry-After", &retry_after)
                    .json("application/problem+json", &body)
            }
            Self::GatewayTimeout { body } => {
                runtime::Reply::new(504).json("application/problem+json", &body)
            }
        }
    }
}

/// What `adjust_stock` takes.
#[derive(Debug)]
pub struct AdjustStockRequest {
    /// The product.
    pub product_id: ProductId,
    /// Your key for this request, such as a UUID. Sending it again gives the first answer again.
    pub idempotency_key: Option<IdempotencyKey>,
    /// The body.
    pub body: StockAdjust,
}

/// What `adjust_stock` answers.
#[derive(Debug)]
pub enum AdjustStockResponse {
    /// 200: The adjustment, with the stock after it.
    Ok {
        /// The body.
        body: StockAdjustment,
        /// The header `Idempotent-Replayed`.
        idempotent_replayed: Option<bool>,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 401: The credential is missing, wrong or expired (`unauthenticated`).
    Unauthorized {
        /// The body.
        body: Problem,
        /// The header `WWW-Authenticate`.
        www_authenticate: String,
    },
    /// 403: The credential does not allow this (`forbidden`).
    Forbidden {
        /// The body.
        body: Problem,
    },
    /// 404: There is no such thing, or it belongs to somebody else (`not_found`).
    NotFound {
        /// The body.
        body: Problem,
    },
    /// 408: The body did not arrive in time (`request_timeout`).
    RequestTimeout {
        /// The body.
        body: Problem,
    },
    /// 409: There is not as much as that (`out_of_stock`), or a request with the same key is being worked on (`idempotency_in_flight`).
    Conflict {
        /// The body.
        body: Problem,
        /// The header `Idempotent-Replayed`.
        idempotent_replayed: Option<bool>,
    },
    /// 413: The body is larger than the server takes (`payload_too_large`).
    PayloadTooLarge {
        /// The body.
        body: Problem,
    },
    /// 415: The body is of a media type that this operation does not take (`unsupported_media_type`).
    UnsupportedMediaType {
        /// The body.
        body: Problem,
    },
    /// 422: The key was used with another body (`idempotency_key_reused`).
    UnprocessableEntity {
        /// The body.
        body: Problem,
        /// The header `Idempotent-Replayed`.
        idempotent_replayed: Option<bool>,
    },
    /// 500: Something went wrong here (`internal`). The request id finds it in the log.
    InternalServerError {
        /// The body.
        body: Problem,
    },
    /// 503: The server cannot serve this now (`unavailable`). Try again later.
    ServiceUnavailable {
        /// The body.
        body: Problem,
        /// The header `Retry-After`.
        retry_after: RetryAfterHeader,
    },
    /// 504: It took longer than the server allows (`deadline_exceeded`).
    GatewayTimeout {
        /// The body.
        body: Problem,
    },
}

impl runtime::Respond for AdjustStockResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body, idempotent_replayed } => {
                runtime::Reply::new(200)
                    .optional_header("Idempotent-Replayed", idempotent_replayed.as_ref())
                    .json("application/json", &body)
            }
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::Unauthorized { body, www_authenticate } => {
                runtime::Reply::new(401)
                    .header("WWW-Authenticate", &www_authenticate)
                    .json("application/problem+json", &body)
            }
            Self::Forbidden { body } => {
                runtime::Reply::new(403).json("application/problem+json", &body)
            }
            Self::NotFound { body } => {
                runtime::Reply::new(404).json("application/problem+json", &body)
            }
            Self::RequestTimeout { body } => {
                runtime::Reply::new(408).json("application/problem+json", &body)
            }
            Self::Conflict { body, idempotent_replayed } => {
                runtime::Reply::new(409)
                    .optional_header("Idempotent-Replayed", idempotent_replayed.as_ref())
                    .json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
            }
            Self::UnprocessableEntity { body, idempotent_replayed } => {
                runtime::Reply::new(422)
                    .optional_header("Idempotent-Replayed", idempotent_replayed.as_ref())
                    .json("application/problem+json", &body)
            }
            Self::InternalServerError { body } => {
                runtime::Reply::new(500).json("application/problem+json", &body)
            }
            Self::ServiceUnavailable { body, retry_after } => {
                runtime::Reply::new(503)
                    .header("Retry-After", &retry_after)
                    .json("application/problem+json", &body)
            }
            Self::GatewayTimeout { body } => {
                runtime::Reply::new(504).json("application/problem+json", &body)
            }
        }
    }
}

/// Handles `GET /v1/products`.
pub(super) async fn list_products<T: CatalogueApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate_optional(&*service).await?;
    let limit = call.query("limit").or_default_text::<Limit>("20");
    let cursor = call.query("cursor").optional::<Cursor>();
    let q = call.query("q").optional::<ListProductsQ>();
    let active = call.query("active").optional::<bool>();
    let price_min = call.query("price_min").optional::<ListProductsPriceMin>();
    let price_max = call.query("price_max").optional::<ListProductsPriceMax>();
    let sort = call.query("sort").or_default_text::<ProductSort>("newest");
    let request = call
        .finish(|| Some(ListProductsRequest {
            limit: limit?,
            cursor: cursor?,
            q: q?,
            active: active?,
            price_min: price_min?,
            price_max: price_max?,
            sort: sort?,
        }))?;
    call.answer(service.list_products(principal, request).await)
}

/// Handles `POST /v1/products`.
pub(super) async fn create_product<T: CatalogueApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let idempotency_key = call.header("Idempotency-Key").optional::<IdempotencyKey>();
    let body = call
        .json_body::<
            ProductCreate,
        >(
            "application/json",
            "#/paths/~1v1~1products/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call
        .finish(|| Some(CreateProductRequest {
            idempotency_key: idempotency_key?,
            body: body?,
        }))?;
    call.answer(service.create_product(principal, request).await)
}

/// Handles `GET /v1/products/{product_id}`.
pub(super) async fn get_product<T: CatalogueApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate_optional(&*service).await?;
    let product_id = call.path("product_id").required::<ProductId>();
    let if_none_match = call.header("If-None-Match").optional::<EntityTags>();
    let request = call
        .finish(|| Some(GetProductRequest {
            product_id: product_id?,
            if_none_match: if_none_match?,
        }))?;
    call.answer(service.get_product(principal, request).await)
}

/// Handles `PATCH /v1/products/{product_id}`.
pub(super) async fn update_product<T: CatalogueApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let product_id = call.path("product_id").required::<ProductId>();
    let if_match = call.header("If-Match").optional::<EntityTags>();
    let body = call
        .json_body::<
            ProductPatch,
        >(
            "application/merge-patch+json",
            "#/paths/~1v1~1products~1{product_id}/patch/requestBody/content/application~1merge-patch+json/schema",
        )
        .await?;
    let request = call
        .finish(|| Some(UpdateProductRequest {
            product_id: product_id?,
            if_match: if_match?,
            body: body?,
        }))?;
    call.answer(service.update_product(principal, request).await)
}

/// Handles `POST /v1/products/{product_id}/archive`.
pub(super) async fn archive_product<T: CatalogueApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let product_id = call.path("product_id").required::<ProductId>();
    let request = call
        .finish(|| Some(ArchiveProductRequest {
            product_id: product_id?,
        }))?;
    call.answer(service.archive_product(principal, request).await)
}

/// Handles `POST /v1/products/{product_id}/adjust-stock`.
pub(super) async fn adjust_stock<T: CatalogueApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let product_id = call.path("product_id").required::<ProductId>();
    let idempotency_key = call.header("Idempotency-Key").optional::<IdempotencyKey>();
    let body = call
        .json_body::<
            StockAdjust,
        >(
            "application/json",
            "#/paths/~1v1~1products~1{product_id}~1adjust-stock/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call
        .finish(|| Some(AdjustStockRequest {
            product_id: product_id?,
            idempotency_key: idempotency_key?,
            body: body?,
        }))?;
    call.answer(service.adjust_stock(principal, request).await)
}
