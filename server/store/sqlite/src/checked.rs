//! SQL that sqlx checks against the schema at compile time and rusqlite runs on the calling thread.
//!
//! sqlx's own SQLite driver hands every statement to another thread, which costs more than most statements do. These
//! macros keep its checking: the `query!` expansion is compiled and never run. It knows tables, columns, their types and
//! the number of parameters; it does not know the parameters' types, for which the tables are STRICT.

use orderly_domain::Result;
use rusqlite::{Connection, Params, types::FromSql};

use crate::error::store_error;

/// A row type; [`row!`] declares the struct and this decoder together.
pub(crate) trait Row: Sized {
    /// The columns, in the order in which they are decoded.
    const COLUMNS: &'static [&'static str];

    /// Reads the columns by position.
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self>;
}

/// Declares the struct of a row with its decoder.
macro_rules! row {
    ($(#[$attr:meta])* struct $Name:ident { $($column:ident: $Type:ty),+ $(,)? }) => {
        $(#[$attr])*
        pub(crate) struct $Name { $(pub(crate) $column: $Type),+ }

        impl $crate::checked::Row for $Name {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),+];

            fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                let mut at = 0..;
                Ok(Self { $($column: row.get(at.next().expect("the range has no end"))?),+ })
            }
        }
    };
}

/// `execute!(conn, "sql", args…)`: the number of rows changed.
macro_rules! execute {
    ($conn:expr, $sql:literal $(, $arg:expr)* $(,)?) => {{
        if false {
            let _ = sqlx::query!($sql $(, $arg)*);
        }
        $crate::checked::run($conn, $sql, rusqlite::params![$($arg),*])
    }};
}

/// `fetch!(conn, Row, "sql", args…)`: all rows.
macro_rules! fetch {
    ($conn:expr, $Row:ty, $sql:literal $(, $arg:expr)* $(,)?) => {{
        if false {
            let _ = sqlx::query_as!($Row, $sql $(, $arg)*);
        }
        $crate::checked::all::<$Row>($conn, $sql, rusqlite::params![$($arg),*])
    }};
}

/// `fetch_one!(conn, Row, "sql", args…)`: the first row, if there is one.
macro_rules! fetch_one {
    ($conn:expr, $Row:ty, $sql:literal $(, $arg:expr)* $(,)?) => {{
        if false {
            let _ = sqlx::query_as!($Row, $sql $(, $arg)*);
        }
        $crate::checked::first::<$Row>($conn, $sql, rusqlite::params![$($arg),*])
    }};
}

/// `scalar!(conn, Type, "sql", args…)`: the first column of the first row, if there is one.
macro_rules! scalar {
    ($conn:expr, $Type:ty, $sql:literal $(, $arg:expr)* $(,)?) => {{
        if false {
            fn is<A>(_: sqlx::query::QueryScalar<'_, sqlx::Sqlite, $Type, A>) {}
            is(sqlx::query_scalar!($sql $(, $arg)*));
        }
        $crate::checked::value::<$Type>($conn, $sql, rusqlite::params![$($arg),*])
    }};
}

pub(crate) use {execute, fetch, fetch_one, row, scalar};

pub(crate) fn run(conn: &Connection, sql: &str, args: impl Params) -> Result<usize> {
    conn.prepare_cached(sql).and_then(|mut statement| statement.execute(args)).map_err(store_error)
}

pub(crate) fn all<R: Row>(conn: &Connection, sql: &str, args: impl Params) -> Result<Vec<R>> {
    let read = || {
        let mut statement = conn.prepare_cached(sql)?;
        debug_assert_columns::<R>(&statement);
        statement.query_map(args, R::read)?.collect::<rusqlite::Result<Vec<_>>>()
    };
    read().map_err(store_error)
}

pub(crate) fn first<R: Row>(conn: &Connection, sql: &str, args: impl Params) -> Result<Option<R>> {
    let read = || {
        let mut statement = conn.prepare_cached(sql)?;
        debug_assert_columns::<R>(&statement);
        statement.query(args)?.next()?.map(R::read).transpose()
    };
    read().map_err(store_error)
}

pub(crate) fn value<T: FromSql>(conn: &Connection, sql: &str, args: impl Params) -> Result<Option<T>> {
    let read = || {
        let mut statement = conn.prepare_cached(sql)?;
        statement.query(args)?.next()?.map(|row| row.get(0)).transpose()
    };
    read().map_err(store_error)
}

/// Rows are read by position: the statement has to name its columns as the struct does, up to sqlx's overrides
/// (`"name!"`, `"name: Type"`). Every statement is run by a test.
fn debug_assert_columns<R: Row>(statement: &rusqlite::Statement<'_>) {
    debug_assert!(
        statement
            .column_names()
            .iter()
            .map(|name| name.split([':', '!', '?']).next().expect("a split gives one part at least"))
            .eq(R::COLUMNS.iter().copied()),
        "{:?} is read as {:?}",
        statement.column_names(),
        R::COLUMNS
    );
}
