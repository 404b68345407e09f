//! Why a request got no answer, and why a target or a credential is none.

use std::{path::PathBuf, time::Duration};

use super::identity::KINDS;

/// No answer came.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The request cannot be written as HTTP, so that nothing was sent.
    #[error("this is no request of HTTP")]
    NotHttp(#[from] http::Error),
    /// The server cannot be reached, or it hung up.
    #[error("no answer came")]
    Client(#[from] hyper_util::client::legacy::Error),
    /// The answer broke off.
    #[error("the answer broke off")]
    Body(#[from] hyper::Error),
    /// It took too long.
    #[error("no whole answer came within {0:?}")]
    TimeLimit(Duration),
    /// The answer is longer than anybody reads.
    #[error("the answer has more than {0} bytes")]
    Endless(usize),
}

impl SendError {
    /// Whether there is no connection at all.
    pub fn is_unreachable(&self) -> bool {
        matches!(self, Self::Client(error) if error.is_connect())
    }

    /// The error and its causes in a line.
    pub fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            text = format!("{text}: {error}");
            cause = error.source();
        }
        text
    }
}

/// A target cannot be called as it is described.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// The address is none.
    #[error(
        "`{0}` is no address of a server: one looks like http://127.0.0.1:8080 or https://example.com/api, without a \
         query and without a password"
    )]
    Address(String),
    /// The certificates cannot be read.
    #[error("the certificates in {} cannot be used: {reason}", file.display())]
    Authorities {
        /// The file.
        file: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The system's certificates cannot be read.
    #[error("the system's certificates cannot be used; name a file of your own")]
    System(#[source] std::io::Error),
    /// TLS cannot be set up.
    #[error("TLS cannot be set up")]
    Tls(#[from] rustls::Error),
}

/// A credential is none.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// There is no value.
    #[error(
        "a credential is written SCHEME=VALUE: bearer=TOKEN, basic=USER:PASSWORD or the name of a security scheme of the document"
    )]
    NoValue,
    /// The scheme is none of the document's.
    #[error("`{name}` is no security scheme: it is bearer, basic{}", or_one_of(.declared))]
    Scheme {
        /// What was given.
        name: String,
        /// The document's.
        declared: Vec<String>,
    },
    /// The file with the value cannot be read.
    #[error("the credential in {} cannot be read", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The variable with the value is not set.
    #[error("the variable {0} with the credential is not set")]
    Variable(String),
    /// A password is missing.
    #[error("a credential for basic is USER:PASSWORD")]
    NoPassword,
    /// There is nothing in it.
    #[error("the credential for `{0}` is empty")]
    Empty(String),
    /// The value cannot be sent.
    #[error("the credential for `{0}` has characters that cannot be sent in a header")]
    Characters(String),
}

fn or_one_of(names: &[String]) -> String {
    let others = names.iter().filter(|name| !KINDS.contains(&name.as_str()));
    others.map(|name| format!(" or {name}")).collect()
}
