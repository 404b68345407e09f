//! Orderly's nouns and rules, and the contract that a storage engine fulfils.
//!
//! No HTTP and no SQL: what stands here holds whichever server or database is around it. Of the async runtime there is
//! the task-local value that [`deadline`] is.

pub mod account;
pub mod api_key;
pub mod audit;
pub mod deadline;
pub mod error;
pub mod id;
pub mod idempotency;
pub mod money;
pub mod note;
pub mod order;
pub mod page;
pub mod permit;
pub mod product;
pub mod session;
pub mod signing_key;
pub mod storage;
pub mod time;
pub mod version;

pub use deadline::Deadline;
pub use error::{Rejection, Result, Shortage, StoreError};
pub use money::{Currency, Money};
pub use page::{Cursor, Page, Position, SortKey};
pub use storage::Storage;
pub use time::Timestamp;
pub use version::Version;
