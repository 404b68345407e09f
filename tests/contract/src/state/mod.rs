//! What is on the server and how it came there: which operation makes what another one needs, and what has been made.

mod graph;
mod kind;
mod learn;
mod link;
mod pool;
mod site;

pub use graph::{Action, Graph, Uses};
pub use kind::{Kind, KindId};
pub use pool::{Pool, Thing, is_idempotency_key};
pub use site::Step;
