//! What must not compile, and how it reads.
//!
//! `tests/ui/*/*.rs` are programs with one mistake each; what rustc says to it stands beside it. Below a wrong line
//! stands the right one, `// right: …`; the program with the right lines, its twin, compiles.

#[path = "ui/gate/mod.rs"]
mod gate;

#[test]
fn cases() {
    let t = trybuild::TestCases::new();
    for folder in gate::folders() {
        t.compile_fail(format!("tests/ui/{folder}/*.rs"));
    }
    t.compile_fail(gate::write_twins());
}
