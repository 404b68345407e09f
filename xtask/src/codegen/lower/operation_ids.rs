//! Gives every operation an id, and two operations never the same method or builder name.

use std::collections::HashSet;

use heck::ToSnakeCase;
use serde_json::Value;

use super::report::Report;
use super::walk::each_operation;

/// Methods of the client that no operation may take: those that progenitor gives it, the hooks that generated code calls
/// on it, and those of the hand-written layer.
const TAKEN: &[&str] = &[
    "new",
    "new_with_client",
    "api_version",
    "baseurl",
    "client",
    "inner",
    "pre",
    "exec",
    "post",
    "builder",
    "with",
    "raw",
    "complete",
    "deliver",
    "attempt",
    "send",
];

/// The pass.
pub(super) fn complete(view: &mut Value, report: &mut Report) {
    let mut taken: HashSet<String> = TAKEN.iter().map(key).collect();
    each_operation(view, report, |_, at, operation, report| {
        let declared = operation.get("operationId").and_then(Value::as_str).filter(|id| !key(id).is_empty());
        let wanted = match declared {
            Some(id) => id.to_owned(),
            None => made_from(&at.method, &at.path),
        };
        let mut id = wanted.clone();
        let mut number = 2;
        while !taken.insert(key(&id)) {
            id = format!("{wanted}_{number}");
            number += 1;
        }
        if id != wanted {
            report.weaker(at.pointer(), format!("`{wanted}` is taken: the SDK calls this operation `{id}`"));
        }
        operation.insert("operationId".to_owned(), method_name(&id).into());
        Ok(())
    });
}

/// What two ids have in common when their method or builder names are equal.
fn key(id: impl AsRef<str>) -> String {
    id.as_ref().chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// `get` and `/v1/orders/{id}` make `get_v1_orders_id`.
fn made_from(method: &str, path: &str) -> String {
    let words =
        path.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    std::iter::once(method).chain(words).collect::<Vec<_>>().join("_")
}

/// The id in snake case, never beginning with a digit, which no method name may.
fn method_name(id: &str) -> String {
    let plain: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let name = plain.to_snake_case();
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("op_{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::super::testing::run;
    use super::*;
    use serde_json::json;

    #[test]
    fn no_operation_takes_the_name_of_a_method_of_the_layer() {
        let layer = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../client/src");
        let mut found = 0;
        for entry in std::fs::read_dir(layer).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                continue;
            }
            let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
            for method in file.items.iter().flat_map(methods_of_the_client) {
                assert!(TAKEN.contains(&method.as_str()), "{method} in {}", path.display());
                found += 1;
            }
        }
        assert!(found > 0);
    }

    /// The methods in `impl Client` and in `impl … for Client`.
    fn methods_of_the_client(item: &syn::Item) -> Vec<String> {
        let syn::Item::Impl(block) = item else { return Vec::new() };
        let syn::Type::Path(owner) = &*block.self_ty else { return Vec::new() };
        if !owner.path.is_ident("Client") {
            return Vec::new();
        }
        let methods = block.items.iter().filter_map(|item| match item {
            syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
            _ => None,
        });
        methods.collect()
    }

    #[test]
    fn ids_are_made_and_kept_apart() {
        let view = json!({"paths": {
            "/v1/orders/{id}": {"get": {}, "delete": {"operationId": ""}},
            "/b": {"get": {"operationId": "listThings"}, "post": {"operationId": "list-things"}},
            "/c": {"get": {"operationId": "new"}, "put": {"operationId": "2fa"}},
        }});
        let (view, messages) = run(complete, view);
        let cases = [
            ("/v1/orders/{id}", "get", "get_v1_orders_id"),
            ("/v1/orders/{id}", "delete", "delete_v1_orders_id"),
            ("/b", "get", "list_things"),
            ("/b", "post", "list_things_2"),
            ("/c", "get", "new_2"),
            ("/c", "put", "op_2fa"),
        ];
        for (path, method, expected) in cases {
            assert_eq!(view["paths"][path][method]["operationId"], expected);
        }
        assert_eq!(messages.len(), 2, "{messages:?}");
    }
}
