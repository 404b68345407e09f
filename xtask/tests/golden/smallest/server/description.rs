//! The document as poem-openapi describes it.

use poem_openapi::registry::*;

/// The operations, path by path.
pub(super) fn paths() -> Vec<MetaPath> {
    Vec::from([
        MetaPath {
            path: "/time".to_owned(),
            operations: Vec::from([get_time_operation()]),
        },
    ])
}

/// Tags, security schemes and schemas.
pub(super) fn register(registry: &mut Registry) {
    registry
        .create_tag(MetaTag {
            name: "clock",
            description: Some("What time it is."),
            external_docs: None,
        });
    registry.schemas.insert("Time".to_owned(), time_schema());
}

fn get_time_operation() -> MetaOperation {
    MetaOperation {
        tags: Vec::from(["clock"]),
        method: orderly_api_runtime::Method::GET,
        summary: Some("Tell the time."),
        description: None,
        external_docs: None,
        params: Vec::new(),
        request: None,
        responses: MetaResponses {
            responses: Vec::from([
                MetaResponse {
                    description: "The time.",
                    status: Some(200),
                    status_range: None,
                    content: Vec::from([
                        MetaMediaType {
                            content_type: "application/json",
                            schema: MetaSchemaRef::Reference("Time".to_owned()),
                        },
                    ]),
                    headers: Vec::new(),
                },
            ]),
        },
        deprecated: false,
        security: Vec::new(),
        operation_id: Some("get_time"),
        code_samples: Vec::new(),
    }
}

fn time_schema() -> MetaSchema {
    MetaSchema {
        ty: "object",
        required: Vec::from(["now"]),
        properties: Vec::from([
            (
                "now",
                MetaSchemaRef::Inline(
                    Box::new(MetaSchema {
                        ty: "string",
                        format: Some("date-time"),
                        ..MetaSchema::ANY
                    }),
                ),
            ),
        ]),
        ..MetaSchema::ANY
    }
}
