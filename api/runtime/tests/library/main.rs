//! A small library whose interface is written as the generator writes it, and called as poem calls it.

mod agreement;
mod answers;
mod interface;
mod parameters;
mod security;
mod service;
mod types;
mod validation;
