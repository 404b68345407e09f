//! A disk without room: said plainly, and over when there is room again.
#![cfg(target_os = "linux")]

use std::{fs, path::Path};

use orderly_tests::{
    books::Books,
    engines::{Engine, Home},
    process::Process,
};
use rustix::process::Resource;

use crate::{
    buyers::{EACH, STOCK, order_with, product},
    caller, program_at,
};

/// Files of the server may not grow any further, as on a full disk: orders are answered 503 or 507, reads go on, the
/// file stays sound, and with room again orders are taken, also with the keys of those that were refused.
pub(crate) async fn full(engine: Engine) {
    let home = Home::new(engine).await;
    // The system answers a write beyond the limit with an error, and not with the signal that ends a program.
    let process = program_at(&home).after("trap '' XFSZ").start(&["demo"]);
    let people = process.ready.clone();
    let (administrator, customer) =
        (caller(&process, &people, "admin"), caller(&process, &people, "customer"));
    let umbrella = product(&administrator, STOCK).await;
    order_with(&customer, &umbrella, "storm-before").await.having(201);

    let room = largest(home.folder()) + 64 * 1024;
    process.limit(Resource::Fsize, Some(room)).unwrap();
    let mut acknowledged = vec!["storm-before".to_owned()];
    let refused = loop {
        let key = format!("storm-{}", acknowledged.len());
        let reply = order_with(&customer, &umbrella, &key).await;
        match reply.status.as_u16() {
            201 => acknowledged.push(key),
            503 | 507 => {
                assert!(reply.header("retry-after").parse::<u32>().is_ok(), "{reply:?}");
                break key;
            }
            _ => panic!("{reply:?}\n{}", process.output()),
        }
        assert!(acknowledged.len() < 100_000, "the disk is never full");
    };
    assert_eq!(
        customer.get("/v1/products").await.expect(200)["items"].as_array().map(Vec::is_empty),
        Some(false)
    );
    let books = Books::of(&home).await;
    books.add_up(STOCK, EACH);
    books.hold(&acknowledged);

    process.limit(Resource::Fsize, None).unwrap();
    served_again(&process, &customer, &umbrella, &refused).await;
    acknowledged.push(refused);
    let books = Books::of(&home).await;
    books.add_up(STOCK, EACH);
    books.hold(&acknowledged);
    assert_eq!(books.references().len(), acknowledged.len());
}

/// Tries until the order is taken.
async fn served_again(
    process: &Process,
    customer: &orderly_tests::shop::Caller,
    product: &serde_json::Value,
    key: &str,
) {
    let begun = std::time::Instant::now();
    loop {
        let reply = order_with(customer, product, key).await;
        if reply.status == 201 {
            return;
        }
        assert!(begun.elapsed().as_secs() < 60, "{reply:?}\n{}", process.output());
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// The length of the largest file in a folder.
fn largest(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap());
    files.filter(fs::Metadata::is_file).map(|file| file.len()).max().unwrap_or_default()
}
