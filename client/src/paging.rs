//! Lists as streams.

use std::future::Future;

use futures_util::stream::{self, Stream, TryStreamExt as _};

use crate::Error;

/// A page of a list.
pub trait Page: Send {
    /// What the list consists of.
    type Item: Send;

    /// What leads to the next page; nothing on the last one.
    fn next_cursor(&self) -> Option<String>;

    /// What is on the page.
    fn into_items(self) -> Vec<Self::Item>;
}

/// One page after the other, each fetched when it is asked for. `fetch` gets the page of a call and
/// `advance` makes the call for the page behind a cursor.
pub(crate) fn pages<'a, Call, P, Fetched>(
    first: Call,
    fetch: impl Fn(Call) -> Fetched + Send + Copy + 'a,
    advance: impl Fn(Call, String) -> Call + Send + Copy + 'a,
) -> impl Stream<Item = Result<P, Error>> + Send + 'a
where
    Call: Clone + Send + Sync + 'a,
    P: Page + 'a,
    Fetched: Future<Output = Result<P, Error>> + Send + 'a,
{
    stream::try_unfold(Some((first, None::<String>)), move |place| async move {
        let Some((call, behind)) = place else { return Ok(None) };
        let call = match &behind {
            Some(cursor) => advance(call, cursor.clone()),
            None => call,
        };
        let page = fetch(call.clone()).await?;
        let next = page.next_cursor();
        if next.is_some() && next == behind {
            return Err(Error::InvalidRequest(
                "the page behind a cursor leads to itself: the list has no end".to_owned(),
            ));
        }
        let place = next.map(|cursor| (call, Some(cursor)));
        Ok(Some((page, place)))
    })
}

/// The items of all pages.
pub(crate) fn items<'a, P: Page + 'a>(
    pages: impl Stream<Item = Result<P, Error>> + Send + 'a,
) -> impl Stream<Item = Result<P::Item, Error>> + Send + 'a {
    pages.map_ok(|page| stream::iter(page.into_items().into_iter().map(Ok))).try_flatten()
}

/// Tells what a generated type is a page of.
#[doc(hidden)]
#[macro_export]
macro_rules! page {
    ($page:ty => $item:ty) => {
        impl $crate::Page for $page {
            type Item = $item;

            fn next_cursor(&self) -> Option<String> {
                self.next_cursor.as_ref().map(::std::string::ToString::to_string)
            }

            fn into_items(self) -> Vec<$item> {
                self.items
            }
        }
    };
}

/// Gives a generated builder of a list its streams.
#[doc(hidden)]
#[macro_export]
macro_rules! pages {
    ($builder:ident => $page:ty) => {
        impl<'a> builder::$builder<'a> {
            /// The list page by page, from the cursor of this call on.
            pub fn pages(
                self,
            ) -> impl ::futures_util::Stream<Item = Result<$page, $crate::Error>> + Send + 'a {
                $crate::paging::pages(self, |call| call.into_future(), |call, cursor| call.cursor(cursor))
            }

            /// The list item by item, from the cursor of this call on.
            pub fn items(
                self,
            ) -> impl ::futures_util::Stream<Item = Result<<$page as $crate::Page>::Item, $crate::Error>> + Send + 'a
            {
                $crate::paging::items(self.pages())
            }
        }
    };
}
