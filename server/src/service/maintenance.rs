//! Maintenance: what has to be done from time to time, whether somebody asks for it or not.

use std::time::Duration;

use orderly_domain::{Storage, Timestamp};

use super::{Result, Services};

/// How many expired rows of a kind go at once: few enough that a request hardly waits for it.
const BATCH: u32 = 500;

/// How long requests have the database for themselves between two batches.
const PAUSE: Duration = Duration::from_millis(50);

impl<S: Storage> Services<S> {
    /// Removes what has expired: refresh tokens, idempotency records, windows of rate limits. Says how much it was.
    ///
    /// # Errors
    /// If the database fails; what was removed before stays removed.
    pub async fn remove_expired(&self) -> Result<u64> {
        let mut removed = 0;
        loop {
            let batch = self.store.remove_expired(Timestamp::now(), BATCH).await?;
            removed += batch;
            // Were there more of a kind than fit, then the batch has at least that many.
            if batch < u64::from(BATCH) {
                return Ok(removed);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}
