//! The traits of relations.

use crate::model::Model;
use crate::schema::Link;
use crate::syntax::{Node, On};

/// A relation that can be joined.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let pairs: Vec<(Post, User)> = Post::query().join(|p| p.author()).all(db).await?;
/// assert_eq!(pairs[0].1.name, "Ann");
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a relation",
    label = "a join needs a relation, such as `post.author()`",
    note = "to join on a condition, use `join_on::<Model>(|row, other| ..)`"
)]
pub trait Relation {
    /// The model that it leads to.
    type Target: Model;

    #[doc(hidden)]
    fn on(self) -> On;
}

/// A model with exactly one foreign key to `Parent`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::BelongsTo;
///
/// /// Works for every model with a foreign key to users, such as `Post`.
/// fn name_of<T: BelongsTo<User>>() -> String {
///     format!("{} of a user", std::any::type_name::<T>().rsplit("::").next().unwrap_or_default())
/// }
/// assert_eq!(name_of::<Post>(), "Post of a user");
/// # let _ = db;
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no foreign key to `{Parent}`, or more than one",
    label = "no single `belongs_to = {Parent}` in `{Self}`",
    note = "add `#[orm(belongs_to = {Parent})]` to a field of `{Self}`; if it has several, choose one: `has_many(posts: Post.author)`, or `through = .., from = author` (`to = ..` for the other end)"
)]
pub trait BelongsTo<Parent: Model>: Model {
    /// The foreign key, followed from the parent.
    #[doc(hidden)]
    fn children() -> Link;
}

/// A type that a foreign key to `Parent` can have: the type of its primary key.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// #[derive(Model, Debug)]
/// #[orm(table = "likes")]
/// struct Like {
///     #[orm(primary_key, auto)]
///     id: u64,
///     #[orm(belongs_to = Post)]
///     post_id: u64, // like `Post::id`; an `i64` would not compile
/// }
/// db.create_tables::<Like>().await?;
/// let like = Like::insert().post_id(1).returning(db).await?;
/// assert_eq!(like.post().one(db).await?.title, "Hello");
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot reference `{Parent}`",
    label = "not the type of `{Parent}`'s primary key",
    note = "give the foreign key the type of the key; to reference another unique column of `{Parent}`, add `to = …`"
)]
pub trait References<Parent: Model> {}

/// A type that a foreign key to a column of type `V` can have: the same type.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// #[derive(Model, Debug)]
/// #[orm(table = "addresses")]
/// struct Address {
///     #[orm(primary_key, auto)]
///     id: u64,
///     #[orm(belongs_to = User, to = email, length = 190)]
///     user_email: String, // like `User::email`
/// }
/// db.create_tables::<Address>().await?;
/// let address = Address::insert().user_email("ann@example.org").returning(db).await?;
/// assert_eq!(address.user().one(db).await?.name, "Ann");
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot reference a column of type `{V}`",
    label = "not the type of the referenced column",
    note = "a foreign key must have the type of the column that it references"
)]
pub trait ReferencesColumn<V> {}

#[diagnostic::do_not_recommend]
impl<V> ReferencesColumn<V> for V {}

/// Something that can be assigned to a foreign key to reference a row of `T`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let bob = User::find(2).one(db).await?;
/// let post = Post::insert().author(&bob).title("Bob's").returning(db).await?;
/// assert_eq!(post.author_id, bob.id);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a reference to a row of `{T}`",
    label = "expected a `&{T}`, a `Handle<{T}>` or a `New<{T}>`",
    note = "to set the key itself, use the foreign key column"
)]
pub trait Refers<T: Model> {
    /// Pushes the row's values of these columns.
    #[doc(hidden)]
    fn push_key(self, columns: &'static [u16], nodes: &mut Vec<Node>);
}

#[diagnostic::do_not_recommend]
impl<T: Model> Refers<T> for &T {
    fn push_key(self, columns: &'static [u16], nodes: &mut Vec<Node>) {
        nodes.extend(columns.iter().map(|&column| Node::Value(T::column_value(self, column))));
    }
}

#[diagnostic::do_not_recommend]
impl<T: Model> Refers<T> for &mut T {
    fn push_key(self, columns: &'static [u16], nodes: &mut Vec<Node>) {
        (&*self).push_key(columns, nodes);
    }
}
