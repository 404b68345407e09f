//! The whole program: settings, logs, database, server, and the wait for the signal to stop.

use std::{error::Error, ffi::OsString, process::ExitCode};

use tokio::signal::unix::{SignalKind, signal};

use crate::{
    config::{self, Command, Config},
    demo::{self, Demo},
    http::listener::Drained,
    server,
    service::{KeyPolicy, Services},
    storage::Measured,
    telemetry::{self, Telemetry, logs},
};

/// What a program says by its exit code when it cannot be used like this.
const USAGE: u8 = 2;

/// Does what the command line says (its first argument is the program's name), until a signal ends it.
pub async fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let invocation = match config::invocation(arguments) {
        Ok(invocation) => invocation,
        Err(error) => error.exit(),
    };
    if invocation.command == Command::ConfigSchema {
        println!("{:#}", Config::schema().as_value());
        return ExitCode::SUCCESS;
    }
    let config = match config::load(&invocation, |name| std::env::var(name).ok()) {
        Ok(config) => config,
        Err(mistakes) => {
            eprintln!("{mistakes}");
            return ExitCode::from(USAGE);
        }
    };
    match serve(&config, invocation.command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("orderly-server: {}", telemetry::chain(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

async fn serve(config: &Config, command: Command) -> Result<(), Box<dyn Error + Send + Sync>> {
    let logs = logs::init(&config.log)?;
    let telemetry = Telemetry::of_this_process(&logs);
    let database = config.database();
    let store = Measured::new(server::open(&database)?, database.system(), &telemetry);
    let services = Services::open(store.clone(), KeyPolicy::default()).await?;
    let demo = match command {
        Command::Demo => Some(demo::seed(&services).await?),
        _ => None,
    };
    let mut terminate = signal(SignalKind::terminate())?;
    let running = server::start(config, store, &telemetry).await?;
    // Only now: a start that fails, on a port in use for instance, must not use up the password that is shown once.
    if let Some(first) = services.ensure_administrator().await? {
        println!("First administrator: {} with the password {}", first.email.as_str(), first.password);
        println!("This password is shown once: change it.");
    }
    let ready = running.ready(&database, demo.as_ref());
    println!("API            {}", ready.base_url);
    println!("Documentation  {}", ready.docs_url);
    println!("Database       {}", ready.database);
    demo.iter().for_each(print_credentials);
    if let Some(file) = &config.ready_file {
        ready.write(file)?;
    }
    tokio::select! {
        _ = terminate.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    match running.stop().await {
        Drained::Complete => tracing::info!("stopped"),
        Drained::CutOff(connections) => tracing::warn!(connections, "stopped with requests in flight"),
    }
    Ok(())
}

fn print_credentials(demo: &Demo) {
    for (role, login) in [("Administrator", &demo.admin), ("Customer", &demo.customer)] {
        println!("\n{role}\n  email     {}\n  password  {}", login.email, login.password);
        println!("  export TOKEN={}", login.access_token);
    }
}
