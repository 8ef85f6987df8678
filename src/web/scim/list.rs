//! Lists: which of the resources, which part of them, and which of their attributes (RFC 7644 §3.4.2, §3.9).

use super::{LIST, answer, error::fault, filter, path};
use crate::{
    domain::filter::{Filter, Holds},
    web::error::Failure,
};
use axum::{
    http::{StatusCode, Uri},
    response::Response,
};
use serde_json::{Value, json};

/// As many as one answer has at most.
pub(super) const MOST: u32 = 200;
/// As many as it has where no number is asked for.
const USUAL: u32 = 100;
const ALWAYS_SHOWN: [&str; 2] = ["id", "schemas"];

/// What a list is asked for with.
pub(super) struct Asked<F> {
    pub filter: Option<Filter<F>>,
    /// The first has number 1.
    pub start: u32,
    pub count: u32,
    pub shown: Shown,
}

/// Which attributes are asked for, in small letters: those of the core by name, an extension by its schema.
#[derive(Default)]
pub(super) struct Shown {
    only: Option<Vec<String>>,
    without: Vec<String>,
}

impl<F> Asked<F> {
    /// `field` knows what can be looked for. Other parameters are passed over: clients send some of their own.
    pub fn read(uri: &Uri, field: &dyn Fn(&str) -> Option<(F, Holds)>) -> Result<Self, Failure> {
        let (mut filter, mut start, mut count) = (None, 1, USUAL);
        for (name, value) in parameters(uri) {
            match name.as_str() {
                "filter" => filter = Some(filter::parse(&value, field)?),
                // What is too small counts as the smallest, by the standard.
                "startIndex" => start = number(&name, &value)?.max(1),
                "count" => count = number(&name, &value)?.min(MOST),
                _ => {}
            }
        }
        Ok(Asked { filter, start, count, shown: Shown::read(uri) })
    }

    pub fn answer(&self, total: i64, resources: Vec<Value>) -> Response {
        let resources: Vec<Value> = resources.into_iter().map(|resource| self.shown.of(resource)).collect();
        let list = json!({
            "schemas": [LIST], "totalResults": total, "startIndex": self.start, "itemsPerPage": resources.len(),
            "Resources": resources,
        });
        answer(StatusCode::OK, &list)
    }
}

impl Shown {
    /// A part of an attribute counts as the whole where it is asked for, and as nothing where it is left out.
    pub fn read(uri: &Uri) -> Self {
        let mut shown = Shown::default();
        for (name, value) in parameters(uri) {
            let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
            match name.as_str() {
                "attributes" => shown.only = Some(names.map(|name| path::whole(name).0).collect()),
                "excludedAttributes" => {
                    shown.without =
                        names.map(path::whole).filter_map(|(name, is_all)| is_all.then_some(name)).collect();
                }
                _ => {}
            }
        }
        shown
    }

    pub fn wants(&self, attribute: &str) -> bool {
        let attribute = attribute.to_lowercase();
        self.only.as_ref().is_none_or(|only| only.contains(&attribute)) && !self.without.contains(&attribute)
    }

    pub fn of(&self, mut resource: Value) -> Value {
        if let Value::Object(object) = &mut resource {
            object.retain(|name, _| ALWAYS_SHOWN.contains(&name.as_str()) || self.wants(name));
        }
        resource
    }
}

fn parameters(uri: &Uri) -> Vec<(String, String)> {
    url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect()
}

/// What is below nothing is nothing.
fn number(name: &str, value: &str) -> Result<u32, Failure> {
    let read: i64 = value.trim().parse().map_err(|_| fault("invalidValue", format!("{name} is not a number.")))?;
    Ok(u32::try_from(read.max(0)).unwrap_or(u32::MAX))
}
