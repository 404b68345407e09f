//! Wires the server together.
fn main() {}
