//! Apps of others that act for a person: OAuth 2.0 by its own words, and what it refuses.

mod consent;
mod credentials;
pub mod guild;
mod platforms;
mod registering;
mod tokens;

use crate::cast::{BASE_URL, Browser, Site, form};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

// RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub const REDIRECT: &str = "https://wallet.example/back?from=acme";
pub const READ_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly";
pub const PUT_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.upsert";
pub const READ_PROFILE: &str = "https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.readonly";
pub const CHANGE_PROFILE: &str = "https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.update";

/// A platform that has registered.
pub struct Wallet<'a> {
    pub site: &'a Site,
    pub id: String,
    pub secret: Option<String>,
}

impl<'a> Wallet<'a> {
    pub async fn registered(site: &'a Site) -> Self {
        Wallet::with(site, json!({})).await
    }

    /// Registers with these fields in place of the usual ones.
    pub async fn with(site: &'a Site, other: Value) -> Self {
        let mut said = json!({
            "client_name": "Badge Wallet", "client_uri": "https://wallet.example", "redirect_uris": [REDIRECT],
            "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
        });
        said.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
        let (status, told) = register(site, &said).await;
        assert_eq!(status, StatusCode::CREATED, "{told}");
        let text = |name: &str| told[name].as_str().map(str::to_owned);
        Wallet { site, id: text("client_id").unwrap(), secret: text("client_secret") }
    }

    /// What it asks for, with these parameters in place of the usual ones; an empty one is left out.
    pub fn request(&self, other: &[(&str, &str)]) -> Vec<(String, String)> {
        let usual = [
            ("response_type", "code"),
            ("client_id", &self.id),
            ("redirect_uri", REDIRECT),
            ("scope", READ_BADGES),
            ("state", "xyz &"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let kept = usual.iter().filter(|(name, _)| !other.iter().any(|(known, _)| known == name));
        let all = kept.chain(other).filter(|(_, value)| !value.is_empty());
        all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// Where it leads whoever is to let it do this.
    pub fn address(&self, scope: &str) -> String {
        let query = self.request(&[("scope", scope)]);
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        format!("{}/oauth/authorize?{query}", self.site.app.config.base_url)
    }

    /// Asks someone who is signed in.
    pub async fn asks(&self, browser: &Browser<'_>, other: &[(&str, &str)]) -> Response {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.request(other)).finish();
        browser.get(&format!("/oauth/authorize?{query}")).await
    }

    /// What they answered, as the app hears of it.
    pub async fn answered(&self, browser: &Browser<'_>, decision: &str, other: &[(&str, &str)]) -> Response {
        let mut fields = self.request(other);
        fields.push(("decision".into(), decision.into()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.send("/oauth/authorize", &fields).await
    }

    /// The code that it gets when they allow these scopes.
    pub async fn code(&self, browser: &Browser<'_>, scope: &str) -> String {
        let answer = self.answered(browser, "allow", &[("scope", scope)]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        parameter(&answer, "code").unwrap()
    }

    /// A form to `path` with Basic where it has a secret.
    pub async fn posts(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, Value) {
        let request = self.site.request(Method::POST, path);
        let (request, mut fields) = match &self.secret {
            Some(secret) => (request.basic_auth(&self.id, Some(secret)), fields.to_vec()),
            None => (request, [&[("client_id", self.id.as_str())], fields].concat()),
        };
        fields.retain(|(_, value)| !value.is_empty());
        told(form(request, &fields).send().await.unwrap()).await
    }

    pub async fn exchanges(&self, code: &str) -> (StatusCode, Value) {
        self.exchanges_with(code, &[]).await
    }

    pub async fn exchanges_with(&self, code: &str, other: &[(&str, &str)]) -> (StatusCode, Value) {
        let usual = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        let kept = usual.iter().filter(|(name, _)| !other.iter().any(|(known, _)| known == name));
        self.posts("/oauth/token", &kept.chain(other).copied().collect::<Vec<_>>()).await
    }

    pub async fn refreshes(&self, token: &str) -> (StatusCode, Value) {
        self.posts("/oauth/token", &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    pub async fn revokes(&self, token: &str) -> StatusCode {
        self.posts("/oauth/revoke", &[("token", token)]).await.0
    }

    /// The tokens that it gets when they allow these scopes.
    pub async fn let_in(&self, browser: &Browser<'_>, scope: &str) -> Value {
        let (status, tokens) = self.exchanges(&self.code(browser, scope).await).await;
        assert_eq!(status, StatusCode::OK, "{tokens}");
        tokens
    }
}

pub async fn register(site: &Site, said: &Value) -> (StatusCode, Value) {
    told(site.request(Method::POST, "/oauth/register").json(said).send().await.unwrap()).await
}

pub async fn told(answer: Response) -> (StatusCode, Value) {
    let status = answer.status();
    let text = answer.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// What an answer leads on with.
pub fn parameter(answer: &Response, name: &str) -> Option<String> {
    let url: url::Url = answer.headers()["location"].to_str().unwrap().parse().unwrap();
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The name by which the answer says whose it is (RFC 9207).
pub fn issuer() -> &'static str {
    BASE_URL
}
