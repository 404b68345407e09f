//! Removes what has expired, so that no request has to.

use std::time::Duration;

use orderly_domain::Storage;

use super::Job;
use crate::service::Services;

/// What expires lives for hours and days: a minute more does not matter.
const EVERY: Duration = Duration::from_secs(60);

/// The job.
pub fn clean_up<S: Storage>(services: Services<S>) -> Job {
    Job::new("clean_up", EVERY, move || {
        let services = services.clone();
        async move {
            let removed = services.remove_expired().await?;
            if removed > 0 {
                tracing::debug!(removed, "expired rows were removed");
            }
            Ok(())
        }
    })
}
