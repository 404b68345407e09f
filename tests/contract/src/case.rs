//! One thing to try: a request of an operation, whether the document allows it, and which rules of it that touches.

use std::fmt;

use bytes::Bytes;
use http::Method;
use orderly_document::Pointer;
use serde_json::Value;

use crate::document::Location;

/// A request with what is expected of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The id of the operation.
    pub operation: String,
    /// Which phase made it.
    pub phase: Phase,
    /// What is tried, in a few words: `limit: one below the minimum`.
    pub title: String,
    /// What is sent.
    pub parts: Parts,
    /// Whether the document allows it.
    pub intent: Intent,
    /// The rules that it keeps or breaks.
    pub touches: Vec<Touch>,
}

/// Where cases come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// The document's own examples.
    Examples,
    /// Every rule of the document, kept and broken one at a time.
    Coverage,
    /// Values at random, from a seed.
    Random,
    /// Operations in a row, on what the ones before have made.
    Stateful,
}

/// A request before it becomes bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// The method; that of the operation, unless another one is tried.
    pub method: Method,
    /// Parameters, in the order in which they are sent. A name may be repeated, or not be declared.
    pub arguments: Vec<Argument>,
    /// The body.
    pub body: Option<Payload>,
}

/// A parameter's value.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// The part of the request that it is in.
    pub location: Location,
    /// Its name.
    pub name: String,
    /// The value; how it is written, the parameter's `style` says. A text is sent as it is.
    pub value: Value,
}

/// A body.
#[derive(Debug, Clone, PartialEq)]
pub struct Payload {
    /// The media type, as it is sent.
    pub media_type: String,
    /// What is in it.
    pub content: PayloadContent,
}

/// What is in a body.
#[derive(Debug, Clone, PartialEq)]
pub enum PayloadContent {
    /// A value, which is written as the media type wants it.
    Value(Value),
    /// Bytes that are sent as they are.
    Bytes(Bytes),
}

/// Whether the document allows a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// It does.
    Valid,
    /// It does not, for one reason.
    Invalid {
        /// What is broken.
        rule: Rule,
        /// Where the document says it.
        place: Pointer,
    },
}

/// What a request can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A keyword of a schema.
    Keyword(Keyword),
    /// A parameter or a body that has to be there.
    Required,
    /// A parameter that is not declared.
    Undeclared,
    /// A parameter that is there once too often.
    Repeated,
    /// A method that the path does not have.
    Method,
    /// A media type that the body may not have.
    MediaType,
    /// A body without a media type.
    Unlabelled,
    /// A body that is not of its media type.
    Syntax,
}

impl Rule {
    /// Whether the document alone says it. The others are a matter of how strict a server is: many ignore parameters
    /// that they do not know, take one of several, read a body by its looks, and drop what is `readOnly` ("SHOULD NOT be
    /// sent", OpenAPI 3.0.3, "Schema Object").
    pub fn is_certain(self) -> bool {
        match self {
            Self::Keyword(keyword) => keyword != Keyword::ReadOnly,
            Self::Required | Self::Method | Self::Syntax => true,
            Self::Undeclared | Self::Repeated | Self::MediaType | Self::Unlabelled => false,
        }
    }
}

/// A rule of a schema or parameter that a request kept or broke.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Touch {
    /// Where the keyword stands in the document: `…/schema/properties/name/maxLength`; a parameter's or a body's
    /// `required`, and a member's (`…/required/0`), stand for themselves.
    pub place: Pointer,
    /// Kept or broken.
    pub polarity: Polarity,
}

/// Two sides that every rule has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// A request kept it.
    Kept,
    /// A request broke it.
    Broken,
}

macro_rules! keywords {
    ($($variant:ident $name:literal,)+) => {
        /// A keyword of a schema in OpenAPI 3.0 that a value can break.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Keyword {
            $(#[doc = concat!("`", $name, "`")] $variant,)+
        }

        impl Keyword {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The keyword as a document writes it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

keywords! {
    Type "type",
    Nullable "nullable",
    Enum "enum",
    Format "format",
    Pattern "pattern",
    MinLength "minLength",
    MaxLength "maxLength",
    Minimum "minimum",
    Maximum "maximum",
    ExclusiveMinimum "exclusiveMinimum",
    ExclusiveMaximum "exclusiveMaximum",
    MultipleOf "multipleOf",
    MinItems "minItems",
    MaxItems "maxItems",
    UniqueItems "uniqueItems",
    MinProperties "minProperties",
    MaxProperties "maxProperties",
    Required "required",
    AdditionalProperties "additionalProperties",
    ReadOnly "readOnly",
    AllOf "allOf",
    AnyOf "anyOf",
    OneOf "oneOf",
    Not "not",
    Discriminator "discriminator",
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Phase {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Examples => "examples",
            Self::Coverage => "coverage",
            Self::Random => "random",
            Self::Stateful => "stateful",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
