//! The codes of errors.
sdk::open_enum! {
    #[doc = "`ErrorCode` of the document."] ErrorCode {}
}
