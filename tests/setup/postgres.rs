//! A PostgreSQL cluster for one run of the tests.
//!
//! It is started by a small shell script that waits at the end of a pipe: when this process ends, however it ends, the pipe
//! closes, and the script stops the server and removes its folder. It listens on a Unix socket in that folder only.
//! `initdb` refuses to run as root, so root hands the script to another user.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use laurel::store::Db;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

const SCRIPT: &str = r#"
trap '' INT TERM HUP
cd /
folder=$(mktemp -d "${TMPDIR:-/tmp}/laurel-postgres-XXXXXX" 2>/dev/null || mktemp -d /tmp/laurel-postgres-XXXXXX) || exit 1
"$1/initdb" -D "$folder/data" -U laurel --auth=trust --encoding=UTF8 --locale=C --no-sync >"$folder/log" 2>&1 || { echo "failed initdb: $(tail -n 1 "$folder/log")"; rm -rf "$folder"; exit 1; }
"$1/postgres" -D "$folder/data" -k "$folder" -h '' -F -c max_connections=300 >>"$folder/log" 2>&1 &
server=$!
tries=0
until [ -S "$folder/.s.PGSQL.5432" ] && grep -q 'ready to accept connections' "$folder/log"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then
        echo "failed to start: $(tail -n 1 "$folder/log")"
        kill -QUIT "$server" 2>/dev/null
        rm -rf "$folder"
        exit 1
    fi
    sleep 0.1
done
echo "ready $folder"
while read -r _; do :; done
kill -QUIT "$server"
wait "$server"
rm -rf "$folder"
"#;

struct Cluster {
    folder: String,
    /// Open as long as this process lives.
    _pipe: ChildStdin,
}

/// A database of its own for one test: its URL, or why there is none.
pub async fn fresh_database() -> Result<String, String> {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    static MADE: AtomicU32 = AtomicU32::new(0);
    let cluster = CLUSTER.get_or_init(|| start().inspect(migrate_template)).as_ref().map_err(Clone::clone)?;
    let name = format!("test_{}", MADE.fetch_add(1, Ordering::Relaxed));
    create(&cluster.folder, &name, "template_of_tests").await;
    Ok(url(&cluster.folder, &name))
}

fn start() -> Result<Cluster, String> {
    let binaries = binaries().ok_or("PostgreSQL is not installed (no initdb and postgres found)")?;
    let mut command = match unprivileged()? {
        None => Command::new("sh"),
        Some(user) => {
            let mut command = Command::new("runuser");
            command.args(["-u", &user, "--", "sh"]);
            command
        }
    };
    let mut script = command
        .args(["-c", SCRIPT, "laurel-postgres"])
        .arg(binaries)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|why| format!("its cluster could not be started: {why}"))?;
    let (Some(pipe), Some(says)) = (script.stdin.take(), script.stdout.take()) else {
        return Err("its cluster gave no pipes".into());
    };
    let mut line = String::new();
    BufReader::new(says).read_line(&mut line).map_err(|why| why.to_string())?;
    match line.trim().strip_prefix("ready ") {
        Some(folder) => Ok(Cluster { folder: folder.to_owned(), _pipe: pipe }),
        None => Err(format!("its cluster did not start ({})", line.trim())),
    }
}

/// Where `initdb` and `postgres` are: the newest of the usual folders, else beside what PATH finds.
fn binaries() -> Option<PathBuf> {
    let both = |folder: &Path| folder.join("initdb").exists() && folder.join("postgres").exists();
    let installed = ["/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt"]
        .into_iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| both(folder));
    let newest = installed.max_by_key(|folder| {
        let digits: String = folder.to_string_lossy().chars().filter(char::is_ascii_digit).collect();
        digits.parse::<u32>().unwrap_or(0)
    });
    newest.or_else(|| std::env::split_paths(&std::env::var_os("PATH")?).find(|folder| both(folder)))
}

/// The user to run as when this process is root; none when it may run as itself.
fn unprivileged() -> Result<Option<String>, String> {
    let says = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    if says(&["-u"]).as_deref() != Some("0") {
        return Ok(None);
    }
    ["postgres", "nobody"]
        .into_iter()
        .find(|user| says(&["-u", user]).is_some())
        .map(|user| Some(user.to_owned()))
        .ok_or_else(|| "the tests run as root and there is no other user for its cluster".into())
}

/// Makes the migrated database that every test's is copied from.
fn migrate_template(cluster: &Cluster) {
    let folder = cluster.folder.clone();
    super::apart(async move {
        create(&folder, "template_of_tests", "template0").await;
        Db::open(&url(&folder, "template_of_tests")).await.unwrap().close().await;
    });
}

async fn create(folder: &str, name: &str, template: &str) {
    let mut admin = PgConnection::connect(&url(folder, "postgres")).await.unwrap();
    let statement = format!("CREATE DATABASE {name} TEMPLATE {template}");
    admin.execute(AssertSqlSafe(statement)).await.unwrap();
    admin.close().await.unwrap();
}

fn url(folder: &str, database: &str) -> String {
    format!("postgres://laurel@localhost/{database}?host={folder}")
}
