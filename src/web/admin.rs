//! `/admin`: everyone in the directory, and of one person the roles, which are given and taken with a reason, and the
//! sessions and passkeys, which can be ended and removed.

use super::{
    Web,
    error::Failure,
    frame::Reader,
    session::{Me, Sent},
    view::{By, ChangeRow, PeoplePage, PersonPage, PersonRow, Place, Problem, RoleRow, SessionRow, Typed},
};
use crate::{
    actions::{
        ActionError, Conflict, passkeys,
        people::{self, Account, Asked},
        roles, sessions,
    },
    domain::{
        actor::{Grant, Role},
        session::{Method, Session},
    },
    store::{events::Event, people::Listed, programs, roles::Granted},
};
use axum::{
    extract::{Path, Query, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use std::{collections::HashMap, sync::Arc};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    q: String,
    role: String,
    after: String,
    /// Someone was just erased.
    erased: String,
}

/// `GET /admin`.
pub async fn list(
    State(web): State<Arc<Web>>,
    Query(looked): Query<Looked>,
    me: Me,
    mut reader: Reader,
) -> Result<Response, Failure> {
    // No name or address holds a control character, and PostgreSQL would not even look for a null.
    let letters = |text: String| text.chars().filter(|letter| !letter.is_control()).collect::<String>();
    let asked =
        Asked { letters: letters(looked.q), role: Role::parse(&looked.role).ok(), after: letters(looked.after) };
    let found = people::search(&web.app, &me.actor(), &asked).await?;
    let programs = Programs::read(&mut reader).await?;
    let mut roles: HashMap<String, Vec<RoleRow>> = HashMap::new();
    for held in found.roles {
        roles.entry(held.person_id.clone()).or_default().push(programs.role(held, &HashMap::new()));
    }
    let row = |one: Listed| PersonRow {
        roles: roles.remove(&one.person.id).unwrap_or_default(),
        person: one.person,
        manager: one.manager,
    };
    let page = PeoplePage {
        site: reader.site.clone(),
        letters: asked.letters,
        role: asked.role,
        people: found.people.into_iter().map(row).collect(),
        next: found.next,
        erased: looked.erased == "yes",
    };
    reader.page(&page, false)
}

/// `GET /admin/people/{id}`.
pub async fn show(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    me: Me,
    mut reader: Reader,
) -> Result<Response, Failure> {
    let page = page(&web, &mut reader, &me, &id).await?;
    reader.page(&page, false)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct RoleForm {
    role: String,
    /// Empty: every program.
    program: String,
    reason: String,
}

impl RoleForm {
    fn grant(&self) -> Result<Grant, ActionError> {
        let role = Role::parse(&self.role).map_err(|why| ActionError::invalid("role", why))?;
        if self.program.contains(char::is_control) {
            return Err(ActionError::not_found("program", &self.program));
        }
        Ok(Grant { role, program: (!self.program.is_empty()).then(|| self.program.clone()) })
    }
}

/// `POST /admin/people/{id}/roles`.
pub async fn grant(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<RoleForm>,
) -> Result<Response, Failure> {
    let done = match form.grant() {
        Ok(grant) => roles::grant(&web.app, &me.actor(), &id, &grant, &form.reason).await,
        Err(why) => Err(why),
    };
    let said = done.map_err(|why| (problem(&why), why));
    let typed = Typed { role: form.role, program: form.program, reason: form.reason };
    answer(&web, &parts, &me, &id, said, typed).await
}

/// `POST /admin/people/{id}/roles/revoke`.
pub async fn revoke(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<RoleForm>,
) -> Result<Response, Failure> {
    let done = match form.grant() {
        Ok(grant) => roles::revoke(&web.app, &me.actor(), &id, &grant, &form.reason).await,
        Err(why) => Err(why),
    };
    // Each role has a form of its own, so it is said above them all.
    let said = done.map_err(|why| (problem(&why).map(|problem| Problem { at: Place::Top, ..problem }), why));
    answer(&web, &parts, &me, &id, said, Typed::default()).await
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct SessionsForm {
    /// Empty: all of them.
    session: String,
    reason: String,
}

/// `POST /admin/people/{id}/end-sessions`.
pub async fn end_sessions(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<SessionsForm>,
) -> Result<Response, Failure> {
    let done = if form.session.is_empty() {
        sessions::end_all_of(&web.app, &me.actor(), &id, &form.reason).await.map(drop)
    } else {
        sessions::end_of(&web.app, &me.actor(), &id, &form.session, &form.reason).await
    };
    let said = match done {
        // It has ended by itself in the meantime.
        Err(ActionError::NotFound { what: "session", .. }) => Ok(()),
        done => done.map_err(|why| (problem(&why).map(|problem| Problem { at: Place::Sessions, ..problem }), why)),
    };
    answer(&web, &parts, &me, &id, said, Typed::default()).await
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ReasonForm {
    reason: String,
}

/// `POST /admin/people/{id}/passkeys/{passkey}/remove`.
pub async fn remove_passkey(
    State(web): State<Arc<Web>>,
    Path((id, passkey)): Path<(String, String)>,
    parts: Parts,
    Sent { me, form }: Sent<ReasonForm>,
) -> Result<Response, Failure> {
    let done = passkeys::remove_of(&web.app, &me.actor(), &id, &passkey, &form.reason).await;
    let said = done.map_err(|why| (problem(&why).map(|problem| Problem { at: Place::Top, ..problem }), why));
    answer(&web, &parts, &me, &id, said, Typed::default()).await
}

/// Back to the person when it was done; else the same page with what was in the way and what was typed.
async fn answer(
    web: &Arc<Web>,
    parts: &Parts,
    me: &Me,
    id: &str,
    done: Result<(), (Option<Problem>, ActionError)>,
    typed: Typed,
) -> Result<Response, Failure> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/admin/people/{id}")).into_response()),
        Err((None, why)) => Err(why.into()),
        Err((problem, _)) => {
            let mut reader = Reader::open(web, parts).await?;
            let page = page(web, &mut reader, me, id).await?;
            reader.again(&PersonPage { problem, typed, ..page })
        }
    }
}

/// What a person can mend, and where it is said.
fn problem(why: &ActionError) -> Option<Problem> {
    let (at, key) = match why {
        ActionError::Invalid(faults) => match faults.first()?.field.as_str() {
            "reason" => (Place::Reason, "admin-problem-reason"),
            "program" => (Place::Program, "admin-problem-whole"),
            _ => (Place::Role, "admin-problem-role"),
        },
        ActionError::NotFound { what: "program", .. } => (Place::Program, "admin-problem-program"),
        ActionError::Conflict { why, .. } => match why {
            Conflict::RoleHeld => (Place::Role, "admin-problem-held"),
            Conflict::RoleNotHeld => (Place::Top, "admin-problem-not-held"),
            Conflict::OwnRole => (Place::Top, "admin-problem-own"),
            Conflict::LeftNoRole => (Place::Top, "admin-problem-left"),
            _ => return None,
        },
        _ => return None,
    };
    Some(Problem { at, key })
}

async fn page(web: &Web, reader: &mut Reader, me: &Me, id: &str) -> Result<PersonPage, Failure> {
    let Account { view, sessions, passkeys, last_sign_in, changes, names } =
        people::account(&web.app, &me.actor(), id).await?;
    let programs = Programs::read(reader).await?;
    let method = |event: &Event| Method::parse(event.detail.get("method")?.as_str()?).ok();
    let session = |session: Session| SessionRow { here: me.session.id == session.id, session };
    Ok(PersonPage {
        site: reader.site.clone(),
        provisioned: view.entry.external_id.is_some() || view.entry.user_name.is_some(),
        person: view.entry.person,
        manager: view.manager.map(|manager| (manager.id, manager.name)),
        teams: view.teams.into_iter().map(|team| team.name).collect(),
        last_sign_in: last_sign_in.map(|event| (event.at, method(&event))),
        roles: view.roles.into_iter().map(|held| programs.role(held, &names)).collect(),
        changes: changes.iter().filter_map(|event| programs.change(event, &names)).collect(),
        programs: programs.0,
        passkeys,
        sessions: sessions.into_iter().map(session).collect(),
        typed: Typed::default(),
        problem: None,
    })
}

/// Id and name of each.
struct Programs(Vec<(String, String)>);

impl Programs {
    async fn read(reader: &mut Reader) -> Result<Self, Failure> {
        let programs = programs::all(&mut reader.conn).await?;
        Ok(Programs(programs.into_iter().map(|program| (program.id, program.name)).collect()))
    }

    /// Under its id where it is not there any more.
    fn named(&self, id: &str) -> (String, String) {
        let found = self.0.iter().find(|(known, _)| known == id);
        found.cloned().unwrap_or_else(|| (id.to_owned(), id.to_owned()))
    }

    fn role(&self, held: Granted, names: &HashMap<String, String>) -> RoleRow {
        RoleRow {
            role: held.grant.role,
            program: held.grant.program.map(|id| self.named(&id)),
            at: held.at,
            by: by(&held.by, names),
        }
    }

    fn change(&self, event: &Event, names: &HashMap<String, String>) -> Option<ChangeRow> {
        let said = |field: &str| event.detail.get(field)?.as_str();
        Some(ChangeRow {
            role: Role::parse(said("role")?).ok()?,
            program: said("program").map(|id| self.named(id)),
            given: event.verb == "role.granted",
            at: event.at,
            by: by(&event.actor, names),
            why: event.why().map(str::to_owned),
        })
    }
}

fn by(label: &str, names: &HashMap<String, String>) -> By {
    match label.strip_prefix("person:") {
        Some(id) => By::Name(names.get(id).cloned().unwrap_or_else(|| label.to_owned())),
        None if label == "operator" => By::Operator,
        None => By::Name(label.to_owned()),
    }
}
