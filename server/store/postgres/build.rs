//! Compiles anew when a migration is added, because `sqlx::migrate!` embeds the folder.

fn main() {
    println!("cargo:rerun-if-changed=../../../migrations/postgres");
}
