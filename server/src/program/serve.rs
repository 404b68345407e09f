//! Serving, until a signal ends it.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{Undone, key_policy, print, service_manager};
use crate::{
    config::Config,
    demo::{self, Demo},
    http::listener::Drained,
    server::{self, Running},
    service::Services,
    storage::Store,
    telemetry::{Telemetry, logs},
};

/// Serves the configured database.
pub(super) async fn serve(config: &Config) -> Result<(), Undone> {
    run(config, false).await
}

/// Serves a small shop with people in it, whose credentials are printed.
pub(super) async fn demo(config: &Config) -> Result<(), Undone> {
    run(config, true).await
}

async fn run(config: &Config, as_demo: bool) -> Result<(), Undone> {
    let logs = logs::init(&config.log).map_err(|error| Undone::System(error.into()))?;
    let telemetry = Telemetry::of_this_process(&logs)
        .with_traces(&config.traces)
        .map_err(|error| Undone::System(error.into()))?;
    let mut ends = Ends::new().map_err(|error| Undone::System(error.into()))?;
    let database = config.database();
    let store = Store::open(config).await?.measured(&telemetry);
    let services = Services::open(store, key_policy(&config.keys)).await?;
    let running = server::start(config, services.clone(), &telemetry).await?;

    // Only now: a start that fails, on a port in use for instance, must not use up passwords that are shown once.
    let demo = if as_demo { Some(demo::seed(&services).await?) } else { None };
    if let Some(first) = services.ensure_administrator().await? {
        print(format_args!(
            "First administrator: {} with the password {}",
            first.email.as_str(),
            first.password
        ))?;
        print("This password is shown once: change it.")?;
    }
    let ready = running.ready(&database, demo.as_ref());
    print(format_args!("API            {}", ready.base_url))?;
    print(format_args!("Documentation  {}", ready.docs_url))?;
    ready.operations_url.iter().try_for_each(|url| print(format_args!("Operations     {url}")))?;
    print(format_args!("Database       {}", ready.database))?;
    demo.iter().try_for_each(print_credentials)?;
    if let Some(file) = &config.ready_file {
        ready.write(file)?;
    }
    let watchdog = service_manager::ready();
    ends.wait().await;
    drop(watchdog);
    service_manager::stopping();
    stop(running, &mut ends).await;
    telemetry.stop().await;
    Ok(())
}

/// Stops in good order, and at once when a second signal says so.
async fn stop(running: Running, ends: &mut Ends) {
    tokio::select! {
        drained = running.stop() => match drained {
            Drained::Complete => tracing::info!("stopped"),
            Drained::CutOff(connections) => tracing::warn!(connections, "stopped with requests in flight"),
        },
        () = ends.wait() => tracing::warn!("stopped at once by a second signal"),
    }
}

/// The signals that end a server.
struct Ends {
    terminate: Signal,
    interrupt: Signal,
}

impl Ends {
    fn new() -> io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for the next one.
    async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

fn print_credentials(demo: &Demo) -> Result<(), Undone> {
    for (role, login) in [("Administrator", &demo.admin), ("Customer", &demo.customer)] {
        print(format_args!("\n{role}\n  email     {}\n  password  {}", login.email, login.password))?;
        print(format_args!("  export TOKEN={}", login.access_token))?;
    }
    Ok(())
}
