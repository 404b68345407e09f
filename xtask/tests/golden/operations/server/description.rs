//! The document as poem-openapi describes it.

use poem_openapi::registry::*;

/// The operations, path by path.
pub(super) fn paths() -> Vec<MetaPath> {
    Vec::from([
        MetaPath {
            path: "/books".to_owned(),
            operations: Vec::from([list_books_operation()]),
        },
        MetaPath {
            path: "/books/{book_id}".to_owned(),
            operations: Vec::from([get_book_operation(), update_book_operation()]),
        },
        MetaPath {
            path: "/books/{book_id}/cover".to_owned(),
            operations: Vec::from([set_cover_operation()]),
        },
        MetaPath {
            path: "/loans".to_owned(),
            operations: Vec::from([create_loan_operation()]),
        },
    ])
}

/// Tags, security schemes and schemas.
pub(super) fn register(registry: &mut Registry) {
    registry
        .create_tag(MetaTag {
            name: "books",
            description: Some("Finding and changing books."),
            external_docs: None,
        });
    registry
        .create_tag(MetaTag {
            name: "loans",
            description: Some("Who has which book."),
            external_docs: None,
        });
    registry
        .create_security_scheme(
            "bearer",
            MetaSecurityScheme {
                ty: "http",
                description: None,
                name: None,
                key_in: None,
                scheme: Some("bearer"),
                bearer_format: None,
                flows: None,
                openid_connect_url: None,
            },
        );
    registry
        .create_security_scheme(
            "api_key",
            MetaSecurityScheme {
                ty: "apiKey",
                description: None,
                name: Some("X-Api-Key"),
                key_in: Some("header"),
                scheme: None,
                bearer_format: None,
                flows: None,
                openid_connect_url: None,
            },
        );
    registry
        .create_security_scheme(
            "oauth",
            MetaSecurityScheme {
                ty: "oauth2",
                description: None,
                name: None,
                key_in: None,
                scheme: None,
                bearer_format: None,
                flows: Some(MetaOAuthFlows {
                    implicit: None,
                    password: None,
                    client_credentials: Some(MetaOAuthFlow {
                        authorization_url: None,
                        token_url: Some("https://example.com/token"),
                        refresh_url: None,
                        scopes: Vec::from([
                            MetaOAuthScope {
                                name: "loans:write",
                                description: Some("Lend books."),
                            },
                        ]),
                    }),
                    authorization_code: None,
                }),
                openid_connect_url: None,
            },
        );
    registry.schemas.insert("Book".to_owned(), book_schema());
    registry.schemas.insert("BookPatch".to_owned(), book_patch_schema());
    registry.schemas.insert("Problem".to_owned(), problem_schema());
}

fn list_books_operation() -> MetaOperation {
    MetaOperation {
        tags: Vec::from(["books"]),
        method: orderly_api_runtime::Method::GET,
        summary: Some("List books."),
        description: Some("In the order of their titles."),
        external_docs: None,
        params: Vec::from([
            MetaOperationParam {
                name: "limit".to_owned(),
                schema: MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "integer",
                        format: Some("int32"),
                        minimum: Some(1.0),
                        maximum: Some(100.0),
                        default: Some(serde_json::Value::from(20)),
                        ..MetaSchema::ANY
                    }),
                ),
                in_type: MetaParamIn::Query,
                description: None,
                required: false,
                deprecated: false,
                explode: true,
                style: None,
            },
            MetaOperationParam {
                name: "language".to_owned(),
                schema: MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(
                                MetaSchemaRef::Inline(
                                    Box::new(MetaSchema {
                                        ty: "string",
                                        ..MetaSchema::ANY
                                    }),
                                ),
                            ),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
                in_type: MetaParamIn::Query,
                description: None,
                required: false,
                deprecated: false,
                explode: true,
                style: None,
            },
            MetaOperationParam {
                name: "X-Request-ID".to_owned(),
                schema: MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        max_length: Some(128),
                        ..MetaSchema::ANY
                    }),
                ),
                in_type: MetaParamIn::Header,
                description: None,
                required: false,
                deprecated: false,
                explode: false,
                style: None,
            },
            MetaOperationParam {
                name: "session".to_owned(),
                schema: MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
                in_type: MetaParamIn::Cookie,
                description: None,
                required: false,
                deprecated: false,
                explode: true,
                style: None,
            },
        ]),
        request: None,
        responses: MetaResponses {
            responses: Vec::from([
                MetaResponse {
                    description: "Some books.",
                    status: Some(200),
                    status_range: None,
                    content: Vec::from([
                        MetaMediaType {
                            content_type: "application/json",
                            schema: MetaSchemaRef::Inline(
                                Box::new(MetaSchema {
                                    ty: "array",
                                    items: Some(
                                        Box::new(MetaSchemaRef::Reference("Book".to_owned())),
                                    ),
                                    ..MetaSchema::ANY
                                }),
                            ),
                        },
                        MetaMediaType {
                            content_type: "text/csv",
                            schema: MetaSchemaRef::Inline(
                                Box::new(MetaSchema {
                                    ty: "string",
                                    ..MetaSchema::ANY
                                }),
                            ),
                        },
                    ]),
                    headers: Vec::from([
                        MetaHeader {
                            name: "X-Total".to_owned(),
                            description: None,
                            required: true,
                            deprecated: false,
                            schema: MetaSchemaRef::Inline(
                                Box::new(MetaSchema {
                                    ty: "integer",
                                    format: Some("int64"),
                                    ..MetaSchema::ANY
                                }),
                            ),
                        },
                        MetaHeader {
                            name: "X-Next".to_owned(),
                            description: None,
                            required: false,
                            deprecated: false,
                            schema: MetaSchemaRef::Inline(
                                Box::new(MetaSchema {
                                    ty: "string",
                                    ..MetaSchema::ANY
                                }),
                            ),
                        },
                    ]),
                },
                MetaResponse {
                    description: "Something is wrong.",
                    status: None,
                    status_range: None,
                    content: Vec::from([
                        MetaMediaType {
                            content_type: "application/problem+json",
                            schema: MetaSchemaRef::Reference("Problem".to_owned()),
                        },
                    ]),
                    headers: Vec::new(),
                },
            ]),
        },
        deprecated: false,
        security: Vec::new(),
        operation_id: Some("list_books"),
        code_samples: Vec::new(),
    }
}

fn get_book_operation() -> MetaOperation {
    MetaOperation {
        tags: Vec::from(["books"]),
        method: orderly_api_runtime::Method::GET,
        summary: Some("Get a book."),
        description: None,
        external_docs: None,
        params: Vec::from([
            MetaOperationParam {
                name: "book_id".to_owned(),
                schema: MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        min_length: Some(1),
                        ..MetaSchema::ANY
                    }),
                ),
                in_type: MetaParamIn::Path,
                description: None,
                required: true,
                deprecated: false,
                explode: false,
                style: None,
            },
        ]),
        request: None,
        responses: MetaResponses {
            responses: Vec::from([
                MetaResponse {
                    description: "The book.",
                    status: Some(200),
                    status_range: None,
                    content: Vec::from([
                        MetaMediaType {
                            content_type: "application/json",
                            schema: MetaSchemaRef::Reference("Book".to_owned()),
                        },
                    ]),
                    headers: Vec::new(),
                },
                MetaResponse {
                    description: "It has not changed.",
                    status: Some(304),
                    status_range: None,
                    content: Vec::new(),
                    headers: Vec::new(),
                },
                MetaResponse {
                    description: "Something is wrong.",
                    status: None,
                    status_range: Some("4XX".to_owned()),
                    content: Vec::from([
                        MetaMediaType {
                            content_type: "application/problem+json",
                            schema: MetaSchemaRef::Reference("Problem".to_owned()),
                        },
                    ]),
                    headers: Vec::new(),
                },
            ]),
        },
        deprecated: false,
        security: Vec::from([
            std::collections::HashMap::from([("bearer", Vec::new())]),
            std::collections::HashMap::from([("api_key", Vec::new())]),
            std::collections::HashMap::from([]),
        ]),
        operation_id: Some("get_book"),
        code_samples: Vec::new(),
    }
}

fn update_book_operation() -> MetaOperation {
    MetaOperation {
        tags: Vec::from(["books"]),
        method: orderly_api_runtime::Method::PATCH,
        summary: Some("Change a book."),
        description: None,
        external_docs: None,
        params: Vec::from([
            MetaOperationParam {
                name: "book_id".to_owned(),
                schema: MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        min_length: Some(1),
                        ..MetaSchema::ANY
                    }),
                ),
                in_type: MetaParamIn::Path,
                description: None,
                required: true,
                deprecated: false,
                explode: false,
                style: None,
            },
        ]),
        request: Some(MetaRequest {
            description: None,
            content: Vec::from([
                MetaMediaType {
                    content_type: "application/merge-patch+json",
                    schema: MetaSchemaRef::Reference("BookPatch".to_owned()),
                },
            ]),
            required: false,
        }),
        responses: MetaResponses {
            responses: Vec::from([
                MetaResponse {
                    description: "The book.",
                    status: Some(200),
                    status_range: None,
                    content: Vec::from([
                        MetaMediaType {
                            content_type: "application/json",
                            schema: MetaSchemaRef::Reference("Book".to_owned()),
                        },
                    ]),
                    headers: Vec::new(),
                },
                MetaResponse {
                    description: "Something is wrong.",
                    status: Some(400),
                    status_range: None,
                    content: Vec::from([
                        MetaMediaType {
                            content_type: "application/problem+json",
                            schema: MetaSchemaRef::Reference("Problem".to_owned()),
                        },
                    ]),
                    headers: Vec::new(),
                },
            ]),
        },
        deprecated: false,
        security: Vec::from([std::collections::HashMap::from([("bearer", Vec::new())])]),
        operation_id: Some("update_book"),
        code_samples: Vec::new(),
    }
}

fn set_cover_operation() -> MetaOperation {
    MetaOperation {
        tags: Vec::from(["books"]),
        method: orderly_api_runtime::Method::PUT,
        summary: Some("Set the cover."),
        description: None,
        external_docs: None,
        params: Vec::from([
            MetaOperationParam {
                name: "book_id".to_owned(),
                schema: MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        min_length: Some(1),
                        ..MetaSchema::ANY
                    }),
                ),
                in_type: MetaParamIn::Path,
                description: None,
                required: true,
                deprecated: false,
                explode: false,
                style: None,
            },
        ]),
        request: Some(MetaRequest {
            description: None,
            content: Vec::from([
                MetaMediaType {
                    content_type: "image/png",
                    schema: MetaSchemaRef::Inline(
                        Box::new(MetaSchema {
                            ty: "string",
                            format: Some("binary"),
                            ..MetaSchema::ANY
                        }),
                    ),
                },
            ]),
            required: true,
        }),
        responses: MetaResponses {
            responses: Vec::from([
                MetaResponse {
                    description: "It is set.",
                    status: Some(204),
                    status_range: None,
                    content: Vec::new(),
                    headers: Vec::new(),
                },
            ]),
        },
        deprecated: false,
        security: Vec::from([std::collections::HashMap::from([("bearer", Vec::new())])]),
        operation_id: Some("set_cover"),
        code_samples: Vec::new(),
    }
}

fn create_loan_operation() -> MetaOperation {
    MetaOperation {
        tags: Vec::from(["loans"]),
        method: orderly_api_runtime::Method::POST,
        summary: Some("Lend a book."),
        description: None,
        external_docs: None,
        params: Vec::new(),
        request: Some(MetaRequest {
            description: None,
            content: Vec::from([
                MetaMediaType {
                    content_type: "application/json",
                    schema: MetaSchemaRef::Inline(
                        Box::new(MetaSchema {
                            ty: "object",
                            required: Vec::from(["book_id"]),
                            properties: Vec::from([
                                (
                                    "book_id",
                                    MetaSchemaRef::Inline(
                                        Box::new(MetaSchema {
                                            ty: "string",
                                            ..MetaSchema::ANY
                                        }),
                                    ),
                                ),
                            ]),
                            ..MetaSchema::ANY
                        }),
                    ),
                },
            ]),
            required: true,
        }),
        responses: MetaResponses {
            responses: Vec::from([
                MetaResponse {
                    description: "It is lent.",
                    status: Some(201),
                    status_range: None,
                    content: Vec::new(),
                    headers: Vec::from([
                        MetaHeader {
                            name: "Location".to_owned(),
                            description: None,
                            required: true,
                            deprecated: false,
                            schema: MetaSchemaRef::Inline(
                                Box::new(MetaSchema {
                                    ty: "string",
                                    ..MetaSchema::ANY
                                }),
                            ),
                        },
                    ]),
                },
            ]),
        },
        deprecated: true,
        security: Vec::from([
            std::collections::HashMap::from([("oauth", Vec::from(["loans:write"]))]),
        ]),
        operation_id: Some("create_loan"),
        code_samples: Vec::new(),
    }
}

fn book_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        required: Vec::from(["id", "title"]),
        properties: Vec::from([
            (
                "id",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "title",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "year",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "integer",
                        format: Some("int32"),
                        nullable: true,
                        ..MetaSchema::ANY
                    }),
                ),
            ),
        ]),
        ..MetaSchema::ANY
    }
}

fn book_patch_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        properties: Vec::from([
            (
                "title",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "year",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "integer",
                        format: Some("int32"),
                        nullable: true,
                        ..MetaSchema::ANY
                    }),
                ),
            ),
        ]),
        ..MetaSchema::ANY
    }
}

fn problem_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        required: Vec::from(["title", "status"]),
        properties: Vec::from([
            (
                "title",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "status",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "integer",
                        format: Some("int32"),
                        ..MetaSchema::ANY
                    }),
                ),
            ),
        ]),
        ..MetaSchema::ANY
    }
}
