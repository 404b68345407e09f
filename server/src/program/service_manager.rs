//! Tells systemd how the service is (sd_notify(3)), when systemd wants to know; otherwise nothing is done.

use std::time::Duration;

use sd_notify::NotifyState;
use tokio::task::JoinHandle;

/// The service manager is told that the server is alive, until this is dropped.
#[derive(Debug)]
pub(super) struct Watchdog(Option<JoinHandle<()>>);

/// The server serves.
pub(super) fn ready() -> Watchdog {
    tell(NotifyState::Ready);
    Watchdog(sd_notify::watchdog_enabled().map(|patience| tokio::spawn(tell_alive(patience / 2))))
}

/// The server is about to end.
pub(super) fn stopping() {
    tell(NotifyState::Stopping);
}

/// As long as the runtime gets round to it, requests are being worked on, too.
async fn tell_alive(every: Duration) {
    let mut ticks = tokio::time::interval(every);
    loop {
        ticks.tick().await;
        tell(NotifyState::Watchdog);
    }
}

fn tell(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "the service manager cannot be told");
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}
