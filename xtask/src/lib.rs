//! Development commands of this workspace, and the generator behind them.
//!
//! [`codegen`] reads an OpenAPI document and writes a typed server interface and an SDK; it knows
//! nothing of Orderly. [`commands`] holds one module for each `cargo xtask` command.

pub mod codegen;
pub mod commands;
