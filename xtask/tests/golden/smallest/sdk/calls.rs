//! A call is sent by awaiting it; a list gives its pages and items as streams.
#[allow(unused_imports)]
use super::client::{ByteStream, builder, types};
sdk::call!(GetTime => types::Time);
