//! Has answers read by the hand-written layer: progenitor's own reading forgets status and headers of what it cannot decode,
//! and the body of a status that it does not expect.

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprCall, parse_quote};

/// Rewrites what the calls do with their answers.
pub(super) fn hand_over(client: &mut syn::File) {
    Reader.visit_file_mut(client);
}

struct Reader;

impl VisitMut for Reader {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        match expression {
            // The body of an error: what is read there is always a problem.
            Expr::Try(_) => {}
            Expr::Await(awaited) if calls(&awaited.base, "from_response").is_some() => {
                *expression = parse_quote!(::sdk::read(response).await);
            }
            Expr::Call(_) if calls(expression, "Err").is_some_and(is_unexpected) => {
                *expression = parse_quote!(Err(::sdk::unexpected(response).await));
            }
            _ => visit_mut::visit_expr_mut(self, expression),
        }
    }
}

/// `UnexpectedResponse(response)`
fn is_unexpected(call: &ExprCall) -> bool {
    call.args.first().is_some_and(|argument| calls(argument, "UnexpectedResponse").is_some())
}

/// The call, if it is one of the function with this name.
fn calls<'a>(expression: &'a Expr, name: &str) -> Option<&'a ExprCall> {
    let Expr::Call(call) = expression else { return None };
    let Expr::Path(function) = &*call.func else { return None };
    function.path.segments.last().is_some_and(|last| last.ident == name).then_some(call)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::sdk::source::Source;

    #[test]
    fn successes_and_what_is_not_expected_are_read_by_the_layer() {
        let mut client = syn::parse_file(
            "fn send() {
                 match response.status().as_u16() {
                     200u16 => { ResponseValue::from_response(response).await }
                     201u16 => Ok(ResponseValue::stream(response)),
                     400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::from_response(response).await?)),
                     _ => { Err(Error::UnexpectedResponse(response)) }
                 }
             }",
        )
        .unwrap();
        hand_over(&mut client);
        let text = Source::from(client).text();
        for kept in [
            "::sdk::read(response).await,",
            "Err(::sdk::unexpected(response).await)",
            "ResponseValue::stream(response)",
        ] {
            assert_eq!(text.matches(kept).count(), 1, "{kept} in {text}");
        }
        assert_eq!(text.matches("ResponseValue::from_response(response).await?").count(), 1, "{text}");
    }
}
