//! How relations to many lead to their rows, as far as a session changes which these are.

use std::fmt;
use std::marker::PhantomData;

use crate::mode::Required;
use crate::model::Model;

/// How a `has_many` leads to its rows: by their own key, from a row whose columns have the mode `M`.
pub struct Direct<M = Required>(PhantomData<fn() -> M>);

/// How a `many_to_many` leads to its rows: through the join model `J`, from a row whose columns have the mode `M`.
pub struct Through<J, M>(PhantomData<fn() -> (J, M)>);

impl<M> fmt::Debug for Direct<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Direct")
    }
}

impl<J, M> fmt::Debug for Through<J, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Through")
    }
}

/// How a relation to many leads to rows of `T`, if it does from the row itself.
#[diagnostic::on_unimplemented(
    message = "this relation is not one of the row itself",
    label = "leads from a related row",
    note = "get the related row, and name its own relation"
)]
pub trait Detach<T> {
    /// The model whose rows have the keys.
    #[doc(hidden)]
    type Rows: Model;
}

/// How a relation to many leads to rows of `T` from rows of `N`, if nothing else has to be known to link them.
#[diagnostic::on_unimplemented(
    message = "this relation is not one of the row itself",
    label = "leads from a related row",
    note = "get the related row, and name its own relation"
)]
pub trait Attach<N, T>: Detach<T> {}

#[diagnostic::do_not_recommend]
impl<T: Model> Detach<T> for Direct<Required> {
    type Rows = T;
}

#[diagnostic::do_not_recommend]
impl<T: Model, J: Model> Detach<T> for Through<J, Required> {
    type Rows = J;
}

#[diagnostic::do_not_recommend]
impl<N, T: Model> Attach<N, T> for Direct<Required> {}

impl<N, T: Model, J: JoinModel<N, T>> Attach<N, T> for Through<J, Required> {}

/// A model whose rows say no more than which `Near` and which `Far` belong together: whatever else they have, an insert
/// may leave out. `#[derive(Model)]` sees to it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is more than a link between `{Near}` and `{Far}`",
    label = "`{Self}` has further columns without a default",
    note = "add its row itself, which gives them: `s.add({Self}::insert()..)`"
)]
pub trait JoinModel<Near, Far>: Model {}
