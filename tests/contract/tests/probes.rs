//! Every probe on a small server: a right one passes, and each fault is found by the check that it belongs to.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

mod notes;

use notes::{DOCUMENT, EXPIRED, Fault, MAIN, OTHER};
use orderly_contract::{
    Case, Check, Contract, Conventions, Document, Exchange, Sent, probe,
    report::Reported,
    state::{self, Pool, Session, Witness},
    target::{Identity, SendError, Settings, Target},
};

/// Nobody looks at the exchanges themselves.
struct Nobody;

impl Witness for Nobody {
    fn saw(&self, _: &Case, _: &Exchange) {}

    fn lost(&self, case: &Case, _: &Sent, error: &SendError) {
        panic!("{}: {}", case.title, error.chain());
    }
}

/// How a server is tried.
#[derive(Clone, Copy)]
enum Trial {
    Probes,
    Walks(u64),
}

/// What is found on a server with this fault.
async fn found(fault: Option<Fault>, trial: Trial) -> Vec<Reported> {
    let server = notes::start(fault).await.unwrap();
    let document = document();
    let credentials =
        [format!("bearer={MAIN}"), format!("other:bearer={OTHER}"), format!("expired:bearer={EXPIRED}")];
    let identities = Identity::parse(credentials.iter().map(String::as_str), &document).unwrap();
    let settings = Settings { identities, ..Settings::default() };
    let target = Target::new(&format!("http://{}", server.address()), settings).unwrap();
    let contract = Contract::new(document, Conventions::default());
    let pool = Pool::new(contract.document());
    let session = Session { contract: &contract, target: &target, pool: &pool, witness: &Nobody, seed: 7 };
    state::setup(&session).await;
    let mut found = Vec::new();
    if let Trial::Walks(walks) = trial {
        for number in 0..walks {
            found.extend(state::walk(&session, number, 30).await);
        }
        return found;
    }
    for probe in probe::ALL {
        for operation in contract.document().operations() {
            if (probe.applies)(&session, operation) {
                let reported = (probe.run)(session, operation).await;
                let mut checks = reported.iter().map(|one| one.finding.check);
                assert!(
                    checks.all(|check| probe.checks.contains(&check)),
                    "{}: {:?}",
                    probe.name,
                    told(&reported)
                );
                found.extend(reported);
            }
        }
    }
    found
}

fn document() -> Document {
    let source = orderly_document::Document::parse("notes.yaml", DOCUMENT.as_bytes()).unwrap();
    Document::new(source).unwrap()
}

#[tokio::test]
async fn a_right_server_passes() {
    let mut found_in_all = found(None, Trial::Probes).await;
    found_in_all.extend(found(None, Trial::Walks(10)).await);
    assert!(found_in_all.is_empty(), "{:#?}", told(&found_in_all));
}

#[tokio::test]
async fn a_walk_stumbles_over_what_does_not_stay_as_it_was_answered() {
    let cases = [
        (Fault::Forgotten, Check::Availability),
        (Fault::ReadOtherwise, Check::Availability),
        (Fault::ReplacedNotKept, Check::Availability),
        (Fault::DeletedStays, Check::UseAfterDelete),
    ];
    for (fault, check) in cases {
        let found = found(Some(fault), Trial::Walks(3)).await;
        assert!(found.iter().any(|one| one.finding.check == check), "{fault:?}: {:#?}", told(&found));
        assert!(found.iter().all(|one| one.story.len() > 1 && one.operation == "get_note"), "{fault:?}");
    }
}

#[tokio::test]
async fn a_credential_that_was_forged_from_a_real_one_is_not_shown() {
    let found = found(Some(Fault::SimilarTokenReads), Trial::Probes).await;
    let exchanges: Vec<&Exchange> = found.iter().flat_map(|one| &one.story).collect();
    let shown: Vec<&str> =
        exchanges.iter().filter_map(|one| one.sent.headers.get("authorization")?.to_str().ok()).collect();
    assert!(shown.contains(&"Bearer ${CONTRACT_ALTERED_BEARER}"), "{shown:?}");
    // The real one is hidden by the run.
    assert!(shown.iter().all(|value| value.contains("${") || value.contains(MAIN)), "{shown:?}");
}

fn told(found: &[Reported]) -> Vec<String> {
    found.iter().map(|one| format!("{}, {}: {}", one.operation, one.title, one.finding)).collect()
}

/// Each fault with the check that has to find it, and the operation that it is found on.
const FAULTS: &[(Fault, Check, &str)] = &[
    (Fault::AnyoneLists, Check::Authentication, "list_notes"),
    (Fault::AnyoneReplaces, Check::Authentication, "replace_note"),
    (Fault::AnyTokenReads, Check::Authentication, "get_note"),
    (Fault::SimilarTokenReads, Check::Authentication, "get_note"),
    (Fault::ExpiredTokenLists, Check::Authentication, "list_notes"),
    (Fault::OthersRead, Check::ObjectAuthorisation, "get_note"),
    (Fault::OthersReplace, Check::ObjectAuthorisation, "replace_note"),
    (Fault::OthersDelete, Check::ObjectAuthorisation, "delete_note"),
    (Fault::OthersListed, Check::ObjectAuthorisation, "list_notes"),
    (Fault::Forgotten, Check::Availability, "get_note"),
    (Fault::ReadOtherwise, Check::Availability, "get_note"),
    (Fault::Unlisted, Check::Availability, "list_notes"),
    (Fault::LocationOfAnother, Check::Availability, "create_note"),
    (Fault::ReplacedNotKept, Check::Availability, "get_note"),
    (Fault::DeletedStays, Check::UseAfterDelete, "get_note"),
    (Fault::DeletedReplaced, Check::UseAfterDelete, "replace_note"),
    (Fault::KeyIgnored, Check::Idempotency, "create_note"),
    (Fault::KeyOfAnotherBody, Check::Idempotency, "create_note"),
    (Fault::KeyForEver, Check::Idempotency, "create_note"),
    (Fault::KeyOfOthers, Check::ObjectAuthorisation, "create_note"),
    (Fault::RepeatedOtherwise, Check::Idempotency, "create_note"),
    (Fault::TagConstant, Check::Conditional, "get_note"),
    (Fault::TagWithoutQuotes, Check::Conditional, "get_note"),
    (Fault::NoneMatchIgnored, Check::Conditional, "get_note"),
    (Fault::NoneMatchOfAnything, Check::Conditional, "get_note"),
    (Fault::MatchIgnored, Check::Conditional, "replace_note"),
    (Fault::MatchNotNeeded, Check::Conditional, "replace_note"),
    (Fault::MatchNeverRight, Check::Conditional, "replace_note"),
    (Fault::HeadUnlike, Check::Method, "list_notes"),
    (Fault::PageLost, Check::Pagination, "list_notes"),
    (Fault::PageRepeated, Check::Pagination, "list_notes"),
    (Fault::PageUnordered, Check::Pagination, "list_notes"),
    (Fault::PagesWithoutEnd, Check::Pagination, "list_notes"),
    (Fault::LimitIgnored, Check::Pagination, "list_notes"),
    (Fault::CursorRefused, Check::Pagination, "list_notes"),
    (Fault::RateStands, Check::RateLimit, "list_notes"),
    (Fault::RateUnreadable, Check::RateLimit, "list_notes"),
    (Fault::RateOverQuota, Check::RateLimit, "list_notes"),
];

#[tokio::test]
async fn each_fault_is_found_by_its_check() {
    let document = document();
    let mut missed = Vec::new();
    for (fault, check, operation) in FAULTS {
        let found = found(Some(*fault), Trial::Probes).await;
        let is_it = |one: &Reported| one.finding.check == *check && one.operation == *operation;
        // The place is that of the operation, or of something in it.
        let place = document.operation(operation).unwrap().place.as_str();
        if !found.iter().any(|one| is_it(one) && one.finding.place.starts_with(place)) {
            missed.push((fault, told(&found)));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}
