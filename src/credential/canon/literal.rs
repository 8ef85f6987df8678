//! Values (JSON-LD 1.1 API §5.3.2 Value Expansion, §8.2.2 Object to RDF Conversion): strings, numbers, booleans, JSON literals
//! and value objects.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Number, Value};

use super::dataset::Node;
use super::expand::{Expander, RDF};
use super::{CanonError, Cause, jcs};
use crate::credential::context::{Coercion, Context, Direction, Expanded, Keyword, Term, iri};

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
const XSD_DOUBLE: &str = "http://www.w3.org/2001/XMLSchema#double";

impl Expander<'_> {
    /// A string, number or boolean as its property reads it; says whether it is a resource and not a literal.
    pub fn scalar_node(
        &mut self,
        active: &Arc<Context>,
        term: Option<&Term>,
        value: &Value,
    ) -> Result<(Node, bool), CanonError> {
        let coercion = term.map_or(&Coercion::Unset, |term| &term.coercion);
        let node = match (value, coercion) {
            (Value::String(text), Coercion::Id) => return Ok((self.resource(active.expand_id(text), text)?, true)),
            (Value::String(text), Coercion::Vocab) => {
                return Ok((self.resource(active.expand_vocab(text, true), text)?, true));
            }
            (_, Coercion::Json) => self.json(value),
            (_, Coercion::Datatype(datatype)) => self.typed(value, Some(datatype))?,
            (Value::String(text), _) => {
                let language = term
                    .and_then(|term| term.language.as_ref())
                    .map_or(active.language.as_deref(), |language| language.as_deref());
                let direction = term.and_then(|term| term.direction).unwrap_or(active.direction);
                self.text(text, language, direction)?
            }
            _ => self.typed(value, None)?,
        };
        Ok((node, false))
    }

    pub fn json(&mut self, value: &Value) -> Node {
        let mut text = String::new();
        jcs::write(value, &mut text);
        self.data.literal(&text, Some(&format!("{RDF}JSON")), None)
    }

    pub fn text(
        &mut self,
        text: &str,
        language: Option<&str>,
        direction: Option<Direction>,
    ) -> Result<Node, CanonError> {
        if direction.is_some() {
            return Err(CanonError::dropped("the base direction of a string"));
        }
        if let Some(language) = language.filter(|language| !is_language(language)) {
            return Err(CanonError::invalid(
                "invalid language-tagged string",
                format!("{language:?} is not a language tag"),
            ));
        }
        Ok(self.data.literal(text, None, language))
    }

    fn typed(&mut self, value: &Value, datatype: Option<&str>) -> Result<Node, CanonError> {
        self.data.guard()?;
        if let Some(datatype) = datatype.filter(|datatype| !iri::is_well_formed(datatype)) {
            return Err(Cause::BadIri(datatype.to_owned()).into());
        }
        let (lexical, native): (Cow<str>, _) = match value {
            Value::String(text) => (text.into(), "string"),
            Value::Bool(true) => ("true".into(), "boolean"),
            Value::Bool(false) => ("false".into(), "boolean"),
            Value::Number(number) => match number_form(number, datatype == Some(XSD_DOUBLE)) {
                Some((lexical, native)) => (lexical.into(), native),
                None => return Err(CanonError::dropped(format!("part of the number {number}"))),
            },
            other => return Err(CanonError::invalid("invalid value object value", other)),
        };
        let native_type;
        let datatype = match datatype {
            Some(datatype) => datatype,
            None => {
                native_type = format!("{XSD}{native}");
                &native_type
            }
        };
        Ok(self.data.literal(&lexical, Some(datatype), None))
    }

    /// A value object (API §5.1.2, step 14): its entries are given by what they expand to.
    pub fn value_object(
        &mut self,
        type_scoped: &Arc<Context>,
        entries: &[(Keyword, &Value)],
    ) -> Result<Node, CanonError> {
        let find = |keyword| entries.iter().find(|(of, _)| *of == keyword).map(|(_, value)| *value);
        let value = find(Keyword::Value).unwrap_or(&Value::Null);
        if find(Keyword::Index).is_some() {
            return Err(CanonError::dropped("@index"));
        }
        let (kind, language, direction) = (find(Keyword::Type), find(Keyword::Language), find(Keyword::Direction));
        if kind.is_some() && (language.is_some() || direction.is_some()) {
            return Err(CanonError::invalid(
                "invalid value object",
                "a value has both @type and @language or @direction",
            ));
        }
        if let Some(kind) = kind {
            let kind = match kind {
                Value::String(kind) => kind,
                Value::Array(kinds) => match kinds.as_slice() {
                    [Value::String(kind)] => kind,
                    _ => return Err(CanonError::invalid("invalid typed value", "a value has more than one type")),
                },
                other => return Err(CanonError::invalid("invalid typed value", other)),
            };
            return match type_scoped.expand_vocab(kind, true) {
                Expanded::Keyword(Keyword::Json) => Ok(self.json(value)),
                Expanded::Iri(datatype) if !value.is_null() => self.typed(value, Some(&datatype)),
                _ => Err(CanonError::invalid("invalid typed value", kind)),
            };
        }
        if value.is_null() {
            return Err(CanonError::dropped("a null"));
        }
        if language.is_none() && direction.is_none() {
            return self.typed(value, None);
        }
        let language = match language {
            None => None,
            Some(Value::String(language)) => Some(language.to_ascii_lowercase()),
            Some(other) => return Err(CanonError::invalid("invalid language-tagged string", other)),
        };
        let direction = match direction {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if text == "ltr" => Some(Direction::Ltr),
            Some(Value::String(text)) if text == "rtl" => Some(Direction::Rtl),
            Some(other) => return Err(CanonError::invalid("invalid base direction", other)),
        };
        match value {
            Value::String(text) => self.text(text, language.as_deref(), direction),
            other => Err(CanonError::invalid("invalid language-tagged value", other)),
        }
    }
}

/// Lexical form and native datatype of a number (API §8.2.2, steps 8 and 9); nothing where it can't be held exactly.
fn number_form(number: &Number, as_double: bool) -> Option<(String, &'static str)> {
    if !as_double && (number.is_i64() || number.is_u64()) {
        return Some((number.to_string(), "integer"));
    }
    let value = number.as_f64()?;
    if !as_double && value.fract() == 0.0 && value.abs() < 1e21 {
        return (!(value == 0.0 && value.is_sign_negative())).then(|| (format!("{value:.0}"), "integer"));
    }
    jcs::double(value).map(|text| (text, "double"))
}

/// Whether N-Quads can hold the language tag.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first =
        parts.next().is_some_and(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()));
    first && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
