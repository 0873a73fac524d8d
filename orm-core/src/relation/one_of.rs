//! To one row of one of several models.

use std::fmt;
use std::sync::Arc;

use super::{Load, Loaded, Plan};
use crate::syntax::Source;

/// A relation to one row of one of several models, to be loaded: what `#[orm(one_of(..))]` declares.
///
/// A model that belongs to one of several has a foreign key for each of them, all of which may be NULL; the database
/// checks that each row has exactly one. What the relation leads to is an enum of your own, with a variant for each key,
/// called like its relation: it holds a row of the model, or a [`Graph`](super::Graph) of it. All of it is read in the
/// statement of the row itself. It is `None` if the row is out of sight, as a deleted one may be.
///
/// The keys are columns and relations like others, in conditions, in inserts and in sessions, which track the rows that
/// they lead to; the enum holds values. That a new row has one of them is checked by the compiler, that it has no more by
/// the database.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// #[derive(Model)]
/// #[orm(table = "likes", one_of(of: Liked, by = (user, post)))]
/// struct Like {
///     #[orm(primary_key, auto)]
///     id: u64,
///     #[orm(belongs_to = User, on_delete = cascade)]
///     user_id: Option<u64>,
///     #[orm(belongs_to = Post, on_delete = cascade)]
///     post_id: Option<u64>,
/// }
///
/// enum Liked {
///     User(User),
///     Post(Post),
/// }
/// # db.create_tables::<Like>().await?;
/// let hello = Post::find(1).one(db).await?;
/// Like::insert().post(&hello).execute(db).await?;
///
/// let (_, liked): (Like, Option<Liked>) = Like::query().with(|l| l.of()).one(db).await?;
/// match liked {
///     Some(Liked::Post(post)) => assert_eq!(post.title, "Hello"),
///     Some(Liked::User(user)) => println!("{}", user.name),
///     None => {}
/// }
/// assert_eq!(Like::query().filter(|l| l.post().author().name.eq("Ann")).count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[must_use = "a relation does nothing until `with` takes it"]
pub struct OneOf<S> {
    plan: Arc<dyn Plan<Option<S>>>,
}

impl<S> OneOf<S> {
    /// What a plan loads.
    #[doc(hidden)]
    pub fn new(plan: Arc<dyn Plan<Option<S>>>) -> Self {
        OneOf { plan }
    }
}

impl<S> fmt::Debug for OneOf<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OneOf").finish_non_exhaustive()
    }
}

#[diagnostic::do_not_recommend]
impl<S: Send + 'static> Load for OneOf<S> {
    type Output = Option<S>;

    fn plan(self, _: Source) -> Arc<dyn Plan<Option<S>>> {
        self.plan
    }
}

#[diagnostic::do_not_recommend]
impl<S: Send + 'static> Loaded<OneOf<S>> for Option<S> {
    fn plan(relation: OneOf<S>) -> Arc<dyn Plan<Self>> {
        relation.plan
    }
}
