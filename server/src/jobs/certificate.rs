//! Reads the TLS certificate again when its files have changed.

use std::{sync::Arc, time::Duration};

use super::Job;
use crate::http::tls::Tls;

/// The job. A new certificate that cannot be used leaves the present one in place, and the job has failed.
pub fn certificate(tls: Arc<Tls>, every: Duration) -> Job {
    Job::new("certificate", every, move || {
        let tls = tls.clone();
        async move {
            // Two small files.
            if tokio::task::spawn_blocking(move || tls.reload_if_changed()).await?? {
                tracing::info!("the certificate was read again");
            }
            Ok(())
        }
    })
}
