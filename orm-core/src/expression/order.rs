//! Sort orders.

use crate::syntax::OrderBy;

/// An expression and a sort direction, made with `.asc()` or `.desc()`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// fn newest_first(p: PostFields) -> orm::Ordered {
///     p.id.desc()
/// }
/// let newest = Post::query().order_by(newest_first).first(db).await?;
/// assert_eq!(newest.unwrap().title, "Draft");
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a sort key does nothing until `order_by` takes it"]
pub struct Ordered(pub(crate) OrderBy);

impl Ordered {
    /// Sorts NULLs before everything else. By default, NULL is less than everything, on every database here.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let names = User::query().order_by(|u| u.age.desc().nulls_first()).select(|u| u.name);
    /// assert_eq!(names.all(db).await?, ["Bob", "Ann"]);
    /// # Ok(()) }) }
    /// ```
    pub fn nulls_first(mut self) -> Self {
        self.0.nulls_first = Some(true);
        self
    }

    /// Sorts NULLs after everything else.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let names = User::query().order_by(|u| u.age.asc().nulls_last()).select(|u| u.name);
    /// assert_eq!(names.all(db).await?, ["Ann", "Bob"]);
    /// # Ok(()) }) }
    /// ```
    pub fn nulls_last(mut self) -> Self {
        self.0.nulls_first = Some(false);
        self
    }
}

/// One sort key, or a tuple, an array or a `Vec` of them; later ones break ties.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let posts = Post::query().order_by(|p| (p.author().name.asc(), p.id.desc()));
/// assert_eq!(posts.select(|p| p.title).all(db).await?, ["Draft", "Hello"]);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a sort order",
    label = "expected a column or expression with `.asc()` or `.desc()`"
)]
pub trait Orders {
    #[doc(hidden)]
    fn push_orders(self, orders: &mut Vec<OrderBy>);
}

#[diagnostic::do_not_recommend]
impl Orders for Ordered {
    fn push_orders(self, orders: &mut Vec<OrderBy>) {
        orders.push(self.0);
    }
}

#[diagnostic::do_not_recommend]
impl Orders for Vec<Ordered> {
    fn push_orders(self, orders: &mut Vec<OrderBy>) {
        orders.extend(self.into_iter().map(|order| order.0));
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> Orders for [Ordered; N] {
    fn push_orders(self, orders: &mut Vec<OrderBy>) {
        orders.extend(self.map(|order| order.0));
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: Orders),*> Orders for ($($name,)*) {
            #[allow(non_snake_case, reason = "one variable per type")]
            fn push_orders(self, orders: &mut Vec<OrderBy>) {
                let ($($name,)*) = self;
                $($name.push_orders(orders);)*
            }
        }
    };
}
crate::macros::for_tuples!(tuples);
