//! What must not compile, and how it reads.

#[test]
fn cases() {
    let t = trybuild::TestCases::new();
    t.compile_fail("tests/ui/*/*.rs");
}
