//! A served deployment, with the command line at work beside it.

mod slow;

use crate::cli::{Deployment, command};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    process::{Child, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

#[test]
fn a_rotation_beside_a_running_server_counts_at_once() {
    let port = free_port();
    let here = Deployment::new(&format!("http://localhost:{port}"));
    let token = here.done(&["token", "create", "--name", "t", "--scope", "issue"]).trim().to_owned();
    let _server = Server::start(&here, port);
    let give = |email: &str| {
        let answer = post_csv(port, &token, email, &format!("name,email,level\nAda,{email},craft.pro\n")).unwrap();
        let report: serde_json::Value = serde_json::from_str(&answer).unwrap();
        let id = report["rows"][0]["award"].as_str().unwrap().to_owned();
        get(port, &format!("/badges/{id}.json")).unwrap()
    };
    let old = give("old@example.com");
    here.done(&["keys", "rotate"]);
    let keys = here.done(&["keys", "list"]);
    let of_state = |state: &str| {
        let line = keys.lines().find(|line| line.contains(&format!("  credential  {state}"))).unwrap();
        line.split_whitespace().next().unwrap().to_owned()
    };
    let (retired, active) = (of_state("retired"), of_state("active"));
    let new = give("new@example.com");
    assert!(old.contains(&retired) && new.contains(&active), "{keys}");
    let did = get(port, "/.well-known/did.json").unwrap();
    assert!(did.contains(&retired) && did.contains(&active), "{did}");
    for (name, badge) in [("old.json", old), ("new.json", new)] {
        fs::write(here.path(name), badge).unwrap();
        assert!(here.done(&["verify", name]).starts_with("Valid"));
    }
}

#[test]
fn the_doctor_finds_a_served_installation_sound_and_says_what_is_wrong_with_another() {
    let port = free_port();
    let here = Deployment::new(&format!("http://localhost:{port}"));
    let alone = here.run(&["doctor"]);
    assert!(!alone.status.success() && String::from_utf8_lossy(&alone.stdout).contains("FAIL  did.json"));
    let _server = Server::start(&here, port);
    let sound = here.done(&["doctor"]);
    assert_eq!(sound.lines().filter(|line| line.starts_with("ok  ")).count(), 13, "{sound}");
    fs::set_permissions(here.path("keys"), fs::Permissions::from_mode(0o755)).unwrap();
    let open = here.run(&["doctor"]);
    assert!(!open.status.success() && String::from_utf8_lossy(&open.stdout).contains("chmod 700"));
}

pub struct Server(Arc<Mutex<Child>>);

impl Server {
    /// Starts it and waits until it serves.
    pub fn start(here: &Deployment, port: u16) -> Self {
        let mut child = command(&here.path(""), &["serve", "--listen", &format!("127.0.0.1:{port}")])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert!(said.starts_with("Laurel serves"), "the server does not start: {said}");
        Server(Arc::new(Mutex::new(child)))
    }

    /// Of its process.
    pub fn id(&self) -> u32 {
        self.0.lock().unwrap().id()
    }

    /// SIGKILL: no handler runs, no buffer is flushed.
    pub fn kill_after(&self, delay: Duration) -> thread::JoinHandle<()> {
        let child = Arc::clone(&self.0);
        thread::spawn(move || {
            thread::sleep(delay);
            let mut child = child.lock().unwrap();
            child.kill().unwrap();
            child.wait().unwrap();
        })
    }
}

impl Drop for Server {
    /// A failed test leaves no server behind.
    fn drop(&mut self) {
        if let Ok(mut child) = self.0.lock() {
            let _gone_already = child.kill();
            let _gone_already = child.wait();
        }
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The answer to a CSV of recipients, when a whole one came.
pub fn post_csv(port: u16, token: &str, key: &str, csv: &str) -> Option<String> {
    let head = format!(
        "POST /api/v1/awards HTTP/1.1\r\nHost: localhost:{port}\r\nAuthorization: Bearer {token}\r\n\
         Idempotency-Key: {key}\r\nContent-Type: text/csv\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        csv.len()
    );
    exchange(port, &(head + csv))
}

pub fn get(port: u16, path: &str) -> Option<String> {
    exchange(port, &format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"))
}

/// The body of a good answer, when all of it came.
fn exchange(port: u16, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let mut fields = head.lines().filter_map(|line| line.split_once(':'));
    let (_, length) = fields.find(|(name, _)| name.eq_ignore_ascii_case("content-length"))?;
    if length.trim().parse() != Ok(body.len()) {
        return None;
    }
    assert!(head.starts_with("HTTP/1.1 2"), "{answer}");
    Some(body.to_owned())
}
