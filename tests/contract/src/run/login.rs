//! Credentials that end before the run does.

use std::{fmt, future::Future, pin::Pin};

use crate::target::{Identity, Role};

/// Gets new credentials, for a server whose own are short-lived.
pub trait Login: Send + Sync + fmt::Debug {
    /// New credentials of a role; `None` if there are none to be had.
    fn renewed(&self, role: Role) -> Pin<Box<dyn Future<Output = Option<Identity>> + Send + '_>>;
}
