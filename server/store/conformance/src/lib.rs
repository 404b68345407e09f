//! What every storage engine has to do: one function per sentence, each with a database of its own.
//!
//! An engine's tests say `conformance!(fresh_store)`, where `fresh_store` is an async function of that module that gives
//! an empty store and whatever keeps it alive until the test ends. One that runs its tests itself says
//! `conformance!(fresh_store, trial)` and gets the list of what `trial` makes of each name and its test.

#![allow(missing_docs, reason = "the name of each function is its sentence")]
#![allow(clippy::unwrap_used, reason = "these are tests: what is unexpected fails them")]

pub mod accounts;
pub mod api_keys;
pub mod audit;
pub mod expiry;
pub mod keys;
pub mod notes;
pub mod orders;
pub mod pages;
pub mod permits;
pub mod products;
pub mod sessions;
mod shop;
pub mod signing_keys;
pub mod storms;

/// Makes a test of every sentence for the engine whose empty stores the function gives.
#[macro_export]
macro_rules! conformance {
    ($fresh_store:ident) => {
        $crate::conformance! { @sentences tests $fresh_store }
    };
    ($fresh_store:ident, $trial:ident) => {
        $crate::conformance! { @sentences trials $fresh_store $trial }
    };
    (@sentences $how:ident $($with:ident)+) => {
        $crate::conformance! {
            @$how $($with)+;
            accounts:
                an_account_is_read_as_it_was_created,
                an_unknown_account_is_not_found,
                an_address_has_one_account,
                of_many_that_register_an_address_at_once_one_gets_it,
                the_address_of_a_deleted_account_is_free,
                there_is_one_first_administrator,
                a_profile_change_touches_what_it_names,
                a_new_password_ends_every_session,
                a_password_that_is_another_by_now_is_not_changed,
                of_many_changes_of_one_password_at_once_one_is_made,
                a_role_can_change_while_an_administrator_stays,
                administrators_that_leave_at_once_leave_one_behind,
                deleting_an_account_forgets_the_person_and_keeps_the_orders,
                deleting_an_account_again_does_nothing,
                nothing_is_stored_for_a_deleted_account,
                accounts_are_found_by_text_and_role,
                a_changed_name_is_found_and_the_old_one_is_not;
            sessions:
                a_refresh_token_is_exchanged_for_the_next,
                a_spent_refresh_token_revokes_its_session_and_no_other,
                unknown_expired_and_revoked_refresh_tokens_are_unknown,
                any_token_of_a_session_revokes_all_of_it,
                a_token_that_is_exchanged_many_times_at_once_is_exchanged_once,
                a_login_whose_password_is_another_by_now_gets_no_session,
                no_session_outlives_the_password_that_it_began_with;
            api_keys:
                an_api_key_is_found_by_its_secret_with_its_owner_as_of_now,
                an_api_key_works_until_it_expires,
                a_revoked_api_key_is_gone_and_can_be_revoked_again,
                api_keys_are_listed_newest_first_by_owner;
            signing_keys:
                servers_that_rotate_at_once_agree_on_one_new_key,
                a_key_is_added_when_the_newest_is_old_enough,
                a_key_goes_when_its_successor_is_old_enough_and_the_newest_stays,
                a_ping_succeeds;
            products:
                a_product_is_read_as_it_was_created,
                a_sku_has_one_product,
                a_change_touches_what_it_names_and_counts,
                a_change_of_a_product_that_has_changed_since_is_refused,
                of_many_changes_of_one_version_at_once_one_is_made,
                stock_is_added_and_taken_but_not_below_zero,
                adjustments_at_once_add_up,
                products_are_found_by_text_state_and_price,
                products_come_in_every_order_page_by_page,
                the_highest_price_is_kept_and_listed;
            orders:
                an_order_is_read_as_it_was_placed,
                an_order_keeps_the_names_and_prices_of_its_moment,
                an_order_that_breaks_a_rule_is_refused_and_takes_nothing,
                cancelling_gives_the_stock_back_once,
                orders_are_found_by_owner_state_and_time,
                a_free_order_is_an_order;
            storms:
                of_200_buyers_of_the_last_unit_one_gets_it,
                of_200_repeats_of_one_key_one_is_an_order_and_all_are_answered_alike,
                stock_and_standing_orders_add_up_after_a_storm,
                orders_of_the_same_products_at_once_do_not_block_each_other;
            keys:
                a_repeated_key_gives_the_first_answer_and_does_nothing,
                a_refusal_is_an_answer_too_even_when_its_reason_is_gone,
                a_key_that_was_used_with_another_request_is_refused,
                keys_of_other_accounts_and_operations_are_other_keys,
                a_key_is_kept_for_a_day,
                what_failed_without_a_rule_can_be_tried_again_with_its_key,
                an_order_that_was_refused_is_refused_again;
            notes:
                a_note_is_read_by_its_author_alone,
                a_note_refers_to_its_authors_orders_only,
                a_change_of_a_note_touches_what_it_names_and_counts,
                a_deleted_note_is_gone_and_can_be_deleted_again,
                notes_are_listed_newest_first_by_author_and_order;
            pages:
                accounts_come_page_by_page_while_others_register,
                orders_come_page_by_page_while_others_are_placed,
                the_oldest_products_first_come_with_those_that_are_added_meanwhile;
            audit:
                every_administrative_change_is_written_down_as_it_was_told,
                what_was_not_done_is_not_written_down,
                a_repetition_is_written_down_once,
                the_trail_is_read_by_actor_subject_and_action_page_by_page;
            permits:
                a_window_gives_what_it_has_and_no_more,
                each_window_policy_and_subject_is_counted_by_itself,
                a_limit_that_became_smaller_gives_nothing_more,
                servers_that_take_at_once_take_together_what_there_is;
            expiry:
                expired_tokens_go_and_living_ones_stay,
                answers_go_after_a_day_and_not_before,
                windows_go_when_they_have_ended,
                so_many_of_each_kind_go_at_once_the_oldest_first;
        }
    };
    (@tests $fresh_store:ident; $($noun:ident: $($sentence:ident),+;)+) => {
        $(
            mod $noun {
                $(
                    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                    async fn $sentence() {
                        let (store, _kept) = super::$fresh_store().await;
                        $crate::$noun::$sentence(store).await;
                    }
                )+
            }
        )+
    };
    (@trials $fresh_store:ident $trial:ident; $($noun:ident: $($sentence:ident),+;)+) => {
        vec![$($(
            $trial(concat!(stringify!($noun), "::", stringify!($sentence)), async || {
                let (store, _kept) = $fresh_store().await;
                $crate::$noun::$sentence(store).await;
            })
        ),+),+]
    };
}

#[cfg(test)]
mod tests {
    const SOURCES: &[&str] = &[
        include_str!("accounts.rs"),
        include_str!("sessions.rs"),
        include_str!("api_keys.rs"),
        include_str!("signing_keys.rs"),
        include_str!("products.rs"),
        include_str!("orders.rs"),
        include_str!("storms.rs"),
        include_str!("keys.rs"),
        include_str!("notes.rs"),
        include_str!("pages.rs"),
        include_str!("audit.rs"),
        include_str!("permits.rs"),
        include_str!("expiry.rs"),
    ];

    #[test]
    fn every_sentence_is_in_the_list() {
        let list = include_str!("lib.rs");
        let sentences = SOURCES.iter().flat_map(|source| source.lines()).filter_map(|line| {
            let (name, _) = line.strip_prefix("pub async fn ")?.split_once('(')?;
            Some(name)
        });
        let mut count = 0;
        for sentence in sentences {
            assert!(list.contains(sentence), "{sentence} is run for no engine");
            count += 1;
        }
        assert!(count > 40, "only {count} sentences were found");
    }
}
