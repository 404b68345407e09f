//! What the generated table of commands consists of.
//!
//! `cargo xtask generate` writes the table from the document; nothing else in this crate knows what operations there are.
#![allow(dead_code, reason = "a document may say more than the one that this crate was generated from")]

use crate::generated::TAGS;

/// The operations of a tag.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) commands: &'static [Command],
}

/// An operation as a command.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) name: &'static str,
    /// The id under which the SDK has it.
    pub(crate) operation: &'static str,
    pub(crate) method: &'static str,
    /// The template of its path.
    pub(crate) path: &'static str,
    pub(crate) access: Access,
    /// One line.
    pub(crate) summary: &'static str,
    pub(crate) description: &'static str,
    /// Those of the path first, in its order.
    pub(crate) parameters: &'static [Parameter],
    pub(crate) body: Option<Body>,
    /// What a success is, in the document's words.
    pub(crate) answer: &'static str,
    /// It answers in pages: `items`, and `next_cursor` for the parameter `cursor`.
    pub(crate) is_paged: bool,
    pub(crate) is_deprecated: bool,
}

/// What an operation asks of who calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// No credentials.
    Public,
    /// Credentials change what is answered.
    Optional,
    /// Credentials.
    Login,
}

/// A parameter.
#[derive(Debug)]
pub(crate) struct Parameter {
    /// What it is called on the wire.
    pub(crate) name: &'static str,
    pub(crate) option: &'static str,
    pub(crate) place: Place,
    pub(crate) style: Style,
    pub(crate) required: bool,
    pub(crate) value: Value,
    pub(crate) description: &'static str,
}

/// Where a parameter stands in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a parameter is written (OpenAPI 3.0.3, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// One value.
    One,
    /// A list, its name before each item.
    Repeated,
    /// A list, with this between the items.
    Joined(char),
    /// An object, as `name[member]=value`.
    Deep,
    /// An object, each member a parameter of its own.
    Spread,
    /// JSON.
    Json,
}

/// A request body.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) media_type: &'static str,
    pub(crate) encoding: Encoding,
    pub(crate) required: bool,
    pub(crate) members: &'static [Member],
    /// The members that may be `null`, joined by dots.
    pub(crate) nullable: &'static [&'static str],
    /// A body as it may be, in JSON; empty where there is none.
    pub(crate) example: &'static str,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/…`, a part for each member.
    Parts,
    /// As it is given.
    Raw,
}

/// A member of a body as an option.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) option: &'static str,
    /// Where it stands in the body.
    pub(crate) path: &'static [&'static str],
    pub(crate) form: Form,
    pub(crate) required: bool,
    pub(crate) value: Value,
    pub(crate) description: &'static str,
}

/// What an option of a body takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// The value.
    One,
    /// The value as JSON.
    Json,
    /// An item of a list; the option may be repeated.
    Item,
    /// An item of a list that is an object, as `member=value,…`; the option may be repeated.
    Entry(&'static [Member]),
}

/// What is known of a value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value {
    pub(crate) kind: Kind,
    pub(crate) format: &'static str,
    pub(crate) choices: &'static [&'static str],
    /// Its bounds in words.
    pub(crate) bounds: &'static str,
    pub(crate) default: Option<&'static str>,
    pub(crate) example: Option<&'static str>,
}

/// What a value is in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
}

impl Command {
    pub(crate) const EMPTY: Self = Self {
        name: "",
        operation: "",
        method: "",
        path: "",
        access: Access::Public,
        summary: "",
        description: "",
        parameters: &[],
        body: None,
        answer: "",
        is_paged: false,
        is_deprecated: false,
    };

    /// The command of an operation.
    pub(crate) fn of_operation(id: &str) -> Option<&'static Self> {
        TAGS.iter().flat_map(|tag| tag.commands).find(|command| command.operation == id)
    }
}

impl Parameter {
    pub(crate) const EMPTY: Self = Self {
        name: "",
        option: "",
        place: Place::Query,
        style: Style::One,
        required: false,
        value: Value::EMPTY,
        description: "",
    };
}

impl Body {
    pub(crate) const EMPTY: Self = Self {
        media_type: "",
        encoding: Encoding::Json,
        required: false,
        members: &[],
        nullable: &[],
        example: "",
    };
}

impl Member {
    pub(crate) const EMPTY: Self = Self {
        option: "",
        path: &[],
        form: Form::One,
        required: false,
        value: Value::EMPTY,
        description: "",
    };
}

impl Value {
    pub(crate) const EMPTY: Self =
        Self { kind: Kind::Text, format: "", choices: &[], bounds: "", default: None, example: None };
}

impl Tag {
    /// The tag of this name.
    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        TAGS.iter().find(|tag| tag.name == name)
    }

    /// The command of this name.
    pub(crate) fn command(&self, name: &str) -> Option<&'static Command> {
        self.commands.iter().find(|command| command.name == name)
    }
}
