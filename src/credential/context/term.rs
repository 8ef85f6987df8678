//! What a context says of a term (JSON-LD 1.1 §4.1, API §4.1), and the keywords.

use std::sync::Arc;

use serde_json::Value;

macro_rules! keywords {
    ($($variant:ident = $text:literal),* $(,)?) => {
        /// A JSON-LD keyword (JSON-LD 1.1 §1.7).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Keyword { $($variant),* }

        impl Keyword {
            pub fn parse(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }

            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),*
                }
            }
        }
    };
}

keywords! {
    Base = "@base", Container = "@container", Context = "@context", Direction = "@direction", Graph = "@graph", Id = "@id", Import = "@import",
    Included = "@included", Index = "@index", Json = "@json", Language = "@language", List = "@list", Nest = "@nest", None = "@none",
    Prefix = "@prefix", Propagate = "@propagate", Protected = "@protected", Reverse = "@reverse", Set = "@set", Type = "@type", Value = "@value",
    Version = "@version", Vocab = "@vocab",
}

/// Whether the text has the form of a keyword, `@` and letters; such terms are reserved (API §4.2.2, step 5).
pub fn looks_like_keyword(text: &str) -> bool {
    text.strip_prefix('@').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// What a term stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mapping {
    Keyword(Keyword),
    /// An IRI, or a blank node identifier starting with `_:`.
    Iri(Box<str>),
    /// Decoupled on purpose: values of this term would be dropped.
    Null,
}

/// The type mapping of a term: how its strings are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coercion {
    Unset,
    Id,
    Vocab,
    Json,
    /// `@none`: no coercion.
    Nothing,
    Datatype(Box<str>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Ltr,
    Rtl,
}

/// The container mapping, a set of keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Container(u8);

impl Container {
    pub const LIST: Self = Self(1);
    pub const SET: Self = Self(2);
    pub const INDEX: Self = Self(4);
    pub const LANGUAGE: Self = Self(8);
    pub const GRAPH: Self = Self(16);
    pub const ID: Self = Self(32);
    pub const TYPE: Self = Self(64);

    pub fn parse(text: &str) -> Option<Self> {
        match Keyword::parse(text)? {
            Keyword::List => Some(Self::LIST),
            Keyword::Set => Some(Self::SET),
            Keyword::Index => Some(Self::INDEX),
            Keyword::Language => Some(Self::LANGUAGE),
            Keyword::Graph => Some(Self::GRAPH),
            Keyword::Id => Some(Self::ID),
            Keyword::Type => Some(Self::TYPE),
            _ => None,
        }
    }

    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The combinations JSON-LD allows (API §4.2.2, step 19).
    pub fn is_allowed(self) -> bool {
        let rest = self.without(Self::SET);
        if rest.has(Self::GRAPH) {
            return matches!(rest.without(Self::GRAPH), Self(0) | Self::ID | Self::INDEX);
        }
        match rest {
            Self::LIST => !self.has(Self::SET),
            Self(0) | Self::INDEX | Self::LANGUAGE | Self::ID | Self::TYPE => true,
            _ => false,
        }
    }
}

/// A context as written: read from a bundled document, or standing in a document, or scoped to a term.
#[derive(Debug)]
pub struct Local {
    pub(super) key: u64,
    /// Whether it comes from the library and compiled forms of it may be kept.
    pub(super) shared: bool,
    pub(super) value: Value,
    /// Where it stands, for relative addresses of further contexts.
    pub(super) base: Option<Arc<str>>,
}

impl PartialEq for Local {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// A term definition (API §4.1.2).
#[derive(Debug, Clone)]
pub struct Term {
    pub mapping: Mapping,
    pub prefix: bool,
    pub protected: bool,
    pub reverse: bool,
    pub coercion: Coercion,
    pub container: Container,
    pub context: Option<Arc<Local>>,
    /// `Some(None)` when the term sets the language to null.
    pub language: Option<Option<Box<str>>>,
    pub direction: Option<Option<Direction>>,
    pub index: Option<Box<str>>,
    pub nest: Option<Box<str>>,
}

impl Term {
    pub fn new(mapping: Mapping) -> Self {
        Self {
            mapping,
            prefix: false,
            protected: false,
            reverse: false,
            coercion: Coercion::Unset,
            container: Container::default(),
            context: None,
            language: None,
            direction: None,
            index: None,
            nest: None,
        }
    }

    /// Equal in everything but the protected flag (API §4.2.2, step 27).
    pub fn same_meaning(&self, other: &Self) -> bool {
        self.mapping == other.mapping
            && self.prefix == other.prefix
            && self.reverse == other.reverse
            && self.coercion == other.coercion
            && self.container == other.container
            && self.context == other.context
            && self.language == other.language
            && self.direction == other.direction
            && self.index == other.index
            && self.nest == other.nest
    }
}
