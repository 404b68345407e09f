//! Accounts, tokens, users and API keys over HTTP.

use orderly_api::{
    AccountsApi, ChangePasswordRequest, ChangePasswordResponse, ChangeRoleRequest, ChangeRoleResponse,
    CreateApiKeyRequest, CreateApiKeyResponse, CreateTokensRequest, CreateTokensResponse, CreateUserRequest,
    CreateUserResponse, DeleteUserRequest, DeleteUserResponse, GetJwksResponse, GetMeResponse,
    GetOverviewResponse, GetUserRequest, GetUserResponse, JsonWebKeySet, ListApiKeysRequest,
    ListApiKeysResponse, ListUsersRequest, ListUsersResponse, RegisterRequest, RegisterResponse,
    RevokeApiKeyRequest, RevokeApiKeyResponse, RevokeTokensRequest, RevokeTokensResponse, TokenRequest,
    UpdateMeRequest, UpdateMeResponse,
};
use orderly_domain::{Storage, account::Email};

use super::{
    Handlers,
    mapping::{IntoApi, IntoDomain, listing},
};
use crate::service::{ListUsers, PUBLISHED_KEYS_KEPT, Principal, Result};

/// Answers with secrets are kept by nobody on the way (RFC 6749, section 5.1).
const NO_STORE: &str = "no-store";

impl<S: Storage> AccountsApi for Handlers<S> {
    async fn get_jwks(&self) -> Result<GetJwksResponse> {
        let keys = self.services.public_keys().into_iter().map(IntoApi::into_api).collect();
        let cache_control = format!("public, max-age={}", PUBLISHED_KEYS_KEPT.as_secs());
        Ok(GetJwksResponse::Ok { cache_control, body: JsonWebKeySet { keys } })
    }

    async fn register(&self, request: RegisterRequest) -> Result<RegisterResponse> {
        self.rates.admit_registration().await?;
        let account = self.services.register(request.body.into_domain()).await?;
        Ok(RegisterResponse::Created { location: "/v1/me".to_owned(), body: account.into_api() })
    }

    async fn create_tokens(&self, request: CreateTokensRequest) -> Result<CreateTokensResponse> {
        let tokens = match request.body {
            TokenRequest::PasswordGrant(grant) => {
                let email = Email::from(grant.email.as_str());
                self.rates.admit_login(&email).await?;
                self.services.log_in(email, grant.password.into_inner()).await?
            }
            TokenRequest::RefreshTokenGrant(grant) => {
                self.services.refresh(grant.refresh_token.as_str()).await?
            }
        };
        Ok(CreateTokensResponse::Ok { cache_control: NO_STORE.to_owned(), body: tokens.into_api() })
    }

    async fn revoke_tokens(&self, request: RevokeTokensRequest) -> Result<RevokeTokensResponse> {
        self.services.log_out(request.body.refresh_token.as_str()).await?;
        Ok(RevokeTokensResponse::NoContent)
    }

    async fn get_me(&self, principal: Principal) -> Result<GetMeResponse> {
        let account = self.services.me(&principal).await?;
        Ok(GetMeResponse::Ok { body: account.into_api() })
    }

    async fn update_me(&self, principal: Principal, request: UpdateMeRequest) -> Result<UpdateMeResponse> {
        let account = self.services.change_me(&principal, request.body.into_domain()).await?;
        Ok(UpdateMeResponse::Ok { body: account.into_api() })
    }

    async fn change_password(
        &self,
        principal: Principal,
        request: ChangePasswordRequest,
    ) -> Result<ChangePasswordResponse> {
        self.rates.admit_password(principal.account).await?;
        let current = request.body.current_password.into_inner();
        let new = request.body.new_password.into_inner();
        self.services.change_password(&principal, current, new).await?;
        Ok(ChangePasswordResponse::NoContent)
    }

    async fn get_overview(&self, principal: Principal) -> Result<GetOverviewResponse> {
        let overview = self.services.overview(&principal).await?;
        Ok(GetOverviewResponse::Ok { body: overview.into_api() })
    }

    async fn list_users(&self, principal: Principal, request: ListUsersRequest) -> Result<ListUsersResponse> {
        let list = ListUsers {
            text: request.q.map(String::from),
            role: request.role.map(IntoDomain::into_domain),
            listing: listing(request.limit, request.cursor),
        };
        let page = self.services.list_users(&principal, list).await?;
        Ok(ListUsersResponse::Ok { body: page.into_api() })
    }

    async fn create_user(
        &self,
        principal: Principal,
        request: CreateUserRequest,
    ) -> Result<CreateUserResponse> {
        let (registration, role) = request.body.into_domain();
        let account = self.services.create_user(&principal, registration, role).await?;
        Ok(CreateUserResponse::Created {
            location: format!("/v1/users/{}", account.id),
            body: account.into_api(),
        })
    }

    async fn get_user(&self, principal: Principal, request: GetUserRequest) -> Result<GetUserResponse> {
        let account = self.services.user(&principal, request.user_id.into_domain()).await?;
        Ok(GetUserResponse::Ok { body: account.into_api() })
    }

    async fn delete_user(
        &self,
        principal: Principal,
        request: DeleteUserRequest,
    ) -> Result<DeleteUserResponse> {
        self.services.delete_user(&principal, request.user_id.into_domain()).await?;
        Ok(DeleteUserResponse::NoContent)
    }

    async fn change_role(
        &self,
        principal: Principal,
        request: ChangeRoleRequest,
    ) -> Result<ChangeRoleResponse> {
        let (id, role) = (request.user_id.into_domain(), request.body.role.into_domain());
        let account = self.services.change_role(&principal, id, role).await?;
        Ok(ChangeRoleResponse::Ok { body: account.into_api() })
    }

    async fn list_api_keys(
        &self,
        principal: Principal,
        request: ListApiKeysRequest,
    ) -> Result<ListApiKeysResponse> {
        let listing = listing(request.limit, request.cursor);
        let page = self.services.list_api_keys(&principal, listing).await?;
        Ok(ListApiKeysResponse::Ok { body: page.into_api() })
    }

    async fn create_api_key(
        &self,
        principal: Principal,
        request: CreateApiKeyRequest,
    ) -> Result<CreateApiKeyResponse> {
        let created = self.services.create_api_key(&principal, request.body.into_domain()).await?;
        Ok(CreateApiKeyResponse::Created { cache_control: NO_STORE.to_owned(), body: created.into_api() })
    }

    async fn revoke_api_key(
        &self,
        principal: Principal,
        request: RevokeApiKeyRequest,
    ) -> Result<RevokeApiKeyResponse> {
        self.services.revoke_api_key(&principal, request.api_key_id.into_domain()).await?;
        Ok(RevokeApiKeyResponse::NoContent)
    }
}
