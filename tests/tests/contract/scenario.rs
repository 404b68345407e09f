//! What a scenario is: a sentence, and what somebody does in a shop of their own.

use std::{future::Future, pin::Pin};

use orderly_tests::shop::Shop;

/// What happens in a scenario; it panics when something is not as it should be.
pub(crate) type Run = for<'s> fn(&'s Shop) -> Pin<Box<dyn Future<Output = ()> + 's>>;

/// A scenario.
#[derive(Clone, Copy)]
pub(crate) struct Scenario {
    /// The sentence, in `snake_case`.
    pub(crate) name: &'static str,
    /// What happens.
    pub(crate) run: Run,
}

/// The scenarios of a file, from the names of its functions.
macro_rules! scenarios {
    ($($name:ident,)+) => {
        &[$(crate::scenario::Scenario { name: stringify!($name), run: |shop| Box::pin($name(shop)) }),+]
    };
}
pub(crate) use scenarios;
