//! The order backend as a library: everything that the program `orderly-server` puts together, so that tests can
//! start it in their own process.

pub mod config;
pub mod demo;
pub mod http;
pub mod jobs;
pub mod ops;
pub mod program;
pub mod rate;
pub mod server;
pub mod service;
pub mod storage;
pub mod telemetry;
pub mod watch;
