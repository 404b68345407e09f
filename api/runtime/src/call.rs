//! One request on its way into an operation: what generated handlers read it with.

use std::fmt;

use poem::{
    Body, Request, Response,
    http::{StatusCode, header},
};

use crate::{
    body::Limits,
    failure::{Failure, MAX_VIOLATIONS, Violation},
    operation::{Operation, SchemeKind},
    parameter::{Location, Parameter},
    query::Query,
    respond::Respond,
    route::PathNames,
    schema::Schemas,
    security,
    service::Service,
};

/// A request that an operation reads piece by piece. Mistakes are noted, not thrown, so that
/// [`finish`](Call::finish) reports all of them.
pub struct Call {
    pub(crate) request: Request,
    pub(crate) query: Query,
    pub(crate) violations: Vec<Violation>,
    pub(crate) schemas: &'static Schemas,
    pub(crate) body: Body,
    pub(crate) limits: Limits,
    operation: &'static Operation,
    path_names: PathNames,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

impl Call {
    pub(crate) fn new(
        operation: &'static Operation,
        mut request: Request,
        path_names: PathNames,
        schemas: &'static Schemas,
        limits: Limits,
    ) -> Self {
        let query = request.uri().query().map(Query::new).unwrap_or_default();
        let body = request.take_body();
        Self { request, query, violations: Vec::new(), schemas, body, limits, operation, path_names }
    }

    /// The principal of an operation that demands one.
    ///
    /// # Errors
    /// 401 if nothing was presented; else what the service says of the credentials.
    pub async fn authenticate<S: Service>(&mut self, service: &S) -> Result<S::Principal, Failure> {
        match self.authenticate_optional(service).await? {
            Some(principal) => Ok(principal),
            None => Err(self.challenge(Failure::new(
                StatusCode::UNAUTHORIZED,
                "unauthenticated",
                "This operation needs credentials.",
            ))),
        }
    }

    /// The principal of an operation that can also be called anonymously.
    ///
    /// # Errors
    /// What the service says of credentials that were presented.
    pub async fn authenticate_optional<S: Service>(
        &mut self,
        service: &S,
    ) -> Result<Option<S::Principal>, Failure> {
        let mut refused = None;
        for alternative in self.operation.security {
            for scheme in alternative.schemes {
                if let SchemeKind::Query(name) = scheme.kind {
                    self.query.take(name);
                }
            }
            if let Some(credentials) = security::presented(&self.request, &mut self.query, alternative) {
                match service.authenticate(&self.request, credentials, alternative.scopes).await {
                    Ok(principal) => return Ok(Some(principal)),
                    Err(error) => refused = refused.or(Some(error)),
                }
            }
        }
        match refused {
            Some(error) => Err(self.challenge(self.declared(error.into()))),
            None => Ok(None),
        }
    }

    /// A path parameter, by its name in the document.
    pub fn path(&mut self, name: &'static str) -> Parameter<'_> {
        Parameter::new(self, Location::Path, name)
    }

    /// A query parameter.
    pub fn query(&mut self, name: &'static str) -> Parameter<'_> {
        Parameter::new(self, Location::Query, name)
    }

    /// A header parameter.
    pub fn header(&mut self, name: &'static str) -> Parameter<'_> {
        Parameter::new(self, Location::Header, name)
    }

    /// A cookie parameter.
    pub fn cookie(&mut self, name: &'static str) -> Parameter<'_> {
        Parameter::new(self, Location::Cookie, name)
    }

    pub(crate) fn path_text(&self, name: &str) -> Option<&str> {
        self.request.raw_path_param(self.path_names.route_name(name)?)
    }

    /// The request, once everything was read.
    ///
    /// # Errors
    /// 400 `validation_failed` with every mistake that was noted, up to a hundred.
    pub fn finish<R>(&mut self, build: impl FnOnce() -> Option<R>) -> Result<R, Failure> {
        self.violations.extend(self.query.unknown().take(MAX_VIOLATIONS));
        let built = build();
        match built {
            Some(request) if self.violations.is_empty() => Ok(request),
            _ => Err(Failure::validation(std::mem::take(&mut self.violations))),
        }
    }

    /// The answer as it is sent.
    ///
    /// # Errors
    /// The service's own failure, if the operation declares its status; 500 if not.
    pub fn answer<R: Respond, E: Into<Failure>>(self, result: Result<R, E>) -> Result<Response, Failure> {
        match result {
            Ok(answer) => answer.respond(),
            Err(error) => Err(self.challenge(self.declared(error.into()))),
        }
    }

    /// A failure of the service, unless the document does not know its status.
    fn declared(&self, failure: Failure) -> Failure {
        if self.operation.declares(failure.status.as_u16()) {
            return failure;
        }
        tracing::error!(
            operation = self.operation.id,
            status = failure.status.as_u16(),
            code = %failure.code,
            detail = %failure.detail,
            "the operation failed with a status that it does not declare"
        );
        Failure::internal(failure)
    }

    /// 401 says how to authenticate (RFC 9110, section 15.5.2), unless the service said it already.
    fn challenge(&self, mut failure: Failure) -> Failure {
        if failure.status == StatusCode::UNAUTHORIZED
            && !failure.headers.contains_key(header::WWW_AUTHENTICATE)
        {
            for challenge in security::challenges(self.operation.security) {
                failure.headers.append(header::WWW_AUTHENTICATE, challenge);
            }
        }
        failure
    }
}
