//! How often each subject has come in its current minute: sharded, of bounded size, one short lock a request.

use std::{collections::HashMap, mem, sync::Mutex};

/// The length of every window, in milliseconds.
pub(super) const WINDOW: u64 = 60_000;

const SHARDS: usize = 16;

/// How many subjects a generation of one shard holds; memory is bounded by two of them in each shard.
const GENERATION: usize = 4096;

/// Who is counted: an account, an address or what stands for one.
pub(super) type Subject = u128;

/// One minute of one subject. The minutes of different subjects begin at different moments, so that not everybody who
/// was refused comes back at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// Its beginning, in milliseconds since 1970.
    pub(super) begins: u64,
}

impl Window {
    /// The window that `now` lies in. It is the same in every process.
    pub(super) fn of(subject: Subject, now: u64) -> Self {
        let phase = mix(subject) % WINDOW;
        Self { begins: (now.saturating_sub(phase) / WINDOW) * WINDOW + phase }
    }

    /// Its end, in milliseconds since 1970.
    pub(super) fn ends(self) -> u64 {
        self.begins + WINDOW
    }

    /// Whole seconds until its end, at least one.
    pub(super) fn seconds_left(self, now: u64) -> u32 {
        u32::try_from(self.ends().saturating_sub(now).div_ceil(1000).max(1)).unwrap_or(u32::MAX)
    }
}

/// What is known of a subject in one window.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count {
    pub(super) window: Window,
    /// Requests that were let through here.
    pub(super) used: u32,
    /// So many may be let through here without asking anybody.
    pub(super) credit: u32,
    /// So many of them the store knows of.
    pub(super) reported: u32,
    /// Requests that were let through elsewhere, as far as is known.
    pub(super) elsewhere: u32,
    /// Whether the credit is all that there will be.
    pub(super) is_final: bool,
}

/// The counts of all subjects. Whoever is not seen while a whole generation fills up is forgotten.
#[derive(Debug)]
pub(super) struct Counters {
    shards: [Mutex<Generations>; SHARDS],
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<Subject, Count>,
    old: HashMap<Subject, Count>,
}

impl Counters {
    pub(super) fn new() -> Self {
        Self { shards: std::array::from_fn(|_| Mutex::default()) }
    }

    /// Which of [`SHARDS`] parts a subject belongs to.
    pub(super) fn shard(subject: Subject) -> usize {
        (mix(subject) >> 32) as usize % SHARDS
    }

    /// Looks at and changes the count of a subject in the window of `now`; a new window begins with `first`.
    pub(super) fn with<R>(
        &self,
        subject: Subject,
        now: u64,
        first: impl FnOnce(Window) -> Count,
        change: impl FnOnce(&mut Count) -> R,
    ) -> R {
        let window = Window::of(subject, now);
        let mut shard = self.shards[Self::shard(subject)].lock().expect("no panic while locked");
        let generations = &mut *shard;
        if let Some(count) = generations.young.get_mut(&subject) {
            // A clock that is set back does not begin a window again.
            if count.window.begins < window.begins {
                *count = first(window);
            }
            return change(count);
        }
        let known = generations.old.remove(&subject).filter(|count| count.window.begins >= window.begins);
        let mut count = known.unwrap_or_else(|| first(window));
        let result = change(&mut count);
        if generations.young.len() >= GENERATION {
            generations.old = mem::take(&mut generations.young);
        }
        generations.young.insert(subject, count);
        result
    }
}

/// Spreads a subject over 64 bits, the same in every process (splitmix64's last steps).
fn mix(subject: Subject) -> u64 {
    let mut bits = (subject ^ (subject >> 64)) as u64;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn first(window: Window) -> Count {
        Count { window, used: 0, credit: 5, reported: 0, elsewhere: 0, is_final: true }
    }

    fn used(counters: &Counters, subject: Subject, now: u64) -> u32 {
        counters.with(subject, now, first, |count| {
            count.used += 1;
            count.used
        })
    }

    #[test]
    fn a_window_counts_for_a_minute_and_each_subject_by_itself() {
        let counters = Counters::new();
        let now = Window::of(7, 10_000_000).begins;
        assert_eq!([used(&counters, 7, now), used(&counters, 7, now + WINDOW - 1)], [1, 2]);
        assert_eq!(used(&counters, 8, now), 1);
        assert_eq!(used(&counters, 7, now + WINDOW), 1);
        assert_eq!(used(&counters, 7, now), 2, "a clock that is set back forgives nothing");
    }

    #[test]
    fn memory_is_bounded_and_whoever_keeps_coming_is_not_forgotten() {
        let counters = Counters::new();
        for stranger in 0..200_000 {
            used(&counters, 1_000_000 + stranger, 0);
            if stranger % 1000 == 0 {
                used(&counters, 1, 0);
            }
        }
        assert_eq!(used(&counters, 1, 0), 201);
        let held = counters.shards.iter().map(|shard| {
            let shard = shard.lock().unwrap();
            shard.young.len() + shard.old.len()
        });
        assert!(held.sum::<usize>() <= 2 * SHARDS * GENERATION);
    }

    proptest! {
        #[test]
        fn every_moment_lies_in_its_window(subject: Subject, now in WINDOW..1 << 50) {
            let window = Window::of(subject, now);
            prop_assert!(window.begins <= now && now < window.ends());
            prop_assert!((1..=60).contains(&window.seconds_left(now)));
            prop_assert_eq!(Window::of(subject, window.ends()).begins, window.ends());
        }
    }
}
