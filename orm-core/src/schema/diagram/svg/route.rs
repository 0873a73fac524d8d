//! Where lines turn, between two layers.

use super::{GRID, Graph, Item, Net};

/// The part of a net that is between a layer and the next.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) net: usize,
    /// Where it comes from.
    pub(super) from: i32,
    /// Where it goes to, on the right.
    pub(super) to: Vec<i32>,
    /// Where it goes back to, on the left.
    pub(super) back: Vec<i32>,
    /// Which of the upright tracks it turns on, counted from the left.
    pub(super) track: usize,
}

/// The turns to the right of each layer; every net has a track of its own where another one is at the same height.
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

/// How far below its top a lane runs: in each layer at another height than in the next, and than where lines meet tables.
pub(super) fn lane_height(column: usize) -> i32 {
    if column.is_multiple_of(2) { 4 } else { 8 }
}

impl Turn {
    /// From where to where it is upright.
    pub(super) fn span(&self) -> (i32, i32) {
        let ends = self.to.iter().chain(&self.back).chain([&self.from]);
        ends.fold((i32::MAX, i32::MIN), |(top, bottom), &end| (top.min(end), bottom.max(end)))
    }
}

fn with_tracks(mut turns: Vec<Turn>) -> Vec<Turn> {
    turns.sort_by_key(Turn::span);
    // How far down each track is taken.
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
    /// How far down the picture goes.
    pub(super) fn bottom(&self, columns: &[Vec<Item>], tops: &[Vec<i32>]) -> i32 {
        let bottom = |(item, top): (&Item, &i32)| match item {
            Item::Table(table) => top + self.heights[*table],
            Item::Lane(_) => top + GRID,
        };
        let all = columns.iter().zip(tops).flat_map(|(column, tops)| column.iter().zip(tops));
        all.map(bottom).max().unwrap_or(0)
    }
}
