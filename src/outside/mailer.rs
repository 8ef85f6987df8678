//! Sends mail, by the company's own SMTP server.
//!
//! - A mail is the same however often it is tried: Message-ID and date come from its record, so that whoever receives it twice can tell.
//! - The connection is encrypted, and the server's certificate checked, unless the configuration says `none`; a password never goes
//!   unencrypted to another machine.
//! - One that takes longer than [`PATIENCE`] has failed: a job comes again after its lease, and must be over by then.

use crate::domain::{letter::Mail, letter_html::html};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{ContentDisposition, ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};
use memchr::memmem;
use serde::{Deserialize, Serialize};
use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, UNIX_EPOCH},
};
use zeroize::Zeroizing;

/// Twenty jobs are taken at once, for five minutes.
const PATIENCE: Duration = Duration::from_secs(14);
const PEM: &[u8] = b"-----BEGIN CERTIFICATE-----";

pub enum Mailer {
    /// Not set up: letters wait.
    None,
    Smtp(Box<Smtp>),
    /// Keeps what it is given, for tests.
    Memory(Memory),
}

pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// The right side of every Message-ID.
    host: String,
}

#[derive(Default)]
pub struct Memory {
    sent: Mutex<Vec<Mail>>,
    /// Whether it refuses everything now.
    pub down: AtomicBool,
}

/// The SMTP server and how to speak with it.
#[derive(Clone)]
pub struct Relay {
    pub host: String,
    pub port: Option<u16>,
    pub security: Security,
    /// User and password.
    pub credentials: Option<(String, Zeroizing<String>)>,
    /// A certificate (PEM) that is trusted beside the machine's own.
    pub authority: Option<Vec<u8>>,
    /// `badges@acme.example` or `Acme Academy <badges@acme.example>`.
    pub from: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// Encrypted from the start.
    Implicit,
    /// Encrypted before anything is said; refused where the server can't.
    StartTls,
    None,
}

#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("mail is not set up; name a server under [mail] in laurel.toml")]
    NotSetUp,
    #[error("the mail has a control character in its subject or address, or a quoted address, and is not sent")]
    Injected,
    #[error("the mail can't be put together: {0}")]
    Unwritable(String),
    #[error("the mail server did not take it: {0}")]
    Refused(String),
    #[error("the mail server did not answer within {} seconds", PATIENCE.as_secs())]
    Late,
}

impl Mailer {
    /// `host` is that of this service.
    pub fn smtp(relay: Relay, host: &str) -> Result<Self, String> {
        Ok(Mailer::Smtp(Box::new(Smtp::new(relay, host)?)))
    }

    pub fn is_set_up(&self) -> bool {
        !matches!(self, Mailer::None)
    }

    pub async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        if !mail.has_plain_headers() {
            return Err(MailError::Injected);
        }
        match self {
            Mailer::None => Err(MailError::NotSetUp),
            Mailer::Smtp(smtp) => smtp.send(mail).await,
            Mailer::Memory(memory) => memory.keep(mail),
        }
    }

    /// Whether the server answers and lets us in.
    pub async fn try_out(&self) -> Result<(), MailError> {
        match self {
            Mailer::None => Err(MailError::NotSetUp),
            Mailer::Smtp(smtp) => match in_time(smtp.transport.test_connection()).await? {
                true => Ok(()),
                false => Err(MailError::Refused("it ended the conversation".to_owned())),
            },
            Mailer::Memory(_) => Ok(()),
        }
    }
}

impl Smtp {
    fn new(relay: Relay, host: &str) -> Result<Self, String> {
        let Relay { host: server, port, security, credentials, authority, from } = relay;
        let from = from.parse::<Mailbox>().map_err(|why| format!("from: “{from}” is no address: {why}"))?;
        let tls = || -> Result<TlsParameters, String> {
            let mut tls = TlsParameters::builder(server.clone());
            if let Some(pem) = &authority {
                if memmem::find(pem, PEM).is_none() {
                    return Err("authority: holds no certificate in PEM".to_owned());
                }
                let known = Certificate::from_pem(pem).map_err(|why| format!("authority: is no certificate: {why}"))?;
                tls = tls.add_root_certificate(known);
            }
            tls.build().map_err(|why| format!("tls: {why}"))
        };
        let (tls, usual) = match security {
            Security::Implicit => (Tls::Wrapper(tls()?), 465),
            Security::StartTls => (Tls::Required(tls()?), 587),
            Security::None => (Tls::None, 25),
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.as_str())
            .port(port.unwrap_or(usual))
            .tls(tls)
            .hello_name(ClientId::Domain(host.to_owned()))
            .timeout(Some(PATIENCE));
        if let Some((user, password)) = credentials {
            transport = transport.credentials(Credentials::new(user, password.to_string()));
        }
        Ok(Smtp { transport: transport.build(), from, host: host.to_owned() })
    }

    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = self.message(mail).map_err(|why| MailError::Unwritable(why.to_string()))?;
        in_time(self.transport.send(message)).await.map(drop)
    }

    /// The same bytes each time.
    fn message(&self, mail: &Mail) -> Result<Message, Box<dyn std::error::Error>> {
        let written = Duration::from_secs(u64::try_from(mail.created_at.as_second())?);
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, mail.recipient.parse()?))
            .subject(mail.subject.as_str())
            .date(UNIX_EPOCH + written)
            .message_id(Some(format!("<{}@{}>", mail.id, self.host)));
        for (name, value) in [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")] {
            // Nobody's holiday answer is wanted.
            message = message.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned()));
        }
        // One click in the mail program is enough (RFC 8058); that takes https.
        if let Some(url) = mail.stop_url.as_ref().filter(|url| url.starts_with("https://")) {
            for (name, value) in [
                ("List-Unsubscribe", format!("<{url}>")),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into()),
            ] {
                message = message.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
            }
        }
        // The same words twice: programs show what they can.
        let forms = MultiPart::alternative().boundary(format!("laurel-forms-{}", mail.id));
        let forms =
            forms.singlepart(SinglePart::plain(mail.text.clone())).singlepart(SinglePart::html(html(&mail.text)));
        let Some(calendar) = &mail.calendar else { return Ok(message.multipart(forms)?) };
        let calendar = SinglePart::builder()
            .header(ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH")?)
            .header(ContentDisposition::attachment("laurel.ics"))
            .body(calendar.clone());
        let parts = MultiPart::mixed().boundary(format!("laurel-{}", mail.id));
        Ok(message.multipart(parts.multipart(forms).singlepart(calendar))?)
    }
}

impl Memory {
    /// Everything it was given, the oldest first.
    pub fn sent(&self) -> Vec<Mail> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, mail: &Mail) -> Result<(), MailError> {
        if self.down.load(Ordering::Relaxed) {
            return Err(MailError::Refused("it is down".to_owned()));
        }
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
        Ok(())
    }
}

async fn in_time<T>(answer: impl Future<Output = Result<T, lettre::transport::smtp::Error>>) -> Result<T, MailError> {
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(answered) => answered.map_err(|why| MailError::Refused(why.to_string())),
        Err(_) => Err(MailError::Late),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay() -> Relay {
        Relay {
            host: "localhost".into(),
            port: None,
            security: Security::None,
            credentials: None,
            authority: None,
            from: "Acme Academy <badges@acme.example>".into(),
        }
    }

    fn mail() -> Mail {
        Mail {
            id: "M1".into(),
            recipient: "ada@acme.example".into(),
            subject: "Grüße".into(),
            text: "Guten Tag,\n\nalles gut.\n".into(),
            calendar: None,
            until: None,
            stop_url: None,
            created_at: "2026-11-24T12:00:00Z".parse().unwrap(),
            sent_at: None,
        }
    }

    #[test]
    fn a_mail_is_the_same_bytes_each_time_it_is_tried() {
        let smtp = Smtp::new(relay(), "badges.acme.example").unwrap();
        let with_calendar = Mail { calendar: Some("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".into()), ..mail() };
        for mail in [mail(), with_calendar] {
            let bytes = || smtp.message(&mail).unwrap().formatted();
            assert_eq!(bytes(), bytes());
            let text = String::from_utf8(bytes()).unwrap();
            assert!(text.contains("\r\nMessage-ID: <M1@badges.acme.example>\r\n"), "{text}");
            assert!(text.contains("\r\nDate: Tue, 24 Nov 2026 12:00:00 +0000\r\n"), "{text}");
            assert!(text.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{text}");
            assert!(
                text.contains("multipart/alternative") && text.contains("Content-Type: text/html; charset=utf-8"),
                "{text}"
            );
            assert_eq!(text.contains("text/calendar; charset=utf-8; method=PUBLISH"), mail.calendar.is_some());
        }
    }

    #[test]
    fn a_letter_that_can_be_stopped_says_so_to_mail_programs_and_no_other_does() {
        let smtp = Smtp::new(relay(), "badges.acme.example").unwrap();
        let said = |stop_url: Option<&str>| {
            let mail = Mail { stop_url: stop_url.map(str::to_owned), ..mail() };
            String::from_utf8(smtp.message(&mail).unwrap().formatted()).unwrap()
        };
        let stoppable = said(Some("https://badges.acme.example/letters/abc"));
        assert!(
            stoppable.contains("\r\nList-Unsubscribe: <https://badges.acme.example/letters/abc>\r\n"),
            "{stoppable}"
        );
        assert!(stoppable.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{stoppable}");
        for other in [said(None), said(Some("http://localhost:8080/letters/abc"))] {
            assert!(!other.contains("List-Unsubscribe"), "{other}");
        }
    }

    #[tokio::test]
    async fn a_mail_with_a_header_in_its_subject_is_refused_whoever_would_send_it() {
        let bad = Mail { subject: "Hello\r\nBcc: x@y.example".into(), ..mail() };
        for mailer in [Mailer::smtp(relay(), "a.example").unwrap(), Mailer::Memory(Memory::default())] {
            assert!(matches!(mailer.send(&bad).await, Err(MailError::Injected)));
        }
    }

    /// A quoted local part may hold whatever ends an address elsewhere; nobody's mailbox is called so.
    #[tokio::test]
    async fn a_mail_to_a_quoted_local_part_is_refused_whoever_would_send_it() {
        for recipient in [
            "\"ada> rcpt to:<eve\"@acme.example",
            "\"ada, eve\"@acme.example",
            "\"ada\"@acme.example",
            "<eve@x.example>",
        ] {
            let bad = Mail { recipient: recipient.into(), ..mail() };
            for mailer in [Mailer::smtp(relay(), "a.example").unwrap(), Mailer::Memory(Memory::default())] {
                assert!(matches!(mailer.send(&bad).await, Err(MailError::Injected)), "{recipient}");
            }
        }
    }

    #[test]
    fn a_sender_that_is_no_address_is_refused() {
        for from in ["", "Acme", "Acme <acme>", "a@b.example\r\nBcc: c@d.example"] {
            let relay = Relay { from: from.into(), ..relay() };
            assert!(Smtp::new(relay, "a.example").is_err_and(|why| why.starts_with("from:")), "{from:?}");
        }
        let relay = Relay { security: Security::StartTls, authority: Some(b"x".to_vec()), ..relay() };
        assert!(Smtp::new(relay, "a.example").is_err(), "no certificate");
    }
}
