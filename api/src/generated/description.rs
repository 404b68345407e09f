//! The document as poem-openapi describes it.

use poem_openapi::registry::*;

/// The operations, path by path.
pub(super) fn paths() -> Vec<MetaPath> {
    vec![
        MetaPath { path : "/.well-known/jwks.json".to_owned(), operations :
        vec![get_jwks_operation()] }, MetaPath { path : "/v1/register".to_owned(),
        operations : vec![register_operation()] }, MetaPath { path : "/v1/tokens"
        .to_owned(), operations : vec![create_tokens_operation()] }, MetaPath { path :
        "/v1/tokens/revoke".to_owned(), operations : vec![revoke_tokens_operation()] },
        MetaPath { path : "/v1/me".to_owned(), operations : vec![get_me_operation(),
        update_me_operation()] }, MetaPath { path : "/v1/me/password".to_owned(),
        operations : vec![change_password_operation()] }, MetaPath { path :
        "/v1/me/overview".to_owned(), operations : vec![get_overview_operation()] },
        MetaPath { path : "/v1/users".to_owned(), operations :
        vec![list_users_operation(), create_user_operation()] }, MetaPath { path :
        "/v1/users/{user_id}".to_owned(), operations : vec![get_user_operation(),
        delete_user_operation()] }, MetaPath { path : "/v1/users/{user_id}/role"
        .to_owned(), operations : vec![change_role_operation()] }, MetaPath { path :
        "/v1/api-keys".to_owned(), operations : vec![list_api_keys_operation(),
        create_api_key_operation()] }, MetaPath { path : "/v1/api-keys/{api_key_id}"
        .to_owned(), operations : vec![revoke_api_key_operation()] }, MetaPath { path :
        "/v1/products".to_owned(), operations : vec![list_products_operation(),
        create_product_operation()] }, MetaPath { path : "/v1/products/{product_id}"
        .to_owned(), operations : vec![get_product_operation(),
        update_product_operation()] }, MetaPath { path :
        "/v1/products/{product_id}/archive".to_owned(), operations :
        vec![archive_product_operation()] }, MetaPath { path :
        "/v1/products/{product_id}/adjust-stock".to_owned(), operations :
        vec![adjust_stock_operation()] }, MetaPath { path : "/v1/orders".to_owned(),
        operations : vec![list_orders_operation(), create_order_operation()] }, MetaPath
        { path : "/v1/orders/{order_id}".to_owned(), operations :
        vec![get_order_operation()] }, MetaPath { path : "/v1/orders/{order_id}/cancel"
        .to_owned(), operations : vec![cancel_order_operation()] }, MetaPath { path :
        "/v1/notes".to_owned(), operations : vec![list_notes_operation(),
        create_note_operation()] }, MetaPath { path : "/v1/notes/{note_id}".to_owned(),
        operations : vec![get_note_operation(), replace_note_operation(),
        update_note_operation(), delete_note_operation()] }
    ]
}

/// Tags, security schemes and schemas.
pub(super) fn register(registry: &mut Registry) {
    registry
        .create_tag(MetaTag {
            name: "accounts",
            description: Some("Registration, tokens, profiles, users and API keys."),
            external_docs: None,
        });
    registry
        .create_tag(MetaTag {
            name: "catalogue",
            description: Some("Products, their prices and their stock."),
            external_docs: None,
        });
    registry
        .create_tag(MetaTag {
            name: "orders",
            description: Some("Placing, finding and cancelling orders."),
            external_docs: None,
        });
    registry
        .create_tag(MetaTag {
            name: "notes",
            description: Some(
                "Notes that belong to an account and may refer to an order.",
            ),
            external_docs: None,
        });
    registry
        .create_security_scheme(
            "bearer",
            MetaSecurityScheme {
                ty: "http",
                description: Some("An access token from `POST /v1/tokens`."),
                name: None,
                key_in: None,
                scheme: Some("bearer"),
                bearer_format: Some("JWT"),
                flows: None,
                openid_connect_url: None,
            },
        );
    registry
        .create_security_scheme(
            "api_key",
            MetaSecurityScheme {
                ty: "apiKey",
                description: Some("An API key from `POST /v1/api-keys`."),
                name: Some("X-API-Key"),
                key_in: Some("header"),
                scheme: None,
                bearer_format: None,
                flows: None,
                openid_connect_url: None,
            },
        );
    registry.schemas.insert("UserId".to_owned(), user_id_schema());
    registry.schemas.insert("ApiKeyId".to_owned(), api_key_id_schema());
    registry.schemas.insert("ProductId".to_owned(), product_id_schema());
    registry.schemas.insert("OrderId".to_owned(), order_id_schema());
    registry.schemas.insert("NoteId".to_owned(), note_id_schema());
    registry.schemas.insert("IdempotencyKey".to_owned(), idempotency_key_schema());
    registry.schemas.insert("EntityTags".to_owned(), entity_tags_schema());
    registry.schemas.insert("Email".to_owned(), email_schema());
    registry.schemas.insert("Password".to_owned(), password_schema());
    registry.schemas.insert("PersonName".to_owned(), person_name_schema());
    registry.schemas.insert("Phone".to_owned(), phone_schema());
    registry.schemas.insert("Currency".to_owned(), currency_schema());
    registry.schemas.insert("Sku".to_owned(), sku_schema());
    registry.schemas.insert("Quantity".to_owned(), quantity_schema());
    registry.schemas.insert("Role".to_owned(), role_schema());
    registry.schemas.insert("Scope".to_owned(), scope_schema());
    registry.schemas.insert("OrderStatus".to_owned(), order_status_schema());
    registry.schemas.insert("ProductSort".to_owned(), product_sort_schema());
    registry.schemas.insert("Money".to_owned(), money_schema());
    registry.schemas.insert("Price".to_owned(), price_schema());
    registry.schemas.insert("Registration".to_owned(), registration_schema());
    registry.schemas.insert("UserCreate".to_owned(), user_create_schema());
    registry.schemas.insert("ProfilePatch".to_owned(), profile_patch_schema());
    registry.schemas.insert("PasswordChange".to_owned(), password_change_schema());
    registry.schemas.insert("RoleChange".to_owned(), role_change_schema());
    registry.schemas.insert("Account".to_owned(), account_schema());
    registry.schemas.insert("AccountPage".to_owned(), account_page_schema());
    registry.schemas.insert("Overview".to_owned(), overview_schema());
    registry.schemas.insert("TokenRequest".to_owned(), token_request_schema());
    registry.schemas.insert("PasswordGrant".to_owned(), password_grant_schema());
    registry
        .schemas
        .insert("RefreshTokenGrant".to_owned(), refresh_token_grant_schema());
    registry.schemas.insert("RefreshToken".to_owned(), refresh_token_schema());
    registry.schemas.insert("TokenRevocation".to_owned(), token_revocation_schema());
    registry.schemas.insert("Tokens".to_owned(), tokens_schema());
    registry.schemas.insert("JsonWebKeySet".to_owned(), json_web_key_set_schema());
    registry.schemas.insert("JsonWebKey".to_owned(), json_web_key_schema());
    registry.schemas.insert("ApiKeyCreate".to_owned(), api_key_create_schema());
    registry.schemas.insert("ApiKey".to_owned(), api_key_schema());
    registry.schemas.insert("CreatedApiKey".to_owned(), created_api_key_schema());
    registry.schemas.insert("ApiKeyPage".to_owned(), api_key_page_schema());
    registry.schemas.insert("ProductCreate".to_owned(), product_create_schema());
    registry.schemas.insert("ProductName".to_owned(), product_name_schema());
    registry.schemas.insert("ProductText".to_owned(), product_text_schema());
    registry.schemas.insert("ProductPatch".to_owned(), product_patch_schema());
    registry.schemas.insert("Product".to_owned(), product_schema());
    registry.schemas.insert("ProductPage".to_owned(), product_page_schema());
    registry.schemas.insert("StockAdjust".to_owned(), stock_adjust_schema());
    registry.schemas.insert("StockAdjustment".to_owned(), stock_adjustment_schema());
    registry.schemas.insert("OrderCreate".to_owned(), order_create_schema());
    registry.schemas.insert("OrderLineCreate".to_owned(), order_line_create_schema());
    registry.schemas.insert("Order".to_owned(), order_schema());
    registry.schemas.insert("OrderLine".to_owned(), order_line_schema());
    registry.schemas.insert("OrderPage".to_owned(), order_page_schema());
    registry.schemas.insert("NoteWrite".to_owned(), note_write_schema());
    registry.schemas.insert("NoteTitle".to_owned(), note_title_schema());
    registry.schemas.insert("NoteBody".to_owned(), note_body_schema());
    registry.schemas.insert("NotePatch".to_owned(), note_patch_schema());
    registry.schemas.insert("Note".to_owned(), note_schema());
    registry.schemas.insert("NotePage".to_owned(), note_page_schema());
    registry.schemas.insert("Problem".to_owned(), problem_schema());
    registry.schemas.insert("Violation".to_owned(), violation_schema());
    registry.schemas.insert("Shortage".to_owned(), shortage_schema());
    registry.schemas.insert("ErrorCode".to_owned(), error_code_schema());
}

fn get_jwks_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::GET,
        summary: Some("Public keys of access tokens"),
        description: Some(
            "The keys that access tokens are signed with, as a JSON Web Key Set (RFC 7517). A new key is published before it signs.",
        ),
        external_docs: None,
        params: vec![],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The keys that are valid now.", status :
                Some(200), status_range : None, content : vec![MetaMediaType {
                content_type : "application/json", schema :
                MetaSchemaRef::Reference("JsonWebKeySet".to_owned()) }], headers :
                vec![MetaHeader { name : "Cache-Control".to_owned(), description :
                Some("How long the answer may be kept.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "string", ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![],
        operation_id: Some("get_jwks"),
        code_samples: vec![],
    }
}

fn register_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::POST,
        summary: Some("Register an account"),
        description: Some(
            "Creates a customer's account. Exchange its e-mail and password for tokens at `POST /v1/tokens`.",
        ),
        external_docs: None,
        params: vec![],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/json", schema :
                MetaSchemaRef::Reference("Registration".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The account.", status : Some(201),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("Account"
                .to_owned()) }], headers : vec![MetaHeader { name : "Location"
                .to_owned(), description :
                Some("The address of what was created, relative to this server."
                .to_owned()), required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The e-mail address has an account already (`email_taken`).", status :
                Some(409), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![],
        operation_id: Some("register"),
        code_samples: vec![],
    }
}

fn create_tokens_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::POST,
        summary: Some("Get tokens"),
        description: Some(
            "Exchanges e-mail and password, or a refresh token, for an access token and a refresh token.\n\nA refresh token works once: each exchange gives a new one. Using an old one again revokes all tokens that\ncame from the same login, because somebody else may have it.\n",
        ),
        external_docs: None,
        params: vec![],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/json", schema :
                MetaSchemaRef::Reference("TokenRequest".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The tokens.", status : Some(200),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("Tokens"
                .to_owned()) }], headers : vec![MetaHeader { name : "Cache-Control"
                .to_owned(), description : Some("How long the answer may be kept."
                .to_owned()), required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The e-mail or password is wrong (`invalid_credentials`), or the refresh token is (`invalid_refresh_token`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![],
        operation_id: Some("create_tokens"),
        code_samples: vec![],
    }
}

fn revoke_tokens_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::POST,
        summary: Some("Log out"),
        description: Some(
            "Revokes a refresh token and all that came from the same login. Answers the same for a token that is unknown (RFC 7009).",
        ),
        external_docs: None,
        params: vec![],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/json", schema :
                MetaSchemaRef::Reference("TokenRevocation".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The token no longer works.", status :
                Some(204), status_range : None, content : vec![], headers : vec![], },
                MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![],
        operation_id: Some("revoke_tokens"),
        code_samples: vec![],
    }
}

fn get_me_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::GET,
        summary: Some("Who am I"),
        description: Some("The account that the credential belongs to."),
        external_docs: None,
        params: vec![],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The account.", status : Some(200),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("Account"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("get_me"),
        code_samples: vec![],
    }
}

fn update_me_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::PATCH,
        summary: Some("Change own profile"),
        description: Some(
            "Changes the fields that are sent; `null` removes the telephone number.",
        ),
        external_docs: None,
        params: vec![],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/merge-patch+json", schema :
                MetaSchemaRef::Reference("ProfilePatch".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The account as it is now.", status :
                Some(200), status_range : None, content : vec![MetaMediaType {
                content_type : "application/json", schema :
                MetaSchemaRef::Reference("Account".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![std::collections::HashMap::from([("bearer", vec![])])],
        operation_id: Some("update_me"),
        code_samples: vec![],
    }
}

fn change_password_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::PUT,
        summary: Some("Change own password"),
        description: Some(
            "Sets a new password and revokes every refresh token of the account.",
        ),
        external_docs: None,
        params: vec![],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/json", schema :
                MetaSchemaRef::Reference("PasswordChange".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The new password is in force.", status :
                Some(204), status_range : None, content : vec![], headers : vec![], },
                MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The current password is wrong (`wrong_password`).", status : Some(422),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![std::collections::HashMap::from([("bearer", vec![])])],
        operation_id: Some("change_password"),
        code_samples: vec![],
    }
}

fn get_overview_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::GET,
        summary: Some("Overview of the own account"),
        description: Some(
            "The profile with the five latest orders and the five latest notes, in one call. An API key needs the scopes `orders:read` and `notes:read`.",
        ),
        external_docs: None,
        params: vec![],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The overview.", status : Some(200),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("Overview"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("get_overview"),
        code_samples: vec![],
    }
}

fn list_users_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::GET,
        summary: Some("List users"),
        description: Some("For administrators. Newest first."),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "limit".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int32"), minimum : Some(1.0), maximum : Some(100.0), default :
            Some(serde_json::Value::from(20)), ..MetaSchema::ANY })), in_type :
            MetaParamIn::Query, description : Some("How many items a page has at most."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }, MetaOperationParam { name : "cursor".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", min_length :
            Some(1), max_length : Some(2048), ..MetaSchema::ANY })), in_type :
            MetaParamIn::Query, description :
            Some("Where the page begins, `next_cursor` of the page before. It works with the filters that it was made with."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }, MetaOperationParam { name : "q".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", min_length :
            Some(1), max_length : Some(100), ..MetaSchema::ANY })), in_type :
            MetaParamIn::Query, description :
            Some("Text that the name or the e-mail address contains, in any case."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }, MetaOperationParam { name : "role".to_owned(), schema :
            MetaSchemaRef::Reference("Role".to_owned()), in_type : MetaParamIn::Query,
            description : Some("Only users of this role.".to_owned()), required : false,
            deprecated : false, explode : true, style : None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "A page of users.", status : Some(200),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("AccountPage"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![std::collections::HashMap::from([("bearer", vec![])])],
        operation_id: Some("list_users"),
        code_samples: vec![],
    }
}

fn create_user_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::POST,
        summary: Some("Create a user"),
        description: Some("For administrators. Creates an account with a role."),
        external_docs: None,
        params: vec![],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/json", schema :
                MetaSchemaRef::Reference("UserCreate".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The user.", status : Some(201),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("Account"
                .to_owned()) }], headers : vec![MetaHeader { name : "Location"
                .to_owned(), description :
                Some("The address of what was created, relative to this server."
                .to_owned()), required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The e-mail address has an account already (`email_taken`).", status :
                Some(409), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![std::collections::HashMap::from([("bearer", vec![])])],
        operation_id: Some("create_user"),
        code_samples: vec![],
    }
}

fn get_user_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::GET,
        summary: Some("Get a user"),
        description: Some("For administrators."),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "user_id".to_owned(), schema :
            MetaSchemaRef::Reference("UserId".to_owned()), in_type : MetaParamIn::Path,
            description : Some("The user.".to_owned()), required : true, deprecated :
            false, explode : false, style : None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The user.", status : Some(200),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("Account"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![std::collections::HashMap::from([("bearer", vec![])])],
        operation_id: Some("get_user"),
        code_samples: vec![],
    }
}

fn delete_user_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::DELETE,
        summary: Some("Delete a user"),
        description: Some(
            "For administrators. Removes the personal data, the notes, the tokens and the API keys; the orders stay.\nAnswers 204 also for a user that was deleted before.\n",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "user_id".to_owned(), schema :
            MetaSchemaRef::Reference("UserId".to_owned()), in_type : MetaParamIn::Path,
            description : Some("The user.".to_owned()), required : true, deprecated :
            false, explode : false, style : None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The user is gone.", status : Some(204),
                status_range : None, content : vec![], headers : vec![], }, MetaResponse
                { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "There must be an administrator left (`last_administrator`).", status :
                Some(409), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![std::collections::HashMap::from([("bearer", vec![])])],
        operation_id: Some("delete_user"),
        code_samples: vec![],
    }
}

fn change_role_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::PUT,
        summary: Some("Change a user's role"),
        description: Some(
            "For administrators. Takes effect with the user's next access token, 15 minutes later at most. The last administrator keeps the role.",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "user_id".to_owned(), schema :
            MetaSchemaRef::Reference("UserId".to_owned()), in_type : MetaParamIn::Path,
            description : Some("The user.".to_owned()), required : true, deprecated :
            false, explode : false, style : None, }
        ],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/json", schema :
                MetaSchemaRef::Reference("RoleChange".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The user as it is now.", status :
                Some(200), status_range : None, content : vec![MetaMediaType {
                content_type : "application/json", schema :
                MetaSchemaRef::Reference("Account".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "There must be an administrator left (`last_administrator`).", status :
                Some(409), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![std::collections::HashMap::from([("bearer", vec![])])],
        operation_id: Some("change_role"),
        code_samples: vec![],
    }
}

fn list_api_keys_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::GET,
        summary: Some("List own API keys"),
        description: Some(
            "Newest first, without the revoked ones. The secrets are not shown.",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "limit".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int32"), minimum : Some(1.0), maximum : Some(100.0), default :
            Some(serde_json::Value::from(20)), ..MetaSchema::ANY })), in_type :
            MetaParamIn::Query, description : Some("How many items a page has at most."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }, MetaOperationParam { name : "cursor".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", min_length :
            Some(1), max_length : Some(2048), ..MetaSchema::ANY })), in_type :
            MetaParamIn::Query, description :
            Some("Where the page begins, `next_cursor` of the page before. It works with the filters that it was made with."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "A page of API keys.", status : Some(200),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("ApiKeyPage"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![std::collections::HashMap::from([("bearer", vec![])])],
        operation_id: Some("list_api_keys"),
        code_samples: vec![],
    }
}

fn create_api_key_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::POST,
        summary: Some("Create an API key"),
        description: Some(
            "The secret is in this answer and nowhere else. A key can do what its owner can, within its scopes.",
        ),
        external_docs: None,
        params: vec![],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/json", schema :
                MetaSchemaRef::Reference("ApiKeyCreate".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The API key with its secret.", status :
                Some(201), status_range : None, content : vec![MetaMediaType {
                content_type : "application/json", schema :
                MetaSchemaRef::Reference("CreatedApiKey".to_owned()) }], headers :
                vec![MetaHeader { name : "Cache-Control".to_owned(), description :
                Some("How long the answer may be kept.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "string", ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![std::collections::HashMap::from([("bearer", vec![])])],
        operation_id: Some("create_api_key"),
        code_samples: vec![],
    }
}

fn revoke_api_key_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["accounts"],
        method: orderly_api_runtime::Method::DELETE,
        summary: Some("Revoke an API key"),
        description: Some(
            "The key stops working at once. Answers 204 also for a key that was revoked before.",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "api_key_id".to_owned(), schema :
            MetaSchemaRef::Reference("ApiKeyId".to_owned()), in_type : MetaParamIn::Path,
            description : Some("The API key.".to_owned()), required : true, deprecated :
            false, explode : false, style : None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The key no longer works.", status :
                Some(204), status_range : None, content : vec![], headers : vec![], },
                MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![std::collections::HashMap::from([("bearer", vec![])])],
        operation_id: Some("revoke_api_key"),
        code_samples: vec![],
    }
}

fn list_products_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["catalogue"],
        method: orderly_api_runtime::Method::GET,
        summary: Some("List products"),
        description: Some(
            "Open to everybody. Archived products are shown to administrators only.",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "limit".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int32"), minimum : Some(1.0), maximum : Some(100.0), default :
            Some(serde_json::Value::from(20)), ..MetaSchema::ANY })), in_type :
            MetaParamIn::Query, description : Some("How many items a page has at most."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }, MetaOperationParam { name : "cursor".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", min_length :
            Some(1), max_length : Some(2048), ..MetaSchema::ANY })), in_type :
            MetaParamIn::Query, description :
            Some("Where the page begins, `next_cursor` of the page before. It works with the filters that it was made with."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }, MetaOperationParam { name : "q".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", min_length :
            Some(1), max_length : Some(100), ..MetaSchema::ANY })), in_type :
            MetaParamIn::Query, description :
            Some("Text that the name, the description or the SKU contains, in any case."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }, MetaOperationParam { name : "active".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean", ..MetaSchema::ANY
            })), in_type : MetaParamIn::Query, description :
            Some("Only products that are for sale (`true`) or archived (`false`, administrators only)."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }, MetaOperationParam { name : "price_min".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int64"), minimum : Some(0.0), maximum : Some(9007199254740991.0),
            ..MetaSchema::ANY })), in_type : MetaParamIn::Query, description :
            Some("Lowest price, in minor units.".to_owned()), required : false,
            deprecated : false, explode : true, style : None, }, MetaOperationParam {
            name : "price_max".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int64"), minimum : Some(0.0), maximum : Some(9007199254740991.0),
            ..MetaSchema::ANY })), in_type : MetaParamIn::Query, description :
            Some("Highest price, in minor units.".to_owned()), required : false,
            deprecated : false, explode : true, style : None, }, MetaOperationParam {
            name : "sort".to_owned(), schema : MetaSchemaRef::Reference("ProductSort"
            .to_owned()), in_type : MetaParamIn::Query, description :
            Some("The order of the list.".to_owned()), required : false, deprecated :
            false, explode : true, style : None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "A page of products.", status : Some(200),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("ProductPage"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([]),
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("list_products"),
        code_samples: vec![],
    }
}

fn create_product_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["catalogue"],
        method: orderly_api_runtime::Method::POST,
        summary: Some("Create a product"),
        description: Some(
            "For administrators. An API key needs the scope `catalogue:write`.",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "Idempotency-Key".to_owned(), schema :
            MetaSchemaRef::Reference("IdempotencyKey".to_owned()), in_type :
            MetaParamIn::Header, description :
            Some("Your key for this request, such as a UUID. Sending it again gives the first answer again."
            .to_owned()), required : false, deprecated : false, explode : false, style :
            None, }
        ],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/json", schema :
                MetaSchemaRef::Reference("ProductCreate".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The product.", status : Some(201),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("Product"
                .to_owned()) }], headers : vec![MetaHeader { name : "Location"
                .to_owned(), description :
                Some("The address of what was created, relative to this server."
                .to_owned()), required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }, MetaHeader { name : "ETag".to_owned(),
                description : Some("The version, for `If-Match` and `If-None-Match`."
                .to_owned()), required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }, MetaHeader { name : "Idempotent-Replayed"
                .to_owned(), description :
                Some("Sent as `true` when the answer is that of an earlier request with the same key."
                .to_owned()), required : false, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The SKU is in use (`sku_taken`), or a request with the same key is being worked on (`idempotency_in_flight`).",
                status : Some(409), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Idempotent-Replayed".to_owned(), description :
                Some("Sent as `true` when the answer is that of an earlier request with the same key."
                .to_owned()), required : false, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The key was used with another body (`idempotency_key_reused`).", status
                : Some(422), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Idempotent-Replayed".to_owned(), description :
                Some("Sent as `true` when the answer is that of an earlier request with the same key."
                .to_owned()), required : false, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("create_product"),
        code_samples: vec![],
    }
}

fn get_product_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["catalogue"],
        method: orderly_api_runtime::Method::GET,
        summary: Some("Get a product"),
        description: Some(
            "Open to everybody. Archived products are shown to administrators only.",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "product_id".to_owned(), schema :
            MetaSchemaRef::Reference("ProductId".to_owned()), in_type :
            MetaParamIn::Path, description : Some("The product.".to_owned()), required :
            true, deprecated : false, explode : false, style : None, },
            MetaOperationParam { name : "If-None-Match".to_owned(), schema :
            MetaSchemaRef::Reference("EntityTags".to_owned()), in_type :
            MetaParamIn::Header, description :
            Some("The `ETag` of the version that you have; the answer is 304 while it is the current one."
            .to_owned()), required : false, deprecated : false, explode : false, style :
            None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The product.", status : Some(200),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("Product"
                .to_owned()) }], headers : vec![MetaHeader { name : "ETag".to_owned(),
                description : Some("The version, for `If-Match` and `If-None-Match`."
                .to_owned()), required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The version that you have is the current one.", status : Some(304),
                status_range : None, content : vec![], headers : vec![MetaHeader { name :
                "ETag".to_owned(), description :
                Some("The version, for `If-Match` and `If-None-Match`.".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([]),
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("get_product"),
        code_samples: vec![],
    }
}

fn update_product_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["catalogue"],
        method: orderly_api_runtime::Method::PATCH,
        summary: Some("Change a product"),
        description: Some(
            "For administrators. Changes the fields that are sent; `null` removes the description. `If-Match` is needed.\nAn API key needs the scope `catalogue:write`.\n",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "product_id".to_owned(), schema :
            MetaSchemaRef::Reference("ProductId".to_owned()), in_type :
            MetaParamIn::Path, description : Some("The product.".to_owned()), required :
            true, deprecated : false, explode : false, style : None, },
            MetaOperationParam { name : "If-Match".to_owned(), schema :
            MetaSchemaRef::Reference("EntityTags".to_owned()), in_type :
            MetaParamIn::Header, description :
            Some("The `ETag` of the version that you want to change.".to_owned()),
            required : false, deprecated : false, explode : false, style : None, }
        ],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/merge-patch+json", schema :
                MetaSchemaRef::Reference("ProductPatch".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The product as it is now.", status :
                Some(200), status_range : None, content : vec![MetaMediaType {
                content_type : "application/json", schema :
                MetaSchemaRef::Reference("Product".to_owned()) }], headers :
                vec![MetaHeader { name : "ETag".to_owned(), description :
                Some("The version, for `If-Match` and `If-None-Match`.".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "It has changed since you saw it (`version_mismatch`).", status :
                Some(412), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "`If-Match` is needed here (`precondition_required`).", status :
                Some(428), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("update_product"),
        code_samples: vec![],
    }
}

fn archive_product_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["catalogue"],
        method: orderly_api_runtime::Method::POST,
        summary: Some("Archive a product"),
        description: Some(
            "For administrators. Takes the product off sale; orders keep it. Doing it again changes nothing.\nAn API key needs the scope `catalogue:write`.\n",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "product_id".to_owned(), schema :
            MetaSchemaRef::Reference("ProductId".to_owned()), in_type :
            MetaParamIn::Path, description : Some("The product.".to_owned()), required :
            true, deprecated : false, explode : false, style : None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The product as it is now.", status :
                Some(200), status_range : None, content : vec![MetaMediaType {
                content_type : "application/json", schema :
                MetaSchemaRef::Reference("Product".to_owned()) }], headers :
                vec![MetaHeader { name : "ETag".to_owned(), description :
                Some("The version, for `If-Match` and `If-None-Match`.".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("archive_product"),
        code_samples: vec![],
    }
}

fn adjust_stock_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["catalogue"],
        method: orderly_api_runtime::Method::POST,
        summary: Some("Adjust the stock"),
        description: Some(
            "For administrators. Adds `delta` to the stock, or takes it away; the stock never goes below zero.\nAn API key needs the scope `catalogue:write`.\n",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "product_id".to_owned(), schema :
            MetaSchemaRef::Reference("ProductId".to_owned()), in_type :
            MetaParamIn::Path, description : Some("The product.".to_owned()), required :
            true, deprecated : false, explode : false, style : None, },
            MetaOperationParam { name : "Idempotency-Key".to_owned(), schema :
            MetaSchemaRef::Reference("IdempotencyKey".to_owned()), in_type :
            MetaParamIn::Header, description :
            Some("Your key for this request, such as a UUID. Sending it again gives the first answer again."
            .to_owned()), required : false, deprecated : false, explode : false, style :
            None, }
        ],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/json", schema :
                MetaSchemaRef::Reference("StockAdjust".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The adjustment, with the stock after it.",
                status : Some(200), status_range : None, content : vec![MetaMediaType {
                content_type : "application/json", schema :
                MetaSchemaRef::Reference("StockAdjustment".to_owned()) }], headers :
                vec![MetaHeader { name : "Idempotent-Replayed".to_owned(), description :
                Some("Sent as `true` when the answer is that of an earlier request with the same key."
                .to_owned()), required : false, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "There is not as much as that (`out_of_stock`), or a request with the same key is being worked on (`idempotency_in_flight`).",
                status : Some(409), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Idempotent-Replayed".to_owned(), description :
                Some("Sent as `true` when the answer is that of an earlier request with the same key."
                .to_owned()), required : false, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The key was used with another body (`idempotency_key_reused`).", status
                : Some(422), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Idempotent-Replayed".to_owned(), description :
                Some("Sent as `true` when the answer is that of an earlier request with the same key."
                .to_owned()), required : false, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("adjust_stock"),
        code_samples: vec![],
    }
}

fn list_orders_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["orders"],
        method: orderly_api_runtime::Method::GET,
        summary: Some("List orders"),
        description: Some(
            "The own orders, for administrators those of everybody. Newest first. An API key needs the scope `orders:read`.",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "limit".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int32"), minimum : Some(1.0), maximum : Some(100.0), default :
            Some(serde_json::Value::from(20)), ..MetaSchema::ANY })), in_type :
            MetaParamIn::Query, description : Some("How many items a page has at most."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }, MetaOperationParam { name : "cursor".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", min_length :
            Some(1), max_length : Some(2048), ..MetaSchema::ANY })), in_type :
            MetaParamIn::Query, description :
            Some("Where the page begins, `next_cursor` of the page before. It works with the filters that it was made with."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }, MetaOperationParam { name : "status".to_owned(), schema :
            MetaSchemaRef::Reference("OrderStatus".to_owned()), in_type :
            MetaParamIn::Query, description : Some("Only orders in this state."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }, MetaOperationParam { name : "created_from".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), ..MetaSchema::ANY })), in_type : MetaParamIn::Query,
            description : Some("Only orders placed at this time or later.".to_owned()),
            required : false, deprecated : false, explode : true, style : None, },
            MetaOperationParam { name : "created_before".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), ..MetaSchema::ANY })), in_type : MetaParamIn::Query,
            description : Some("Only orders placed before this time.".to_owned()),
            required : false, deprecated : false, explode : true, style : None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "A page of orders.", status : Some(200),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("OrderPage"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("list_orders"),
        code_samples: vec![],
    }
}

fn create_order_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["orders"],
        method: orderly_api_runtime::Method::POST,
        summary: Some("Place an order"),
        description: Some(
            "Takes the stock of every line, or of none. The order keeps the names and prices of this moment.\nLines of the same product are added up. With `expected_total`, a price that has changed meanwhile is refused.\nAn API key needs the scope `orders:write`.\n",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "Idempotency-Key".to_owned(), schema :
            MetaSchemaRef::Reference("IdempotencyKey".to_owned()), in_type :
            MetaParamIn::Header, description :
            Some("Your key for this order, such as a UUID. Sending it again gives the first answer again and places no second order."
            .to_owned()), required : true, deprecated : false, explode : false, style :
            None, }
        ],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/json", schema :
                MetaSchemaRef::Reference("OrderCreate".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The order.", status : Some(201),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("Order".to_owned())
                }], headers : vec![MetaHeader { name : "Location".to_owned(), description
                : Some("The address of what was created, relative to this server."
                .to_owned()), required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }, MetaHeader { name : "ETag".to_owned(),
                description : Some("The version, for `If-Match` and `If-None-Match`."
                .to_owned()), required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }, MetaHeader { name : "Idempotent-Replayed"
                .to_owned(), description :
                Some("Sent as `true` when the answer is that of an earlier request with the same key."
                .to_owned()), required : false, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "There is not enough stock (`out_of_stock`, with every line that fails in `shortages`), the total is not the expected one\n(`price_changed`, with `current_total`), or a request with the same key is being worked on (`idempotency_in_flight`).\n",
                status : Some(409), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Idempotent-Replayed".to_owned(), description :
                Some("Sent as `true` when the answer is that of an earlier request with the same key."
                .to_owned()), required : false, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "A product is unknown (`unknown_product`) or not for sale (`product_not_for_sale`), the lines have several currencies\n(`currency_mismatch`), the total is too large (`total_too_large`), or the key was used with another body (`idempotency_key_reused`).\n",
                status : Some(422), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Idempotent-Replayed".to_owned(), description :
                Some("Sent as `true` when the answer is that of an earlier request with the same key."
                .to_owned()), required : false, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("create_order"),
        code_samples: vec![],
    }
}

fn get_order_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["orders"],
        method: orderly_api_runtime::Method::GET,
        summary: Some("Get an order"),
        description: Some(
            "An own order, for administrators anybody's. An API key needs the scope `orders:read`.",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "order_id".to_owned(), schema :
            MetaSchemaRef::Reference("OrderId".to_owned()), in_type : MetaParamIn::Path,
            description : Some("The order.".to_owned()), required : true, deprecated :
            false, explode : false, style : None, }, MetaOperationParam { name :
            "If-None-Match".to_owned(), schema : MetaSchemaRef::Reference("EntityTags"
            .to_owned()), in_type : MetaParamIn::Header, description :
            Some("The `ETag` of the version that you have; the answer is 304 while it is the current one."
            .to_owned()), required : false, deprecated : false, explode : false, style :
            None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The order.", status : Some(200),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("Order".to_owned())
                }], headers : vec![MetaHeader { name : "ETag".to_owned(), description :
                Some("The version, for `If-Match` and `If-None-Match`.".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The version that you have is the current one.", status : Some(304),
                status_range : None, content : vec![], headers : vec![MetaHeader { name :
                "ETag".to_owned(), description :
                Some("The version, for `If-Match` and `If-None-Match`.".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("get_order"),
        code_samples: vec![],
    }
}

fn cancel_order_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["orders"],
        method: orderly_api_runtime::Method::POST,
        summary: Some("Cancel an order"),
        description: Some(
            "Gives the stock back. An own order, for administrators anybody's. An API key needs the scope `orders:write`.",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "order_id".to_owned(), schema :
            MetaSchemaRef::Reference("OrderId".to_owned()), in_type : MetaParamIn::Path,
            description : Some("The order.".to_owned()), required : true, deprecated :
            false, explode : false, style : None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The order as it is now.", status :
                Some(200), status_range : None, content : vec![MetaMediaType {
                content_type : "application/json", schema :
                MetaSchemaRef::Reference("Order".to_owned()) }], headers :
                vec![MetaHeader { name : "ETag".to_owned(), description :
                Some("The version, for `If-Match` and `If-None-Match`.".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The order is in a state that cannot be cancelled (`invalid_transition`, with `from`, `to` and `allowed`).",
                status : Some(409), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("cancel_order"),
        code_samples: vec![],
    }
}

fn list_notes_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["notes"],
        method: orderly_api_runtime::Method::GET,
        summary: Some("List own notes"),
        description: Some("Newest first. An API key needs the scope `notes:read`."),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "limit".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int32"), minimum : Some(1.0), maximum : Some(100.0), default :
            Some(serde_json::Value::from(20)), ..MetaSchema::ANY })), in_type :
            MetaParamIn::Query, description : Some("How many items a page has at most."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }, MetaOperationParam { name : "cursor".to_owned(), schema :
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", min_length :
            Some(1), max_length : Some(2048), ..MetaSchema::ANY })), in_type :
            MetaParamIn::Query, description :
            Some("Where the page begins, `next_cursor` of the page before. It works with the filters that it was made with."
            .to_owned()), required : false, deprecated : false, explode : true, style :
            None, }, MetaOperationParam { name : "order_id".to_owned(), schema :
            MetaSchemaRef::Reference("OrderId".to_owned()), in_type : MetaParamIn::Query,
            description : Some("Only notes about this order.".to_owned()), required :
            false, deprecated : false, explode : true, style : None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "A page of notes.", status : Some(200),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("NotePage"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("list_notes"),
        code_samples: vec![],
    }
}

fn create_note_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["notes"],
        method: orderly_api_runtime::Method::POST,
        summary: Some("Write a note"),
        description: Some(
            "A note may refer to an own order. An API key needs the scope `notes:write`.",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "Idempotency-Key".to_owned(), schema :
            MetaSchemaRef::Reference("IdempotencyKey".to_owned()), in_type :
            MetaParamIn::Header, description :
            Some("Your key for this request, such as a UUID. Sending it again gives the first answer again."
            .to_owned()), required : false, deprecated : false, explode : false, style :
            None, }
        ],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/json", schema :
                MetaSchemaRef::Reference("NoteWrite".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The note.", status : Some(201),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("Note".to_owned())
                }], headers : vec![MetaHeader { name : "Location".to_owned(), description
                : Some("The address of what was created, relative to this server."
                .to_owned()), required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }, MetaHeader { name : "ETag".to_owned(),
                description : Some("The version, for `If-Match` and `If-None-Match`."
                .to_owned()), required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }, MetaHeader { name : "Idempotent-Replayed"
                .to_owned(), description :
                Some("Sent as `true` when the answer is that of an earlier request with the same key."
                .to_owned()), required : false, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "A request with the same key is being worked on (`idempotency_in_flight`).",
                status : Some(409), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The note refers to an order that is not there or not yours (`unknown_order`), or the key was used with another body (`idempotency_key_reused`).",
                status : Some(422), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Idempotent-Replayed".to_owned(), description :
                Some("Sent as `true` when the answer is that of an earlier request with the same key."
                .to_owned()), required : false, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("create_note"),
        code_samples: vec![],
    }
}

fn get_note_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["notes"],
        method: orderly_api_runtime::Method::GET,
        summary: Some("Get a note"),
        description: Some("An API key needs the scope `notes:read`."),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "note_id".to_owned(), schema :
            MetaSchemaRef::Reference("NoteId".to_owned()), in_type : MetaParamIn::Path,
            description : Some("The note.".to_owned()), required : true, deprecated :
            false, explode : false, style : None, }, MetaOperationParam { name :
            "If-None-Match".to_owned(), schema : MetaSchemaRef::Reference("EntityTags"
            .to_owned()), in_type : MetaParamIn::Header, description :
            Some("The `ETag` of the version that you have; the answer is 304 while it is the current one."
            .to_owned()), required : false, deprecated : false, explode : false, style :
            None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The note.", status : Some(200),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/json", schema : MetaSchemaRef::Reference("Note".to_owned())
                }], headers : vec![MetaHeader { name : "ETag".to_owned(), description :
                Some("The version, for `If-Match` and `If-None-Match`.".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The version that you have is the current one.", status : Some(304),
                status_range : None, content : vec![], headers : vec![MetaHeader { name :
                "ETag".to_owned(), description :
                Some("The version, for `If-Match` and `If-None-Match`.".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("get_note"),
        code_samples: vec![],
    }
}

fn replace_note_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["notes"],
        method: orderly_api_runtime::Method::PUT,
        summary: Some("Replace a note"),
        description: Some(
            "Sets all fields; a field that is left out is removed. With `If-Match`, only the version you saw. An API key needs the scope `notes:write`.",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "note_id".to_owned(), schema :
            MetaSchemaRef::Reference("NoteId".to_owned()), in_type : MetaParamIn::Path,
            description : Some("The note.".to_owned()), required : true, deprecated :
            false, explode : false, style : None, }, MetaOperationParam { name :
            "If-Match".to_owned(), schema : MetaSchemaRef::Reference("EntityTags"
            .to_owned()), in_type : MetaParamIn::Header, description :
            Some("The `ETag` of the version that you want to change.".to_owned()),
            required : false, deprecated : false, explode : false, style : None, }
        ],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/json", schema :
                MetaSchemaRef::Reference("NoteWrite".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The note as it is now.", status :
                Some(200), status_range : None, content : vec![MetaMediaType {
                content_type : "application/json", schema :
                MetaSchemaRef::Reference("Note".to_owned()) }], headers : vec![MetaHeader
                { name : "ETag".to_owned(), description :
                Some("The version, for `If-Match` and `If-None-Match`.".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "It has changed since you saw it (`version_mismatch`).", status :
                Some(412), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The note refers to an order that is not there or not yours (`unknown_order`), or the key was used with another body (`idempotency_key_reused`).",
                status : Some(422), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Idempotent-Replayed".to_owned(), description :
                Some("Sent as `true` when the answer is that of an earlier request with the same key."
                .to_owned()), required : false, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("replace_note"),
        code_samples: vec![],
    }
}

fn update_note_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["notes"],
        method: orderly_api_runtime::Method::PATCH,
        summary: Some("Change a note"),
        description: Some(
            "Changes the fields that are sent; `null` removes the reference to an order. With `If-Match`, only the version you saw. An API key needs the scope `notes:write`.",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "note_id".to_owned(), schema :
            MetaSchemaRef::Reference("NoteId".to_owned()), in_type : MetaParamIn::Path,
            description : Some("The note.".to_owned()), required : true, deprecated :
            false, explode : false, style : None, }, MetaOperationParam { name :
            "If-Match".to_owned(), schema : MetaSchemaRef::Reference("EntityTags"
            .to_owned()), in_type : MetaParamIn::Header, description :
            Some("The `ETag` of the version that you want to change.".to_owned()),
            required : false, deprecated : false, explode : false, style : None, }
        ],
        request: Some(MetaRequest {
            description: None,
            content: vec![
                MetaMediaType { content_type : "application/merge-patch+json", schema :
                MetaSchemaRef::Reference("NotePatch".to_owned()) }
            ],
            required: true,
        }),
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The note as it is now.", status :
                Some(200), status_range : None, content : vec![MetaMediaType {
                content_type : "application/json", schema :
                MetaSchemaRef::Reference("Note".to_owned()) }], headers : vec![MetaHeader
                { name : "ETag".to_owned(), description :
                Some("The version, for `If-Match` and `If-None-Match`.".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body did not arrive in time (`request_timeout`).", status :
                Some(408), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "It has changed since you saw it (`version_mismatch`).", status :
                Some(412), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is larger than the server takes (`payload_too_large`).", status
                : Some(413), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The body is of a media type that this operation does not take (`unsupported_media_type`).",
                status : Some(415), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The note refers to an order that is not there or not yours (`unknown_order`), or the key was used with another body (`idempotency_key_reused`).",
                status : Some(422), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Idempotent-Replayed".to_owned(), description :
                Some("Sent as `true` when the answer is that of an earlier request with the same key."
                .to_owned()), required : false, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("update_note"),
        code_samples: vec![],
    }
}

fn delete_note_operation() -> MetaOperation {
    MetaOperation {
        tags: vec!["notes"],
        method: orderly_api_runtime::Method::DELETE,
        summary: Some("Delete a note"),
        description: Some(
            "Answers 204 also for an own note that was deleted before. An API key needs the scope `notes:write`.",
        ),
        external_docs: None,
        params: vec![
            MetaOperationParam { name : "note_id".to_owned(), schema :
            MetaSchemaRef::Reference("NoteId".to_owned()), in_type : MetaParamIn::Path,
            description : Some("The note.".to_owned()), required : true, deprecated :
            false, explode : false, style : None, }
        ],
        request: None,
        responses: MetaResponses {
            responses: vec![
                MetaResponse { description : "The note is gone.", status : Some(204),
                status_range : None, content : vec![], headers : vec![], }, MetaResponse
                { description :
                "The request breaks this document; `errors` lists every mistake (`validation_failed`, `malformed_json`, `invalid_cursor`).",
                status : Some(400), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The credential is missing, wrong or expired (`unauthenticated`).",
                status : Some(401), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "WWW-Authenticate".to_owned(), description :
                Some("How to authenticate (RFC 9110, section 11.6.1).".to_owned()),
                required : true, deprecated : false, schema :
                MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "The credential does not allow this (`forbidden`).", status : Some(403),
                status_range : None, content : vec![MetaMediaType { content_type :
                "application/problem+json", schema : MetaSchemaRef::Reference("Problem"
                .to_owned()) }], headers : vec![], }, MetaResponse { description :
                "There is no such thing, or it belongs to somebody else (`not_found`).",
                status : Some(404), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "Something went wrong here (`internal`). The request id finds it in the log.",
                status : Some(500), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], },
                MetaResponse { description :
                "The server cannot serve this now (`unavailable`). Try again later.",
                status : Some(503), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers :
                vec![MetaHeader { name : "Retry-After".to_owned(), description :
                Some("After how many seconds to try again.".to_owned()), required : true,
                deprecated : false, schema : MetaSchemaRef::Inline(Box::new(MetaSchema {
                ty : "integer", format : Some("int32"), minimum : Some(0.0),
                ..MetaSchema::ANY })), }], }, MetaResponse { description :
                "It took longer than the server allows (`deadline_exceeded`).", status :
                Some(504), status_range : None, content : vec![MetaMediaType {
                content_type : "application/problem+json", schema :
                MetaSchemaRef::Reference("Problem".to_owned()) }], headers : vec![], }
            ],
        },
        deprecated: false,
        security: vec![
            std::collections::HashMap::from([("bearer", vec![])]),
            std::collections::HashMap::from([("api_key", vec![])])
        ],
        operation_id: Some("delete_note"),
        code_samples: vec![],
    }
}

fn user_id_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("Id of an account."),
        pattern: Some("^usr_[0-7][0-9a-hjkmnp-tv-z]{25}$".to_owned()),
        example: Some(serde_json::Value::from("usr_01kb2x8m4ze5svt8q4d0h6y7wn")),
        ..MetaSchema::ANY
    }
}

fn api_key_id_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("Id of an API key."),
        pattern: Some("^key_[0-7][0-9a-hjkmnp-tv-z]{25}$".to_owned()),
        example: Some(serde_json::Value::from("key_01kb2xb1c3dfg5h7j9k1m3n5pq")),
        ..MetaSchema::ANY
    }
}

fn product_id_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("Id of a product."),
        pattern: Some("^prd_[0-7][0-9a-hjkmnp-tv-z]{25}$".to_owned()),
        example: Some(serde_json::Value::from("prd_01kb2x8m52f7ktcwz6p3n9r4ga")),
        ..MetaSchema::ANY
    }
}

fn order_id_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("Id of an order."),
        pattern: Some("^ord_[0-7][0-9a-hjkmnp-tv-z]{25}$".to_owned()),
        example: Some(serde_json::Value::from("ord_01kb2x9q3hfb8v6s1d4e7j0kmx")),
        ..MetaSchema::ANY
    }
}

fn note_id_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("Id of a note."),
        pattern: Some("^nte_[0-7][0-9a-hjkmnp-tv-z]{25}$".to_owned()),
        example: Some(serde_json::Value::from("nte_01kb2xa5r7ecx9m2n4p6q8s0tv")),
        ..MetaSchema::ANY
    }
}

fn idempotency_key_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some(
            "A key that the client makes, such as a UUID; 1 to 128 visible ASCII characters.",
        ),
        pattern: Some("^[\\x21-\\x7E]{1,128}$".to_owned()),
        example: Some(serde_json::Value::from("6f1c0d5e-8f0e-4c1b-9d52-3f6c0a7b1e90")),
        ..MetaSchema::ANY
    }
}

fn entity_tags_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some(
            "Entity tags separated by commas, or `*` (RFC 9110, section 13.1).",
        ),
        min_length: Some(1),
        max_length: Some(1000),
        example: Some(serde_json::Value::from("\"v1\"")),
        ..MetaSchema::ANY
    }
}

fn email_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        format: Some("email"),
        description: Some("An e-mail address; upper and lower case are the same."),
        min_length: Some(3),
        max_length: Some(254),
        example: Some(serde_json::Value::from("ada@example.com")),
        ..MetaSchema::ANY
    }
}

fn password_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        format: Some("password"),
        description: Some("8 to 128 characters of any kind."),
        min_length: Some(8),
        max_length: Some(128),
        ..MetaSchema::ANY
    }
}

fn person_name_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("A person's name."),
        min_length: Some(1),
        max_length: Some(100),
        pattern: Some("\\S".to_owned()),
        example: Some(serde_json::Value::from("Ada Lovelace")),
        ..MetaSchema::ANY
    }
}

fn phone_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("A telephone number."),
        pattern: Some("^\\+?[0-9][0-9 ()./-]{2,29}$".to_owned()),
        example: Some(serde_json::Value::from("+44 20 7946 0958")),
        ..MetaSchema::ANY
    }
}

fn currency_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("ISO 4217 code."),
        pattern: Some("^[A-Z]{3}$".to_owned()),
        example: Some(serde_json::Value::from("EUR")),
        ..MetaSchema::ANY
    }
}

fn sku_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("Stock keeping unit, unique among products."),
        pattern: Some("^[A-Z0-9][A-Z0-9-]{0,39}$".to_owned()),
        example: Some(serde_json::Value::from("MUG-STONE-350")),
        ..MetaSchema::ANY
    }
}

fn quantity_schema() -> MetaSchema {
    MetaSchema {
        ty: "integer",
        format: Some("int32"),
        description: Some("How many of a product."),
        minimum: Some(1.0),
        maximum: Some(1000.0),
        example: Some(serde_json::Value::from(2)),
        ..MetaSchema::ANY
    }
}

fn role_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("What an account may do."),
        enum_items: vec![
            serde_json::Value::from("customer"), serde_json::Value::from("administrator")
        ],
        ..MetaSchema::ANY
    }
}

fn scope_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("What an API key may do."),
        enum_items: vec![
            serde_json::Value::from("catalogue:write"),
            serde_json::Value::from("orders:read"),
            serde_json::Value::from("orders:write"),
            serde_json::Value::from("notes:read"), serde_json::Value::from("notes:write")
        ],
        ..MetaSchema::ANY
    }
}

fn order_status_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("The state of an order."),
        enum_items: vec![
            serde_json::Value::from("placed"), serde_json::Value::from("cancelled")
        ],
        ..MetaSchema::ANY
    }
}

fn product_sort_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("The order of a list of products."),
        enum_items: vec![
            serde_json::Value::from("newest"), serde_json::Value::from("oldest"),
            serde_json::Value::from("name"), serde_json::Value::from("cheapest"),
            serde_json::Value::from("dearest")
        ],
        default: Some(serde_json::Value::from("newest")),
        ..MetaSchema::ANY
    }
}

fn money_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("An amount in minor units (cents) of a currency."),
        required: vec!["amount", "currency"],
        properties: vec![
            ("amount", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format
            : Some("int64"), description : Some("Minor units; 1890 EUR is 18.90 €."),
            minimum : Some(- 9007199254740991.0), maximum : Some(9007199254740991.0),
            ..MetaSchema::ANY }))), ("currency", MetaSchemaRef::Reference("Currency"
            .to_owned()))
        ],
        ..MetaSchema::ANY
    }
}

fn price_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("An amount of money that is not negative."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["amount", "currency"],
        properties: vec![
            ("amount", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format
            : Some("int64"), description : Some("Minor units; 1890 EUR is 18.90 €."),
            minimum : Some(0.0), maximum : Some(9007199254740991.0), ..MetaSchema::ANY
            }))), ("currency", MetaSchemaRef::Reference("Currency".to_owned()))
        ],
        ..MetaSchema::ANY
    }
}

fn registration_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A new customer."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["email", "password", "name"],
        properties: vec![
            ("email", MetaSchemaRef::Reference("Email".to_owned())), ("password",
            MetaSchemaRef::Reference("Password".to_owned())), ("name",
            MetaSchemaRef::Reference("PersonName".to_owned())), ("phone",
            MetaSchemaRef::Reference("Phone".to_owned()))
        ],
        ..MetaSchema::ANY
    }
}

fn user_create_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A new user with a role."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["email", "password", "name", "role"],
        properties: vec![
            ("email", MetaSchemaRef::Reference("Email".to_owned())), ("password",
            MetaSchemaRef::Reference("Password".to_owned())), ("name",
            MetaSchemaRef::Reference("PersonName".to_owned())), ("phone",
            MetaSchemaRef::Reference("Phone".to_owned())), ("role",
            MetaSchemaRef::Reference("Role".to_owned()))
        ],
        ..MetaSchema::ANY
    }
}

fn profile_patch_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("The fields of the profile to change."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        min_properties: Some(1),
        properties: vec![
            ("name", MetaSchemaRef::Reference("PersonName".to_owned())), ("phone",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", nullable : true,
            description : Some("A telephone number; null removes it."), pattern :
            Some("^\\+?[0-9][0-9 ()./-]{2,29}$".to_owned()), ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn password_change_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("The old and the new password."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["current_password", "new_password"],
        properties: vec![
            ("current_password", MetaSchemaRef::Reference("Password".to_owned())),
            ("new_password", MetaSchemaRef::Reference("Password".to_owned()))
        ],
        ..MetaSchema::ANY
    }
}

fn role_change_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("The new role."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["role"],
        properties: vec![("role", MetaSchemaRef::Reference("Role".to_owned()))],
        ..MetaSchema::ANY
    }
}

fn account_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("Somebody who can log in."),
        required: vec!["id", "email", "name", "role", "created_at", "updated_at"],
        properties: vec![
            ("id", MetaSchemaRef::Reference("UserId".to_owned())), ("email",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The e-mail address."), ..MetaSchema::ANY }))), ("name",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The person's name."), ..MetaSchema::ANY }))), ("phone",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The telephone number, if there is one."), ..MetaSchema::ANY }))),
            ("role", MetaSchemaRef::Reference("Role".to_owned())), ("created_at",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), description : Some("When it was created."),
            ..MetaSchema::ANY }))), ("updated_at",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), description : Some("When it was changed last."),
            ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn account_page_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A page of accounts."),
        required: vec!["items"],
        properties: vec![
            ("items", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array", items :
            Some(Box::new(MetaSchemaRef::Reference("Account".to_owned()))),
            ..MetaSchema::ANY }))), ("next_cursor",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The next page's `cursor`; absent on the last page."), ..MetaSchema::ANY
            })))
        ],
        ..MetaSchema::ANY
    }
}

fn overview_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("An account at a glance."),
        required: vec!["profile", "latest_orders", "latest_notes"],
        properties: vec![
            ("profile", MetaSchemaRef::Reference("Account".to_owned())),
            ("latest_orders", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array",
            max_items : Some(5), items : Some(Box::new(MetaSchemaRef::Reference("Order"
            .to_owned()))), ..MetaSchema::ANY }))), ("latest_notes",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array", max_items :
            Some(5), items : Some(Box::new(MetaSchemaRef::Reference("Note".to_owned()))),
            ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn token_request_schema() -> MetaSchema {
    MetaSchema {
        description: Some("What is exchanged for tokens."),
        one_of: vec![
            MetaSchemaRef::Reference("PasswordGrant".to_owned()),
            MetaSchemaRef::Reference("RefreshTokenGrant".to_owned())
        ],
        discriminator: Some(MetaDiscriminatorObject {
            property_name: "grant_type",
            mapping: vec![
                ("password".to_owned(), "#/components/schemas/PasswordGrant".to_owned()),
                ("refresh_token".to_owned(), "#/components/schemas/RefreshTokenGrant"
                .to_owned())
            ],
        }),
        ..MetaSchema::ANY
    }
}

fn password_grant_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("E-mail and password."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["grant_type", "email", "password"],
        properties: vec![
            ("grant_type", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
            enum_items : vec![serde_json::Value::from("password")], description :
            Some("Always `password`."), ..MetaSchema::ANY }))), ("email",
            MetaSchemaRef::Reference("Email".to_owned())), ("password",
            MetaSchemaRef::Reference("Password".to_owned()))
        ],
        ..MetaSchema::ANY
    }
}

fn refresh_token_grant_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A refresh token from an earlier answer."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["grant_type", "refresh_token"],
        properties: vec![
            ("grant_type", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
            enum_items : vec![serde_json::Value::from("refresh_token")], description :
            Some("Always `refresh_token`."), ..MetaSchema::ANY }))), ("refresh_token",
            MetaSchemaRef::Reference("RefreshToken".to_owned()))
        ],
        ..MetaSchema::ANY
    }
}

fn refresh_token_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("An opaque refresh token."),
        min_length: Some(1),
        max_length: Some(200),
        ..MetaSchema::ANY
    }
}

fn token_revocation_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("The refresh token to revoke."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["refresh_token"],
        properties: vec![
            ("refresh_token", MetaSchemaRef::Reference("RefreshToken".to_owned()))
        ],
        ..MetaSchema::ANY
    }
}

fn tokens_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("Tokens of one login."),
        required: vec!["access_token", "token_type", "expires_in", "refresh_token"],
        properties: vec![
            ("access_token", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
            description : Some("A JSON Web Token, for `Authorization: Bearer`."),
            ..MetaSchema::ANY }))), ("token_type",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", enum_items :
            vec![serde_json::Value::from("Bearer")], description :
            Some("Always `Bearer`."), ..MetaSchema::ANY }))), ("expires_in",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int32"), minimum : Some(1.0), description :
            Some("Seconds until the access token expires."), ..MetaSchema::ANY }))),
            ("refresh_token", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
            description : Some("Exchange it once for new tokens."), ..MetaSchema::ANY
            })))
        ],
        ..MetaSchema::ANY
    }
}

fn json_web_key_set_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A JSON Web Key Set (RFC 7517, section 5)."),
        required: vec!["keys"],
        properties: vec![
            ("keys", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array", items :
            Some(Box::new(MetaSchemaRef::Reference("JsonWebKey".to_owned()))),
            ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn json_web_key_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A public key (RFC 8037)."),
        required: vec!["kty", "crv", "alg", "use", "kid", "x"],
        properties: vec![
            ("kty", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", enum_items
            : vec![serde_json::Value::from("OKP")], description : Some("Key type."),
            ..MetaSchema::ANY }))), ("crv", MetaSchemaRef::Inline(Box::new(MetaSchema {
            ty : "string", enum_items : vec![serde_json::Value::from("Ed25519")],
            description : Some("Curve."), ..MetaSchema::ANY }))), ("alg",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", enum_items :
            vec![serde_json::Value::from("EdDSA")], description : Some("Algorithm."),
            ..MetaSchema::ANY }))), ("use", MetaSchemaRef::Inline(Box::new(MetaSchema {
            ty : "string", enum_items : vec![serde_json::Value::from("sig")], description
            : Some("What the key is for."), ..MetaSchema::ANY }))), ("kid",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("Key id."), ..MetaSchema::ANY }))), ("x",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The public key, base64url."), ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn api_key_create_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A new API key."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["name", "scopes"],
        properties: vec![
            ("name", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
            min_length : Some(1), max_length : Some(100), pattern : Some("\\S"
            .to_owned()), description : Some("What the key is for."), ..MetaSchema::ANY
            }))), ("scopes", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array",
            description : Some("What the key may do."), min_items : Some(1), unique_items
            : Some(true), items : Some(Box::new(MetaSchemaRef::Reference("Scope"
            .to_owned()))), ..MetaSchema::ANY }))), ("expires_at",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), description :
            Some("When the key stops working; never if left out."), ..MetaSchema::ANY
            })))
        ],
        ..MetaSchema::ANY
    }
}

fn api_key_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("An API key without its secret."),
        required: vec!["id", "name", "scopes", "created_at"],
        properties: vec![
            ("id", MetaSchemaRef::Reference("ApiKeyId".to_owned())), ("name",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("What the key is for."), ..MetaSchema::ANY }))), ("scopes",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array", items :
            Some(Box::new(MetaSchemaRef::Reference("Scope".to_owned()))),
            ..MetaSchema::ANY }))), ("expires_at",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), description : Some("When the key stops working."),
            ..MetaSchema::ANY }))), ("created_at",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), description : Some("When it was created."),
            ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn created_api_key_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A new API key with its secret."),
        required: vec!["id", "name", "scopes", "secret", "created_at"],
        properties: vec![
            ("id", MetaSchemaRef::Reference("ApiKeyId".to_owned())), ("name",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("What the key is for."), ..MetaSchema::ANY }))), ("scopes",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array", items :
            Some(Box::new(MetaSchemaRef::Reference("Scope".to_owned()))),
            ..MetaSchema::ANY }))), ("secret", MetaSchemaRef::Inline(Box::new(MetaSchema
            { ty : "string", description :
            Some("The secret for `X-API-Key`; it is not shown again."), ..MetaSchema::ANY
            }))), ("expires_at", MetaSchemaRef::Inline(Box::new(MetaSchema { ty :
            "string", format : Some("date-time"), description :
            Some("When the key stops working."), ..MetaSchema::ANY }))), ("created_at",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), description : Some("When it was created."),
            ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn api_key_page_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A page of API keys."),
        required: vec!["items"],
        properties: vec![
            ("items", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array", items :
            Some(Box::new(MetaSchemaRef::Reference("ApiKey".to_owned()))),
            ..MetaSchema::ANY }))), ("next_cursor",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The next page's `cursor`; absent on the last page."), ..MetaSchema::ANY
            })))
        ],
        ..MetaSchema::ANY
    }
}

fn product_create_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A new product."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["sku", "name", "price"],
        properties: vec![
            ("sku", MetaSchemaRef::Reference("Sku".to_owned())), ("name",
            MetaSchemaRef::Reference("ProductName".to_owned())), ("description",
            MetaSchemaRef::Reference("ProductText".to_owned())), ("price",
            MetaSchemaRef::Reference("Price".to_owned())), ("stock",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int64"), minimum : Some(0.0), maximum : Some(1000000000.0), default :
            Some(serde_json::Value::from(0)), description :
            Some("How many there are at first."), ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn product_name_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("The product's name as customers see it."),
        min_length: Some(1),
        max_length: Some(200),
        pattern: Some("\\S".to_owned()),
        ..MetaSchema::ANY
    }
}

fn product_text_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("The product in some words."),
        max_length: Some(5000),
        ..MetaSchema::ANY
    }
}

fn product_patch_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("The fields of the product to change."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        min_properties: Some(1),
        properties: vec![
            ("name", MetaSchemaRef::Reference("ProductName".to_owned())), ("description",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", nullable : true,
            max_length : Some(5000), description :
            Some("The product in some words; null removes them."), ..MetaSchema::ANY
            }))), ("price", MetaSchemaRef::Reference("Price".to_owned())), ("active",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean", description :
            Some("Whether it is for sale."), ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn product_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("Something that can be ordered."),
        required: vec![
            "id", "sku", "name", "price", "stock", "active", "created_at", "updated_at"
        ],
        properties: vec![
            ("id", MetaSchemaRef::Reference("ProductId".to_owned())), ("sku",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("Stock keeping unit."), ..MetaSchema::ANY }))), ("name",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The product's name."), ..MetaSchema::ANY }))), ("description",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The product in some words."), ..MetaSchema::ANY }))), ("price",
            MetaSchemaRef::Reference("Money".to_owned())), ("stock",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int64"), minimum : Some(0.0), description :
            Some("How many can be ordered."), ..MetaSchema::ANY }))), ("active",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "boolean", description :
            Some("Whether it is for sale."), ..MetaSchema::ANY }))), ("created_at",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), description : Some("When it was created."),
            ..MetaSchema::ANY }))), ("updated_at",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), description : Some("When it was changed last."),
            ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn product_page_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A page of products."),
        required: vec!["items"],
        properties: vec![
            ("items", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array", items :
            Some(Box::new(MetaSchemaRef::Reference("Product".to_owned()))),
            ..MetaSchema::ANY }))), ("next_cursor",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The next page's `cursor`; absent on the last page."), ..MetaSchema::ANY
            })))
        ],
        ..MetaSchema::ANY
    }
}

fn stock_adjust_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A change of stock."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["delta", "reason"],
        properties: vec![
            ("delta", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format
            : Some("int64"), minimum : Some(- 1000000000.0), maximum :
            Some(1000000000.0), description :
            Some("How many to add; negative to take away."), ..MetaSchema::ANY }))),
            ("reason", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
            min_length : Some(1), max_length : Some(200), pattern : Some("\\S"
            .to_owned()), description : Some("Why."), ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn stock_adjustment_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A change of stock that was made."),
        required: vec!["product_id", "delta", "reason", "stock", "created_at"],
        properties: vec![
            ("product_id", MetaSchemaRef::Reference("ProductId".to_owned())), ("delta",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int64"), description : Some("How many were added."), ..MetaSchema::ANY
            }))), ("reason", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
            description : Some("Why."), ..MetaSchema::ANY }))), ("stock",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int64"), minimum : Some(0.0), description :
            Some("How many there are after it."), ..MetaSchema::ANY }))), ("created_at",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), description : Some("When."), ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn order_create_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A new order."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["lines"],
        properties: vec![
            ("lines", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array",
            description : Some("What is ordered."), min_items : Some(1), max_items :
            Some(100), items : Some(Box::new(MetaSchemaRef::Reference("OrderLineCreate"
            .to_owned()))), ..MetaSchema::ANY }))), ("reference",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", min_length :
            Some(1), max_length : Some(64), description :
            Some("Your own reference for the order."), ..MetaSchema::ANY }))),
            ("expected_total", MetaSchemaRef::Reference("Price".to_owned()))
        ],
        ..MetaSchema::ANY
    }
}

fn order_line_create_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A product and how many of it."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["product_id", "quantity"],
        properties: vec![
            ("product_id", MetaSchemaRef::Reference("ProductId".to_owned())),
            ("quantity", MetaSchemaRef::Reference("Quantity".to_owned()))
        ],
        ..MetaSchema::ANY
    }
}

fn order_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("What was ordered, at the prices of that moment."),
        required: vec![
            "id", "account_id", "status", "lines", "total", "created_at", "updated_at"
        ],
        properties: vec![
            ("id", MetaSchemaRef::Reference("OrderId".to_owned())), ("account_id",
            MetaSchemaRef::Reference("UserId".to_owned())), ("status",
            MetaSchemaRef::Reference("OrderStatus".to_owned())), ("lines",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array", items :
            Some(Box::new(MetaSchemaRef::Reference("OrderLine".to_owned()))),
            ..MetaSchema::ANY }))), ("total", MetaSchemaRef::Reference("Money"
            .to_owned())), ("reference", MetaSchemaRef::Inline(Box::new(MetaSchema { ty :
            "string", description : Some("The customer's own reference."),
            ..MetaSchema::ANY }))), ("created_at",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), description : Some("When it was placed."),
            ..MetaSchema::ANY }))), ("updated_at",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), description : Some("When it was changed last."),
            ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn order_line_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A line of an order."),
        required: vec!["product_id", "sku", "name", "unit_price", "quantity", "total"],
        properties: vec![
            ("product_id", MetaSchemaRef::Reference("ProductId".to_owned())), ("sku",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The SKU at that moment."), ..MetaSchema::ANY }))), ("name",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The name at that moment."), ..MetaSchema::ANY }))), ("unit_price",
            MetaSchemaRef::Reference("Money".to_owned())), ("quantity",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int32"), minimum : Some(1.0), description : Some("How many."),
            ..MetaSchema::ANY }))), ("total", MetaSchemaRef::Reference("Money"
            .to_owned()))
        ],
        ..MetaSchema::ANY
    }
}

fn order_page_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A page of orders."),
        required: vec!["items"],
        properties: vec![
            ("items", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array", items :
            Some(Box::new(MetaSchemaRef::Reference("Order".to_owned()))),
            ..MetaSchema::ANY }))), ("next_cursor",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The next page's `cursor`; absent on the last page."), ..MetaSchema::ANY
            })))
        ],
        ..MetaSchema::ANY
    }
}

fn note_write_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A note as it is to be."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: vec!["title", "body"],
        properties: vec![
            ("title", MetaSchemaRef::Reference("NoteTitle".to_owned())), ("body",
            MetaSchemaRef::Reference("NoteBody".to_owned())), ("order_id",
            MetaSchemaRef::Reference("OrderId".to_owned()))
        ],
        ..MetaSchema::ANY
    }
}

fn note_title_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("The note in a few words."),
        min_length: Some(1),
        max_length: Some(200),
        pattern: Some("\\S".to_owned()),
        ..MetaSchema::ANY
    }
}

fn note_body_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some("The note's text."),
        max_length: Some(10000),
        ..MetaSchema::ANY
    }
}

fn note_patch_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("The fields of the note to change."),
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        min_properties: Some(1),
        properties: vec![
            ("title", MetaSchemaRef::Reference("NoteTitle".to_owned())), ("body",
            MetaSchemaRef::Reference("NoteBody".to_owned())), ("order_id",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", nullable : true,
            description :
            Some("The order that the note is about; null removes the reference."),
            pattern : Some("^ord_[0-7][0-9a-hjkmnp-tv-z]{25}$".to_owned()),
            ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn note_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A note of an account."),
        required: vec!["id", "title", "body", "created_at", "updated_at"],
        properties: vec![
            ("id", MetaSchemaRef::Reference("NoteId".to_owned())), ("title",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The note in a few words."), ..MetaSchema::ANY }))), ("body",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The note's text."), ..MetaSchema::ANY }))), ("order_id",
            MetaSchemaRef::Reference("OrderId".to_owned())), ("created_at",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), description : Some("When it was written."),
            ..MetaSchema::ANY }))), ("updated_at",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", format :
            Some("date-time"), description : Some("When it was changed last."),
            ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn note_page_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A page of notes."),
        required: vec!["items"],
        properties: vec![
            ("items", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array", items :
            Some(Box::new(MetaSchemaRef::Reference("Note".to_owned()))),
            ..MetaSchema::ANY }))), ("next_cursor",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The next page's `cursor`; absent on the last page."), ..MetaSchema::ANY
            })))
        ],
        ..MetaSchema::ANY
    }
}

fn problem_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("What went wrong (RFC 9457)."),
        required: vec!["type", "title", "status", "detail", "code", "request_id"],
        properties: vec![
            ("type", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
            description : Some("Always `about:blank`; `code` tells the kind."),
            ..MetaSchema::ANY }))), ("title", MetaSchemaRef::Inline(Box::new(MetaSchema {
            ty : "string", description : Some("The status in words."), ..MetaSchema::ANY
            }))), ("status", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer",
            format : Some("int32"), minimum : Some(400.0), maximum : Some(599.0),
            description : Some("The HTTP status."), ..MetaSchema::ANY }))), ("detail",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("What happened, for a person."), ..MetaSchema::ANY }))), ("instance",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The path that was asked for."), ..MetaSchema::ANY }))), ("code",
            MetaSchemaRef::Reference("ErrorCode".to_owned())), ("request_id",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("Finds the request in the log."), ..MetaSchema::ANY }))), ("errors",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array", description :
            Some("Every mistake in the request."), items :
            Some(Box::new(MetaSchemaRef::Reference("Violation".to_owned()))),
            ..MetaSchema::ANY }))), ("shortages",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "array", description :
            Some("With `out_of_stock`, the lines that cannot be served."), items :
            Some(Box::new(MetaSchemaRef::Reference("Shortage".to_owned()))),
            ..MetaSchema::ANY }))), ("current_total", MetaSchemaRef::Reference("Money"
            .to_owned())), ("from", MetaSchemaRef::Inline(Box::new(MetaSchema { ty :
            "string", description :
            Some("With `invalid_transition`, the state it is in."), ..MetaSchema::ANY
            }))), ("to", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
            description :
            Some("With `invalid_transition`, the state that was asked for."),
            ..MetaSchema::ANY }))), ("allowed", MetaSchemaRef::Inline(Box::new(MetaSchema
            { ty : "array", description :
            Some("With `invalid_transition`, the states it can go to."), items :
            Some(Box::new(MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
            ..MetaSchema::ANY })))), ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn violation_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("One mistake in a request."),
        required: vec!["code", "detail"],
        properties: vec![
            ("pointer", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
            description : Some("JSON pointer (RFC 6901) into the body."),
            ..MetaSchema::ANY }))), ("parameter",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", description :
            Some("The parameter's name."), ..MetaSchema::ANY }))), ("in",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string", enum_items :
            vec![serde_json::Value::from("query"), serde_json::Value::from("path"),
            serde_json::Value::from("header"), serde_json::Value::from("cookie")],
            description : Some("Where the parameter is."), ..MetaSchema::ANY }))),
            ("code", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "string",
            description :
            Some("The rule that is broken, such as `required` or `max_length`."),
            ..MetaSchema::ANY }))), ("detail", MetaSchemaRef::Inline(Box::new(MetaSchema
            { ty : "string", description : Some("What is wrong, for a person."),
            ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn shortage_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        description: Some("A product of which there is not enough."),
        required: vec!["product_id", "requested", "available"],
        properties: vec![
            ("product_id", MetaSchemaRef::Reference("ProductId".to_owned())),
            ("requested", MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer",
            format : Some("int64"), description : Some("How many were asked for."),
            ..MetaSchema::ANY }))), ("available",
            MetaSchemaRef::Inline(Box::new(MetaSchema { ty : "integer", format :
            Some("int64"), minimum : Some(0.0), description :
            Some("How many there are."), ..MetaSchema::ANY })))
        ],
        ..MetaSchema::ANY
    }
}

fn error_code_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        description: Some(
            "The kind of problem; stable, for programs.\n- `malformed_json`, `incomplete_body`, `validation_failed`, `invalid_cursor`: the request breaks the document\n- `unauthenticated`, `invalid_credentials`, `invalid_refresh_token`, `forbidden`: who is asking\n- `not_found`, `route_not_found`, `method_not_allowed`: what is asked for\n- `request_timeout`, `payload_too_large`, `unsupported_media_type`: how it was sent\n- `email_taken`, `sku_taken`, `last_administrator`, `out_of_stock`, `price_changed`, `invalid_transition`: conflicts with the state\n- `idempotency_in_flight`, `idempotency_key_reused`: repeated requests\n- `version_mismatch`, `precondition_required`: conditional requests\n- `unknown_product`, `product_not_for_sale`, `currency_mismatch`, `total_too_large`, `unknown_order`, `wrong_password`: well-formed, but cannot be done\n- `internal`, `unavailable`, `deadline_exceeded`: on this side\n",
        ),
        enum_items: vec![
            serde_json::Value::from("malformed_json"),
            serde_json::Value::from("incomplete_body"),
            serde_json::Value::from("validation_failed"),
            serde_json::Value::from("invalid_cursor"),
            serde_json::Value::from("unauthenticated"),
            serde_json::Value::from("invalid_credentials"),
            serde_json::Value::from("invalid_refresh_token"),
            serde_json::Value::from("forbidden"), serde_json::Value::from("not_found"),
            serde_json::Value::from("route_not_found"),
            serde_json::Value::from("method_not_allowed"),
            serde_json::Value::from("request_timeout"),
            serde_json::Value::from("payload_too_large"),
            serde_json::Value::from("unsupported_media_type"),
            serde_json::Value::from("email_taken"), serde_json::Value::from("sku_taken"),
            serde_json::Value::from("last_administrator"),
            serde_json::Value::from("out_of_stock"),
            serde_json::Value::from("price_changed"),
            serde_json::Value::from("invalid_transition"),
            serde_json::Value::from("idempotency_in_flight"),
            serde_json::Value::from("idempotency_key_reused"),
            serde_json::Value::from("version_mismatch"),
            serde_json::Value::from("precondition_required"),
            serde_json::Value::from("unknown_product"),
            serde_json::Value::from("product_not_for_sale"),
            serde_json::Value::from("currency_mismatch"),
            serde_json::Value::from("total_too_large"),
            serde_json::Value::from("unknown_order"),
            serde_json::Value::from("wrong_password"),
            serde_json::Value::from("internal"), serde_json::Value::from("unavailable"),
            serde_json::Value::from("deadline_exceeded")
        ],
        ..MetaSchema::ANY
    }
}
