//! What poem-openapi's description types cannot say, said with a marker.

use poem_openapi::registry::{MetaSchema, MetaSchemaRef};

/// The title of the schema that stands for `false`.
pub(crate) const CLOSED: &str = "~false";

/// `additionalProperties: false`. [`description::restore`](crate::description::restore) puts the real one
/// into the emitted description.
pub fn closed() -> MetaSchemaRef {
    MetaSchemaRef::Inline(Box::new(MetaSchema { title: Some(CLOSED.to_owned()), ..MetaSchema::ANY }))
}
