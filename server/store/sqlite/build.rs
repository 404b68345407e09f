//! Builds an empty database from the migrations, for sqlx to check this crate's SQL against.

use std::{env, fs, path::Path};

use rusqlite::Connection;

const MIGRATIONS: &str = "../../../migrations/sqlite";

fn main() {
    println!("cargo:rerun-if-changed={MIGRATIONS}");
    let out = env::var_os("OUT_DIR").expect("cargo sets it for build scripts");
    let database = Path::new(&out).join("schema.db");
    if database.exists() {
        fs::remove_file(&database).expect("the old schema can be removed");
    }
    let conn = Connection::open(&database).expect("a database in OUT_DIR");
    let mut files: Vec<_> = fs::read_dir(MIGRATIONS)
        .expect("the folder of migrations")
        .map(|file| file.expect("a readable folder").path())
        .collect();
    files.sort();
    for file in files {
        let sql = fs::read_to_string(&file).expect("a migration is text");
        conn.execute_batch(&sql).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
    println!("cargo:rustc-env=ORDERLY_SQLITE_SCHEMA_URL=sqlite://{}", database.display());
}
