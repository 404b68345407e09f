//! What a run makes before it tries anything: a server has rules that no schema says, and things that nobody can buy lead
//! to no sale.
#![allow(clippy::unwrap_used, reason = "a test that panics fails")]

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use orderly_contract::{
    Case, Contract, Conventions, Document, Exchange, FREE_PORT, Listener, Sent,
    phase::Known,
    state::{self, Pool, Session, Witness},
    target::{SendError, Settings, Target},
};
use serde_json::{Value, json};

/// What a sale may cost.
const MOST: u64 = 1_000;

#[derive(Debug, Default)]
struct Kiosk {
    accounts: Vec<Value>,
    papers: Vec<Value>,
    sales: u64,
    /// Every body that was taken, with its path.
    taken: Vec<(String, Value)>,
}

impl Kiosk {
    fn answer(&mut self, method: &Method, path: &str, body: Value) -> (StatusCode, Value) {
        let (status, answer) = match (method, path) {
            (&Method::POST, "/accounts") => {
                if self.accounts.iter().any(|account| account["email"] == body["email"]) {
                    return (StatusCode::CONFLICT, Value::Null);
                }
                self.accounts.push(body.clone());
                (StatusCode::CREATED, Value::Null)
            }
            (&Method::POST, "/login") => match self.accounts.contains(&body) {
                true => (StatusCode::NO_CONTENT, Value::Null),
                false => (StatusCode::FORBIDDEN, Value::Null),
            },
            (&Method::POST, "/papers") => {
                if self.papers.iter().any(|paper| paper["title"] == body["title"]) {
                    return (StatusCode::CONFLICT, Value::Null);
                }
                self.papers.push(body.clone());
                (StatusCode::CREATED, json!({ "id": self.papers.len() - 1 }))
            }
            (&Method::POST, "/sales") => {
                let paper =
                    body["paper_id"].as_u64().and_then(|id| self.papers.get(usize::try_from(id).ok()?));
                let price = paper.and_then(|paper| paper["price"].as_u64()).unwrap_or(u64::MAX);
                if price.saturating_mul(body["copies"].as_u64().unwrap_or(1)) > MOST {
                    return (StatusCode::UNPROCESSABLE_ENTITY, Value::Null);
                }
                self.sales += 1;
                (StatusCode::CREATED, json!({ "id": self.sales }))
            }
            _ => return (StatusCode::NO_CONTENT, Value::Null),
        };
        if status.is_success() {
            self.taken.push((path.to_owned(), body));
        }
        (status, answer)
    }

    fn taken(&self, path: &str) -> Vec<Value> {
        self.taken.iter().filter(|(of, _)| of == path).map(|(_, body)| body.clone()).collect()
    }
}

async fn open(kiosk: &Arc<Mutex<Kiosk>>) -> Listener {
    let kiosk = kiosk.clone();
    let answer = move |request: Request<Incoming>| {
        let kiosk = kiosk.clone();
        async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
            let body = serde_json::from_slice(&body).unwrap_or_default();
            let (status, value) = kiosk.lock().unwrap().answer(&head.method, head.uri.path(), body);
            let text = if value.is_null() { Bytes::new() } else { value.to_string().into() };
            let response = Response::builder().status(status).header("content-type", "application/json");
            response.body(Full::from(text)).unwrap()
        }
    };
    Listener::start(FREE_PORT, answer).await.unwrap()
}

struct Nobody;

impl Witness for Nobody {
    fn saw(&self, _: &Case, _: &Exchange) {}

    fn lost(&self, case: &Case, _: &Sent, error: &SendError) {
        panic!("{}: {}", case.title, error.chain());
    }
}

async fn set_up(kiosk: &Arc<Mutex<Kiosk>>, contract: &Contract, pool: &Pool) {
    let listener = open(kiosk).await;
    let target = Target::new(&format!("http://{}", listener.address()), Settings::default()).unwrap();
    let session = Session { contract, target: &target, pool, witness: &Nobody, seed: 1 };
    state::setup(&session).await;
}

fn contract() -> Contract {
    let text = include_bytes!("documents/kiosk.yaml");
    let document =
        Document::new(orderly_document::Document::parse("kiosk.yaml", text).unwrap()).unwrap().at("");
    let conventions = Conventions::of(&document);
    Contract::new(document, conventions)
}

#[tokio::test]
async fn things_are_as_natural_as_the_document_shows_them_and_have_names_of_their_own() {
    let (contract, kiosk) = (contract(), Arc::default());
    let pool = Pool::new(contract.document());
    set_up(&kiosk, &contract, &pool).await;
    let kiosk = kiosk.lock().unwrap();
    let papers = kiosk.taken("/papers");
    assert_eq!(papers.len(), 4, "{papers:#?}");
    for paper in papers {
        assert_eq!((&paper["price"], &paper["kind"]), (&json!(3), &json!("daily")));
    }
    assert_eq!(kiosk.taken("/sales").len(), 4);
}

#[tokio::test]
async fn what_nobody_can_buy_is_left_for_something_new() {
    let (contract, kiosk) = (contract(), Arc::new(Mutex::new(Kiosk::default())));
    let pool = Pool::new(contract.document());
    // Four papers are there already, and beyond any price: no more are made to have some.
    let (paper, _) = pool.graph().kinds().find(|(_, kind)| kind.noun == "paper").unwrap();
    for id in 0..4 {
        kiosk.lock().unwrap().papers.push(json!({ "title": id.to_string(), "price": 1_000_000 }));
        pool.add(state::Thing { kind: paper, value: json!(id), within: Vec::new(), made: true });
    }
    set_up(&kiosk, &contract, &pool).await;
    let kiosk = kiosk.lock().unwrap();
    assert!(!kiosk.taken("/papers").is_empty());
    assert_eq!(kiosk.taken("/sales").len(), 4);
}

#[tokio::test]
async fn whoever_has_registered_can_log_in() {
    let (contract, kiosk) = (contract(), Arc::default());
    let pool = Pool::new(contract.document());
    set_up(&kiosk, &contract, &pool).await;
    let listener = open(&kiosk).await;
    let target = Target::new(&format!("http://{}", listener.address()), Settings::default()).unwrap();
    let document = contract.document();
    let register = document.operation("register").unwrap();
    let credentials = json!({ "email": "robin@example.com", "password": "in a hole" });
    for operation in [register, document.operation("login").unwrap()] {
        let mut body = json!({ "email": "somebody@example.com", "password": "something" });
        if operation.id == register.id {
            body = credentials.clone();
        }
        pool.fill(document, operation, "application/json", &mut body);
        let payload = orderly_contract::Payload {
            media_type: "application/json".to_owned(),
            content: orderly_contract::PayloadContent::Value(body),
        };
        let parts = orderly_contract::Parts {
            method: operation.method.clone(),
            arguments: Vec::new(),
            body: Some(payload),
        };
        let exchange = target.send(parts.sent(document, operation), None).await.unwrap();
        assert!(exchange.received.status.is_success(), "{exchange}");
        pool.learn(document, &exchange);
    }
    assert_eq!(kiosk.lock().unwrap().taken("/login"), [credentials]);
}
