//! What the process takes from the operating system, read from `/proc` when somebody looks (Linux only).

use std::{fmt, fs, thread::available_parallelism};

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, NoLabelSet},
    metrics::MetricType,
};

/// Clock ticks a second in `/proc`: 100 on every Linux that runs on (proc(5), `USER_HZ`).
const TICKS: f64 = 100.0;

/// The process's figures, under the names that Prometheus' own clients give them.
#[derive(Debug, Clone, Copy)]
pub struct ProcessFigures;

/// The fields of `/proc/self/stat` and `/proc/self/status` that count.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Process {
    cpu_seconds: f64,
    start_seconds: f64,
    threads: f64,
    resident_bytes: f64,
    virtual_bytes: f64,
}

impl Process {
    fn read() -> Option<Self> {
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let booted = fs::read_to_string("/proc/stat").ok()?;
        Self::parse(&stat, &status, &booted)
    }

    fn parse(stat: &str, status: &str, system: &str) -> Option<Self> {
        // The second field is the program's name in parentheses, which may hold anything (proc_pid_stat(5)).
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |field: usize| fields.get(field - 3)?.parse::<f64>().ok();
        let booted =
            system.lines().find_map(|line| line.strip_prefix("btime "))?.trim().parse::<f64>().ok()?;
        let kilobytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse::<f64>().ok().map(|kilobytes| kilobytes * 1024.0)
        };
        Some(Self {
            cpu_seconds: (ticks(14)? + ticks(15)?) / TICKS,
            start_seconds: booted + ticks(22)? / TICKS,
            threads: ticks(20)?,
            resident_bytes: kilobytes("VmRSS:")?,
            virtual_bytes: kilobytes("VmSize:")?,
        })
    }
}

impl Collector for ProcessFigures {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let Some(process) = Process::read() else { return Ok(()) };
        let help = "CPU time of the process, in user and system mode.";
        encoder
            .encode_descriptor("process_cpu_seconds", help, None, MetricType::Counter)?
            .encode_counter::<NoLabelSet, _, f64>(&process.cpu_seconds, None)?;
        let mut gauges = vec![
            ("process_start_time_seconds", "When the process began, in Unix time.", process.start_seconds),
            (
                "process_resident_memory_bytes",
                "Memory of the process that is in RAM.",
                process.resident_bytes,
            ),
            ("process_virtual_memory_bytes", "Address space of the process.", process.virtual_bytes),
            ("process_threads", "Threads of the process.", process.threads),
        ];
        if let Ok(open) = fs::read_dir("/proc/self/fd") {
            // The folder itself is open while it is read.
            let open = open.count().saturating_sub(1) as f64;
            gauges.push(("process_open_fds", "Open file descriptors.", open));
        }
        if let Some(most) = most_open() {
            gauges.push(("process_max_fds", "File descriptors that may be open.", most));
        }
        if let Ok(cores) = available_parallelism() {
            gauges.push(("process_cpu_available", "Cores that the process may use.", cores.get() as f64));
        }
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let tokio = runtime.metrics();
            let (alive, queued) = (tokio.num_alive_tasks() as f64, tokio.global_queue_depth() as f64);
            gauges.push(("tokio_alive_tasks", "Tasks that have not ended.", alive));
            gauges.push(("tokio_global_queue_depth", "Tasks that wait for a worker to take them.", queued));
        }
        for (name, help, value) in gauges {
            encoder.encode_descriptor(name, help, None, MetricType::Gauge)?.encode_gauge(&value)?;
        }
        Ok(())
    }
}

fn most_open() -> Option<f64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::Metrics;

    #[test]
    fn a_name_that_looks_like_fields_does_not_move_them() {
        let stat = "7 (a) R 9 (b)) S 1 7 7 0 -1 4194560 1 0 0 0 250 50 0 0 20 0 9 0 6000 1 1 1";
        let status = "Name:\ta\nVmSize:\t  2048 kB\nVmRSS:\t  1024 kB\n";
        let process = Process::parse(stat, status, "cpu 1\nbtime 1700000000\n").unwrap();
        let expected = Process {
            cpu_seconds: 3.0,
            start_seconds: 1_700_000_060.0,
            threads: 9.0,
            resident_bytes: 1_048_576.0,
            virtual_bytes: 2_097_152.0,
        };
        assert_eq!(process, expected);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_has_memory_files_and_a_past() {
        let metrics = Metrics::of_this_process();
        let text = metrics.text();
        let value = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name} ")));
            line.unwrap_or_else(|| panic!("{name} in {text}")).parse::<f64>().unwrap()
        };
        let now = chrono::Utc::now().timestamp() as f64;
        assert!(value("process_start_time_seconds") <= now + 1.0);
        assert!(value("process_resident_memory_bytes") > 1_000_000.0);
        assert!(value("process_open_fds") >= 3.0 && value("process_open_fds") < value("process_max_fds"));
        assert!(value("process_cpu_seconds_total") >= 0.0);
        assert!(text.contains(&format!("orderly_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"))));
    }
}
