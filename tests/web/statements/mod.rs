//! No page asks the database more often for more rows: every page is opened with a few of all that it shows, and with many, and the
//! statements are counted.
//!
//! They are counted where sqlx tells of each. That is of the whole process, so the test runs alone in a process of its own.

mod crowd;
pub mod pages;

use self::{
    crowd::{More, grow},
    pages::{LISTS, NO_LISTS, PAGES, RECORD},
};
use super::ids::{
    cases::{CASES, Kind},
    world::{Half, browsers, build, someone},
};
use crate::cast::{Browser, Site, token};
use laurel::{
    store::Db,
    web::{Web, router::routes},
};
use reqwest::{Method, StatusCode};
use std::{
    collections::BTreeMap,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
};
use tracing::{Event, Subscriber};
use tracing_subscriber::{
    layer::{Context, Layer, SubscriberExt},
    registry::LookupSpan,
};

const CHILD: &str = "LAUREL_STATEMENTS";
const FEW: usize = 2;
const MANY: usize = 9;

#[test]
fn more_rows_on_a_page_make_no_more_statements() {
    if std::env::var(CHILD).is_ok() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        return runtime.block_on(count());
    }
    let own_name = "web::statements::more_rows_on_a_page_make_no_more_statements";
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", own_name, "--nocapture"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
    assert!(said.contains("pages were counted"), "it did not run: {said}");
}

async fn count() {
    let subscriber = tracing_subscriber::registry().with(Counting);
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let (few, many) = (World::of(FEW).await, World::of(MANY).await);
    let (few, many) = (few.counted().await, many.counted().await);
    let grown: Vec<String> = few
        .iter()
        .filter(|(address, count)| many[*address] != **count)
        .map(|(address, count)| format!("{address}: {count} statements for a few rows, {} for many", many[address]))
        .collect();
    assert!(grown.is_empty(), "{}", grown.join("\n"));
    println!("{} pages were counted", few.len());
}

struct World {
    site: Site,
    half: Half,
    more: More,
}

impl World {
    async fn of(n: usize) -> Self {
        let site = Site::open().await;
        let half = build(&site).await.remove(0);
        let more = grow(&site, &half, n).await;
        World { site, half, more }
    }

    /// Statements by address; of every page there is.
    async fn counted(&self) -> BTreeMap<String, u64> {
        let everyone = browsers(&self.site).await;
        let boss = self.site.signed_in(someone("left", "boss")).await;
        let browser = |who| if who == "boss" { &boss } else { self.half.browser(&everyone, who) };
        // Every connection is opened before: that takes statements, too.
        let Db::Sqlite { read, .. } = &self.site.app.db else { panic!("this is SQLite") };
        let mut held = Vec::new();
        for _ in 0..read.options().get_max_connections() {
            held.push(read.acquire().await.unwrap());
        }
        drop(held);
        let mut counts = BTreeMap::new();
        for path in self.routes() {
            if let Some((_, addresses, who)) = PAGES.iter().find(|(route, ..)| *route == path) {
                for address in *addresses {
                    let as_whom = (!who.is_empty()).then(|| browser(who));
                    let html = !address.ends_with(".toml");
                    counts.insert((*address).to_owned(), self.ask(address, as_whom, html).await);
                }
            } else if let Some((_, addresses)) = RECORD.iter().find(|(route, _)| *route == path) {
                for address in *addresses {
                    let html = !address.ends_with("json") && !address.ends_with("csv");
                    counts.insert((*address).to_owned(), self.ask(address, Some(browser("auditor")), html).await);
                }
            } else if let Some((_, addresses)) = LISTS.iter().find(|(route, _)| *route == path) {
                for address in *addresses {
                    let as_whom = match path {
                        "/team/csv" => Some(&boss),
                        "/run/{program}/renewals/csv" => Some(browser("owner")),
                        _ => None,
                    };
                    counts.insert((*address).to_owned(), self.ask(address, as_whom, false).await);
                }
            } else if !NO_LISTS.contains(&path) {
                let case = CASES.iter().find(|case| case.kind == Kind::Get && case.path == path);
                let case =
                    case.unwrap_or_else(|| panic!("{path} is to be in one of the tables, so that it is counted"));
                let mut ids = case.ids.iter();
                let part = |part: &str| match part.starts_with('{') {
                    true => self.half.ids[*ids.next().unwrap()].clone(),
                    false => part.to_owned(),
                };
                let address = path.split('/').map(part).collect::<Vec<_>>().join("/");
                let name = format!("{path} ({:?})", case.ids);
                counts.insert(name, self.ask(&address, Some(browser(case.may[0])), true).await);
            }
        }
        counts
    }

    /// What can be opened, each once.
    fn routes(&self) -> Vec<&'static str> {
        let list = routes(Arc::new(Web::new(self.site.app.clone()))).list;
        list.into_iter().filter(|route| route.method == Method::GET).map(|route| route.path).collect()
    }

    async fn ask(&self, address: &str, browser: Option<&Browser<'_>>, html: bool) -> u64 {
        let address = address
            .replace("{gov}", &self.half.ids["gov"])
            .replace("{badge}", &self.more.badge)
            .replace("{lineage}", &self.more.lineage)
            .replace("{endorsement}", &self.more.endorsement);
        let request = match browser {
            Some(browser) => browser.request(Method::GET, &address),
            None if html => self.site.request(Method::GET, &address).header("accept", "text/html"),
            None => self.site.request(Method::GET, &address).bearer_auth(token("all")),
        };
        let (before, _) = self.told().await;
        let response = request.send().await.unwrap();
        let (status, kind) = (response.status(), super::header(&response, "content-type").to_owned());
        let body = response.text().await.unwrap();
        // An address that leads nowhere has a page, too.
        let there = status == StatusCode::OK || address.ends_with("/none");
        assert!(there && kind.starts_with("text/html") == html, "{address}: {status} {kind}\n{body}");
        let (after, own) = self.told().await;
        after - before - own
    }

    /// What was told of, once all of it was: a connection tells of one statement before it runs the next, so each of them runs one
    /// more; and how many those were.
    async fn told(&self) -> (u64, u64) {
        let Db::Sqlite { write, read } = &self.site.app.db else { panic!("this is SQLite") };
        let mut held = vec![write.acquire().await.unwrap()];
        for _ in 0..read.size() {
            held.push(read.acquire().await.unwrap());
        }
        for conn in &mut held {
            sqlx::query("SELECT 1").fetch_all(&mut **conn).await.unwrap();
        }
        (COUNTED.load(SeqCst), held.len() as u64)
    }
}

static COUNTED: AtomicU64 = AtomicU64::new(0);

/// Counts statements as sqlx tells of them.
struct Counting;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Counting {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            COUNTED.fetch_add(1, SeqCst);
        }
    }
}
