//! The assignment of tables and lines to layers, and their order in them.

use super::{Edge, Item, Net};

/// Returns the layer of each table: a child is to the right of its parent, except for keys that close a cycle.
pub(super) fn layers(tables: usize, edges: &[Edge], heights: &[i32]) -> Vec<usize> {
    let kept = without_circles(tables, edges);
    let mut layers = vec![0; tables];
    // No path is longer than the number of tables.
    for _ in 0..tables {
        for &(parent, child) in &kept {
            layers[child] = layers[child].max(layers[parent] + 1);
        }
    }
    // A table that references nothing is next to those that reference it.
    for table in 0..tables {
        let nearest =
            kept.iter().filter(|(parent, _)| *parent == table).map(|(_, child)| layers[*child]).min();
        if let Some(nearest) = nearest.filter(|_| kept.iter().all(|(_, child)| *child != table)) {
            layers[table] = nearest - 1;
        }
    }
    place_alone(edges, heights, &mut layers);
    layers
}

/// Returns the keys between different tables, as parent and child, without those that would close a cycle: if one of
/// them is nullable, that one.
fn without_circles(tables: usize, edges: &[Edge]) -> Vec<(usize, usize)> {
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for optional in [false, true] {
        for edge in edges.iter().filter(|edge| edge.optional == optional) {
            let (parent, child) = (edge.parent.table, edge.child.table);
            if parent != child && !leads(child, parent, &kept, tables) {
                kept.push((parent, child));
            }
        }
    }
    kept
}

/// Returns whether keys lead from one table down to another.
fn leads(from: usize, to: usize, edges: &[(usize, usize)], tables: usize) -> bool {
    let mut reached = vec![false; tables];
    let mut left = vec![from];
    while let Some(table) = left.pop() {
        if !std::mem::replace(&mut reached[table], true) {
            left.extend(edges.iter().filter(|(parent, _)| *parent == table).map(|(_, child)| *child));
        }
    }
    reached[to]
}

/// Places tables without keys where there is most room.
fn place_alone(edges: &[Edge], heights: &[i32], layers: &mut [usize]) {
    let has_keys =
        |table: usize| edges.iter().any(|edge| edge.parent.table == table || edge.child.table == table);
    let mut used = vec![0; layers.iter().max().map_or(0, |last| last + 1)];
    for table in (0..layers.len()).filter(|&table| has_keys(table)) {
        used[layers[table]] += heights[table];
    }
    for table in (0..layers.len()).filter(|&table| !has_keys(table)) {
        if let Some((layer, height)) = used.iter_mut().enumerate().min_by_key(|(_, height)| **height) {
            layers[table] = layer;
            *height += heights[table];
        }
    }
}

/// Returns the content of each layer from top to bottom, with a lane for each net that passes it, in an order with few
/// crossings.
pub(super) fn order(layers: &[usize], nets: &[Net]) -> Vec<Vec<Item>> {
    let mut columns: Vec<Vec<Item>> = vec![Vec::new(); layers.iter().max().map_or(0, |last| last + 1)];
    for (table, &layer) in layers.iter().enumerate() {
        columns[layer].push(Item::Table(table));
    }
    for (index, net) in nets.iter().enumerate() {
        let last = net.right.iter().map(|(_, port)| layers[port.table]).max().unwrap_or(0);
        for column in columns.iter_mut().take(last).skip(layers[net.left.table] + 1) {
            column.push(Item::Lane(index));
        }
    }
    let mut best = columns.clone();
    for sweep in 0..12 {
        let last = columns.len();
        for step in 1..last {
            let (at, beside) = if sweep % 2 == 0 { (step, step - 1) } else { (last - 1 - step, last - step) };
            sort(&mut columns, at, beside, nets);
        }
        if crossings(&columns, nets) < crossings(&best, nets) {
            best.clone_from(&columns);
        }
    }
    best
}

/// Returns the lines between two layers: the positions of their ends, with the heights at which they meet tables.
fn links(left: &[Item], right: &[Item], nets: &[Net]) -> Vec<((usize, i32), (usize, i32))> {
    let find = |column: &[Item], item: Item| column.iter().position(|other| *other == item);
    let mut links = Vec::new();
    for (index, net) in nets.iter().enumerate() {
        let from = find(left, Item::Lane(index)).map(|at| (at, 0));
        let table = find(left, Item::Table(net.left.table)).map(|at| (at, net.left.height));
        let Some(from) = from.or(table) else { continue };
        let ends = net
            .right
            .iter()
            .filter_map(|(_, port)| find(right, Item::Table(port.table)).map(|at| (at, port.height)));
        let lane = find(right, Item::Lane(index)).map(|at| (at, 0));
        links.extend(ends.chain(lane).map(|to| (from, to)));
    }
    links
}

/// Sorts a layer by the average position of the ends of its lines in the adjacent layer.
fn sort(columns: &mut [Vec<Item>], at: usize, beside: usize, nets: &[Net]) {
    let links = match at > beside {
        true => {
            links(&columns[beside], &columns[at], nets).into_iter().map(|(far, near)| (near.0, far)).collect()
        }
        false => links(&columns[at], &columns[beside], nets)
            .into_iter()
            .map(|(near, far)| (near.0, far))
            .collect::<Vec<_>>(),
    };
    let weigh = |(position, item): (usize, &Item)| {
        let ends = links.iter().filter(|(near, _)| *near == position);
        let (count, sum) = ends.fold((0.0, 0.0), |(count, sum), (_, (place, height))| {
            // A position is a whole number, and a height a fraction; no table counts as taller than a thousand columns.
            (count + 1.0, sum + *place as f64 + f64::from((*height).min(22_000)) / 22_001.0)
        });
        (if count == 0.0 { position as f64 } else { sum / count }, *item)
    };
    let mut weighed: Vec<(f64, Item)> = columns[at].iter().enumerate().map(weigh).collect();
    weighed.sort_by(|(left, _), (right, _)| left.total_cmp(right));
    columns[at] = weighed.into_iter().map(|(_, item)| item).collect();
}

/// Counts the line crossings.
fn crossings(columns: &[Vec<Item>], nets: &[Net]) -> usize {
    let between = |pair: &[Vec<Item>]| {
        let links = links(&pair[0], &pair[1], nets);
        let crosses = |(from, to): &((usize, i32), (usize, i32))| {
            links.iter().filter(|(other_from, other_to)| other_from < from && other_to > to).count()
        };
        links.iter().map(crosses).sum::<usize>()
    };
    columns.windows(2).map(between).sum()
}
