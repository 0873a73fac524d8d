//! Join models, as far as links through them can be made without naming their rows.

use std::fmt;
use std::marker::PhantomData;

use crate::model::Model;

/// How a `has_many` leads to its rows: by their own key.
#[derive(Debug, Clone, Copy)]
pub struct Direct;

/// How a `many_to_many` leads to its rows: through the join model `J`, from a row whose columns have the mode `M`.
pub struct Through<J, M>(PhantomData<fn() -> (J, M)>);

impl<J, M> fmt::Debug for Through<J, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Through")
    }
}

/// A model whose rows say no more than which `Near` and which `Far` belong together: whatever else they have, an insert
/// may leave out. `#[derive(Model)]` sees to it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is more than a link between `{Near}` and `{Far}`",
    label = "`{Self}` has further columns without a default",
    note = "add its row itself, which gives them: `s.add({Self}::insert()..)`"
)]
pub trait JoinModel<Near, Far>: Model {}
