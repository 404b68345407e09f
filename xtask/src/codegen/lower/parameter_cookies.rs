//! Has cookie parameters sent: progenitor knows none, so they stand in the view as headers, and generated code adds each
//! to the one `Cookie` header that a request may have (RFC 6265, section 5.4).

use serde_json::Value;

use super::facts;
use super::report::Report;
use super::walk::each_operation;

/// The pass.
pub(super) fn carry(view: &mut Value, report: &mut Report) {
    each_operation(view, report, |_, _, operation, _| {
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        let cookies = parameters.into_iter().flatten().filter(|parameter| parameter["in"] == "cookie");
        let mut names = Vec::new();
        for parameter in cookies {
            parameter["in"] = "header".into();
            names.push(parameter["name"].clone());
        }
        if !names.is_empty() {
            operation.insert(facts::COOKIES.to_owned(), names.into());
        }
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::super::testing::run_on_operation;
    use super::*;
    use serde_json::json;

    #[test]
    fn a_cookie_stands_as_a_header_and_is_remembered() {
        let declared = json!({"parameters": [{"name": "a", "in": "cookie"}, {"name": "b", "in": "header"}]});
        let (operation, messages) = run_on_operation(carry, declared);
        let expected = json!([{"name": "a", "in": "header"}, {"name": "b", "in": "header"}]);
        assert_eq!(operation["parameters"], expected);
        assert_eq!(operation[facts::COOKIES], json!(["a"]));
        assert_eq!(messages, [] as [&str; 0]);
    }
}
