//! Operations tagged `orders`.

use orderly_api_runtime as runtime;
use super::types::{Cursor, EntityTags, IdempotencyKey, Limit, Order, OrderCreate, OrderId, OrderPage, OrderStatus, Problem, RetryAfterHeader};

/// Placing, finding and cancelling orders.
pub trait OrdersApi: runtime::Service {
    /// List orders
    ///
    /// The own orders, for administrators those of everybody. Newest first. An API key needs the scope `orders:read`.
    ///
    /// `GET /v1/orders`
    fn list_orders(
        &self,
        principal: Self::Principal,
        request: ListOrdersRequest,
    ) -> impl std::future::Future<
        Output = Result<ListOrdersResponse, Self::Error>,
    > + Send;
    /// Place an order
    ///
    /// Takes the stock of every line, or of none. The order keeps the names and prices of this moment.
    /// Lines of the same product are added up. With `expected_total`, a price that has changed meanwhile is refused.
    /// An API key needs the scope `orders:write`.
    ///
    /// `POST /v1/orders`
    fn create_order(
        &self,
        principal: Self::Principal,
        request: CreateOrderRequest,
    ) -> impl std::future::Future<
        Output = Result<CreateOrderResponse, Self::Error>,
    > + Send;
    /// Get an order
    ///
    /// An own order, for administrators anybody's. An API key needs the scope `orders:read`.
    ///
    /// `GET /v1/orders/{order_id}`
    fn get_order(
        &self,
        principal: Self::Principal,
        request: GetOrderRequest,
    ) -> impl std::future::Future<Output = Result<GetOrderResponse, Self::Error>> + Send;
    /// Cancel an order
    ///
    /// Gives the stock back. An own order, for administrators anybody's. An API key needs the scope `orders:write`.
    ///
    /// `POST /v1/orders/{order_id}/cancel`
    fn cancel_order(
        &self,
        principal: Self::Principal,
        request: CancelOrderRequest,
    ) -> impl std::future::Future<
        Output = Result<CancelOrderResponse, Self::Error>,
    > + Send;
}

/// What `list_orders` takes.
#[derive(Debug)]
pub struct ListOrdersRequest {
    /// How many items a page has at most.
    pub limit: Limit,
    /// Where the page begins, `next_cursor` of the page before. It works with the filters that it was made with.
    pub cursor: Option<Cursor>,
    /// Only orders in this state.
    pub status: Option<OrderStatus>,
    /// Only orders placed at this time or later.
    pub created_from: Option<chrono::DateTime<chrono::Utc>>,
    /// Only orders placed before this time.
    pub created_before: Option<chrono::DateTime<chrono::Utc>>,
}

/// What `list_orders` answers.
#[derive(Debug)]
pub enum ListOrdersResponse {
    /// 200: A page of orders.
    Ok {
        /// The body.
        body: OrderPage,
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

impl runtime::Respond for ListOrdersResponse {
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

/// What `create_order` takes.
#[derive(Debug)]
pub struct CreateOrderRequest {
    /// Your key for this order, such as a UUID. Sending it again gives the first answer again and places no second order.
    pub idempotency_key: IdempotencyKey,
    /// The body.
    pub body: OrderCreate,
}

/// What `create_order` answers.
#[derive(Debug)]
pub enum CreateOrderResponse {
    /// 201: The order.
    Created {
        /// The body.
        body: Order,
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
    /// 409: There is not enough stock (`out_of_stock`, with every line that fails in `shortages`), the total is not the expected one
    /// (`price_changed`, with `current_total`), or a request with the same key is being worked on (`idempotency_in_flight`).
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
    /// 422: A product is unknown (`unknown_product`) or not for sale (`product_not_for_sale`), the lines have several currencies
    /// (`currency_mismatch`), the total is too large (`total_too_large`), or the key was used with another body (`idempotency_key_reused`).
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

impl runtime::Respond for CreateOrderResponse {
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

/// What `get_order` takes.
#[derive(Debug)]
pub struct GetOrderRequest {
    /// The order.
    pub order_id: OrderId,
    /// The `ETag` of the version that you have; the answer is 304 while it is the current one.
    pub if_none_match: Option<EntityTags>,
}

/// What `get_order` answers.
#[derive(Debug)]
pub enum GetOrderResponse {
    /// 200: The order.
    Ok {
        /// The body.
        body: Order,
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

impl runtime::Respond for GetOrderResponse {
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

/// What `cancel_order` takes.
#[derive(Debug)]
pub struct CancelOrderRequest {
    /// The order.
    pub order_id: OrderId,
}

/// What `cancel_order` answers.
#[derive(Debug)]
pub enum CancelOrderResponse {
    /// 200: The order as it is now.
    Ok {
        /// The body.
        body: Order,
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
    /// 409: The order is in a state that cannot be cancelled (`invalid_transition`, with `from`, `to` and `allowed`).
    Conflict {
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

impl runtime::Respond for CancelOrderResponse {
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
            Self::Conflict { body } => {
                runtime::Reply::new(409).json("application/problem+json", &body)
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

/// Handles `GET /v1/orders`.
pub(super) async fn list_orders<T: OrdersApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let limit = call.query("limit").or_default_text::<Limit>("20");
    let cursor = call.query("cursor").optional::<Cursor>();
    let status = call.query("status").optional::<OrderStatus>();
    let created_from = call
        .query("created_from")
        .optional::<chrono::DateTime<chrono::Utc>>();
    let created_before = call
        .query("created_before")
        .optional::<chrono::DateTime<chrono::Utc>>();
    let request = call
        .finish(|| Some(ListOrdersRequest {
            limit: limit?,
            cursor: cursor?,
            status: status?,
            created_from: created_from?,
            created_before: created_before?,
        }))?;
    call.answer(service.list_orders(principal, request).await)
}

/// Handles `POST /v1/orders`.
pub(super) async fn create_order<T: OrdersApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let idempotency_key = call.header("Idempotency-Key").required::<IdempotencyKey>();
    let body = call
        .json_body::<
            OrderCreate,
        >(
            "application/json",
            "#/paths/~1v1~1orders/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call
        .finish(|| Some(CreateOrderRequest {
            idempotency_key: idempotency_key?,
            body: body?,
        }))?;
    call.answer(service.create_order(principal, request).await)
}

/// Handles `GET /v1/orders/{order_id}`.
pub(super) async fn get_order<T: OrdersApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let order_id = call.path("order_id").required::<OrderId>();
    let if_none_match = call.header("If-None-Match").optional::<EntityTags>();
    let request = call
        .finish(|| Some(GetOrderRequest {
            order_id: order_id?,
            if_none_match: if_none_match?,
        }))?;
    call.answer(service.get_order(principal, request).await)
}

/// Handles `POST /v1/orders/{order_id}/cancel`.
pub(super) async fn cancel_order<T: OrdersApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let order_id = call.path("order_id").required::<OrderId>();
    let request = call
        .finish(|| Some(CancelOrderRequest {
            order_id: order_id?,
        }))?;
    call.answer(service.cancel_order(principal, request).await)
}
