//! The document as poem-openapi describes it.

use poem_openapi::registry::*;

/// The operations, path by path.
pub(super) fn paths() -> Vec<MetaPath> {
    Vec::from([
        MetaPath {
            path: "/measures".to_owned(),
            operations: Vec::from([create_measure_operation()]),
        },
    ])
}

/// Tags, security schemes and schemas.
pub(super) fn register(registry: &mut Registry) {
    registry
        .create_tag(MetaTag {
            name: "measures",
            description: None,
            external_docs: None,
        });
    registry.schemas.insert("Sku".to_owned(), sku_schema());
    registry.schemas.insert("Comment".to_owned(), comment_schema());
    registry.schemas.insert("Quantity".to_owned(), quantity_schema());
    registry.schemas.insert("Share".to_owned(), share_schema());
    registry.schemas.insert("Size".to_owned(), size_schema());
    registry.schemas.insert("Measure".to_owned(), measure_schema());
}

fn create_measure_operation() -> MetaOperation {
    MetaOperation {
        tags: Vec::from(["measures"]),
        method: orderly_api_runtime::Method::POST,
        summary: Some("Record a measure."),
        description: None,
        external_docs: None,
        params: Vec::new(),
        request: Some(MetaRequest {
            description: None,
            content: Vec::from([
                MetaMediaType {
                    content_type: "application/json",
                    schema: MetaSchemaRef::Reference("Measure".to_owned()),
                },
            ]),
            required: true,
        }),
        responses: MetaResponses {
            responses: Vec::from([
                MetaResponse {
                    description: "Recorded.",
                    status: Some(204),
                    status_range: None,
                    content: Vec::new(),
                    headers: Vec::new(),
                },
            ]),
        },
        deprecated: false,
        security: Vec::new(),
        operation_id: Some("create_measure"),
        code_samples: Vec::new(),
    }
}

fn sku_schema() -> MetaSchema {
    MetaSchema {
        description: Some("What a shop calls a product."),
        ty: "string",
        min_length: Some(3),
        max_length: Some(12),
        pattern: Some("^[A-Z0-9-]+$".to_owned()),
        example: Some(serde_json::Value::from("LAMP-01")),
        ..MetaSchema::ANY
    }
}

fn comment_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        ..MetaSchema::ANY
    }
}

fn quantity_schema() -> MetaSchema {
    MetaSchema {
        ty: "integer",
        format: Some("int32"),
        minimum: Some(1.0),
        maximum: Some(1000.0),
        ..MetaSchema::ANY
    }
}

fn share_schema() -> MetaSchema {
    MetaSchema {
        ty: "number",
        minimum: Some(0.0),
        exclusive_minimum: Some(true),
        maximum: Some(1.0),
        ..MetaSchema::ANY
    }
}

fn size_schema() -> MetaSchema {
    MetaSchema {
        ty: "string",
        enum_items: Vec::from([
            serde_json::Value::from("small"),
            serde_json::Value::from("large"),
            serde_json::Value::from("extra-large"),
        ]),
        ..MetaSchema::ANY
    }
}

fn measure_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        additional_properties: Some(Box::new(orderly_api_runtime::meta::closed())),
        required: Vec::from(["sku", "quantity", "taken_at"]),
        properties: Vec::from([
            ("sku", MetaSchemaRef::Reference("Sku".to_owned())),
            ("comment", MetaSchemaRef::Reference("Comment".to_owned())),
            ("quantity", MetaSchemaRef::Reference("Quantity".to_owned())),
            ("share", MetaSchemaRef::Reference("Share".to_owned())),
            ("size", MetaSchemaRef::Reference("Size".to_owned())),
            (
                "taken_at",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        format: Some("date-time"),
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "taken_on",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        format: Some("date"),
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "device",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        format: Some("uuid"),
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "step",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "integer",
                        format: Some("int64"),
                        multiple_of: Some(5.0),
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "label",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        max_length: Some(20),
                        nullable: true,
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "type",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        enum_items: Vec::from([
                            serde_json::Value::from("length"),
                            serde_json::Value::from("weight"),
                        ]),
                        default: Some(serde_json::Value::from("length")),
                        ..MetaSchema::ANY
                    }),
                ),
            ),
            (
                "exact",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "boolean",
                        default: Some(serde_json::Value::from(false)),
                        ..MetaSchema::ANY
                    }),
                ),
            ),
        ]),
        ..MetaSchema::ANY
    }
}
