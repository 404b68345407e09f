//! Our own accept loop around a poem endpoint: the connection cap, and a drain that ends. `poem::Server` has neither.

use std::{future::Future, io, net::SocketAddr, sync::Arc, time::Duration};

use poem::{Endpoint, Response};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
    task::JoinSet,
};

use super::{
    connection::{Connection, Rules},
    tls::Tls,
};
use crate::config::Limits;

/// Without file descriptors `accept` fails at once and again: a pause keeps the loop from spinning.
const PAUSE_AFTER_ACCEPT_ERROR: Duration = Duration::from_millis(50);

/// A bound socket that is ready to serve.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    address: SocketAddr,
    tls: Option<Arc<Tls>>,
}

/// How serving ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drained {
    /// Every request in flight was answered.
    Complete,
    /// The drain limit passed; this many connections were cut off.
    CutOff(usize),
}

impl Listener {
    /// Binds `address`; port 0 takes a free one.
    ///
    /// # Errors
    /// What the operating system says, for instance that the port is taken.
    pub async fn bind(address: SocketAddr) -> io::Result<Self> {
        let socket = TcpListener::bind(address).await?;
        let address = socket.local_addr()?;
        Ok(Self { socket, address, tls: None })
    }

    /// The same, speaking TLS if there is a certificate.
    #[must_use]
    pub fn secured(self, tls: Option<Arc<Tls>>) -> Self {
        Self { tls, ..self }
    }

    /// Whether it speaks TLS.
    pub fn is_secure(&self) -> bool {
        self.tls.is_some()
    }

    /// The address that is listened on, with the port that was really taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is ready; then takes no new connections and lets requests in flight finish within the
    /// drain limit.
    pub async fn serve<E>(self, endpoint: E, limits: &Limits, stop: impl Future<Output = ()>) -> Drained
    where
        E: Endpoint<Output = Response> + 'static,
    {
        let rules = Arc::new(Rules::new(endpoint, limits.clone(), self.tls));
        let slots = Arc::new(Semaphore::new(limits.max_connections));
        let (tell_stopping, stopping) = watch::channel(false);
        let mut connections = JoinSet::new();
        let mut stop = std::pin::pin!(stop);
        let mut is_failing = false;
        loop {
            while connections.try_join_next().is_some() {}
            let accept = async {
                let slot = slots.clone().acquire_owned().await.expect("the semaphore is never closed");
                (slot, self.socket.accept().await)
            };
            let (slot, accepted) = tokio::select! {
                biased;
                () = &mut stop => break,
                accepted = accept => accepted,
            };
            let (stream, peer) = match accepted {
                Ok(accepted) => accepted,
                // It was gone before it was taken: no fault of ours.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => continue,
                Err(error) => {
                    if !std::mem::replace(&mut is_failing, true) {
                        tracing::warn!(%error, "connections cannot be accepted; trying again until they can");
                    }
                    tokio::time::sleep(PAUSE_AFTER_ACCEPT_ERROR).await;
                    continue;
                }
            };
            if std::mem::take(&mut is_failing) {
                tracing::info!("connections are accepted again");
            }
            let connection =
                Connection { rules: rules.clone(), local: self.address, peer, stopping: stopping.clone() };
            connections.spawn(async move {
                connection.serve(stream).await;
                drop(slot);
            });
        }
        drop(self.socket);
        tell_stopping.send_replace(true);
        let all_ended = async { while connections.join_next().await.is_some() {} };
        if tokio::time::timeout(limits.drain(), all_ended).await.is_ok() {
            return Drained::Complete;
        }
        // Dropping the set ends what is left in it.
        Drained::CutOff(connections.len())
    }
}
