//! The database for more than one machine: Orderly's storage contract on PostgreSQL.
