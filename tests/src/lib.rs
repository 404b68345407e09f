//! What crosses a process or a network, tested from the outside: the contract engine, and the shop that the suites run.

pub mod books;
pub mod conformance;
pub mod drift;
pub mod engines;
pub mod faulty;
pub mod process;
pub mod shop;
