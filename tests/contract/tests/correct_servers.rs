//! Servers that are right by construction, made from documents of different kinds: the engine has nothing to say about
//! them, and finds what is wrong with one as soon as something is.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::{fs, path::Path};

use orderly_contract::{
    Check,
    mock::{Fault, rehearse},
    phase,
    report::Report,
    run::Settings,
};
use orderly_document::Document;

/// Enough for every kind of random case, and little enough for a build without optimisation.
const CASES: usize = 60;

async fn run(name: &str, fault: Option<Fault>) -> Report {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(name);
    let source = Document::parse(name, &fs::read(path).unwrap()).unwrap();
    let settings = Settings { seed: 7, cases: CASES, ..Settings::default() };
    rehearse(&source, fault, &settings).await.unwrap()
}

async fn nothing_is_found(name: &str) {
    let report = run(name, None).await;
    let cases: usize = report.stages.iter().map(|stage| stage.cases).sum();
    assert!(cases > CASES, "{cases} cases");
    let told: Vec<String> = report
        .findings
        .iter()
        .map(|one| format!("{}: {} ({}): {:?}", one.operation, one.finding, one.title, one.story.last()))
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// A fault is found by one of the checks that are there for it.
async fn is_found(name: &str, fault: Fault, checks: &[Check]) {
    let report = run(name, Some(fault)).await;
    let found: Vec<Check> = report.findings.iter().map(|reported| reported.finding.check).collect();
    assert!(found.iter().any(|check| checks.contains(check)), "{fault:?} in {name}: {found:?}");
}

macro_rules! nothing_is_found_in {
    ($($test:ident $name:literal,)+) => {
        $(#[tokio::test]
        async fn $test() {
            nothing_is_found($name).await;
        })+
    };
}

nothing_is_found_in! {
    operations_without_names "nameless.yaml",
    things_that_are_made_changed_and_deleted "shop.yaml",
    every_style_of_parameter "styles.yaml",
    forms_files_texts_and_bytes "media.yaml",
    unions_and_recursion "animals.yaml",
    things_within_things "shelves.yaml",
    cookies_and_several_credentials "sessions.yaml",
    links_and_ranges_of_statuses "links.yaml",
    bounds_at_their_edges "limits.yaml",
    schemas_that_contradict_themselves "contradictions.yaml",
    names_that_clients_choose "namesakes.yaml",
    names_that_differ_in_case_and_answers_narrower_than_requests "narrower.yaml",
    lists_beside_lists_and_pages_without_a_first_number "pages.yaml",
    things_that_answers_hold_in_a_member "wrapped.yaml",
}

#[test]
fn what_no_value_fulfils_is_remarked_where_it_stands() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/contradictions.yaml");
    let source = Document::parse("contradictions.yaml", &fs::read(path).unwrap()).unwrap();
    let document = orderly_contract::Document::new(source).unwrap();
    let remarks: Vec<String> =
        phase::contradiction_remarks(&document).iter().map(|remark| remark.message.clone()).collect();
    let places = ["answers are not held to it"; 3].into_iter().chain(["nothing valid can be sent"]);
    assert_eq!(remarks.len(), 4, "{remarks:#?}");
    assert!(remarks.iter().zip(places).all(|(remark, end)| remark.ends_with(end)), "{remarks:#?}");
}

macro_rules! faults_are_found {
    ($($test:ident $fault:ident in $name:literal by $($check:ident)|+,)+) => {
        $(#[tokio::test]
        async fn $test() {
            is_found($name, Fault::$fault, &[$(Check::$check),+]).await;
        })+

        #[test]
        fn every_fault_is_tried() {
            let tried = [$(Fault::$fault),+];
            let missed: Vec<_> = Fault::ALL.iter().filter(|fault| !tried.contains(fault)).collect();
            assert!(missed.is_empty(), "{missed:?}");
        }
    };
}

faults_are_found! {
    a_server_that_fails ServerError in "nameless.yaml" by NoServerError,
    an_undeclared_status Status in "nameless.yaml" by Status,
    another_media_type MediaType in "animals.yaml" by MediaType,
    a_header_that_is_missing Header in "styles.yaml" by Headers,
    a_member_that_is_missing Body in "shelves.yaml" by Body,
    bad_input_that_is_taken AcceptsAnything in "styles.yaml" by Refusal,
    good_input_that_is_refused RefusesBodies in "animals.yaml" by Acceptance,
    a_header_that_is_not_asked_for HeaderOptional in "styles.yaml" by RequiredHeader | Refusal,
    a_wrong_allow Allow in "nameless.yaml" by Method,
    nobody_asks_who_calls Open in "shelves.yaml" by Authentication,
    somebody_elses_things_can_be_changed ServesOthers in "shop.yaml" by ObjectAuthorisation,
    what_was_deleted_is_served ServesDeleted in "shop.yaml" by UseAfterDelete,
    what_was_made_is_forgotten Forgets in "shop.yaml" by Availability,
    a_problem_of_another_status ProblemStatus in "shop.yaml" by Problem,
    a_repeated_request_acts_again KeyIgnored in "shop.yaml" by Idempotency,
    a_constant_entity_tag ConstantTag in "shop.yaml" by Conditional,
    an_item_that_is_lost_between_pages ItemLost in "shop.yaml" by Pagination,
    nonsense_about_rates RateLimit in "nameless.yaml" by RateLimit,
    a_credential_in_an_error Echo in "shop.yaml" by Echo,
}
