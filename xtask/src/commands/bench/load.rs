//! Drives a server over some connections at once, each asking its next request when the last is answered.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::http::Connection;

/// Time until caches, connections and prepared statements are there.
const WARM_UP: Duration = Duration::from_millis(500);

/// How a case is driven.
#[derive(Debug, Clone, Copy)]
pub(super) struct Load {
    pub(super) address: SocketAddr,
    pub(super) connections: usize,
    pub(super) spans: u32,
    pub(super) span: Duration,
}

/// CPU time used so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cpu {
    pub(super) server: Duration,
    pub(super) database: Duration,
}

/// What happened in one span of time.
#[derive(Debug)]
pub(super) struct Span {
    pub(super) lasted: Duration,
    pub(super) cpu: Cpu,
    /// The time of each answer, shortest first.
    pub(super) latencies: Vec<Duration>,
}

/// Why a case could not be measured.
#[derive(Debug, thiserror::Error)]
pub(super) enum LoadError {
    #[error("the connection failed")]
    Connection(#[from] io::Error),
    #[error("an answer had the status {status} instead of {expected}: {body}")]
    Status { status: u16, expected: u16, body: String },
}

/// One answer: when it came and how long it took.
struct Sample {
    at: Instant,
    took: Duration,
}

impl Load {
    /// Measures. `requests` gives a connection's requests, which it writes into the buffer one by one.
    pub(super) fn run<R: FnMut(&mut Vec<u8>)>(
        self,
        expected: u16,
        requests: impl Fn(usize) -> R + Sync,
        cpu: impl Fn() -> io::Result<Cpu>,
    ) -> Result<Vec<Span>, LoadError> {
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            let drivers: Vec<_> = (0..self.connections)
                .map(|index| {
                    let (stop, requests) = (&stop, &requests);
                    scope.spawn(move || {
                        let driven = drive(self.address, expected, requests(index), stop);
                        // Who fails ends the measurement for all.
                        stop.store(driven.is_err() || stop.load(Ordering::Relaxed), Ordering::Relaxed);
                        driven
                    })
                })
                .collect();
            let borders = self.borders(&stop, cpu);
            stop.store(true, Ordering::Relaxed);
            let mut samples = Vec::new();
            for driver in drivers {
                samples.extend(driver.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            }
            Ok(spans(&borders?, samples))
        })
    }

    /// The time and the CPU used at the border of each span.
    fn borders(
        self,
        stop: &AtomicBool,
        cpu: impl Fn() -> io::Result<Cpu>,
    ) -> io::Result<Vec<(Instant, Cpu)>> {
        thread::sleep(WARM_UP);
        let mut borders = vec![(Instant::now(), cpu()?)];
        while borders.len() <= self.spans as usize && !stop.load(Ordering::Relaxed) {
            thread::sleep(self.span);
            borders.push((Instant::now(), cpu()?));
        }
        Ok(borders)
    }
}

fn drive(
    address: SocketAddr,
    expected: u16,
    mut next: impl FnMut(&mut Vec<u8>),
    stop: &AtomicBool,
) -> Result<Vec<Sample>, LoadError> {
    let mut connection = Connection::open(address)?;
    let (mut request, mut samples) = (Vec::new(), Vec::new());
    while !stop.load(Ordering::Relaxed) {
        request.clear();
        next(&mut request);
        let asked = Instant::now();
        let answer = connection.ask(&request)?;
        if answer.status != expected {
            let body = String::from_utf8_lossy(answer.body).into_owned();
            return Err(LoadError::Status { status: answer.status, expected, body });
        }
        let at = Instant::now();
        samples.push(Sample { at, took: at - asked });
    }
    Ok(samples)
}

/// Sorts the answers into the spans between the borders; those outside are left out.
fn spans(borders: &[(Instant, Cpu)], samples: Vec<Sample>) -> Vec<Span> {
    let between = borders.windows(2).filter_map(|pair| Some((pair.first()?, pair.last()?)));
    let mut spans: Vec<_> = between
        .map(|((begin, before), (end, after))| {
            let cpu = Cpu {
                server: after.server.saturating_sub(before.server),
                database: after.database.saturating_sub(before.database),
            };
            (*end, Span { lasted: *end - *begin, cpu, latencies: Vec::new() })
        })
        .collect();
    let begin = borders.first().map(|(at, _)| *at);
    for sample in samples.into_iter().filter(|sample| begin.is_some_and(|begin| sample.at >= begin)) {
        if let Some((_, span)) = spans.iter_mut().find(|(end, _)| sample.at < *end) {
            span.latencies.push(sample.took);
        }
    }
    let sorted = |(_, mut span): (Instant, Span)| {
        span.latencies.sort_unstable();
        span
    };
    spans.into_iter().map(sorted).collect()
}

impl Span {
    /// Answers in a second.
    pub(super) fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.lasted.as_secs_f64()
    }

    /// The time within which this share of the answers came.
    pub(super) fn quantile(&self, share: f64) -> Duration {
        let last = self.latencies.len().saturating_sub(1);
        let at = (share * last as f64).round() as usize;
        self.latencies.get(at).copied().unwrap_or_default()
    }

    /// Microseconds for each answer.
    pub(super) fn each(&self, used: Duration) -> f64 {
        used.as_secs_f64() * 1e6 / self.latencies.len().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_count_in_the_span_in_which_they_came() {
        let begin = Instant::now();
        let second = |n: u64| begin + Duration::from_secs(n);
        let cpu = |n: u64| Cpu { server: Duration::from_secs(n), database: Duration::ZERO };
        let borders = [(second(1), cpu(0)), (second(2), cpu(1)), (second(3), cpu(3))];
        let sample = |millis: u64| Sample {
            at: begin + Duration::from_millis(millis),
            took: Duration::from_millis(millis / 100),
        };
        let spans = spans(&borders, [3500, 2500, 2600, 1200, 100].map(sample).into());
        let counts: Vec<_> = spans.iter().map(|span| span.latencies.len()).collect();
        assert_eq!(counts, [1, 2]);
        assert_eq!((spans[1].quantile(0.5), spans[1].quantile(0.0)), (sample(2600).took, sample(2500).took));
        assert!((spans[1].each(spans[1].cpu.server) - 1e6).abs() < 1e-3);
        assert!((spans[1].rate() - 2.0).abs() < 1e-9);
    }

    #[test]
    fn another_status_ends_the_measurement_and_is_told() {
        use std::io::{Read, Write};
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut scrap = [0; 1024];
            assert!(stream.read(&mut scrap).unwrap() > 0);
            stream.write_all(b"HTTP/1.1 429 Too Many\r\ncontent-length: 4\r\n\r\nslow").unwrap();
        });
        let load = Load { address, connections: 1, spans: 9, span: Duration::from_millis(1) };
        let get =
            |_| |request: &mut Vec<u8>| request.extend(super::super::http::request("GET", "/", &[], ""));
        let error = load.run(200, get, || Ok(Cpu::default())).unwrap_err();
        assert_eq!(error.to_string(), "an answer had the status 429 instead of 200: slow");
        server.join().unwrap();
    }
}
