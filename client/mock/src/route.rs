//! Which operation a request is one of.

use http::Method;
use sdk::{OPERATIONS, Operation};

/// The operation of a method and a path, and the parameters of the path. Where several fit, the one with the longest text
/// outside of its parameters is meant (OpenAPI 3.0.3, "Path Templating Matching").
pub(crate) fn find(method: &Method, path: &str) -> Option<(&'static Operation, Vec<(&'static str, String)>)> {
    let of_method = OPERATIONS.iter().filter(|operation| operation.method == method.as_str());
    let fitting = of_method.filter_map(|operation| Some((operation, parameters(operation.path, path)?)));
    fitting.max_by_key(|(operation, parameters)| {
        let names: usize = parameters.iter().map(|(name, _)| name.len() + "{}".len()).sum();
        operation.path.len() - names
    })
}

/// The parameters that fill a template to a path.
fn parameters<'t>(template: &'t str, path: &str) -> Option<Vec<(&'t str, String)>> {
    let (mut template, mut path, mut parameters) = (template, path, Vec::new());
    while let Some((text, rest)) = template.split_once('{') {
        path = path.strip_prefix(text)?;
        let (name, behind) = rest.split_once('}')?;
        let text = behind.split('{').next().unwrap_or_default();
        let end = match text.chars().next() {
            Some(_) => path.find(text)?,
            None if behind.is_empty() => path.len(),
            None => 0,
        };
        let (value, left) = path.split_at(end);
        if value.is_empty() || value.contains('/') {
            return None;
        }
        parameters.push((name, value.to_owned()));
        (template, path) = (behind, left);
    }
    (template == path).then_some(parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_within_its_segments() {
        let cases = [
            ("/a", "/a", Some(vec![])),
            ("/a/{id}", "/a/1%2F2", Some(vec![("id", "1%2F2")])),
            ("/a/{id}", "/a/1/b", None),
            ("/a/{id}", "/a/", None),
            ("/a/{id}/b", "/a/1/b", Some(vec![("id", "1")])),
            ("/a/{id}.{kind}", "/a/1.csv", Some(vec![("id", "1"), ("kind", "csv")])),
            ("/a/{id}:run", "/a/1:run", Some(vec![("id", "1")])),
            ("/a", "/b", None),
        ];
        for (template, path, expected) in cases {
            let found = parameters(template, path);
            let expected = expected
                .map(|all| all.into_iter().map(|(name, value)| (name, value.to_owned())).collect::<Vec<_>>());
            assert_eq!(found, expected, "{template} {path}");
        }
    }
}
