//! How long every page takes in a company of 10,000 people and 200 programs: `cargo bench --bench pages`.
//!
//! The database is a file as in service, opened anew once it is filled. Each page is asked for through the router, in this process and one
//! after the other, over many different records where it has an id; the time is that of the server, from the request to the last byte of its
//! answer. Beside it stands the processors' time (Linux), which is the same however much else the machine does. It ends with the slowest, and
//! fails where one takes 50 ms or more at the 95th percentile.

#[path = "../../tests/web/ids/cases.rs"]
#[allow(dead_code, reason = "the tests use the rest of the table")]
mod cases;
#[path = "../../tests/cast.rs"]
#[allow(dead_code, reason = "the tests use the rest of the cast")]
mod cast;
#[path = "../../tests/web/statements/crowd.rs"]
mod crowd;
#[path = "../../tests/web/statements/pages.rs"]
#[allow(dead_code, reason = "the tests use the rest of the tables")]
mod pages;
#[path = "../../tests/web/ids/world.rs"]
#[allow(dead_code, reason = "the tests use the rest of the world")]
mod world;

/// What the tests' own modules call these.
mod web {
    pub mod ids {
        pub(crate) use crate::world;
    }

    pub fn lineage(certification_url: &str) -> &str {
        certification_url.rsplit('/').next().unwrap_or_default()
    }
}

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use cases::{CASES, Kind};
use cast::Site;
use crowd::{More, grow};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use laurel::{
    actions::{App, import_program::import_program, sessions},
    domain::{actor::Actor, program_file, session::Method},
    outside::{clock::Clock, depot::Depot, mailer::Mailer, random::Random, vault::Vault},
    store::Db,
    web::{
        Web,
        router::{router, routes},
    },
};
use pages::{NO_LISTS, PAGES, RECORD};
use sqlx::AssertSqlSafe;
use std::{
    collections::{BTreeMap, HashMap},
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};
use world::{Half, browsers, build, someone};

const PROGRAMS: usize = 200;
const REQUESTS: usize = 200;
const LIMIT: Duration = Duration::from_millis(50);
/// Of each kind of record so many different ones are asked for.
const DIFFERENT: usize = 50;
/// What is taken along as a file, and is no page.
const FILES: [&str; 3] = ["/programs/left.toml", "/record/json", "/record/csv"];

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let company = Company::filled().await;
        println!("{:>8} {:>8} {:>8}  page", "p50 ms", "p95 ms", "cpu p95");
        let mut taken = Vec::new();
        for page in company.pages().await {
            let page = company.measured(page).await;
            println!("{:>8.2} {:>8.2} {:>8.2}  {}", ms(page.half), ms(page.most), ms(page.worked), page.name);
            taken.push(page);
        }
        told(&taken)
    })
}

/// A page, its addresses and whose it is (the secret of a session).
struct Page {
    name: String,
    addresses: Vec<(String, Option<String>)>,
}

struct Taken {
    name: String,
    half: Duration,
    most: Duration,
    /// The processors' time at p95; nothing where it can't be had.
    worked: Duration,
}

fn told(taken: &[Taken]) -> ExitCode {
    let Some(worst) = taken.iter().max_by_key(|page| page.most) else { return ExitCode::FAILURE };
    let slow = taken.iter().filter(|page| page.most >= LIMIT).count();
    println!("{} pages; the slowest is {} with {:.2} ms at p95.", taken.len(), worst.name, ms(worst.most));
    match slow {
        0 => println!("All are under {} ms at p95.", LIMIT.as_millis()),
        _ => println!("{slow} are not under {} ms at p95.", LIMIT.as_millis()),
    }
    if slow == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

struct Company {
    app: Arc<App>,
    router: TowerToHyperService<Router>,
    half: Half,
    more: More,
    /// The secrets of the sessions of those who open the pages.
    secrets: BTreeMap<&'static str, String>,
    /// Who is above everyone.
    top: String,
    _site: Site,
}

impl Company {
    async fn filled() -> Self {
        let site = Site::open().await;
        let half = build(&site).await.remove(0);
        let more = grow(&site, &half, 8).await;
        let Db::Sqlite { write, .. } = &site.app.db else { panic!("this is SQLite") };
        let known: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM programs").fetch_one(write).await.unwrap();
        for i in known as usize..PROGRAMS {
            let program = program_file::read(&world::program(&format!("program{i}")), false).unwrap();
            import_program(&site.app, &Actor::Operator, program, HashMap::new()).await.unwrap();
        }
        let everyone = browsers(&site).await;
        let mut secrets: BTreeMap<&'static str, String> = BTreeMap::new();
        for ((of, who), browser) in &everyone {
            if ["left", "both"].contains(of) {
                secrets.insert(who, browser.secret.clone());
            }
        }
        secrets.insert("boss", site.signed_in(someone("left", "boss")).await.secret.clone());
        drop(everyone);
        let mut transaction = write.begin_with("BEGIN IMMEDIATE").await.unwrap();
        sqlx::raw_sql(include_str!("company.sql")).execute(&mut *transaction).await.unwrap();
        transaction.commit().await.unwrap();
        let browser = sessions::Browser { user_agent: "Mozilla/5.0", before: None };
        let top = sessions::open(&site.app, "p00001", Method::Oidc, browser).await.unwrap().secret;
        let file: String = sqlx::query_scalar("SELECT file FROM pragma_database_list WHERE name = 'main'")
            .fetch_one(write)
            .await
            .unwrap();
        site.app.db.close().await;
        let size = std::fs::metadata(&file).unwrap().len() / (1024 * 1024);
        println!("10,000 people, {PROGRAMS} programs, a database of {size} MiB");
        let app = Arc::new(App {
            db: Db::open(&file).await.unwrap(),
            vault: Vault::memory(),
            depot: Depot::memory(u64::MAX),
            clock: Clock::fixed(site.app.clock.now()),
            random: Random::System,
            fetcher: cast::no_network(),
            mailer: Mailer::None,
            config: site.app.config.clone(),
        });
        let router = TowerToHyperService::new(router(Arc::new(Web::new(app.clone()))));
        Company { app, router, half, more, secrets, top, _site: site }
    }

    /// Every page of the router's own table.
    async fn pages(&self) -> Vec<Page> {
        let mut found = Vec::new();
        let list = routes(Arc::new(Web::new(self.app.clone()))).list;
        for path in list.iter().filter(|route| route.method == "GET").map(|route| route.path) {
            let known = PAGES.iter().find(|(route, ..)| *route == path).map(|(_, addresses, who)| (*addresses, *who));
            let known = known.or_else(|| {
                RECORD.iter().find(|(route, _)| *route == path).map(|(_, addresses)| (*addresses, "auditor"))
            });
            if let Some((addresses, who)) = known {
                for address in addresses.iter().filter(|address| !FILES.contains(address)) {
                    let secret = (!who.is_empty()).then(|| self.secrets[who].clone());
                    found.push(Page { name: (*address).to_owned(), addresses: vec![(self.address(address), secret)] });
                }
            } else if let Some(case) = CASES.iter().find(|case| case.kind == Kind::Get && case.path == path)
                && !NO_LISTS.contains(&path)
            {
                let mut ids = case.ids.iter();
                let part = |part: &str| match part.starts_with('{') {
                    true => self.half.ids[ids.next().copied().unwrap_or_default()].clone(),
                    false => part.to_owned(),
                };
                let address = path.split('/').map(part).collect::<Vec<_>>().join("/");
                let secret = self.secrets[case.may[0]].clone();
                found.push(Page { name: path.to_owned(), addresses: vec![(address, Some(secret))] });
            }
        }
        // The same over many records, and for whoever has the most to see.
        for (name, sql) in [
            ("/programs/{slug}, of each", "SELECT '/programs/' || id FROM programs"),
            ("/achievements/{id}, of each", "SELECT '/achievements/' || id FROM levels"),
            ("/embed/{id}, of many", "SELECT '/embed/' || id FROM awards WHERE visibility = 'public'"),
            ("/badges/{id}, of many", "SELECT '/badges/' || id FROM awards WHERE visibility = 'public'"),
            (
                "/certifications/{lineage}, of many",
                "SELECT '/certifications/' || lineage_id FROM awards WHERE visibility = 'public'",
            ),
        ] {
            found.push(Page { name: name.into(), addresses: self.some(sql, None).await });
        }
        let administrator = self.secrets["administrator"].clone();
        let people = "SELECT '/admin/people/' || id FROM people";
        found.push(Page {
            name: "/admin/people/{id}, of many".into(),
            addresses: self.some(people, Some(administrator)).await,
        });
        for path in ["/team", "/team/verify"] {
            let addresses = vec![(path.to_owned(), Some(self.top.clone()))];
            found.push(Page { name: format!("{path}, of whoever is above everyone"), addresses });
        }
        found
    }

    /// Some of the addresses that this tells, from all over.
    async fn some(&self, sql: &str, secret: Option<String>) -> Vec<(String, Option<String>)> {
        let Db::Sqlite { read, .. } = &self.app.db else { panic!("this is SQLite") };
        let all: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_all(read).await.unwrap();
        let step = (all.len() / DIFFERENT).max(1);
        all.into_iter().step_by(step).map(|address| (address, secret.clone())).collect()
    }

    fn address(&self, pattern: &str) -> String {
        pattern
            .replace("{gov}", &self.half.ids["gov"])
            .replace("{badge}", &self.more.badge)
            .replace("{lineage}", &self.more.lineage)
            .replace("{endorsement}", &self.more.endorsement)
    }

    async fn measured(&self, page: Page) -> Taken {
        let (mut times, mut worked) = (Vec::with_capacity(REQUESTS), Vec::with_capacity(REQUESTS));
        // What the first ones find cold is not counted.
        for (i, (address, secret)) in page.addresses.iter().cycle().take(REQUESTS + 5).enumerate() {
            let mut request = Request::get(address).header(header::ACCEPT, "text/html");
            if let Some(secret) = secret {
                request = request.header(header::COOKIE, format!("__Host-laurel={secret}"));
            }
            let request = request.body(Body::empty()).unwrap();
            let (before, began) = (processors(), Instant::now());
            let response = self.router.call(request).await.unwrap();
            let status = response.status();
            let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            let (time, work) = (began.elapsed(), processors().saturating_sub(before));
            let there = status == StatusCode::OK || address.ends_with("/none");
            assert!(there, "{address}: {status} {}", String::from_utf8_lossy(&body));
            if i >= 5 {
                times.push(time);
                worked.push(work);
            }
        }
        let at = |times: &mut Vec<Duration>, percent: usize| {
            times.sort_unstable();
            times[(times.len() * percent).div_ceil(100) - 1]
        };
        Taken { name: page.name, half: at(&mut times, 50), most: at(&mut times, 95), worked: at(&mut worked, 95) }
    }
}

/// What this process has had of the processors, all of its threads together.
fn processors() -> Duration {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let told = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("schedstat")).ok());
    let nanoseconds = told.filter_map(|told| told.split(' ').next()?.parse::<u64>().ok());
    Duration::from_nanos(nanoseconds.sum())
}
