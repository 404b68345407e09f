//! What is on the server and how it came there: which operation makes what another one needs, and what has been made.

mod claims;
mod compare;
mod draft;
mod graph;
mod kind;
mod learn;
mod link;
mod login;
mod make;
mod pool;
mod session;
mod site;
mod walk;

pub use graph::{Action, Graph, Uses};
pub use kind::{Kind, KindId};
pub use make::setup;
pub use pool::{Pool, Thing, is_idempotency_key};
pub use session::{Session, Witness};
pub use site::Step;
pub use walk::walk;

pub(crate) use compare::{Contradiction, contradiction};
pub(crate) use draft::{Variant, is_condition, is_safe};
pub(crate) use kind::plain;
pub(crate) use learn::things;
pub(crate) use make::Made;
pub(crate) use pool::text;
pub(crate) use session::{Story, Who, is_missing, json, may_answer};
pub(crate) use site::sites;
