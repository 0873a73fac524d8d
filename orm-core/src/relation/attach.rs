//! The kinds of to-many relations, for the session methods that change them: `attach`, `detach` and `replace`.

use std::fmt;
use std::marker::PhantomData;

use crate::mode::Required;
use crate::model::Model;

/// Kind of a `has_many` relation: by a key in its rows, from a row whose columns have the mode `M`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::{Direct, Many};
///
/// fn posts(of: UserFields) -> Many<Post, Direct> {
///     of.posts()
/// }
/// assert_eq!(User::query().join(posts).count(db).await?, 2);
/// # Ok(()) }) }
/// ```
pub struct Direct<M = Required>(PhantomData<fn() -> M>);

/// Kind of a `many_to_many` relation: through the join model `J`, from a row whose columns have the mode `M`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/labels.rs"));
/// # fn main() { run(async |db| { labels(db).await?;
/// use orm::{Many, Through};
///
/// fn labels_of(article: ArticleFields) -> Many<Label, Through<ArticleLabel, Required>> {
///     article.labels()
/// }
/// assert_eq!(Article::query().join(labels_of).count(db).await?, 2);
/// # Ok(()) }) }
/// ```
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

/// Holds for to-many relations to rows of `T` that start at the row itself.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// let ann = s.get::<User>(1).await?;
/// let draft = s.get::<Post>(2).await?;
/// s.detach(ann, |u| u.posts(), draft)?; // `has_many`, of Ann herself
/// s.commit().await?;
/// assert!(!Post::find(2).exists(db).await?); // no post can be without an author
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "this is a relation of a related row, not of the row itself",
    label = "relation of a related row",
    note = "get the related row first, then use its own relation"
)]
pub trait Detach<T> {
    /// The model whose rows contain the foreign keys.
    #[doc(hidden)]
    type Rows: Model;
}

/// Holds for to-many relations from rows of `N` to rows of `T` that can be linked without further values.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// let bob = s.get::<User>(2).await?;
/// let draft = s.get::<Post>(2).await?;
/// s.attach(bob, |u| u.posts(), draft)?; // `has_many`, of Bob himself
/// s.commit().await?;
/// assert_eq!(s[draft].author_id, 2);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "this is a relation of a related row, not of the row itself",
    label = "relation of a related row",
    note = "get the related row first, then use its own relation"
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

/// A join model whose rows only link a `Near` and a `Far`: an insert may omit all its other columns. Implemented by
/// `#[derive(Model)]`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/labels.rs"));
/// # fn main() { run(async |db| { labels(db).await?;
/// let mut s = db.session();
/// let article = s.get::<Article>(1).await?;
/// let idle = Label::query().filter(|l| l.word.eq("idle")).track(&mut s).await?[0];
/// s.attach(article, |a| a.labels(), idle)?; // a row of `ArticleLabel`, which has only the two keys
/// s.commit().await?;
/// assert_eq!(ArticleLabel::query().count(db).await?, 3);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is more than a link between `{Near}` and `{Far}`",
    label = "`{Self}` has other required columns",
    note = "add the row itself, with a value for each: `s.add({Self}::insert()..)`"
)]
pub trait JoinModel<Near, Far>: Model {}
