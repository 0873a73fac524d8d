//! The routing of lines between two layers.

use super::{GRID, Graph, Item, Net};

/// The part of a net between one layer and the next.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) net: usize,
    /// The height at which it starts.
    pub(super) from: i32,
    /// The heights at which it ends, on the right.
    pub(super) to: Vec<i32>,
    /// The heights at which it ends, back on the left.
    pub(super) back: Vec<i32>,
    /// The vertical track it runs on, counted from the left.
    pub(super) track: usize,
}

/// Returns the turns to the right of each layer; nets that overlap in height have different tracks.
pub(super) fn route(columns: &[Vec<Item>], tops: &[Vec<i32>], nets: &[Net]) -> Vec<Vec<Turn>> {
    (0..columns.len()).map(|at| with_tracks(turns(at, columns, tops, nets))).collect()
}

fn turns(at: usize, columns: &[Vec<Item>], tops: &[Vec<i32>], nets: &[Net]) -> Vec<Turn> {
    let find = |column: usize, item: Item| {
        let index = columns.get(column)?.iter().position(|other| *other == item)?;
        Some(tops[column][index])
    };
    let lane = |column: usize, net: usize| Some(find(column, Item::Lane(net))? + lane_height(column));
    let turn = |(index, net): (usize, &Net)| {
        let start = find(at, Item::Table(net.left.table));
        let from = start.map(|top| top + net.left.height).or_else(|| lane(at, index))?;
        let ends = net
            .right
            .iter()
            .filter_map(|(_, port)| Some(find(at + 1, Item::Table(port.table))? + port.height));
        let back = start.into_iter().flat_map(|top| net.back.iter().map(move |(_, port)| top + port.height));
        let turn = Turn {
            net: index,
            from,
            to: ends.chain(lane(at + 1, index)).collect(),
            back: back.collect(),
            track: 0,
        };
        (!turn.to.is_empty() || !turn.back.is_empty()).then_some(turn)
    };
    nets.iter().enumerate().filter_map(turn).collect()
}

/// Returns the distance of a lane's line from its top: it differs between adjacent layers, and from the heights at
/// which lines meet tables.
pub(super) fn lane_height(column: usize) -> i32 {
    if column.is_multiple_of(2) { 4 } else { 8 }
}

impl Turn {
    /// Returns the vertical extent of the turn.
    pub(super) fn span(&self) -> (i32, i32) {
        let ends = self.to.iter().chain(&self.back).chain([&self.from]);
        ends.fold((i32::MAX, i32::MIN), |(top, bottom), &end| (top.min(end), bottom.max(end)))
    }
}

fn with_tracks(mut turns: Vec<Turn>) -> Vec<Turn> {
    turns.sort_by_key(Turn::span);
    // The lowest point taken on each track.
    let mut taken: Vec<i32> = Vec::new();
    for turn in &mut turns {
        let (top, bottom) = turn.span();
        turn.track = taken.iter().position(|bottom| bottom + 4 < top).unwrap_or(taken.len());
        match taken.get_mut(turn.track) {
            Some(track) => *track = bottom,
            None => taken.push(bottom),
        }
    }
    turns
}

impl Graph {
    /// Returns the height of the diagram.
    pub(super) fn bottom(&self, columns: &[Vec<Item>], tops: &[Vec<i32>]) -> i32 {
        let bottom = |(item, top): (&Item, &i32)| match item {
            Item::Table(table) => top + self.heights[*table],
            Item::Lane(_) => top + GRID,
        };
        let all = columns.iter().zip(tops).flat_map(|(column, tops)| column.iter().zip(tops));
        all.map(bottom).max().unwrap_or(0)
    }
}
