//! Relations to a row of one of several models (polymorphic relations).

use std::fmt;
use std::sync::Arc;

use super::{Load, Loaded, Plan};
use crate::syntax::Source;

/// A relation to a row of one of several models (a polymorphic relation), to be loaded: made by `#[orm(one_of(..))]`.
///
/// A model that belongs to one of several has a nullable foreign key for each of them; a check in the database ensures
/// that each row has exactly one. The relation loads an enum of your own, with a variant for each key, named after its
/// relation, that contains a row of the model, or a [`Graph`](super::Graph) of it. Everything is read in the statement of
/// the row itself. The result is `None` if the related row is hidden, as a soft-deleted one may be.
///
/// The keys are ordinary columns and relations in conditions, in inserts and in sessions, which track the rows that
/// they lead to; the enum contains values. The compiler checks that a new row has at least one of the keys, the database
/// that it has no more than one.
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
    /// Wraps a plan.
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
