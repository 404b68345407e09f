//! A call is sent by awaiting its builder.

use std::future::Future;
use std::pin::Pin;

use crate::Error;

/// A call on its way.
pub type CallFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Lets a generated builder be awaited; the answer comes without its headers.
#[doc(hidden)]
#[macro_export]
macro_rules! call {
    ($builder:ident => $answer:ty) => {
        impl<'a> ::std::future::IntoFuture for builder::$builder<'a> {
            type Output = Result<$answer, $crate::Error>;
            type IntoFuture = $crate::CallFuture<'a, $answer>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::boxed::Box::pin(async move { Ok(self.send().await?.into_inner()) })
            }
        }
    };
}
