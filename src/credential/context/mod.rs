//! Active contexts (JSON-LD 1.1 API §4.1): compiled once, kept, and shared. A context of the library compiled upon another of the
//! library is remembered for the life of the process, in a bounded cache; anything that comes from a document is remembered for
//! that document only and its cost is limited.

mod bundled;
mod define;
pub mod iri;
mod process;
mod term;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};

use serde_json::{Map, Value};

use super::canon::{CanonError, Cause};
pub use bundled::CONTEXTS;
pub use process::Session;
pub use term::{Coercion, Container, Direction, Keyword, Local, Mapping, Term, looks_like_keyword};

/// Compiled contexts kept before the cache starts anew; a whole Open Badge needs about thirty.
const KEPT: usize = 512;

/// Which local context was applied to which active context, and how.
type Key = (u64, u64, bool, bool);

/// The contexts that exist: an address that is not here is refused.
pub struct Library {
    documents: HashMap<String, Document>,
    compiled: RwLock<HashMap<Key, Arc<Context>>>,
    initial: Arc<Context>,
}

struct Document {
    text: Cow<'static, str>,
    local: OnceLock<Option<Arc<Local>>>,
}

impl Library {
    /// The contexts that come with Laurel.
    pub fn bundled() -> &'static Self {
        static BUNDLED: LazyLock<Library> = LazyLock::new(|| {
            Library::new(CONTEXTS.iter().map(|(url, text)| ((*url).to_owned(), Cow::Borrowed(*text))))
        });
        &BUNDLED
    }

    /// A library of the given documents, by address.
    pub fn new(documents: impl IntoIterator<Item = (String, Cow<'static, str>)>) -> Self {
        let documents =
            documents.into_iter().map(|(url, text)| (url, Document { text, local: OnceLock::new() })).collect();
        Self { documents, compiled: RwLock::default(), initial: Arc::new(Context::initial(None, true)) }
    }

    /// The context document at an address, read at its first use.
    fn load(&self, url: &str) -> Result<Arc<Local>, CanonError> {
        let (url, document) = self.documents.get_key_value(url).ok_or_else(|| Cause::UnknownContext(url.to_owned()))?;
        let local = document.local.get_or_init(|| {
            let mut value: Value = serde_json::from_str(&document.text).ok()?;
            let value = value.as_object_mut()?.remove("@context")?;
            Some(Arc::new(Local { key: next_key(), shared: true, value, base: Some(Arc::from(url.as_str())) }))
        });
        local.clone().ok_or_else(|| CanonError::invalid("invalid remote context", url))
    }

    fn recall(&self, key: &Key) -> Option<Arc<Context>> {
        self.compiled.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn keep(&self, key: Key, context: Arc<Context>) {
        let mut compiled = self.compiled.write().unwrap_or_else(PoisonError::into_inner);
        if compiled.len() >= KEPT {
            compiled.clear();
        }
        compiled.insert(key, context);
    }
}

/// Identities are never reused, so a remembered context can't be taken for another.
fn next_key() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// An active context (API §4.1.1).
#[derive(Debug, Clone)]
pub struct Context {
    key: u64,
    shared: bool,
    terms: HashMap<Arc<str>, Arc<Term>>,
    aliases: Vec<(Arc<str>, Keyword)>,
    base: Option<Arc<str>>,
    original_base: Option<Arc<str>>,
    vocab: Option<Arc<str>>,
    pub language: Option<Arc<str>>,
    pub direction: Option<Direction>,
    /// What to go back to in nested nodes, when this one does not propagate.
    pub previous: Option<Arc<Context>>,
}

/// What a string expands to (API §5.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expanded<'a> {
    Keyword(Keyword),
    Iri(Cow<'a, str>),
    /// A blank node identifier, with its `_:`.
    Blank(Cow<'a, str>),
    /// A term set to null, or something in the form of a keyword.
    Null,
    Relative,
}

impl Context {
    fn initial(base: Option<&str>, shared: bool) -> Self {
        let base: Option<Arc<str>> = base.map(Arc::from);
        Self {
            key: next_key(),
            shared,
            terms: HashMap::new(),
            aliases: Vec::new(),
            base: base.clone(),
            original_base: base,
            vocab: None,
            language: None,
            direction: None,
            previous: None,
        }
    }

    pub fn term(&self, name: &str) -> Option<&Arc<Term>> {
        self.terms.get(name)
    }

    /// The names that stand for a keyword here, the keyword itself not counted.
    pub fn aliases(&self, keyword: Keyword) -> impl Iterator<Item = &str> {
        self.aliases.iter().filter(move |(_, of)| *of == keyword).map(|(name, _)| &**name)
    }

    /// Whether the object has an entry that expands to the keyword.
    pub fn has_entry(&self, object: &Map<String, Value>, keyword: Keyword) -> bool {
        object.contains_key(keyword.as_str()) || self.aliases(keyword).any(|name| object.contains_key(name))
    }

    /// Expands a property, a type, or a value of a `@vocab` term (API §5.2.2 with vocab).
    pub fn expand_vocab<'a>(&'a self, text: &'a str, document_relative: bool) -> Expanded<'a> {
        self.expand(text, true, document_relative)
    }

    /// Expands an `@id` or the value of an `@id` term (API §5.2.2, document relative).
    pub fn expand_id<'a>(&'a self, text: &'a str) -> Expanded<'a> {
        self.expand(text, false, true)
    }

    fn expand<'a>(&'a self, text: &'a str, vocab: bool, document_relative: bool) -> Expanded<'a> {
        if text.starts_with('@') {
            if let Some(keyword) = Keyword::parse(text) {
                return Expanded::Keyword(keyword);
            }
            if looks_like_keyword(text) {
                return Expanded::Null;
            }
        }
        if let Some(term) = self.terms.get(text) {
            match &term.mapping {
                Mapping::Keyword(keyword) => return Expanded::Keyword(*keyword),
                Mapping::Iri(iri) if vocab => return named(Cow::Borrowed(iri)),
                Mapping::Null if vocab => return Expanded::Null,
                _ => {}
            }
        }
        if let Some((prefix, suffix)) = split_compact(text) {
            if prefix == "_" {
                return Expanded::Blank(Cow::Borrowed(text));
            }
            if suffix.starts_with("//") {
                return named(Cow::Borrowed(text));
            }
            if let Some(Term { mapping: Mapping::Iri(iri), prefix: true, .. }) =
                self.terms.get(prefix).map(|term| &**term)
            {
                return named(Cow::Owned(format!("{iri}{suffix}")));
            }
            if iri::scheme(text).is_some() {
                return Expanded::Iri(Cow::Borrowed(text));
            }
        }
        if vocab && let Some(mapping) = &self.vocab {
            return named(Cow::Owned(format!("{mapping}{text}")));
        }
        if document_relative && let Some(base) = &self.base {
            return Expanded::Iri(Cow::Owned(iri::resolve(base, text)));
        }
        Expanded::Relative
    }
}

/// `prefix:suffix`, where the colon is not the first character (API §5.2.2, step 6).
fn split_compact(text: &str) -> Option<(&str, &str)> {
    text.split_once(':').filter(|(prefix, _)| !prefix.is_empty())
}

fn named(text: Cow<'_, str>) -> Expanded<'_> {
    if text.starts_with("_:") {
        return Expanded::Blank(text);
    }
    match iri::scheme(&text) {
        Some(_) => Expanded::Iri(text),
        None => Expanded::Relative,
    }
}
