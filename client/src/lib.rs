//! orderly-client
