//! The overview of an account: its parts are asked for at the same time, and the first failure stops them all.

use orderly_domain::{
    Storage,
    account::Account,
    api_key::Scope,
    note::{Note, NoteFilter},
    order::{Order, OrderFilter},
};

use super::{Principal, Result, Services};

/// How many orders and notes an overview shows.
const LATEST: u32 = 5;

/// An account at a glance.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The account.
    pub profile: Account,
    /// Its latest orders, newest first.
    pub latest_orders: Vec<Order>,
    /// Its latest notes, newest first.
    pub latest_notes: Vec<Note>,
}

impl<S: Storage> Services<S> {
    /// The principal's account with its latest orders and notes.
    ///
    /// # Errors
    /// `Forbidden`, `Unauthenticated` if the account was deleted.
    pub async fn overview(&self, principal: &Principal) -> Result<Overview> {
        principal.require(Scope::OrdersRead)?;
        principal.require(Scope::NotesRead)?;
        let user_id = principal.account;
        let orders = OrderFilter { user_id: Some(user_id), limit: LATEST, ..OrderFilter::default() };
        let notes = NoteFilter { user_id, order_id: None, after: None, limit: LATEST };
        // Each on the heap: together, and moved into their join, they take more stack than a request should.
        let profile = Box::pin(self.me(principal));
        let latest_orders = Box::pin(async { Ok(self.store.orders(orders).await?) });
        let latest_notes = Box::pin(async { Ok(self.store.notes(notes).await?) });
        gather(profile, latest_orders, latest_notes).await
    }
}

/// Awaits the parts together. They live in this future: when one fails, or when nobody waits any more, none goes on.
async fn gather(
    profile: impl Future<Output = Result<Account>>,
    latest_orders: impl Future<Output = Result<Vec<Order>>>,
    latest_notes: impl Future<Output = Result<Vec<Note>>>,
) -> Result<Overview> {
    let (profile, latest_orders, latest_notes) = tokio::try_join!(profile, latest_orders, latest_notes)?;
    Ok(Overview { profile, latest_orders, latest_notes })
}

#[cfg(test)]
mod tests {
    use std::{
        future::pending,
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
    };

    use orderly_domain::{Timestamp, account::Role, id::UserId};
    use tokio::sync::Barrier;

    use super::*;
    use crate::service::ServiceError;

    /// Counts how many parts have begun and how many are still alive.
    #[derive(Clone, Default)]
    struct Parts {
        begun: Arc<AtomicUsize>,
        alive: Arc<()>,
    }

    impl Parts {
        async fn never<T>(self) -> Result<T> {
            self.begun.fetch_add(1, Ordering::Relaxed);
            pending().await
        }

        fn alive(&self) -> usize {
            Arc::strong_count(&self.alive) - 1
        }
    }

    #[tokio::test]
    async fn the_first_failure_stops_the_parts_that_have_begun() {
        let parts = Parts::default();
        let failing = async {
            // By then the other two have been polled and wait.
            while parts.begun.load(Ordering::Relaxed) < 2 {
                tokio::task::yield_now().await;
            }
            assert_eq!(parts.alive(), 2);
            Err(ServiceError::Unauthenticated)
        };
        let outcome = gather(failing, parts.clone().never(), parts.clone().never()).await;
        assert!(matches!(outcome, Err(ServiceError::Unauthenticated)));
        assert_eq!(parts.alive(), 0);
    }

    #[tokio::test]
    async fn nobody_waiting_any_more_stops_all_parts() {
        let parts = Parts::default();
        let overview = gather(parts.clone().never(), parts.clone().never(), parts.clone().never());
        let mut overview = Box::pin(overview);
        assert!(futures_util::poll!(&mut overview).is_pending());
        assert_eq!((parts.begun.load(Ordering::Relaxed), parts.alive()), (3, 3));
        drop(overview);
        assert_eq!(parts.alive(), 0);
    }

    #[tokio::test]
    async fn the_parts_are_asked_for_at_the_same_time() {
        // One after the other, none would ever get past the barrier.
        let barrier = Barrier::new(3);
        let now = Timestamp::now();
        let account = Account {
            id: UserId::new(),
            email: "ada@example.com".into(),
            name: "Ada".into(),
            phone: None,
            role: Role::Customer,
            created_at: now,
            updated_at: now,
        };
        let overview = gather(
            async {
                barrier.wait().await;
                Ok(account.clone())
            },
            async {
                barrier.wait().await;
                Ok(vec![])
            },
            async {
                barrier.wait().await;
                Ok(vec![])
            },
        );
        assert_eq!(overview.await.unwrap().profile, account);
    }
}
