//! Vertical positions.

use super::{GAP, GRID, Graph, Item, Net};

/// Returns the tops of all items, layer by layer: as close as possible to the items that they have lines to, without
/// overlap.
pub(super) fn place(graph: &Graph, columns: &[Vec<Item>], nets: &[Net]) -> Vec<Vec<i32>> {
    let steps: Vec<Vec<i32>> =
        columns.iter().map(|column| column.iter().map(|item| step(graph, *item)).collect()).collect();
    let mut tops: Vec<Vec<f64>> = steps.iter().map(|steps| starts(steps)).collect();
    for sweep in 0..24 {
        for at in 0..columns.len() {
            let at = if sweep % 2 == 0 { at } else { columns.len() - 1 - at };
            let wishes: Vec<(f64, f64)> = columns[at]
                .iter()
                .enumerate()
                .map(|(index, item)| wish(*item, tops[at][index], at, columns, &tops, nets))
                .collect();
            tops[at] = nearest(&wishes, &steps[at]);
        }
    }
    let highest = tops.iter().flatten().copied().fold(f64::INFINITY, f64::min);
    let snap = |top: &f64| ((top - highest) / f64::from(GRID)).floor() as i32 * GRID;
    tops.iter().map(|column| column.iter().map(snap).collect()).collect()
}

/// Returns the minimum distance from the top of an item to that of the next one.
fn step(graph: &Graph, item: Item) -> i32 {
    let height = match item {
        Item::Table(table) => graph.heights[table] + GAP,
        Item::Lane(_) => GRID,
    };
    (height + GRID - 1) / GRID * GRID
}

fn starts(steps: &[i32]) -> Vec<f64> {
    let mut next = 0;
    let starts = steps.iter().map(|step| {
        let start = next;
        next += step;
        f64::from(start)
    });
    starts.collect()
}

/// Returns the position at which an item's lines would be straight, and the number of lines, as its weight.
fn wish(
    item: Item,
    top: f64,
    at: usize,
    columns: &[Vec<Item>],
    tops: &[Vec<f64>],
    nets: &[Net],
) -> (f64, f64) {
    let mut wishes = Vec::new();
    let find = |column: usize, item: Item| {
        let index = columns.get(column)?.iter().position(|other| *other == item)?;
        Some(tops[column][index])
    };
    for (index, net) in nets.iter().enumerate() {
        // The height of the net where it enters the layer to the right.
        let left = |column: usize| {
            let lane = find(column, Item::Lane(index)).map(|top| top + f64::from(GRID / 2));
            lane.or_else(|| Some(find(column, Item::Table(net.left.table))? + f64::from(net.left.height)))
        };
        let right = |column: usize| {
            let lane = find(column, Item::Lane(index)).map(|top| top + f64::from(GRID / 2));
            let ends = net.right.iter().filter_map(move |(_, port)| {
                find(column, Item::Table(port.table)).map(|top| top + f64::from(port.height))
            });
            ends.chain(lane).collect::<Vec<f64>>()
        };
        match item {
            Item::Lane(lane) if lane == index => {
                let own = f64::from(GRID / 2);
                wishes.extend(at.checked_sub(1).and_then(left).map(|height| height - own));
                wishes.extend(right(at + 1).into_iter().map(|height| height - own));
            }
            Item::Table(table) => {
                if net.left.table == table {
                    let own = f64::from(net.left.height);
                    wishes.extend(right(at + 1).into_iter().map(|height| height - own));
                }
                for (_, port) in net.right.iter().filter(|(_, port)| port.table == table) {
                    wishes.extend(
                        at.checked_sub(1).and_then(left).map(|height| height - f64::from(port.height)),
                    );
                }
            }
            Item::Lane(_) => {}
        }
    }
    match wishes.len() {
        0 => (top, 0.01),
        count => (wishes.iter().sum::<f64>() / count as f64, count as f64),
    }
}

/// Returns the tops nearest to the wished ones (least squares), with at least a step between each and the next:
/// neighbours that would overlap move as one block.
fn nearest(wishes: &[(f64, f64)], steps: &[i32]) -> Vec<f64> {
    struct Block {
        top: f64,
        weight: f64,
        items: usize,
    }
    let starts = starts(steps);
    let mut blocks: Vec<Block> = Vec::new();
    for ((wish, weight), start) in wishes.iter().zip(&starts) {
        let mut block = Block { top: wish - start, weight: *weight, items: 1 };
        while let Some(above) = blocks.pop_if(|above| above.top > block.top) {
            let weight = above.weight + block.weight;
            let top = (above.top * above.weight + block.top * block.weight) / weight;
            block = Block { top, weight, items: above.items + block.items };
        }
        blocks.push(block);
    }
    let tops = blocks.iter().flat_map(|block| std::iter::repeat_n(block.top, block.items));
    tops.zip(starts).map(|(top, start)| top + start).collect()
}
