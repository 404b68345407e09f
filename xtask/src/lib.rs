//! Development commands of this workspace, and the generator behind them.
//!
//! [`codegen`] reads an OpenAPI document and writes a typed server interface and an SDK; it knows
//! nothing of Orderly. [`commands`] holds one module for each `cargo xtask` command, and [`server`] runs this project's
//! own server for those that need one.

pub mod codegen;
pub mod commands;
pub mod server;
