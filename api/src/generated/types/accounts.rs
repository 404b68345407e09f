//! Types of `accounts`.

use orderly_api_runtime as runtime;
use super::{Note, Order, UserId};

runtime::string! {
    /// Id of an API key.
    pub struct ApiKeyId { pattern: "^key_[0-7][0-9a-hjkmnp-tv-z]{25}$" }
}

runtime::string! {
    /// An e-mail address; upper and lower case are the same.
    pub struct Email { min_length: 3, max_length: 254, format: "email" }
}

runtime::string! {
    /// 8 to 128 characters of any kind.
    pub struct Password { min_length: 8, max_length: 128, format: "password" }
}

runtime::string! {
    /// A person's name.
    pub struct PersonName { min_length: 1, max_length: 100, pattern: r"\S" }
}

runtime::string! {
    /// A telephone number.
    pub struct Phone { pattern: r"^\+?[0-9][0-9 ()./-]{2,29}$" }
}

runtime::string_enum! {
    /// What an account may do.
    pub enum Role {
        /// `customer`.
        Customer = "customer",
        /// `administrator`.
        Administrator = "administrator",
    }
}

runtime::string_enum! {
    /// What an API key may do.
    pub enum Scope {
        /// `catalogue:write`.
        CatalogueWrite = "catalogue:write",
        /// `orders:read`.
        OrdersRead = "orders:read",
        /// `orders:write`.
        OrdersWrite = "orders:write",
        /// `notes:read`.
        NotesRead = "notes:read",
        /// `notes:write`.
        NotesWrite = "notes:write",
    }
}

/// A new customer.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Registration {
    /// An e-mail address; upper and lower case are the same.
    pub email: Email,
    /// 8 to 128 characters of any kind.
    pub password: Password,
    /// A person's name.
    pub name: PersonName,
    /// A telephone number.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub phone: Option<Phone>,
}

runtime::object!(Registration);

/// A new user with a role.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct UserCreate {
    /// An e-mail address; upper and lower case are the same.
    pub email: Email,
    /// 8 to 128 characters of any kind.
    pub password: Password,
    /// A person's name.
    pub name: PersonName,
    /// A telephone number.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub phone: Option<Phone>,
    /// What an account may do.
    pub role: Role,
}

runtime::object!(UserCreate);

/// The fields of the profile to change.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
#[validate(schema(function = "profile_patch_has_enough_properties"))]
pub struct ProfilePatch {
    /// A person's name.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<PersonName>,
    /// A telephone number; null removes it.
    #[serde(default, skip_serializing_if = "runtime::Patch::is_absent")]
    pub phone: runtime::Patch<ProfilePatchPhone>,
}

runtime::object!(ProfilePatch);

/// Counts the properties that are there.
fn profile_patch_has_enough_properties(
    value: &ProfilePatch,
) -> Result<(), validator::ValidationError> {
    runtime::property_count(&[value.name.is_some(), !value.phone.is_absent()], 1, None)
}

runtime::string! {
    /// A telephone number; null removes it.
    pub struct ProfilePatchPhone { pattern: r"^\+?[0-9][0-9 ()./-]{2,29}$" }
}

/// The old and the new password.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct PasswordChange {
    /// 8 to 128 characters of any kind.
    pub current_password: Password,
    /// 8 to 128 characters of any kind.
    pub new_password: Password,
}

runtime::object!(PasswordChange);

/// The new role.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct RoleChange {
    /// What an account may do.
    pub role: Role,
}

runtime::object!(RoleChange);

/// Somebody who can log in.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Account {
    /// Id of an account.
    pub id: UserId,
    /// The e-mail address.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// The telephone number, if there is one.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub phone: Option<String>,
    /// What an account may do.
    pub role: Role,
    /// When it was created.
    pub created_at: chrono::DateTime<chrono::Utc>,
    /// When it was changed last.
    pub updated_at: chrono::DateTime<chrono::Utc>,
}

runtime::object!(Account);

/// A page of accounts.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct AccountPage {
    /// `items`.
    pub items: Vec<Account>,
    /// The next page's `cursor`; absent on the last page.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub next_cursor: Option<String>,
}

runtime::object!(AccountPage);

/// An account at a glance.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Overview {
    /// Somebody who can log in.
    pub profile: Account,
    /// `latest_orders`.
    #[validate(length(max = 5))]
    pub latest_orders: Vec<Order>,
    /// `latest_notes`.
    #[validate(length(max = 5))]
    pub latest_notes: Vec<Note>,
}

runtime::object!(Overview);

/// What is exchanged for tokens.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenRequest {
    /// Where the tag is `password`.
    PasswordGrant(PasswordGrant),
    /// Where the tag is `refresh_token`.
    RefreshTokenGrant(RefreshTokenGrant),
}
runtime::tagged!(TokenRequest, "grant_type" {
    "password" => PasswordGrant(PasswordGrant),
    "refresh_token" => RefreshTokenGrant(RefreshTokenGrant),
});

/// E-mail and password.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct PasswordGrant {
    /// Always `password`.
    pub grant_type: PasswordGrantGrantType,
    /// An e-mail address; upper and lower case are the same.
    pub email: Email,
    /// 8 to 128 characters of any kind.
    pub password: Password,
}

runtime::object!(PasswordGrant);

runtime::string_enum! {
    /// Always `password`.
    pub enum PasswordGrantGrantType {
        /// `password`.
        Password = "password",
    }
}

/// A refresh token from an earlier answer.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct RefreshTokenGrant {
    /// Always `refresh_token`.
    pub grant_type: RefreshTokenGrantGrantType,
    /// An opaque refresh token.
    pub refresh_token: RefreshToken,
}

runtime::object!(RefreshTokenGrant);

runtime::string_enum! {
    /// Always `refresh_token`.
    pub enum RefreshTokenGrantGrantType {
        /// `refresh_token`.
        RefreshToken = "refresh_token",
    }
}

runtime::string! {
    /// An opaque refresh token.
    pub struct RefreshToken { min_length: 1, max_length: 200 }
}

/// The refresh token to revoke.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct TokenRevocation {
    /// An opaque refresh token.
    pub refresh_token: RefreshToken,
}

runtime::object!(TokenRevocation);

/// Tokens of one login.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct Tokens {
    /// A JSON Web Token, for `Authorization: Bearer`.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: TokensTokenType,
    /// Seconds until the access token expires.
    pub expires_in: TokensExpiresIn,
    /// Exchange it once for new tokens.
    pub refresh_token: String,
}

runtime::object!(Tokens);

runtime::string_enum! {
    /// Always `Bearer`.
    pub enum TokensTokenType {
        /// `Bearer`.
        Bearer = "Bearer",
    }
}

runtime::integer! {
    /// Seconds until the access token expires.
    pub struct TokensExpiresIn(i32) { minimum: 1 }
}

/// A JSON Web Key Set (RFC 7517, section 5).
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct JsonWebKeySet {
    /// `keys`.
    pub keys: Vec<JsonWebKey>,
}

runtime::object!(JsonWebKeySet);

/// A public key (RFC 8037).
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct JsonWebKey {
    /// Key type.
    pub kty: JsonWebKeyKty,
    /// Curve.
    pub crv: JsonWebKeyCrv,
    /// Algorithm.
    pub alg: JsonWebKeyAlg,
    /// What the key is for.
    pub r#use: JsonWebKeyUse,
    /// Key id.
    pub kid: String,
    /// The public key, base64url.
    pub x: String,
}

runtime::object!(JsonWebKey);

runtime::string_enum! {
    /// Key type.
    pub enum JsonWebKeyKty {
        /// `OKP`.
        Okp = "OKP",
    }
}

runtime::string_enum! {
    /// Curve.
    pub enum JsonWebKeyCrv {
        /// `Ed25519`.
        Ed25519 = "Ed25519",
    }
}

runtime::string_enum! {
    /// Algorithm.
    pub enum JsonWebKeyAlg {
        /// `EdDSA`.
        EdDsa = "EdDSA",
    }
}

runtime::string_enum! {
    /// What the key is for.
    pub enum JsonWebKeyUse {
        /// `sig`.
        Sig = "sig",
    }
}

/// A new API key.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct ApiKeyCreate {
    /// What the key is for.
    pub name: ApiKeyCreateName,
    /// What the key may do.
    #[validate(length(min = 1), custom(function = "runtime::unique_items"))]
    pub scopes: Vec<Scope>,
    /// When the key stops working; never if left out.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub expires_at: Option<chrono::DateTime<chrono::Utc>>,
}

runtime::object!(ApiKeyCreate);

runtime::string! {
    /// What the key is for.
    pub struct ApiKeyCreateName { min_length: 1, max_length: 100, pattern: r"\S" }
}

/// An API key without its secret.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct ApiKey {
    /// Id of an API key.
    pub id: ApiKeyId,
    /// What the key is for.
    pub name: String,
    /// `scopes`.
    pub scopes: Vec<Scope>,
    /// When the key stops working.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub expires_at: Option<chrono::DateTime<chrono::Utc>>,
    /// When it was created.
    pub created_at: chrono::DateTime<chrono::Utc>,
}

runtime::object!(ApiKey);

/// A new API key with its secret.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct CreatedApiKey {
    /// Id of an API key.
    pub id: ApiKeyId,
    /// What the key is for.
    pub name: String,
    /// `scopes`.
    pub scopes: Vec<Scope>,
    /// The secret for `X-API-Key`; it is not shown again.
    pub secret: String,
    /// When the key stops working.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub expires_at: Option<chrono::DateTime<chrono::Utc>>,
    /// When it was created.
    pub created_at: chrono::DateTime<chrono::Utc>,
}

runtime::object!(CreatedApiKey);

/// A page of API keys.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    validator::Validate
)]
#[serde(remote = "Self")]
pub struct ApiKeyPage {
    /// `items`.
    pub items: Vec<ApiKey>,
    /// The next page's `cursor`; absent on the last page.
    #[serde(
        default,
        deserialize_with = "runtime::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub next_cursor: Option<String>,
}

runtime::object!(ApiKeyPage);

runtime::string! {
    /// `#/paths/~1v1~1users/get/parameters/2/schema`.
    pub struct ListUsersQ { min_length: 1, max_length: 100 }
}
