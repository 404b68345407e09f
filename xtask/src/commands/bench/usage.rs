//! What processes have used, as `/proc` tells it: CPU time and memory.

use std::fs;
use std::io;
use std::time::Duration;

/// CPU time of a process since it started, with its threads and with the children that it has waited for.
pub(super) fn cpu(pid: u32) -> io::Result<Duration> {
    Ok(Stat::read(pid)?.cpu())
}

/// CPU time of a process and of those that it has started.
pub(super) fn cpu_with_children(pid: u32) -> io::Result<Duration> {
    let mut used = Stat::read(pid)?.cpu();
    for entry in fs::read_dir("/proc")? {
        let Some(other) = entry?.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        // One that ends meanwhile is counted by its parent the next time.
        if let Ok(stat) = Stat::read(other)
            && stat.parent == pid
        {
            used += stat.cpu();
        }
    }
    Ok(used)
}

/// Memory that a process occupies, in bytes.
pub(super) fn resident(pid: u32) -> io::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix("kB"));
    let kib: u64 = kib.and_then(|text| text.trim().parse().ok()).ok_or_else(not_understood)?;
    Ok(kib * 1024)
}

fn not_understood() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "/proc is not understood")
}

/// The fields of proc_pid_stat(5) that matter here.
#[derive(Debug, PartialEq, Eq)]
struct Stat {
    parent: u32,
    ticks: u64,
}

impl Stat {
    fn read(pid: u32) -> io::Result<Self> {
        Self::parse(&fs::read_to_string(format!("/proc/{pid}/stat"))?).ok_or_else(not_understood)
    }

    /// The second field is the program's name in parentheses, which may hold blanks and parentheses itself.
    fn parse(text: &str) -> Option<Self> {
        let (_, after_name) = text.rsplit_once(')')?;
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        let ticks = fields.get(11..15)?.iter().map(|ticks| ticks.parse::<u64>().ok());
        Some(Self { parent: fields.get(1)?.parse().ok()?, ticks: ticks.sum::<Option<u64>>()? })
    }

    fn cpu(&self) -> Duration {
        let per_second = rustix::param::clock_ticks_per_second();
        Duration::from_micros(self.ticks.saturating_mul(1_000_000) / per_second.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_proc_is_read_whatever_the_program_is_called() {
        let line = "7 (a) b (c) S 3 7 7 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 1 0 99 5 6";
        assert_eq!(Stat::parse(line), Some(Stat { parent: 3, ticks: 100 }));
        assert_eq!(Stat::parse("7 (a) S 3"), None);
    }

    #[test]
    fn this_process_uses_memory() {
        assert!(resident(std::process::id()).unwrap() > 100_000);
    }

    #[test]
    fn what_a_process_has_started_is_known_by_its_parent() {
        let mut child = std::process::Command::new("sleep").arg("10").spawn().unwrap();
        assert_eq!(Stat::read(child.id()).unwrap().parent, std::process::id());
        assert!(cpu_with_children(child.id()).unwrap() >= cpu(child.id()).unwrap());
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
