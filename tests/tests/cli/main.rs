//! The command line, run as people and programs run it, against a real shop.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

mod dry_run;
mod every_command;
mod lists;
mod logins;
mod person;
mod refusals;
mod terminal;
