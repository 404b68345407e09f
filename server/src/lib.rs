//! orderly-server
