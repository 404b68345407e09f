//! What the document says of an operation, as types: what it takes, and what it may answer.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// An operation of the API.
pub trait Operation: 'static {
    /// Its id, which is the name of its method.
    const ID: &'static str;
}

/// An operation that takes a JSON body.
pub trait Takes: Operation {
    /// The SDK's type of the body.
    type Body: DeserializeOwned;
}

/// An operation that declares this status as a success.
pub trait Succeeds<const STATUS: u16>: Operation {
    /// The SDK's type of the answer; `()` where there is no body.
    type Answer: Content;
    /// Its media type, if there is a body.
    const MEDIA_TYPE: Option<&'static str>;
}

/// An operation that declares this status, and it is no success.
pub trait Refuses<const STATUS: u16>: Operation {
    /// The media type of the answer, if there is a body.
    const MEDIA_TYPE: Option<&'static str>;
}

/// What may be the body of a success.
pub trait Content {
    /// The body as it is sent.
    fn into_bytes(self) -> bytes::Bytes;
}

/// What the SDK reads as JSON.
impl<T: Serialize> Content for T {
    fn into_bytes(self) -> bytes::Bytes {
        serde_json::to_vec(&self).expect("the SDK's types become JSON").into()
    }
}

/// A body that is not JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw(pub bytes::Bytes);

impl Content for Raw {
    fn into_bytes(self) -> bytes::Bytes {
        self.0
    }
}

impl<T: Into<bytes::Bytes>> From<T> for Raw {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

/// Defines an operation and the mock's method of it.
#[doc(hidden)]
#[macro_export]
macro_rules! operation {
    (
        $(#[$attribute:meta])*
        $method:ident => $name:ident ($id:literal)
        takes [$($body:ty)?]
        succeeds [$($status:literal $media_type:expr => $answer:ty),* $(,)?]
        refuses [$($refused:literal $problem:expr),* $(,)?]
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl $crate::Operation for $name {
            const ID: &'static str = $id;
        }

        $(impl $crate::Takes for $name {
            type Body = $body;
        })?

        $(impl $crate::Succeeds<$status> for $name {
            type Answer = $answer;
            const MEDIA_TYPE: Option<&'static str> = $media_type;
        })*

        $(impl $crate::Refuses<$refused> for $name {
            const MEDIA_TYPE: Option<&'static str> = $problem;
        })*

        impl $crate::Mock {
            $(#[$attribute])*
            pub fn $method(&self) -> $crate::Script<'_, $name> {
                self.script()
            }
        }
    };
}
