//! The generated part of the command line.

mod commands;

pub(crate) use self::commands::TAGS;
