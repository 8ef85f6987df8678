//! A CSV of the company's people as the state of its directory: joiners, movers, and leavers where that is asked for. All of it in
//! one transaction, or nothing and every fault by its line. The same file again changes nothing.

use super::{
    ActionError, App,
    directory::{alone, joined, removed, unchecked},
    require,
    teams::belong,
};
use crate::{
    domain::{
        actor::{Actor, Right},
        directory::{Entry, Said, Team},
        directory_csv::{self, Columns, File, Row, at_line},
        field::FieldError,
        id::random_id,
    },
    store::{Conn, events, people, teams},
};
use jiff::Timestamp;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What became of the people of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// Addresses, in the order of the file; the same below.
    pub joined: Vec<String>,
    pub changed: Vec<String>,
    pub unchanged: usize,
    /// In the directory and not in the file: taken out where that was asked for, by address.
    pub left: Vec<String>,
    /// New teams, by name.
    pub teams: Vec<String>,
}

/// `leavers`: whoever is not in the file has left. `dry_run`: all is tried and nothing is written.
pub async fn import_directory(
    app: &App,
    actor: &Actor,
    csv: &[u8],
    leavers: bool,
    dry_run: bool,
) -> Result<Imported, ActionError> {
    require(actor, Right::Administer)?;
    let file = directory_csv::read(csv).map_err(ActionError::Invalid)?;
    let now = app.clock.now();
    let mut conn = alone(app).await?;
    let mut import = Import { app, actor, now, conn: &mut conn, done: Imported::default(), faults: Vec::new() };
    let before = import.match_rows(&file).await?;
    let people = import.join(&file, before).await?;
    import.move_people(&file, &people).await?;
    if file.has.team {
        import.team_up(&file, &people).await?;
    }
    if leavers {
        import.let_go(&people).await?;
    }
    let Import { done, faults, .. } = import;
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    if !dry_run {
        conn.commit().await?;
    }
    Ok(done)
}

struct Import<'a> {
    app: &'a App,
    actor: &'a Actor,
    now: Timestamp,
    conn: &'a mut Conn,
    done: Imported,
    faults: Vec<FieldError>,
}

impl Import<'_> {
    /// For each row whom it is about: by external id, else by address. None for who is new, or comes back.
    async fn match_rows(&mut self, file: &File) -> Result<Vec<Option<Entry>>, ActionError> {
        let known = people::entries(self.conn).await?;
        let known: Vec<Entry> = known.into_iter().filter(|entry| entry.removed_at.is_none()).collect();
        let by_address: HashMap<&str, &Entry> =
            known.iter().map(|entry| (entry.person.email.as_str(), entry)).collect();
        let by_id: HashMap<&str, &Entry> =
            known.iter().filter_map(|entry| Some((entry.external_id.as_deref()?, entry))).collect();
        let mut taken: HashMap<String, u64> = HashMap::new();
        let mut matched = Vec::new();
        for row in &file.rows {
            let by_id = row.said.external_id.as_deref().and_then(|id| by_id.get(id));
            let found = by_id.or_else(|| by_address.get(row.said.email.as_str())).map(|entry| (*entry).clone());
            if let Some(entry) = &found
                && let Some(line) = taken.insert(entry.person.id.clone(), row.line)
            {
                self.fault(row, FieldError::new("external_id", format!("is of the person in line {line}")));
            }
            matched.push(found);
        }
        Ok(matched)
    }

    /// Whoever is new is written without their manager, who may be new too. Answers everyone of the file as they were or now are.
    async fn join(&mut self, file: &File, before: Vec<Option<Entry>>) -> Result<Vec<Option<Entry>>, ActionError> {
        let mut people = Vec::new();
        for (row, known) in file.rows.iter().zip(before) {
            people.push(match known {
                Some(entry) => Some(entry),
                None => match joined(self.app, self.conn, self.actor, row.said.clone(), self.now).await {
                    Ok(entry) => {
                        self.done.joined.push(entry.person.email.clone());
                        Some(entry)
                    }
                    Err(why) => {
                        self.refused(row, why)?;
                        None
                    }
                },
            });
        }
        Ok(people)
    }

    /// What is different is written, with managers as they are in the end: on the way there a line may well be a ring.
    async fn move_people(&mut self, file: &File, people: &[Option<Entry>]) -> Result<(), ActionError> {
        let mut ids: HashMap<String, String> = HashMap::new();
        for entry in people::entries(self.conn).await?.into_iter().filter(|entry| entry.removed_at.is_none()) {
            ids.insert(entry.person.email, entry.person.id);
        }
        // An address that someone has from now on is theirs.
        for (row, entry) in file.rows.iter().zip(people) {
            if let Some(entry) = entry {
                ids.insert(row.said.email.clone(), entry.person.id.clone());
            }
        }
        let mut moved = Vec::new();
        for (row, entry) in file.rows.iter().zip(people) {
            let Some(entry) = entry else { continue };
            let manager_id = match &row.manager {
                None => None,
                Some(address) => match ids.get(address) {
                    Some(id) => Some(id.clone()),
                    None => {
                        let why = format!("{address} is neither in the file nor in the directory");
                        self.fault(row, FieldError::new("manager", why));
                        continue;
                    }
                },
            };
            moved.push((row, entry, said(row, file.has, entry, manager_id)));
        }
        self.refuse_rings(&moved).await?;
        let joined: BTreeSet<String> = self.done.joined.iter().cloned().collect();
        for (row, entry, said) in moved {
            match unchecked(self.conn, self.actor, entry, said, self.now).await {
                Ok(after) if after == *entry => {}
                Ok(_) if joined.contains(&row.said.email) => {}
                Ok(_) => self.done.changed.push(row.said.email.clone()),
                Err(why) => self.refused(row, why)?,
            }
        }
        self.done.unchanged = file.rows.len().saturating_sub(self.done.joined.len() + self.done.changed.len());
        Ok(())
    }

    async fn refuse_rings(&mut self, moved: &[(&Row, &Entry, Said)]) -> Result<(), ActionError> {
        let mut managers: HashMap<String, String> = HashMap::new();
        for entry in people::entries(self.conn).await? {
            if let Some(manager) = entry.person.manager_id {
                managers.insert(entry.person.id, manager);
            }
        }
        for (_, entry, said) in moved {
            match &said.manager_id {
                Some(manager) => drop(managers.insert(entry.person.id.clone(), manager.clone())),
                None => drop(managers.remove(&entry.person.id)),
            }
        }
        for (row, entry, _) in moved {
            let mut above = managers.get(&entry.person.id);
            let mut steps = 0;
            while let Some(id) = above.filter(|_| steps <= managers.len()) {
                if *id == entry.person.id {
                    self.fault(
                        row,
                        FieldError::new("manager", "is managed by this person, straight or through others"),
                    );
                    break;
                }
                above = managers.get(id);
                steps += 1;
            }
        }
        Ok(())
    }

    /// Everyone of the file belongs to the teams of their row and to no others.
    async fn team_up(&mut self, file: &File, people: &[Option<Entry>]) -> Result<(), ActionError> {
        let mut known: BTreeMap<String, Team> =
            teams::all(self.conn).await?.into_iter().map(|team| (team.name.clone(), team)).collect();
        let mut before: HashMap<String, BTreeSet<String>> = HashMap::new();
        for (team, person) in teams::memberships(self.conn).await? {
            before.entry(team).or_default().insert(person);
        }
        let mut after: HashMap<String, BTreeSet<String>> = before.clone();
        for (row, entry) in file.rows.iter().zip(people) {
            let Some(entry) = entry else { continue };
            for members in after.values_mut() {
                members.remove(&entry.person.id);
            }
            for name in &row.teams {
                let id = match known.get(name) {
                    Some(team) => team.id.clone(),
                    None => self.new_team(name, &mut known).await?,
                };
                after.entry(id).or_default().insert(entry.person.id.clone());
            }
        }
        let none = BTreeSet::new();
        for team in known.values() {
            let (had, has) = (before.get(&team.id).unwrap_or(&none), after.get(&team.id).unwrap_or(&none));
            belong(self.conn, self.actor, team, had, has, self.now).await?;
        }
        Ok(())
    }

    async fn new_team(&mut self, name: &str, known: &mut BTreeMap<String, Team>) -> Result<String, ActionError> {
        let (id, now) = (self.app.random.with(random_id), self.now);
        let team = Team { id: id.clone(), name: name.to_owned(), external_id: None, created_at: now, updated_at: now };
        teams::insert(self.conn, &team).await?;
        events::append(self.conn, now, &self.actor.label(), "team.added", &id, &json!({"name": name})).await?;
        self.done.teams.push(name.to_owned());
        known.insert(name.to_owned(), team);
        Ok(id)
    }

    /// Whoever is not in the file has left.
    async fn let_go(&mut self, people: &[Option<Entry>]) -> Result<(), ActionError> {
        let here: BTreeSet<&str> = people.iter().flatten().map(|entry| entry.person.id.as_str()).collect();
        for entry in people::entries(self.conn).await? {
            if entry.removed_at.is_none() && !here.contains(entry.person.id.as_str()) {
                self.done.left.push(entry.person.email.clone());
                removed(self.conn, self.actor, entry, self.now).await?;
            }
        }
        Ok(())
    }

    /// What is wrong with a row is noted; anything else ends the whole.
    fn refused(&mut self, row: &Row, why: ActionError) -> Result<(), ActionError> {
        match why {
            ActionError::Invalid(faults) => {
                for fault in faults {
                    self.fault(row, fault);
                }
                Ok(())
            }
            ActionError::Conflict { message, .. } => {
                self.fault(row, FieldError::new("row", message));
                Ok(())
            }
            other => Err(other),
        }
    }

    fn fault(&mut self, row: &Row, fault: FieldError) {
        self.faults.push(at_line(row.line, fault));
    }
}

/// What is said of someone from now on: by the row where the file has a column, else as it was.
fn said(row: &Row, has: Columns, before: &Entry, manager_id: Option<String>) -> Said {
    let known = before.said();
    Said {
        email: row.said.email.clone(),
        name: row.said.name.clone(),
        function: if has.function { row.said.function.clone() } else { known.function },
        external_id: if has.external_id { row.said.external_id.clone() } else { known.external_id },
        active: if has.active { row.said.active } else { known.active },
        manager_id: if has.manager { manager_id } else { known.manager_id },
        ..known
    }
}
