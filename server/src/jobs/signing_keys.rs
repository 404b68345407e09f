//! Follows the signing keys that all servers share, and gives them a successor when it is time.

use orderly_domain::Storage;

use super::Job;
use crate::service::Services;

/// The job.
pub fn signing_keys<S: Storage>(services: Services<S>) -> Job {
    Job::new("signing_keys", services.key_policy().check, move || {
        let services = services.clone();
        async move { Ok(services.check_keys().await?) }
    })
}
