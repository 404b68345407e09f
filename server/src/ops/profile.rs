//! Where the process spends its CPU time, sampled while somebody waits for it.

use std::{collections::BTreeMap, time::Duration};

use orderly_api_runtime::{Failure, StatusCode};
use poem::{Request, Response, handler, web::Data};
use pprof::{ProfilerGuardBuilder, Report};
use serde::Deserialize;

/// Samples a second. No round number, so that it does not fall in step with what happens every so many milliseconds.
const FREQUENCY: i32 = 99;
/// Seconds that a profile takes at most.
const MOST: u64 = 60;
/// Libraries that must not be interrupted to look at their stack: unwinding takes locks that they may hold.
const UNTOUCHABLE: [&str; 4] = ["libc", "libgcc", "pthread", "vdso"];

/// Whether the settings allow profiles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allowed(pub(crate) bool);

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
pub(crate) async fn profile(request: &Request, allowed: Data<&Allowed>) -> Result<Response, Failure> {
    if !allowed.0.0 {
        let detail = "Profiles are off: see the setting operations.profiling.";
        return Err(Failure::new(StatusCode::NOT_FOUND, "profiling_off", detail));
    }
    let seconds = match request.params::<Asked>() {
        Ok(Asked { seconds }) if (1..=MOST).contains(&seconds) => seconds,
        _ => {
            let detail = "The parameter seconds is a number from 1 to 60.";
            return Err(Failure::new(StatusCode::BAD_REQUEST, "validation_failed", detail));
        }
    };
    let begun = ProfilerGuardBuilder::default().frequency(FREQUENCY).blocklist(&UNTOUCHABLE).build();
    let profiler = begun.map_err(|error| match error {
        pprof::Error::Running => {
            Failure::new(StatusCode::CONFLICT, "profile_running", "A profile is being made already.")
        }
        error => Failure::internal(error),
    })?;
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    // Finding the names of functions takes a while.
    let folded = tokio::task::spawn_blocking(move || profiler.report().build().map(|report| folded(&report)));
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
