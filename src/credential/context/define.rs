//! Create Term Definition (JSON-LD 1.1 API §4.2.2).

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::process::{Frame, LONGEST, read_direction};
use super::{
    Coercion, Container, Context, Expanded, Keyword, Local, Mapping, Session, Term, looks_like_keyword, next_key,
    split_compact,
};
use crate::credential::canon::CanonError;

/// The term definitions of one local context, made in the order they need each other.
pub(super) struct Definitions<'s, 'l, 'm> {
    pub session: &'s mut Session<'l>,
    pub map: &'m Map<String, Value>,
    pub protected: bool,
    pub frame: &'m Frame<'m>,
    /// False while a term is being defined, so that a circle is seen.
    pub defined: HashMap<&'m str, bool>,
    /// Definitions that wait for another.
    pub depth: usize,
    pub active: Context,
}

/// Terms that need one another, one after the other.
const CHAIN: usize = 64;

impl<'m> Definitions<'_, '_, 'm> {
    pub fn define(&mut self, name: &'m str) -> Result<(), CanonError> {
        match self.defined.get(name) {
            Some(true) => return Ok(()),
            Some(false) => return Err(CanonError::invalid("cyclic IRI mapping", name)),
            None => {}
        }
        let Some(value) = self.map.get(name) else { return Ok(()) };
        if name.is_empty() {
            return Err(CanonError::invalid("invalid term definition", "a term is empty"));
        }
        self.session.spend(1)?;
        if self.depth >= CHAIN {
            return Err(CanonError::invalid(
                "invalid term definition",
                format!("{name}: terms need one another too deeply"),
            ));
        }
        self.depth += 1;
        self.defined.insert(name, false);
        if Keyword::parse(name).is_some() && !(name == "@type" && is_type_redefinition(value)) {
            return Err(CanonError::invalid("keyword redefinition", name));
        }
        let previous = match looks_like_keyword(name) && name != "@type" {
            true => None,
            false => self.active.terms.remove(name),
        };
        if let Some(mut term) = self.term(name, value)? {
            if matches!(&term.mapping, Mapping::Iri(iri) if iri.len() > LONGEST) {
                return Err(CanonError::invalid("invalid IRI mapping", format!("{name}: it is too long")));
            }
            if let Some(previous) = previous.filter(|previous| previous.protected && !self.frame.override_protected) {
                if !previous.same_meaning(&term) {
                    return Err(CanonError::invalid("protected term redefinition", name));
                }
                term = (*previous).clone();
            }
            self.active.terms.insert(Arc::from(name), Arc::new(term));
        } else if previous.is_some_and(|previous| previous.protected && !self.frame.override_protected) {
            return Err(CanonError::invalid("protected term redefinition", name));
        }
        self.defined.insert(name, true);
        self.depth -= 1;
        Ok(())
    }

    /// The definition, or nothing where JSON-LD says to ignore it (a value in the form of a keyword).
    fn term(&mut self, name: &'m str, value: &'m Value) -> Result<Option<Term>, CanonError> {
        if looks_like_keyword(name) && name != "@type" {
            return Ok(None);
        }
        let map = match value {
            Value::Null => {
                let mut term = Term::new(Mapping::Null);
                term.protected = self.protected;
                return Ok(Some(term));
            }
            Value::String(_) => None,
            Value::Object(map) => Some(map),
            _ => return Err(CanonError::invalid("invalid term definition", name)),
        };
        const KNOWN: [&str; 11] = [
            "@id",
            "@reverse",
            "@container",
            "@context",
            "@direction",
            "@index",
            "@language",
            "@nest",
            "@prefix",
            "@protected",
            "@type",
        ];
        let entry = |key: &str| map.and_then(|map| map.get(key));
        if let Some(unknown) = map.into_iter().flat_map(Map::keys).find(|key| !KNOWN.contains(&key.as_str())) {
            return Err(CanonError::invalid("invalid term definition", format!("{name} has {unknown}")));
        }
        let protected = match entry("@protected") {
            None => self.protected,
            Some(Value::Bool(protected)) => *protected,
            Some(other) => return Err(CanonError::invalid("invalid @protected value", other)),
        };
        let coercion = match entry("@type") {
            None => Coercion::Unset,
            Some(kind) => self.coercion(kind)?,
        };
        let reverse = entry("@reverse");
        if reverse.is_some() && (entry("@id").is_some() || entry("@nest").is_some()) {
            return Err(CanonError::invalid("invalid reverse property", name));
        }
        let simple = map.is_none();
        let id = if simple { Some(value) } else { reverse.or(entry("@id")) };
        let (mapping, prefix) = match id {
            Some(Value::Null) if reverse.is_none() => (Mapping::Null, false),
            Some(Value::String(id)) if reverse.is_some() || id != name => {
                match self.mapping_of(name, id, simple, reverse.is_some())? {
                    Some(mapping) => mapping,
                    None => return Ok(None),
                }
            }
            Some(Value::String(_)) | None => (self.own_mapping(name)?, false),
            Some(other) => return Err(CanonError::invalid("invalid IRI mapping", other)),
        };
        let mut term = Term { prefix, protected, coercion, reverse: reverse.is_some(), ..Term::new(mapping) };
        if let Some(map) = map {
            self.details(name, map, &mut term)?;
        }
        Ok(Some(term))
    }

    fn coercion(&mut self, kind: &'m Value) -> Result<Coercion, CanonError> {
        let Value::String(kind) = kind else {
            return Err(CanonError::invalid("invalid type mapping", kind));
        };
        match self.expand(kind)? {
            Expanded::Keyword(Keyword::Id) => Ok(Coercion::Id),
            Expanded::Keyword(Keyword::Vocab) => Ok(Coercion::Vocab),
            Expanded::Keyword(Keyword::Json) => Ok(Coercion::Json),
            Expanded::Keyword(Keyword::None) => Ok(Coercion::Nothing),
            Expanded::Iri(iri) => Ok(Coercion::Datatype(iri.as_ref().into())),
            _ => Err(CanonError::invalid("invalid type mapping", kind)),
        }
    }

    /// The mapping of a term with `@id` or `@reverse` (steps 13 and 14).
    fn mapping_of(
        &mut self,
        name: &'m str,
        id: &'m str,
        simple: bool,
        reverse: bool,
    ) -> Result<Option<(Mapping, bool)>, CanonError> {
        if Keyword::parse(id).is_none() && looks_like_keyword(id) {
            return Ok(None);
        }
        let mapping = match self.expand(id)? {
            Expanded::Keyword(Keyword::Context) => return Err(CanonError::invalid("invalid keyword alias", name)),
            Expanded::Keyword(keyword) if !reverse => Mapping::Keyword(keyword),
            Expanded::Iri(iri) | Expanded::Blank(iri) => Mapping::Iri(iri.as_ref().into()),
            _ => return Err(CanonError::invalid("invalid IRI mapping", format!("{name}: {id}"))),
        };
        if reverse {
            return Ok(Some((mapping, false)));
        }
        let inner_colon = name.get(1..name.len().saturating_sub(1)).is_some_and(|inner| inner.contains(':'));
        if inner_colon || name.contains('/') {
            self.defined.insert(name, true);
            let same = match (self.expand(name)?, &mapping) {
                (Expanded::Iri(expanded) | Expanded::Blank(expanded), Mapping::Iri(iri)) => *expanded == **iri,
                _ => false,
            };
            if !same {
                return Err(CanonError::invalid("invalid IRI mapping", format!("{name}: {id}")));
            }
        }
        let prefix = match &mapping {
            Mapping::Iri(iri) => {
                simple
                    && !name.contains([':', '/'])
                    && (iri.ends_with([':', '/', '?', '#', '[', ']', '@']) || iri.starts_with("_:"))
            }
            _ => false,
        };
        Ok(Some((mapping, prefix)))
    }

    /// The mapping of a term without `@id` (steps 15 to 18).
    fn own_mapping(&mut self, name: &'m str) -> Result<Mapping, CanonError> {
        if let Some((prefix, suffix)) = split_compact(name) {
            self.define(prefix)?;
            if let Some(Mapping::Iri(iri)) = self.active.terms.get(prefix).map(|term| &term.mapping) {
                return Ok(Mapping::Iri(format!("{iri}{suffix}").into()));
            }
            return match super::named(name.into()) {
                Expanded::Iri(_) | Expanded::Blank(_) => Ok(Mapping::Iri(name.into())),
                _ => Err(CanonError::invalid("invalid IRI mapping", name)),
            };
        }
        if name == "@type" {
            return Ok(Mapping::Keyword(Keyword::Type));
        }
        match self.active.expand_vocab(name, false) {
            Expanded::Iri(iri) | Expanded::Blank(iri) => Ok(Mapping::Iri(iri.as_ref().into())),
            _ => Err(CanonError::invalid("invalid IRI mapping", name)),
        }
    }

    /// Containers, index, scoped context, language, direction, nest and prefix (steps 19 to 25).
    fn details(&mut self, name: &'m str, map: &'m Map<String, Value>, term: &mut Term) -> Result<(), CanonError> {
        if let Some(container) = map.get("@container") {
            term.container = read_container(container)?;
            if term.reverse && !term.container.without(Container::SET).without(Container::INDEX).is_empty() {
                return Err(CanonError::invalid("invalid reverse property", name));
            }
            if term.container.has(Container::TYPE) {
                match term.coercion {
                    Coercion::Unset => term.coercion = Coercion::Id,
                    Coercion::Id | Coercion::Vocab => {}
                    _ => return Err(CanonError::invalid("invalid type mapping", name)),
                }
            }
        }
        if let Some(index) = map.get("@index") {
            let Value::String(index) = index else {
                return Err(CanonError::invalid("invalid term definition", name));
            };
            if !term.container.has(Container::INDEX) || !matches!(self.expand(index)?, Expanded::Iri(_)) {
                return Err(CanonError::invalid("invalid term definition", name));
            }
            term.index = Some(index.as_str().into());
        }
        if let Some(context) = map.get("@context") {
            let frame = self.frame;
            self.session
                .validate_scope(&self.active, context, frame)
                .map_err(|error| CanonError::invalid("invalid scoped context", error))?;
            let local =
                Local { key: next_key(), shared: frame.shared, value: context.clone(), base: frame.base.cloned() };
            term.context = Some(Arc::new(local));
        }
        let typed = map.contains_key("@type");
        if let Some(language) = map.get("@language").filter(|_| !typed) {
            term.language = Some(match language {
                Value::Null => None,
                Value::String(language) => Some(language.to_ascii_lowercase().into()),
                other => return Err(CanonError::invalid("invalid language mapping", other)),
            });
        }
        if let Some(direction) = map.get("@direction").filter(|_| !typed) {
            term.direction = Some(read_direction(direction)?);
        }
        if let Some(nest) = map.get("@nest") {
            match nest {
                Value::String(nest) if nest == "@nest" || Keyword::parse(nest).is_none() => {
                    term.nest = Some(nest.as_str().into())
                }
                other => return Err(CanonError::invalid("invalid @nest value", other)),
            }
        }
        if let Some(prefix) = map.get("@prefix") {
            let Value::Bool(prefix) = prefix else {
                return Err(CanonError::invalid("invalid @prefix value", prefix));
            };
            if name.contains([':', '/']) || (*prefix && matches!(term.mapping, Mapping::Keyword(_))) {
                return Err(CanonError::invalid("invalid term definition", name));
            }
            term.prefix = *prefix;
        }
        Ok(())
    }

    /// Expands a string within the local context, defining first what it needs (API §5.2.2, steps 3 and 6.3).
    fn expand(&mut self, text: &'m str) -> Result<Expanded<'_>, CanonError> {
        if !text.starts_with('@') || Keyword::parse(text).is_none() {
            self.define(text)?;
            if let Some((prefix, suffix)) = split_compact(text)
                && prefix != "_"
                && !suffix.starts_with("//")
            {
                self.define(prefix)?;
            }
        }
        Ok(self.active.expand_vocab(text, false))
    }
}

/// `@type` may only be made a set or protected (API §4.2.2, step 4).
fn is_type_redefinition(value: &Value) -> bool {
    value.as_object().is_some_and(|map| {
        !map.is_empty()
            && map.iter().all(|(key, value)| match key.as_str() {
                "@container" => value == "@set",
                "@protected" => value.is_boolean(),
                _ => false,
            })
    })
}

fn read_container(value: &Value) -> Result<Container, CanonError> {
    let invalid = || CanonError::invalid("invalid container mapping", value);
    let entries = match value {
        Value::Null => return Ok(Container::default()),
        Value::Array(entries) if !entries.is_empty() => entries.as_slice(),
        Value::String(_) => std::slice::from_ref(value),
        _ => return Err(invalid()),
    };
    let mut container = Container::default();
    for entry in entries {
        container = container.with(entry.as_str().and_then(Container::parse).ok_or_else(invalid)?);
    }
    if !container.is_allowed() {
        return Err(invalid());
    }
    Ok(container)
}
