//! Which mistakes were logged lately: an operation that breaks the document does so with every answer.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use super::{Breach, Sample, contract::Kind, log};

/// The same mistake is logged this often at most; the metric counts each.
const PAUSE: Duration = Duration::from_secs(60);
/// So many mistakes are remembered. There are hardly as many different ones.
const REMEMBERED: usize = 1024;

/// The mistakes that were logged, and when.
#[derive(Debug, Default)]
pub(super) struct Told(HashMap<(&'static str, Kind, String), Instant>);

impl Told {
    /// Logs a mistake that was not logged lately.
    pub(super) fn tell(&mut self, sample: &Sample, breach: &Breach) {
        if self.is_due((sample.operation, breach.kind, breach.pointer.clone()), Instant::now()) {
            log(sample, breach);
        }
    }

    fn is_due(&mut self, mistake: (&'static str, Kind, String), now: Instant) -> bool {
        if self.0.len() >= REMEMBERED {
            self.0.retain(|_, last| now.duration_since(*last) < PAUSE);
        }
        match self.0.get(&mistake) {
            Some(last) if now.duration_since(*last) < PAUSE => false,
            _ if self.0.len() >= REMEMBERED => false,
            _ => {
                self.0.insert(mistake, now);
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_told_once_a_minute() {
        let (mut told, begun) = (Told::default(), Instant::now());
        let mut is_due = |pointer: &str, after: u64| {
            told.is_due(("get_order", Kind::Body, pointer.to_owned()), begun + Duration::from_secs(after))
        };
        assert!(is_due("/id", 0) && !is_due("/id", 59) && is_due("/total", 59) && is_due("/id", 60));
    }
}
