//! The company's OpenID provider (OpenID Connect Core 1.0): where a browser is sent to sign in, and who came back.
//!
//! Code flow with PKCE (S256), state and nonce. The library judges the ID token: signature, issuer, audience, time, nonce. What the
//! token lacks is asked of the userinfo endpoint, whose subject must be the same. Every request goes out through the
//! fetcher, by the same rules as look-ups.

use super::fetch::{FetchError, Fetcher};
use jiff::Timestamp;
use openidconnect::{
    AccessTokenHash, AsyncHttpClient, AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
    core::{CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreProviderMetadata, CoreUserInfoClaims},
};
use std::{
    error::Error,
    fmt,
    pin::Pin,
    time::{Duration, SystemTime},
};
use zeroize::Zeroizing;

/// The provider as the configuration names it.
#[derive(Clone, PartialEq)]
pub struct Provider {
    /// As its tokens name it, without a slash at the end unless it has one there.
    pub issuer: String,
    /// What the button says.
    pub name: String,
    pub client_id: String,
    pub client_secret: Zeroizing<String>,
    /// Whether someone the directory does not know is added when they first sign in.
    pub adds_people: bool,
}

/// The secrets of one sign-in.
pub struct Ask<'a> {
    /// Comes back with the browser.
    pub state: &'a str,
    /// Comes back in the ID token.
    pub nonce: &'a str,
    /// Shown to the provider only when the code is exchanged.
    pub verifier: &'a str,
}

/// Whom the provider says it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    pub email: Option<String>,
    pub email_verified: bool,
    pub name: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    #[error("the provider's configuration can't be read: {0}")]
    Discovery(String),
    #[error("the provider did not take the code: {0}")]
    Code(String),
    #[error("the provider's ID token does not hold: {0}")]
    Token(String),
    #[error("the provider's userinfo can't be read: {0}")]
    UserInfo(String),
}

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

impl Provider {
    /// Where a browser is sent to sign in; it comes back to `back`.
    pub async fn address(
        &self,
        fetcher: &Fetcher,
        back: &str,
        ask: &Ask<'_>,
        now: Timestamp,
    ) -> Result<String, ProviderError> {
        let client = self.client(fetcher, back, now).await?;
        let (state, nonce) = (CsrfToken::new(ask.state.to_owned()), Nonce::new(ask.nonce.to_owned()));
        let verifier = PkceCodeVerifier::new(ask.verifier.to_owned());
        let (address, ..) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || state, move || nonce)
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(address.into())
    }

    /// Who came back with this code.
    pub async fn who(
        &self,
        fetcher: &Fetcher,
        back: &str,
        code: &str,
        ask: &Ask<'_>,
        now: Timestamp,
    ) -> Result<Identity, ProviderError> {
        let client = self.client(fetcher, back, now).await?;
        let http = Door { fetcher, now };
        let refused = |why: &dyn Error| ProviderError::Code(chain(why));
        let told = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|why| refused(&why))?
            .set_pkce_verifier(PkceCodeVerifier::new(ask.verifier.to_owned()))
            .request_async(&http)
            .await
            .map_err(|why| refused(&why))?;
        let false_token = |why: &dyn Error| ProviderError::Token(chain(why));
        let id_token = told.id_token().ok_or_else(|| ProviderError::Token("there is none".to_owned()))?;
        let seconds = Duration::from_secs(now.as_second().unsigned_abs());
        let verifier = client.id_token_verifier().set_time_fn(move || (SystemTime::UNIX_EPOCH + seconds).into());
        let claims = id_token.claims(&verifier, &Nonce::new(ask.nonce.to_owned())).map_err(|why| false_token(&why))?;
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = id_token.signing_alg().map_err(|why| false_token(&why))?;
            let key = id_token.signing_key(&verifier).map_err(|why| false_token(&why))?;
            let found = AccessTokenHash::from_token(told.access_token(), algorithm, key);
            if found.map_err(|why| false_token(&why))? != *expected {
                return Err(ProviderError::Token("its access token is another's".to_owned()));
            }
        }
        if let Some(email) = claims.email() {
            return Ok(Identity {
                email: Some(email.to_string()),
                email_verified: claims.email_verified() == Some(true),
                name: claims.name().and_then(|name| name.get(None)).map(|name| name.to_string()),
            });
        }
        let asked = client.user_info(told.access_token().clone(), Some(claims.subject().clone()));
        let unread = |why: &dyn Error| ProviderError::UserInfo(chain(why));
        let info: CoreUserInfoClaims =
            asked.map_err(|why| unread(&why))?.request_async(&http).await.map_err(|why| unread(&why))?;
        Ok(Identity {
            email: info.email().map(|email| email.to_string()),
            email_verified: info.email_verified() == Some(true),
            name: info.name().and_then(|name| name.get(None)).map(|name| name.to_string()),
        })
    }

    /// Whether its configuration can be read, as the doctor asks.
    pub async fn try_out(&self, fetcher: &Fetcher, now: Timestamp) -> Result<(), ProviderError> {
        self.metadata(fetcher, now).await.map(|_| ())
    }

    async fn client(&self, fetcher: &Fetcher, back: &str, now: Timestamp) -> Result<Client, ProviderError> {
        let metadata = self.metadata(fetcher, now).await?;
        let methods = metadata.token_endpoint_auth_methods_supported();
        // The secret goes in the header, unless the provider takes it in the body only.
        let in_body = methods.is_some_and(|methods| {
            !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
                && methods.contains(&CoreClientAuthMethod::ClientSecretPost)
        });
        let secret = ClientSecret::new(self.client_secret.to_string());
        let client = CoreClient::from_provider_metadata(metadata, ClientId::new(self.client_id.clone()), Some(secret));
        let back = RedirectUrl::new(back.to_owned()).map_err(|why| ProviderError::Discovery(chain(&why)))?;
        let client = client.set_redirect_uri(back);
        Ok(if in_body { client.set_auth_type(AuthType::RequestBody) } else { client })
    }

    async fn metadata(&self, fetcher: &Fetcher, now: Timestamp) -> Result<CoreProviderMetadata, ProviderError> {
        let unread = |why: &dyn Error| ProviderError::Discovery(chain(why));
        let issuer = IssuerUrl::new(self.issuer.clone()).map_err(|why| unread(&why))?;
        let http = Door { fetcher, now };
        CoreProviderMetadata::discover_async(issuer, &http).await.map_err(|why| unread(&why))
    }
}

/// Where the library's requests go out.
struct Door<'a> {
    fetcher: &'a Fetcher,
    now: Timestamp,
}

impl<'c> AsyncHttpClient<'c> for Door<'_> {
    type Error = FetchError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.fetcher.ask_provider(request, self.now))
    }
}

/// The secret stays out of logs.
impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Provider({}, {})", self.issuer, self.client_id)
    }
}

/// An error with what lies under it.
fn chain(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut inner = error.source();
    while let Some(why) = inner {
        words.push_str(&format!(": {why}"));
        inner = why.source();
    }
    words
}
