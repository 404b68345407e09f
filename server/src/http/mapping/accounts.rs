//! Accounts, tokens and API keys between the document and the shop.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use orderly_api as api;
use orderly_domain::{
    Page,
    account::{Account, ProfileChange, Role},
    api_key::{ApiKey, Scope},
};

use super::{IntoApi, IntoDomain, page};
use crate::service::{CreateApiKey, CreatedApiKey, Overview, PublicKey, Registration, Tokens};

impl IntoDomain for api::Role {
    type Domain = Role;

    fn into_domain(self) -> Role {
        match self {
            Self::Customer => Role::Customer,
            Self::Administrator => Role::Administrator,
        }
    }
}

impl IntoApi for Role {
    type Api = api::Role;

    fn into_api(self) -> api::Role {
        match self {
            Self::Customer => api::Role::Customer,
            Self::Administrator => api::Role::Administrator,
        }
    }
}

impl IntoDomain for api::Registration {
    type Domain = Registration;

    fn into_domain(self) -> Registration {
        Registration {
            email: self.email.as_str().into(),
            password: self.password.into_inner(),
            name: self.name.into_inner(),
            phone: self.phone.map(api::Phone::into_inner),
        }
    }
}

impl IntoDomain for api::UserCreate {
    type Domain = (Registration, Role);

    fn into_domain(self) -> (Registration, Role) {
        let Self { email, password, name, phone, role } = self;
        (api::Registration { email, password, name, phone }.into_domain(), role.into_domain())
    }
}

impl IntoDomain for api::ProfilePatch {
    type Domain = ProfileChange;

    fn into_domain(self) -> ProfileChange {
        ProfileChange {
            name: self.name.map(api::PersonName::into_inner),
            phone: self.phone.map(String::from).into_option_option(),
        }
    }
}

impl IntoApi for Account {
    type Api = api::Account;

    fn into_api(self) -> api::Account {
        api::Account {
            id: self.id.into_api(),
            email: self.email.into(),
            name: self.name,
            phone: self.phone,
            role: self.role.into_api(),
            created_at: self.created_at.into_api(),
            updated_at: self.updated_at.into_api(),
        }
    }
}

impl IntoApi for Page<Account> {
    type Api = api::AccountPage;

    fn into_api(self) -> api::AccountPage {
        let (items, next_cursor) = page(self);
        api::AccountPage { items, next_cursor }
    }
}

impl IntoApi for Tokens {
    type Api = api::Tokens;

    fn into_api(self) -> api::Tokens {
        let seconds = i32::try_from(self.expires_in.as_secs()).expect("minutes are few seconds");
        api::Tokens {
            access_token: self.access_token,
            token_type: api::TokensTokenType::Bearer,
            expires_in: seconds.try_into().expect("an access token lives longer than a second"),
            refresh_token: self.refresh_token.expose(),
        }
    }
}

impl IntoApi for PublicKey {
    type Api = api::JsonWebKey;

    fn into_api(self) -> api::JsonWebKey {
        api::JsonWebKey {
            kty: api::JsonWebKeyKty::Okp,
            crv: api::JsonWebKeyCrv::Ed25519,
            alg: api::JsonWebKeyAlg::EdDsa,
            r#use: api::JsonWebKeyUse::Sig,
            kid: self.kid,
            x: BASE64.encode(self.x),
        }
    }
}

impl IntoDomain for api::Scope {
    type Domain = Scope;

    fn into_domain(self) -> Scope {
        match self {
            Self::CatalogueWrite => Scope::CatalogueWrite,
            Self::OrdersRead => Scope::OrdersRead,
            Self::OrdersWrite => Scope::OrdersWrite,
            Self::NotesRead => Scope::NotesRead,
            Self::NotesWrite => Scope::NotesWrite,
        }
    }
}

impl IntoApi for Scope {
    type Api = api::Scope;

    fn into_api(self) -> api::Scope {
        match self {
            Self::CatalogueWrite => api::Scope::CatalogueWrite,
            Self::OrdersRead => api::Scope::OrdersRead,
            Self::OrdersWrite => api::Scope::OrdersWrite,
            Self::NotesRead => api::Scope::NotesRead,
            Self::NotesWrite => api::Scope::NotesWrite,
        }
    }
}

impl IntoDomain for api::ApiKeyCreate {
    type Domain = CreateApiKey;

    fn into_domain(self) -> CreateApiKey {
        CreateApiKey {
            name: self.name.into_inner(),
            scopes: self.scopes.into_iter().map(IntoDomain::into_domain).collect(),
            expires_at: self.expires_at.map(IntoDomain::into_domain),
        }
    }
}

impl IntoApi for ApiKey {
    type Api = api::ApiKey;

    fn into_api(self) -> api::ApiKey {
        api::ApiKey {
            id: self.id.into_api(),
            name: self.name,
            scopes: self.scopes.into_iter().map(IntoApi::into_api).collect(),
            expires_at: self.expires_at.map(IntoApi::into_api),
            created_at: self.created_at.into_api(),
        }
    }
}

impl IntoApi for CreatedApiKey {
    type Api = api::CreatedApiKey;

    fn into_api(self) -> api::CreatedApiKey {
        let api::ApiKey { id, name, scopes, expires_at, created_at } = self.key.into_api();
        api::CreatedApiKey { id, name, scopes, secret: self.secret.expose(), expires_at, created_at }
    }
}

impl IntoApi for Page<ApiKey> {
    type Api = api::ApiKeyPage;

    fn into_api(self) -> api::ApiKeyPage {
        let (items, next_cursor) = page(self);
        api::ApiKeyPage { items, next_cursor }
    }
}

impl IntoApi for Overview {
    type Api = api::Overview;

    fn into_api(self) -> api::Overview {
        api::Overview {
            profile: self.profile.into_api(),
            latest_orders: self.latest_orders.into_iter().map(IntoApi::into_api).collect(),
            latest_notes: self.latest_notes.into_iter().map(IntoApi::into_api).collect(),
        }
    }
}
