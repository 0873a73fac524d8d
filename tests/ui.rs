//! Programs that must not compile, and their error messages.
//!
//! `tests/ui/*/*.rs` are programs with one mistake each, with rustc's output in a file beside them. Below the wrong
//! line is the right one, `// right: …`; the program with the right lines, its twin, compiles.

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
