//! The outputs of procedures, as types.

/// A tuple with room for one more value.
#[diagnostic::on_unimplemented(
    message = "a call has at most 16 outputs",
    label = "one output too many",
    note = "return a result set from the procedure instead"
)]
pub trait Append<V> {
    /// The tuple with `V` appended.
    type With;

    #[doc(hidden)]
    fn append(self, value: V) -> Self::With;
}

impl<V> Append<V> for () {
    type With = (V,);

    fn append(self, value: V) -> (V,) {
        (value,)
    }
}

macro_rules! appends {
    ([$($name:ident)*]) => {};
    ([$($name:ident)*] $next:ident $($rest:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name,)* $next> Append<$next> for ($($name,)*) {
            type With = ($($name,)* $next,);

            #[allow(non_snake_case, reason = "one variable per type")]
            fn append(self, value: $next) -> Self::With {
                let ($($name,)*) = self;
                ($($name,)* value,)
            }
        }
        appends!([$($name)* $next] $($rest)*);
    };
}
appends!([A] B C D E F G H I J K L N P Q R);
