//! Every style of OpenAPI 3.0, from the request line to the typed value.

use std::{sync::Arc, time::Duration};

use orderly_api_runtime::{
    Call, Failure, Limits, Operation, Reply, Response, RouteTable, Routing, Schemas, Style,
};
use poem::{Endpoint, Request, Route, RouteMethod, http::StatusCode};
use serde_json::{Value, json};

const fn get(path: &'static str) -> Operation {
    Operation {
        id: "get",
        method: "GET",
        path,
        tag: "styles",
        statuses: &[200],
        status_ranges: &[],
        has_default: false,
        security: &[],
    }
}

static IN_PATH: Operation = get("/path/{color}");
static IN_QUERY: Operation = get("/query");
static IN_HEADER: Operation = get("/header");
static SCHEMAS: Schemas = Schemas::new(
    r#"{"color": {"type": "object", "required": ["R"], "additionalProperties": false,
        "properties": {"R": {"type": "integer"}, "G": {"type": "integer"}}},
        "any": {"oneOf": [{"type": "integer"}, {"type": "string", "minLength": 2}]}}"#,
);

/// Sends a request to an operation that reads one parameter, and gives what it read or the mistakes' codes.
async fn read<F>(
    operation: &'static Operation,
    request: Request,
    handler: fn(Call) -> F,
) -> Result<Value, Vec<String>>
where
    F: Future<Output = Result<Response, Failure>> + Send + 'static,
{
    let limits = Limits { max_body_bytes: 0, body_read: Duration::ZERO };
    let mut table = RouteTable::new();
    Routing::new(Arc::new(()), limits, &SCHEMAS, &mut table).add(operation, move |_, call| handler(call));
    let mut route = Route::new();
    for (path, methods) in table {
        let methods =
            methods.into_iter().fold(RouteMethod::new(), |all, (method, get)| all.method(method, get));
        route = route.at(path, methods);
    }
    match route.call(request).await {
        Ok(response) => Ok(response.into_body().into_json().await.expect("the handler answers in JSON")),
        Err(error) => {
            let failure: Failure = error.downcast().expect("only failures are raised");
            assert_eq!(failure.status, StatusCode::BAD_REQUEST);
            Err(failure.errors.into_iter().map(|violation| violation.code.into_owned()).collect())
        }
    }
}

fn from(uri: &str) -> Request {
    Request::builder().uri_str(uri).finish()
}

/// A handler that reads one parameter and sends it back.
macro_rules! echo {
    ($call:ident => $read:expr) => {
        |mut $call: Call| async move {
            let value = $read;
            let value = $call.finish(|| value)?;
            Reply::new(200).json("application/json", &value)
        }
    };
}

#[tokio::test]
async fn lists_in_a_path() {
    let list = json!([3, 4, 5]);
    let simple = echo!(call => call.path("color").required::<Vec<i32>>());
    assert_eq!(read(&IN_PATH, from("/path/3,4,5"), simple).await, Ok(list.clone()));
    let label = echo!(call => call.path("color").style(Style::Label).required::<Vec<i32>>());
    assert_eq!(read(&IN_PATH, from("/path/.3,4,5"), label).await, Ok(list.clone()));
    assert_eq!(read(&IN_PATH, from("/path/3,4,5"), label).await, Err(vec!["format".into()]));
    let label = echo!(call => call.path("color").style(Style::Label).explode(true).required::<Vec<i32>>());
    assert_eq!(read(&IN_PATH, from("/path/.3.4.5"), label).await, Ok(list.clone()));
    let matrix = echo!(call => call.path("color").style(Style::Matrix).required::<Vec<i32>>());
    assert_eq!(read(&IN_PATH, from("/path/;color=3,4,5"), matrix).await, Ok(list.clone()));
    let matrix = echo!(call => call.path("color").style(Style::Matrix).explode(true).required::<Vec<i32>>());
    assert_eq!(read(&IN_PATH, from("/path/;color=3;color=4;color=5"), matrix).await, Ok(list));
}

#[tokio::test]
async fn lists_in_a_query() {
    let exploded = echo!(call => call.query("color").required::<Vec<String>>());
    assert_eq!(
        read(&IN_QUERY, from("/query?color=a%2Cb&color=c+d"), exploded).await,
        Ok(json!(["a,b", "c d"]))
    );
    assert_eq!(read(&IN_QUERY, from("/query"), exploded).await, Err(vec!["required".into()]));
    let form = echo!(call => call.query("color").explode(false).required::<Vec<String>>());
    assert_eq!(read(&IN_QUERY, from("/query?color=a%2Cb,c"), form).await, Ok(json!(["a,b", "c"])));
    let space = echo!(call => call.query("color").style(Style::SpaceDelimited).required::<Vec<String>>());
    assert_eq!(read(&IN_QUERY, from("/query?color=a%20b+c"), space).await, Ok(json!(["a", "b", "c"])));
    let pipe = echo!(call => call.query("color").style(Style::PipeDelimited).required::<Vec<String>>());
    assert_eq!(read(&IN_QUERY, from("/query?color=a%7Cb|c"), pipe).await, Ok(json!(["a", "b", "c"])));
    let bounded = echo!(call => call.query("color").items(2, None).optional::<Vec<String>>());
    assert_eq!(read(&IN_QUERY, from("/query?color=a"), bounded).await, Err(vec!["min_items".into()]));
    assert_eq!(read(&IN_QUERY, from("/query"), bounded).await, Ok(Value::Null));
}

#[tokio::test]
async fn lists_in_headers_may_stand_in_several_lines() {
    let list = echo!(call => call.header("X-Color").required::<Vec<i32>>());
    let request =
        Request::builder().uri_str("/header").header("x-color", "3, 4").header("x-color", "5").finish();
    assert_eq!(read(&IN_HEADER, request, list).await, Ok(json!([3, 4, 5])));
    let one = echo!(call => call.header("X-Color").required::<i32>());
    let request =
        Request::builder().uri_str("/header").header("x-color", "3").header("x-color", "5").finish();
    assert_eq!(read(&IN_HEADER, request, one).await, Err(vec!["duplicate_parameter".into()]));
}

#[tokio::test]
async fn objects_take_the_types_of_their_schema() {
    let color = json!({"R": 100, "G": 200});
    let exploded = echo!(call => call.query("color").schema("#/color").required_value::<Value>());
    assert_eq!(read(&IN_QUERY, from("/query?G=200&R=100"), exploded).await, Ok(color.clone()));
    let form = echo!(call => call.query("color").explode(false).schema("#/color").required_value::<Value>());
    assert_eq!(read(&IN_QUERY, from("/query?color=R,100,G,200"), form).await, Ok(color.clone()));
    let deep = echo!(call => call.query("color").style(Style::DeepObject).schema("#/color").required_value::<Value>());
    assert_eq!(read(&IN_QUERY, from("/query?color[R]=100&color[G]=200"), deep).await, Ok(color.clone()));
    let simple = echo!(call => call.path("color").explode(true).schema("#/color").required_value::<Value>());
    assert_eq!(read(&IN_PATH, from("/path/R=100,G=200"), simple).await, Ok(color.clone()));
    let json = echo!(call => call.query("color").json("#/color").required_value::<Value>());
    assert_eq!(read(&IN_QUERY, from("/query?color=%7B%22R%22:100,%22G%22:200%7D"), json).await, Ok(color));
    assert_eq!(read(&IN_QUERY, from("/query?color={"), json).await, Err(vec!["type".into()]));
}

/// An integer or a text.
#[derive(Clone, Debug, PartialEq)]
enum AnyValue {
    Number(i64),
    Text(TwoLetters),
}
orderly_api_runtime::one_of!(AnyValue { Number(i64), Text(TwoLetters) });

orderly_api_runtime::string! {
    /// Two letters at least.
    struct TwoLetters { min_length: 2 }
}

#[tokio::test]
async fn unions_of_scalars_take_the_type_that_fits() {
    let any = echo!(call => call.query("any").schema("#/any").required_value::<AnyValue>());
    assert_eq!(read(&IN_QUERY, from("/query?any=7"), any).await, Ok(json!(7)));
    assert_eq!(read(&IN_QUERY, from("/query?any=ab"), any).await, Ok(json!("ab")));
    assert_eq!(read(&IN_QUERY, from("/query?any=a"), any).await, Err(vec!["min_length".into()]));
}

#[tokio::test]
async fn an_empty_value_is_none_only_where_the_document_allows_it() {
    let strict = echo!(call => call.query("flag").optional::<bool>());
    assert_eq!(read(&IN_QUERY, from("/query?flag"), strict).await, Err(vec!["type".into()]));
    let lenient = echo!(call => call.query("flag").allow_empty().optional::<bool>());
    assert_eq!(read(&IN_QUERY, from("/query?flag"), lenient).await, Ok(Value::Null));
}
