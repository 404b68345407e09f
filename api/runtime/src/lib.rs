//! orderly-api-runtime
