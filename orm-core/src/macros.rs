//! Macros used by several modules.

/// Calls `$do! { A B … }` for every tuple length from 1 to 16, the maximum arity of scopes and selections.
macro_rules! for_tuples {
    ($do:ident) => {
        $do!(A);
        $do!(A B);
        $do!(A B C);
        $do!(A B C D);
        $do!(A B C D E);
        $do!(A B C D E F);
        $do!(A B C D E F G);
        $do!(A B C D E F G H);
        $do!(A B C D E F G H I);
        $do!(A B C D E F G H I J);
        $do!(A B C D E F G H I J K);
        $do!(A B C D E F G H I J K L);
        $do!(A B C D E F G H I J K L N);
        $do!(A B C D E F G H I J K L N P);
        $do!(A B C D E F G H I J K L N P Q);
        $do!(A B C D E F G H I J K L N P Q R);
    };
}
pub(crate) use for_tuples;
