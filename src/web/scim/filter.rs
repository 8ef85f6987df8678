//! Filters (RFC 7644 §3.4.2.2): `userName eq "ada@acme.example" and active eq true`. What is not one, or names what can't be
//! looked for here, is refused as `invalidFilter`; nothing is ever passed over, since a filter that lets too much through can do
//! harm.

use super::{error::fault, path::without_schema};
use crate::{
    domain::filter::{Comparison, Filter, Holds, Operand},
    web::error::Failure,
};
use serde_json::Value;

/// Each bracket goes one deeper.
const DEEPEST: usize = 16;
/// Tests in one filter.
const MOST: usize = 100;

/// `field` knows what can be looked for by a name in small letters and without its schema, and what it holds.
pub(super) fn parse<F>(text: &str, field: &dyn Fn(&str) -> Option<(F, Holds)>) -> Result<Filter<F>, Failure> {
    let mut reader = Reader { rest: text, field, within: None, depth: 0, tests: 0 };
    let filter = reader.any()?;
    if reader.rest.trim().is_empty() { Ok(filter) } else { Err(reader.wrong("has something after its end")) }
}

struct Reader<'t, 'f, F> {
    rest: &'t str,
    field: &'f dyn Fn(&str) -> Option<(F, Holds)>,
    /// The attribute in whose brackets we are.
    within: Option<String>,
    depth: usize,
    tests: usize,
}

impl<F> Reader<'_, '_, F> {
    fn any(&mut self) -> Result<Filter<F>, Failure> {
        let mut filter = self.all()?;
        while self.takes_word("or") {
            filter = Filter::Or(Box::new(filter), Box::new(self.all()?));
        }
        Ok(filter)
    }

    fn all(&mut self) -> Result<Filter<F>, Failure> {
        let mut filter = self.one()?;
        while self.takes_word("and") {
            filter = Filter::And(Box::new(filter), Box::new(self.one()?));
        }
        Ok(filter)
    }

    fn one(&mut self) -> Result<Filter<F>, Failure> {
        if self.takes("(") {
            return self.inside(")");
        }
        let before = self.rest;
        if self.takes_word("not") {
            if self.takes("(") {
                return Ok(Filter::Not(Box::new(self.inside(")")?)));
            }
            self.rest = before;
        }
        let name = self.word();
        if name.is_empty() {
            return Err(self.wrong("lacks the name of an attribute"));
        }
        let name = without_schema(name).1.to_lowercase();
        if self.takes("[") {
            if self.within.is_some() {
                return Err(self.wrong("has brackets within brackets"));
            }
            self.within = Some(name);
            let filter = self.inside("]")?;
            self.within = None;
            return Ok(filter);
        }
        self.test(name)
    }

    /// Up to the bracket that closes.
    fn inside(&mut self, end: &str) -> Result<Filter<F>, Failure> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong("has too many brackets within each other"));
        }
        let filter = self.any()?;
        self.depth -= 1;
        if self.takes(end) { Ok(filter) } else { Err(self.wrong(&format!("lacks a {end}"))) }
    }

    fn test(&mut self, name: String) -> Result<Filter<F>, Failure> {
        self.tests += 1;
        if self.tests > MOST {
            return Err(self.wrong("tests too much at once"));
        }
        let name = match &self.within {
            Some(within) => format!("{within}.{name}"),
            None => name,
        };
        let unknown = || fault("invalidFilter", format!("filter: “{name}” can't be looked for here."));
        let (field, holds) = (self.field)(&name).ok_or_else(unknown)?;
        let operator = self.word().to_lowercase();
        let comparison = match operator.as_str() {
            "pr" => return Ok(Filter::Present(field)),
            "eq" => Comparison::Equal,
            "ne" => Comparison::NotEqual,
            "co" => Comparison::Contains,
            "sw" => Comparison::StartsWith,
            "ew" => Comparison::EndsWith,
            "gt" => Comparison::Greater,
            "ge" => Comparison::GreaterOrEqual,
            "lt" => Comparison::Less,
            "le" => Comparison::LessOrEqual,
            other => return Err(self.wrong(&format!("has “{other}” where an operator such as eq is to be"))),
        };
        let value = self.value()?;
        if value.is_null() {
            return match comparison {
                Comparison::Equal => Ok(Filter::Not(Box::new(Filter::Present(field)))),
                Comparison::NotEqual => Ok(Filter::Present(field)),
                _ => Err(self.wrong("compares with null by something else than eq and ne")),
            };
        }
        let operand = operand(holds, comparison, &value);
        let operand = operand.ok_or_else(|| self.wrong(&format!("compares {name} with what it can't be")))?;
        Ok(Filter::Test(field, comparison, operand))
    }

    /// A value as JSON writes it.
    fn value(&mut self) -> Result<Value, Failure> {
        let rest = self.rest.trim_start();
        let end = match rest.strip_prefix('"') {
            Some(inside) => {
                let mut escaped = false;
                let end = inside.find(|letter| {
                    let ends = letter == '"' && !escaped;
                    escaped = letter == '\\' && !escaped;
                    ends
                });
                end.map_or(rest.len(), |end| end + 2)
            }
            None => rest.find([' ', ')', ']']).unwrap_or(rest.len()),
        };
        let (value, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        self.rest = after;
        serde_json::from_str(value).map_err(|_| self.wrong(&format!("has “{value}” where a value is to be")))
    }

    /// What stands up to the next space or bracket.
    fn word(&mut self) -> &str {
        let rest = self.rest.trim_start();
        let end = rest.find([' ', '(', ')', '[', ']', '"']).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        self.rest = after;
        word
    }

    fn takes(&mut self, sign: &str) -> bool {
        let after = self.rest.trim_start().strip_prefix(sign);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let before = self.rest;
        let found = self.word().eq_ignore_ascii_case(word);
        if !found {
            self.rest = before;
        }
        found
    }

    fn wrong(&self, why: &str) -> Failure {
        fault("invalidFilter", format!("filter: {why}."))
    }
}

fn operand(holds: Holds, comparison: Comparison, value: &Value) -> Option<Operand> {
    let equal = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    let within = matches!(comparison, Comparison::Contains | Comparison::StartsWith | Comparison::EndsWith);
    match (holds, value) {
        (Holds::Text | Holds::ExactText, Value::String(text)) => Some(Operand::Text(text.clone())),
        (Holds::Text | Holds::ExactText, Value::Number(number)) => Some(Operand::Text(number.to_string())),
        (Holds::Truth, Value::Bool(truth)) if equal => Some(Operand::Truth(*truth)),
        (Holds::Truth, Value::String(text)) if equal && text.eq_ignore_ascii_case("true") => Some(Operand::Truth(true)),
        (Holds::Truth, Value::String(text)) if equal && text.eq_ignore_ascii_case("false") => {
            Some(Operand::Truth(false))
        }
        (Holds::Time, Value::String(text)) if !within => text.parse().ok().map(Operand::Time),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str) -> Option<(String, Holds)> {
        let holds = match name {
            "active" => Holds::Truth,
            "meta.lastmodified" => Holds::Time,
            "unknown" => return None,
            _ => Holds::Text,
        };
        Some((name.to_owned(), holds))
    }

    fn shape(filter: &Filter<String>) -> String {
        match filter {
            Filter::And(one, other) => format!("({} & {})", shape(one), shape(other)),
            Filter::Or(one, other) => format!("({} | {})", shape(one), shape(other)),
            Filter::Not(inner) => format!("!{}", shape(inner)),
            Filter::Present(field) => format!("{field}?"),
            Filter::Test(field, _, Operand::Text(text)) => format!("{field}={text}"),
            Filter::Test(field, _, other) => format!("{field}={other:?}"),
        }
    }

    #[test]
    fn a_filter_is_read_as_the_standard_binds_it() {
        for (text, expected) in [
            ("userName eq \"ada\"", "username=ada"),
            ("USERNAME Eq \"a \\\"b\\\" c\"", "username=a \"b\" c"),
            ("a eq \"1\" or b eq \"2\" and c pr", "(a=1 | (b=2 & c?))"),
            ("(a eq \"1\" or b eq \"2\") and not (c pr)", "((a=1 | b=2) & !c?)"),
            (
                "emails[type eq \"work\" and value co \"@x\"] and active eq true",
                "((emails.type=work & emails.value=@x) & active=Truth(true))",
            ),
            ("active eq \"False\"", "active=Truth(false)"),
            ("externalId eq null", "!externalid?"),
            ("urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\"", "username=J"),
            ("meta.lastModified gt \"2026-05-13T04:42:34Z\"", "meta.lastmodified=Time(2026-05-13T04:42:34Z)"),
            ("not eq \"x\"", "not=x"),
        ] {
            assert_eq!(shape(&parse(text, &field).unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_filter_is_refused_as_such() {
        let deep = format!("{}a pr{}", "(".repeat(20), ")".repeat(20));
        let deepest = "(".repeat(3_000);
        let many = vec!["a pr"; 101].join(" or ");
        for text in [
            "",
            " ",
            "userName",
            "userName eq",
            "userName xx \"a\"",
            "userName eq ada",
            "userName eq \"ada",
            "unknown eq \"a\"",
            "userName eq \"a\" and",
            "userName eq \"a\" extra",
            "(userName pr",
            "emails[type eq \"a\"",
            "a[b[c pr]]",
            "active gt true",
            "active eq \"perhaps\"",
            "userName eq true",
            "meta.lastModified co \"2026\"",
            "meta.lastModified eq \"yesterday\"",
            "active eq null and not",
            "a gt null",
            ")",
            deep.as_str(),
            deepest.as_str(),
            many.as_str(),
        ] {
            assert_eq!(parse(text, &field).unwrap_err().code, Some("invalidFilter"), "{text}");
        }
    }
}
