//! What updates and deletes say about their rows in the same words: joins, conditions, order and limit.

/// The state of an update or delete of which it is said which rows are meant.
#[diagnostic::on_unimplemented(
    message = "this changes every row of the table",
    label = "no `.filter(..)` before it runs",
    note = "add `.filter(|row| ..)`, or `.all_rows()` if every row is meant"
)]
pub trait Bounded {}
#[diagnostic::do_not_recommend]
impl Bounded for Filtered {}
#[diagnostic::do_not_recommend]
impl Bounded for ByKey {}

/// In the type of an update or delete: nothing says which rows are meant.
#[derive(Debug, Clone, Copy)]
pub struct Unfiltered;

/// In the type of an update or delete: it is said which rows are meant.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Delete;
/// use orm_core::change::Filtered;
///
/// fn drafts() -> Delete<Post, Filtered> {
///     Post::delete().filter(|p| p.published.is_false())
/// }
/// assert_eq!(drafts().execute(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Filtered;

/// In the type of an update or delete: one row is meant, by its primary key.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::{ByKey, Delete};
///
/// fn remove(id: u64) -> Delete<Post, ByKey> {
///     Post::delete_by(id)
/// }
/// assert_eq!(remove(1).execute(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ByKey;

/// The clauses, for `Update` with its further parameter and for `Delete`.
macro_rules! clauses {
    ($change:ident [$($state:ident)?]) => {
        impl<T: Model, $($state,)? F, S: Scope> $change<T, $($state,)? F, S> {
            fn columns(&self) -> S::Columns {
                S::bind(self.target().base)
            }

            fn with_rows<P: Scope>(
                mut self,
                origin: Origin,
                join: JoinKind,
                on: On,
            ) -> $change<T, $($state,)? F, P> {
                self.target_mut().joins.push(FromItem::joined(origin, join, on));
                self.turn()
            }

            /// Joins the rows that a relation leads to: closures are then given a tuple. Only the columns of the first
            /// table can be set, and only its rows are deleted, each once however many others it is joined with.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let signed = Post::update().join(|p| p.author()).set(|(p, a)| p.title.to(p.title.concat(a.name)));
            /// assert_eq!(signed.filter(|(_, a)| a.age.ge(18)).execute(db).await?, 2);
            /// assert_eq!(Post::find(1).one(db).await?.title, "HelloAnn");
            /// let of_adults = Post::delete().join(|p| p.author()).filter(|(_, a)| a.age.ge(18));
            /// assert_eq!(of_adults.execute(db).await?, 2);
            /// # Ok(()) }) }
            /// ```
            pub fn join<R: Relation>(
                self,
                relation: impl FnOnce(S::Columns) -> R,
            ) -> $change<T, $($state,)? F, S::Out>
            where
                S: Push<R::Target>,
            {
                let on = relation(self.columns()).on();
                self.with_rows(Origin::Table(R::Target::table()), JoinKind::Inner, on)
            }

            /// Joins the rows that a relation leads to, and keeps rows that have none.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let silent = User::delete().left_join(|u| u.posts()).filter(|(_, p)| p.id.is_null());
            /// assert_eq!(silent.execute(db).await?, 1);
            /// let silent = User::update().left_join(|u| u.posts()).filter(|(_, p)| p.id.is_null());
            /// assert_eq!(silent.set(|(u, _)| u.age.to(None)).execute(db).await?, 0);
            /// # Ok(()) }) }
            /// ```
            pub fn left_join<R: Relation>(
                self,
                relation: impl FnOnce(S::Columns) -> R,
            ) -> $change<T, $($state,)? F, S::Out>
            where
                S: Push<Maybe<R::Target>>,
            {
                let on = relation(self.columns()).on();
                self.with_rows(Origin::Table(R::Target::table()), JoinKind::Left, on)
            }

            /// Joins the rows of `J` that meet a condition with the row.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let named = Post::update().join_on::<User>(|p, u| p.title.starts_with("Hello").and(u.name.eq("Bob")));
            /// let named = named.set(|(p, u)| p.author_id.to(u.id)).all_rows();
            /// assert_eq!(named.execute(db).await?, 1);
            /// # Ok(()) }) }
            /// ```
            pub fn join_on<J: Model>(
                self,
                condition: impl FnOnce(S::Columns, J::Fields<Required>) -> Condition,
            ) -> $change<T, $($state,)? F, S::Out>
            where
                S: Push<J>,
            {
                let condition = condition(self.columns(), J::fields(self.target().next_source()));
                self.with_rows(Origin::Table(J::table()), JoinKind::Inner, On::Condition(condition.0))
            }

            /// Joins the rows of `J` that meet a condition with the row, and keeps rows that have none.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let silent = User::delete().left_join_on::<Post>(|u, p| p.author_id.eq(u.id).and(p.published.is_true()));
            /// assert_eq!(silent.filter(|(_, p)| p.id.is_null()).execute(db).await?, 1);
            /// # Ok(()) }) }
            /// ```
            pub fn left_join_on<J: Model>(
                self,
                condition: impl FnOnce(S::Columns, J::Fields<Nullable>) -> Condition,
            ) -> $change<T, $($state,)? F, S::Out>
            where
                S: Push<Maybe<J>>,
            {
                let condition = condition(self.columns(), J::fields(self.target().next_source()));
                self.with_rows(Origin::Table(J::table()), JoinKind::Left, On::Condition(condition.0))
            }

            /// Joins the rows of a query: those of a finished selection, or named ones.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let counts = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())).named("counts");
            /// let busy = User::update().join_rows(&counts, |u, (author, _)| u.id.eq(author));
            /// let busy = busy.set(|(u, (_, posts))| u.name.to(posts.cast::<String>())).filter(|(_, (_, posts))| posts.gt(1));
            /// assert_eq!(busy.execute(db).await?, 1);
            /// assert_eq!(User::find(1).one(db).await?.name, "2");
            /// # Ok(()) }) }
            /// ```
            pub fn join_rows<O: Shape, R: RowSource<O>>(
                self,
                rows: R,
                condition: impl FnOnce(S::Columns, O::Columns<Required>) -> Condition,
            ) -> $change<T, $($state,)? F, S::Out>
            where
                S: Push<Derived<O>>,
            {
                let joined = O::columns(self.target().next_source(), &mut 0);
                let on = On::Condition(condition(self.columns(), joined).0);
                self.with_rows(rows.origin(), JoinKind::Inner, on)
            }

            /// Only rows that meet a condition. A second filter is a further condition.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let publish = Post::update().set(|p| p.published.to(true));
            /// let drafts = publish.filter(|p| p.author().name.eq("Ann")).filter(|p| p.published.is_false());
            /// assert_eq!(drafts.execute(db).await?, 1);
            /// let with_posts = User::delete().filter(|u| u.id.is_in(Post::query().select(|p| p.author_id)));
            /// assert_eq!(with_posts.execute(db).await?, 1);
            /// # Ok(()) }) }
            /// ```
            pub fn filter(
                mut self,
                condition: impl FnOnce(S::Columns) -> Condition,
            ) -> $change<T, $($state,)? Filtered, S> {
                let condition = condition(self.columns());
                condition.0.push_onto(&mut self.target_mut().filter);
                self.turn()
            }

            /// Every row: says that this is meant.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let changed = Post::update().set(|p| p.published.to(false)).all_rows().execute(db).await?;
            /// assert_eq!(changed, 2);
            /// assert_eq!(Post::delete().all_rows().execute(db).await?, 2);
            /// # Ok(()) }) }
            /// ```
            pub fn all_rows(self) -> $change<T, $($state,)? Filtered, S> {
                self.turn()
            }

            /// In which order rows are taken, as far as a `limit` lets them. A second order counts where the first leaves
            /// rows equal.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let newest = Post::delete().all_rows().order_by(|p| p.id.desc()).limit(1);
            /// assert_eq!(newest.returning(db).await?[0].title, "Draft");
            /// # Ok(()) }) }
            /// ```
            pub fn order_by<R: Orders>(mut self, order: impl FnOnce(S::Columns) -> R) -> Self {
                let columns = self.columns();
                order(columns).push(&mut self.target_mut().order_by);
                self
            }

            /// At most so many rows: as a worker takes jobs from a queue. With a join, that is an error: it would not be
            /// said whether rows or pairs count.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let next = Post::update().set(|p| p.published.to(true)).filter(|p| p.published.is_false());
            /// let taken: Vec<Post> = next.order_by(|p| p.id.asc()).limit(1).returning(db).await?;
            /// assert_eq!(taken[0].title, "Draft");
            /// # Ok(()) }) }
            /// ```
            pub fn limit(mut self, rows: u64) -> Self {
                self.target_mut().limit = Some(rows);
                self
            }
        }
    };
}
pub(super) use clauses;
