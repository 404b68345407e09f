//! The document as poem-openapi describes it.

use poem_openapi::registry::*;

/// The operations, path by path.
pub(super) fn paths() -> Vec<MetaPath> {
    Vec::from([
        MetaPath {
            path: "/files/{name}.{ending}".to_owned(),
            operations: Vec::from([get_file_operation()]),
        },
        MetaPath {
            path: "/watches".to_owned(),
            operations: Vec::from([create_watch_operation()]),
        },
    ])
}

/// Tags, security schemes and schemas.
pub(super) fn register(registry: &mut Registry) {
    registry.schemas.insert("Once".to_owned(), once_schema());
    registry.schemas.insert("Always".to_owned(), always_schema());
}

fn get_file_operation() -> MetaOperation {
    MetaOperation {
        tags: Vec::new(),
        method: orderly_api_runtime::Method::GET,
        summary: Some("Get a file."),
        description: None,
        external_docs: None,
        params: Vec::from([
            MetaOperationParam {
                name: "name".to_owned(),
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
                name: "ending".to_owned(),
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
                name: "folder".to_owned(),
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
                name: "Accept".to_owned(),
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
            MetaOperationParam {
                name: "limit".to_owned(),
                schema: MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "integer",
                        maximum: Some(10.0),
                        default: Some(serde_json::Value::from(100)),
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
                    description: "The file.",
                    status: Some(200),
                    status_range: None,
                    content: Vec::from([
                        MetaMediaType {
                            content_type: "text/plain",
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
                            name: "Content-Type".to_owned(),
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
                    description: "It has not changed.",
                    status: Some(304),
                    status_range: None,
                    content: Vec::from([
                        MetaMediaType {
                            content_type: "text/plain",
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
        operation_id: Some("get_file"),
        code_samples: Vec::new(),
    }
}

fn create_watch_operation() -> MetaOperation {
    MetaOperation {
        tags: Vec::new(),
        method: orderly_api_runtime::Method::POST,
        summary: Some("Watch a file."),
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
                            one_of: Vec::from([
                                MetaSchemaRef::Reference("Once".to_owned()),
                                MetaSchemaRef::Reference("Always".to_owned()),
                            ]),
                            discriminator: Some(MetaDiscriminatorObject {
                                property_name: "kind",
                                mapping: Vec::new(),
                            }),
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
                    description: "It is watched.",
                    status: Some(204),
                    status_range: None,
                    content: Vec::new(),
                    headers: Vec::new(),
                },
            ]),
        },
        deprecated: false,
        security: Vec::new(),
        operation_id: Some("create_watch"),
        code_samples: Vec::new(),
    }
}

fn once_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        properties: Vec::from([
            (
                "url",
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

fn always_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        properties: Vec::from([
            (
                "every",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "integer",
                        ..MetaSchema::ANY
                    }),
                ),
            ),
        ]),
        ..MetaSchema::ANY
    }
}
