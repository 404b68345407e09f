//! The generated part of the SDK.
mod calls;
mod client;
mod enums;
mod error_codes;
mod operations;
pub mod tags;
mod texts;
pub use self::client::{ByteStream, Client, ResponseValue, builder, types};
pub use self::client::Error as CallError;
pub use self::error_codes::ErrorCode;
pub use self::operations::OPERATIONS;
