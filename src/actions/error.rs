//! Why an action was not done. Each is one sentence for the person who asked; what is inside an internal error is for the log.

use super::Conflict;
use crate::{
    domain::{
        actor::{Right, scope_of},
        field::FieldError,
    },
    outside::{depot::DepotError, vault::VaultError},
    store::StoreError,
};

#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    #[error("this needs an API token; send it as `Authorization: Bearer lrl_…`")]
    Unauthenticated,
    #[error("{}", forbidden(.right))]
    Forbidden { right: Right },
    #[error("there is no {what} “{id}”")]
    NotFound { what: &'static str, id: String },
    /// At least one field is wrong; all of them are named.
    #[error("{}", joined(.0))]
    Invalid(Vec<FieldError>),
    /// The record is in a state that does not allow it; `message` is for programs and the command line.
    #[error("{message}")]
    Conflict { why: Conflict, message: String },
    #[error("this Idempotency-Key was used before with another request; use a new key for a new request")]
    IdempotencyMismatch,
    /// The deployment is not in a state to do it; what to do is in the sentence.
    #[error("{message}")]
    Refused { message: String },
    /// Trying again soon is likely to help.
    #[error("too much is asked at once; try again in a moment")]
    Busy,
    /// There is no room for more bytes; nothing of what was sent is kept.
    #[error("there is no room for more files at the moment; what arrived before is kept, so try again later")]
    Full,
    /// A fault of ours or of the machine. The cause is logged and never shown on the web.
    #[error("something failed inside Laurel: {0:#}")]
    Internal(anyhow::Error),
}

impl ActionError {
    pub fn refused(message: impl Into<String>) -> Self {
        ActionError::Refused { message: message.into() }
    }

    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        ActionError::Invalid(vec![FieldError::new(field, message)])
    }

    pub fn not_found(what: &'static str, id: &str) -> Self {
        ActionError::NotFound { what, id: id.to_owned() }
    }

    pub(super) fn conflict(why: Conflict, message: impl Into<String>) -> Self {
        ActionError::Conflict { why, message: message.into() }
    }

    pub fn internal(why: impl Into<anyhow::Error>) -> Self {
        ActionError::Internal(why.into())
    }
}

impl From<StoreError> for ActionError {
    fn from(why: StoreError) -> Self {
        match why {
            // Taken: another writer was quicker; whatever is known beforehand is asked for beforehand.
            StoreError::Busy | StoreError::Taken { .. } => ActionError::Busy,
            other => ActionError::Internal(other.into()),
        }
    }
}

impl From<VaultError> for ActionError {
    fn from(why: VaultError) -> Self {
        ActionError::refused(why.to_string())
    }
}

impl From<DepotError> for ActionError {
    fn from(why: DepotError) -> Self {
        match why {
            DepotError::Full => ActionError::Full,
            other => ActionError::Internal(other.into()),
        }
    }
}

fn joined(faults: &[FieldError]) -> String {
    faults.iter().map(FieldError::to_string).collect::<Vec<_>>().join("; ")
}

fn forbidden(right: &Right) -> String {
    match (right, scope_of(*right)) {
        (Right::See, _) => "this is not for everyone".into(),
        (Right::Operate, _) => "only whoever runs `laurel` on the machine may do this".into(),
        (_, Some(scope)) => format!("this token lacks the scope “{}”", scope.as_str()),
        (_, None) => "your roles do not allow this; an administrator can change them".into(),
    }
}
