//! How a value is chosen where many would do: the plainest, or any.

use fastrand::Rng;

/// A way to choose.
pub(super) enum Choice<'r> {
    /// The first, which is the plainest.
    First,
    /// Any.
    Any(&'r mut Rng),
}

impl Choice<'_> {
    /// A number below `end`, which is not 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        match self {
            Self::First => 0,
            Self::Any(rng) => rng.usize(..end.max(1)),
        }
    }

    /// Whether to do what is done `times` times out of 100; never, if the first is chosen.
    pub(super) fn percent(&mut self, times: u8) -> bool {
        match self {
            Self::First => false,
            Self::Any(rng) => rng.u8(..100) < times,
        }
    }
}
