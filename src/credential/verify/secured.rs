//! Whether a document was signed by its own issuer: the part that is the same for a badge and for a status list.
//!
//! Every eddsa-rdfc-2022 proof under the issuer's own DID must hold, and there must be one. Proofs of others and of other kinds are left aside:
//! they neither help nor harm. Nothing in the document is believed before this answers.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::evidence::{Evidence, Found, Need};
use super::form::{many, one};
use crate::credential::canon::Cause;
use crate::credential::did::{self, DidError};
use crate::credential::key::{KeyError, PublicKey};
use crate::credential::proof::{Content, Proof, ProofError};
use crate::credential::{date, json};

/// How far a signer's clock may be ahead of ours.
pub(super) const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);
/// More proofs than anyone needs.
const MOST_PROOFS: usize = 8;
const CREDENTIALS: &str = "https://www.w3.org/2018/credentials#";
/// The terms that decide about a badge. What the proof covers of these must be what plain JSON shows.
const DECISIVE: [&str; 5] = ["issuer", "validFrom", "validUntil", "credentialSubject", "credentialStatus"];

/// A parsed document, its proofs taken apart from it.
pub(super) struct Secured {
    /// Without `proof`; always an object.
    pub content: Value,
    pub proof: Option<Value>,
    pub issuer: String,
}

/// Why a document is not taken as its issuer's word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    /// Known to be wrong, or only not known to be right.
    pub wrong: bool,
    pub code: &'static str,
    pub message: String,
}

impl Refusal {
    pub(super) fn wrong(code: &'static str, message: impl Into<String>) -> Self {
        Refusal { wrong: true, code, message: message.into() }
    }

    pub(super) fn unsure(code: &'static str, message: impl Into<String>) -> Self {
        Refusal { wrong: false, code, message: message.into() }
    }
}

/// Where the keys of an issuer are.
pub(super) enum Keys {
    /// did:key: the DID is the key.
    Own(PublicKey),
    Document(Value),
    /// Not looked up yet.
    Wanted(Need),
    Unsure(Refusal),
}

impl Secured {
    /// Takes a document apart. `None` when it names no issuer.
    pub(super) fn of(mut document: Map<String, Value>) -> Option<Self> {
        let issuer = match one(document.get("issuer"))? {
            Value::String(id) => id.clone(),
            profile => profile.get("id")?.as_str()?.to_owned(),
        };
        let proof = document.shift_remove("proof");
        Some(Secured { content: Value::Object(document), proof, issuer })
    }

    /// Whether a proof claims to be the issuer's own.
    pub(super) fn is_signed_by_issuer(&self) -> bool {
        self.own_proofs().is_ok()
    }

    /// Whether the issuer's proofs hold with these keys; the date of the first of them.
    ///
    /// Without `now` the dates of proofs and keys are left aside.
    pub(super) fn check(&self, keys: &Keys, now: Option<Timestamp>) -> Result<Option<Timestamp>, Refusal> {
        let proofs = self.own_proofs()?;
        let content = Content::of(&self.content).map_err(|error| self.unreadable(error))?;
        let context = self.content.get("@context").unwrap_or(&Value::Null);
        for proof in &proofs {
            if let Some(now) = now {
                in_time(proof, now)?;
            }
            let key = self.key(keys, proof.verification_method, now)?;
            proof.verify(context, &content, &key).map_err(|error| self.unreadable(error))?;
        }
        self.read_as_signed(&content.canonical)?;
        Ok(proofs.first().and_then(|proof| proof.created))
    }

    /// The proofs made under the issuer's own DID, at least one.
    fn own_proofs(&self) -> Result<Vec<Proof<'_>>, Refusal> {
        let proofs = many(self.proof.as_ref());
        if proofs.is_empty() {
            return Err(Refusal::wrong("unsigned", "It carries no proof, so anyone could have written it."));
        }
        if proofs.len() > MOST_PROOFS {
            return Err(Refusal::wrong("proof_malformed", format!("It carries more than {MOST_PROOFS} proofs.")));
        }
        let mut own = Vec::new();
        let mut stranger = None;
        let mut kind = None;
        for proof in proofs {
            match Proof::read(proof) {
                Ok(proof) if did::did_of(proof.verification_method) == self.issuer => own.push(proof),
                Ok(proof) => stranger = Some(did::did_of(proof.verification_method)),
                Err(ProofError::OtherKind(other)) => kind = Some(other),
                Err(error) => return Err(Refusal::wrong("proof_malformed", sentence(&error))),
            }
        }
        match (own.is_empty(), stranger, kind) {
            (false, ..) => Ok(own),
            (true, Some(other), _) => Err(Refusal::wrong(
                "key_of_another",
                format!("It is signed with a key of {other}, and not with one of its issuer, {}.", self.issuer),
            )),
            (true, None, kind) => Err(Refusal::unsure(
                "proof_unsupported",
                format!("Its proof is of the kind {}, which this service can't check.", kind.unwrap_or_default()),
            )),
        }
    }

    fn key(&self, keys: &Keys, method: &str, now: Option<Timestamp>) -> Result<PublicKey, Refusal> {
        match keys {
            Keys::Own(key) => {
                let named = method.split_once('#').map(|(_, fragment)| fragment);
                if named == self.issuer.strip_prefix("did:key:") {
                    Ok(key.clone())
                } else {
                    Err(refused_key(&DidError::NoSuchMethod(method.to_owned())))
                }
            }
            // Revoked and expired keys are found out with the dates; before every date no key is.
            Keys::Document(document) => {
                did::assertion_key(document, &self.issuer, method, now.unwrap_or(Timestamp::MIN))
                    .map_err(|error| refused_key(&error))
            }
            Keys::Wanted(_) => Err(Refusal::unsure("key_unavailable", "The key of its issuer has not been looked up.")),
            Keys::Unsure(refusal) => Err(refusal.clone()),
        }
    }

    /// Whether the decisive terms of the credential are signed exactly as often as the JSON shows them. Two nodes with one `id` are
    /// one node to RDF, so a term could have been moved to where no reader looks.
    fn read_as_signed(&self, canonical: &str) -> Result<(), Refusal> {
        let Some(id) = self.content.get("id").and_then(Value::as_str) else { return Ok(()) };
        let mut signed = [0usize; DECISIVE.len()];
        for line in canonical.lines() {
            let term = line
                .strip_prefix('<')
                .and_then(|rest| rest.strip_prefix(id))
                .and_then(|rest| rest.strip_prefix("> <"))
                .and_then(|rest| rest.strip_prefix(CREDENTIALS))
                .and_then(|rest| rest.split('>').next());
            if let Some(count) = DECISIVE.iter().position(|name| term == Some(*name)).and_then(|at| signed.get_mut(at))
            {
                *count += 1;
            }
        }
        for (name, count) in DECISIVE.iter().zip(signed) {
            if many(self.content.get(*name)).len() != count {
                return Err(Refusal::wrong("altered", format!("Its `{name}` does not stand where it was signed.")));
            }
        }
        Ok(())
    }

    /// What an error in the proof says about the document.
    fn unreadable(&self, error: ProofError) -> Refusal {
        match &error {
            ProofError::Key(KeyError::Mismatch) => Refusal::wrong(
                "altered",
                "Its signature does not fit: it was changed after it was signed, or its issuer never signed it.",
            ),
            ProofError::Document(canon) | ProofError::Options(canon) => match &canon.cause {
                Cause::UnknownContext(url) => Refusal::unsure(
                    "context_unknown",
                    format!(
                        "It uses the vocabulary {url}, which this service does not hold, so its proof could not be checked."
                    ),
                ),
                Cause::Unsupported(_) | Cause::TooMuchWork => {
                    Refusal::unsure("canonical_unsupported", sentence(&error))
                }
                Cause::UndefinedTerm(term) => Refusal::wrong(
                    "term_unsigned",
                    format!("It uses the term `{term}`, which no vocabulary defines, so nobody can have signed it."),
                ),
                _ => Refusal::wrong("term_unsigned", sentence(&error)),
            },
            _ => Refusal::wrong("proof_malformed", sentence(&error)),
        }
    }
}

/// The keys of an issuer, as far as they are known.
pub(super) fn keys_of(issuer: &str, evidence: &Evidence) -> Keys {
    if let Some(multibase) = issuer.strip_prefix("did:key:") {
        return match PublicKey::from_multibase(multibase) {
            Ok(key) => Keys::Own(key),
            Err(KeyError::NotEd25519 | KeyError::NotMultibase) => Keys::Unsure(Refusal::unsure(
                "key_unsupported",
                "The key of its issuer is of a kind this service can't use.",
            )),
            Err(error) => Keys::Unsure(Refusal::wrong("key_refused", sentence(&error))),
        };
    }
    if did::did_web_document_url(issuer).is_err() {
        return Keys::Unsure(Refusal::unsure(
            "key_unsupported",
            format!("Its issuer is {issuer}, and this service can find the keys of a did:web or a did:key only."),
        ));
    }
    match evidence.did_document(issuer) {
        None => Keys::Wanted(Need::DidDocument(issuer.to_owned())),
        Some(Found::Unavailable(why)) => {
            Keys::Unsure(Refusal::unsure("key_unavailable", format!("We could not read the key of its issuer: {why}.")))
        }
        Some(Found::Document(bytes, _)) => match json::parse(bytes) {
            Ok(document) if document.get("id").and_then(Value::as_str) == Some(issuer) => Keys::Document(document),
            Ok(_) => Keys::Unsure(Refusal::unsure(
                "key_unreadable",
                "The document with the keys of its issuer belongs to another DID.",
            )),
            Err(error) => Keys::Unsure(Refusal::unsure(
                "key_unreadable",
                format!("The document with the keys of its issuer can't be read: {error}."),
            )),
        },
    }
}

fn in_time(proof: &Proof, now: Timestamp) -> Result<(), Refusal> {
    if let Some(created) = proof.created
        && now.duration_until(created) > CLOCK_TOLERANCE
    {
        let when = date::spoken_with_time(created);
        return Err(Refusal::wrong(
            "proof_from_the_future",
            format!("It says it was signed on {when}, which has not come yet."),
        ));
    }
    match proof.expires {
        Some(expires) if expires <= now => {
            Err(Refusal::wrong("proof_expired", format!("Its proof ended on {}.", date::spoken_with_time(expires))))
        }
        _ => Ok(()),
    }
}

fn refused_key(error: &DidError) -> Refusal {
    let code = match error {
        DidError::NoSuchMethod(_) => "key_unknown",
        DidError::Revoked(..) => "key_revoked",
        DidError::Expired(..) => "key_expired",
        DidError::OtherType(_) => return Refusal::unsure("key_unsupported", sentence(error)),
        _ => "key_refused",
    };
    Refusal::wrong(code, sentence(error))
}

/// An error as a sentence: a capital at its beginning and a full stop at its end.
pub(super) fn sentence(error: &dyn std::error::Error) -> String {
    let text = error.to_string();
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}
