//! Layouts of random tables.

use super::route::{lane_height, route};
use super::{Edge, GRID, Graph, HEAD, Item, Net, Port, layers, nets, place};

struct Layout {
    graph: Graph,
    nets: Vec<Net>,
    layers: Vec<usize>,
    columns: Vec<Vec<Item>>,
    tops: Vec<Vec<i32>>,
}

/// A deterministic number generator: a linear congruential generator with the constants of Knuth's MMIX.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % most
    }
}

/// A random graph with keys in all directions, cycles, and several keys between the same two tables.
fn random(seed: u64) -> Layout {
    let mut numbers = Numbers(seed);
    let rows: Vec<usize> = (0..1 + numbers.below(14)).map(|_| 1 + numbers.below(9)).collect();
    let height = |rows: usize| HEAD + GRID * i32::try_from(rows).unwrap_or(0);
    let edges = (0..numbers.below(2 * rows.len())).map(|_| {
        let (parent, child) = (numbers.below(rows.len()), numbers.below(rows.len()));
        let column = numbers.below(rows[child]);
        Edge {
            parent: Port { table: parent, height: height(0) + GRID / 2 },
            child: Port { table: child, height: height(column) + GRID / 2 },
            optional: numbers.below(2) == 0,
        }
    });
    let edges = edges.collect();
    let graph = Graph { heights: rows.iter().map(|rows| height(*rows) + 4).collect(), edges };
    let layers = layers::layers(graph.heights.len(), &graph.edges, &graph.heights);
    let nets = nets(&graph, &layers);
    let columns = layers::order(&layers, &nets);
    let tops = place::place(&graph, &columns, &nets);
    Layout { graph, nets, layers, columns, tops }
}

#[test]
fn tables_and_lanes_do_not_overlap() {
    for seed in 0..500 {
        let layout = random(seed);
        let tables = layout.columns.iter().flatten().filter(|item| matches!(item, Item::Table(_))).count();
        assert_eq!(tables, layout.graph.heights.len());
        for (column, tops) in layout.columns.iter().zip(&layout.tops) {
            for (pair, tops) in column.windows(2).zip(tops.windows(2)) {
                let height = match pair[0] {
                    Item::Table(table) => layout.graph.heights[table],
                    Item::Lane(_) => GRID,
                };
                assert!(tops[0] >= 0 && tops[0] + height <= tops[1], "{seed}: {column:?} {tops:?}");
            }
        }
    }
}

#[test]
fn keys_lead_to_the_left_unless_they_close_a_circle() {
    for seed in 0..500 {
        let layout = random(seed);
        let backward = |edge: &&Edge| layout.layers[edge.parent.table] > layout.layers[edge.child.table];
        for edge in layout.graph.edges.iter().filter(backward) {
            let mut reached = vec![edge.child.table];
            while let Some(next) = layout
                .graph
                .edges
                .iter()
                .find(|edge| reached.contains(&edge.parent.table) && !reached.contains(&edge.child.table))
            {
                reached.push(next.child.table);
            }
            assert!(reached.contains(&edge.parent.table), "{seed}: {edge:?}");
        }
        for net in &layout.nets {
            let left = layout.layers[net.left.table];
            assert!(net.right.iter().all(|(_, port)| layout.layers[port.table] > left), "{seed}: {net:?}");
        }
    }
}

#[test]
fn every_key_gets_where_it_should() {
    for seed in 0..500 {
        let layout = random(seed);
        let turns = route(&layout.columns, &layout.tops, &layout.nets);
        for (index, net) in layout.nets.iter().enumerate() {
            let lanes = layout.columns.iter().flatten().filter(|item| **item == Item::Lane(index)).count();
            let ends = net.right.len() + net.back.len() + lanes;
            let turns = turns.iter().flatten().filter(|turn| turn.net == index);
            assert_eq!(
                turns.map(|turn| turn.to.len() + turn.back.len()).sum::<usize>(),
                ends,
                "{seed}: {net:?}"
            );
        }
    }
}

#[test]
fn lines_of_different_nets_do_not_run_over_one_another() {
    for seed in 0..500 {
        let layout = random(seed);
        for turns in route(&layout.columns, &layout.tops, &layout.nets) {
            for (index, turn) in turns.iter().enumerate() {
                for other in &turns[..index] {
                    let (a, b) = (turn.span(), other.span());
                    let apart = a.0 > b.1 || b.0 > a.1;
                    assert!(turn.track != other.track || apart, "{seed}: {turn:?} {other:?}");
                    assert!(!other.to.contains(&turn.from) && !turn.to.contains(&other.from), "{seed}");
                }
            }
        }
    }
    assert_ne!(lane_height(0), lane_height(1));
}
