//! Why a document has no canonical form. Every cause names the term or construct, and the path says where it stands.

use std::fmt;

/// A refusal: what, and where in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanonError {
    pub cause: Cause,
    path: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    #[error("the term {0:?} is not defined by the context")]
    UndefinedTerm(String),
    #[error("{0} would be dropped and left unsigned")]
    Dropped(String),
    #[error("{0:?} is not an absolute IRI")]
    BadIri(String),
    #[error("the context {0:?} is not known here")]
    UnknownContext(String),
    /// An error JSON-LD itself names (API §9.6).
    #[error("{code}: {detail}")]
    Invalid { code: &'static str, detail: String },
    #[error("{0} is not supported")]
    Unsupported(String),
    #[error("the document takes too much work to canonicalise")]
    TooMuchWork,
}

impl CanonError {
    /// Where it stands, such as `credentialSubject.achievement.tag[2]`; empty at the top.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.path.iter().rev() {
            if !path.is_empty() && !step.starts_with('[') {
                path.push('.');
            }
            path += step;
        }
        path
    }

    pub(in crate::credential) fn invalid(code: &'static str, detail: impl fmt::Display) -> Self {
        Cause::Invalid { code, detail: detail.to_string() }.into()
    }

    pub(in crate::credential) fn dropped(what: impl fmt::Display) -> Self {
        Cause::Dropped(what.to_string()).into()
    }

    pub(in crate::credential) fn unsupported(what: impl fmt::Display) -> Self {
        Cause::Unsupported(what.to_string()).into()
    }

    pub(in crate::credential) fn under(mut self, key: &str) -> Self {
        self.path.push(key.to_owned());
        self
    }

    pub(in crate::credential) fn item(mut self, index: usize) -> Self {
        self.path.push(format!("[{index}]"));
        self
    }
}

impl From<Cause> for CanonError {
    fn from(cause: Cause) -> Self {
        Self { cause, path: Vec::new() }
    }
}

impl fmt::Display for CanonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.is_empty() {
            true => write!(f, "{}", self.cause),
            false => write!(f, "{} (in {})", self.cause, self.path()),
        }
    }
}

impl std::error::Error for CanonError {}
