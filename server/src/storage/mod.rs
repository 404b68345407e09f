//! The database behind the storage contract, as the server uses it.

mod measured;

pub use self::measured::Measured;
