//! The pure judge of a presentation: badges that their holder shows to someone (VC Data Model 2.0, section 4.13; 1.1, section 4.10).
//!
//! The holder signs with a key for authentication, over the challenge and the domain of whoever asks: so a presentation can't be used a second
//! time, or by another. It comes with a Data Integrity proof or as a JWT. Every credential in it is then judged as a badge; none of
//! them is looked at before the holder's proof holds. The holder is a DID, because only a DID document says which keys are for this.

use jiff::Timestamp;
use memchr::memmem;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::evidence::{Evidence, Need};
use super::form::{self, NotPlain, many, one};
use super::format::has_type;
use super::judge::{self, credential_needs, judge_any, judge_credential, needs_of_any};
use super::jwt::{self, Signature};
use super::model::DataModel;
use super::report::{Check, CheckName, Report, UNASKED, Verdict, verdict, worst};
use super::secured::{Genuine, Keys, Occasion, Refusal, Secured, keys_of};
use super::{Asked, KnownIssuer, Registry};
use crate::credential::{date, did, jose, json};

/// The most credentials that are judged in one presentation.
const MOST: usize = 16;
const JWT_PRESENTATION: &str = "data:application/vp+jwt,";
const JWT_CREDENTIAL: &str = "data:application/vc+jwt,";

/// What whoever asked for a presentation expects of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct AskedOfPresentation<'a> {
    /// What was given to the holder to be signed with it. Without one the report says that nobody asked for it.
    pub challenge: Option<&'a str>,
    /// For whom it must have been made.
    pub domain: Option<&'a str>,
    /// The issuers this service vouches for.
    pub known_issuers: &'a [KnownIssuer],
    /// Whether credentials that are no badges are taken too, as the VC-API does.
    pub any_credential: bool,
    /// The registries that are asked about other issuers.
    pub registries: &'a [Registry],
}

/// Everything Laurel says about one presentation at one moment.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, ToSchema)]
pub struct PresentationReport {
    /// The worst of the checks and of the credentials' own verdicts.
    pub verdict: Verdict,
    /// In the order format, proof, challenge, holder; the last is there only when there are credentials.
    pub checks: Vec<Check>,
    /// Who shows the credentials. Absent unless the format and the proof hold.
    pub holder: Option<String>,
    /// What is said about each, in the order they stand in it. None unless the format and the proof hold.
    pub credentials: Vec<Report>,
    #[schema(value_type = String, format = DateTime)]
    pub checked_at: Timestamp,
}

impl PresentationReport {
    pub fn check(&self, name: CheckName) -> Option<&Check> {
        self.checks.iter().find(|check| check.check == name)
    }
}

/// Whether a document is to be judged as a presentation, well-formed or not.
pub fn is_presentation(document: &[u8]) -> bool {
    if jose::is_compact(document) {
        let payload = document.trim_ascii().split(|byte| *byte == b'.').nth(1).and_then(jose::payload);
        return payload.is_some_and(|payload| payload.contains_key("vp") || is_typed(&payload));
    }
    // Most documents are badges, and one look tells.
    memmem::find(document, b"VerifiablePresentation").is_some()
        && matches!(json::parse(document), Ok(Value::Object(document)) if is_typed(&document))
}

/// What is still missing to judge a presentation: first the holder's key, and when the proof holds what its credentials want.
pub fn presentation_needs(document: &[u8], evidence: &Evidence, asked: &AskedOfPresentation) -> Vec<Need> {
    let Ok(presentation) = read(document, asked.any_credential) else { return Vec::new() };
    let wanted = if asked.any_credential { needs_of_any } else { credential_needs };
    let keys = match keys_of(&presentation.secured.issuer, evidence) {
        Keys::Wanted(need) if presentation.secured.is_signed_by_issuer() => return vec![need],
        keys => keys,
    };
    if presentation.secured.check(&keys, None).is_err() {
        return Vec::new();
    }
    let asked = Asked { email: None, known_issuers: asked.known_issuers, registries: asked.registries };
    let mut needs: Vec<Need> = Vec::new();
    for credential in presentation.credentials().iter().flatten() {
        for need in wanted(credential, evidence, &asked) {
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
    }
    needs
}

/// Judges a presentation at a moment, by the evidence given and nothing else.
pub fn judge_presentation(
    document: &[u8],
    evidence: &Evidence,
    now: Timestamp,
    asked: &AskedOfPresentation,
) -> PresentationReport {
    let presentation = match read(document, asked.any_credential) {
        Ok(presentation) => presentation,
        Err(refusal) => return refused(CheckName::Format, refusal, Vec::new(), now),
    };
    let holder = presentation.secured.issuer.clone();
    let mut checks = vec![presentation.well_formed()];
    let genuine = match presentation.secured.check(&keys_of(&holder, evidence), Some(now)) {
        Ok(genuine) => genuine,
        Err(refusal) => return refused(CheckName::Proof, of_holder(refusal), checks, now),
    };
    checks.push(shown_by(&holder, &genuine));
    checks.push(challenge(&genuine.occasions, asked));
    let judge_one = if asked.any_credential { judge_any } else { judge_credential };
    let asked = Asked { email: None, known_issuers: asked.known_issuers, registries: asked.registries };
    let judged = |credential: Result<Vec<u8>, Refusal>| match credential {
        Ok(credential) => judge_one(&credential, evidence, now, &asked),
        Err(refusal) => judge::refused(CheckName::Format, refusal, Vec::new(), now, &asked),
    };
    let credentials: Vec<Report> = presentation.credentials().into_iter().map(judged).collect();
    checks.extend(held_by(&holder, &credentials));
    let own = verdict(&checks);
    let verdict = worst(credentials.iter().map(|report| report.verdict).chain([own])).unwrap_or(own);
    PresentationReport { verdict, checks, holder: Some(holder), credentials, checked_at: now }
}

/// A well-formed presentation. Nothing in it is to be believed before its proof holds.
struct Presentation {
    secured: Secured,
    model: DataModel,
}

fn read(bytes: &[u8], any_credential: bool) -> Result<Presentation, Refusal> {
    let (document, signature) = opened(bytes)?;
    let model = DataModel::of(&document).filter(|_| is_typed(&document)).ok_or_else(|| {
        let message =
            "This is not a presentation: its first @context or its type is not one of a VerifiablePresentation.";
        Refusal::wrong("not_a_presentation", message)
    })?;
    if signature.is_none() {
        plain(&document, if any_credential { form::check_open } else { form::check })?;
    }
    if many(document.get("verifiableCredential")).len() > MOST {
        let message = format!("It shows more than {MOST} credentials, and this service judges no more at a time.");
        return Err(Refusal::unsure("too_many_credentials", message));
    }
    let holder = holder(&document, signature.as_ref())?;
    Ok(Presentation { secured: Secured::by_holder(document, signature, holder), model })
}

/// The document, from JSON, from the payload of a JWT, or from a JWT in an envelope.
fn opened(bytes: &[u8]) -> Result<(Map<String, Value>, Option<Signature>), Refusal> {
    if jose::is_compact(bytes) {
        return jwt::read_presentation(bytes).map(|(document, signature)| (document, Some(signature)));
    }
    let document = match json::parse(bytes) {
        Ok(Value::Object(document)) => document,
        Ok(_) => {
            return Err(Refusal::wrong("not_a_presentation", "This is JSON, but not a presentation: not an object."));
        }
        Err(error) => {
            return Err(Refusal::wrong("not_json", format!("This is not a presentation in strict JSON: {error}.")));
        }
    };
    if !has_type(&document, "EnvelopedVerifiablePresentation") {
        return Ok((document, None));
    }
    match document.get("id").and_then(|id| enveloped(id, JWT_PRESENTATION)) {
        Some(text) if jose::is_compact(text) => {
            jwt::read_presentation(text).map(|(document, signature)| (document, Some(signature)))
        }
        _ => Err(malformed("id", "is not a presentation as a JWT in a data: URL")),
    }
}

/// The text after the beginning of a `data:` URL (VC Data Model 2.0, section 4.12.1).
fn enveloped<'a>(id: &'a Value, beginning: &str) -> Option<&'a [u8]> {
    let id = id.as_str()?;
    let (start, text) = id.split_at_checked(beginning.len())?;
    start.eq_ignore_ascii_case(beginning).then_some(text.as_bytes())
}

fn plain(document: &Map<String, Value>, check: fn(&Map<String, Value>) -> Result<(), NotPlain>) -> Result<(), Refusal> {
    check(document).map_err(|error| match error {
        NotPlain::OwnContext => Refusal::unsure(
            "own_terms",
            "It defines words of its own, and this service judges only what is written in the published vocabularies.",
        ),
        NotPlain::Other(what) => {
            let message = format!("It is not written in the plain form that can be signed whole: {what}.");
            Refusal::wrong("not_plain", message)
        }
    })
}

/// Who shows it: the holder it names, or else whoever's key signed it.
fn holder(document: &Map<String, Value>, signature: Option<&Signature>) -> Result<String, Refusal> {
    let named = match document.get("holder") {
        None => match signature {
            Some(signature) => signature.jws.header.kid.as_deref().map(did::did_of),
            None => many(document.get("proof"))
                .first()
                .and_then(|proof| proof.get("verificationMethod")?.as_str())
                .map(did::did_of),
        },
        Some(holder) => {
            let holder = one(Some(holder)).ok_or_else(|| malformed("holder", "is more than one"))?;
            let id = holder.as_str().or_else(|| holder.get("id")?.as_str());
            Some(id.ok_or_else(|| malformed("holder", "is not an identifier"))?)
        }
    };
    match named {
        Some(holder) if holder.starts_with("did:") => Ok(holder.to_owned()),
        Some(holder) => Err(Refusal::unsure(
            "holder_unsupported",
            format!("Its holder is {holder}, and this service can tell who holds a DID only."),
        )),
        None => {
            Err(Refusal::wrong("unsigned", "It carries no proof and names no holder, so anyone could have made it."))
        }
    }
}

impl Presentation {
    fn well_formed(&self) -> Check {
        let form = if self.secured.jwt.is_some() { ", written as a JWT" } else { "" };
        let message = format!("This is a presentation of {}{form}.", self.model.name());
        Check::passed(CheckName::Format, "well_formed", message)
    }

    /// Each credential as a text of its own: as an object, as a JWT, or as a JWT in an envelope.
    fn credentials(&self) -> Vec<Result<Vec<u8>, Refusal>> {
        let shown = many(self.secured.content.get("verifiableCredential")).iter();
        let each = shown.map(|credential| match credential {
            Value::String(text) if jose::is_compact(text.as_bytes()) => Ok(text.clone().into_bytes()),
            Value::Object(object) if has_type(object, "EnvelopedVerifiableCredential") => object
                .get("id")
                .and_then(|id| enveloped(id, JWT_CREDENTIAL))
                .filter(|text| jose::is_compact(text))
                .map(<[u8]>::to_vec)
                .ok_or_else(|| malformed("verifiableCredential.id", "is not a VC-JWT in a data: URL")),
            Value::Object(_) => Ok(credential.to_string().into_bytes()),
            _ => Err(malformed("verifiableCredential", "is neither an object nor a JWT")),
        });
        each.collect()
    }
}

fn is_typed(document: &Map<String, Value>) -> bool {
    has_type(document, "VerifiablePresentation") || has_type(document, "EnvelopedVerifiablePresentation")
}

fn shown_by(holder: &str, genuine: &Genuine) -> Check {
    let mut message = match genuine.created {
        Some(created) => format!("Signed by its holder, {holder}, on {}.", date::spoken_with_time(created)),
        None => format!("Signed by its holder, {holder}."),
    };
    if genuine.proofs.len() > 1 {
        message += &format!(" Of its {} proofs: {}.", genuine.proofs.len(), genuine.proofs.join("; "));
    }
    Check::passed(CheckName::Proof, "genuine", message)
}

/// Whether one of the signatures that hold was made for this occasion.
fn challenge(occasions: &[Occasion], asked: &AskedOfPresentation) -> Check {
    let failed = |code: &str, message: &str| Check::failed(CheckName::Challenge, code, message);
    let fits = |occasion: &&Occasion, domain: bool| {
        let answered = asked.challenge.is_none_or(|asked| occasion.challenge.as_deref() == Some(asked));
        let meant = asked.domain.is_none_or(|asked| occasion.domains.iter().any(|domain| domain == asked));
        answered && (meant || !domain)
    };
    let any = |says: fn(&Occasion) -> bool| occasions.iter().any(says);
    if occasions.iter().any(|occasion| fits(&occasion, true)) {
        return match asked.challenge {
            Some(_) => Check::passed(
                CheckName::Challenge,
                "challenge_answered",
                "It was made for whoever asked for it, and for this occasion.",
            ),
            None => failed(
                UNASKED,
                "Nobody asked for it here and now, so it may be a copy of what was once shown to another.",
            ),
        };
    }
    let answered = occasions.iter().any(|occasion| fits(&occasion, false));
    match answered {
        false if !any(|occasion| occasion.challenge.is_some()) => {
            failed("challenge_missing", "It does not answer the challenge, so it may be a copy.")
        }
        false => failed("challenge_differs", "It answers another challenge: it was made for another occasion."),
        true if !any(|occasion| !occasion.domains.is_empty()) => {
            failed("domain_missing", "It does not say for whom it was made.")
        }
        true => failed("domain_differs", "It was made for someone else."),
    }
}

/// Whether everything shown was issued to the one who shows it. A subject is believed only of a genuine credential.
fn held_by(holder: &str, credentials: &[Report]) -> Option<Check> {
    let name = CheckName::Holder;
    if credentials.is_empty() {
        return None;
    }
    let Some(claims) = credentials.iter().map(|report| report.claims.as_ref()).collect::<Option<Vec<_>>>() else {
        let message = "Not every credential in it is genuine, so we can't say whom they were issued to.";
        return Some(Check::unchecked(name, "holder_unknown", message));
    };
    let own = claims.iter().all(|claims| claims.subject_id.as_deref() == Some(holder));
    Some(match own {
        true => Check::passed(name, "holder_is_subject", "All of it was issued to the one who shows it."),
        false => Check::failed(
            name,
            "holder_differs",
            "Not all of it was issued to the identifier of the one who shows it; ask how they came by it.",
        ),
    })
}

/// The report of a presentation that nobody can be said to have made: what follows is not looked at.
fn refused(at: CheckName, refusal: Refusal, mut checks: Vec<Check>, now: Timestamp) -> PresentationReport {
    let because = match at {
        CheckName::Format => "Not looked at, because the presentation can't be read.",
        _ => "Not looked at, because the holder's proof does not hold or could not be checked.",
    };
    checks.push(match refusal.wrong {
        true => Check::failed(at, refusal.code, refusal.message),
        false => Check::unchecked(at, refusal.code, refusal.message),
    });
    let all = [CheckName::Format, CheckName::Proof, CheckName::Challenge, CheckName::Holder];
    let rest = all.into_iter().skip(checks.len());
    checks.extend(rest.map(|name| Check::unchecked(name, "not_looked_at", because)));
    PresentationReport { verdict: verdict(&checks), checks, holder: None, credentials: Vec::new(), checked_at: now }
}

/// A refusal by the rules that hold for issuers, told of the holder. Identifiers hold no spaces, so none is changed.
fn of_holder(refusal: Refusal) -> Refusal {
    let message = refusal.message.replace("ts issuer", "ts holder").replace("the issuer", "the holder");
    Refusal { message, ..refusal }
}

fn malformed(path: &str, what: &str) -> Refusal {
    Refusal::wrong("malformed", format!("It is not well-formed: `{path}` {what}."))
}
