//! orderly-api
