//! Names for what is called: which operation and path template a request belongs to, and which methods a path takes.
//! poem routes; this table describes, for logs and for the `Allow` header that poem does not send.

use std::collections::BTreeSet;

use poem::http::{HeaderValue, Method};

/// Every path that the server answers.
#[derive(Debug, Clone, Default)]
pub struct RouteTable {
    /// Literal segments before parameters: the first that fits is the one that poem takes.
    routes: Vec<Route>,
}

/// One path with its methods.
#[derive(Debug, Clone)]
pub struct Route {
    template: &'static str,
    /// The template up to its first parameter: what no path of this route lacks, and quick to look for.
    beginning: &'static str,
    place: usize,
    segments: Vec<Segment>,
    operations: Vec<(Method, &'static str)>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Literal(&'static str),
    Parameter,
    /// Everything that is left.
    Rest,
}

impl RouteTable {
    /// A table of `(method, path template, operation)`. A template's `{name}` stands for one segment and `*` for all
    /// that are left. Methods that are no methods are skipped.
    pub fn new(operations: impl IntoIterator<Item = (&'static str, &'static str, &'static str)>) -> Self {
        let mut table = Self::default();
        for (method, template, operation) in operations {
            let Ok(method) = method.parse::<Method>() else { continue };
            match table.routes.iter_mut().find(|route| route.template == template) {
                Some(route) => route.operations.push((method, operation)),
                None => table.routes.push(Route {
                    template,
                    beginning: template.find(['{', '*']).map_or(template, |at| &template[..at]),
                    place: 0,
                    segments: template.split('/').map(Segment::new).collect(),
                    operations: vec![(method, operation)],
                }),
            }
        }
        table.routes.sort_by(|a, b| a.segments.cmp(&b.segments));
        table.routes.iter_mut().enumerate().for_each(|(place, route)| route.place = place);
        table
    }

    /// Every path, at its route's [`place`](Route::place).
    pub fn templates(&self) -> impl Iterator<Item = &'static str> {
        self.routes.iter().map(Route::template)
    }

    /// The route that a path belongs to.
    pub fn find(&self, path: &str) -> Option<&Route> {
        self.routes.iter().find(|route| route.takes(path))
    }
}

impl Route {
    /// The path with its parameters' names instead of values.
    pub fn template(&self) -> &'static str {
        self.template
    }

    /// Where the route stands in the table, counted from 0.
    pub fn place(&self) -> usize {
        self.place
    }

    /// The operation that answers a method; HEAD is answered by GET's.
    pub fn operation(&self, method: &Method) -> Option<&'static str> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        self.operations.iter().find(|(known, _)| known == method).map(|(_, operation)| *operation)
    }

    /// The value of `Allow` (RFC 9110, section 10.2.1).
    pub fn allow(&self) -> HeaderValue {
        let mut methods: BTreeSet<&str> = self.operations.iter().map(|(method, _)| method.as_str()).collect();
        if methods.contains("GET") {
            methods.insert("HEAD");
        }
        let list = methods.into_iter().collect::<Vec<_>>().join(", ");
        HeaderValue::try_from(list).expect("methods are tokens, which headers can hold")
    }

    fn takes(&self, path: &str) -> bool {
        if !path.starts_with(self.beginning) {
            return false;
        }
        let mut given = path.split('/');
        for segment in &self.segments {
            match (segment, given.next()) {
                (Segment::Rest, Some(_)) => return true,
                (Segment::Literal(literal), Some(text)) if *literal == text => {}
                (Segment::Parameter, Some(text)) if !text.is_empty() => {}
                _ => return false,
            }
        }
        given.next().is_none()
    }
}

impl Segment {
    fn new(text: &'static str) -> Self {
        match text {
            "*" => Self::Rest,
            _ if text.starts_with('{') => Self::Parameter,
            _ => Self::Literal(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> RouteTable {
        RouteTable::new([
            ("GET", "/v1/orders/{order_id}", "get_order"),
            ("GET", "/v1/orders", "list_orders"),
            ("POST", "/v1/orders", "create_order"),
            ("GET", "/v1/orders/latest", "latest_order"),
            ("POST", "/v1/orders/{order_id}/cancel", "cancel_order"),
            ("GET", "/docs/*", "docs"),
        ])
    }

    #[test]
    fn a_path_finds_its_template() {
        let cases = [
            ("/v1/orders", Some("/v1/orders")),
            ("/v1/orders/ord_1", Some("/v1/orders/{order_id}")),
            ("/v1/orders/latest", Some("/v1/orders/latest")),
            ("/v1/orders/ord_1/cancel", Some("/v1/orders/{order_id}/cancel")),
            ("/docs/", Some("/docs/*")),
            ("/docs/a/b", Some("/docs/*")),
            ("/docs", None),
            ("/v1/orders/", None),
            ("/v1/orders/ord_1/", None),
            ("/", None),
        ];
        let table = table();
        for (path, template) in cases {
            assert_eq!(table.find(path).map(Route::template), template, "{path}");
        }
    }

    #[test]
    fn a_route_names_its_methods_and_operations() {
        let table = table();
        let orders = table.find("/v1/orders").unwrap();
        assert_eq!(orders.allow(), "GET, HEAD, POST");
        assert_eq!(orders.operation(&Method::POST), Some("create_order"));
        assert_eq!(orders.operation(&Method::HEAD), Some("list_orders"));
        assert_eq!(orders.operation(&Method::PUT), None);
        assert_eq!(table.find("/v1/orders/x/cancel").unwrap().allow(), "POST");
    }
}
