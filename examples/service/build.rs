//! Tells cargo of new migrations: it sees by itself only that a file has changed.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
