//! Puts the names that parameters and members have on the wire back where the view had to rename them, and cookies where
//! they belong.

use std::collections::HashMap;

use heck::ToPascalCase;
use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use serde_json::Value;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprCall, ExprMethodCall, Field, ItemImpl, Lit, LitStr, Meta, Type, parse_quote};

use crate::codegen::lower::facts;

/// Replaces the names in the calls that send them, and in the attributes that serde reads.
pub(super) fn restore(view: &Value, client: &mut syn::File) {
    let mut restorer =
        Restorer { members: texts(&view[facts::PROPERTY_NAMES]), builders: HashMap::new(), current: None };
    for item in view["paths"].as_object().into_iter().flatten().map(|(_, item)| item) {
        for (_, operation) in item.as_object().into_iter().flatten() {
            let id = operation["operationId"].as_str().unwrap_or_default();
            let cookies =
                operation[facts::COOKIES].as_array().into_iter().flatten().filter_map(Value::as_str);
            let builder = Builder {
                names: texts(&operation[facts::WIRE_NAMES]),
                cookies: cookies.map(str::to_owned).collect(),
            };
            if !builder.names.is_empty() || !builder.cookies.is_empty() {
                restorer.builders.insert(id.to_pascal_case(), builder);
            }
        }
    }
    if !restorer.builders.is_empty() || !restorer.members.is_empty() {
        restorer.visit_file_mut(client);
    }
}

/// A table of texts by name.
fn texts(table: &Value) -> HashMap<String, String> {
    let members = table.as_object().into_iter().flatten();
    members.filter_map(|(name, sent)| Some((name.clone(), sent.as_str()?.to_owned()))).collect()
}

struct Restorer {
    /// The name of a member in the view and the one on the wire.
    members: HashMap<String, String>,
    builders: HashMap<String, Builder>,
    current: Option<String>,
}

/// What is known of the parameters of an operation.
#[derive(Default)]
struct Builder {
    /// The name in the view and the one on the wire.
    names: HashMap<String, String>,
    /// The names in the view of those that are cookies.
    cookies: Vec<String>,
}

impl Restorer {
    fn builder(&self) -> Option<&Builder> {
        self.current.as_ref().and_then(|current| self.builders.get(current))
    }

    fn restore(&self, argument: Option<&mut Expr>) {
        if let (Some(builder), Some(literal)) = (self.builder(), argument.and_then(text_of))
            && let Some(sent) = builder.names.get(&literal.value())
        {
            *literal = LitStr::new(sent, literal.span());
        }
    }

    /// Whether this call adds a cookie to the headers.
    fn adds_cookie(&self, expression: &mut Expr) -> bool {
        let (Some(builder), Expr::MethodCall(call)) = (self.builder(), expression) else { return false };
        let name = call.args.first_mut().and_then(text_of).map(|literal| literal.value());
        appends(call) && name.is_some_and(|name| builder.cookies.contains(&name))
    }

    fn restored(&self, tokens: TokenStream) -> TokenStream {
        let restored = tokens.into_iter().map(|token| match token {
            TokenTree::Literal(literal) => TokenTree::Literal(self.restored_literal(literal)),
            TokenTree::Group(group) => {
                TokenTree::Group(Group::new(group.delimiter(), self.restored(group.stream())))
            }
            other => other,
        });
        restored.collect()
    }

    fn restored_literal(&self, literal: Literal) -> Literal {
        let text = syn::parse_str::<LitStr>(&literal.to_string()).map(|text| text.value());
        text.ok().and_then(|text| self.members.get(&text)).map_or(literal, |sent| Literal::string(sent))
    }
}

/// The text that an expression is.
fn text_of(expression: &mut Expr) -> Option<&mut LitStr> {
    match expression {
        Expr::Lit(literal) => match &mut literal.lit {
            Lit::Str(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// `header_map.append("name", value)`
fn appends(call: &ExprMethodCall) -> bool {
    let is_map = matches!(&*call.receiver, Expr::Path(path) if path.path.is_ident("header_map"));
    is_map && call.method == "append"
}

impl VisitMut for Restorer {
    fn visit_item_impl_mut(&mut self, item: &mut ItemImpl) {
        self.current = match &*item.self_ty {
            Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
            _ => None,
        };
        visit_mut::visit_item_impl_mut(self, item);
    }

    /// `#[serde(rename = "name")]`
    fn visit_field_mut(&mut self, field: &mut Field) {
        if !self.members.is_empty() {
            for attribute in &mut field.attrs {
                if let Meta::List(list) = &mut attribute.meta
                    && list.path.is_ident("serde")
                {
                    list.tokens = self.restored(std::mem::take(&mut list.tokens));
                }
            }
        }
        visit_mut::visit_field_mut(self, field);
    }

    /// `QueryParam::new("name", &name)`
    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        if let Expr::Path(function) = &*call.func
            && function.path.segments.iter().any(|segment| segment.ident == "QueryParam")
        {
            self.restore(call.args.first_mut());
        }
        visit_mut::visit_expr_call_mut(self, call);
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        let is_cookie = self.adds_cookie(expression);
        if let Expr::MethodCall(call) = expression
            && appends(call)
        {
            self.restore(call.args.first_mut());
        }
        if let Expr::MethodCall(call) = expression
            && is_cookie
        {
            let arguments = std::mem::take(&mut call.args);
            *expression = parse_quote! { ::sdk::append_cookie(&mut header_map, #arguments) };
        }
        visit_mut::visit_expr_mut(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_name_is_put_back_where_it_is_sent_and_only_there() {
        let view = json!({"paths": {"/a": {"get": {
            "operationId": "list_things", "x-sdk-wire-names": {"id_in_query": "id", "id_in_header": "ID"},
        }}}});
        let code = r#"
            impl<'a> ListThings<'a> {
                fn send() {
                    header_map.append("id_in_header", value);
                    get("id_in_query").query(&progenitor_client::QueryParam::new("id_in_query", &id));
                }
            }
            impl<'a> Other<'a> { fn send() { QueryParam::new("id_in_query", &id); } }
        "#;
        let mut file = syn::parse_file(code).unwrap();
        restore(&view, &mut file);
        let text = prettyplease::unparse(&file);
        assert!(text.contains(r#"header_map.append("ID", value)"#), "{text}");
        assert!(text.contains(r#"get("id_in_query")"#), "{text}");
        assert!(text.contains(r#"QueryParam::new("id", &id)"#), "{text}");
        assert!(text.contains(r#"QueryParam::new("id_in_query", &id)"#), "{text}");
    }

    #[test]
    fn a_cookie_goes_where_cookies_go() {
        let view = json!({"paths": {"/a": {"get": {
            "operationId": "get_a", "x-sdk-wire-names": {"id_in_cookie": "id"}, "x-sdk-cookies": ["id_in_cookie"],
        }}}});
        let code = r#"impl<'a> GetA<'a> { fn send() {
            header_map.append("id", one);
            header_map.append("id_in_cookie", two.to_string().try_into()?);
        } }"#;
        let mut file = syn::parse_file(code).unwrap();
        restore(&view, &mut file);
        let text = prettyplease::unparse(&file);
        assert!(text.contains(r#"header_map.append("id", one);"#), "{text}");
        let cookie = r#"::sdk::append_cookie(&mut header_map, "id", two.to_string().try_into()?);"#;
        assert!(text.contains(cookie), "{text}");
    }

    #[test]
    fn a_member_has_its_name_in_json() {
        let view = json!({"x-sdk-property-names": {"name~2": "Name"}});
        let code = r#"struct File { #[serde(rename = "name~2", default)] name_2: String, #[doc = "name~2"] name: String }"#;
        let mut file = syn::parse_file(code).unwrap();
        restore(&view, &mut file);
        let text = prettyplease::unparse(&file);
        assert!(text.contains(r#"#[serde(rename = "Name", default)]"#), "{text}");
        assert_eq!(text.matches("name~2").count(), 1, "{text}");
    }
}
