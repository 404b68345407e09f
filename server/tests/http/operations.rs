//! The operations listener: health, metrics, memory and profiles, away from the API's address.

use std::{
    hint::black_box,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use orderly_server::http::layers::request_id;
use tokio::io::AsyncReadExt;

use super::{
    client::{get, send},
    server::Shop,
};

async fn shop(profiling: bool) -> (Shop, SocketAddr) {
    let shop = Shop::with(|config| {
        config.operations.listen = Some("127.0.0.1:0".parse().unwrap());
        config.operations.profiling = profiling;
    })
    .await;
    let operations = shop.running.operations_address().expect("it is configured");
    (shop, operations)
}

#[tokio::test]
async fn metrics_and_debugging_are_on_their_own_listener_only_and_health_is_on_both() {
    let (shop, operations) = shop(true).await;
    for path in ["/metrics", "/debug/heap", "/debug/profile?seconds=0"] {
        get(shop.address, path).await.problem(404, "route_not_found");
        assert_ne!(get(operations, path).await.status, 404, "{path}");
    }
    for path in ["/livez", "/readyz", "/version"] {
        assert_eq!(
            (get(shop.address, path).await.status, get(operations, path).await.status),
            (200, 200),
            "{path}"
        );
    }
    get(operations, "/v1/products").await.problem(404, "route_not_found");
    assert!(get(operations, "/livez").await.header(request_id::HEADER.as_str()).is_some());
}

#[tokio::test]
async fn requests_calls_of_the_database_and_the_servers_parts_are_counted() {
    let (shop, operations) = shop(false).await;
    get(shop.address, "/v1/products").await;
    get(shop.address, "/v1/products/prod_hidden").await;
    get(shop.address, "/made-up/by-somebody").await;
    let answer = get(operations, "/metrics").await;
    assert_eq!(
        answer.header("content-type"),
        Some("application/openmetrics-text; version=1.0.0; charset=utf-8")
    );
    let text = answer.text();
    let count = "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_route=";
    for line in [
        format!("{count}\"/v1/products\",http_response_status_code=\"200\"}} 1"),
        format!("{count}\"/v1/products/{{product_id}}\",http_response_status_code=\"400\"}} 1"),
        format!("{count}\"unknown\",http_response_status_code=\"404\"}} 1"),
        "http_server_active_requests{http_request_method=\"GET\"} 0".to_owned(),
        "db_client_operation_duration_seconds_count{db_system_name=\"sqlite\",db_operation_name=\"products\",error_type=\"\"} 1".to_owned(),
        "orderly_sqlite_writes_waiting_limit ".to_owned(),
        "orderly_requests_limit{kind=\"purchase\"} 512".to_owned(),
        "orderly_requests_shed_total 0".to_owned(),
        "orderly_rate_allowed_total{policy=\"ip\"} 3".to_owned(),
        "orderly_job_runs_total{job=".to_owned(),
        "# EOF".to_owned(),
    ] {
        assert!(text.contains(&line), "{line} in {text}");
    }
    assert!(!text.contains("made-up") && !text.contains("prod_hidden"), "no path is a label: {text}");
}

#[tokio::test]
async fn the_process_says_how_much_memory_it_has() {
    let (_shop, operations) = shop(false).await;
    let heap = get(operations, "/debug/heap").await.json();
    let resident = heap["resident"].as_u64().unwrap();
    assert!(resident > 1_000_000 && heap["resident_peak"].as_u64().unwrap() >= resident / 2, "{heap}");
}

#[tokio::test]
async fn profiles_are_refused_unless_the_settings_allow_them() {
    let (_shop, operations) = shop(false).await;
    get(operations, "/debug/profile?seconds=1").await.problem(404, "profiling_off");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_shows_where_time_is_spent() {
    let (_shop, operations) = shop(true).await;
    for wrong in ["0", "61", "soon", "-1"] {
        get(operations, &format!("/debug/profile?seconds={wrong}")).await.problem(400, "validation_failed");
    }
    let stop = Arc::new(AtomicBool::new(false));
    let busy = {
        let stop = stop.clone();
        std::thread::spawn(move || spend_time_here(&stop))
    };
    // Finding names in a program with all its symbols takes seconds, more on a busy machine: wait as long as it takes.
    let asked = "GET /debug/profile?seconds=2 HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n";
    let mut stream = send(operations, asked).await;
    let mut profile = String::new();
    stream.read_to_string(&mut profile).await.unwrap();
    stop.store(true, Relaxed);
    busy.join().unwrap();
    let (head, stacks) = profile.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 "), "{profile}");
    let is_stack = |line: &str| line.rsplit_once(' ').is_some_and(|(_, count)| count.parse::<u32>().is_ok());
    assert!(stacks.lines().all(is_stack), "{stacks}");
    assert!(stacks.lines().any(|line| line.contains("spend_time_here")), "{stacks}");
}

#[inline(never)]
fn spend_time_here(stop: &AtomicBool) -> u64 {
    let mut sum = 0_u64;
    while !stop.load(Relaxed) {
        sum = black_box(sum.wrapping_mul(31).wrapping_add(7));
    }
    sum
}
