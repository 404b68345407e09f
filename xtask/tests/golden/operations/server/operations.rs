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
    kind: runtime::SchemeKind::Header("X-Api-Key"),
};

/// The security scheme `oauth`.
pub const OAUTH_SCHEME: runtime::SecurityScheme = runtime::SecurityScheme {
    name: "oauth",
    kind: runtime::SchemeKind::Bearer,
};

/// `GET /books`
pub const LIST_BOOKS: runtime::Operation = runtime::Operation {
    id: "list_books",
    method: "GET",
    path: "/books",
    tag: "books",
    statuses: &[200],
    status_ranges: &[],
    has_default: true,
    security: &[],
};

/// `GET /books/{book_id}`
pub const GET_BOOK: runtime::Operation = runtime::Operation {
    id: "get_book",
    method: "GET",
    path: "/books/{book_id}",
    tag: "books",
    statuses: &[200, 304],
    status_ranges: &[4],
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
        runtime::Alternative {
            schemes: &[],
            scopes: &[],
        },
    ],
};

/// `PATCH /books/{book_id}`
pub const UPDATE_BOOK: runtime::Operation = runtime::Operation {
    id: "update_book",
    method: "PATCH",
    path: "/books/{book_id}",
    tag: "books",
    statuses: &[200, 400],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
    ],
};

/// `PUT /books/{book_id}/cover`
pub const SET_COVER: runtime::Operation = runtime::Operation {
    id: "set_cover",
    method: "PUT",
    path: "/books/{book_id}/cover",
    tag: "books",
    statuses: &[204],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[BEARER_SCHEME],
            scopes: &[],
        },
    ],
};

/// `POST /loans`
pub const CREATE_LOAN: runtime::Operation = runtime::Operation {
    id: "create_loan",
    method: "POST",
    path: "/loans",
    tag: "loans",
    statuses: &[201],
    status_ranges: &[],
    has_default: false,
    security: &[
        runtime::Alternative {
            schemes: &[OAUTH_SCHEME],
            scopes: &["loans:write"],
        },
    ],
};

/// All operations, by tag, in the order of the document.
pub const OPERATIONS: &[runtime::Operation] = &[
    LIST_BOOKS,
    GET_BOOK,
    UPDATE_BOOK,
    SET_COVER,
    CREATE_LOAN,
];
