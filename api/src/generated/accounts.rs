//! Operations tagged `accounts`.

use orderly_api_runtime as runtime;
use super::types::{Account, AccountPage, ApiKeyCreate, ApiKeyId, ApiKeyPage, CreatedApiKey, Cursor, JsonWebKeySet, Limit, ListUsersQ, Overview, PasswordChange, Problem, ProfilePatch, Registration, RetryAfterHeader, Role, RoleChange, TokenRequest, TokenRevocation, Tokens, UserCreate, UserId};

/// Registration, tokens, profiles, users and API keys.
pub trait AccountsApi: runtime::Service {
    /// Public keys of access tokens
    ///
    /// The keys that access tokens are signed with, as a JSON Web Key Set (RFC 7517). A new key is published before it signs.
    ///
    /// `GET /.well-known/jwks.json`
    fn get_jwks(
        &self,
    ) -> impl std::future::Future<Output = Result<GetJwksResponse, Self::Error>> + Send;
    /// Register an account
    ///
    /// Creates a customer's account. Exchange its e-mail and password for tokens at `POST /v1/tokens`.
    ///
    /// `POST /v1/register`
    fn register(
        &self,
        request: RegisterRequest,
    ) -> impl std::future::Future<Output = Result<RegisterResponse, Self::Error>> + Send;
    /// Get tokens
    ///
    /// Exchanges e-mail and password, or a refresh token, for an access token and a refresh token.
    ///
    /// A refresh token works once: each exchange gives a new one. Using an old one again revokes all tokens that
    /// came from the same login, because somebody else may have it.
    ///
    /// `POST /v1/tokens`
    fn create_tokens(
        &self,
        request: CreateTokensRequest,
    ) -> impl std::future::Future<
        Output = Result<CreateTokensResponse, Self::Error>,
    > + Send;
    /// Log out
    ///
    /// Revokes a refresh token and all that came from the same login. Answers the same for a token that is unknown (RFC 7009).
    ///
    /// `POST /v1/tokens/revoke`
    fn revoke_tokens(
        &self,
        request: RevokeTokensRequest,
    ) -> impl std::future::Future<
        Output = Result<RevokeTokensResponse, Self::Error>,
    > + Send;
    /// Who am I
    ///
    /// The account that the credential belongs to.
    ///
    /// `GET /v1/me`
    fn get_me(
        &self,
        principal: Self::Principal,
    ) -> impl std::future::Future<Output = Result<GetMeResponse, Self::Error>> + Send;
    /// Change own profile
    ///
    /// Changes the fields that are sent; `null` removes the telephone number.
    ///
    /// `PATCH /v1/me`
    fn update_me(
        &self,
        principal: Self::Principal,
        request: UpdateMeRequest,
    ) -> impl std::future::Future<Output = Result<UpdateMeResponse, Self::Error>> + Send;
    /// Change own password
    ///
    /// Sets a new password and revokes every refresh token of the account.
    ///
    /// `PUT /v1/me/password`
    fn change_password(
        &self,
        principal: Self::Principal,
        request: ChangePasswordRequest,
    ) -> impl std::future::Future<
        Output = Result<ChangePasswordResponse, Self::Error>,
    > + Send;
    /// Overview of the own account
    ///
    /// The profile with the five latest orders and the five latest notes, in one call. An API key needs the scopes `orders:read` and `notes:read`.
    ///
    /// `GET /v1/me/overview`
    fn get_overview(
        &self,
        principal: Self::Principal,
    ) -> impl std::future::Future<
        Output = Result<GetOverviewResponse, Self::Error>,
    > + Send;
    /// List users
    ///
    /// For administrators. Newest first.
    ///
    /// `GET /v1/users`
    fn list_users(
        &self,
        principal: Self::Principal,
        request: ListUsersRequest,
    ) -> impl std::future::Future<
        Output = Result<ListUsersResponse, Self::Error>,
    > + Send;
    /// Create a user
    ///
    /// For administrators. Creates an account with a role.
    ///
    /// `POST /v1/users`
    fn create_user(
        &self,
        principal: Self::Principal,
        request: CreateUserRequest,
    ) -> impl std::future::Future<
        Output = Result<CreateUserResponse, Self::Error>,
    > + Send;
    /// Get a user
    ///
    /// For administrators.
    ///
    /// `GET /v1/users/{user_id}`
    fn get_user(
        &self,
        principal: Self::Principal,
        request: GetUserRequest,
    ) -> impl std::future::Future<Output = Result<GetUserResponse, Self::Error>> + Send;
    /// Delete a user
    ///
    /// For administrators. Removes the personal data, the notes, the tokens and the API keys; the orders stay.
    /// Answers 204 also for a user that was deleted before.
    ///
    /// `DELETE /v1/users/{user_id}`
    fn delete_user(
        &self,
        principal: Self::Principal,
        request: DeleteUserRequest,
    ) -> impl std::future::Future<
        Output = Result<DeleteUserResponse, Self::Error>,
    > + Send;
    /// Change a user's role
    ///
    /// For administrators. Takes effect with the user's next access token, 15 minutes later at most. The last administrator keeps the role.
    ///
    /// `PUT /v1/users/{user_id}/role`
    fn change_role(
        &self,
        principal: Self::Principal,
        request: ChangeRoleRequest,
    ) -> impl std::future::Future<
        Output = Result<ChangeRoleResponse, Self::Error>,
    > + Send;
    /// List own API keys
    ///
    /// Newest first, without the revoked ones. The secrets are not shown.
    ///
    /// `GET /v1/api-keys`
    fn list_api_keys(
        &self,
        principal: Self::Principal,
        request: ListApiKeysRequest,
    ) -> impl std::future::Future<
        Output = Result<ListApiKeysResponse, Self::Error>,
    > + Send;
    /// Create an API key
    ///
    /// The secret is in this answer and nowhere else. A key can do what its owner can, within its scopes.
    ///
    /// `POST /v1/api-keys`
    fn create_api_key(
        &self,
        principal: Self::Principal,
        request: CreateApiKeyRequest,
    ) -> impl std::future::Future<
        Output = Result<CreateApiKeyResponse, Self::Error>,
    > + Send;
    /// Revoke an API key
    ///
    /// The key stops working at once. Answers 204 also for a key that was revoked before.
    ///
    /// `DELETE /v1/api-keys/{api_key_id}`
    fn revoke_api_key(
        &self,
        principal: Self::Principal,
        request: RevokeApiKeyRequest,
    ) -> impl std::future::Future<
        Output = Result<RevokeApiKeyResponse, Self::Error>,
    > + Send;
}

/// What `get_jwks` answers.
#[derive(Debug)]
pub enum GetJwksResponse {
    /// 200: The keys that are valid now.
    Ok {
        /// The body.
        body: JsonWebKeySet,
        /// The header `Cache-Control`.
        cache_control: String,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
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

impl runtime::Respond for GetJwksResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body, cache_control } => {
                runtime::Reply::new(200)
                    .header("Cache-Control", &cache_control)
                    .json("application/json", &body)
            }
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
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

/// What `register` takes.
#[derive(Debug)]
pub struct RegisterRequest {
    /// The body.
    pub body: Registration,
}

/// What `register` answers.
#[derive(Debug)]
pub enum RegisterResponse {
    /// 201: The account.
    Created {
        /// The body.
        body: Account,
        /// The header `Location`.
        location: String,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 408: The body did not arrive in time (`request_timeout`).
    RequestTimeout {
        /// The body.
        body: Problem,
    },
    /// 409: The e-mail address has an account already (`email_taken`).
    Conflict {
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

impl runtime::Respond for RegisterResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Created { body, location } => {
                runtime::Reply::new(201)
                    .header("Location", &location)
                    .json("application/json", &body)
            }
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::RequestTimeout { body } => {
                runtime::Reply::new(408).json("application/problem+json", &body)
            }
            Self::Conflict { body } => {
                runtime::Reply::new(409).json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
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

/// What `create_tokens` takes.
#[derive(Debug)]
pub struct CreateTokensRequest {
    /// The body.
    pub body: TokenRequest,
}

/// What `create_tokens` answers.
#[derive(Debug)]
pub enum CreateTokensResponse {
    /// 200: The tokens.
    Ok {
        /// The body.
        body: Tokens,
        /// The header `Cache-Control`.
        cache_control: String,
    },
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 401: The e-mail or password is wrong (`invalid_credentials`), or the refresh token is (`invalid_refresh_token`).
    Unauthorized {
        /// The body.
        body: Problem,
        /// The header `WWW-Authenticate`.
        www_authenticate: String,
    },
    /// 408: The body did not arrive in time (`request_timeout`).
    RequestTimeout {
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

impl runtime::Respond for CreateTokensResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Ok { body, cache_control } => {
                runtime::Reply::new(200)
                    .header("Cache-Control", &cache_control)
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
            Self::RequestTimeout { body } => {
                runtime::Reply::new(408).json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
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

/// What `revoke_tokens` takes.
#[derive(Debug)]
pub struct RevokeTokensRequest {
    /// The body.
    pub body: TokenRevocation,
}

/// What `revoke_tokens` answers.
#[derive(Debug)]
pub enum RevokeTokensResponse {
    /// 204: The token no longer works.
    NoContent,
    /// 400: The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).
    BadRequest {
        /// The body.
        body: Problem,
    },
    /// 408: The body did not arrive in time (`request_timeout`).
    RequestTimeout {
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

impl runtime::Respond for RevokeTokensResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::NoContent => runtime::Reply::new(204).empty(),
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::RequestTimeout { body } => {
                runtime::Reply::new(408).json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
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

/// What `get_me` answers.
#[derive(Debug)]
pub enum GetMeResponse {
    /// 200: The account.
    Ok {
        /// The body.
        body: Account,
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

impl runtime::Respond for GetMeResponse {
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

/// What `update_me` takes.
#[derive(Debug)]
pub struct UpdateMeRequest {
    /// The body.
    pub body: ProfilePatch,
}

/// What `update_me` answers.
#[derive(Debug)]
pub enum UpdateMeResponse {
    /// 200: The account as it is now.
    Ok {
        /// The body.
        body: Account,
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
    /// 408: The body did not arrive in time (`request_timeout`).
    RequestTimeout {
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

impl runtime::Respond for UpdateMeResponse {
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
            Self::RequestTimeout { body } => {
                runtime::Reply::new(408).json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
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

/// What `change_password` takes.
#[derive(Debug)]
pub struct ChangePasswordRequest {
    /// The body.
    pub body: PasswordChange,
}

/// What `change_password` answers.
#[derive(Debug)]
pub enum ChangePasswordResponse {
    /// 204: The new password is in force.
    NoContent,
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
    /// 408: The body did not arrive in time (`request_timeout`).
    RequestTimeout {
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
    /// 422: The current password is wrong (`wrong_password`).
    UnprocessableEntity {
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

impl runtime::Respond for ChangePasswordResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::NoContent => runtime::Reply::new(204).empty(),
            Self::BadRequest { body } => {
                runtime::Reply::new(400).json("application/problem+json", &body)
            }
            Self::Unauthorized { body, www_authenticate } => {
                runtime::Reply::new(401)
                    .header("WWW-Authenticate", &www_authenticate)
                    .json("application/problem+json", &body)
            }
            Self::RequestTimeout { body } => {
                runtime::Reply::new(408).json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
            }
            Self::UnprocessableEntity { body } => {
                runtime::Reply::new(422).json("application/problem+json", &body)
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

/// What `get_overview` answers.
#[derive(Debug)]
pub enum GetOverviewResponse {
    /// 200: The overview.
    Ok {
        /// The body.
        body: Overview,
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

impl runtime::Respond for GetOverviewResponse {
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

/// What `list_users` takes.
#[derive(Debug)]
pub struct ListUsersRequest {
    /// How many items a page has at most.
    pub limit: Limit,
    /// Where the page begins, `next_cursor` of the page before. It works with the filters that it was made with.
    pub cursor: Option<Cursor>,
    /// Text that the name or the e-mail address contains, in any case.
    pub q: Option<ListUsersQ>,
    /// Only users of this role.
    pub role: Option<Role>,
}

/// What `list_users` answers.
#[derive(Debug)]
pub enum ListUsersResponse {
    /// 200: A page of users.
    Ok {
        /// The body.
        body: AccountPage,
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

impl runtime::Respond for ListUsersResponse {
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

/// What `create_user` takes.
#[derive(Debug)]
pub struct CreateUserRequest {
    /// The body.
    pub body: UserCreate,
}

/// What `create_user` answers.
#[derive(Debug)]
pub enum CreateUserResponse {
    /// 201: The user.
    Created {
        /// The body.
        body: Account,
        /// The header `Location`.
        location: String,
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
    /// 409: The e-mail address has an account already (`email_taken`).
    Conflict {
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

impl runtime::Respond for CreateUserResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Created { body, location } => {
                runtime::Reply::new(201)
                    .header("Location", &location)
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
            Self::Conflict { body } => {
                runtime::Reply::new(409).json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
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

/// What `get_user` takes.
#[derive(Debug)]
pub struct GetUserRequest {
    /// The user.
    pub user_id: UserId,
}

/// What `get_user` answers.
#[derive(Debug)]
pub enum GetUserResponse {
    /// 200: The user.
    Ok {
        /// The body.
        body: Account,
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

impl runtime::Respond for GetUserResponse {
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

/// What `delete_user` takes.
#[derive(Debug)]
pub struct DeleteUserRequest {
    /// The user.
    pub user_id: UserId,
}

/// What `delete_user` answers.
#[derive(Debug)]
pub enum DeleteUserResponse {
    /// 204: The user is gone.
    NoContent,
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
    /// 409: There must be an administrator left (`last_administrator`).
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

impl runtime::Respond for DeleteUserResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::NoContent => runtime::Reply::new(204).empty(),
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

/// What `change_role` takes.
#[derive(Debug)]
pub struct ChangeRoleRequest {
    /// The user.
    pub user_id: UserId,
    /// The body.
    pub body: RoleChange,
}

/// What `change_role` answers.
#[derive(Debug)]
pub enum ChangeRoleResponse {
    /// 200: The user as it is now.
    Ok {
        /// The body.
        body: Account,
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
    /// 409: There must be an administrator left (`last_administrator`).
    Conflict {
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

impl runtime::Respond for ChangeRoleResponse {
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
            Self::NotFound { body } => {
                runtime::Reply::new(404).json("application/problem+json", &body)
            }
            Self::RequestTimeout { body } => {
                runtime::Reply::new(408).json("application/problem+json", &body)
            }
            Self::Conflict { body } => {
                runtime::Reply::new(409).json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
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

/// What `list_api_keys` takes.
#[derive(Debug)]
pub struct ListApiKeysRequest {
    /// How many items a page has at most.
    pub limit: Limit,
    /// Where the page begins, `next_cursor` of the page before. It works with the filters that it was made with.
    pub cursor: Option<Cursor>,
}

/// What `list_api_keys` answers.
#[derive(Debug)]
pub enum ListApiKeysResponse {
    /// 200: A page of API keys.
    Ok {
        /// The body.
        body: ApiKeyPage,
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

impl runtime::Respond for ListApiKeysResponse {
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

/// What `create_api_key` takes.
#[derive(Debug)]
pub struct CreateApiKeyRequest {
    /// The body.
    pub body: ApiKeyCreate,
}

/// What `create_api_key` answers.
#[derive(Debug)]
pub enum CreateApiKeyResponse {
    /// 201: The API key with its secret.
    Created {
        /// The body.
        body: CreatedApiKey,
        /// The header `Cache-Control`.
        cache_control: String,
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
    /// 408: The body did not arrive in time (`request_timeout`).
    RequestTimeout {
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

impl runtime::Respond for CreateApiKeyResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::Created { body, cache_control } => {
                runtime::Reply::new(201)
                    .header("Cache-Control", &cache_control)
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
            Self::RequestTimeout { body } => {
                runtime::Reply::new(408).json("application/problem+json", &body)
            }
            Self::PayloadTooLarge { body } => {
                runtime::Reply::new(413).json("application/problem+json", &body)
            }
            Self::UnsupportedMediaType { body } => {
                runtime::Reply::new(415).json("application/problem+json", &body)
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

/// What `revoke_api_key` takes.
#[derive(Debug)]
pub struct RevokeApiKeyRequest {
    /// The API key.
    pub api_key_id: ApiKeyId,
}

/// What `revoke_api_key` answers.
#[derive(Debug)]
pub enum RevokeApiKeyResponse {
    /// 204: The key no longer works.
    NoContent,
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

impl runtime::Respond for RevokeApiKeyResponse {
    fn respond(self) -> Result<runtime::Response, runtime::Failure> {
        match self {
            Self::NoContent => runtime::Reply::new(204).empty(),
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

/// Handles `GET /.well-known/jwks.json`.
pub(super) async fn get_jwks<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    call.finish(|| Some(()))?;
    call.answer(service.get_jwks().await)
}

/// Handles `POST /v1/register`.
pub(super) async fn register<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let body = call
        .json_body::<
            Registration,
        >(
            "application/json",
            "#/paths/~1v1~1register/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call.finish(|| Some(RegisterRequest { body: body? }))?;
    call.answer(service.register(request).await)
}

/// Handles `POST /v1/tokens`.
pub(super) async fn create_tokens<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let body = call
        .json_body::<
            TokenRequest,
        >(
            "application/json",
            "#/paths/~1v1~1tokens/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call.finish(|| Some(CreateTokensRequest { body: body? }))?;
    call.answer(service.create_tokens(request).await)
}

/// Handles `POST /v1/tokens/revoke`.
pub(super) async fn revoke_tokens<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let body = call
        .json_body::<
            TokenRevocation,
        >(
            "application/json",
            "#/paths/~1v1~1tokens~1revoke/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call.finish(|| Some(RevokeTokensRequest { body: body? }))?;
    call.answer(service.revoke_tokens(request).await)
}

/// Handles `GET /v1/me`.
pub(super) async fn get_me<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    call.finish(|| Some(()))?;
    call.answer(service.get_me(principal).await)
}

/// Handles `PATCH /v1/me`.
pub(super) async fn update_me<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let body = call
        .json_body::<
            ProfilePatch,
        >(
            "application/merge-patch+json",
            "#/paths/~1v1~1me/patch/requestBody/content/application~1merge-patch+json/schema",
        )
        .await?;
    let request = call.finish(|| Some(UpdateMeRequest { body: body? }))?;
    call.answer(service.update_me(principal, request).await)
}

/// Handles `PUT /v1/me/password`.
pub(super) async fn change_password<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let body = call
        .json_body::<
            PasswordChange,
        >(
            "application/json",
            "#/paths/~1v1~1me~1password/put/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call
        .finish(|| Some(ChangePasswordRequest {
            body: body?,
        }))?;
    call.answer(service.change_password(principal, request).await)
}

/// Handles `GET /v1/me/overview`.
pub(super) async fn get_overview<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    call.finish(|| Some(()))?;
    call.answer(service.get_overview(principal).await)
}

/// Handles `GET /v1/users`.
pub(super) async fn list_users<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let limit = call.query("limit").or_default_text::<Limit>("20");
    let cursor = call.query("cursor").optional::<Cursor>();
    let q = call.query("q").optional::<ListUsersQ>();
    let role = call.query("role").optional::<Role>();
    let request = call
        .finish(|| Some(ListUsersRequest {
            limit: limit?,
            cursor: cursor?,
            q: q?,
            role: role?,
        }))?;
    call.answer(service.list_users(principal, request).await)
}

/// Handles `POST /v1/users`.
pub(super) async fn create_user<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let body = call
        .json_body::<
            UserCreate,
        >(
            "application/json",
            "#/paths/~1v1~1users/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call.finish(|| Some(CreateUserRequest { body: body? }))?;
    call.answer(service.create_user(principal, request).await)
}

/// Handles `GET /v1/users/{user_id}`.
pub(super) async fn get_user<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let user_id = call.path("user_id").required::<UserId>();
    let request = call
        .finish(|| Some(GetUserRequest {
            user_id: user_id?,
        }))?;
    call.answer(service.get_user(principal, request).await)
}

/// Handles `DELETE /v1/users/{user_id}`.
pub(super) async fn delete_user<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let user_id = call.path("user_id").required::<UserId>();
    let request = call
        .finish(|| Some(DeleteUserRequest {
            user_id: user_id?,
        }))?;
    call.answer(service.delete_user(principal, request).await)
}

/// Handles `PUT /v1/users/{user_id}/role`.
pub(super) async fn change_role<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let user_id = call.path("user_id").required::<UserId>();
    let body = call
        .json_body::<
            RoleChange,
        >(
            "application/json",
            "#/paths/~1v1~1users~1{user_id}~1role/put/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call
        .finish(|| Some(ChangeRoleRequest {
            user_id: user_id?,
            body: body?,
        }))?;
    call.answer(service.change_role(principal, request).await)
}

/// Handles `GET /v1/api-keys`.
pub(super) async fn list_api_keys<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let limit = call.query("limit").or_default_text::<Limit>("20");
    let cursor = call.query("cursor").optional::<Cursor>();
    let request = call
        .finish(|| Some(ListApiKeysRequest {
            limit: limit?,
            cursor: cursor?,
        }))?;
    call.answer(service.list_api_keys(principal, request).await)
}

/// Handles `POST /v1/api-keys`.
pub(super) async fn create_api_key<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let body = call
        .json_body::<
            ApiKeyCreate,
        >(
            "application/json",
            "#/paths/~1v1~1api-keys/post/requestBody/content/application~1json/schema",
        )
        .await?;
    let request = call.finish(|| Some(CreateApiKeyRequest { body: body? }))?;
    call.answer(service.create_api_key(principal, request).await)
}

/// Handles `DELETE /v1/api-keys/{api_key_id}`.
pub(super) async fn revoke_api_key<T: AccountsApi>(
    service: std::sync::Arc<T>,
    mut call: runtime::Call,
) -> Result<runtime::Response, runtime::Failure> {
    let principal = call.authenticate(&*service).await?;
    let api_key_id = call.path("api_key_id").required::<ApiKeyId>();
    let request = call
        .finish(|| Some(RevokeApiKeyRequest {
            api_key_id: api_key_id?,
        }))?;
    call.answer(service.revoke_api_key(principal, request).await)
}
