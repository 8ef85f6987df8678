//! Five hundred connections held open by clients that send or read next to nothing, from five addresses.

use super::{Server, free_port};
use crate::cli::Deployment;
use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    sync::watch,
    task::JoinSet,
    time::{Instant, interval, sleep, timeout},
};

const EACH: usize = 100;
const ADDRESSES: usize = 5;

#[derive(Clone, Copy, PartialEq)]
enum Slow {
    Head,
    Body,
    /// Asks for a lot and reads none of it.
    Unread,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_slow_connections_keep_nobody_from_an_answer_and_are_ended() {
    let port = free_port();
    let here = Deployment::new(&format!("http://localhost:{port}"));
    let file = fs::read_to_string(here.path("laurel.toml")).unwrap();
    let limits = format!("{file}\n[limits]\nconnections_per_client = {EACH}\n");
    fs::write(here.path("laurel.toml"), limits).unwrap();
    let server = Server::start(&here, port);
    let open = || sockets(server.id());
    let before = open();

    // Nobody says anything before all are there: what some ask for keeps a busy machine from taking the others in time.
    let (begin, begun) = watch::channel(());
    let mut held = JoinSet::new();
    for number in 0..EACH * ADDRESSES {
        let kind = [Slow::Head, Slow::Head, Slow::Body, Slow::Body, Slow::Unread][number % 5];
        held.spawn(hold(kind, address(number / EACH), port, begun.clone()));
    }
    // What a client has opened stands in the system's queue until the server takes it.
    let soon = Instant::now() + Duration::from_secs(5);
    while open() < before + EACH * ADDRESSES {
        assert!(Instant::now() < soon, "they are not held: {} and {before}", open());
        sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(one_more(address(0), port).await, b"", "an address that holds its share gets no more");
    begin.send(()).unwrap();

    let mut took = normal_requests(port).await;
    took.sort();
    let p99 = took[took.len() * 99 / 100];
    println!("{} requests beside 500 slow connections: p99 {p99:?}, longest {:?}", took.len(), took[took.len() - 1]);
    assert!(p99 < Duration::from_secs(1), "{p99:?}");

    // All are ended by the server; those whose body did not come are told so.
    let end = Instant::now() + Duration::from_secs(90);
    while open() > before + 20 {
        assert!(Instant::now() < end, "{} connections are still held", open() - before);
        sleep(Duration::from_millis(200)).await;
    }
    let (mut late_bodies, mut answered_heads) = (0, 0);
    while let Some(done) = held.join_next().await {
        match done.unwrap() {
            (Slow::Body, answer) => late_bodies += usize::from(answer.starts_with(b"HTTP/1.1 408")),
            (Slow::Head, answer) => answered_heads += usize::from(!answer.is_empty()),
            (Slow::Unread, _) => {}
        }
    }
    assert_eq!((late_bodies, answered_heads), (EACH * ADDRESSES * 2 / 5, 0));
}

/// How many sockets a process has; its files come and go as its jobs run.
fn sockets(process: u32) -> usize {
    let handles = fs::read_dir(format!("/proc/{process}/fd")).unwrap().flatten();
    let is_socket = |path: PathBuf| path.to_string_lossy().starts_with("socket:");
    handles.filter(|handle| fs::read_link(handle.path()).is_ok_and(is_socket)).count()
}

/// Address number 0, 1, … beside the one that normal requests come from.
fn address(number: usize) -> Ipv4Addr {
    Ipv4Addr::new(127, 0, 0, 2 + u8::try_from(number).unwrap())
}

async fn connect(from: Ipv4Addr, port: u16, kind: Slow) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((from, 0))).unwrap();
    if kind == Slow::Unread {
        socket.set_recv_buffer_size(4096).unwrap();
    }
    socket.connect(SocketAddr::from(([127, 0, 0, 1], port))).await.unwrap()
}

/// Holds a connection until the server ends it: what it was answered.
async fn hold(kind: Slow, from: Ipv4Addr, port: u16, mut begun: watch::Receiver<()>) -> (Slow, Vec<u8>) {
    let mut stream = connect(from, port, kind).await;
    begun.changed().await.unwrap();
    let begin = match kind {
        Slow::Head => "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ".to_owned(),
        Slow::Body => {
            "POST /api/v1/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
                .to_owned()
        }
        Slow::Unread => "GET /assets/laurel.css HTTP/1.1\r\nHost: x\r\n\r\n".repeat(400),
    };
    stream.write_all(begin.as_bytes()).await.unwrap();
    if kind == Slow::Unread {
        // It reads nothing until the server has surely left it.
        sleep(Duration::from_secs(45)).await;
        return (kind, Vec::new());
    }
    let (mut answer, mut tick) = (Vec::new(), interval(Duration::from_secs(1)));
    let mut some = [0; 4096];
    loop {
        tokio::select! {
            read = stream.read(&mut some) => match read {
                Ok(length) if length > 0 => answer.extend_from_slice(&some[..length]),
                _ => return (kind, answer),
            },
            _ = tick.tick() => {
                // The answer may have come though no more is taken.
                let _ended = stream.write_all(b"x").await;
            }
        }
    }
}

/// What one connection more of an address gets.
async fn one_more(from: Ipv4Addr, port: u16) -> Vec<u8> {
    let mut stream = connect(from, port, Slow::Head).await;
    let _closed = stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    let mut answer = Vec::new();
    let _reset = timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await.expect("it is closed at once");
    answer
}

/// How long each of some hundred requests takes, four at a time.
async fn normal_requests(port: u16) -> Vec<Duration> {
    let mut workers = JoinSet::new();
    for _ in 0..4 {
        workers.spawn(async move {
            let mut took = Vec::new();
            for number in 0..100 {
                let path = ["/healthz", "/", "/.well-known/did.json", "/verify"][number % 4];
                let began = Instant::now();
                let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                let ask = format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
                stream.write_all(ask.as_bytes()).await.unwrap();
                let mut answer = Vec::new();
                stream.read_to_end(&mut answer).await.unwrap();
                assert!(answer.starts_with(b"HTTP/1.1 200"), "{path}: {}", String::from_utf8_lossy(&answer));
                took.push(began.elapsed());
            }
            took
        });
    }
    workers.join_all().await.concat()
}
