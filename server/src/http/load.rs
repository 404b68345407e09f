//! How many requests are worked on at once, and which of them may still begin when there are many.

use std::sync::{
    Arc,
    atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
};

use poem::{Request, http::Method};

use crate::{config::Limits, ops};

/// What completes a purchase: places are kept for it when everything else is refused already.
const PURCHASES: [(Method, &str); 1] = [(Method::POST, "/v1/orders")];

/// The requests that are worked on now.
#[derive(Debug)]
pub struct Load {
    max: usize,
    reserved: usize,
    in_use: AtomicUsize,
    shed: AtomicU64,
}

/// The figures of a [`Load`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoadFigures {
    /// So many requests may be worked on at once.
    pub max: usize,
    /// So many of them are kept for what completes a purchase.
    pub reserved: usize,
    /// So many are worked on.
    pub in_use: usize,
    /// So many were refused since the start.
    pub shed: u64,
}

/// How important a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Importance {
    /// It asks how the server is: a busy one is not to be taken for a dead one.
    Probe,
    /// It completes a purchase.
    Purchase,
    /// Anything else.
    Usual,
}

impl Importance {
    pub(super) fn of(request: &Request) -> Self {
        let path = request.uri().path();
        if PURCHASES.iter().any(|(method, purchase)| *purchase == path && method == request.method()) {
            Self::Purchase
        } else if ops::OPERATIONS.iter().any(|(_, probe, _)| *probe == path) {
            Self::Probe
        } else {
            Self::Usual
        }
    }
}

impl Load {
    /// No request yet, within these limits.
    pub fn new(limits: &Limits) -> Arc<Self> {
        let (in_use, shed) = Default::default();
        Arc::new(Self { max: limits.max_requests, reserved: limits.reserved_requests, in_use, shed })
    }

    /// The figures of now.
    pub fn figures(&self) -> LoadFigures {
        let (in_use, shed) = (self.in_use.load(Relaxed), self.shed.load(Relaxed));
        LoadFigures { max: self.max, reserved: self.reserved, in_use, shed }
    }

    /// A place for a request, if there is one. A probe needs none.
    pub(super) fn enter(&self, importance: Importance) -> Option<Place<'_>> {
        let free_to = match importance {
            Importance::Probe => usize::MAX,
            Importance::Purchase => self.max,
            Importance::Usual => self.max.saturating_sub(self.reserved),
        };
        let before = self.in_use.fetch_add(1, Relaxed);
        let place = Place(self);
        if before < free_to {
            return Some(place);
        }
        self.shed.fetch_add(1, Relaxed);
        None
    }
}

/// A request that is worked on, until it is dropped.
#[derive(Debug)]
pub(super) struct Place<'l>(&'l Load);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.in_use.fetch_sub(1, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: Method, path: &str) -> Request {
        Request::builder().method(method).uri_str(path).finish()
    }

    #[test]
    fn purchases_are_operations_of_the_document() {
        for (method, path) in PURCHASES {
            let known =
                orderly_api::OPERATIONS.iter().any(|it| it.method == method.as_str() && it.path == path);
            assert!(known, "{method} {path}");
        }
    }

    #[test]
    fn a_request_is_as_important_as_what_it_does() {
        for (method, path, importance) in [
            (Method::POST, "/v1/orders", Importance::Purchase),
            (Method::POST, "/v1/orders?x", Importance::Purchase),
            (Method::GET, "/v1/orders", Importance::Usual),
            (Method::GET, "/readyz", Importance::Probe),
            (Method::GET, "/nowhere", Importance::Usual),
        ] {
            assert_eq!(Importance::of(&request(method, path)), importance, "{path}");
        }
    }

    #[test]
    fn the_last_places_are_for_purchases_and_probes_always_get_in() {
        let (in_use, shed) = Default::default();
        let load = Load { max: 3, reserved: 2, in_use, shed };
        let usual = load.enter(Importance::Usual);
        assert!(usual.is_some() && load.enter(Importance::Usual).is_none());
        let purchases = [load.enter(Importance::Purchase), load.enter(Importance::Purchase)];
        assert!(purchases.iter().all(Option::is_some) && load.enter(Importance::Purchase).is_none());
        let probe = load.enter(Importance::Probe);
        assert!(probe.is_some());
        assert_eq!(load.figures(), LoadFigures { max: 3, reserved: 2, in_use: 4, shed: 2 });
        drop((usual, purchases, probe));
        assert_eq!(load.figures().in_use, 0);
        assert!(load.enter(Importance::Usual).is_some());
    }
}
