//! The server on a real socket: its limits, its errors, its documentation page, how it starts and stops.

mod client;
mod docs;
mod limits;
mod problems;
mod program;
mod server;
mod shutdown;
