//! How much memory the process has, of which kind (Linux only).

use std::fs;

use orderly_api_runtime::Failure;
use poem::{handler, web::Json};
use serde::Serialize;
use utoipa::ToSchema;

/// The process's memory, in bytes. A figure that the operating system does not give is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Heap {
    /// In RAM now.
    #[serde(skip_serializing_if = "Option::is_none")]
    resident: Option<u64>,
    /// In RAM at most, since the process began.
    #[serde(skip_serializing_if = "Option::is_none")]
    resident_peak: Option<u64>,
    /// In RAM, with what is shared divided among those who share it.
    #[serde(skip_serializing_if = "Option::is_none")]
    proportional: Option<u64>,
    /// In RAM and of no file: heap and stacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    anonymous: Option<u64>,
    /// Changed since it was mapped, and the process's own: what ending it would free.
    #[serde(skip_serializing_if = "Option::is_none")]
    private_dirty: Option<u64>,
    /// Free to be taken away, though not yet taken (`MADV_FREE`).
    #[serde(skip_serializing_if = "Option::is_none")]
    lazily_freed: Option<u64>,
    /// Swapped out.
    #[serde(skip_serializing_if = "Option::is_none")]
    swapped: Option<u64>,
    /// Address space for heap and stacks, used or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<u64>,
}

/// Memory of the process
///
/// What the operating system counts, in bytes. `anonymous` is heap and stacks: if it grows while `data` and the number
/// of open connections do not, look for a leak.
#[utoipa::path(get, path = "/debug/heap", operation_id = "heap", tag = "debug", responses(
    (status = 200, description = "The figures.", body = Heap)
))]
#[handler]
pub(crate) fn heap() -> Result<Json<Heap>, Failure> {
    let read = |file: &str| fs::read_to_string(file).unwrap_or_default();
    Ok(Json(Heap::parse(&read("/proc/self/smaps_rollup"), &read("/proc/self/status"))))
}

impl Heap {
    fn parse(smaps: &str, status: &str) -> Self {
        let bytes = |text: &str, name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
            line.split_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1024)
        };
        Self {
            resident: bytes(smaps, "Rss").or_else(|| bytes(status, "VmRSS")),
            resident_peak: bytes(status, "VmHWM"),
            proportional: bytes(smaps, "Pss"),
            anonymous: bytes(smaps, "Anonymous"),
            private_dirty: bytes(smaps, "Private_Dirty"),
            lazily_freed: bytes(smaps, "LazyFree"),
            swapped: bytes(smaps, "Swap"),
            data: bytes(status, "VmData"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_bytes_and_what_is_not_there_is_left_out() {
        let smaps = "7f-8f ---p 0 00:00 0 [rollup]\nRss:  12 kB\nPss:   8 kB\nPss_Dirty: 1 kB\nSwap: 0 kB\n";
        let found = Heap::parse(smaps, "VmHWM:\t     40 kB\n");
        let expected = Heap {
            resident: Some(12_288),
            proportional: Some(8_192),
            swapped: Some(0),
            resident_peak: Some(40_960),
            ..Heap::default()
        };
        assert_eq!(found, expected);
    }
}
