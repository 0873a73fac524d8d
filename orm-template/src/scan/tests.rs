use crate::Part::{self, Slot as InBraces, Text};
use crate::Slot::{Column, List, Table, Value};
use crate::parse;

fn mistake(text: &str) -> String {
    parse(text).map_or_else(|mistake| mistake.to_string(), |parts| format!("{parts:?}"))
}

#[test]
fn values_lists_and_names_are_told_apart() {
    let parts: &[Part<'_>] = &[
        Text("SELECT "),
        InBraces(Column("shop::User", "email")),
        Text(" FROM "),
        InBraces(Table("User")),
        Text(" WHERE a = "),
        InBraces(Value("user.name")),
        Text(" AND b IN ("),
        InBraces(List("ids")),
        Text(")"),
    ];
    let text = "SELECT {@shop::User.email} FROM {@User} WHERE a = {user.name} AND b IN ({..ids})";
    assert_eq!(parse(text).as_deref(), Ok(parts));
    assert_eq!(
        parse("{ x }{ .. y }{x.0.é}"),
        Ok(vec![InBraces(Value("x")), InBraces(List("y")), InBraces(Value("x.0.é"))])
    );
}

#[test]
fn doubled_braces_are_braces() {
    assert_eq!(parse("a {{b}} c"), Ok(vec![Text("a {"), Text("b}"), Text(" c")]));
    assert_eq!(parse("{{{x}}}"), Ok(vec![Text("{"), InBraces(Value("x")), Text("}")]));
    assert_eq!(parse(""), Ok(vec![]));
}

#[test]
fn quotes_and_comments_are_left_alone() {
    for text in [
        "'{a} ? it''s {{'",
        "\"{a ?\"",
        "`{a ?`",
        "-- {a ?\nx",
        "-- {a ?",
        "x --\n",
        "# {a ?\nx",
        "/* {a ? ' */ x",
        "'a\\\\'",
        "'\\n'",
        "'--' /*'*/ '/*'",
        "'{\"a\": 1}'",
        "'Dear {name},'",
        "x := 1, y::",
        "a$1, $",
        "'🦀{'",
    ] {
        assert_eq!(parse(text), Ok(vec![Text(text)]), "{text}");
    }
    assert_eq!(parse("'x' {y}"), Ok(vec![Text("'x' "), InBraces(Value("y"))]));
    assert_eq!(parse("-- x\n{y}"), Ok(vec![Text("-- x\n"), InBraces(Value("y"))]));
}

#[test]
fn mistakes_say_what_to_write() {
    for (text, expected) in [
        ("a = ?", "values are written in braces"),
        ("a = :id", "not `:name`"),
        ("a = $1", "not `$1`"),
        ("a IN ($a)", "not `$1`"),
        ("a = {b", "`{` is never closed"),
        ("a = {b\n}", "`{` is never closed"),
        ("a = b}", "`}` was never opened"),
        ("a = {}", "names no value"),
        ("a = {x + 1}", "`value = ..` after the text"),
        ("a = {x:?}", "`value = ..` after the text"),
        ("a = {1}", "`value = ..` after the text"),
        ("a = {x.}", "`value = ..` after the text"),
        ("a = {@}", "neither a model nor a field"),
        ("a = {@User.a.b}", "neither a model nor a field"),
        ("a = '{b}'", "remove the quotes"),
        ("a LIKE '%{b}%'", "bind the whole pattern"),
        ("a LIKE '{b.c}%'", "bind the whole pattern"),
        ("a = 'it\\'s'", "double the quote"),
        ("a = 'it", "a quote is never closed"),
        ("/* a", "a comment is never closed"),
        ("5--3", "put a space after it"),
    ] {
        let message = mistake(text);
        assert!(message.contains(expected), "{text}: {message}");
    }
}
