//! The generated part of the SDK.
mod calls;
mod client;
mod enums;
mod operations;
mod texts;
pub use self::client::{ByteStream, Client, ResponseValue, builder, types};
pub use self::client::Error as CallError;
pub use self::operations::OPERATIONS;
