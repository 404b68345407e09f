//! Every operation and every security scheme of the document.

use orderly_api_runtime as runtime;

/// The security scheme `bearer`.
pub const BEARER_SCHEME: runtime::SecurityScheme = runtime::SecurityScheme {
    name: "bearer",
    kind: runtime::SchemeKind::Bearer,
};

/// The security scheme `api_key`.
pub const API_KEY_SCHEME: runtime::SecurityScheme = runtime::SecurityScheme {
    name: "api_key",
    kind: runtime::SchemeKind::Header("X-API-Key"),
};

/// `GET /.well-known/jwks.json`
pub const GET_JWKS: runtime::Operation = runtime::Operation {
    id: "get_jwks",
    method: "GET",
    path: "/.well-known/jwks.json",
    tag: "accounts",
    statuses: &[200, 400, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[],
};

/// `POST /v1/register`
pub const REGISTER: runtime::Operation = runtime::Operation {
    id: "register",
    method: "POST",
    path: "/v1/register",
    tag: "accounts",
    statuses: &[201, 400, 408, 409, 413, 415, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[],
};

/// `POST /v1/tokens`
pub const CREATE_TOKENS: runtime::Operation = runtime::Operation {
    id: "create_tokens",
    method: "POST",
    path: "/v1/tokens",
    tag: "accounts",
    statuses: &[200, 400, 401, 408, 413, 415, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[],
};

/// `POST /v1/tokens/revoke`
pub const REVOKE_TOKENS: runtime::Operation = runtime::Operation {
    id: "revoke_tokens",
    method: "POST",
    path: "/v1/tokens/revoke",
    tag: "accounts",
    statuses: &[204, 400, 408, 413, 415, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[],
};

/// `GET /v1/me`
pub const GET_ME: runtime::Operation = runtime::Operation {
    id: "get_me",
    method: "GET",
    path: "/v1/me",
    tag: "accounts",
    statuses: &[200, 400, 401, 403, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `PATCH /v1/me`
pub const UPDATE_ME: runtime::Operation = runtime::Operation {
    id: "update_me",
    method: "PATCH",
    path: "/v1/me",
    tag: "accounts",
    statuses: &[200, 400, 401, 408, 413, 415, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
    ],
};

/// `PUT /v1/me/password`
pub const CHANGE_PASSWORD: runtime::Operation = runtime::Operation {
    id: "change_password",
    method: "PUT",
    path: "/v1/me/password",
    tag: "accounts",
    statuses: &[204, 400, 401, 408, 413, 415, 422, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
    ],
};

/// `GET /v1/me/overview`
pub const GET_OVERVIEW: runtime::Operation = runtime::Operation {
    id: "get_overview",
    method: "GET",
    path: "/v1/me/overview",
    tag: "accounts",
    statuses: &[200, 400, 401, 403, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `GET /v1/users`
pub const LIST_USERS: runtime::Operation = runtime::Operation {
    id: "list_users",
    method: "GET",
    path: "/v1/users",
    tag: "accounts",
    statuses: &[200, 400, 401, 403, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
    ],
};

/// `POST /v1/users`
pub const CREATE_USER: runtime::Operation = runtime::Operation {
    id: "create_user",
    method: "POST",
    path: "/v1/users",
    tag: "accounts",
    statuses: &[201, 400, 401, 403, 408, 409, 413, 415, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
    ],
};

/// `GET /v1/users/{user_id}`
pub const GET_USER: runtime::Operation = runtime::Operation {
    id: "get_user",
    method: "GET",
    path: "/v1/users/{user_id}",
    tag: "accounts",
    statuses: &[200, 400, 401, 403, 404, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
    ],
};

/// `DELETE /v1/users/{user_id}`
pub const DELETE_USER: runtime::Operation = runtime::Operation {
    id: "delete_user",
    method: "DELETE",
    path: "/v1/users/{user_id}",
    tag: "accounts",
    statuses: &[204, 400, 401, 403, 404, 409, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
    ],
};

/// `PUT /v1/users/{user_id}/role`
pub const CHANGE_ROLE: runtime::Operation = runtime::Operation {
    id: "change_role",
    method: "PUT",
    path: "/v1/users/{user_id}/role",
    tag: "accounts",
    statuses: &[200, 400, 401, 403, 404, 408, 409, 413, 415, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
    ],
};

/// `GET /v1/api-keys`
pub const LIST_API_KEYS: runtime::Operation = runtime::Operation {
    id: "list_api_keys",
    method: "GET",
    path: "/v1/api-keys",
    tag: "accounts",
    statuses: &[200, 400, 401, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
    ],
};

/// `POST /v1/api-keys`
pub const CREATE_API_KEY: runtime::Operation = runtime::Operation {
    id: "create_api_key",
    method: "POST",
    path: "/v1/api-keys",
    tag: "accounts",
    statuses: &[201, 400, 401, 408, 413, 415, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
    ],
};

/// `DELETE /v1/api-keys/{api_key_id}`
pub const REVOKE_API_KEY: runtime::Operation = runtime::Operation {
    id: "revoke_api_key",
    method: "DELETE",
    path: "/v1/api-keys/{api_key_id}",
    tag: "accounts",
    statuses: &[204, 400, 401, 404, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
    ],
};

/// `GET /v1/products`
pub const LIST_PRODUCTS: runtime::Operation = runtime::Operation {
    id: "list_products",
    method: "GET",
    path: "/v1/products",
    tag: "catalogue",
    statuses: &[200, 400, 401, 403, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `POST /v1/products`
pub const CREATE_PRODUCT: runtime::Operation = runtime::Operation {
    id: "create_product",
    method: "POST",
    path: "/v1/products",
    tag: "catalogue",
    statuses: &[201, 400, 401, 403, 408, 409, 413, 415, 422, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `GET /v1/products/{product_id}`
pub const GET_PRODUCT: runtime::Operation = runtime::Operation {
    id: "get_product",
    method: "GET",
    path: "/v1/products/{product_id}",
    tag: "catalogue",
    statuses: &[200, 304, 400, 401, 404, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `PATCH /v1/products/{product_id}`
pub const UPDATE_PRODUCT: runtime::Operation = runtime::Operation {
    id: "update_product",
    method: "PATCH",
    path: "/v1/products/{product_id}",
    tag: "catalogue",
    statuses: &[200, 400, 401, 403, 404, 408, 412, 413, 415, 428, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `POST /v1/products/{product_id}/archive`
pub const ARCHIVE_PRODUCT: runtime::Operation = runtime::Operation {
    id: "archive_product",
    method: "POST",
    path: "/v1/products/{product_id}/archive",
    tag: "catalogue",
    statuses: &[200, 400, 401, 403, 404, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `POST /v1/products/{product_id}/adjust-stock`
pub const ADJUST_STOCK: runtime::Operation = runtime::Operation {
    id: "adjust_stock",
    method: "POST",
    path: "/v1/products/{product_id}/adjust-stock",
    tag: "catalogue",
    statuses: &[200, 400, 401, 403, 404, 408, 409, 413, 415, 422, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `GET /v1/orders`
pub const LIST_ORDERS: runtime::Operation = runtime::Operation {
    id: "list_orders",
    method: "GET",
    path: "/v1/orders",
    tag: "orders",
    statuses: &[200, 400, 401, 403, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `POST /v1/orders`
pub const CREATE_ORDER: runtime::Operation = runtime::Operation {
    id: "create_order",
    method: "POST",
    path: "/v1/orders",
    tag: "orders",
    statuses: &[201, 400, 401, 403, 408, 409, 413, 415, 422, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `GET /v1/orders/{order_id}`
pub const GET_ORDER: runtime::Operation = runtime::Operation {
    id: "get_order",
    method: "GET",
    path: "/v1/orders/{order_id}",
    tag: "orders",
    statuses: &[200, 304, 400, 401, 403, 404, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `POST /v1/orders/{order_id}/cancel`
pub const CANCEL_ORDER: runtime::Operation = runtime::Operation {
    id: "cancel_order",
    method: "POST",
    path: "/v1/orders/{order_id}/cancel",
    tag: "orders",
    statuses: &[200, 400, 401, 403, 404, 409, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `GET /v1/notes`
pub const LIST_NOTES: runtime::Operation = runtime::Operation {
    id: "list_notes",
    method: "GET",
    path: "/v1/notes",
    tag: "notes",
    statuses: &[200, 400, 401, 403, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `POST /v1/notes`
pub const CREATE_NOTE: runtime::Operation = runtime::Operation {
    id: "create_note",
    method: "POST",
    path: "/v1/notes",
    tag: "notes",
    statuses: &[201, 400, 401, 403, 408, 409, 413, 415, 422, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `GET /v1/notes/{note_id}`
pub const GET_NOTE: runtime::Operation = runtime::Operation {
    id: "get_note",
    method: "GET",
    path: "/v1/notes/{note_id}",
    tag: "notes",
    statuses: &[200, 304, 400, 401, 403, 404, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `PUT /v1/notes/{note_id}`
pub const REPLACE_NOTE: runtime::Operation = runtime::Operation {
    id: "replace_note",
    method: "PUT",
    path: "/v1/notes/{note_id}",
    tag: "notes",
    statuses: &[200, 400, 401, 403, 404, 408, 412, 413, 415, 422, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `PATCH /v1/notes/{note_id}`
pub const UPDATE_NOTE: runtime::Operation = runtime::Operation {
    id: "update_note",
    method: "PATCH",
    path: "/v1/notes/{note_id}",
    tag: "notes",
    statuses: &[200, 400, 401, 403, 404, 408, 412, 413, 415, 422, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// `DELETE /v1/notes/{note_id}`
pub const DELETE_NOTE: runtime::Operation = runtime::Operation {
    id: "delete_note",
    method: "DELETE",
    path: "/v1/notes/{note_id}",
    tag: "notes",
    statuses: &[204, 400, 401, 403, 404, 500, 503, 504],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
        runtime::Alternative {
            schemes: &[API_KEY_SCHEME],
            scopes: &[],
        },
    ],
};

/// All operations, by tag, in the order of the document.
pub const OPERATIONS: &[runtime::Operation] = &[
    GET_JWKS,
    REGISTER,
    CREATE_TOKENS,
    REVOKE_TOKENS,
    GET_ME,
    UPDATE_ME,
    CHANGE_PASSWORD,
    GET_OVERVIEW,
    LIST_USERS,
    CREATE_USER,
    GET_USER,
    DELETE_USER,
    CHANGE_ROLE,
    LIST_API_KEYS,
    CREATE_API_KEY,
    REVOKE_API_KEY,
    LIST_PRODUCTS,
    CREATE_PRODUCT,
    GET_PRODUCT,
    UPDATE_PRODUCT,
    ARCHIVE_PRODUCT,
    ADJUST_STOCK,
    LIST_ORDERS,
    CREATE_ORDER,
    GET_ORDER,
    CANCEL_ORDER,
    LIST_NOTES,
    CREATE_NOTE,
    GET_NOTE,
    REPLACE_NOTE,
    UPDATE_NOTE,
    DELETE_NOTE,
];
