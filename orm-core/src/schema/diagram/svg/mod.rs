//! SVG diagrams.
//!
//! Tables are arranged in layers from left to right, each to the right of those that it references. A [`Graph`] has
//! only the heights of tables and the heights at which lines meet them. All lines from the same place share a [`Net`];
//! where it passes a layer it has a lane there, so that no line crosses a table. First everything gets a layer and an
//! order in it (`layers`), then a vertical position (`place`), then lines get their tracks between the layers
//! (`route`); `draw` writes the SVG.

mod draw;
mod layers;
mod place;
mod route;
mod table;

use super::{Diagram, End};

/// The grid to which tables are aligned, and the height of a column: so lines meet each table at different heights.
const GRID: i32 = 22;
/// The height of a table's header.
const HEAD: i32 = 28;
/// The minimum vertical space between tables.
const GAP: i32 = 22;

/// The graph to lay out.
#[derive(Debug, Default)]
struct Graph {
    /// The heights of the tables.
    heights: Vec<i32>,
    edges: Vec<Edge>,
}

/// A foreign key.
#[derive(Debug, Clone, Copy)]
struct Edge {
    parent: Port,
    child: Port,
    optional: bool,
}

/// A point where a line meets a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Port {
    table: usize,
    /// The distance from the table's top.
    height: i32,
}

/// The lines that start at one place; their right ends are to the right of it.
#[derive(Debug)]
struct Net {
    left: Port,
    /// Whether the left end is the parent.
    parent: bool,
    /// The other ends, each with its key.
    right: Vec<(usize, Port)>,
    /// The other ends in the same layer, which are reached from the same side.
    back: Vec<(usize, Port)>,
}

/// An item in a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Table(usize),
    /// A net that passes the layer.
    Lane(usize),
}

impl Diagram {
    /// Returns the diagram as SVG: tables as boxes, foreign keys as lines between them with crow's feet at the "many"
    /// ends.
    ///
    /// The SVG is self-contained, without fonts or other files, and deterministic, so that it can be kept under version
    /// control.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// use orm::{Schema, dialect::MYSQL};
    /// let svg = Schema::of::<(User, Post)>(&MYSQL)?.diagram().svg();
    /// assert!(svg.starts_with("<svg ") && svg.contains(">author_id</text>"));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn svg(&self) -> String {
        let graph = self.graph();
        let layers = layers::layers(graph.heights.len(), &graph.edges, &graph.heights);
        let nets = nets(&graph, &layers);
        let columns = layers::order(&layers, &nets);
        let heights = place::place(&graph, &columns, &nets);
        draw::draw(self, &graph, &nets, &columns, &heights)
    }

    fn graph(&self) -> Graph {
        let height = |rows: usize| HEAD + GRID * i32::try_from(rows).unwrap_or(i32::MAX / GRID - 2);
        let middle = |end: End| Port { table: end.entity, height: height(end.row) + GRID / 2 };
        let edges = self.keys.iter().map(|key| Edge {
            parent: middle(key.parent),
            child: middle(key.child),
            optional: key.optional,
        });
        Graph {
            heights: self.entities.iter().map(|entity| height(entity.rows.len()) + 4).collect(),
            edges: edges.collect(),
        }
    }
}

/// Groups the lines by their starting points. A line leaves a table on its right slightly above the middle of the
/// column, or below it if the key is nullable; it enters a table on its left in the middle.
fn nets(graph: &Graph, layers: &[usize]) -> Vec<Net> {
    let mut nets: Vec<Net> = Vec::new();
    let lowered = |port: Port, by: i32| Port { height: port.height + by, ..port };
    for (key, edge) in graph.edges.iter().enumerate() {
        let away = if edge.optional { 5 } else { -5 };
        let (parent, child) = (layers[edge.parent.table], layers[edge.child.table]);
        let (left, right) = match parent <= child {
            true => (lowered(edge.parent, away), edge.child),
            false => (lowered(edge.child, away), edge.parent),
        };
        let known = nets.iter().position(|net| net.left == left);
        let index = known.unwrap_or_else(|| {
            nets.push(Net { left, parent: parent <= child, right: Vec::new(), back: Vec::new() });
            nets.len() - 1
        });
        if parent == child {
            nets[index].back.push((key, lowered(right, -5)));
        } else {
            nets[index].right.push((key, right));
        }
    }
    nets
}

#[cfg(test)]
mod tests;
