//! Badges into wallets: the pages of their holders, and what wallets ask for (OpenID4VCI 1.0). What they are called and where they are is here.

mod metadata;
mod pages;
mod protocol;

pub use metadata::{authorization_server, credential_issuer};
pub use pages::{offer, show, transaction_code};
pub use protocol::{credential, nonce, token};

/// The grant that offers give (OpenID4VCI 1.0, section 4.1.1).
const GRANT: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// The server that gives access tokens to wallets. It has a name of its own: what serves other clients has other endpoints.
fn authorization_server_id(base_url: &str) -> String {
    format!("{base_url}/wallet")
}
