//! `laurel demo`: builds the made-up company and serves it. Nothing is left behind unless a folder is given.

use super::{
    Failure, config, log,
    open::database,
    say,
    serve::{bind, until_stopped},
};
use crate::{
    actions::{
        App, Config,
        config::Limits,
        demo::{self, DemoFacts},
    },
    domain::id::random_id,
    outside::{
        clock::Clock,
        depot::Depot,
        fetch::{Fetcher, Network, Reach},
        mailer::Mailer,
        random::Random,
        vault::{Protection, Vault},
    },
};
use std::{
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

/// The same people and ids each time; keys and tokens are never drawn from it.
const SEED: u64 = 0x1a07e1;

#[derive(clap::Args)]
pub(super) struct Demo {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Keep the demo's data in this folder, to open it again later
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

impl Demo {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let listener = bind(config::address("--listen", &self.listen)?)?;
        let address = listener.local_addr().map_err(|why| Failure::Refused(format!("--listen: {why}")))?;
        let config = Config {
            base_url: format!("http://localhost:{}", address.port()),
            demo: true,
            // Nobody comes here but whoever started it.
            limits: Limits::lifted(),
            ..Config::default()
        };
        let passing = self.data.is_none();
        let folder = match self.data {
            Some(folder) => folder,
            None => passing_folder("demo")?,
        };
        let outcome = serve(&folder, config, listener).await;
        if passing {
            let _nothing_to_clear = std::fs::remove_dir_all(&folder);
        }
        outcome
    }
}

/// A new folder that nobody else can open.
pub(super) fn passing_folder(what: &str) -> Result<PathBuf, Failure> {
    let name = Random::System.with(random_id);
    let folder = std::env::temp_dir().join(format!("laurel-{what}-{name}"));
    let made = std::fs::DirBuilder::new().mode(0o700).create(&folder);
    made.map_err(|why| Failure::Refused(format!("a folder can't be made at {}: {why}", folder.display())))?;
    Ok(folder)
}

async fn serve(folder: &Path, config: Config, listener: tokio::net::TcpListener) -> Result<ExitCode, Failure> {
    let failed = |why: &dyn std::fmt::Display| Failure::Refused(format!("--data {}: {why}", folder.display()));
    if !folder.exists() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|why| failed(&why))?;
    }
    let key_file = folder.join("demo.key");
    let protection = match key_file.exists() {
        true => Protection::key_file(&key_file),
        false => Protection::new_key_file(&key_file),
    };
    let vault = Vault::folder(&folder.join("keys"), Some(protection.map_err(|why| failed(&why))?), true);
    let db = database(&folder.join("demo.db").display().to_string()).await?;
    let now = Clock::System.now();
    let fetcher = Fetcher::new(Reach::default(), Network::System);
    let depot = Depot::folder(folder.join("evidence"));
    let app = App {
        db,
        vault,
        depot,
        clock: Clock::fixed(now),
        random: Random::seeded(SEED),
        fetcher,
        mailer: Mailer::None,
        config,
    };
    let facts = match demo::facts(&app).await? {
        Some(facts) if facts.base_url == app.config.base_url => facts,
        Some(facts) => return Err(failed(&format!("its demo was made for {}; listen there", facts.base_url))),
        None => demo::build(&app, now).await?,
    };
    let App { db, vault, depot, fetcher, mailer, config, .. } = app;
    print(&facts);
    log::start("warn");
    let app = App { db, vault, depot, clock: Clock::System, random: Random::System, fetcher, mailer, config };
    until_stopped(Arc::new(app), listener, None).await
}

fn print(facts: &DemoFacts) {
    let DemoFacts { base_url, wall, program, badges, csv, token } = facts;
    say(format!("Laurel demo at {base_url}"));
    for (what, url) in [
        ("the wall", wall),
        ("the program", program),
        ("a current badge", &badges.current),
        ("one about to end", &badges.expiring),
        ("one that has ended", &badges.expired),
        ("a renewed one", &badges.renewed),
        ("a revoked one", &badges.revoked),
        ("verify a badge", &format!("{base_url}/verify")),
        ("the API", &format!("{base_url}/api")),
        ("a sample CSV", csv),
        ("an API token", token),
        ("all of it as JSON", &format!("{base_url}/demo.json")),
    ] {
        say(format!("  {what:<18} {url}"));
    }
    say("Stop it with Ctrl-C.");
}
