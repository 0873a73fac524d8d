//! Graphs: user-defined structs that contain a row and its related rows.

use std::sync::Arc;

use super::{Gather, InRow, Many, One, OneWith, Part, Plan, Reader, With, Zip};
use crate::mode::{Far, Mode, Nullable, Required};
use crate::model::Model;
use crate::syntax::{Item, Source};

/// A struct that contains a row of `Root` and rows of its relations. Implement it with `#[derive(Graph)]`; every model
/// is a graph of itself.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Graph;
///
/// #[derive(Graph, Debug)]
/// struct UserPage {
///     #[orm(root)]
///     user: User,
///     posts: Vec<Post>, // all rows of the relation `posts`
///     #[orm(load = |u| u.posts().order_by(|p| p.id.desc()).limit(1))]
///     newest: Vec<PostPage>,
/// }
///
/// #[derive(Graph, Debug)]
/// struct PostPage {
///     #[orm(root)]
///     post: Post,
///     author: User,
/// }
/// let pages: Vec<UserPage> = User::query().order_by(|u| u.id.asc()).graph().all(db).await?;
/// assert_eq!((pages[0].user.name.as_str(), pages[0].posts.len()), ("Ann", 2));
/// assert_eq!((pages[0].newest[0].post.title.as_str(), pages[0].newest[0].author.id), ("Draft", 1));
/// assert!(pages[1].newest.is_empty());
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a graph of `{Root}`",
    label = "does not hold a `{Root}` and its related rows",
    note = "add `#[derive(Graph)]` to `{Self}`, and `#[orm(root)]` to a field of type `{Root}`"
)]
pub trait Graph<Root: Model>: Sized + Send + 'static {
    /// What to select for it, and how to assemble it.
    #[doc(hidden)]
    fn plan() -> Arc<dyn Plan<Self>>;
}

#[diagnostic::do_not_recommend]
impl<T: Model> Graph<T> for T {
    fn plan() -> Arc<dyn Plan<T>> {
        Reader::Rows(T::read).into_plan::<T>()
    }
}

/// A type that a graph's field can have: what is loaded from the relation `R`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Graph;
///
/// #[derive(Graph, Debug)]
/// struct UserPage {
///     #[orm(root)]
///     user: User,
///     posts: Vec<Post>, // `posts` is a to-many relation
/// }
/// let page: UserPage = User::find(1).graph().one(db).await?;
/// assert_eq!(page.posts.len(), 2);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot hold the rows of `{R}`",
    label = "wrong type for the rows of this relation",
    note = "use a `Vec` for a relation to many, an `Option` for an optional one, a plain field for any other; each of the related model or a graph of it"
)]
pub trait Loaded<R>: Sized + Send + 'static {
    #[doc(hidden)]
    fn plan(relation: R) -> Arc<dyn Plan<Self>>;
}

#[diagnostic::do_not_recommend]
impl<T: Model, H, G: Graph<T>> Loaded<Many<T, H>> for Vec<G> {
    fn plan(relation: Many<T, H>) -> Arc<dyn Plan<Self>> {
        relation.part().load(G::plan())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Model, G: Graph<T>> Loaded<Part<T>> for Vec<G> {
    fn plan(part: Part<T>) -> Arc<dyn Plan<Self>> {
        part.load(G::plan())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Model, O: Send + 'static> Loaded<With<T, O>> for Vec<O> {
    fn plan(with: With<T, O>) -> Arc<dyn Plan<Self>> {
        super::Load::plan(with, Source::nowhere())
    }
}

macro_rules! to_one {
    ($($mode:ty => |$graph:ident| $output:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<T: Model, $graph: Graph<T>> Loaded<One<T, $mode>> for $output {
            fn plan(relation: One<T, $mode>) -> Arc<dyn Plan<Self>> {
                to_one::<T, $mode, $graph>(relation)
            }
        }
    )* };
}
to_one! {
    Required => |G| G;
    Far<Required> => |G| G;
    Nullable => |G| Option<G>;
    Far<Nullable> => |G| Option<G>;
}

fn to_one<T: Model, N: Mode, G: Graph<T>>(relation: One<T, N>) -> Arc<dyn Plan<N::Of<G>>> {
    Arc::new(OneWith::<T, N, G>::new(relation, G::plan()))
}

/// The columns with which the relations of a graph's row are selected.
#[doc(hidden)]
#[must_use]
pub fn root_fields<T: Model>() -> T::Fields<Required> {
    T::fields(Source::nowhere())
}

/// Combines two plans, the left one first.
#[doc(hidden)]
#[must_use]
pub fn zip<A: Send + 'static, B: Send + 'static, O: Send + 'static>(
    left: Arc<dyn Plan<A>>,
    right: Arc<dyn Plan<B>>,
    join: fn(A, B) -> O,
) -> Arc<dyn Plan<O>> {
    Arc::new(Zip { left, right, join })
}

/// An empty plan, which selects nothing.
#[doc(hidden)]
#[must_use]
pub fn nothing() -> Arc<dyn Plan<()>> {
    Arc::new(Nothing)
}

struct Nothing;

impl Plan<()> for Nothing {
    fn items(&self, _: Source, _: &mut Vec<Item>) {}

    fn gather(&self) -> Box<dyn Gather<()>> {
        Box::new(InRow::new(|_| Ok(())))
    }
}
