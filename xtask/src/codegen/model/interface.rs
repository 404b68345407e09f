//! The operations of an interface, as the generator understands them.

use super::types::{Bounds, Presence, Type, Types};

/// Everything that is generated from one document.
#[derive(Debug)]
pub(crate) struct Interface {
    pub(crate) title: String,
    pub(crate) types: Types,
    pub(crate) tags: Vec<Tag>,
    pub(crate) schemes: Vec<SecurityScheme>,
}

/// The operations that become one trait.
#[derive(Debug)]
pub(crate) struct Tag {
    /// The tag in the document; `None` for operations without one.
    pub(crate) tag: Option<String>,
    pub(crate) description: Option<String>,
    /// `OrdersApi`.
    pub(crate) trait_name: String,
    /// `orders`: the module and its file.
    pub(crate) module: String,
    pub(crate) operations: Vec<Operation>,
}

#[derive(Debug)]
pub(crate) struct Operation {
    /// The `operationId`, or what stands for it.
    pub(crate) id: String,
    /// `create_order`: the method of the trait and the handler's function.
    pub(crate) method_name: String,
    /// `CREATE_ORDER`.
    pub(crate) constant: String,
    pub(crate) request_name: String,
    pub(crate) response_name: String,
    /// `POST`.
    pub(crate) http_method: String,
    /// The template as the document has it.
    pub(crate) path: String,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) answers: Vec<Answer>,
    pub(crate) security: Security,
}

/// Where a parameter stands in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

#[derive(Debug)]
pub(crate) struct Parameter {
    /// The field of the request struct.
    pub(crate) field: String,
    pub(crate) name: String,
    pub(crate) location: Location,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    pub(crate) bounds: Bounds,
    /// The schema's address.
    pub(crate) schema: String,
    pub(crate) reading: Reading,
    pub(crate) style: Option<String>,
    pub(crate) explode: Option<bool>,
    pub(crate) allow_empty: bool,
}

/// How a parameter's text becomes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// The type reads its own text.
    Text,
    /// By the schema: objects, unions, free-form values.
    Schema,
    /// The text is JSON (`content: application/json`).
    Json,
}

#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) description: Option<String>,
    /// The enum of the media types, where there are several.
    pub(crate) enum_name: String,
    pub(crate) forms: Vec<Form>,
}

/// One media type of a body, in a request or an answer.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) media_type: String,
    /// The variant where there are several media types.
    pub(crate) variant: String,
    pub(crate) content: Content,
    /// The schema's address.
    pub(crate) schema: String,
}

/// What the bytes of a body are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    Json(Type),
    Form(Type),
    Multipart(Type),
    Text,
    Bytes,
    /// Bytes that are not held in memory as a whole.
    Stream,
}

/// Which statuses an answer stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Exact(u16),
    /// `4XX`, by its first digit.
    Range(u8),
    Default,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: Status,
    pub(crate) variant: String,
    pub(crate) description: Option<String>,
    pub(crate) headers: Vec<Header>,
    pub(crate) body: Option<AnswerBody>,
}

#[derive(Debug)]
pub(crate) struct AnswerBody {
    /// The enum of the media types, where there are several.
    pub(crate) enum_name: String,
    pub(crate) forms: Vec<Form>,
}

#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) field: String,
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) required: bool,
    pub(crate) text: HeaderText,
}

/// How a header's value becomes text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderText {
    Display,
    List,
    /// Objects and free-form values, as JSON.
    Json,
}

/// Who may call an operation: any one of the alternatives; none means anybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Security {
    pub(crate) alternatives: Vec<Alternative>,
}

/// Credentials that are wanted together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Alternative {
    /// Indices into [`Interface::schemes`].
    pub(crate) schemes: Vec<usize>,
    pub(crate) scopes: Vec<String>,
}

impl Security {
    /// Whether the caller may also come without credentials.
    pub(crate) fn is_optional(&self) -> bool {
        self.alternatives.iter().any(|alternative| alternative.schemes.is_empty())
    }

    pub(crate) fn is_public(&self) -> bool {
        self.alternatives.iter().all(|alternative| alternative.schemes.is_empty())
    }
}

#[derive(Debug)]
pub(crate) struct SecurityScheme {
    pub(crate) name: String,
    /// `BEARER`.
    pub(crate) constant: String,
    pub(crate) kind: SchemeKind,
}

/// Where a credential is found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    Bearer,
    Basic,
    Header(String),
    Query(String),
    Cookie(String),
}
