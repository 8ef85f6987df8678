//! OAuth 2.0 for apps of others (RFC 6749, 7591, 7636; Open Badges 3.0, section 7): the scopes, what an app may register with, and the
//! proof that whoever brings a code is who asked for it.
//!
//! - A redirect URI is https, or http on the machine itself; it counts letter by letter as it was registered.
//! - There is one grant, by code with PKCE and S256, and refreshing. What else an app offers to do is left out of what it gets.

use super::field::{Faults, FieldError};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What an app may be let to do, as Open Badges 3.0, section 6.2.1, names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AppScope {
    ReadCredentials,
    UpsertCredentials,
    ReadProfile,
    UpdateProfile,
    /// To go on when the person is not there: it adds nothing here, where the app's registration says whether it refreshes.
    Offline,
}

impl AppScope {
    pub const ALL: [AppScope; 5] = [
        AppScope::ReadCredentials,
        AppScope::UpsertCredentials,
        AppScope::ReadProfile,
        AppScope::UpdateProfile,
        AppScope::Offline,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            AppScope::ReadCredentials => "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly",
            AppScope::UpsertCredentials => "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.upsert",
            AppScope::ReadProfile => "https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.readonly",
            AppScope::UpdateProfile => "https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.update",
            AppScope::Offline => "offline_access",
        }
    }

    /// Those that are known of a list with spaces between, each once and in our order; and whether others stood there.
    pub fn read(list: &str) -> (Vec<AppScope>, bool) {
        let named: Vec<&str> = list.split_ascii_whitespace().collect();
        let known = AppScope::ALL.into_iter().filter(|scope| named.contains(&scope.as_str())).collect();
        let others = named.iter().any(|name| AppScope::ALL.iter().all(|scope| scope.as_str() != *name));
        (known, others)
    }

    pub fn written(scopes: &[AppScope]) -> String {
        scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// How an app shows at the token endpoint that it is itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthMethod {
    ClientSecretBasic,
    ClientSecretPost,
    /// It runs where no secret can be kept.
    None,
}

/// What an app says of itself when it registers; what it may not say is left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RegistrationRequest {
    client_name: Option<String>,
    client_uri: Option<String>,
    logo_uri: Option<String>,
    tos_uri: Option<String>,
    policy_uri: Option<String>,
    software_id: Option<String>,
    software_version: Option<String>,
    contacts: Vec<String>,
    redirect_uris: Vec<String>,
    token_endpoint_auth_method: Option<String>,
    grant_types: Option<Vec<String>>,
    response_types: Option<Vec<String>>,
    scope: Option<String>,
}

/// What an app registered with (RFC 7591, section 2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientMetadata {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tos_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software_version: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<String>,
    pub redirect_uris: Vec<String>,
    pub token_endpoint_auth_method: AuthMethod,
    pub grant_types: Vec<String>,
    pub response_types: Vec<String>,
    /// The widest that it can ask for.
    pub scope: String,
}

/// An app that registered itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    pub id: String,
    pub secret_hash: Option<String>,
    pub metadata: ClientMetadata,
    pub created_at: Timestamp,
}

/// An app that someone let in.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    pub id: String,
    pub client_id: String,
    pub person_id: String,
    pub scopes: Vec<AppScope>,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// What someone allowed and an app has not come for yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    pub client_id: String,
    pub person_id: String,
    pub redirect_uri: String,
    pub scopes: Vec<AppScope>,
    pub challenge: String,
    pub expires_at: Timestamp,
    /// What it was exchanged for.
    pub grant_id: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Access,
    Refresh,
}

impl TokenKind {
    pub fn as_str(self) -> &'static str {
        match self {
            TokenKind::Access => "access",
            TokenKind::Refresh => "refresh",
        }
    }

    pub fn lasts(self) -> SignedDuration {
        match self {
            TokenKind::Access => SignedDuration::from_hours(1),
            // From its last use on: each use gives a new one.
            TokenKind::Refresh => SignedDuration::from_hours(90 * 24),
        }
    }
}

/// From consent to exchange.
pub const CODE_LASTS: SignedDuration = SignedDuration::from_mins(5);
pub const REFRESHES: &str = "refresh_token";
const BY_CODE: &str = "authorization_code";
const MOST_REDIRECTS: usize = 10;
const MOST_CONTACTS: usize = 5;

impl ClientMetadata {
    /// Every fault at once, with the field as RFC 7591 names it.
    pub fn checked(asked: RegistrationRequest) -> Result<Self, Vec<FieldError>> {
        let mut faults = Faults::default();
        let uris = &asked.redirect_uris;
        if uris.is_empty() || uris.len() > MOST_REDIRECTS {
            faults.add("redirect_uris", format!("has {} addresses; give from 1 to {MOST_REDIRECTS}", uris.len()));
        }
        for (n, uri) in uris.iter().take(MOST_REDIRECTS).enumerate() {
            redirect_uri(&mut faults, &format!("redirect_uris[{n}]"), uri);
        }
        let text = |faults: &mut Faults, field: &str, said: Option<String>| {
            said.filter(|text| !text.trim().is_empty()).map(|text| faults.text(field, &text, 100, false))
        };
        let link = |faults: &mut Faults, field: &str, said: Option<String>| {
            said.filter(|url| !url.is_empty()).map(|url| faults.url(field, &url))
        };
        if asked.contacts.len() > MOST_CONTACTS {
            faults.add("contacts", format!("has more than {MOST_CONTACTS} entries"));
        }
        let contacts = asked.contacts.iter().take(MOST_CONTACTS).map(|one| faults.text("contacts", one, 254, false));
        let contacts = contacts.collect();
        let method = match asked.token_endpoint_auth_method.as_deref() {
            None | Some("client_secret_basic") => AuthMethod::ClientSecretBasic,
            Some("client_secret_post") => AuthMethod::ClientSecretPost,
            Some("none") => AuthMethod::None,
            Some(other) => {
                let known = "client_secret_basic, client_secret_post and none";
                faults.add("token_endpoint_auth_method", format!("is “{other}”; the methods here are {known}"));
                AuthMethod::None
            }
        };
        let grant_types = asked.grant_types.unwrap_or_else(|| vec![BY_CODE.to_owned()]);
        let grant_types: Vec<String> =
            [BY_CODE, REFRESHES].into_iter().map(str::to_owned).filter(|kind| grant_types.contains(kind)).collect();
        if !grant_types.iter().any(|kind| kind == BY_CODE) {
            faults.add("grant_types", "does not have authorization_code, which every app here needs");
        }
        if asked.response_types.is_some_and(|kinds| !kinds.iter().any(|kind| kind == "code")) {
            faults.add("response_types", "does not have code, the only one there is here");
        }
        // Who names none may ask for all; what is not known here can't be given.
        let scopes = asked.scope.map_or_else(|| AppScope::ALL.to_vec(), |list| AppScope::read(&list).0);
        if scopes.iter().all(|scope| *scope == AppScope::Offline) {
            faults.add("scope", "has none of the scopes of Open Badges 3.0");
        }
        let metadata = ClientMetadata {
            client_name: text(&mut faults, "client_name", asked.client_name),
            client_uri: link(&mut faults, "client_uri", asked.client_uri),
            logo_uri: link(&mut faults, "logo_uri", asked.logo_uri),
            tos_uri: link(&mut faults, "tos_uri", asked.tos_uri),
            policy_uri: link(&mut faults, "policy_uri", asked.policy_uri),
            software_id: text(&mut faults, "software_id", asked.software_id),
            software_version: text(&mut faults, "software_version", asked.software_version),
            contacts,
            redirect_uris: asked.redirect_uris,
            token_endpoint_auth_method: method,
            grant_types,
            response_types: vec!["code".to_owned()],
            scope: AppScope::written(&scopes),
        };
        faults.or(metadata)
    }

    pub fn refreshes(&self) -> bool {
        self.grant_types.iter().any(|kind| kind == REFRESHES)
    }

    /// What it calls itself; else where it is.
    pub fn name(&self) -> String {
        let host = || self.redirect_uris.first().and_then(|uri| host(uri)).unwrap_or_default();
        self.client_name.clone().unwrap_or_else(host)
    }
}

/// Whose address it is, with its port.
pub fn host(uri: &str) -> Option<String> {
    let url = url::Url::parse(uri).ok()?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

fn redirect_uri(faults: &mut Faults, field: &str, uri: &str) {
    faults.url(field, uri);
    let Ok(url) = url::Url::parse(uri) else { return };
    let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if url.scheme() == "http" && !local {
        faults.add(field, "is not https, which only the machine itself may do without");
    }
    if url.fragment().is_some() {
        faults.add(field, "has a part after #, which no answer can keep");
    }
}

/// Whether this can be a challenge: 32 bytes in base64url.
pub fn is_challenge(text: &str) -> bool {
    BASE64_URL_SAFE_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == 32)
}

/// Whether the verifier is what the challenge was made of (RFC 7636, section 4.6).
pub fn fits(challenge: &str, verifier: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    (43..=128).contains(&verifier.len()) && verifier.bytes().all(unreserved) && self::challenge(verifier) == challenge
}

/// What is made of a verifier by S256.
pub fn challenge(verifier: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn registered(said: serde_json::Value) -> Result<ClientMetadata, Vec<String>> {
        let faults = |faults: Vec<FieldError>| faults.into_iter().map(|fault| fault.field).collect();
        ClientMetadata::checked(serde_json::from_value(said).unwrap()).map_err(faults)
    }

    #[test]
    fn an_app_gets_what_is_known_here_of_what_it_asks_for() {
        let app = registered(json!({
            "client_name": " Wallet ", "redirect_uris": ["https://a.example/cb?x=1"], "logo_uri": "",
            "grant_types": ["refresh_token", "implicit", "authorization_code"], "response_types": ["token", "code"],
            "scope": "openid https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.readonly offline_access",
        }));
        let app = app.unwrap();
        assert_eq!((app.name().as_str(), &app.logo_uri), ("Wallet", &None));
        assert_eq!((app.grant_types.len(), app.refreshes()), (2, true));
        assert_eq!(app.token_endpoint_auth_method, AuthMethod::ClientSecretBasic);
        assert_eq!(app.scope, "https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.readonly offline_access");
        let bare = registered(json!({"redirect_uris": ["http://127.0.0.1:8080/cb"]})).unwrap();
        assert_eq!((bare.name().as_str(), bare.refreshes()), ("127.0.0.1:8080", false));
        assert_eq!(AppScope::read(&bare.scope), (AppScope::ALL.to_vec(), false));
    }

    #[test]
    fn a_redirect_leads_nowhere_that_is_not_safe() {
        for bad in [
            "http://a.example/cb",
            "https://a.example/cb#x",
            "https://ada@a.example/cb",
            "https://a.example/ cb",
            "javascript:alert(1)",
            "com.example.app:/cb",
            "/cb",
            "",
        ] {
            let faults = registered(json!({"redirect_uris": [bad]})).unwrap_err();
            assert!(faults.iter().all(|field| field == "redirect_uris[0]"), "{bad}: {faults:?}");
        }
        assert!(registered(json!({"redirect_uris": []})).is_err());
        assert!(registered(json!({"redirect_uris": vec!["https://a.example/"; 11]})).is_err());
    }

    #[test]
    fn every_fault_of_a_registration_is_named_at_once() {
        let faults = registered(json!({
            "client_name": "x".repeat(101), "client_uri": "a.example", "token_endpoint_auth_method": "private_key_jwt",
            "grant_types": ["implicit"], "response_types": ["token"], "scope": "openid offline_access",
        }));
        let named = ["redirect_uris", "token_endpoint_auth_method", "grant_types", "response_types", "scope"];
        assert_eq!(faults.unwrap_err(), [&named[..], &["client_name", "client_uri"]].concat());
    }

    #[test]
    fn only_whoever_made_the_challenge_has_what_fits_it() {
        // RFC 7636, appendix B.
        let (verifier, challenge) =
            ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(is_challenge(challenge) && fits(challenge, verifier));
        for bad in ["", "x", &verifier[1..], &format!("{verifier}x"), &verifier.replace('-', "+")] {
            assert!(!fits(challenge, bad), "{bad}");
        }
        assert!(!is_challenge(&challenge[1..]) && !is_challenge(verifier.trim_end_matches('k')));
    }
}
