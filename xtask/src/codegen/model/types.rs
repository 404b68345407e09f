//! The data types of an interface, as the generator understands them: what a schema means in Rust.

use serde_json::Value;

/// Index of a [`Definition`] in [`Types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TypeId(pub(crate) usize);

/// All named types, in the order in which they are emitted.
#[derive(Debug, Default)]
pub(crate) struct Types {
    pub(crate) definitions: Vec<Definition>,
}

impl Types {
    pub(crate) fn get(&self, id: TypeId) -> &Definition {
        &self.definitions[id.0]
    }
}

/// Which way a value travels; matters only where `readOnly` or `writeOnly` occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Direction {
    /// From the caller to the server: `readOnly` properties are left out.
    Request,
    /// From the server to the caller: `writeOnly` properties are left out.
    Answer,
}

/// A type that has a name of its own.
#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) name: String,
    /// Where its schema stands in the document.
    pub(crate) pointer: String,
    pub(crate) direction: Direction,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) kind: Kind,
}

/// What a named type is.
#[derive(Debug)]
pub(crate) enum Kind {
    /// A component whose schema constrains nothing beyond an existing type.
    Alias(Type),
    /// A scalar that cannot hold a value that breaks its rules.
    Newtype {
        inner: Scalar,
        rules: Rules,
    },
    /// A list that cannot hold a bad number of items.
    List {
        item: Type,
        bounds: Bounds,
    },
    /// A map that cannot hold a bad number of entries.
    Map {
        value: Type,
        bounds: Bounds,
    },
    StringEnum(Vec<Member<String>>),
    IntegerEnum(Vec<Member<i64>>),
    Struct(Struct),
    Union(Union),
    /// What Rust types cannot say: any JSON, checked against its schema when it is read.
    Checked,
}

/// One value of an enum.
#[derive(Debug)]
pub(crate) struct Member<T> {
    pub(crate) name: String,
    pub(crate) value: T,
}

/// A use of a type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    Named(TypeId),
    Scalar(Scalar),
    List(Box<Type>),
    Map(Box<Type>),
    /// Where the schema is nullable.
    Nullable(Box<Type>),
    /// Breaks a cycle that would make the type infinitely large.
    Boxed(Box<Type>),
    /// Any JSON value.
    Json,
}

/// A scalar without rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scalar {
    Bool,
    I32,
    I64,
    F32,
    F64,
    String,
    DateTime,
    Date,
    Uuid,
}

/// What a constrained scalar must fulfil.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Rules {
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) pattern: Option<String>,
    pub(crate) format: Option<Format>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    pub(crate) multiple_of: Option<serde_json::Number>,
}

impl Rules {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An end of a range of numbers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bound {
    pub(crate) value: serde_json::Number,
    pub(crate) exclusive: bool,
}

/// Formats of strings that are checked but have no Rust type of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Email,
    Uri,
    UriReference,
    Hostname,
    Ipv4,
    Ipv6,
    Time,
    /// Not a check: the value is kept out of logs.
    Password,
    /// `date-time`, `date` or `uuid` beside rules on the text itself.
    DateTime,
    Date,
    Uuid,
}

/// How many items or entries a collection may have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
    pub(crate) unique: bool,
}

impl Bounds {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An object with known properties.
#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    pub(crate) additional: Additional,
    /// `minProperties` and `maxProperties`.
    pub(crate) bounds: Bounds,
}

/// What an object does with properties it does not declare.
#[derive(Debug, PartialEq)]
pub(crate) enum Additional {
    /// Taken and forgotten: the schema does not speak of them.
    Ignored,
    Refused,
    /// Kept in a map: the schema declares them.
    Kept(Type),
}

#[derive(Debug)]
pub(crate) struct Field {
    /// The Rust name.
    pub(crate) name: String,
    /// The name in JSON.
    pub(crate) key: String,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    /// Bounds of the collection that the field is, where it has no type of its own.
    pub(crate) bounds: Bounds,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
}

/// Whether a property, parameter or header must be there, and what stands for it when it is not.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Presence {
    Required,
    Optional,
    /// Absent, `null` and a value are three different things.
    Patch,
    Default(Value),
}

/// A value that has one of several types.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) variants: Vec<UnionVariant>,
    pub(crate) matching: Matching,
}

#[derive(Debug)]
pub(crate) struct UnionVariant {
    pub(crate) name: String,
    pub(crate) ty: Type,
    /// Values of the discriminator that select this variant.
    pub(crate) tags: Vec<String>,
}

/// How a union finds the variant.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Matching {
    /// The discriminator names it.
    Tagged { property: String },
    /// `oneOf`: exactly one fits.
    ExactlyOne,
    /// `anyOf`: the first that fits.
    First,
}
