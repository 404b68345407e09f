//! Types over text are shown as their text.
#[allow(unused_imports)]
use super::client::types;
