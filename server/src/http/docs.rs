//! The documentation page (Swagger UI) and the documents that it shows: the source document as it stands, and the
//! operations document.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
    io::Read,
    sync::Arc,
};

use flate2::read::GzDecoder;
use orderly_api_runtime::{Bytes, Failure};
use poem::{
    Endpoint, Request, Response, Route,
    error::NotFoundError,
    get,
    http::{HeaderValue, StatusCode, header},
    web::Redirect,
};
use utoipa_swagger_ui::{Config, Url};

/// Method, path and operation of everything that [`routes`] answers.
pub const OPERATIONS: [(&str, &str, &str); 5] = [
    ("GET", "/openapi.json", "openapi_json"),
    ("GET", "/openapi.yaml", "openapi_yaml"),
    ("GET", "/operations.json", "operations_json"),
    ("GET", "/docs", "docs_redirect"),
    ("GET", "/docs/*", "docs"),
];

/// What the page is made of.
const FILES: [&str; 8] = [
    "index.html",
    "index.css",
    "swagger-ui.css",
    "swagger-initializer.js",
    "swagger-ui-bundle.js",
    "swagger-ui-standalone-preset.js",
    "favicon-16x16.png",
    "favicon-32x32.png",
];

/// The page loads only from its own origin and calls only it. Swagger UI sets style attributes and embeds icons as
/// `data:`, which it cannot do without the two exceptions.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The source document, in both of its forms.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// As JSON.
    pub json: &'static str,
    /// As YAML, comments and all.
    pub yaml: &'static str,
}

/// Adds the page and its documents, at the paths of [`OPERATIONS`].
///
/// # Errors
/// When the built-in page lacks a file or cannot be configured.
pub fn routes(others: Route, source: Source, operations: String) -> Result<Route, Failure> {
    let json = HeaderValue::from_static("application/json");
    // RFC 9512 registers the type.
    let yaml = HeaderValue::from_static("application/yaml");
    Ok(others
        .at("/openapi.json", get(Fixed::new(json.clone(), source.json.into())))
        .at("/openapi.yaml", get(Fixed::new(yaml, source.yaml.into())))
        .at("/operations.json", get(Fixed::new(json, operations.into())))
        .at("/docs", get(poem::endpoint::make_sync(|_| Redirect::permanent("/docs/"))))
        .at("/docs/*file", get(Page::new()?)))
}

/// Swagger UI's files, by name.
struct Page(BTreeMap<&'static str, File>);

/// A file as a browser takes it, and as it is without compression.
struct File {
    packed: Fixed,
    plain: Fixed,
}

impl Page {
    fn new() -> Result<Self, Failure> {
        let urls = [
            Url::with_primary("Orderly API", "/openapi.json", true),
            Url::new("Operations", "/operations.json"),
        ];
        let config = Config::new(urls)
            .persist_authorization(true)
            .try_it_out_enabled(true)
            .display_request_duration(true)
            .deep_linking(true)
            // The default sends the document to a validator on the internet.
            .validator_url("none");
        let config = Arc::new(config);
        let files = FILES.into_iter().map(|name| Ok((name, Self::file(name, config.clone())?)));
        files.collect::<Result<_, Failure>>().map(Self)
    }

    fn file(name: &'static str, config: Arc<Config<'static>>) -> Result<File, Failure> {
        let found =
            utoipa_swagger_ui::serve(name, config).map_err(|error| Failure::internal(error.to_string()))?;
        let file = found.ok_or_else(|| Failure::internal(format!("Swagger UI has no file {name}")))?;
        let content_type: HeaderValue = file.content_type.parse().map_err(Failure::internal)?;
        let bytes = match file.bytes {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => Bytes::from(bytes),
        };
        let page = |bytes| {
            Fixed::new(content_type.clone(), bytes)
                .with(header::CONTENT_SECURITY_POLICY, PAGE_POLICY)
                .with(header::VARY, "accept-encoding")
        };
        if !file.gzpipped {
            return Ok(File { packed: page(bytes.clone()), plain: page(bytes) });
        }
        let mut plain = Vec::new();
        GzDecoder::new(&bytes[..]).read_to_end(&mut plain).map_err(Failure::internal)?;
        Ok(File { packed: page(bytes).with(header::CONTENT_ENCODING, "gzip"), plain: page(plain.into()) })
    }
}

/// Whether the client says that it takes gzip. One that says nothing takes anything (RFC 9110, section 12.5.3), but
/// is more often a person with curl than a browser.
fn takes_gzip(request: &Request) -> bool {
    let refused = |parameter: &str| {
        let quality = parameter.trim().strip_prefix("q=").map(str::parse::<f32>);
        quality.is_some_and(|quality| quality.is_ok_and(|quality| quality == 0.0))
    };
    request.header(header::ACCEPT_ENCODING).is_some_and(|codings| {
        codings.split(',').any(|coding| {
            let mut parts = coding.split(';');
            matches!(parts.next().map(str::trim), Some("gzip" | "*")) && !parts.any(refused)
        })
    })
}

impl Endpoint for Page {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let name = match request.raw_path_param("file") {
            None | Some("") => "index.html",
            Some(name) => name,
        };
        let file = self.0.get(name).ok_or(NotFoundError)?;
        let form = if takes_gzip(&request) { &file.packed } else { &file.plain };
        Ok(form.answer(&request))
    }
}

/// Bytes that never change while the server runs, with a validator so that a repeated look costs no transfer.
struct Fixed {
    bytes: Bytes,
    etag: String,
    headers: Vec<(header::HeaderName, HeaderValue)>,
}

impl Fixed {
    fn new(content_type: HeaderValue, bytes: Bytes) -> Self {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let headers = vec![
            (header::CONTENT_TYPE, content_type),
            (header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
        ];
        Self { bytes, etag: format!("\"{:016x}\"", hasher.finish()), headers }
    }

    fn with(mut self, name: header::HeaderName, value: &'static str) -> Self {
        self.headers.push((name, HeaderValue::from_static(value)));
        self
    }

    fn answer(&self, request: &Request) -> Response {
        // RFC 9110, section 13.1.2: any tag of the list, compared weakly.
        let known = request.header(header::IF_NONE_MATCH).is_some_and(|tags| {
            tags.split(',')
                .map(|tag| tag.trim().trim_start_matches("W/"))
                .any(|tag| tag == self.etag || tag == "*")
        });
        let mut response = match known {
            true => Response::builder().status(StatusCode::NOT_MODIFIED).finish(),
            false => Response::builder().body(self.bytes.clone()),
        };
        let etag = HeaderValue::try_from(&self.etag).expect("a tag is quoted hexadecimal");
        response.headers_mut().insert(header::ETAG, etag);
        response.headers_mut().extend(self.headers.iter().cloned());
        response
    }
}

impl Endpoint for Fixed {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(self.answer(&request))
    }
}
