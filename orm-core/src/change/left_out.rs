//! Columns that a form may leave out.

/// Holds for the builder of a new row and itself: a column that changes the builder's type when it is set is required.
#[diagnostic::on_unimplemented(
    message = "a required column has no default",
    label = "always needs a value",
    note = "remove `#[orm(default)]` and the `Option`, or give the column a default in the model"
)]
pub trait LeavesOut<B> {
    #[doc(hidden)]
    fn left_out(self) -> B;
}

#[diagnostic::do_not_recommend]
impl<B> LeavesOut<B> for B {
    fn left_out(self) -> B {
        self
    }
}

/// Returns the builder with a column set, or without, if it gets its default.
#[doc(hidden)]
pub fn set_or_left_out<B, A: LeavesOut<B>>(row: Result<B, A>) -> B {
    row.unwrap_or_else(LeavesOut::left_out)
}
