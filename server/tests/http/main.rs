//! The server on a real socket: its limits, its errors, its documentation page, how it starts and stops.

#![allow(clippy::unwrap_used, reason = "these are tests: what is unexpected fails them")]

mod client;
mod docs;
mod heads;
mod http2;
mod keep_alive;
mod limits;
mod logs;
mod operations;
mod origins;
mod overload;
mod problems;
mod program;
mod rates;
mod secured;
mod server;
mod shutdown;
mod size;
mod traces;
mod watch;
