//! The parameters of an address: each known, each at most once.

use crate::web::error::Failure;
use axum::http::Uri;

pub struct Query(Vec<(String, String)>);

impl Query {
    /// `known` names them all.
    pub fn read(uri: &Uri, known: &[&str]) -> Result<Self, Failure> {
        let mut found: Vec<(String, String)> = Vec::new();
        for (name, value) in url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
            if !known.contains(&name.as_ref()) {
                return Err(Failure::field(
                    name,
                    format!("is not known here; the parameters are {}", known.join(", ")),
                ));
            }
            if found.iter().any(|(before, _)| *before == name) {
                return Err(Failure::field(name, "stands here twice"));
            }
            found.push((name.into_owned(), value.into_owned()));
        }
        Ok(Query(found))
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// True for `name` alone and `name=true`.
    pub fn flag(&self, name: &str) -> Result<bool, Failure> {
        match self.get(name) {
            None | Some("false") => Ok(false),
            Some("true" | "") => Ok(true),
            Some(_) => Err(Failure::field(name, "is neither true nor false")),
        }
    }
}
