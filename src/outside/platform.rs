//! Another platform that speaks the Open Badges API 3.0, with this service as its client: what it says of itself, registering, a token, and
//! what someone holds there (sections 6 and 7 of the standard).
//!
//! All of it is a stranger's word. Where it may be asked is for `fetch` to decide; what it answers is read strictly and only so far. Where
//! people allow access and where the token is got must be one place, so that no platform can have a code that is another's.

use super::fetch::{FetchError, Fetcher};
use crate::{
    credential::json,
    domain::oauth::{AppScope, challenge},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use openidconnect::{HttpRequest, HttpResponse, http::Request};
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use url::Url;

const ROOT: &str = "/ims/ob/v3p0";
/// Asked for at a time: an answer has to stay below what is read of one.
const PAGE: usize = 50;
/// A platform that gives ever more is left after so many answers, or badges.
const MOST_PAGES: usize = 60;
const MOST: usize = 2_000;
/// In characters.
const LONGEST_NAME: usize = 100;

/// What a platform says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Platform {
    pub name: String,
    /// Whose address it is, with its port.
    pub host: String,
    /// Without a slash at the end.
    api: String,
    registration: String,
    authorization: Url,
    token: String,
}

/// What it knows this service by, for one person once.
#[derive(Clone, Debug)]
pub struct Registered {
    id: String,
    secret: Option<String>,
}

/// Why it can't be used: one sentence without its full stop.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PlatformError {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error("what it says of itself is not as Open Badges 3.0 wants it: {0}")]
    Described(&'static str),
    #[error("it answers with status {0}")]
    Status(u16),
}

impl Platform {
    /// Finds one by its address, with or without what every such API's address ends with.
    pub async fn find(fetcher: &Fetcher, address: &str, now: Timestamp) -> Result<Self, PlatformError> {
        let plain = address.trim().trim_end_matches('/');
        let plain = plain.strip_suffix("/discovery").unwrap_or(plain);
        let plain = plain.strip_suffix(ROOT).unwrap_or(plain);
        let api = match plain.contains("://") {
            true => format!("{plain}{ROOT}"),
            false => format!("https://{plain}{ROOT}"),
        };
        let found = fetcher.fetch(&format!("{api}/discovery"), now).await.outcome?;
        let document = json::parse(&found).map_err(|_| PlatformError::Described("it is not JSON"))?;
        Platform::read(fetcher, api, &document)
    }

    fn read(fetcher: &Fetcher, api: String, document: &Value) -> Result<Self, PlatformError> {
        let scheme = &document["components"]["securitySchemes"]["OAuth2ACG"];
        let flow = &scheme["flows"]["authorizationCode"];
        let url = |value: &Value, what| match value.as_str() {
            Some(url) => fetcher.may_reach(url).map(|()| url.to_owned()).map_err(PlatformError::Fetch),
            None => Err(PlatformError::Described(what)),
        };
        let registration = url(&scheme["x-imssf-registrationUrl"], "it does not say where one registers")?;
        let authorization = url(&flow["authorizationUrl"], "it does not say where people allow access")?;
        let token = url(&flow["tokenUrl"], "it does not say where tokens are got")?;
        let parsed = |url: &str| Url::parse(url).map_err(|_| PlatformError::Described("an address can't be read"));
        let (authorization, at) = (parsed(&authorization)?, parsed(&token)?);
        if authorization.origin() != at.origin() {
            return Err(PlatformError::Described("tokens are got at another place than access is allowed"));
        }
        let host = crate::domain::oauth::host(&api).unwrap_or_default();
        let mut names = [&document["info"]["title"], &scheme["x-imssf-name"]].into_iter().filter_map(Value::as_str);
        let name = names.find(|name| !name.trim().is_empty()).unwrap_or(&host);
        let name = name.chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect();
        Ok(Platform { name, host, api, registration, authorization, token })
    }

    pub async fn register(
        &self,
        fetcher: &Fetcher,
        organisation: &str,
        base_url: &str,
        redirect_uri: &str,
        now: Timestamp,
    ) -> Result<Registered, PlatformError> {
        let said = json!({
            "client_name": organisation, "client_uri": base_url, "redirect_uris": [redirect_uri],
            "grant_types": ["authorization_code"], "response_types": ["code"],
            "token_endpoint_auth_method": "client_secret_basic", "scope": AppScope::ReadCredentials.as_str(),
        });
        let request = Request::post(&self.registration).header("content-type", "application/json");
        let answer = fetcher.ask_platform(made(request.body(said.to_string().into_bytes()))?, now).await?;
        let document = parsed(&succeeded(answer)?)?;
        let text = |name: &str| document[name].as_str().map(str::to_owned);
        let id = text("client_id").ok_or(PlatformError::Described("it registers without giving a client_id"))?;
        Ok(Registered { id, secret: text("client_secret") })
    }

    /// Where the person allows access.
    pub fn leads_to(&self, registered: &Registered, redirect_uri: &str, state: &str, verifier: &str) -> String {
        let mut url = self.authorization.clone();
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &registered.id)
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("scope", AppScope::ReadCredentials.as_str())
            .append_pair("state", state)
            .append_pair("code_challenge", &challenge(verifier))
            .append_pair("code_challenge_method", "S256");
        url.into()
    }

    /// The access token for a code.
    pub async fn exchange(
        &self,
        fetcher: &Fetcher,
        registered: &Registered,
        (code, redirect_uri, verifier): (&str, &str, &str),
        now: Timestamp,
    ) -> Result<String, PlatformError> {
        let scope = AppScope::ReadCredentials.as_str();
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", verifier),
            ("scope", scope),
        ];
        let mut request = Request::post(&self.token).header("content-type", "application/x-www-form-urlencoded");
        match &registered.secret {
            Some(secret) => {
                let plain = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
                let shown = BASE64_STANDARD.encode(format!("{}:{}", plain(&registered.id), plain(secret)));
                request = request.header("authorization", format!("Basic {shown}"));
            }
            None => fields.push(("client_id", &registered.id)),
        }
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let answer = fetcher.ask_platform(made(request.body(form.into_bytes()))?, now).await?;
        let document = parsed(&succeeded(answer)?)?;
        let token = document["access_token"].as_str().map(str::to_owned);
        token.ok_or(PlatformError::Described("it gives no access_token"))
    }

    /// All that the person holds there, each as it stands in the answers.
    pub async fn credentials(
        &self,
        fetcher: &Fetcher,
        token: &str,
        now: Timestamp,
    ) -> Result<Vec<String>, PlatformError> {
        let mut found = Vec::new();
        for number in 0..MOST_PAGES {
            let address = format!("{}/credentials?limit={PAGE}&offset={}", self.api, found.len());
            let request = Request::get(address)
                .header("authorization", format!("Bearer {token}"))
                .header("accept", "application/json");
            let request = made(request.body(Vec::new()))?;
            let answer = succeeded(match number {
                0 => fetcher.ask_platform(request, now).await?,
                _ => fetcher.ask_further(request, now).await?,
            })?;
            let page = held(answer.body()).ok_or(PlatformError::Described("a page of badges can't be read"))?;
            let total = answer.headers().get("x-total-count").and_then(|total| total.to_str().ok()?.parse().ok());
            let more = !page.is_empty() && total.is_none_or(|total: usize| found.len() + page.len() < total);
            found.extend(page);
            if !more || found.len() >= MOST {
                break;
            }
        }
        found.truncate(MOST);
        Ok(found)
    }
}

fn made(request: Result<HttpRequest, openidconnect::http::Error>) -> Result<HttpRequest, PlatformError> {
    request.map_err(|_| PlatformError::Described("an address can't be asked"))
}

fn succeeded(answer: HttpResponse) -> Result<HttpResponse, PlatformError> {
    match answer.status().is_success() {
        true => Ok(answer),
        false => Err(PlatformError::Status(answer.status().as_u16())),
    }
}

fn parsed(answer: &HttpResponse) -> Result<Value, PlatformError> {
    json::parse(answer.body()).map_err(|_| PlatformError::Described("an answer is not JSON"))
}

/// The badges of a `GetOpenBadgeCredentialsResponse`, each in its own letters: read and written anew it could be another.
fn held(body: &[u8]) -> Option<Vec<String>> {
    json::parse(body).ok()?;
    let text = std::str::from_utf8(body).ok()?;
    let mut found = Vec::new();
    for (name, value) in members(text)? {
        match name.as_str() {
            "credential" => found.extend(items(value)?.into_iter().map(str::to_owned)),
            // The example of the standard has an s at its end, and its table has none.
            "compactJwsString" | "compactJwsStrings" => {
                found.extend(serde_json::from_str::<Vec<String>>(value).ok()?);
            }
            _ => {}
        }
    }
    Some(found)
}

/// The members of an object with the text of each value; the text is known to be JSON.
fn members(text: &str) -> Option<Vec<(String, &str)>> {
    let mut rest = text.trim().strip_prefix('{')?.trim_start();
    let mut found = Vec::new();
    while !rest.starts_with('}') {
        let (name, after) = split(rest)?;
        let (value, after) = split(after.trim_start().strip_prefix(':')?)?;
        found.push((serde_json::from_str(name).ok()?, value));
        rest = next(after);
    }
    Some(found)
}

/// The texts of the items of a list.
fn items(text: &str) -> Option<Vec<&str>> {
    let mut rest = text.trim().strip_prefix('[')?.trim_start();
    let mut found = Vec::new();
    while !rest.starts_with(']') {
        let (value, after) = split(rest)?;
        found.push(value);
        rest = next(after);
    }
    Some(found)
}

/// The first value's text, and what stands after it.
fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    text.split_at_checked(values.byte_offset())
}

fn next(after: &str) -> &str {
    let after = after.trim_start();
    after.strip_prefix(',').unwrap_or(after).trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::fetch::{Network, Reach};
    use std::sync::Arc;

    #[test]
    fn badges_are_taken_out_in_their_own_letters() {
        let body = r#" { "a\"}" : [1, {"]": 2}], "credential" : [ {"x" :  "é]", "n": 1.50} , {"y":{}} ],
            "compactJwsString": ["a.b.c"] } "#;
        assert_eq!(held(body.as_bytes()).unwrap(), [r#"{"x" :  "é]", "n": 1.50}"#, r#"{"y":{}}"#, "a.b.c"]);
        assert_eq!(held(b"{}").unwrap(), Vec::<String>::new());
        for bad in ["", "[]", "{\"credential\": 7}", "{\"compactJwsString\": [7]}", "{\"a\":1,\"a\":2}"] {
            assert_eq!(held(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn a_platform_says_where_everything_is_and_nothing_of_it_leads_where_nobody_may_go() {
        let fetcher = Fetcher::new(Reach::default(), Network::Memory(Arc::default()));
        let said = |register: &str, allow: &str, token: &str| {
            json!({"info": {"title": "Wallet"}, "components": {"securitySchemes": {"OAuth2ACG": {
                "x-imssf-registrationUrl": register,
                "flows": {"authorizationCode": {"authorizationUrl": allow, "tokenUrl": token}},
            }}}})
        };
        let read = |document: &Value| Platform::read(&fetcher, "https://api.example/ims/ob/v3p0".into(), document);
        let [a, b] = ["https://auth.example/a", "https://auth.example/b"];
        let known = read(&said("https://api.example/r", a, b)).unwrap();
        assert_eq!((known.name.as_str(), known.host.as_str()), ("Wallet", "api.example"));
        for bad in [
            json!({}),
            said("https://10.0.0.1/r", a, b),
            said("https://api.example/r", "http://auth.example/a", b),
            said("https://api.example/r", a, "https://other.example/b"),
            said("auth.example/r", a, b),
        ] {
            assert!(read(&bad).is_err(), "{bad}");
        }
    }
}
