//! `results.svg`: the ratios of all places, on one scale.

use std::fmt::Write as _;

use super::format;
use super::table::Table;

/// In pixels.
const WIDTH: f64 = 960.0;
const LEFT: f64 = 290.0;
const RIGHT: f64 = 20.0;
const ROW: f64 = 20.0;

/// Legible on white and on black.
const COLORS: [&str; 10] = [
    "#868e96", "#e8590c", "#4c6ef5", "#12b886", "#ae3ec9", "#f59f00", "#15aabf", "#e64980", "#82c91e",
    "#a9744f",
];

/// Gray is legible on white and on black, as the background is unknown.
const STYLE: &str = "<style>\
text { font: 12px system-ui, sans-serif; fill: #6e7781 } .title { font-weight: 600 } \
line { stroke: #8b949e; stroke-opacity: 0.4 } line.one { stroke-opacity: 1 } \
@media (prefers-color-scheme: light) { text { fill: #24292f } } \
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }\
</style>";

/// Returns the chart of some places: a row for each work, a mark for each contestant, farther right the longer it took.
pub(super) fn chart(tables: &[Table]) -> String {
    let names = names(tables);
    let scale = Scale::of(tables);
    let mut body = String::new();
    let mut y = 24.0;
    legend(&mut body, &names, &mut y);
    for table in tables {
        panel(&mut body, table, &names, &scale, &mut y);
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {y}\" width=\"{WIDTH}\" height=\"{y}\" role=\"img\">\n\
         <title>Time relative to handwritten code on the driver</title>\n{STYLE}\n{body}</svg>\n"
    )
}

/// Returns the contestants, in the order in which they appear: their positions determine their marks.
fn names(tables: &[Table]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in tables.iter().flat_map(|table| table.lines().iter().flat_map(|line| table.ratios(line)))
    {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A logarithmic scale.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// Returns a scale that covers all ratios.
    fn of(tables: &[Table]) -> Self {
        let ratios = tables.iter().flat_map(|table| {
            table.lines().iter().flat_map(|line| table.ratios(line).map(|(_, ratio)| ratio.median))
        });
        let (low, high) =
            ratios.fold((0.5_f64, 2.0_f64), |(low, high), ratio| (low.min(ratio), high.max(ratio)));
        Scale { low: low * 0.9, high: high * 1.1 }
    }

    fn x(&self, ratio: f64) -> f64 {
        let part = (ratio / self.low).ln() / (self.high / self.low).ln();
        LEFT + part * (WIDTH - LEFT - RIGHT)
    }

    /// Returns the ticks: 1, 2 and 5 of each power of ten.
    fn ticks(&self) -> impl Iterator<Item = f64> {
        let ticks = (-3..5).flat_map(|power| [1.0, 2.0, 5.0].map(|tick| tick * 10_f64.powi(power)));
        ticks.filter(|tick| (self.low..=self.high).contains(tick))
    }
}

fn legend(body: &mut String, names: &[&str], y: &mut f64) {
    let mut x = 20.0;
    for (at, name) in names.iter().enumerate() {
        let width = 34.0 + 7.0 * name.len() as f64;
        if x + width > WIDTH {
            x = 20.0;
            *y += ROW;
        }
        mark(body, at, x, *y - 4.0, name);
        text(body, x + 12.0, *y, "", name);
        x += width;
    }
    *y += ROW;
}

fn panel(body: &mut String, table: &Table, names: &[&str], scale: &Scale, y: &mut f64) {
    *y += ROW;
    text(body, 20.0, *y, " class=\"title\"", table.title());
    let (top, bottom) = (*y + 6.0, *y + 10.0 + ROW * table.lines().len() as f64);
    for tick in scale.ticks() {
        let (x, class) = (scale.x(tick), if tick == 1.0 { " class=\"one\"" } else { "" });
        text(body, x, *y, " text-anchor=\"middle\"", &format!("{tick}"));
        // Writing to a string does not fail.
        let _ =
            writeln!(body, "<line{class} x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{top:.1}\" y2=\"{bottom:.1}\"/>");
    }
    for line in table.lines() {
        *y += ROW;
        text(body, LEFT - 8.0, *y, " text-anchor=\"end\"", &line.title());
        // The first contestants last, so that they are on top.
        let mut ratios: Vec<_> = table.ratios(line).collect();
        ratios.reverse();
        for (name, ratio) in ratios {
            let at = names.iter().position(|it| *it == name).unwrap_or_default();
            let hint = format!("{name}: {}", format::ratio(ratio.median));
            mark(body, at, scale.x(ratio.median), *y - 4.0, &hint);
        }
    }
    *y += ROW;
}

fn text(body: &mut String, x: f64, y: f64, attributes: &str, text: &str) {
    let _ = writeln!(body, "<text{attributes} x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escaped(text));
}

/// Adds a contestant's mark: similar colors have different shapes.
fn mark(body: &mut String, contestant: usize, x: f64, y: f64, hint: &str) {
    let shape = match contestant % 3 {
        0 => "m-5,0 a5,5 0 1,0 10,0 a5,5 0 1,0 -10,0",
        1 => "m0,-6.5 l6.5,6.5 l-6.5,6.5 l-6.5,-6.5 z",
        _ => "m-4.5,-4.5 h9 v9 h-9 z",
    };
    let color = COLORS[contestant % COLORS.len()];
    let hint = escaped(hint);
    let _ = writeln!(
        body,
        "<path class=\"mark\" fill=\"{color}\" d=\"M{x:.1},{y:.1} {shape}\"><title>{hint}</title></path>"
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
