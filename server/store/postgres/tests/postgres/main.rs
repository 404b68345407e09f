//! What only PostgreSQL has: statements to cancel, connections to lose, replicas of the database and several servers on
//! one.

#![allow(clippy::unwrap_used, reason = "these are tests: what is unexpected fails them")]

mod cancelled;
mod connections;
mod documents;
mod plans;
mod replica;
mod servers;
mod shop;

use std::process::ExitCode;

use orderly_throwaway_postgres::{run, trial};

/// A trial for each sentence.
macro_rules! trials {
    ($($subject:ident: $($sentence:ident),+;)+) => {
        vec![$($(trial(concat!(stringify!($subject), "::", stringify!($sentence)), $subject::$sentence)),+),+]
    };
}

fn main() -> ExitCode {
    run(trials! {
        cancelled:
            a_call_that_nobody_waits_for_is_stopped_and_its_connection_comes_back,
            a_call_past_its_deadline_is_stopped_and_has_changed_nothing,
            a_deadline_holds_for_the_wait_for_a_connection_too,
            a_transaction_that_nobody_waits_for_is_rolled_back,
            a_statement_ends_at_its_limit_without_anybody_to_cancel_it;
        connections:
            a_full_pool_says_so_in_time,
            connections_that_the_server_ended_are_replaced,
            a_killed_server_is_unavailable_at_once_and_used_again_when_it_is_back,
            so_many_connections_are_kept_and_unused_ones_are_closed,
            an_address_where_nobody_listens_is_an_error_that_says_so;
        servers:
            servers_that_start_at_once_on_an_empty_database_all_start,
            of_two_servers_with_one_key_one_does_it,
            two_servers_sell_the_last_units_once,
            a_deadlock_is_tried_again,
            a_session_that_ends_while_its_tokens_are_exchanged_has_ended,
            nothing_that_was_stored_meanwhile_is_left_of_a_deleted_account;
        replica:
            lists_are_read_from_the_replica_and_single_things_are_not,
            while_the_replica_is_away_the_database_is_read;
        documents:
            events_and_answers_are_what_the_domain_writes,
            a_text_that_postgresql_cannot_hold_is_found_nowhere,
            moments_at_the_ends_of_time_are_taken;
        plans:
            every_statement_walks_an_index;
    })
}
