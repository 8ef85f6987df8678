//! Whether a document was signed by its own issuer: the part that is the same for a badge and for a status list.
//!
//! One proof under the issuer's own DID must hold. Every proof covers the whole document and itself, so proofs beside it that don't hold,
//! or that can't be checked, take nothing away from it (docs/decisions/0020); they are told of. What is no well-formed proof refuses the
//! whole. A VC-JWT is signed around the document, and its signature alone counts. Nothing in the document is believed before this answers.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::evidence::{Evidence, Found, Need};
use super::form::{many, one};
use super::jwt::Signature;
use super::jwt_key::refused_jwk;
use crate::credential::canon::Cause;
use crate::credential::did::{self, DidError, Relationship};
use crate::credential::ecdsa::P256Key;
use crate::credential::jose::{JoseError, Jwk};
use crate::credential::key::KeyError;
use crate::credential::profile;
use crate::credential::proof::{Content, Proof, ProofError, Suite};
use crate::credential::verifying_key::VerifyingKey;
use crate::credential::{date, json};

/// How far a signer's clock may be ahead of ours.
pub(super) const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);
/// More proofs than anyone needs.
const MOST_PROOFS: usize = 8;
const CREDENTIALS: &str = "https://www.w3.org/2018/credentials#";
/// The terms that decide about a badge. What the proof covers of these must be what plain JSON shows.
const DECISIVE: [&str; 7] =
    ["issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialSubject", "credentialStatus"];
/// The same of a presentation.
const DECISIVE_OF_PRESENTATIONS: [&str; 2] = ["holder", "verifiableCredential"];

/// A parsed document, its proofs taken apart from it.
pub(super) struct Secured {
    /// Without `proof`; always an object.
    pub content: Value,
    pub proof: Option<Value>,
    /// The signature around it, when it came as a JWT.
    pub jwt: Option<Signature>,
    /// Who must have signed it: the issuer of a credential, the holder of a presentation.
    pub issuer: String,
    /// What the signer's key must be for.
    pub purpose: Relationship,
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

/// For what occasion something was signed, as far as it says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Occasion {
    pub challenge: Option<String>,
    pub domains: Vec<String>,
}

/// A document whose issuer signed it.
pub(super) struct Genuine {
    /// Of each signature that holds.
    pub occasions: Vec<Occasion>,
    /// When, by the first proof that holds.
    pub created: Option<Timestamp>,
    /// What came of each proof, a few words each.
    pub proofs: Vec<String>,
}

/// A proof that does not speak for the document.
struct Unheld {
    whose: Whose,
    refusal: Refusal,
}

/// A proof as it came and, where it was made under the issuer's own DID and is of a kind that can be checked, as it was read.
type ReadProof<'a> = (&'a Value, Result<Proof<'a>, Unheld>);

/// Under whose name a proof stands, as far as it can be read.
#[derive(Clone, Copy, PartialEq)]
enum Whose {
    Issuer,
    Another,
    Nobody,
}

impl Unheld {
    fn of(whose: Whose, refusal: Refusal) -> Self {
        Unheld { whose, refusal }
    }

    /// Which of several says most about the document: what is known to be wrong, and of the issuer's own before others'.
    fn weight(&self) -> u8 {
        match (self.whose, self.refusal.wrong) {
            (Whose::Issuer, true) => 3,
            (Whose::Issuer, false) => 2,
            (Whose::Another, _) => 1,
            (Whose::Nobody, _) => 0,
        }
    }

    fn told(&self, proof: &Value) -> String {
        let text = |name: &str| proof.get(name).and_then(Value::as_str);
        let kind: String = text("cryptosuite").or_else(|| text("type")).unwrap_or("one").chars().take(40).collect();
        let outcome = match (self.whose, self.refusal.wrong) {
            (Whose::Another, _) => "is not its issuer's",
            (_, true) => "does not hold",
            (_, false) => "could not be checked",
        };
        format!("{kind} {outcome} ({})", self.refusal.code)
    }
}

/// A document in the canonical forms its proofs ask for, each made once.
struct Contents<'a> {
    of: &'a Value,
    rdf: Option<Result<Content, ProofError>>,
    json: Option<Result<Content, ProofError>>,
}

impl Contents<'_> {
    fn with(&mut self, suite: Suite) -> Result<&Content, ProofError> {
        let made = if suite.is_rdf() { &mut self.rdf } else { &mut self.json };
        made.get_or_insert_with(|| suite.content(self.of)).as_ref().map_err(Clone::clone)
    }
}

/// Where the keys of an issuer are.
pub(super) enum Keys {
    /// did:key and did:jwk: the DID is the key, and has one name for it.
    Own {
        key: Jwk,
        fragment: String,
    },
    Document(Value),
    /// The page of an issuer that is a web address.
    Profile(Value),
    /// Not looked up yet.
    Wanted(Need),
    Unsure(Refusal),
}

impl Secured {
    /// Takes a document apart. `None` when it names no issuer.
    pub(super) fn of(mut document: Map<String, Value>, jwt: Option<Signature>) -> Option<Self> {
        let issuer = match one(document.get("issuer"))? {
            Value::String(id) => id.clone(),
            profile => profile.get("id")?.as_str()?.to_owned(),
        };
        let proof = document.shift_remove("proof");
        let purpose = Relationship::Assertion;
        Some(Secured { content: Value::Object(document), proof, jwt, issuer, purpose })
    }

    /// The same of a presentation, which its holder signs to show who he is.
    pub(super) fn by_holder(mut document: Map<String, Value>, jwt: Option<Signature>, holder: String) -> Self {
        let proof = document.shift_remove("proof");
        let purpose = Relationship::Authentication;
        Secured { content: Value::Object(document), proof, jwt, issuer: holder, purpose }
    }

    /// Whether a proof claims to be the issuer's own.
    pub(super) fn is_signed_by_issuer(&self) -> bool {
        match &self.jwt {
            Some(signature) => self.claims_own_key(signature).is_ok(),
            None => self.proofs().is_ok_and(|proofs| proofs.iter().any(|(_, read)| read.is_ok())),
        }
    }

    /// Whether one of the issuer's proofs holds with these keys.
    ///
    /// Without `now` the dates of proofs and keys are left aside.
    pub(super) fn check(&self, keys: &Keys, now: Option<Timestamp>) -> Result<Genuine, Refusal> {
        if let Some(signature) = &self.jwt {
            return self.check_jwt(signature, keys, now);
        }
        let proofs = self.proofs()?;
        let mut contents = Contents { of: &self.content, rdf: None, json: None };
        let mut created = None;
        let mut told = Vec::with_capacity(proofs.len());
        let mut occasions = Vec::new();
        let mut refused: Option<Unheld> = None;
        for (proof, read) in proofs {
            match read.and_then(|proof| self.hold(&proof, keys, now, &mut contents).map(|()| proof)) {
                Ok(proof) => {
                    created = created.or(Some(proof.created));
                    told.push(format!("{} holds", proof.suite.name()));
                    occasions.push(Occasion {
                        challenge: proof.challenge.map(str::to_owned),
                        domains: proof.domains.iter().map(|domain| (*domain).to_owned()).collect(),
                    });
                }
                Err(unheld) => {
                    told.push(unheld.told(proof));
                    refused = match refused {
                        Some(worse) if worse.weight() >= unheld.weight() => Some(worse),
                        _ => Some(unheld),
                    };
                }
            }
        }
        match (created, refused) {
            (Some(created), _) => Ok(Genuine { created, proofs: told, occasions }),
            (None, Some(unheld)) => Err(unheld.refusal),
            (None, None) => Err(unsigned()),
        }
    }

    fn proofs(&self) -> Result<Vec<ReadProof<'_>>, Refusal> {
        let proofs = many(self.proof.as_ref());
        if proofs.is_empty() {
            return Err(unsigned());
        }
        if proofs.len() > MOST_PROOFS {
            return Err(Refusal::wrong("proof_malformed", format!("It carries more than {MOST_PROOFS} proofs.")));
        }
        let read = |proof| match Proof::read(proof, self.purpose) {
            Ok(read) => Ok((proof, self.own(read))),
            Err(ProofError::OtherKind(kind)) => {
                let message = format!("Its proof is of the kind {kind}, which this service can't check.");
                Ok((proof, Err(Unheld::of(Whose::Nobody, Refusal::unsure("proof_unsupported", message)))))
            }
            // What is no proof at all is text that nobody signed, so it may not stand beside one either.
            Err(error) => Err(Refusal::wrong("proof_malformed", sentence(&error))),
        };
        proofs.iter().map(read).collect()
    }

    fn own<'a>(&self, proof: Proof<'a>) -> Result<Proof<'a>, Unheld> {
        let signer = did::did_of(proof.verification_method);
        if signer == self.issuer {
            return Ok(proof);
        }
        let message = format!("It is signed with a key of {signer}, and not with one of its issuer, {}.", self.issuer);
        Err(Unheld::of(Whose::Another, Refusal::wrong("key_of_another", message)))
    }

    fn hold(&self, proof: &Proof, keys: &Keys, now: Option<Timestamp>, contents: &mut Contents) -> Result<(), Unheld> {
        let mut held = || {
            let content = contents.with(proof.suite).map_err(|error| self.unreadable(error))?;
            if let Some(now) = now {
                in_time(proof, now)?;
            }
            let key = self.key(keys, proof.verification_method, now)?;
            let context = self.content.get("@context").unwrap_or(&Value::Null);
            proof.verify(context, content, &key).map_err(|error| self.unreadable(error))?;
            if proof.suite.is_rdf() { self.read_as_signed(&content.canonical) } else { Ok(()) }
        };
        held().map_err(|refusal| Unheld::of(Whose::Issuer, refusal))
    }

    fn key(&self, keys: &Keys, method: &str, now: Option<Timestamp>) -> Result<VerifyingKey, Refusal> {
        match keys {
            Keys::Own { key, fragment } => match method.split_once('#') {
                Some((_, named)) if named == fragment => key_for_proofs(key),
                _ => Err(refused_key(&DidError::NoSuchMethod(method.to_owned()))),
            },
            // Revoked and expired keys are found out with the dates; before every date no key is.
            Keys::Document(document) => {
                did::key_for(self.purpose, document, &self.issuer, method, now.unwrap_or(Timestamp::MIN))
                    .map_err(|error| refused_key(&error))
            }
            Keys::Profile(page) => self.page_key(page, method, now),
            Keys::Wanted(_) => Err(Refusal::unsure("key_unavailable", "The key of its issuer has not been looked up.")),
            Keys::Unsure(refusal) => Err(refusal.clone()),
        }
    }

    /// The key of a method by the page of an issuer that is a web address.
    pub(super) fn page_key(&self, page: &Value, method: &str, now: Option<Timestamp>) -> Result<VerifyingKey, Refusal> {
        let silent = || {
            let message =
                format!("The page of its issuer, {}, names no key, so we can't tell who made the proof.", self.issuer);
            Refusal::unsure("key_unlisted", message)
        };
        profile::profile_key(page, &self.issuer, method, now.unwrap_or(Timestamp::MIN))
            .map_err(|error| refused_key(&error))?
            .ok_or_else(silent)
    }

    /// Whether the decisive terms of the credential are signed exactly as often as the JSON shows them. Two nodes with one `id` are
    /// one node to RDF, so a term could have been moved to where no reader looks.
    fn read_as_signed(&self, canonical: &str) -> Result<(), Refusal> {
        let decisive: &[&str] = match self.purpose {
            Relationship::Assertion => &DECISIVE,
            Relationship::Authentication => &DECISIVE_OF_PRESENTATIONS,
        };
        // Without an id its node has no name that is known here, so the terms of every node are counted.
        let id = self.content.get("id").and_then(Value::as_str);
        if id.is_none() && self.purpose == Relationship::Authentication {
            return Ok(());
        }
        let mut signed = vec![0usize; decisive.len()];
        for line in canonical.lines() {
            let own = match id {
                Some(id) => line.strip_prefix('<').and_then(|rest| rest.strip_prefix(id)?.strip_prefix("> <")),
                None => line.split_once(" <").map(|(_, rest)| rest),
            };
            let term = own.and_then(|rest| rest.strip_prefix(CREDENTIALS)).and_then(|rest| rest.split('>').next());
            if let Some(count) = decisive.iter().position(|name| term == Some(*name)).and_then(|at| signed.get_mut(at))
            {
                *count += 1;
            }
        }
        for (name, count) in decisive.iter().zip(signed) {
            let shown =
                if id.is_some() { many(self.content.get(*name)).len() } else { everywhere(&self.content, name) };
            if shown != count {
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
            ProofError::Key(KeyError::OtherThanProof) => Refusal::wrong("key_refused", sentence(&error)),
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
        let key = VerifyingKey::from_multibase(multibase);
        return own(key, multibase);
    }
    if issuer.starts_with("did:jwk:") {
        return match did::resolve_did_jwk(issuer) {
            Ok(key) => Keys::Own { key, fragment: "0".to_owned() },
            Err(error @ JoseError::KeyOfOtherKind(_)) => {
                Keys::Unsure(Refusal::unsure("key_unsupported", sentence(&error)))
            }
            Err(error) => Keys::Unsure(refused_jwk(&error)),
        };
    }
    let (need, found) = if did::did_web_document_url(issuer).is_ok() {
        (Need::DidDocument(issuer.to_owned()), evidence.did_document(issuer))
    } else if profile::is_profile_url(issuer) {
        (Need::IssuerProfile(issuer.to_owned()), evidence.issuer_profile(issuer))
    } else {
        return Keys::Unsure(Refusal::unsure(
            "key_unsupported",
            format!(
                "Its issuer is {issuer}, and this service can find the keys of a did:web, a did:key, a did:jwk or an https address only."
            ),
        ));
    };
    match found {
        None => Keys::Wanted(need),
        Some(Found::Unavailable(why)) => {
            Keys::Unsure(Refusal::unsure("key_unavailable", format!("We could not read the key of its issuer: {why}.")))
        }
        Some(Found::Document(bytes, _)) => match (json::parse(bytes), need) {
            (Ok(page), Need::IssuerProfile(_)) => Keys::Profile(page),
            (Ok(document), _) if document.get("id").and_then(Value::as_str) == Some(issuer) => Keys::Document(document),
            (Ok(_), _) => Keys::Unsure(Refusal::unsure(
                "key_unreadable",
                "The document with the keys of its issuer belongs to another DID.",
            )),
            (Err(error), _) => Keys::Unsure(Refusal::unsure(
                "key_unreadable",
                format!("The document with the keys of its issuer can't be read: {error}."),
            )),
        },
    }
}

/// An RSA key signs a JWT only.
fn key_for_proofs(key: &Jwk) -> Result<VerifyingKey, Refusal> {
    match key {
        Jwk::Ed25519(key) => Ok(VerifyingKey::Ed25519(key.clone())),
        Jwk::P256 { x, y } => P256Key::from_coordinates(x, y)
            .map(VerifyingKey::P256)
            .map_err(|error| Refusal::wrong("key_refused", sentence(&error))),
        Jwk::Rsa { .. } => {
            Err(Refusal::unsure("key_unsupported", "The key of its issuer is of a kind that signs a VC-JWT only."))
        }
    }
}

fn own(key: Result<VerifyingKey, KeyError>, fragment: &str) -> Keys {
    match key {
        Ok(key) => Keys::Own { key: Jwk::from(&key), fragment: fragment.to_owned() },
        Err(KeyError::OtherKind | KeyError::NotMultibase) => Keys::Unsure(Refusal::unsure(
            "key_unsupported",
            "The key of its issuer is of a kind this service can't use.",
        )),
        Err(error) => Keys::Unsure(Refusal::wrong("key_refused", sentence(&error))),
    }
}

/// How many values a term has, wherever it stands.
fn everywhere(value: &Value, name: &str) -> usize {
    match value {
        Value::Object(members) => {
            many(members.get(name)).len() + members.values().map(|member| everywhere(member, name)).sum::<usize>()
        }
        Value::Array(values) => values.iter().map(|value| everywhere(value, name)).sum(),
        _ => 0,
    }
}

fn unsigned() -> Refusal {
    Refusal::wrong("unsigned", "It carries no proof, so anyone could have written it.")
}

fn in_time(proof: &Proof, now: Timestamp) -> Result<(), Refusal> {
    if let Some(created) = proof.created {
        from_the_future(created, now)?;
    }
    match proof.expires {
        Some(expires) if expires <= now => {
            Err(Refusal::wrong("proof_expired", format!("Its proof ended on {}.", date::spoken_with_time(expires))))
        }
        _ => Ok(()),
    }
}

/// Refuses a signature that gives itself a date to come.
pub(super) fn from_the_future(created: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    if now.duration_until(created) <= CLOCK_TOLERANCE {
        return Ok(());
    }
    let when = date::spoken_with_time(created);
    Err(Refusal::wrong("proof_from_the_future", format!("It says it was signed on {when}, which has not come yet.")))
}

pub(super) fn refused_key(error: &DidError) -> Refusal {
    let code = match error {
        DidError::NoSuchMethod(_) => "key_unknown",
        DidError::Revoked(..) => "key_revoked",
        DidError::Expired(..) => "key_expired",
        DidError::OtherDocument => return Refusal::unsure("key_unreadable", sentence(error)),
        DidError::OtherType(_) | DidError::Key(_, KeyError::OtherKind) => {
            return Refusal::unsure("key_unsupported", sentence(error));
        }
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
