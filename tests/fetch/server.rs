//! A small https server with a certificate of its own, one thread a connection. It counts what it was asked for.

use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    time::Duration,
};

pub struct Server {
    pub address: SocketAddr,
    /// Of its own authority, in DER.
    pub certificate: Vec<u8>,
    asked: Arc<Mutex<Vec<String>>>,
}

/// What is answered; `connection` and the length are written by the server.
#[derive(Clone, Default)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// Waits so long before each byte of the body.
    pub pause: Option<Duration>,
}

impl Reply {
    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Reply { status: 200, body: body.into(), ..Reply::default() }.with("content-type", "application/json")
    }

    pub fn to(place: &str) -> Self {
        Reply { status: 302, ..Reply::default() }.with("location", place)
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

impl Server {
    /// A server for some host names; `answer` is given the host and the path, such as `a.example/x`.
    pub fn start(names: &[&str], answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (config, answer, noted) = (Arc::new(config), Arc::new(answer), asked.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, answer, noted) = (config.clone(), answer.clone(), noted.clone());
                std::thread::spawn(move || converse(stream, config, &*answer, &noted));
            }
        });
        Server { address, certificate: made.cert.der().to_vec(), asked }
    }

    /// Every request so far, as host and path.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// One request and its answer; a client that hangs up ends it.
fn converse(
    stream: TcpStream,
    config: Arc<ServerConfig>,
    answer: &dyn Fn(&str) -> Reply,
    asked: &Mutex<Vec<String>>,
) -> Option<()> {
    let mut stream = StreamOwned::new(ServerConnection::new(config).ok()?, stream);
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let path = head.split(' ').nth(1)?;
    let host = head.lines().find_map(|line| line.strip_prefix("host: "))?;
    let wanted = format!("{host}{path}");
    asked.lock().unwrap().push(wanted.clone());
    let reply = answer(&wanted);
    let mut start = format!("HTTP/1.1 {} x\r\nconnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        start.push_str(&format!("{name}: {value}\r\n"));
    }
    start.push_str(&format!("content-length: {}\r\n\r\n", reply.body.len()));
    stream.write_all(start.as_bytes()).ok()?;
    match reply.pause {
        None => stream.write_all(&reply.body).ok()?,
        Some(pause) => {
            for byte in reply.body {
                std::thread::sleep(pause);
                stream.write_all(&[byte]).and_then(|()| stream.flush()).ok()?;
            }
        }
    }
    stream.conn.send_close_notify();
    stream.flush().ok()
}
