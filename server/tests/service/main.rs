//! The use cases against a real database, without HTTP.

mod accounts;
mod audit;
mod catalogue;
mod demo;
mod maintenance;
mod notes;
mod orders;
mod races;
mod shop;
mod sizes;
mod tokens;
