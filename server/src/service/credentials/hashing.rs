//! The threads, the memory and the waiting room of password hashing: few work at once, some wait, the rest is refused.

use std::{
    sync::{Arc, Mutex},
    thread::available_parallelism,
};

use argon2::Block;
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::service::{Result, ServiceError};

/// How many wait for each core that hashes. With 20 ms a hash that is less than a second; a longer wait is no service,
/// and who repeats it makes it longer.
const WAITING_PER_CORE: usize = 32;

/// How busy password hashing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashingFigures {
    /// Passwords that are being hashed.
    pub running: usize,
    /// Passwords that wait for their turn.
    pub waiting: usize,
    /// How many of both there may be.
    pub limit: usize,
}

/// Runs hashes, each with memory that was used before: fresh memory costs page faults, and a hash has 19 MiB.
#[derive(Clone)]
pub(super) struct Hashing(Arc<Inner>);

struct Inner {
    /// A hash takes a core: as many at once as there are.
    slots: Arc<Semaphore>,
    cores: usize,
    /// Running and waiting.
    places: Arc<Semaphore>,
    limit: usize,
    /// What nobody works with now; never more than there are slots.
    memory: Mutex<Vec<Vec<Block>>>,
}

impl Hashing {
    /// With as many slots as there are cores.
    pub(super) fn new() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self::with(cores, cores * (1 + WAITING_PER_CORE))
    }

    fn with(cores: usize, limit: usize) -> Self {
        Self(Arc::new(Inner {
            slots: Arc::new(Semaphore::new(cores)),
            cores,
            places: Arc::new(Semaphore::new(limit)),
            limit,
            memory: Mutex::default(),
        }))
    }

    /// Does `work` when it is its turn.
    ///
    /// # Errors
    /// `Overloaded` at once if too many wait already.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Vec<Block>) -> T + Send + 'static,
    ) -> Result<T> {
        let place = self.0.places.clone().try_acquire_owned().map_err(|_| ServiceError::Overloaded)?;
        let slot = self.0.slots.clone().acquire_owned().await.expect("the semaphore is never closed");
        let hashing = self.0.clone();
        spawn_blocking(move || {
            let used = hashing.memory.lock().expect("no panic while locked").pop();
            let mut memory = used.unwrap_or_default();
            let done = work(&mut memory);
            hashing.memory.lock().expect("no panic while locked").push(memory);
            // They go along: work that has begun runs to its end even if nobody waits for it any more.
            drop((slot, place));
            done
        })
        .await
        .map_err(ServiceError::internal("password hashing broke off"))
    }

    /// How busy it is.
    pub(super) fn figures(&self) -> HashingFigures {
        let running = self.0.cores - self.0.slots.available_permits();
        let both = self.0.limit - self.0.places.available_permits();
        HashingFigures { running, waiting: both.saturating_sub(running), limit: self.0.limit }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn what_finds_no_place_is_refused_at_once() {
        let hashing = Hashing::with(1, 2);
        let (go, gate) = mpsc::channel::<()>();
        let running = tokio::spawn({
            let hashing = hashing.clone();
            async move { hashing.run(move |_| gate.recv()).await }
        });
        let waiting = tokio::spawn({
            let hashing = hashing.clone();
            async move { hashing.run(|_| ()).await }
        });
        while hashing.figures() != (HashingFigures { running: 1, waiting: 1, limit: 2 }) {
            tokio::task::yield_now().await;
        }
        assert!(matches!(hashing.run(|_| ()).await, Err(ServiceError::Overloaded)));

        go.send(()).unwrap();
        running.await.unwrap().unwrap().unwrap();
        waiting.await.unwrap().unwrap();
        assert_eq!(hashing.figures(), HashingFigures { running: 0, waiting: 0, limit: 2 });
        hashing.run(|_| ()).await.unwrap();
    }

    #[tokio::test]
    async fn who_gives_up_waiting_gives_the_place_back() {
        let hashing = Hashing::with(1, 2);
        let (go, gate) = mpsc::channel::<()>();
        let running = tokio::spawn({
            let hashing = hashing.clone();
            async move { hashing.run(move |_| gate.recv()).await }
        });
        while hashing.figures().running == 0 {
            tokio::task::yield_now().await;
        }
        for _ in 0..3 {
            let mut waiting = Box::pin(hashing.run(|_| ()));
            assert!(futures_util::poll!(&mut waiting).is_pending());
            assert_eq!(hashing.figures().waiting, 1);
        }
        go.send(()).unwrap();
        running.await.unwrap().unwrap().unwrap();
    }

    #[tokio::test]
    async fn memory_is_used_again() {
        let hashing = Hashing::with(1, 1);
        let begin = |memory: &mut Vec<Block>| {
            memory.resize(8, Block::new());
            memory.as_ptr().addr()
        };
        let first = hashing.run(begin).await.unwrap();
        assert_eq!(hashing.run(begin).await.unwrap(), first);
    }
}
