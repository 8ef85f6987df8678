//! Passkeys (W3C Web Authentication Level 3) as the relying party sees them: what a browser is asked, and whether its answer holds.
//!
//! - The relying party is the host of the base URL, and the base URL the only origin whose answers count.
//! - A passkey is kept by its authenticator together with whose it is, and asks for the person behind it (a PIN, a finger, a face):
//!   it is a whole sign-in. Where it comes from is not asked; no attestation is looked at.
//! - The library draws the challenge and judges the answer. What it must know again is given out as text, to be kept and used once.

use crate::domain::passkey::{Passkey, PasskeyFault};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use sha2::{Digest, Sha512};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication64, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration, RegistrationServerState,
    bin::{Decode, Encode},
    request::{
        AsciiDomain, PublicKeyCredentialDescriptor, RpId, TimedCeremony,
        auth::AuthenticationVerificationOptions,
        register::{
            CredProtect, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, USER_HANDLE_MAX_LEN,
            UserHandle64,
        },
    },
    response::{
        AuthTransports, CredentialId,
        auth::error::AuthCeremonyErr,
        register::{CompressedPubKey, DynamicState, StaticState},
    },
};

/// The bytes of the keys that a signature can be checked with.
type Key = CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;
type Making = RegistrationServerState<USER_HANDLE_MAX_LEN>;

/// Whoever relies on what a passkey says: this service.
pub struct Party {
    id: RpId,
    origin: String,
}

/// What a browser is asked.
pub struct Asked {
    /// Names the question; it comes back in the answer.
    pub challenge: String,
    /// What is needed again to judge the answer.
    pub state: String,
    /// `PublicKeyCredentialCreationOptionsJSON` or `PublicKeyCredentialRequestOptionsJSON`.
    pub options: Value,
}

/// What an authenticator has made.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// The credential's id, base64url.
    pub credential: String,
    pub key: String,
    pub state: String,
    pub transports: u8,
}

/// A browser's answer, read and not judged yet.
pub struct MadeAnswer(Registration);

/// The same of a passkey that is shown.
pub struct ShownAnswer(DiscoverableAuthentication64);

impl Party {
    /// None where the base URL names no domain: an IP address has no passkeys.
    pub fn of(base_url: &str) -> Option<Self> {
        let url = url::Url::parse(base_url).ok()?;
        let domain = AsciiDomain::try_from(url.domain()?.to_owned()).ok()?;
        Some(Party { id: RpId::Domain(domain), origin: url.origin().ascii_serialization() })
    }

    /// Asks for a passkey of this person on an authenticator that holds none of those they have. It shows `name` (an address) and
    /// `display` when it asks which one to use.
    pub fn ask_to_make(
        &self,
        person_id: &str,
        (name, display): (&str, &str),
        had: &[Passkey],
    ) -> Result<Asked, PasskeyFault> {
        let handle = handle(person_id);
        let user = PublicKeyCredentialUserEntity {
            // The profile of RFC 8265 forbids a few letters that an address may have.
            name: name.try_into().or_else(|_| person_id.try_into()).map_err(unfit)?,
            id: &handle,
            display_name: display.try_into().ok(),
        };
        let had = had.iter().map(descriptor).collect::<Result<_, _>>()?;
        let mut options = PublicKeyCredentialCreationOptions::passkey(&self.id, user, had);
        // Not every device knows the extension; that it asked for the person is seen in each of its answers.
        options.extensions.cred_protect = CredProtect::None;
        let (server, client) = options.start_ceremony().map_err(unfit)?;
        Ok(Asked {
            challenge: challenge(server.sent_challenge().0),
            state: URL_SAFE_NO_PAD.encode(server.encode().map_err(unfit)?),
            options: serde_json::to_value(&client).map_err(unfit)?,
        })
    }

    /// What was made, if the answer holds for what was asked.
    pub fn made(&self, state: &str, answer: &MadeAnswer) -> Result<Made, PasskeyFault> {
        let server = Making::decode(&bytes(state)?).map_err(unfit)?;
        let options = RegistrationVerificationOptions::<&str, &str> {
            allowed_origins: &[&self.origin],
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        let made = server.verify(&self.id, &answer.0, &options);
        let made = made.map_err(|why| PasskeyFault::Refused(why.to_string()))?;
        let (id, transports, _, key, state, _) = made.into_parts();
        Ok(Made {
            credential: URL_SAFE_NO_PAD.encode(id.as_ref()),
            key: URL_SAFE_NO_PAD.encode(key.encode().map_err(unfit)?),
            state: URL_SAFE_NO_PAD.encode(state.encode().map_err(unfit)?),
            transports: transports.encode().map_err(unfit)?,
        })
    }

    /// Asks for any passkey of this service.
    pub fn ask_to_show(&self) -> Result<Asked, PasskeyFault> {
        let begun = DiscoverableCredentialRequestOptions::passkey(&self.id).start_ceremony();
        let (server, client) = begun.map_err(unfit)?;
        Ok(Asked {
            challenge: challenge(server.sent_challenge().0),
            state: URL_SAFE_NO_PAD.encode(server.encode().map_err(unfit)?),
            options: serde_json::to_value(&client).map_err(unfit)?,
        })
    }

    /// The passkey's state from now on, if the answer holds for what was asked and was given by this passkey.
    pub fn shown(&self, state: &str, answer: &ShownAnswer, passkey: &Passkey) -> Result<String, PasskeyFault> {
        let server = DiscoverableAuthenticationServerState::decode(&bytes(state)?).map_err(unfit)?;
        let handle = handle(&passkey.person_id);
        let before: [u8; 7] = bytes(&passkey.state)?.try_into().map_err(|_| unfit("its state is too long"))?;
        let mut known = AuthenticatedCredential::<{ USER_HANDLE_MAX_LEN }, Key>::new(
            answer.0.raw_id(),
            &handle,
            StaticState::decode(&bytes(&passkey.key)?).map_err(unfit)?,
            DynamicState::decode(before).map_err(unfit)?,
        )
        .map_err(unfit)?;
        let options = AuthenticationVerificationOptions::<&str, &str> {
            allowed_origins: &[&self.origin],
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        match server.verify(&self.id, &answer.0, &mut known, &options) {
            Ok(_) => Ok(URL_SAFE_NO_PAD.encode(known.dynamic_state().encode().map_err(unfit)?)),
            Err(AuthCeremonyErr::SignatureCounter) => Err(PasskeyFault::Backward),
            Err(why) => Err(PasskeyFault::Refused(why.to_string())),
        }
    }
}

impl MadeAnswer {
    /// From `RegistrationResponseJSON`.
    pub fn read(json: &str) -> Result<Self, PasskeyFault> {
        Registration::from_json_relaxed(json.as_bytes()).map(MadeAnswer).map_err(refused)
    }

    pub fn challenge(&self) -> Result<String, PasskeyFault> {
        self.0.challenge_relaxed().map(|sent| challenge(sent.0)).map_err(refused)
    }
}

impl ShownAnswer {
    /// From `AuthenticationResponseJSON`.
    pub fn read(json: &str) -> Result<Self, PasskeyFault> {
        DiscoverableAuthentication64::from_json_relaxed(json.as_bytes()).map(ShownAnswer).map_err(refused)
    }

    pub fn challenge(&self) -> Result<String, PasskeyFault> {
        self.0.challenge_relaxed().map(|sent| challenge(sent.0)).map_err(refused)
    }

    /// The id of the credential that answers, base64url.
    pub fn credential(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.raw_id().as_ref())
    }
}

/// What an authenticator keeps of a person: always the same, and nothing can be read from it.
fn handle(person_id: &str) -> UserHandle64 {
    let Ok(handle) = UserHandle64::decode(Sha512::digest(format!("laurel passkey {person_id}")).into());
    handle
}

fn descriptor(passkey: &Passkey) -> Result<PublicKeyCredentialDescriptor<Vec<u8>>, PasskeyFault> {
    Ok(PublicKeyCredentialDescriptor {
        id: CredentialId::decode(bytes(&passkey.credential)?).map_err(unfit)?,
        transports: AuthTransports::decode(passkey.transports).map_err(unfit)?,
    })
}

fn challenge(number: u128) -> String {
    format!("{number:032x}")
}

fn bytes(text: &str) -> Result<Vec<u8>, PasskeyFault> {
    URL_SAFE_NO_PAD.decode(text).map_err(unfit)
}

fn unfit(why: impl std::fmt::Display) -> PasskeyFault {
    PasskeyFault::Unfit(why.to_string())
}

fn refused(why: impl std::fmt::Display) -> PasskeyFault {
    PasskeyFault::Refused(why.to_string())
}
