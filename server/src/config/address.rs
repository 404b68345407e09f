//! Addresses in settings: where to listen, networks of proxies, origins of web pages, the collector of traces.

use std::{
    borrow::Cow,
    fmt,
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use ipnet::IpNet;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use url::Url;

/// Reads an address to listen on. The standard library's own message does not say what it has to be.
pub(super) fn listen<'de, D: Deserializer<'de>>(reader: D) -> Result<SocketAddr, D::Error> {
    let text = String::deserialize(reader)?;
    text.parse().map_err(|_| D::Error::custom(AddressError::Listen(text)))
}

/// Reads an address to listen on that may be left out.
pub(super) fn listen_or_not<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<SocketAddr>, D::Error> {
    listen(reader).map(Some)
}

/// Why a text is no address of the kind that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// No address to listen on.
    #[error("`{0}` has to be an IP address and a port, such as 127.0.0.1:8080, 0.0.0.0:8080 or [::]:8080")]
    Listen(String),
    /// No network.
    #[error("`{0}` has to be a network such as 10.0.0.0/8 or fd00::/8, or one address")]
    Network(String),
    /// Any origin.
    #[error("`*` stands for no origin: each one has to be named, such as https://shop.example")]
    AnyOrigin,
    /// No origin.
    #[error(
        "`{0}` has to be an origin, which has a scheme, a host and no path, such as https://shop.example"
    )]
    Origin(String),
    /// No address of a collector.
    #[error("has to be an address such as http://localhost:4318, without a query")]
    Endpoint,
    /// A password would be shown with the settings.
    #[error("the address must not hold a user or password")]
    Credentials,
}

/// Makes a type of a text: how it is read, written and described.
macro_rules! text {
    ($name:ident, $pattern:literal) => {
        impl TryFrom<String> for $name {
            type Error = AddressError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    };
}

/// IP addresses that begin alike, such as `10.0.0.0/8`; a single address is a network of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Network(IpNet);

impl Network {
    /// Whether the address belongs to it. An IPv4 address counts as itself however it is written
    /// (`::ffff:10.0.0.1`, RFC 4291 section 2.5.5.2).
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

impl FromStr for Network {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse()
            .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
            .map(Self)
            .map_err(|_| AddressError::Network(text.to_owned()))
    }
}

text!(Network, "^[0-9A-Fa-f:.]+(/[0-9]{1,3})?$");

/// Where a web page comes from, such as `https://shop.example` (RFC 6454): scheme, host, and port unless it is the
/// scheme's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Origin(String);

impl Origin {
    /// As browsers send it in the header `Origin`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains('*') {
            return Err(AddressError::AnyOrigin);
        }
        let wrong = || AddressError::Origin(text.to_owned());
        let url = Url::parse(text).map_err(|_| wrong())?;
        let origin = url.origin().ascii_serialization();
        // Whatever an origin has not got would make the texts differ: user, path, query, fragment.
        let whole = url.as_str().trim_end_matches('/');
        if !matches!(url.scheme(), "http" | "https") || whole != origin || text.ends_with('/') {
            return Err(wrong());
        }
        Ok(Self(origin))
    }
}

text!(Origin, "^https?://[^/?#@]+$");

/// The address of a service that this server calls over HTTP.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Endpoint(Url);

impl Endpoint {
    /// The address.
    pub fn url(&self) -> &Url {
        &self.0
    }
}

impl FromStr for Endpoint {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The text is not told: it may hold a password or a token.
        let url = Url::parse(text).map_err(|_| AddressError::Endpoint)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::Credentials);
        }
        if !matches!(url.scheme(), "http" | "https") || url.query().is_some() {
            return Err(AddressError::Endpoint);
        }
        Ok(Self(url))
    }
}

text!(Endpoint, "^https?://[^/?#@]+");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_its_addresses() {
        let holds = |network: &str, address: &str| {
            network.parse::<Network>().unwrap().contains(address.parse().unwrap())
        };
        assert!(holds("10.0.0.0/8", "10.1.2.3"));
        assert!(holds("10.0.0.0/8", "::ffff:10.1.2.3"));
        assert!(!holds("10.0.0.0/8", "11.1.2.3"));
        assert!(holds("fd00::/8", "fd12::1"));
        assert!(holds("192.0.2.7", "192.0.2.7") && !holds("192.0.2.7", "192.0.2.8"));
        for bad in ["10.0.0.0/33", "proxy.example", ""] {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_origin_is_kept_as_browsers_send_it() {
        let cases = [
            ("https://shop.example", "https://shop.example"),
            ("HTTPS://Shop.Example:443", "https://shop.example"),
            ("http://localhost:3000", "http://localhost:3000"),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<Origin>().unwrap().as_str(), expected);
        }
        let bad = [
            "*",
            "null",
            "shop.example",
            "https://shop.example/",
            "https://shop.example/a",
            "https://a@b",
            "",
        ];
        for text in
            bad.into_iter().chain(["https://shop.example?a", "ftp://shop.example", "https://*.example"])
        {
            let origin = text.parse::<Origin>();
            assert!(origin.is_err(), "{origin:?}");
        }
    }

    #[test]
    fn an_endpoint_shows_no_password() {
        assert!("http://localhost:4318".parse::<Endpoint>().is_ok());
        assert_eq!("http://user:secret@localhost".parse::<Endpoint>(), Err(AddressError::Credentials));
        for bad in
            ["localhost:4318", "http://u:secret@localhost:99999", "http://localhost:4318/?token=secret"]
        {
            let refused = bad.parse::<Endpoint>().unwrap_err();
            assert!(!refused.to_string().contains("secret"), "{refused}");
        }
    }
}
