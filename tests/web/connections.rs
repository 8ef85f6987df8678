//! Connections that ask for too much, as bytes on the wire.

use crate::cast::Site;
use laurel::actions::config::Limits;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

async fn connected(site: &Site) -> TcpStream {
    TcpStream::connect(site.address.strip_prefix("http://").unwrap()).await.unwrap()
}

/// All that comes until the connection is closed, which must be soon.
async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // One that was closed with bytes unread is reset, which is an end too.
    let _reset = timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await.expect("it is closed");
    String::from_utf8_lossy(&answer).into_owned()
}

/// What is answered to these bytes.
async fn told(site: &Site, bytes: &str) -> String {
    let mut stream = connected(site).await;
    stream.write_all(bytes.as_bytes()).await.unwrap();
    rest(&mut stream).await
}

#[tokio::test]
async fn a_head_too_large_or_with_too_many_fields_is_refused() {
    let site = Site::open().await;
    let ask = async |fields: &str| {
        told(&site, &format!("GET /healthz HTTP/1.1\r\nHost: x\r\n{fields}Connection: close\r\n\r\n")).await
    };
    assert!(ask("").await.starts_with("HTTP/1.1 200"));
    assert!(ask(&format!("X-Long: {}\r\n", "x".repeat(30_000))).await.starts_with("HTTP/1.1 200"));
    assert!(ask(&format!("X-Long: {}\r\n", "x".repeat(33_000))).await.starts_with("HTTP/1.1 431"));
    assert!(ask(&"X-Some: x\r\n".repeat(90)).await.starts_with("HTTP/1.1 200"));
    assert!(ask(&"X-Some: x\r\n".repeat(101)).await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn requests_sent_at_once_are_answered_one_after_the_other() {
    let site = Site::open().await;
    let mut many = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".repeat(200);
    many.push_str("GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let answers = told(&site, &many).await;
    assert_eq!(answers.matches("HTTP/1.1 200").count(), 200);
    assert!(answers.rsplit("HTTP/1.1 ").next().unwrap().starts_with("404"));
}

#[tokio::test]
async fn one_connection_too_many_of_an_address_is_closed_at_once_and_its_place_comes_back() {
    let limits = Limits { connections: 10, connections_per_client: 3, ..Limits::default() };
    let site = Site::limited_to(limits).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(connected(&site).await);
    }
    let mut one_more = connected(&site).await;
    assert_eq!(rest(&mut one_more).await, "");
    held.pop();
    for _ in 0..50 {
        if told(&site, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.contains(" 200 OK") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("a place that was given back is not given out again");
}
