//! What a badge says of itself before anyone has checked it: enough to tell it from others in a list, and nothing to go by.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{date, jose, json};

/// In characters; a list has no room for more.
const LONGEST: usize = 200;

/// How a badge is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Open Badges 3.0 with its proof inside.
    Credential,
    /// The same signed around, as a compact JWS.
    Jwt,
    /// Open Badges 2 and 1.
    Older,
}

impl Form {
    pub fn as_str(self) -> &'static str {
        match self {
            Form::Credential => "credential",
            Form::Jwt => "jwt",
            Form::Older => "older",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    pub form: Form,
    pub id: Option<String>,
    pub issuer_id: Option<String>,
    pub issuer_name: Option<String>,
    /// What was earned.
    pub title: Option<String>,
    pub issued: Option<Timestamp>,
    pub ends: Option<Timestamp>,
    /// Whether it is about something earned, and not an endorsement of something.
    pub is_badge: bool,
}

/// Of a document that is JSON or a compact JWS; none of anything else.
pub fn summary(document: &[u8]) -> Option<Summary> {
    let text = std::str::from_utf8(document).ok()?.trim();
    if !jose::is_compact(text.as_bytes()) {
        let Value::Object(document) = json::parse(text.as_bytes()).ok()? else { return None };
        let is_credential = document.contains_key("credentialSubject");
        return Some(if is_credential { of_credential(&document, Form::Credential) } else { of_older(&document) });
    }
    let payload = jose::payload(text.split('.').nth(1)?.as_bytes())?;
    // VC Data Model 1.1 keeps the credential in a claim, whose registered claims may stand for what it lacks.
    let inner = payload.get("vc").and_then(Value::as_object);
    if inner.is_none() && !payload.contains_key("credentialSubject") {
        return Some(of_older(&payload));
    }
    let said = of_credential(inner.unwrap_or(&payload), Form::Jwt);
    let claim = |name: &str| payload.get(name).and_then(Value::as_str).map(str::to_owned);
    let seconds = |name: &str| Timestamp::from_second(payload.get(name)?.as_i64()?).ok();
    Some(Summary {
        id: said.id.or_else(|| claim("jti")),
        issuer_id: said.issuer_id.or_else(|| claim("iss")),
        issued: said.issued.or_else(|| seconds("nbf")),
        ends: said.ends.or_else(|| seconds("exp")),
        ..said
    })
}

fn of_credential(document: &Map<String, Value>, form: Form) -> Summary {
    let (issuer_id, issuer_name) = party(document.get("issuer"));
    let achievement = one(document.get("credentialSubject")).and_then(|subject| one(subject.get("achievement")));
    let when = |names: [&str; 2]| names.iter().find_map(|name| date::parse(document.get(*name)?.as_str()?));
    Summary {
        form,
        id: text(document.get("id")),
        issuer_id,
        issuer_name,
        title: achievement.and_then(|earned| text(earned.get("name"))).or_else(|| text(document.get("name"))),
        issued: when(["validFrom", "issuanceDate"]),
        ends: when(["validUntil", "expirationDate"]),
        is_badge: achievement.is_some(),
    }
}

/// The class and its issuer may stand in it, or be addresses alone.
fn of_older(assertion: &Map<String, Value>) -> Summary {
    let class = one(assertion.get("badge"));
    let (issuer_id, issuer_name) = party(class.and_then(|class| class.get("issuer")));
    let when = |name: &str| match assertion.get(name)? {
        Value::String(text) => date::parse(text),
        Value::Number(seconds) => Timestamp::from_second(seconds.as_i64()?).ok(),
        _ => None,
    };
    Summary {
        form: Form::Older,
        id: text(assertion.get("id")).or_else(|| text(assertion.get("uid"))),
        issuer_id,
        issuer_name,
        title: class.and_then(|class| text(class.get("name"))),
        issued: when("issuedOn"),
        ends: when("expires"),
        is_badge: class.is_some(),
    }
}

/// Id and name of an issuer, which may be its id alone.
fn party(value: Option<&Value>) -> (Option<String>, Option<String>) {
    match one(value) {
        Some(Value::String(id)) => (Some(id.clone()), None),
        Some(issuer) => (text(issuer.get("id")), text(issuer.get("name"))),
        None => (None, None),
    }
}

/// The first of several.
fn one(value: Option<&Value>) -> Option<&Value> {
    match value? {
        Value::Array(values) => values.first(),
        only => Some(only),
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    let text = one(value)?.as_str()?.trim();
    let plain: String = text.chars().filter(|letter| !letter.is_control()).collect();
    (!plain.is_empty()).then_some(plain)
}

impl Summary {
    /// A name that fits a list: of one line, and with nothing in it that no database keeps.
    pub fn short(name: &str) -> String {
        let name = name.replace(|letter: char| letter.is_control(), " ");
        match name.char_indices().nth(LONGEST) {
            Some((at, _)) => format!("{}…", name.get(..at).unwrap_or_default()),
            None => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    use serde_json::json;

    fn of(document: &Value) -> Summary {
        summary(document.to_string().as_bytes()).unwrap()
    }

    fn jws(payload: &Value) -> String {
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.AAAA", part(&json!({"alg": "RS256"})), part(payload))
    }

    fn badge() -> Value {
        json!({
            "id": "https://a.example/1", "issuer": {"id": "did:web:a.example", "name": "A"},
            "validFrom": "2026-01-01T00:00:00Z", "validUntil": "2027-01-01T00:00:00Z",
            "credentialSubject": {"achievement": {"name": " Welder\u{7} "}},
        })
    }

    #[test]
    fn a_badge_is_told_by_what_it_says_in_every_form() {
        let plain = of(&badge());
        assert_eq!((plain.form, plain.title.as_deref(), plain.is_badge), (Form::Credential, Some("Welder"), true));
        assert_eq!(plain.issuer_id.as_deref(), Some("did:web:a.example"));
        assert_eq!(plain.issued.unwrap().to_string(), "2026-01-01T00:00:00Z");
        let signed = summary(format!(" {}\n", jws(&badge())).as_bytes()).unwrap();
        assert_eq!(signed, Summary { form: Form::Jwt, ..plain.clone() });
        let inner = json!({"credentialSubject": {"achievement": {"name": "Welder"}}, "issuer": {"name": "A"}});
        let claims = json!({
            "vc": inner, "iss": "did:web:a.example", "jti": "https://a.example/1", "nbf": 1_767_225_600,
            "exp": 1_798_761_600,
        });
        assert_eq!(summary(jws(&claims).as_bytes()).unwrap(), signed);
    }

    #[test]
    fn an_older_badge_may_keep_its_class_elsewhere() {
        let whole = of(&json!({
            "id": "https://a.example/1", "issuedOn": 1_767_225_600, "expires": "2027-01-01T00:00:00Z",
            "badge": {"name": "Welder", "issuer": {"id": "https://a.example", "name": "A"}},
        }));
        assert_eq!((whole.form, whole.title.as_deref(), whole.is_badge), (Form::Older, Some("Welder"), true));
        assert_eq!(whole.issuer_name.as_deref(), Some("A"));
        let bare = of(&json!({"uid": "7", "badge": "https://a.example/class"}));
        assert_eq!((bare.id.as_deref(), bare.title, bare.is_badge), (Some("7"), None, true));
        assert_eq!(summary(jws(&json!({"id": "x", "badge": "y"})).as_bytes()).unwrap().form, Form::Older);
    }

    #[test]
    fn what_is_no_badge_says_so_or_nothing() {
        assert!(!of(&json!({"credentialSubject": {"endorsementComment": "Good."}})).is_badge);
        assert!(!of(&json!({})).is_badge);
        for none in ["", "7", "[]", "{", "a.b", "<svg/>"] {
            assert_eq!(summary(none.as_bytes()), None, "{none}");
        }
        assert_eq!(Summary::short(&"é".repeat(201)).chars().count(), 201);
    }
}
