//! What is asked of the server, one case a kind of request.

use super::http::request;
use super::shop::Shop;

/// One kind of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Case {
    pub(super) name: &'static str,
    /// The status of every answer.
    pub(super) status: u16,
    kind: Kind,
    /// At most so many connections at once; logins would only queue for the cores.
    pub(super) connections: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Alive,
    Product,
    Products,
    Order,
    PlaceOrder,
    Token,
}

/// Every case, from what the layers alone cost to what computes longest.
pub(super) const CASES: [Case; 6] = [
    Case::new("livez", 200, Kind::Alive),
    Case::new("product-get", 200, Kind::Product),
    Case::new("product-list", 200, Kind::Products),
    Case::new("order-get", 200, Kind::Order),
    Case::new("order-create", 201, Kind::PlaceOrder),
    Case { connections: 2, ..Case::new("token", 200, Kind::Token) },
];

impl Case {
    const fn new(name: &'static str, status: u16, kind: Kind) -> Self {
        Self { name, status, kind, connections: usize::MAX }
    }

    /// The requests of one connection. No two connections place the same order.
    pub(super) fn requests<'s>(
        self,
        shop: &'s Shop,
        connection: usize,
    ) -> impl FnMut(&mut Vec<u8>) + use<'s> {
        let get = |path: String, headers: &[(&str, &str)]| request("GET", &path, headers, "");
        let bearer = [("Authorization", shop.bearer.as_str())];
        // What repeats is put together beforehand.
        let prepared: Vec<Vec<u8>> = match self.kind {
            Kind::Alive => vec![get("/livez".to_owned(), &[])],
            Kind::Product => {
                shop.products.iter().map(|product| get(format!("/v1/products/{product}"), &[])).collect()
            }
            Kind::Products => vec![get("/v1/products?limit=20".to_owned(), &[])],
            Kind::Order => {
                shop.orders.iter().map(|order| get(format!("/v1/orders/{order}"), &bearer)).collect()
            }
            Kind::PlaceOrder => Vec::new(),
            Kind::Token => vec![request("POST", "/v1/tokens", &[], &shop.login.to_string())],
        };
        let run = std::process::id();
        let mut n = connection * 17;
        move |buffer| {
            n += 1;
            match prepared.len() {
                0 => buffer.extend(shop.order(n, &format!("bench-{run}-{connection}-{n}"))),
                count => buffer.extend_from_slice(&prepared[n % count]),
            }
        }
    }
}
