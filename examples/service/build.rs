//! Tells cargo about new migrations: by itself it only notices that a file has changed.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
