//! The clauses that updates and deletes share: joins, conditions, order and limit.

/// Holds for updates and deletes that say which rows they change.
#[diagnostic::on_unimplemented(
    message = "this would change every row of the table",
    label = "no `.filter(..)` before it runs",
    note = "add `.filter(|row| ..)`, or `.all_rows()` if you mean every row"
)]
pub trait Bounded {}
#[diagnostic::do_not_recommend]
impl Bounded for Filtered {}
#[diagnostic::do_not_recommend]
impl Bounded for ByKey {}

/// Type state of an update or delete: nothing says which rows it changes.
#[derive(Debug, Clone, Copy)]
pub struct Unfiltered;

/// Type state of an update or delete: it has a filter, or changes all rows explicitly.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Delete;
/// use orm::rules::Filtered;
///
/// fn drafts() -> Delete<Post, Filtered> {
///     Post::delete().filter(|p| p.published.is_false())
/// }
/// assert_eq!(drafts().execute(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Filtered;

/// Type state of an update or delete: it changes one row, given by its primary key.
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

/// Generates the clauses for `Update`, with its further parameter, and for `Delete`.
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

            /// Inner joins the rows of a relation: closures then get a tuple. Only columns of the first table can be
            /// set, and only its rows are deleted, each once, however many rows it is joined with.
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

            /// Left joins the rows of a relation, which keeps rows that have none.
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

            /// Inner joins the rows of `J` that meet a join condition.
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

            /// Left joins the rows of `J` that meet a join condition, which keeps rows that have none.
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

            /// Inner joins the rows of a subquery: a finished selection, or a CTE.
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
            pub fn join_rows<O: Shape, R: RowSource<O>, C: IntoCondition>(
                self,
                rows: R,
                condition: impl FnOnce(S::Columns, O::Columns<Required>) -> C,
            ) -> $change<T, $($state,)? F, S::Out>
            where
                S: Push<Derived<O>>,
            {
                let joined = O::columns(self.target().next_source(), &mut 0);
                let on = On::Condition(condition(self.columns(), joined).into_condition().0);
                self.with_rows(rows.origin(), JoinKind::Inner, on)
            }

            /// Restricts the rows to those that meet a condition. Several filters are combined with AND.
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
            pub fn filter<C: IntoCondition>(
                mut self,
                condition: impl FnOnce(S::Columns) -> C,
            ) -> $change<T, $($state,)? Filtered, S> {
                let condition = condition(self.columns()).into_condition();
                condition.0.push_onto(&mut self.target_mut().filter);
                self.turn()
            }

            /// Confirms that every row of the table is meant.
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

            /// Sets the order in which rows are taken, up to the `limit`. A second order breaks the ties of the
            /// first.
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
                order(columns).push_orders(&mut self.target_mut().order_by);
                self
            }

            /// Limits the number of rows, as for a worker that takes jobs from a queue. With a join, this is an error, since
            /// it would be ambiguous whether rows or pairs count.
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
