//! Names of operators in other libraries, and in Rust.

use crate::expression::{Column, Expr};

elsewhere! {
    /// Never implemented: in a query, a column is an expression.
    #[diagnostic::on_unimplemented(
        message = "a column has no value in a query: it is computed by the database",
        label = "a method of Rust's strings, for values that have been read",
        note = "in SQL: `.char_length()`, `.eq(\"\")`, `.lower()`, `.upper()`, `.replace(..)`, `.substring(..)`, `.cast::<String>()`"
    )]
    IsText, IsTextElsewhere:
        len length is_empty to_lowercase to_uppercase to_lower to_upper lowercase uppercase as_str to_owned chars split;
    [V, N] Column<V, N>, [V, N] Expr<V, N>,
}

elsewhere! {
    /// Never implemented: `is_in` takes lists.
    #[diagnostic::on_unimplemented(
        message = "there is no such operator: `is_in` is IN, and `not_in` is NOT IN",
        label = "use `.is_in(..)` or `.not_in(..)`",
        note = "both take a list, `.is_in([1, 2])` or `.is_in(&ids)`, or a query of one column, `.is_in(Post::query().select(|p| p.author_id))`"
    )]
    IsInList, IsInListElsewhere: in_ isin in_list is_in_list in_array eq_any any_of one_of notin not_in_ is_not_in ne_all;
    [V, N] Column<V, N>, [V, N] Expr<V, N>,
}

elsewhere! {
    /// Never implemented: `ne` is `<>`.
    #[diagnostic::on_unimplemented(
        message = "there is no such operator: `ne` is `<>`, and `same_as` compares NULLs too",
        label = "use `.ne(..)`",
        note = "comparisons are `.eq(..)`, `.ne(..)`, `.lt(..)`, `.le(..)`, `.gt(..)` and `.ge(..)`; `.same_as(..)` also takes an `Option`, and `.same_as(..).not()` is its opposite"
    )]
    IsUnequal, IsUnequalElsewhere: neq not_eq not_equal not_equals is_not is_distinct_from is_not_distinct_from;
    [V, N] Column<V, N>, [V, N] Expr<V, N>,
}

elsewhere! {
    /// Never implemented: the operators that ignore case end with `any_case`.
    #[diagnostic::on_unimplemented(
        message = "there is no such operator: those that ignore case end with `any_case`",
        label = "use `.like_any_case(..)`, `.contains_any_case(..)` or the like",
        note = "`eq_any_case`, `like_any_case`, `contains_any_case`, `starts_with_any_case`, `ends_with_any_case`"
    )]
    IgnoresCase, IgnoresCaseElsewhere: ilike icontains istartswith iendswith iexact eq_ignore_ascii_case;
    [V, N] Column<V, N>, [V, N] Expr<V, N>,
}

elsewhere! {
    /// Never implemented: `coalesce` replaces NULL.
    #[diagnostic::on_unimplemented(
        message = "there is no such operator: `coalesce` replaces NULL",
        label = "use `.coalesce(..)`",
        note = "`u.age.coalesce(0)` is `u.age`, or 0 where it is NULL; `.null_if(..)` is the opposite"
    )]
    ReplacesNull, ReplacesNullElsewhere: if_null ifnull nvl unwrap_or_default unwrap_or_else default_if_null;
    [V, N] Column<V, N>, [V, N] Expr<V, N>,
}

elsewhere! {
    /// Never implemented: selected values have no aliases.
    #[diagnostic::on_unimplemented(
        message = "selected values need no alias: they are read by position, or as the fields of a struct",
        label = "not needed",
        note = "`.select(|u| (u.name, u.age))` returns tuples; `.select(|u| LineFields {{ name: u.name }})` returns structs `Line` with `#[derive(Row)]`"
    )]
    HasAlias, HasAliasElsewhere: as_ alias label aliased;
    [V, N] Column<V, N>, [V, N] Expr<V, N>,
}
