//! The data types of the document, by the tag that they belong to.

mod books;
mod loans;

pub use self::books::*;
pub use self::loans::*;
