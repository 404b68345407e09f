//! The use cases against a real database, without HTTP.

mod accounts;
mod catalogue;
mod demo;
mod notes;
mod orders;
mod shop;
mod tokens;
