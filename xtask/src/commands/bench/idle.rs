//! What open connections cost while nobody asks anything over them.

use std::thread;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::BenchError;
use super::http::{Connection, request};
use super::usage;
use crate::server::Running;

/// How many connections are open at each measurement.
pub(super) const STEPS: [usize; 2] = [5_000, 10_000];

/// A connection sleeps after a second of silence, and then the allocator gives memory back.
const SETTLE: Duration = Duration::from_secs(3);

/// File descriptors that are needed beside those of the connections.
const OTHERS: u64 = 256;

/// Memory with so many connections open.
#[derive(Debug)]
pub(super) struct Idle {
    pub(super) connections: usize,
    pub(super) resident: u64,
}

/// Lets this process, and what it starts from now on, have as many files open as the system allows.
pub(super) fn raise_open_files() -> Result<(), BenchError> {
    let limit = getrlimit(Resource::Nofile);
    Ok(setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit })?)
}

/// Opens connections, asks once over each, and looks at the server's memory: first without any.
pub(super) fn measure(server: &Running) -> Result<Vec<Idle>, BenchError> {
    let allowed = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let mut measured = vec![Idle { connections: 0, resident: usage::resident(server.pid())? }];
    let mut open = Vec::new();
    let get = request("GET", "/v1/products?limit=1", &[], "");
    for step in STEPS {
        if step as u64 + OTHERS > allowed {
            eprintln!("{step} connections are not measured: {allowed} files may be open (ulimit -Hn)");
            break;
        }
        while open.len() < step {
            let mut connection = Connection::open(server.address)?;
            let status = connection.ask(&get)?.status;
            if status != 200 {
                return Err(BenchError::Fill { status, answer: "on an idle connection".to_owned() });
            }
            open.push(connection);
        }
        thread::sleep(SETTLE);
        measured.push(Idle { connections: step, resident: usage::resident(server.pid())? });
    }
    Ok(measured)
}
