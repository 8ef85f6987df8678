//! The Context Processing Algorithm (JSON-LD 1.1 API §4.1.2), with what it may cost.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Context, Direction, Expanded, Key, Keyword, Library, Local, Mapping, iri, next_key};
use crate::credential::canon::{CanonError, Cause};

/// Term definitions one document may make or copy. A badge whose contexts are compiled needs none.
const WORK: usize = 1_000_000;
/// Longest IRI a context may give to a term, a prefix, a vocabulary or a base: what is short in the document stays short.
pub(super) const LONGEST: usize = 4096;
/// Contexts that name further contexts, one within the other.
const CHAIN: usize = 10;
/// Scoped contexts within scoped contexts.
const SCOPES: usize = 16;

/// The contexts of one document.
pub struct Session<'l> {
    pub(super) library: &'l Library,
    initial: Arc<Context>,
    own: HashMap<Key, Arc<Context>>,
    work: usize,
}

/// How a local context is being processed.
pub(super) struct Frame<'f> {
    pub base: Option<&'f Arc<str>>,
    pub remote: Vec<String>,
    pub override_protected: bool,
    pub validate_scoped: bool,
    pub scopes: usize,
    pub shared: bool,
}

impl<'l> Session<'l> {
    pub fn new(library: &'l Library, base: Option<&str>) -> Self {
        let initial = match base {
            None => library.initial.clone(),
            Some(base) => Arc::new(Context::initial(Some(base), false)),
        };
        Self { library, initial, own: HashMap::new(), work: WORK }
    }

    pub fn initial(&self) -> Arc<Context> {
        self.initial.clone()
    }

    /// Applies the `@context` entry of a node.
    pub fn embedded(&mut self, active: &Arc<Context>, value: &Value) -> Result<Arc<Context>, CanonError> {
        match value {
            Value::String(url) => {
                let local = self.library.load(&self.absolute(active.original_base.as_deref(), url)?)?;
                self.apply(active, &local, false, true)
            }
            // One by one, so that each step can be remembered. Null and @propagate have a say over the whole array.
            Value::Array(entries) if entries.iter().all(|entry| entry.is_string() || is_plain(entry)) => {
                let mut active = active.clone();
                for entry in entries {
                    active = self.embedded(&active, entry)?;
                }
                Ok(active)
            }
            other => {
                let base = active.original_base.clone();
                let local = Arc::new(Local { key: next_key(), shared: false, value: other.clone(), base });
                self.compile(active, &local, false, true).map(Arc::new)
            }
        }
    }

    /// Applies the context a term is scoped to: for a property with `override_protected`, for a type without propagation.
    pub fn scoped(
        &mut self,
        active: &Arc<Context>,
        local: &Arc<Local>,
        override_protected: bool,
        propagate: bool,
    ) -> Result<Arc<Context>, CanonError> {
        self.apply(active, local, override_protected, propagate)
    }

    fn apply(
        &mut self,
        active: &Arc<Context>,
        local: &Arc<Local>,
        override_protected: bool,
        propagate: bool,
    ) -> Result<Arc<Context>, CanonError> {
        let key = (active.key, local.key, override_protected, propagate);
        let shared = active.shared && local.shared;
        let known = if shared { self.library.recall(&key) } else { self.own.get(&key).cloned() };
        if let Some(context) = known {
            return Ok(context);
        }
        let context = Arc::new(self.compile(active, local, override_protected, propagate)?);
        match shared {
            true => self.library.keep(key, context.clone()),
            false => drop(self.own.insert(key, context.clone())),
        }
        Ok(context)
    }

    fn compile(
        &mut self,
        active: &Arc<Context>,
        local: &Arc<Local>,
        override_protected: bool,
        propagate: bool,
    ) -> Result<Context, CanonError> {
        let frame = Frame {
            base: local.base.as_ref(),
            remote: Vec::new(),
            override_protected,
            validate_scoped: true,
            scopes: 0,
            shared: local.shared,
        };
        self.process(active, &local.value, &frame, propagate)
    }

    pub(super) fn process(
        &mut self,
        active: &Arc<Context>,
        local: &Value,
        frame: &Frame,
        propagate: bool,
    ) -> Result<Context, CanonError> {
        self.spend(1 + active.terms.len())?;
        let mut result = Context { key: next_key(), shared: active.shared && frame.shared, ..(**active).clone() };
        let propagate = match local.get("@propagate") {
            None => propagate,
            Some(Value::Bool(propagate)) => *propagate,
            Some(other) => return Err(CanonError::invalid("invalid @propagate value", other)),
        };
        if !propagate && result.previous.is_none() {
            result.previous = Some(active.clone());
        }
        let entries = match local {
            Value::Array(entries) => entries.as_slice(),
            single => std::slice::from_ref(single),
        };
        for entry in entries {
            result = match entry {
                Value::Null => self.nullified(active, result, frame, propagate)?,
                Value::String(url) => self.remote(result, url, frame)?,
                Value::Object(map) => self.defined(result, map, frame)?,
                other => return Err(CanonError::invalid("invalid local context", other)),
            };
        }
        let mut aliases: Vec<_> = result
            .terms
            .iter()
            .filter_map(|(name, term)| match term.mapping {
                Mapping::Keyword(keyword) => Some((name.clone(), keyword)),
                _ => None,
            })
            .collect();
        aliases.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        result.aliases = aliases;
        Ok(result)
    }

    fn nullified(
        &self,
        active: &Context,
        result: Context,
        frame: &Frame,
        propagate: bool,
    ) -> Result<Context, CanonError> {
        let protects = |context: &Context| context.terms.values().any(|term| term.protected);
        if !frame.override_protected && (protects(active) || protects(&result)) {
            return Err(CanonError::invalid(
                "invalid context nullification",
                "a null context would clear protected terms",
            ));
        }
        let base = result.original_base.clone();
        let initial =
            Context { base: base.clone(), original_base: base, shared: result.shared, ..Context::initial(None, false) };
        Ok(Context { previous: if propagate { None } else { result.previous }, ..initial })
    }

    fn remote(&mut self, result: Context, url: &str, frame: &Frame) -> Result<Context, CanonError> {
        let url = self.absolute(frame.base.map(|base| &**base), url)?;
        if !frame.validate_scoped && frame.remote.contains(&url) {
            return Ok(result);
        }
        if frame.remote.len() >= CHAIN {
            return Err(CanonError::invalid("context overflow", url));
        }
        let local = self.library.load(&url)?;
        let mut remote = frame.remote.clone();
        remote.push(url);
        let frame = Frame { base: local.base.as_ref(), remote, override_protected: false, ..*frame };
        self.process(&Arc::new(result), &local.value, &frame, true)
    }

    fn defined(&mut self, mut result: Context, map: &Map<String, Value>, frame: &Frame) -> Result<Context, CanonError> {
        let map = match map.get("@import") {
            None => Cow::Borrowed(map),
            Some(import) => Cow::Owned(self.imported(import, map, frame)?),
        };
        let protected = match map.get("@protected") {
            None => false,
            Some(Value::Bool(protected)) => *protected,
            Some(other) => return Err(CanonError::invalid("invalid @protected value", other)),
        };
        if let Some(version) = map.get("@version")
            && version.as_f64() != Some(1.1)
        {
            return Err(CanonError::invalid("invalid @version value", version));
        }
        if let Some(base) = map.get("@base")
            && frame.remote.is_empty()
        {
            result.base = self.base(&result, base)?;
        }
        if let Some(vocab) = map.get("@vocab") {
            result.vocab = vocabulary(&result, vocab)?;
        }
        if let Some(language) = map.get("@language") {
            result.language = match language {
                Value::Null => None,
                Value::String(language) => Some(Arc::from(language.to_ascii_lowercase())),
                other => return Err(CanonError::invalid("invalid default language", other)),
            };
        }
        if let Some(direction) = map.get("@direction") {
            result.direction = read_direction(direction)?;
        }
        let mut definitions = super::define::Definitions {
            session: self,
            map: &map,
            protected,
            frame,
            defined: HashMap::new(),
            depth: 0,
            active: result,
        };
        for name in map.keys() {
            let keyword = Keyword::parse(name);
            use Keyword::{Base, Direction, Import, Language, Propagate, Protected, Version, Vocab};
            if !matches!(keyword, Some(Base | Direction | Import | Language | Propagate | Protected | Version | Vocab))
            {
                definitions.define(name).map_err(|error| error.under(name))?;
            }
        }
        Ok(definitions.active)
    }

    fn imported(
        &self,
        import: &Value,
        map: &Map<String, Value>,
        frame: &Frame,
    ) -> Result<Map<String, Value>, CanonError> {
        let Value::String(url) = import else {
            return Err(CanonError::invalid("invalid @import value", import));
        };
        let local = self.library.load(&self.absolute(frame.base.map(|base| &**base), url)?)?;
        let Value::Object(imported) = &local.value else {
            return Err(CanonError::invalid("invalid remote context", url));
        };
        if imported.contains_key("@import") {
            return Err(CanonError::invalid("invalid context entry", "an imported context has @import itself"));
        }
        let mut merged = imported.clone();
        merged.extend(
            map.iter().filter(|(name, _)| *name != "@import").map(|(name, value)| (name.clone(), value.clone())),
        );
        Ok(merged)
    }

    fn base(&self, result: &Context, base: &Value) -> Result<Option<Arc<str>>, CanonError> {
        match base {
            Value::Null => Ok(None),
            Value::String(text) if text.len() > LONGEST => {
                Err(CanonError::invalid("invalid base IRI", "it is too long"))
            }
            Value::String(text) if iri::scheme(text).is_some() => Ok(Some(Arc::from(text.as_str()))),
            Value::String(text) => match &result.base {
                Some(base) => Ok(Some(Arc::from(iri::resolve(base, text)))),
                None => Err(CanonError::invalid("invalid base IRI", text)),
            },
            other => Err(CanonError::invalid("invalid base IRI", other)),
        }
    }

    fn absolute(&self, base: Option<&str>, url: &str) -> Result<String, CanonError> {
        match (iri::scheme(url), base) {
            (Some(_), _) => Ok(url.to_owned()),
            (None, Some(base)) => Ok(iri::resolve(base, url)),
            (None, None) => Err(Cause::UnknownContext(url.to_owned()).into()),
        }
    }

    pub(super) fn spend(&mut self, work: usize) -> Result<(), CanonError> {
        self.work = self.work.checked_sub(work).ok_or(Cause::TooMuchWork)?;
        Ok(())
    }

    pub(super) fn validate_scope(&mut self, active: &Context, local: &Value, frame: &Frame) -> Result<(), CanonError> {
        if frame.scopes >= SCOPES {
            return Err(CanonError::invalid("context overflow", "contexts are scoped within contexts too deeply"));
        }
        let frame = Frame {
            remote: frame.remote.clone(),
            override_protected: true,
            validate_scoped: false,
            scopes: frame.scopes + 1,
            ..*frame
        };
        self.process(&Arc::new(active.clone()), local, &frame, true).map(drop)
    }
}

fn is_plain(context: &Value) -> bool {
    context.as_object().is_some_and(|map| !map.contains_key("@propagate"))
}

fn vocabulary(active: &Context, vocab: &Value) -> Result<Option<Arc<str>>, CanonError> {
    let text = match vocab {
        Value::Null => return Ok(None),
        Value::String(text) => text,
        other => return Err(CanonError::invalid("invalid vocab mapping", other)),
    };
    match active.expand_vocab(text, true) {
        Expanded::Iri(iri) | Expanded::Blank(iri) if iri.len() <= LONGEST => Ok(Some(Arc::from(&*iri))),
        _ => Err(CanonError::invalid("invalid vocab mapping", text)),
    }
}

pub(super) fn read_direction(direction: &Value) -> Result<Option<Direction>, CanonError> {
    match direction {
        Value::Null => Ok(None),
        Value::String(text) if text == "ltr" => Ok(Some(Direction::Ltr)),
        Value::String(text) if text == "rtl" => Ok(Some(Direction::Rtl)),
        other => Err(CanonError::invalid("invalid base direction", other)),
    }
}
