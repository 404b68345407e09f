//! The document as poem-openapi describes it.

use poem_openapi::registry::*;

/// The operations, path by path.
pub(super) fn paths() -> Vec<MetaPath> {
    Vec::from([
        MetaPath {
            path: "/news".to_owned(),
            operations: Vec::from([follow_news_operation()]),
        },
        MetaPath {
            path: "/rooms/{room}/lines".to_owned(),
            operations: Vec::from([follow_lines_operation()]),
        },
        MetaPath {
            path: "/summaries".to_owned(),
            operations: Vec::from([summarize_operation()]),
        },
    ])
}

/// Tags, security schemes and schemas.
pub(super) fn register(registry: &mut Registry) {
    registry
        .create_tag(MetaTag {
            name: "news",
            description: Some("What happens."),
            external_docs: None,
        });
    registry.schemas.insert("Headline".to_owned(), headline_schema());
}

fn follow_news_operation() -> MetaOperation {
    MetaOperation {
        tags: Vec::from(["news"]),
        method: orderly_api_runtime::Method::GET,
        summary: Some("Follow what happens."),
        description: None,
        external_docs: None,
        params: Vec::from([
            MetaOperationParam {
                name: "topic".to_owned(),
                schema: MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
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
                name: "events".to_owned(),
                schema: MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "integer",
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
                name: "client".to_owned(),
                schema: MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
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
        ]),
        request: None,
        responses: MetaResponses {
            responses: Vec::from([
                MetaResponse {
                    description: "What happens, as it happens.",
                    status: Some(200),
                    status_range: None,
                    content: Vec::from([
                        MetaMediaType {
                            content_type: "text/event-stream",
                            schema: MetaSchemaRef::Reference("Headline".to_owned()),
                        },
                    ]),
                    headers: Vec::new(),
                },
                MetaResponse {
                    description: "Nothing more will happen.",
                    status: Some(204),
                    status_range: None,
                    content: Vec::new(),
                    headers: Vec::new(),
                },
            ]),
        },
        deprecated: false,
        security: Vec::new(),
        operation_id: Some("follow_news"),
        code_samples: Vec::new(),
    }
}

fn follow_lines_operation() -> MetaOperation {
    MetaOperation {
        tags: Vec::from(["news"]),
        method: orderly_api_runtime::Method::GET,
        summary: Some("Follow the lines of a room, which are text."),
        description: None,
        external_docs: None,
        params: Vec::from([
            MetaOperationParam {
                name: "room".to_owned(),
                schema: MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
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
            MetaOperationParam {
                name: "Last-Event-ID".to_owned(),
                schema: MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
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
        ]),
        request: None,
        responses: MetaResponses {
            responses: Vec::from([
                MetaResponse {
                    description: "The lines.",
                    status: Some(200),
                    status_range: None,
                    content: Vec::from([
                        MetaMediaType {
                            content_type: "text/event-stream",
                            schema: MetaSchemaRef::Inline(
                                Box::new(MetaSchema {
                                    ty: "string",
                                    ..MetaSchema::ANY
                                }),
                            ),
                        },
                    ]),
                    headers: Vec::new(),
                },
            ]),
        },
        deprecated: false,
        security: Vec::new(),
        operation_id: Some("follow_lines"),
        code_samples: Vec::new(),
    }
}

fn summarize_operation() -> MetaOperation {
    MetaOperation {
        tags: Vec::from(["news"]),
        method: orderly_api_runtime::Method::POST,
        summary: Some("Sum something up, word by word."),
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
                            required: Vec::from(["text"]),
                            properties: Vec::from([
                                (
                                    "text",
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
                    description: "The words.",
                    status: Some(200),
                    status_range: None,
                    content: Vec::from([
                        MetaMediaType {
                            content_type: "text/event-stream",
                            schema: MetaSchemaRef::Inline(
                                Box::new(MetaSchema {
                                    ty: "object",
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
                                            "event",
                                            MetaSchemaRef::Inline(
                                                Box::new(MetaSchema {
                                                    ty: "string",
                                                    ..MetaSchema::ANY
                                                }),
                                            ),
                                        ),
                                        (
                                            "data",
                                            MetaSchemaRef::Inline(
                                                Box::new(MetaSchema {
                                                    ty: "object",
                                                    required: Vec::from(["word"]),
                                                    properties: Vec::from([
                                                        (
                                                            "word",
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
                                        ),
                                    ]),
                                    ..MetaSchema::ANY
                                }),
                            ),
                        },
                    ]),
                    headers: Vec::new(),
                },
            ]),
        },
        deprecated: false,
        security: Vec::new(),
        operation_id: Some("summarize"),
        code_samples: Vec::new(),
    }
}

fn headline_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        required: Vec::from(["number", "text"]),
        properties: Vec::from([
            (
                "number",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "integer",
                        format: Some("int32"),
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "text",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
            ),
        ]),
        ..MetaSchema::ANY
    }
}
