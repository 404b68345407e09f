//! The document as poem-openapi describes it.

use poem_openapi::registry::*;

/// The operations, path by path.
pub(super) fn paths() -> Vec<MetaPath> {
    Vec::from([
        MetaPath {
            path: "/trees".to_owned(),
            operations: Vec::from([plant_tree_operation()]),
        },
    ])
}

/// Tags, security schemes and schemas.
pub(super) fn register(registry: &mut Registry) {
    registry
        .create_tag(MetaTag {
            name: "trees",
            description: None,
            external_docs: None,
        });
    registry.schemas.insert("Tree".to_owned(), tree_schema());
    registry.schemas.insert("Node".to_owned(), node_schema());
    registry.schemas.insert("Fruit".to_owned(), fruit_schema());
    registry.schemas.insert("Apple".to_owned(), apple_schema());
    registry.schemas.insert("Nut".to_owned(), nut_schema());
    registry.schemas.insert("Ripening".to_owned(), ripening_schema());
}

fn plant_tree_operation() -> MetaOperation {
    MetaOperation {
        tags: Vec::from(["trees"]),
        method: orderly_api_runtime::Method::POST,
        summary: Some("Plant a tree."),
        description: None,
        external_docs: None,
        params: Vec::new(),
        request: Some(MetaRequest {
            description: None,
            content: Vec::from([
                MetaMediaType {
                    content_type: "application/json",
                    schema: MetaSchemaRef::Reference("Tree".to_owned()),
                },
            ]),
            required: true,
        }),
        responses: MetaResponses {
            responses: Vec::from([
                MetaResponse {
                    description: "It grows.",
                    status: Some(201),
                    status_range: None,
                    content: Vec::from([
                        MetaMediaType {
                            content_type: "application/json",
                            schema: MetaSchemaRef::Reference("Tree".to_owned()),
                        },
                    ]),
                    headers: Vec::new(),
                },
            ]),
        },
        deprecated: false,
        security: Vec::new(),
        operation_id: Some("plant_tree"),
        code_samples: Vec::new(),
    }
}

fn tree_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: Vec::from(["id", "root"]),
        properties: Vec::from([
            (
                "id",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        read_only: true,
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "secret",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        write_only: true,
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            ("root", MetaSchemaRef::Reference("Node".to_owned())),
            (
                "fruit",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "array",
                        max_items: Some(3),
                        unique_items: Some(true),
                        items: Some(
                            Box::new(MetaSchemaRef::Reference("Fruit".to_owned())),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "labels",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "object",
                        max_properties: Some(10),
                        additional_properties: Some(
                            Box::new(
                                MetaSchemaRef::Inline(
                                    Box::new(MetaSchema {
                                        ty: "string",
                                        max_length: Some(40),
                                        ..MetaSchema::ANY
                                    }),
                                ),
                            ),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "anything",
                MetaSchemaRef::Inline(Box::new(MetaSchema { ..MetaSchema::ANY })),
            ),
        ]),
        ..MetaSchema::ANY
    }
}

fn node_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        required: Vec::from(["children"]),
        properties: Vec::from([
            (
                "children",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(MetaSchemaRef::Reference("Node".to_owned())),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
            ),
        ]),
        ..MetaSchema::ANY
    }
}

fn fruit_schema() -> MetaSchema {
    MetaSchema {
        one_of: Vec::from([
            MetaSchemaRef::Reference("Apple".to_owned()),
            MetaSchemaRef::Reference("Nut".to_owned()),
        ]),
        ..MetaSchema::ANY
    }
}

fn apple_schema() -> MetaSchema {
    MetaSchema {
        all_of: Vec::from([
            MetaSchemaRef::Reference("Ripening".to_owned()),
            MetaSchemaRef::Inline(
                Box::new(MetaSchema {
                    ty: "object",
                    required: Vec::from(["kind", "colour"]),
                    properties: Vec::from([
                        (
                            "kind",
                            MetaSchemaRef::Inline(
                                Box::new(MetaSchema {
                                    ty: "string",
                                    enum_items: Vec::from([serde_json::Value::from("apple")]),
                                    ..MetaSchema::ANY
                                }),
                            ),
                        ),
                        (
                            "colour",
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
        ]),
        ..MetaSchema::ANY
    }
}

fn nut_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        required: Vec::from(["kind"]),
        properties: Vec::from([
            (
                "kind",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        enum_items: Vec::from([serde_json::Value::from("nut")]),
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "shelled",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "boolean",
                        ..MetaSchema::ANY
                    }),
                ),
            ),
        ]),
        ..MetaSchema::ANY
    }
}

fn ripening_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        properties: Vec::from([
            (
                "ripe_on",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        format: Some("date"),
                        nullable: true,
                        ..MetaSchema::ANY
                    }),
                ),
            ),
        ]),
        ..MetaSchema::ANY
    }
}
