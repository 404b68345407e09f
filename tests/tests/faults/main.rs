//! Faults: what happens to a shop when something breaks, runs out or misbehaves, with the real program in a process.
//!
//! `cargo test` runs them small; `cargo xtask faults` runs them at full size. They look at processes as Linux shows them.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]
#![cfg_attr(not(target_os = "linux"), allow(dead_code, unused_imports, reason = "not everything runs there"))]

mod buyers;
mod connections;
mod crashes;
mod database;
mod disk;
mod malformed;
mod replicas;
mod size;

use std::{path::Path, process::ExitCode};

use orderly_tests::{
    engines::{Engine, Home, on, on_each},
    process::{Process, Program},
    shop::{Caller, text},
};
use orderly_throwaway_postgres::run;
use serde_json::Value;

fn main() -> ExitCode {
    let mut trials = Vec::new();
    trials.extend(on_each("every_acknowledged_order_is_there_once_after_each_kill", crashes::killed));
    trials.extend(on_each("a_server_that_is_asked_to_end_answers_what_it_has_begun", crashes::asked_to_end));
    trials.push(on(
        Engine::Postgres,
        "without_its_database_a_shop_says_so_at_once_and_goes_on_when_it_is_back",
        database::killed_and_back,
    ));
    trials.push(on(
        Engine::Postgres,
        "a_statement_that_takes_too_long_is_answered_504_and_stopped",
        database::slow,
    ));
    trials.push(on(
        Engine::Postgres,
        "the_work_of_a_client_that_has_gone_is_stopped_and_its_connection_returned",
        database::client_gone,
    ));
    trials.extend(on_each(
        "servers_that_start_at_once_on_an_empty_database_all_serve",
        replicas::start_at_once,
    ));
    trials.extend(on_each("two_servers_make_one_order_of_one_key", replicas::one_key));
    trials.extend(on_each("two_servers_sell_what_there_is_and_no_more", replicas::one_stock_row));
    trials.push(on(
        Engine::Sqlite,
        "clients_that_stall_are_cut_off_and_others_served",
        connections::stalling,
    ));
    trials.push(on(Engine::Sqlite, "idle_connections_cost_little_and_still_work", connections::idle));
    #[cfg(target_os = "linux")]
    trials.push(on(
        Engine::Sqlite,
        "without_file_descriptors_a_server_waits_and_then_serves_again",
        connections::out_of_descriptors,
    ));
    #[cfg(target_os = "linux")]
    trials.push(on(Engine::Sqlite, "a_full_disk_is_said_plainly_and_nothing_is_damaged", disk::full));
    trials.extend(on_each("malformed_requests_do_no_harm", malformed::storm));
    run(trials)
}

/// The real program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_orderly-server-tested");

/// The real program, to be started on somebody's database.
fn program<'p>(folder: &'p Path, database_url: &str) -> Program<'p> {
    Program::new(PROGRAM, folder).set("database_url", database_url).set("limits.shutdown_notice_ms", 0)
}

/// The real program at home.
fn program_at(home: &Home) -> Program<'_> {
    program(home.folder(), &home.database_url())
}

/// Who calls a server: `admin` or `customer` of a demo shop, whose ready file said how.
fn caller(process: &Process, people: &Value, who: &str) -> Caller {
    Caller::new(process.base_url().to_owned()).bearer(text(&people[who], "access_token"))
}
