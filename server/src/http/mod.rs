//! HTTP: the route table and the order of the layers, top to bottom.

mod guard;
pub mod listener;
