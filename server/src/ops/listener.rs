//! The operations listener: an address of its own, which clients of the API cannot reach.

use std::{net::SocketAddr, sync::Arc};

use tokio::{sync::oneshot, task::JoinHandle};

use super::{Readiness, app};
use crate::{
    config::{Config, Limits},
    http::listener::{Drained, Listener},
    telemetry::Metrics,
};

/// Whoever looks after a server needs few connections; whoever attacks it finds few here.
const CONNECTIONS: usize = 64;

/// The listener while it serves. Dropped, it stops.
#[derive(Debug)]
pub struct OperationsListener {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Drained>,
}

impl OperationsListener {
    /// Serves on a bound socket until [`OperationsListener::stop`].
    pub fn start(listener: Listener, config: &Config, readiness: Arc<Readiness>, metrics: Metrics) -> Self {
        let address = listener.address();
        let app = app(readiness, metrics, config.operations.profiling);
        let limits = Limits { max_connections: CONNECTIONS, drain_ms: 0, ..config.limits.clone() };
        let (stop, stopped) = oneshot::channel::<()>();
        let serving =
            tokio::spawn(
                async move { listener.serve(app, &limits, async move { drop(stopped.await) }).await },
            );
        Self { address, stop, serving }
    }

    /// The address that is listened on, with the port that was really taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops at once: nobody's request is lost by it.
    pub async fn stop(self) {
        // The other end is gone only when serving has ended already.
        let _ = self.stop.send(());
        let _ = self.serving.await;
    }
}
