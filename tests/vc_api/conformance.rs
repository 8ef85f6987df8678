//! `laurel serve --profile conformance`, over https with the certificate it made.

use super::*;
use sha2::{Digest, Sha256};
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

struct Served {
    child: Child,
    base_url: String,
    issuer: String,
    client: reqwest::Client,
    fingerprint: String,
    certificate: Vec<u8>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Starts it in a folder that is not there yet, and trusts its certificate and no other.
fn start(folder: &std::path::Path) -> Served {
    let mut child = Command::new(env!("CARGO_BIN_EXE_laurel"))
        .args(["serve", "--profile", "conformance", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder)
        .env_clear()
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told: Vec<String> = lines.map(Result::unwrap).take_while(|line| !line.starts_with("Anyone")).collect();
    let after = |what: &str| {
        let line =
            told.iter().find_map(|line| line.trim().strip_prefix(what)).unwrap_or_else(|| panic!("{what}: {told:?}"));
        line.trim().to_owned()
    };
    let base_url = told[0].rsplit(' ').next().unwrap().to_owned();
    let pem = std::fs::read(after("the certificate")).unwrap();
    let body: String = String::from_utf8(pem.clone()).unwrap().lines().filter(|line| !line.starts_with('-')).collect();
    let certificate = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, body).unwrap();
    let trusted = reqwest::Certificate::from_pem(&pem).unwrap();
    // Only the first test can set it; the others find the same.
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().tls_certs_only([trusted]).no_proxy().build().unwrap();
    Served { base_url, issuer: after("the issuer"), fingerprint: after("its SHA-256"), child, client, certificate }
}

impl Served {
    async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        let sent = self.client.post(format!("{}{path}", self.base_url)).json(body).send().await.unwrap();
        (sent.status(), sent.json().await.unwrap())
    }
}

#[tokio::test]
async fn the_conformance_profile_issues_revokes_and_verifies_over_https_from_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let served = start(&folder.path().join("new"));
    assert!(served.base_url.starts_with("https://localhost:"), "{}", served.base_url);
    assert!(served.issuer.starts_with("did:key:z6Mk"), "{}", served.issuer);
    let digest: Vec<String> = Sha256::digest(&served.certificate).iter().map(|byte| format!("{byte:02X}")).collect();
    assert_eq!(served.fingerprint, digest.join(":"));

    // Nobody needs a token here, and what is signed has the one name of a did:key's key.
    let id = "urn:uuid:86294362-4254-4f36-854f-3952fe42555d";
    let options = json!({"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}});
    let (status, issued) =
        served.post("/credentials/issue", &json!({"credential": with(json!({"id": id})), "options": options})).await;
    assert_eq!(status, StatusCode::CREATED, "{issued}");
    let signed = &issued["verifiableCredential"];
    let method = format!("{0}#{1}", served.issuer, served.issuer.trim_start_matches("did:key:"));
    assert_eq!((&signed["issuer"], &signed["proof"]["verificationMethod"]), (&json!(served.issuer), &json!(method)));
    let verified = json!({"verifiableCredential": signed, "options": {"checks": ["proof", "credentialStatus"]}});
    assert_eq!(served.post("/credentials/verify", &verified).await.0, StatusCode::OK);
    let list = signed["credentialStatus"]["statusListCredential"].as_str().unwrap();
    let list: Value = served.client.get(list).send().await.unwrap().json().await.unwrap();
    assert_eq!((&list["issuer"], &list["type"][1]), (&json!(served.issuer), &json!("BitstringStatusListCredential")));
    let change = json!({"credentialId": id, "credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}});
    assert_eq!(served.post("/credentials/status", &change).await.0, StatusCode::OK);
    let (status, answer) = served.post("/credentials/verify", &verified).await;
    assert_eq!((status, &answer["verified"]), (StatusCode::BAD_REQUEST, &json!(false)), "{answer}");

    for (bad, path) in [
        (with(json!({"issuer": "did:web:another.example"})), "credential.issuer"),
        (with(json!({"credentialSubject": {}})), "credential.credentialSubject"),
        (with(json!({"type": ["Kind"]})), "credential.type"),
    ] {
        let (status, problem) = served.post("/credentials/issue", &json!({"credential": bad})).await;
        assert_eq!((status, &problem["errors"][0]["field"]), (StatusCode::BAD_REQUEST, &json!(path)));
    }
    // Open is the VC-API, and nothing beside it.
    let (status, _) = served.post("/api/v1/awards", &json!({"level": "a.b"})).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let stranger = reqwest::Client::builder().no_proxy().build().unwrap();
    assert!(stranger.get(&served.base_url).send().await.is_err(), "no one trusts the certificate unasked");
    let plain = served.base_url.replace("https:", "http:");
    assert!(stranger.get(plain).send().await.is_err(), "there is no plain http");
}

#[tokio::test]
async fn a_client_that_does_not_finish_its_handshake_keeps_no_one_else_waiting() {
    use tokio::io::AsyncWriteExt;
    let folder = tempfile::tempdir().unwrap();
    let served = start(&folder.path().join("new"));
    let address = served.base_url.replace("https://localhost", "127.0.0.1");
    let mut waiting = Vec::new();
    for _ in 0..20 {
        let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
        stream.write_all(&[0x16, 0x03, 0x01]).await.unwrap();
        waiting.push(stream);
    }
    let answer = served.client.get(format!("{}/healthz", served.base_url)).send();
    let answer = tokio::time::timeout(std::time::Duration::from_secs(5), answer).await.unwrap().unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
}
