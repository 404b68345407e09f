//! A database that fails on demand: passes every call on to a real one, or fails instead, in each way that the storage
//! contract knows.

use std::sync::{Arc, Mutex, PoisonError};

use orderly_domain::{Rejection, Result, Storage, StoreError};

/// What a call meets instead of the database.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The database is busy, full or away.
    Unavailable,
    /// The database answers with what must not happen. The error's text is this, to be looked for in answers.
    Internal(&'static str),
    /// The request's deadline passes, and the database stops its work.
    DeadlineExceeded,
    /// The call never comes back.
    Hangs,
    /// A rule of the shop refuses it.
    Rejected(Rejection),
}

/// The switch for the faults of a database.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<Option<Fault>>>);

/// A database with a switch for faults.
#[derive(Debug, Clone)]
pub struct Faulty<S> {
    inner: S,
    faults: Faults,
}

impl Faults {
    /// From now on every call meets this; with `None` the database.
    pub fn set(&self, fault: impl Into<Option<Fault>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = fault.into();
    }

    async fn meet(&self) -> Result<()> {
        let fault = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match fault {
            None => Ok(()),
            Some(Fault::Unavailable) => Err(StoreError::Unavailable("the disk is full".into())),
            Some(Fault::Internal(text)) => Err(StoreError::Internal(text.into())),
            Some(Fault::DeadlineExceeded) => Err(StoreError::DeadlineExceeded),
            Some(Fault::Hangs) => std::future::pending().await,
            Some(Fault::Rejected(rejection)) => Err(rejection.into()),
        }
    }
}

impl<S> Faulty<S> {
    /// The database behind a switch.
    pub fn new(inner: S, faults: Faults) -> Self {
        Self { inner, faults }
    }
}

macro_rules! pass_on {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $Arg:ty),* $(,)?) -> $Out:ty;)+) => {
        impl<S: Storage> Storage for Faulty<S> {
            $(async fn $name(&self, $($arg: $Arg),*) -> Result<$Out> {
                self.faults.meet().await?;
                self.inner.$name($($arg),*).await
            })+
        }
    };
}

orderly_domain::storage_contract!(pass_on);
