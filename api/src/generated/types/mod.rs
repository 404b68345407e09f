//! The data types of the document, by the tag that they belong to.

mod accounts;
mod catalogue;
mod notes;
mod orders;
mod shared;

pub use self::accounts::*;
pub use self::catalogue::*;
pub use self::notes::*;
pub use self::orders::*;
pub use self::shared::*;
