//! SVG output.

use std::fmt::Write as _;

use super::route::{Turn, lane_height, route};
use super::table::{escape, push_table, width};
use super::{Diagram, End, Graph, Item, Net};

/// The margin around the diagram.
const MARGIN: i32 = 16;
/// The space between a table and the first track: the width of a crow's foot.
const ROOM: i32 = 26;
const TRACK: i32 = 10;

const STYLE: &str = r"text { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #1f2937 }
.name { font-size: 13px; font-weight: bold; fill: #ffffff }
.type { fill: #6b7280; text-anchor: end }
.mark { font-size: 9px; font-weight: bold; fill: #0f766e }
.box { fill: #ffffff; stroke: #334155 }
.head { fill: #334155 }
.rule { stroke: #e5e7eb }
.line { fill: none; stroke: #64748b; stroke-width: 1.4 }
.zero { fill: #ffffff; stroke: #64748b; stroke-width: 1.4 }
.key:hover .line { stroke: #0f766e; stroke-width: 2.4 }
";

/// The horizontal positions of the layers, and of the tracks to the right of each.
struct Across {
    left: Vec<i32>,
    width: Vec<i32>,
    end: i32,
}

pub(super) fn draw(
    diagram: &Diagram,
    graph: &Graph,
    nets: &[Net],
    columns: &[Vec<Item>],
    tops: &[Vec<i32>],
) -> String {
    let turns = route(columns, tops, nets);
    let across = Across::of(diagram, columns, &turns);
    let (width, height) = (across.end + 2 * MARGIN, graph.bottom(columns, tops) + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"{} {} {width} {height}\">\n\
         <style>\n{STYLE}</style>\n",
        -MARGIN, -MARGIN
    );
    let tables = || {
        columns.iter().enumerate().flat_map(|(at, column)| {
            column.iter().zip(&tops[at]).filter_map(move |(item, top)| match item {
                Item::Table(table) => Some((at, *table, *top)),
                Item::Lane(_) => None,
            })
        })
    };
    let ends = |table: usize| {
        let found = tables().find(|(_, other, _)| *other == table);
        found.map_or((0, 0, 0), |(at, _, top)| (across.left[at], across.left[at] + across.width[at], top))
    };
    for (index, net) in nets.iter().enumerate() {
        push_net(diagram, net, &paths(index, columns, tops, &turns, &across), &ends, &mut svg);
    }
    for (at, table, top) in tables() {
        push_table(&diagram.entities[table], across.left[at], top, across.width[at], &mut svg);
    }
    svg.push_str("</svg>\n");
    svg
}

impl Across {
    fn of(diagram: &Diagram, columns: &[Vec<Item>], turns: &[Vec<Turn>]) -> Self {
        let mut across = Across { left: Vec::new(), width: Vec::new(), end: 0 };
        for (at, column) in columns.iter().enumerate() {
            let widths = column.iter().map(|item| match item {
                Item::Table(table) => width(&diagram.entities[*table]),
                Item::Lane(_) => 0,
            });
            let width = widths.max().unwrap_or(0);
            across.left.push(across.end);
            across.width.push(width);
            across.end += width;
            let tracks = turns[at].iter().map(|turn| count(turn.track) + 1).max().unwrap_or(0);
            let last = at + 1 == columns.len();
            across.end += match tracks {
                0 if last => 0,
                tracks if last => ROOM + TRACK * tracks,
                tracks => 2 * ROOM + TRACK * (tracks - 1).max(0),
            };
        }
        across
    }

    fn right(&self, at: usize) -> i32 {
        self.left[at] + self.width[at]
    }

    fn track(&self, at: usize, track: usize) -> i32 {
        self.right(at) + ROOM + TRACK * count(track)
    }
}

/// Converts a count that no diagram exceeds.
pub(super) fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX / 1024)
}

/// Writes the lines of a net.
fn paths(
    index: usize,
    columns: &[Vec<Item>],
    tops: &[Vec<i32>],
    turns: &[Vec<Turn>],
    across: &Across,
) -> String {
    let mut path = String::new();
    for (at, turns) in turns.iter().enumerate() {
        let lane = columns[at].iter().position(|item| *item == Item::Lane(index));
        if let Some(lane) = lane {
            let height = tops[at][lane] + lane_height(at);
            let _ = write!(path, "M{} {height}H{}", across.left[at], across.right(at));
        }
        for turn in turns.iter().filter(|turn| turn.net == index) {
            let track = across.track(at, turn.track);
            for &to in &turn.to {
                push_line((across.right(at), turn.from), track, (across.left[at + 1], to), &mut path);
            }
            for &to in &turn.back {
                push_line((across.right(at), turn.from), track, (across.right(at), to), &mut path);
            }
        }
    }
    path
}

/// Writes a line that runs horizontally to a track, along it, and horizontally to its end, with rounded corners.
fn push_line((x, y): (i32, i32), track: i32, (to_x, to_y): (i32, i32), path: &mut String) {
    let round = ((to_y - y).abs() / 2).min(6);
    let down = if to_y > y { round } else { -round };
    let onward = if to_x > track { round } else { -round };
    let _ = write!(
        path,
        "M{x} {y}H{}Q{track} {y} {track} {}V{}Q{track} {to_y} {} {to_y}H{to_x}",
        track - round,
        y + down,
        to_y - down,
        track + onward,
    );
}

fn push_net(
    diagram: &Diagram,
    net: &Net,
    path: &str,
    ends: &impl Fn(usize) -> (i32, i32, i32),
    svg: &mut String,
) {
    svg.push_str("<g class=\"key\"><title>");
    let keys: Vec<usize> = net.right.iter().chain(&net.back).map(|(key, _)| *key).collect();
    for (position, &key) in keys.iter().enumerate() {
        let key = &diagram.keys[key];
        let table = |end: End| escape(&diagram.entities[end.entity].name);
        let line = if position == 0 { "" } else { "\n" };
        let (child, parent) = (table(key.child), table(key.parent));
        let _ = write!(
            svg,
            "{line}{child}.{} → {parent}.{}",
            escape(&key.name),
            escape(&diagram.row(key.parent).name)
        );
    }
    let _ = writeln!(svg, "</title><path class=\"line\" d=\"{path}\"/>");
    if let Some(&key) = keys.first() {
        let (_, x, top) = ends(net.left.table);
        push_end(diagram, key, net.parent, (x, top + net.left.height), 1, svg);
    }
    for (key, port) in &net.right {
        let (x, _, top) = ends(port.table);
        push_end(diagram, *key, !net.parent, (x, top + port.height), -1, svg);
    }
    for (key, port) in &net.back {
        let (_, x, top) = ends(port.table);
        push_end(diagram, *key, !net.parent, (x, top + port.height), 1, svg);
    }
    svg.push_str("</g>\n");
}

/// Writes the cardinality symbol at one end of a key.
fn push_end(diagram: &Diagram, key: usize, parent: bool, (x, y): (i32, i32), onward: i32, svg: &mut String) {
    let key = &diagram.keys[key];
    let (zero, many) = if parent { (key.optional, false) } else { (true, !key.single) };
    let at = |distance: i32| x + onward * distance;
    if many {
        let _ = write!(svg, "<path class=\"line\" d=\"M{x} {}L{} {y}L{x} {}\"/>", y - 5, at(11), y + 5);
    } else {
        let _ = write!(svg, "<path class=\"line\" d=\"M{} {}V{}\"/>", at(6), y - 4, y + 4);
    }
    if zero {
        let _ = writeln!(
            svg,
            "<circle class=\"zero\" cx=\"{}\" cy=\"{y}\" r=\"3.5\"/>",
            at(if many { 15 } else { 12 })
        );
    } else {
        let _ = writeln!(svg, "<path class=\"line\" d=\"M{} {}V{}\"/>", at(10), y - 4, y + 4);
    }
}
