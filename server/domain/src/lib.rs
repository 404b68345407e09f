//! orderly-domain
