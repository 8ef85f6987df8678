//! The people of the tests that go over HTTP, the company they work for, and its site served on a free port.
//!
//! The company is built once, by the same actions as anyone's, and each test gets a copy of its database. The clock
//! stands still at noon on 24 November 2026 until a test moves it.

use jiff::Timestamp;
use laurel::{
    actions::{
        App, Config,
        award_view::AwardView,
        config::Limits,
        import_program::import_program,
        init::{self, NewIssuer},
        issue::{Batch, issue},
        people as directory, roles, sessions, tokens,
    },
    credential::verify::Registry,
    domain::{
        actor::{Actor, Grant, Role, Scope},
        directory::NewPerson,
        program_file,
        recipient::{AwardRequest, RecipientRequest},
        session::Method,
        trust::TrustedIssuer,
    },
    outside::{
        clock::Clock,
        depot::Depot,
        fetch::{Fetcher, Network, Reach},
        mailer::{Mailer, Memory},
        random::Random,
        secret::Secret,
        vault::{KeyLabel, Purpose, Vault},
    },
    store::{Db, events, people},
    web::{self, session},
};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::Value;
use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, LazyLock},
};
use tempfile::TempDir;
use tokio::net::TcpListener;

pub const BASE_URL: &str = "https://badges.acme.example";
pub const NOW: &str = "2026-11-24T12:00:00Z";

/// Someone who receives badges.
#[derive(Clone, Copy)]
pub struct Cast {
    pub name: &'static str,
    pub email: &'static str,
    pub team: Option<&'static str>,
    /// Agreed to be named.
    pub named: bool,
}

pub const ADA: Cast = Cast { name: "Ada Obi", email: "ada.obi@acme.example", team: Some("Platform"), named: true };
pub const BAO: Cast =
    Cast { name: "Bao Nguyen", email: "bao.nguyen@acme.example", team: Some("Platform"), named: true };
/// Has not agreed to be named.
pub const CHIARA: Cast =
    Cast { name: "Chiara Rossi", email: "chiara.rossi@acme.example", team: Some("Payments"), named: false };
pub const DEV: Cast = Cast { name: "Dev Patel", email: "dev.patel@acme.example", team: None, named: true };

pub const PRACTITIONER: &str = "craft.practitioner";
/// Lasts two years, renewable in its last 90 days.
pub const PROFESSIONAL: &str = "craft.professional";
/// For ever.
pub const MASTER: &str = "craft.master";

const PROGRAM: &str = r##"
id = "craft"
name = "Software Craft"
description = "How we build at Acme."

[[levels]]
id = "practitioner"
name = "Practitioner"
description = "Builds with guidance."
criteria = "* has shipped with a team"
validity = "P2Y"

[[levels]]
id = "professional"
name = "Professional"
description = "Builds well alone."
criteria = "* has led a change\n* has **reviewed** others"
validity = "P2Y"
renewal_window = "P90D"
tags = ["craft"]
[[levels.alignments]]
name = "Programming"
url = "https://sfia-online.org/en/sfia-9/skills/prog"
framework = "SFIA 9"
code = "PROG"

[[levels]]
id = "master"
name = "Master"
description = "Shapes how others build."
criteria = "* teaches"
"##;

/// The company's site, served, with its clock and records at hand.
pub struct Site {
    pub app: Arc<App>,
    /// `http://127.0.0.1:…`; the addresses inside pages and documents begin with [`BASE_URL`].
    pub address: String,
    pub client: reqwest::Client,
    folder: TempDir,
}

impl Site {
    pub async fn open() -> Self {
        Site::with(no_network(), Vec::new()).await
    }

    /// The site with a network of the test's own for look-ups.
    pub async fn looking_up_with(fetcher: Fetcher) -> Self {
        Site::with(fetcher, Vec::new()).await
    }

    /// The site with a network of the test's own, and issuers it trusts.
    pub async fn with(fetcher: Fetcher, trusted_issuers: Vec<TrustedIssuer>) -> Self {
        Site::set_up(fetcher, |config| config.trusted_issuers = trusted_issuers).await
    }

    /// The site that asks registries too.
    pub async fn asking(fetcher: Fetcher, registries: Vec<Registry>, trusted_issuers: Vec<TrustedIssuer>) -> Self {
        Site::set_up(fetcher, |config| {
            config.registries = registries.into();
            config.trusted_issuers = trusted_issuers;
        })
        .await
    }

    /// The site with limits that a test reaches.
    pub async fn limited_to(limits: Limits) -> Self {
        Site::set_up(no_network(), |config| config.limits = limits).await
    }

    /// The site with a storage of evidence of the test's own.
    pub async fn keeping_files_in(depot: Depot) -> Self {
        Site::built(no_network(), |app| app.depot = depot).await
    }

    /// The site with a network and a configuration of the test's own.
    pub async fn set_up(fetcher: Fetcher, change: impl FnOnce(&mut Config)) -> Self {
        Site::built(fetcher, |app| change(&mut app.config)).await
    }

    async fn built(fetcher: Fetcher, change: impl FnOnce(&mut App)) -> Self {
        let template = &*TEMPLATE;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("laurel.db");
        std::fs::write(&file, &template.database).unwrap();
        let mut app = App { fetcher, ..app(&file).await };
        change(&mut app);
        for (label, secret) in &template.keys {
            app.vault.keep(label.clone(), secret.clone()).unwrap();
        }
        Site::serve(Arc::new(app), folder, client()).await
    }

    /// Another deployment served: a company of a test's own.
    pub async fn of(app: Arc<App>) -> Self {
        Site::serve(app, tempfile::tempdir().unwrap(), client()).await
    }

    /// The same company as its records are now, to go on by itself.
    pub async fn copied(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("laurel.db");
        self.app.db.copy_to(&file).await.unwrap();
        let app = App { depot: self.app.depot.clone(), config: self.app.config.clone(), ..app(&file).await };
        app.clock.set(self.app.clock.now());
        for (label, secret) in &TEMPLATE.keys {
            app.vault.keep(label.clone(), secret.clone()).unwrap();
        }
        Site::serve(Arc::new(app), folder, self.client.clone()).await
    }

    /// The site by the address that it is served at, where another service reaches it.
    pub async fn known_as_itself() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("laurel.db");
        std::fs::write(&file, &TEMPLATE.database).unwrap();
        let mut app = app(&file).await;
        app.config.base_url = address.clone();
        let app = Arc::new(app);
        tokio::spawn(web::serve(app.clone(), listener, std::future::pending()));
        Site { app, address, client: client(), folder }
    }

    async fn serve(app: Arc<App>, folder: TempDir, client: reqwest::Client) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(web::serve(app.clone(), listener, std::future::pending()));
        Site { app, address, client, folder }
    }

    /// The same company's records served beside, with another network and other issuers that are trusted.
    pub async fn beside(&self, fetcher: Fetcher, trusted_issuers: Vec<TrustedIssuer>) -> Self {
        let mut config = self.app.config.clone();
        config.trusted_issuers = trusted_issuers;
        let app = App {
            db: self.app.db.clone(),
            vault: Vault::memory(),
            depot: self.app.depot.clone(),
            clock: Clock::fixed(NOW.parse::<Timestamp>().unwrap()),
            random: Random::System,
            fetcher,
            mailer: Mailer::None,
            config,
        };
        Site::serve(Arc::new(app), tempfile::tempdir().unwrap(), self.client.clone()).await
    }

    pub fn request(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.address))
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(reqwest::Method::GET, path).send().await.unwrap()
    }

    pub async fn get_as(&self, path: &str, accept: &str) -> Response {
        self.request(reqwest::Method::GET, path).header("accept", accept).send().await.unwrap()
    }

    /// A page's HTML, which must be there.
    pub async fn page(&self, path: &str) -> String {
        let response = self.get_as(path, "text/html,*/*;q=0.8").await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.text().await.unwrap()
    }

    /// Sends JSON with the token that may do everything.
    pub async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        let sent = self.request(reqwest::Method::POST, path).bearer_auth(token("all")).json(body).send().await.unwrap();
        (sent.status(), sent.json().await.unwrap())
    }

    /// Gives an award from now on, by the same action as the API.
    pub async fn award(&self, to: Cast, level: &str, visibility: &str) -> AwardView {
        let request = AwardRequest {
            level: level.into(),
            recipient: RecipientRequest {
                name: to.name.into(),
                email: to.email.into(),
                team: to.team.map(str::to_owned),
                name_public: Some(to.named),
            },
            visibility: Some(visibility.into()),
            ..Default::default()
        };
        let outcome = issue(&self.app, &Actor::Operator, Batch::One(Box::new(request)), None).await.unwrap();
        outcome.body.awards.into_iter().next().unwrap()
    }

    /// The id of this person in the directory, where they are from now on if they were not.
    pub async fn person(&self, who: Cast) -> String {
        let found = people::by_email(&mut self.app.db.read().await.unwrap(), who.email).await.unwrap();
        if let Some(person) = found {
            return person.id;
        }
        let new = NewPerson { email: who.email.into(), name: who.name.into(), ..Default::default() };
        directory::add(&self.app, &Actor::Operator, &new).await.unwrap().person.id
    }

    /// Gives them a role, in one program or in all.
    pub async fn grant(&self, who: Cast, role: Role, program: Option<&str>) {
        let id = self.person(who).await;
        let grant = Grant { role, program: program.map(str::to_owned) };
        roles::grant(&self.app, &Actor::Operator, &id, &grant, "").await.unwrap();
    }

    /// A browser in which this person has just signed in.
    pub async fn signed_in(&self, who: Cast) -> Browser<'_> {
        let id = self.person(who).await;
        let known = sessions::Browser { user_agent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0", before: None };
        let opened = sessions::open(&self.app, &id, Method::Oidc, known).await.unwrap();
        Browser { site: self, person_id: id, secret: opened.secret, session_id: opened.session.id }
    }

    /// The file of its database.
    pub fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("laurel.db")
    }

    pub fn at(&self, time: &str) {
        self.app.clock.set(time.parse().unwrap());
    }

    /// How much is in the record: people, and everything that ever happened. Nothing is written without an event.
    pub async fn written(&self) -> (usize, usize) {
        let mut conn = self.app.db.read().await.unwrap();
        let people = people::all(&mut conn).await.unwrap().len();
        let events = events::page(&mut conn, 0, 10_000).await.unwrap().len();
        (people, events)
    }
}

/// Someone's browser, with the cookie that they got.
pub struct Browser<'a> {
    pub site: &'a Site,
    pub person_id: String,
    pub secret: String,
    pub session_id: String,
}

impl Browser<'_> {
    pub fn request(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        let accept = "text/html,application/xhtml+xml,*/*;q=0.8";
        let asked = self.site.request(method, path).header("accept", accept);
        asked.header("cookie", format!("theme=dark; __Host-laurel={}", self.secret))
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(reqwest::Method::GET, path).send().await.unwrap()
    }

    /// A page's HTML, which must be there.
    pub async fn page(&self, path: &str) -> String {
        let response = self.get(path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.text().await.unwrap()
    }

    /// What the hidden field `csrf` of this session's forms says.
    pub fn csrf(&self) -> String {
        session::csrf(&self.secret)
    }

    /// Sends a form as one of our pages does.
    pub async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let csrf = self.csrf();
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
        let request = self.request(reqwest::Method::POST, path).header("origin", BASE_URL);
        form(request, &fields).send().await.unwrap()
    }

    /// Sends a form of several parts as one of our pages does: the token first, and this part, of which the first is the head, last.
    pub async fn send_parts(&self, path: &str, fields: &[(&str, &str)], last: (&str, &[u8])) -> Response {
        let csrf = self.csrf();
        let fields: Vec<(&str, &str)> = [("csrf", csrf.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.send_parts_bare(path, &fields, last).await
    }

    /// The same with these fields alone.
    pub async fn send_parts_bare(&self, path: &str, fields: &[(&str, &str)], last: (&str, &[u8])) -> Response {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        body.extend_from_slice(format!("--cut\r\n{}", last.0).as_bytes());
        body.extend_from_slice(last.1);
        body.extend_from_slice(b"\r\n--cut--\r\n");
        let request = self.request(reqwest::Method::POST, path).header("origin", BASE_URL);
        request.header("content-type", "multipart/form-data; boundary=cut").body(body).send().await.unwrap()
    }
}

/// A form's fields as a browser sends them.
pub fn form(request: RequestBuilder, fields: &[(&str, &str)]) -> RequestBuilder {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    request.header("content-type", "application/x-www-form-urlencoded").body(body)
}

/// The secret of the token that may do this: `issue`, `revoke`, `read`, `trust`, `provision`, `webhooks`, or `all`.
pub fn token(may: &str) -> &'static str {
    &TEMPLATE.tokens[may]
}

struct Template {
    database: Vec<u8>,
    keys: Vec<(KeyLabel, Secret)>,
    tokens: HashMap<&'static str, String>,
}

static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
    // A runtime of its own: the first test to come here is inside another.
    let build = || tokio::runtime::Runtime::new().unwrap().block_on(build());
    std::thread::spawn(build).join().unwrap()
});

async fn build() -> Template {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("laurel.db");
    let app = app(&file).await;
    let new = NewIssuer {
        id: "acme".into(),
        name: "Acme & Sons".into(),
        url: Some("https://acme.example".into()),
        email: Some("badges@acme.example".into()),
        linkedin_id: None,
        time_zone: "Europe/Berlin".into(),
        show_revocation_reason: false,
    };
    let issuer = init::check(&new, BASE_URL).unwrap();
    init::init(&app, &Actor::Operator, issuer, None).await.unwrap();
    let program = program_file::read(PROGRAM, false).unwrap();
    import_program(&app, &Actor::Operator, program, HashMap::new()).await.unwrap();
    let mut secrets = HashMap::new();
    for (name, scopes) in [
        ("issue", vec![Scope::Issue]),
        ("revoke", vec![Scope::Revoke]),
        ("read", vec![Scope::Read]),
        ("trust", vec![Scope::Trust]),
        ("provision", vec![Scope::Provision]),
        ("webhooks", vec![Scope::Webhooks]),
        ("all", Scope::ALL.to_vec()),
    ] {
        secrets.insert(name, tokens::create(&app, &Actor::Operator, name, &scopes).await.unwrap().secret);
    }
    let labels = app.vault.labels().unwrap();
    let secret = |label: &KeyLabel| -> Secret {
        match label.purpose {
            Purpose::Jwt => app.vault.jwt_signer(&label.fragment).unwrap().into(),
            purpose => app.vault.signer(&label.fragment, purpose).unwrap().into(),
        }
    };
    let keys = labels.iter().map(|label| (label.clone(), secret(label))).collect();
    app.db.close().await;
    Template { database: std::fs::read(&file).unwrap(), keys, tokens: secrets }
}

async fn app(file: &Path) -> App {
    let db = Db::open(file.to_str().unwrap()).await.unwrap();
    deployment(db, BASE_URL, NOW, Random::System)
}

/// A deployment over this database: keys in memory, a clock that stands, nobody to be looked up, and no limits, since a test may ask
/// as often as it likes.
pub fn deployment(db: Db, base_url: &str, now: &str, random: Random) -> App {
    App {
        db,
        vault: Vault::memory(),
        depot: Depot::memory(u64::MAX),
        clock: Clock::fixed(now.parse().unwrap()),
        random,
        fetcher: no_network(),
        mailer: Mailer::Memory(Memory::default()),
        config: Config { base_url: base_url.into(), limits: Limits::lifted(), ..Config::default() },
    }
}

/// Nobody is there.
pub fn no_network() -> Fetcher {
    Fetcher::new(Reach::default(), Network::Memory(Arc::default()))
}

fn client() -> reqwest::Client {
    // Only the first test can set it; the others find the same.
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}
