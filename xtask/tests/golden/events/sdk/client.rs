#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    #[allow(unused_imports)]
    pub use super::super::enums::*;
    ///`Headline`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct Headline {
        pub number: i32,
        pub text: ::std::string::String,
    }
    impl Headline {
        pub fn builder() -> builder::Headline {
            Default::default()
        }
    }
    ///`SummarizeBody`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct SummarizeBody {
        pub text: ::std::string::String,
    }
    impl SummarizeBody {
        pub fn builder() -> builder::SummarizeBody {
            Default::default()
        }
    }
    ///`SummarizeEvent`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct SummarizeEvent {
        pub word: ::std::string::String,
    }
    impl SummarizeEvent {
        pub fn builder() -> builder::SummarizeEvent {
            Default::default()
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        #[derive(Clone, Debug)]
        pub struct Headline {
            number: ::std::result::Result<i32, ::std::string::String>,
            text: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Headline {
            fn default() -> Self {
                Self {
                    number: Err("no value supplied for number".to_string()),
                    text: Err("no value supplied for text".to_string()),
                }
            }
        }
        impl Headline {
            pub fn number<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i32>,
                T::Error: ::std::fmt::Display,
            {
                self.number = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for number: {e}")
                    });
                self
            }
            pub fn text<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.text = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for text: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Headline> for super::Headline {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Headline,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    number: value.number?,
                    text: value.text?,
                })
            }
        }
        impl ::std::convert::From<super::Headline> for Headline {
            fn from(value: super::Headline) -> Self {
                Self {
                    number: Ok(value.number),
                    text: Ok(value.text),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct SummarizeBody {
            text: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for SummarizeBody {
            fn default() -> Self {
                Self {
                    text: Err("no value supplied for text".to_string()),
                }
            }
        }
        impl SummarizeBody {
            pub fn text<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.text = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for text: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<SummarizeBody> for super::SummarizeBody {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SummarizeBody,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { text: value.text? })
            }
        }
        impl ::std::convert::From<super::SummarizeBody> for SummarizeBody {
            fn from(value: super::SummarizeBody) -> Self {
                Self { text: Ok(value.text) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct SummarizeEvent {
            word: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for SummarizeEvent {
            fn default() -> Self {
                Self {
                    word: Err("no value supplied for word".to_string()),
                }
            }
        }
        impl SummarizeEvent {
            pub fn word<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.word = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for word: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<SummarizeEvent> for super::SummarizeEvent {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SummarizeEvent,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { word: value.word? })
            }
        }
        impl ::std::convert::From<super::SummarizeEvent> for SummarizeEvent {
            fn from(value: super::SummarizeEvent) -> Self {
                Self { word: Ok(value.word) }
            }
        }
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for Newsroom



Version: 1.0.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: ::sdk::Transport,
}
impl Client {
    /// Create a new client.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(baseurl: &str, inner: ::sdk::Transport) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new().connect_timeout(dur).timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap(), inner)
    }
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: ::sdk::Transport,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<::sdk::Transport> for Client {
    fn api_version() -> &'static str {
        "1.0.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &::sdk::Transport {
        &self.inner
    }
}
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<::sdk::Transport>,
    {}
};
impl Client {
    /**Follow what happens

Sends a `GET` request to `/news`

Arguments:
- `client`
- `events_in_query`
- `topic`
- `last_event_id`: Goes on after the event with this id.
```text
let response = client.follow_news()
    .client(client)
    .events_in_query(events_in_query)
    .topic(topic)
    .last_event_id(last_event_id)
    .send()
    .await;
```*/
    pub fn follow_news(&self) -> builder::FollowNews<'_> {
        builder::FollowNews::new(self)
    }
    /**Follow the lines of a room, which are text

Sends a `GET` request to `/rooms/{room}/lines`

Arguments:
- `room`
- `last_event_id`: Goes on after the event with this id.
```text
let response = client.follow_lines()
    .room(room)
    .last_event_id(last_event_id)
    .send()
    .await;
```*/
    pub fn follow_lines(&self) -> builder::FollowLines<'_> {
        builder::FollowLines::new(self)
    }
    /**Sum something up, word by word

Sends a `POST` request to `/summaries`

Arguments:
- `last_event_id`: Goes on after the event with this id.
- `body`
```text
let response = client.summarize()
    .last_event_id(last_event_id)
    .body(body)
    .send()
    .await;
```*/
    pub fn summarize(&self) -> builder::Summarize<'_> {
        builder::Summarize::new(self)
    }
}
/// Types for composing operation parameters.
#[allow(clippy::all)]
pub mod builder {
    use super::types;
    #[allow(unused_imports)]
    use super::{
        encode_path, ByteStream, ClientInfo, ClientHooks, Error, OperationInfo,
        RequestBuilderExt, ResponseValue,
    };
    /**Builder for [`Client::follow_news`]

[`Client::follow_news`]: super::Client::follow_news*/
    #[derive(Debug, Clone)]
    pub struct FollowNews<'a> {
        pub(in super::super) _client: &'a super::Client,
        client: Result<Option<::std::string::String>, String>,
        events_in_query: Result<Option<i64>, String>,
        topic: Result<Option<::std::string::String>, String>,
        last_event_id: Result<Option<::std::string::String>, String>,
    }
    impl<'a> FollowNews<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                _client: client,
                client: Ok(None),
                events_in_query: Ok(None),
                topic: Ok(None),
                last_event_id: Ok(None),
            }
        }
        pub fn client<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.client = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for client failed"
                        .to_string()
                });
            self
        }
        pub fn events_in_query<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i64>,
        {
            self.events_in_query = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `i64` for events_in_query failed".to_string()
                });
            self
        }
        pub fn topic<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.topic = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for topic failed"
                        .to_string()
                });
            self
        }
        pub fn last_event_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.last_event_id = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for last_event_id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/news`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<::sdk::Problem>> {
            let Self { _client, client, events_in_query, topic, last_event_id } = self;
            let client = client.map_err(Error::InvalidRequest)?;
            let events_in_query = events_in_query.map_err(Error::InvalidRequest)?;
            let topic = topic.map_err(Error::InvalidRequest)?;
            let last_event_id = last_event_id.map_err(Error::InvalidRequest)?;
            let url = format!("{}/news", _client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = last_event_id {
                header_map.append("Last-Event-ID", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = _client
                .client
                .get(url)
                .query(&progenitor_client::QueryParam::new("client", &client))
                .query(&progenitor_client::QueryParam::new("events", &events_in_query))
                .query(&progenitor_client::QueryParam::new("topic", &topic))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "follow_news",
            };
            _client.pre(&mut request, &info).await?;
            let result = _client.exec(request, &info).await;
            _client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200..=299 => Ok(ResponseValue::stream(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(::sdk::unexpected(response).await),
            }
        }
    }
    /**Builder for [`Client::follow_lines`]

[`Client::follow_lines`]: super::Client::follow_lines*/
    #[derive(Debug, Clone)]
    pub struct FollowLines<'a> {
        pub(in super::super) client: &'a super::Client,
        room: Result<::std::string::String, String>,
        last_event_id: Result<Option<::std::string::String>, String>,
    }
    impl<'a> FollowLines<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                room: Err("room was not initialized".to_string()),
                last_event_id: Ok(None),
            }
        }
        pub fn room<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.room = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for room failed"
                        .to_string()
                });
            self
        }
        pub fn last_event_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.last_event_id = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for last_event_id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/rooms/{room}/lines`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<::sdk::Problem>> {
            let Self { client, room, last_event_id } = self;
            let room = room.map_err(Error::InvalidRequest)?;
            let last_event_id = last_event_id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/rooms/{}/lines", client.baseurl, encode_path(& room.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = last_event_id {
                header_map.append("Last-Event-ID", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client.client.get(url).headers(header_map).build()?;
            let info = OperationInfo {
                operation_id: "follow_lines",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(::sdk::unexpected(response).await),
            }
        }
    }
    /**Builder for [`Client::summarize`]

[`Client::summarize`]: super::Client::summarize*/
    #[derive(Debug, Clone)]
    pub struct Summarize<'a> {
        pub(in super::super) client: &'a super::Client,
        last_event_id: Result<Option<::std::string::String>, String>,
        body: Result<types::builder::SummarizeBody, String>,
    }
    impl<'a> Summarize<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                last_event_id: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn last_event_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.last_event_id = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for last_event_id failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::SummarizeBody>,
            <V as std::convert::TryInto<types::SummarizeBody>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `SummarizeBody` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::SummarizeBody,
            ) -> types::builder::SummarizeBody,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/summaries`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<::sdk::Problem>> {
            let Self { client, last_event_id, body } = self;
            let last_event_id = last_event_id.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::SummarizeBody::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/summaries", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = last_event_id {
                header_map.append("Last-Event-ID", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "summarize",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(::sdk::unexpected(response).await),
            }
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    pub use self::super::Client;
}
