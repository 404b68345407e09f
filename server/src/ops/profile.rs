//! Where the process spends its CPU time, sampled while somebody waits for it.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use orderly_api_runtime::{Failure, StatusCode};
use poem::{Request, Response, handler, web::Data};
use pprof::{ProfilerGuardBuilder, Report};
use serde::Deserialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Samples a second. No round number, so that it does not fall in step with what happens every so many milliseconds.
const FREQUENCY: i32 = 99;
/// Seconds that a profile takes at most.
const MOST: u64 = 60;
/// Libraries that must not be interrupted to look at their stack: unwinding takes locks that they may hold.
const UNTOUCHABLE: [&str; 4] = ["libc", "libgcc", "pthread", "vdso"];

/// Profiles: whether the settings allow them, and that there is one at a time.
#[derive(Debug, Clone)]
pub(crate) struct Profiles {
    allowed: bool,
    free: Arc<Semaphore>,
}

impl Profiles {
    pub(crate) fn new(allowed: bool) -> Self {
        Self { allowed, free: Arc::new(Semaphore::new(1)) }
    }

    /// The right to make a profile, until it is dropped.
    fn begin(&self) -> Result<OwnedSemaphorePermit, Failure> {
        if !self.allowed {
            let detail = "Profiles are off: see the setting operations.profiling.";
            return Err(Failure::new(StatusCode::NOT_FOUND, "profiling_off", detail));
        }
        self.free.clone().try_acquire_owned().map_err(|_| {
            Failure::new(StatusCode::CONFLICT, "profile_running", "A profile is being made already.")
        })
    }
}

#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default = "ten")]
    seconds: u64,
}

fn ten() -> u64 {
    10
}

/// CPU profile
///
/// Samples every thread's stack 99 times in a second of its CPU time, for as long as asked, and answers with folded
/// stacks: one line a stack, outermost function first, and how often it was seen. `inferno-flamegraph`, speedscope.app
/// and others draw it. A program without symbols shows addresses only.
#[utoipa::path(get, path = "/debug/profile", operation_id = "profile", tag = "debug",
    params(("seconds" = Option<u64>, Query, minimum = 1, maximum = 60, description = "How long; 10 when not given.")),
    responses(
        (status = 200, description = "The stacks.", body = String, content_type = "text/plain"),
        (status = 400, description = "`seconds` is no number from 1 to 60.", content_type = "application/problem+json"),
        (status = 404, description = "`operations.profiling` is off.", content_type = "application/problem+json"),
        (status = 409, description = "A profile is being made already.", content_type = "application/problem+json")
    )
)]
#[handler]
pub(crate) async fn profile(request: &Request, profiles: Data<&Profiles>) -> Result<Response, Failure> {
    let seconds = match request.params::<Asked>() {
        Ok(Asked { seconds }) if (1..=MOST).contains(&seconds) => seconds,
        _ => {
            let detail = "The parameter seconds is a number from 1 to 60.";
            return Err(Failure::new(StatusCode::BAD_REQUEST, "validation_failed", detail));
        }
    };
    let turn = profiles.begin()?;
    let begun = ProfilerGuardBuilder::default().frequency(FREQUENCY).blocklist(&UNTOUCHABLE).build();
    let profiler = begun.map_err(Failure::internal)?;
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    // Finding the names of functions takes a while, also when nobody waits for them any more.
    let folded = tokio::task::spawn_blocking(move || {
        let text = profiler.report().build().map(|report| folded(&report));
        drop((profiler, turn));
        text
    });
    let text = folded.await.map_err(Failure::internal)?.map_err(Failure::internal)?;
    Ok(Response::builder().content_type("text/plain; charset=utf-8").body(text))
}

/// The report's stacks, one a line: thread, functions from the outermost, and a count.
fn folded(report: &Report) -> String {
    let mut stacks = BTreeMap::<String, isize>::new();
    for (stack, count) in &report.data {
        let functions =
            stack.frames.iter().rev().flat_map(|frame| frame.iter().rev()).map(|symbol| symbol.name());
        // A semicolon separates functions.
        let line =
            std::iter::once(stack.thread_name_or_id()).chain(functions).map(|name| name.replace(';', ":"));
        *stacks.entry(line.collect::<Vec<_>>().join(";")).or_default() += count;
    }
    stacks.iter().map(|(stack, count)| format!("{stack} {count}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_profile_at_a_time_and_none_that_is_not_allowed() {
        let code = |profiles: &Profiles| profiles.begin().map_err(|failure| failure.code).err();
        assert_eq!(code(&Profiles::new(false)).as_deref(), Some("profiling_off"));
        let profiles = Profiles::new(true);
        let first = profiles.begin().unwrap();
        assert_eq!(code(&profiles.clone()).as_deref(), Some("profile_running"));
        drop(first);
        assert!(profiles.begin().is_ok());
    }
}
