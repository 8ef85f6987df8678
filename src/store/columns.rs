//! What a column holds, as our nouns: whole seconds as a time, a word as an enum. A value no version of Laurel writes is
//! `Unreadable`, named by its column.

use super::StoreError;
use jiff::Timestamp;

pub(super) fn time(column: &str, seconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_second(seconds).map_err(|why| unreadable(column, why))
}

pub(super) fn maybe_time(column: &str, seconds: Option<i64>) -> Result<Option<Timestamp>, StoreError> {
    seconds.map(|seconds| time(column, seconds)).transpose()
}

pub(super) fn index(column: &str, number: i64) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|why| unreadable(column, why))
}

pub(super) fn json<T: serde::de::DeserializeOwned>(column: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|why| unreadable(column, why))
}

pub(super) fn unreadable(column: &str, why: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable { what: format!("{column}: {why}") }
}

/// Rows into nouns, or the first that can't be read.
pub(super) fn all<R, T: TryFrom<R, Error = StoreError>>(rows: Vec<R>) -> Result<Vec<T>, StoreError> {
    rows.into_iter().map(T::try_from).collect()
}

pub(super) fn one<R, T: TryFrom<R, Error = StoreError>>(row: Option<R>) -> Result<Option<T>, StoreError> {
    row.map(T::try_from).transpose()
}
