//! Types over text.

/// Shows a generated type over text as its text.
#[doc(hidden)]
#[macro_export]
macro_rules! text {
    ($text:ty) => {
        impl ::std::fmt::Display for $text {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.pad(self)
            }
        }
    };
}
