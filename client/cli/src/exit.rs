//! How the program ends: a class of outcomes for each exit code.

use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Done = 0,
    Other = 1,
    Usage = 2,
    NotLoggedIn = 3,
    Forbidden = 4,
    NotFound = 5,
    Conflict = 6,
    Invalid = 7,
    Busy = 8,
    Unreachable = 9,
    Interrupted = 130,
}

/// Each way to end, what it means, and the statuses of answers that end so.
pub(crate) const EXITS: &[(Exit, &str, &[u16])] = &[
    (Exit::Done, "done", &[]),
    (Exit::Other, "anything else, such as a failure of the server", &[500]),
    (Exit::Usage, "the command line is wrong; nothing was sent", &[]),
    (Exit::NotLoggedIn, "not logged in", &[401]),
    (Exit::Forbidden, "not allowed", &[403]),
    (Exit::NotFound, "not found", &[404, 410]),
    (Exit::Conflict, "in conflict with what is there, or changed since", &[409, 412, 428]),
    (Exit::Invalid, "refused because of what was sent", &[400, 413, 415, 422]),
    (Exit::Busy, "too many requests, or not available now", &[408, 429, 502, 503, 504]),
    (Exit::Unreachable, "the server was not reached, or did not answer in time", &[]),
    (Exit::Interrupted, "interrupted", &[]),
];

impl Exit {
    /// How a call ends that was answered with this status.
    pub(crate) fn of_status(status: u16) -> Self {
        let row = EXITS.iter().find(|(_, _, statuses)| statuses.contains(&status));
        row.map_or(Self::Other, |(exit, _, _)| *exit)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The table as a help shows it.
pub(crate) fn help() -> String {
    let rows = EXITS.iter().map(|(exit, meaning, _)| format!("  {:>3}  {meaning}\n", *exit as u8));
    rows.collect()
}
