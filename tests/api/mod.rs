//! The API as a program meets it.

mod awards;
mod bad_input;
mod description;
mod endorsements;
mod trust;
mod verification;
mod webhooks;

use crate::cast::{Site, token};
use reqwest::{Method, Response};

struct Call {
    method: &'static str,
    path: String,
    token: Option<&'static str>,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

const JSON: &str = "application/json";

fn post(path: impl Into<String>, media_type: &str, body: impl Into<Vec<u8>>) -> Call {
    let headers = vec![("content-type", media_type.to_owned())];
    Call { method: "POST", path: path.into(), token: Some("all"), headers, body: body.into() }
}

fn get(path: impl Into<String>) -> Call {
    Call { method: "GET", path: path.into(), token: Some("all"), headers: vec![], body: vec![] }
}

fn awards(body: impl Into<Vec<u8>>) -> Call {
    post("/api/v1/awards", JSON, body)
}

fn csv(body: impl Into<Vec<u8>>) -> Call {
    post("/api/v1/awards", "text/csv", body)
}

fn verify(media_type: &str, body: impl Into<Vec<u8>>) -> Call {
    Call { token: None, ..post("/api/v1/verify", media_type, body) }
}

impl Call {
    fn by(mut self, token: Option<&'static str>) -> Self {
        self.token = token;
        self
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

async fn send(site: &Site, call: &Call) -> Response {
    let mut request = site.request(Method::from_bytes(call.method.as_bytes()).unwrap(), &call.path);
    if let Some(may) = call.token {
        request = request.bearer_auth(token(may));
    }
    for (name, value) in &call.headers {
        request = request.header(*name, value);
    }
    request.body(call.body.clone()).send().await.unwrap()
}
