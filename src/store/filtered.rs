//! A filter as the part of a WHERE that it stands for. Only values that are bound come from outside; names of columns are ours.

use crate::domain::filter::{Comparison, Filter, Operand};
use sqlx::{Database, Encode, QueryBuilder, Type};

/// Where a field is found.
#[derive(Clone, Copy)]
pub(super) enum Column {
    /// An expression over the row.
    Plain(&'static str),
    /// A text that is kept in lower case.
    Lower(&'static str),
    /// A text whose capitals don't count: the engine makes both sides alike, as far as it knows the letters.
    Folded(&'static str),
    /// The start of an EXISTS over another table, and the column in it.
    Among(&'static str, &'static str),
}

/// Adds “AND (…)”, or nothing where all are looked for.
pub(super) fn filtered<DB: Database, F: Copy>(
    sql: &mut QueryBuilder<DB>,
    filter: Option<&Filter<F>>,
    column: &dyn Fn(F) -> Column,
) where
    for<'q> String: Encode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Type<DB>,
    for<'q> bool: Encode<'q, DB> + Type<DB>,
{
    if let Some(filter) = filter {
        sql.push(" AND ");
        add(sql, filter, column);
    }
}

fn add<DB: Database, F: Copy>(sql: &mut QueryBuilder<DB>, filter: &Filter<F>, column: &dyn Fn(F) -> Column)
where
    for<'q> String: Encode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Type<DB>,
    for<'q> bool: Encode<'q, DB> + Type<DB>,
{
    sql.push("(");
    match filter {
        Filter::And(one, other) => {
            add(sql, one, column);
            sql.push(" AND ");
            add(sql, other, column);
        }
        Filter::Or(one, other) => {
            add(sql, one, column);
            sql.push(" OR ");
            add(sql, other, column);
        }
        // A test of what is not there is neither true nor false to SQL; here it is false.
        Filter::Not(inner) => {
            sql.push("NOT COALESCE(");
            add(sql, inner, column);
            sql.push(", FALSE)");
        }
        Filter::Present(field) => match column(*field) {
            Column::Among(exists, _) => {
                sql.push(format_args!("{exists})"));
            }
            Column::Plain(name) | Column::Lower(name) | Column::Folded(name) => {
                sql.push(format_args!("{name} IS NOT NULL"));
            }
        },
        Filter::Test(field, comparison, operand) => match column(*field) {
            Column::Among(exists, name) => {
                let not = if *comparison == Comparison::NotEqual { "NOT " } else { "" };
                sql.push(format_args!("{not}{exists} AND "));
                let within = if not.is_empty() { *comparison } else { Comparison::Equal };
                test(sql, Column::Plain(name), within, operand);
                sql.push(")");
            }
            here => test(sql, here, *comparison, operand),
        },
    }
    sql.push(")");
}

fn test<DB: Database>(sql: &mut QueryBuilder<DB>, column: Column, comparison: Comparison, operand: &Operand)
where
    for<'q> String: Encode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Type<DB>,
    for<'q> bool: Encode<'q, DB> + Type<DB>,
{
    let (name, start, end) = match column {
        Column::Plain(name) | Column::Lower(name) | Column::Among(_, name) => (name, "", ""),
        Column::Folded(name) => (name, "LOWER(", ")"),
    };
    let sign = match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Contains | Comparison::StartsWith | Comparison::EndsWith => "LIKE",
    };
    if comparison == Comparison::NotEqual {
        // What is not there is different from anything.
        sql.push(format_args!("{name} IS NULL OR "));
    }
    sql.push(format_args!("{start}{name}{end} {sign} {start}"));
    match operand {
        Operand::Text(text) => {
            let text = if matches!(column, Column::Lower(_)) { text.to_lowercase() } else { text.clone() };
            sql.push_bind(match comparison {
                Comparison::Contains => format!("%{}%", escaped(&text)),
                Comparison::StartsWith => format!("{}%", escaped(&text)),
                Comparison::EndsWith => format!("%{}", escaped(&text)),
                _ => text,
            });
        }
        Operand::Truth(truth) => {
            sql.push_bind(*truth);
        }
        Operand::Time(time) => {
            sql.push_bind(time.as_second());
        }
    }
    sql.push(end);
    if sign == "LIKE" {
        sql.push(r" ESCAPE '\'");
    }
}

/// With what LIKE takes for a sign of its own taken as it is.
fn escaped(text: &str) -> String {
    text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_")
}
