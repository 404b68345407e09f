//! The figures as text.

use std::time::Duration;

use super::idle::Idle;
use super::load::Span;

/// The head of the table of cases.
pub(super) const HEAD: &str =
    "case            answers/s     p50 µs     p99 µs   CPU µs   lowest   db CPU µs   RSS MiB";

/// A case in a line: medians over the spans, and the lowest CPU of any. Other programs only add to a span's CPU
/// (caches, interrupts), so on a busy machine the lowest tells more.
pub(super) fn case(name: &str, spans: &[Span], resident: u64) -> String {
    let of = |figure: &dyn Fn(&Span) -> f64| spans.iter().map(figure).collect::<Vec<_>>();
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    let cpu = of(&|span| span.each(span.cpu.server));
    format!(
        "{name:14} {:>10.0} {:>10.0} {:>10.0} {:>8.1} {:>8.1} {:>11.1} {:>9.1}",
        median(of(&Span::rate)),
        median(of(&|span| micros(span.quantile(0.5)))),
        median(of(&|span| micros(span.quantile(0.99)))),
        median(cpu.clone()),
        cpu.iter().copied().fold(f64::INFINITY, f64::min),
        median(of(&|span| span.each(span.cpu.database))),
        mebibytes(resident),
    )
}

/// Memory by open connections, a line each.
pub(super) fn idle(measured: &[Idle]) -> String {
    let none = measured.first().map_or(0, |first| first.resident);
    let line = |idle: &Idle| {
        let each = idle.resident.saturating_sub(none) as f64 / 1024.0 / idle.connections.max(1) as f64;
        let resident = mebibytes(idle.resident);
        format!("idle connections {:>6}: {resident:.1} MiB, {each:.1} KiB each\n", idle.connections)
    };
    measured.iter().map(line).collect()
}

pub(super) fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0 / 1024.0
}

/// The middle one; of an even number the upper.
pub(super) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::bench::load::Cpu;

    #[test]
    fn a_case_shows_medians_and_the_lowest_cpu() {
        let span = |answers: u64, cpu: u64| Span {
            lasted: Duration::from_secs(1),
            cpu: Cpu { server: Duration::from_micros(cpu * answers), database: Duration::ZERO },
            latencies: (1..=answers).map(Duration::from_micros).collect(),
        };
        let line = case("product-get", &[span(100, 30), span(300, 20), span(200, 25)], 3 << 20);
        let figures: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(figures, ["product-get", "200", "101", "198", "25.0", "20.0", "0.0", "3.0"]);
    }

    #[test]
    fn memory_is_told_for_each_connection() {
        let idle_at = |connections, mib: u64| Idle { connections, resident: mib << 20 };
        let text = idle(&[idle_at(0, 10), idle_at(1024, 30)]);
        let lines = ["     0: 10.0 MiB, 0.0 KiB each", "  1024: 30.0 MiB, 20.0 KiB each"];
        assert_eq!(text.lines().count(), 2);
        assert!(text.lines().zip(lines).all(|(line, end)| line.ends_with(end)), "{text}");
    }
}
