//! The SVG of one table.

use std::fmt::Write as _;

use super::draw::count;
use super::{GRID, HEAD};
use crate::schema::diagram::{Entity, Row};

/// The horizontal padding inside a table.
const PADDING: i32 = 10;
/// The width of PK, FK or UK.
const MARK: i32 = 19;

/// Returns the width of a text: in such a font of this size, each character is 7.2 wide, and twice that in some
/// scripts.
fn text_width(text: &str, tenths: i32) -> i32 {
    let letters: usize = text.chars().map(|letter| if letter < '\u{1100}' { 1 } else { 2 }).sum();
    (count(letters) * tenths + 9) / 10
}

fn type_of(row: &Row) -> String {
    format!("{}{}", row.ty, if row.optional { "?" } else { "" })
}

fn marks_width(entity: &Entity) -> i32 {
    MARK * count(entity.rows.iter().map(|row| row.marks.len()).max().unwrap_or(0))
}

/// Returns the width of a table.
pub(super) fn width(entity: &Entity) -> i32 {
    let rows = entity
        .rows
        .iter()
        .map(|row| marks_width(entity) + text_width(&row.name, 72) + 18 + text_width(&type_of(row), 72));
    rows.chain([text_width(&entity.name, 78)]).max().unwrap_or(0) + 2 * PADDING
}

pub(super) fn push_table(entity: &Entity, x: i32, y: i32, width: i32, svg: &mut String) {
    let height = HEAD + GRID * count(entity.rows.len()) + 4;
    svg.push_str("<g>");
    push_title(entity.comment.as_deref(), svg);
    let _ = writeln!(
        svg,
        "<rect class=\"box\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"5\"/>"
    );
    let right = x + width;
    let _ = writeln!(
        svg,
        "<path class=\"head\" d=\"M{x} {}V{}Q{x} {y} {} {y}H{}Q{right} {y} {right} {}V{}Z\"/>",
        y + HEAD,
        y + 5,
        x + 5,
        right - 5,
        y + 5,
        y + HEAD
    );
    let _ = writeln!(
        svg,
        "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text></g>",
        x + PADDING,
        y + 19,
        escape(&entity.name)
    );
    let names = x + PADDING + marks_width(entity);
    for (row, top) in entity.rows.iter().zip((y + HEAD..).step_by(22)) {
        svg.push_str("<g>");
        push_title(row.comment.as_deref(), svg);
        if top > y + HEAD {
            let _ = write!(svg, "<path class=\"rule\" d=\"M{} {top}H{}\"/>", x + 1, right - 1);
        }
        let line = top + 16;
        for (mark, place) in row.marks.iter().zip((x + PADDING..).step_by(19)) {
            let _ = write!(svg, "<text class=\"mark\" x=\"{place}\" y=\"{}\">{mark}</text>", line - 1);
        }
        let _ = write!(svg, "<text x=\"{names}\" y=\"{line}\">{}</text>", escape(&row.name));
        let ty = type_of(row);
        let _ = writeln!(
            svg,
            "<text class=\"type\" x=\"{}\" y=\"{line}\">{}</text></g>",
            right - PADDING,
            escape(&ty)
        );
    }
}

/// Writes the tooltip.
fn push_title(comment: Option<&str>, svg: &mut String) {
    if let Some(comment) = comment {
        let _ = write!(svg, "<title>{}</title>", escape(comment));
    }
}

/// Escapes a text for an XML element. Characters that XML cannot represent are removed.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            letter if letter.is_control() && letter != '\n' => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
