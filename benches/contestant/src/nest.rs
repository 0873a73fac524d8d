//! Nests rows that were loaded level by level: S4 for contestants without relations of their own.

use std::collections::HashMap;
use std::hash::Hash;

/// Returns each parent with the children that reference its key, in their order.
pub fn nest<P, C, K: Hash + Eq>(
    parents: Vec<P>,
    key: impl Fn(&P) -> K,
    children: Vec<C>,
    parent: impl Fn(&C) -> K,
) -> Vec<(P, Vec<C>)> {
    let mut of: HashMap<K, Vec<C>> = HashMap::with_capacity(parents.len());
    for child in children {
        of.entry(parent(&child)).or_default().push(child);
    }
    let with_children = |it: P| {
        let children = of.remove(&key(&it)).unwrap_or_default();
        (it, children)
    };
    parents.into_iter().map(with_children).collect()
}

#[cfg(test)]
mod tests {
    use super::nest;

    #[test]
    fn children_keep_their_order_and_a_parent_may_have_none() {
        let nested = nest(vec![1, 2], |it| *it, vec![(1, 'b'), (1, 'a')], |it| it.0);
        assert_eq!(nested, [(1, vec![(1, 'b'), (1, 'a')]), (2, vec![])]);
    }
}
