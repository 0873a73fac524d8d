//! Names of clauses and terminals in other libraries.

use crate::change::{Delete, Update};
use crate::model::Model;
use crate::query::{Query, Rows};
use crate::raw::Sql;
use crate::scope::Scope;

elsewhere! {
    /// Never implemented: `all` returns the rows.
    #[diagnostic::on_unimplemented(
        message = "a query has no such terminal method: `all` returns its rows",
        label = "use `.all(&db)`",
        note = "`.all(&db).await?` returns all rows in a `Vec`, `.stream(&db)` one by one; for a single row: `.one(&db)`, `.optional(&db)`, `.first(&db)`"
    )]
    ReturnsRows, ReturnsRowsElsewhere:
        fetch fetch_all fetch_many get_results to_list to_vec load_all get_all scalars execute exec;
    [S: Scope, O] Query<S, O>, [O] Rows<O>, [] Sql,
}

elsewhere! {
    /// Never implemented: `one`, `optional` and `first` return a row.
    #[diagnostic::on_unimplemented(
        message = "a query has no such terminal method: `one`, `optional` and `first` return a row",
        label = "use `.one(&db)`, `.optional(&db)` or `.first(&db)`",
        note = "`.one(&db)` is an error unless there is exactly one row, as of `User::find(key)`; `.optional(&db)` returns an `Option` of it, `.first(&db)` one of the first of several"
    )]
    ReturnsRow, ReturnsRowElsewhere:
        fetch_one fetch_scalar get get_result get_one single one_or_none scalar_one first_or_404 one_or_404
        first_or_fail first_or_default single_or_default;
    [S: Scope, O] Query<S, O>, [O] Rows<O>, [] Sql,
}

elsewhere! {
    /// Never implemented: `exists` tests for rows.
    #[diagnostic::on_unimplemented(
        message = "a query has no such terminal method: `exists` tells whether it has rows",
        label = "use `.exists(&db)`",
        note = "`.exists(&db).await?`; in a condition of another query: `.is_present()` or `.is_absent()`"
    )]
    TestsForRows, TestsForRowsElsewhere: any is_empty has_any;
    [S: Scope, O] Query<S, O>, [O] Rows<O>,
}

elsewhere! {
    /// Never implemented: `filter` takes conditions.
    #[diagnostic::on_unimplemented(
        message = "there is no such clause: `filter` is WHERE",
        label = "use `.filter(..)`",
        note = "`.filter(|u| u.name.eq(\"Ann\"))`; several are combined with AND, and `.or(..)` and `.not()` combine conditions"
    )]
    Filters, FiltersElsewhere: where_ and_where or_where filter_by;
    [S: Scope, O] Query<S, O>, [T: Model, A, F, S: Scope] Update<T, A, F, S>, [T: Model, F, S: Scope] Delete<T, F, S>,
}

elsewhere! {
    /// Never implemented: `filter` takes the opposite condition, too.
    #[diagnostic::on_unimplemented(
        message = "there is no such clause: `filter` takes the opposite condition, too",
        label = "use `.filter(..)`, and `.ne(..)` or `.not()`",
        note = "`.filter(|u| u.name.ne(\"Ann\"))`, or `.not()` after a condition: `.filter(|u| u.age.lt(18).or(u.age.is_null()).not())`"
    )]
    Excludes, ExcludesElsewhere: exclude where_not filter_not reject;
    [S: Scope, O] Query<S, O>, [T: Model, A, F, S: Scope] Update<T, A, F, S>, [T: Model, F, S: Scope] Delete<T, F, S>,
}

elsewhere! {
    /// Never implemented: `join` is an inner join.
    #[diagnostic::on_unimplemented(
        message = "there is no such clause: `join` is an inner join, `left_join` an outer one",
        label = "use `.join(..)` or `.left_join(..)`",
        note = "join by a relation, `.join(|p| p.author())`, or on a condition, `.join_on::<User>(|p, u| p.author_id.eq(u.id))`"
    )]
    Joins, JoinsElsewhere: inner_join left_outer_join outer_join outerjoin innerjoin join_rel;
    [S: Scope, O] Query<S, O>,
}

elsewhere! {
    /// Never implemented: `order_by` takes orders.
    #[diagnostic::on_unimplemented(
        message = "there is no such clause: `order_by` takes the column with its direction",
        label = "use `.order_by(..)`",
        note = "`.order_by(|u| u.name.desc())`; to order further, call it again, or pass a tuple: `.order_by(|u| (u.name.asc(), u.id.desc()))`"
    )]
    Sorts, SortsElsewhere:
        order_by_desc order_by_asc order_by_descending order_desc then_by then_by_desc then_by_descending then_order_by
        sort sort_by sort_by_desc;
    [S: Scope, O] Query<S, O>,
}

elsewhere! {
    /// Never implemented: `with` loads relations.
    #[diagnostic::on_unimplemented(
        message = "there is no such clause: `with` loads relations eagerly",
        label = "use `.with(..)`",
        note = "`.with(|u| u.posts())` returns `(User, Vec<Post>)` for each row; nested: `.with(|u| u.posts().with(|p| p.comments()))`"
    )]
    LoadsRelations, LoadsRelationsElsewhere:
        include includes then_include preload eager_load prefetch prefetch_related select_related options joinedload
        selectinload find_with_related find_also_related;
    [S: Scope, O] Query<S, O>,
}

elsewhere! {
    /// Never implemented: `select` determines the columns.
    #[diagnostic::on_unimplemented(
        message = "there is no such clause: `select` determines what a query returns",
        label = "use `.select(..)`",
        note = "`.select(|u| (u.name, u.age))` returns tuples; `.select(|u| LineFields {{ name: u.name }})` returns structs `Line` with `#[derive(Row)]`"
    )]
    Selects, SelectsElsewhere:
        into_model into_partial_model into_tuple select_only column columns values_list values annotate only defer
        load_only pluck;
    [S: Scope, O] Query<S, O>,
}
