//! Any operation by its description, with text for arguments: for programs that learn at run time what they call.

use bytes::Bytes;
use futures_util::stream::Stream;
use http::header::ACCEPT;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use progenitor_client::{ClientInfo as _, encode_path};
use reqwest::{Request, Response, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::reading::head;
use crate::transport::{ENDLESS, describe};
use crate::{
    ByteStream, CallFuture, Client, Error, Event, Operation, Page, Problem, ResponseExt, ResponseValue,
    answer, events, paging,
};

impl Client {
    /// Begins a call of any operation. It is sent as the operation's own method would send it: with the same credentials,
    /// headers, repetitions, limits and [options](Client::with).
    ///
    /// ```no_run
    /// # async fn run(shop: orderly_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use orderly_client::Operation;
    ///
    /// let operation = Operation::find("get_product").ok_or("no such operation")?;
    /// let answer = shop.raw(operation).path("product_id", "prd_01jd0q5x8yf6r9v2k3m4n5p6q7").await?;
    /// println!("{}", answer.json::<serde_json::Value>()?["name"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn raw(&self, operation: &'static Operation) -> RawCall<'_> {
        RawCall {
            client: self,
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            body: Ok(None),
        }
    }
}

/// A call of an operation whose arguments are text; begin with [`Client::raw`], and await it.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct RawCall<'a> {
    client: &'a Client,
    operation: &'static Operation,
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    /// The bytes, or why there are none.
    body: Result<Option<Bytes>, String>,
}

impl<'a> RawCall<'a> {
    /// Fills a parameter of the path. Whatever it holds stays within its place: it is percent-encoded.
    pub fn path(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.path.push((name.into(), value.into()));
        self
    }

    /// Adds a query parameter. A name may be given several times, and is then sent as often.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Adds a header, in place of one that the SDK would send, but for credentials.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends these bytes as body, of the media type that the document declares unless a header says another.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Ok(Some(body.into()));
        self
    }

    /// Sends this value as JSON.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        let text = serde_json::to_vec(body).map_err(|error| format!("the body cannot be JSON: {error}"));
        self.body = text.map(|text| Some(text.into()));
        self
    }

    /// The request as it would be sent, and sends nothing. It is complete but for credentials and what the connections
    /// add: `User-Agent`, `Host` and `Content-Length`.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] names the parameter that is missing, unknown or no header.
    pub fn prepare(&self) -> Result<Request, Error> {
        let operation = self.operation;
        let method = Method::from_bytes(operation.method.as_bytes());
        let method = method.map_err(|_| invalid(format!("`{}` is no method", operation.method)))?;
        let mut request = Request::new(method, self.url()?);
        *request.body_mut() = self.body.clone().map_err(Error::InvalidRequest)?.map(reqwest::Body::from);
        describe(&mut request, operation);
        add(request.headers_mut(), &self.headers)?;
        self.client.complete(&mut request, operation.id, Some(operation)).map_err(Error::InvalidRequest)?;
        Ok(request)
    }

    /// Sends the call, and gives any answer that is no error, with its status and its headers.
    ///
    /// # Errors
    /// As the operation's own method; an answer is not decoded, so [`Error::Decode`] and [`Error::Unexpected`] do not
    /// come from here.
    pub async fn send(self) -> Result<RawAnswer, Error> {
        let response = self.client.deliver(self.prepare()?, self.operation.id).await?;
        let mut response = refused(response).await?;
        let (status, headers) = head(&mut response);
        Ok(RawAnswer { status, headers, body: response.bytes().await? })
    }

    /// The list page by page, from the cursor of this call on; each page is fetched when it is asked for.
    ///
    /// The stream fails with [`Error::InvalidRequest`] if the operation has no pages, and with [`Error::Decode`] if what
    /// comes is no page.
    pub fn pages(self) -> impl Stream<Item = Result<RawAnswer, Error>> + Send + 'a {
        paging::pages(self, Self::page, Self::behind)
    }

    /// The list item by item, from the cursor of this call on.
    pub fn items(self) -> impl Stream<Item = Result<Value, Error>> + Send + 'a {
        paging::items(self.pages())
    }

    /// The events of an operation that can answer with server-sent events, one by one, from the `Last-Event-ID` of this
    /// call on. The stream goes on when a connection ends, and ends when the server answers 204.
    pub fn events(self) -> impl Stream<Item = Result<Event, Error>> + Send + 'a {
        events::follow(self.client, self.operation, self, Self::connect, |call, id| {
            call.replacing_header("Last-Event-ID", id)
        })
    }

    fn names(&self, header: &str) -> bool {
        self.headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(header))
    }

    fn replacing_header(mut self, name: &str, value: String) -> Self {
        self.headers.retain(|(given, _)| !given.eq_ignore_ascii_case(name));
        self.header(name, value)
    }

    async fn connect(self) -> Result<ResponseValue<ByteStream>, Error> {
        let mut request = self.prepare()?;
        *request.timeout_mut() = Some(ENDLESS);
        if !self.operation.answers_events && !self.names("accept") {
            request.headers_mut().insert(ACCEPT, HeaderValue::from_static("text/event-stream"));
        }
        let response = self.client.deliver(request, self.operation.id).await?;
        refused(response).await.map(ResponseValue::stream)
    }

    async fn page(self) -> Result<RawAnswer, Error> {
        if !self.operation.is_paged {
            return Err(invalid(format!("{} has no pages", self.operation.id)));
        }
        let answer = self.send().await?;
        answer.json::<ListPage>()?;
        Ok(answer)
    }

    fn behind(mut self, cursor: String) -> Self {
        self.query.retain(|(name, _)| name != "cursor");
        self.query("cursor", cursor)
    }

    fn url(&self) -> Result<Url, Error> {
        let Operation { id, path: template, .. } = self.operation;
        let mut text = self.client.baseurl().to_owned();
        let mut rest = *template;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
        {
            let value = self.path.iter().rfind(|(given, _)| given == name);
            let (_, value) =
                value.ok_or_else(|| invalid(format!("{id} needs the path parameter `{name}`")))?;
            if matches!(value.as_str(), "" | "." | "..") {
                // A URL forgets such segments (WHATWG URL, "path state"): the call would go elsewhere.
                return Err(invalid(format!(
                    "`{value}` cannot be sent as the path parameter `{name}` of {id}"
                )));
            }
            text.push_str(before);
            text.push_str(&encode_path(value));
            rest = after;
        }
        text.push_str(rest);
        if let Some((name, _)) = self.path.iter().find(|(name, _)| !template.contains(&format!("{{{name}}}")))
        {
            return Err(invalid(format!("{id} has no path parameter `{name}`; its path is {template}")));
        }
        let mut url: Url =
            text.parse().map_err(|error| invalid(format!("`{text}` is no address: {error}")))?;
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(url)
    }
}

impl<'a> IntoFuture for RawCall<'a> {
    type Output = Result<RawAnswer, Error>;
    type IntoFuture = CallFuture<'a, RawAnswer>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// An answer as it came; [`ResponseExt`] reads its headers.
#[derive(Clone, Debug)]
pub struct RawAnswer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl RawAnswer {
    /// Its status, which is no error's.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Its headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Its body; empty if it has none.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Whether it is a 304: what `If-None-Match` named is still current.
    #[must_use]
    pub fn is_not_modified(&self) -> bool {
        self.status == StatusCode::NOT_MODIFIED
    }

    /// Its body as JSON.
    ///
    /// # Errors
    /// [`Error::Decode`] when it is none, or has another shape.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|source| Error::Decode {
            status: self.status,
            request_id: self.request_id().map(str::to_owned),
            body: self.body.clone(),
            source,
        })
    }
}

impl ResponseExt for RawAnswer {
    fn etag(&self) -> Option<&str> {
        answer::text(&self.headers, "etag")
    }

    fn location(&self) -> Option<&str> {
        answer::text(&self.headers, "location")
    }

    fn request_id(&self) -> Option<&str> {
        answer::text(&self.headers, "x-request-id")
    }

    fn is_replayed(&self) -> bool {
        answer::text(&self.headers, "idempotent-replayed") == Some("true")
    }
}

/// What every page of a list has.
#[derive(Default, serde::Deserialize)]
struct ListPage {
    items: Vec<Value>,
    next_cursor: Option<String>,
}

impl RawAnswer {
    fn list_page(&self) -> ListPage {
        self.json().unwrap_or_default()
    }
}

impl Page for RawAnswer {
    type Item = Value;

    fn next_cursor(&self) -> Option<String> {
        self.list_page().next_cursor
    }

    fn into_items(self) -> Vec<Value> {
        self.list_page().items
    }
}

/// Puts the caller's own headers in place of others; one that is given several times is sent as often.
fn add(headers: &mut HeaderMap, own: &[(String, String)]) -> Result<(), Error> {
    let mut parsed = HeaderMap::new();
    for (name, value) in own {
        let header = HeaderName::try_from(name);
        let header = header.map_err(|_| invalid(format!("`{name}` is no name of a header")))?;
        let value = HeaderValue::try_from(value);
        parsed.append(header, value.map_err(|_| invalid(format!("the value of `{name}` is no header's")))?);
    }
    headers.extend(parsed);
    Ok(())
}

/// The same answer, or the problem that it is.
async fn refused(mut response: Response) -> Result<Response, Error> {
    if !(response.status().is_client_error() || response.status().is_server_error()) {
        return Ok(response);
    }
    let (status, headers) = head(&mut response);
    let body = response.bytes().await.unwrap_or_default();
    Err(Problem::read(&body).complete(status, &headers).into())
}

fn invalid(reason: String) -> Error {
    Error::InvalidRequest(reason)
}
