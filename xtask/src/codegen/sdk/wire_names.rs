//! Puts the names that parameters have on the wire back where the view had to rename them.

use std::collections::HashMap;

use heck::ToPascalCase;
use serde_json::Value;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprCall, ExprMethodCall, ItemImpl, Lit, Type};

use crate::codegen::lower::facts;

/// Replaces the names in the calls that send them.
pub(super) fn restore(view: &Value, client: &mut syn::File) {
    let mut names = HashMap::new();
    for item in view["paths"].as_object().into_iter().flatten().map(|(_, item)| item) {
        for (_, operation) in item.as_object().into_iter().flatten() {
            let id = operation["operationId"].as_str().unwrap_or_default();
            if let Some(Value::Object(renamed)) = operation.get(facts::WIRE_NAMES) {
                let sent = renamed
                    .iter()
                    .map(|(name, sent)| (name.clone(), sent.as_str().unwrap_or_default().to_owned()));
                names.insert(id.to_pascal_case(), sent.collect());
            }
        }
    }
    if !names.is_empty() {
        Restorer { names, current: None }.visit_file_mut(client);
    }
}

struct Restorer {
    /// By builder: the name in the view and the one on the wire.
    names: HashMap<String, HashMap<String, String>>,
    current: Option<String>,
}

impl Restorer {
    fn restore(&self, argument: Option<&mut Expr>) {
        let renamed = self.current.as_ref().and_then(|builder| self.names.get(builder));
        if let (Some(renamed), Some(Expr::Lit(literal))) = (renamed, argument)
            && let Lit::Str(text) = &literal.lit
            && let Some(sent) = renamed.get(&text.value())
        {
            literal.lit = Lit::Str(syn::LitStr::new(sent, text.span()));
        }
    }
}

impl VisitMut for Restorer {
    fn visit_item_impl_mut(&mut self, item: &mut ItemImpl) {
        self.current = match &*item.self_ty {
            Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
            _ => None,
        };
        visit_mut::visit_item_impl_mut(self, item);
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

    /// `header_map.append("name", value)`
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        let is_map = matches!(&*call.receiver, Expr::Path(path) if path.path.is_ident("header_map"));
        if is_map && call.method == "append" {
            self.restore(call.args.first_mut());
        }
        visit_mut::visit_expr_method_call_mut(self, call);
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
}
