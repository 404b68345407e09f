//! Sends what reqwest has no method for: it has `get` and `post`, and neither `options` nor `trace`.

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMethodCall, parse_quote};

/// Names the HTTP method where generated code would call one that is not there.
pub(super) fn name(client: &mut syn::File) {
    Namer.visit_file_mut(client);
}

struct Namer;

impl VisitMut for Namer {
    /// `client.client.options(url)`
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        let is_connection = matches!(&*call.receiver, Expr::Field(field) if matches!(&field.member, syn::Member::Named(name) if name == "client"));
        let method: Option<Expr> = match call.method.to_string().as_str() {
            "options" => Some(parse_quote! { ::reqwest::Method::OPTIONS }),
            "trace" => Some(parse_quote! { ::reqwest::Method::TRACE }),
            _ => None,
        };
        if let Some(method) = method.filter(|_| is_connection && call.args.len() == 1) {
            call.method = parse_quote! { request };
            call.args.insert(0, method);
        }
        visit_mut::visit_expr_method_call_mut(self, call);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::sdk::source::Source;

    #[test]
    fn methods_that_reqwest_lacks_are_named() {
        let code = "impl A { fn send() { client.client.options(url).build(); client.client.get(url); other.options(url); } }";
        let mut client = syn::parse_file(code).unwrap();
        name(&mut client);
        let plain: String = Source::from(client).text().split_whitespace().collect();
        for expected in [
            "client.client.request(::reqwest::Method::OPTIONS,url).build();",
            "client.client.get(url);",
            "other.options(url);",
        ] {
            assert!(plain.contains(expected), "{expected} in {plain}");
        }
    }
}
