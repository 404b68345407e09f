//! A service that does nothing: what the interface says does not depend on what a server does.

use orderly_api::*;
use runtime::{Credential, Failure, Request, Service, StatusCode};

/// Refuses every call.
pub(crate) struct Idle;

fn idle() -> Failure {
    Failure::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Nobody is at work.")
}

impl Service for Idle {
    type Principal = ();
    type Error = Failure;

    async fn authenticate(
        &self,
        _: &Request,
        _: Vec<Credential>,
        _: &'static [&'static str],
    ) -> Result<(), Failure> {
        Err(idle())
    }
}

/// Implements a trait by methods that refuse.
macro_rules! idle {
    ($interface:ident { $($method:ident($($argument:ty),*) -> $answer:ty;)* }) => {
        impl $interface for Idle {
            $(async fn $method(&self, $(_: $argument),*) -> Result<$answer, Failure> {
                Err(idle())
            })*
        }
    };
}

idle!(AccountsApi {
    get_jwks() -> GetJwksResponse;
    register(RegisterRequest) -> RegisterResponse;
    create_tokens(CreateTokensRequest) -> CreateTokensResponse;
    revoke_tokens(RevokeTokensRequest) -> RevokeTokensResponse;
    get_me(()) -> GetMeResponse;
    update_me((), UpdateMeRequest) -> UpdateMeResponse;
    change_password((), ChangePasswordRequest) -> ChangePasswordResponse;
    get_overview(()) -> GetOverviewResponse;
    list_users((), ListUsersRequest) -> ListUsersResponse;
    create_user((), CreateUserRequest) -> CreateUserResponse;
    get_user((), GetUserRequest) -> GetUserResponse;
    delete_user((), DeleteUserRequest) -> DeleteUserResponse;
    change_role((), ChangeRoleRequest) -> ChangeRoleResponse;
    list_api_keys((), ListApiKeysRequest) -> ListApiKeysResponse;
    create_api_key((), CreateApiKeyRequest) -> CreateApiKeyResponse;
    revoke_api_key((), RevokeApiKeyRequest) -> RevokeApiKeyResponse;
});

idle!(AuditApi {
    list_audit_entries((), ListAuditEntriesRequest) -> ListAuditEntriesResponse;
});

idle!(CatalogueApi {
    list_products(Option<()>, ListProductsRequest) -> ListProductsResponse;
    create_product((), CreateProductRequest) -> CreateProductResponse;
    get_product(Option<()>, GetProductRequest) -> GetProductResponse;
    update_product((), UpdateProductRequest) -> UpdateProductResponse;
    archive_product((), ArchiveProductRequest) -> ArchiveProductResponse;
    adjust_stock((), AdjustStockRequest) -> AdjustStockResponse;
});

idle!(OrdersApi {
    list_orders((), ListOrdersRequest) -> ListOrdersResponse;
    create_order((), CreateOrderRequest) -> CreateOrderResponse;
    get_order((), GetOrderRequest) -> GetOrderResponse;
    cancel_order((), CancelOrderRequest) -> CancelOrderResponse;
});

idle!(NotesApi {
    list_notes((), ListNotesRequest) -> ListNotesResponse;
    create_note((), CreateNoteRequest) -> CreateNoteResponse;
    get_note((), GetNoteRequest) -> GetNoteResponse;
    replace_note((), ReplaceNoteRequest) -> ReplaceNoteResponse;
    update_note((), UpdateNoteRequest) -> UpdateNoteResponse;
    delete_note((), DeleteNoteRequest) -> DeleteNoteResponse;
});
