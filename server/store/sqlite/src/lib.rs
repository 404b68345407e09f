//! orderly-store-sqlite
