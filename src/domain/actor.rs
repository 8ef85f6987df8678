//! Who acts, and what each may do: the one table of rights.
//!
//! A route or action names the right it needs; nothing is allowed that this table does not allow.

use super::oauth::AppScope;
use serde::{Deserialize, Serialize};

/// What an API token was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Issue,
    Revoke,
    Read,
    Trust,
    /// SCIM: people and teams.
    Provision,
    /// Where others are told of what happens.
    Webhooks,
}

impl Scope {
    pub const ALL: [Scope; 6] =
        [Scope::Issue, Scope::Revoke, Scope::Read, Scope::Trust, Scope::Provision, Scope::Webhooks];

    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Issue => "issue",
            Scope::Revoke => "revoke",
            Scope::Read => "read",
            Scope::Trust => "trust",
            Scope::Provision => "provision",
            Scope::Webhooks => "webhooks",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        Scope::ALL
            .into_iter()
            .find(|scope| scope.as_str() == text)
            .ok_or_else(|| format!("“{text}” is not a scope; use issue, revoke, read, trust, provision or webhooks"))
    }
}

/// What someone may do beyond a learner, which everyone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sits on panels.
    Assessor,
    /// Goes along with learners.
    Mentor,
    /// Runs a program: its enrolments, panels, drafts.
    Owner,
    /// Votes on what is published and revoked.
    Committee,
    /// Reads all and changes nothing.
    Auditor,
    /// People, roles, the deployment.
    Administrator,
}

impl Role {
    pub const ALL: [Role; 6] =
        [Role::Assessor, Role::Mentor, Role::Owner, Role::Committee, Role::Auditor, Role::Administrator];

    pub fn as_str(self) -> &'static str {
        match self {
            Role::Assessor => "assessor",
            Role::Mentor => "mentor",
            Role::Owner => "owner",
            Role::Committee => "committee",
            Role::Auditor => "auditor",
            Role::Administrator => "administrator",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        Role::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| {
            format!("“{text}” is not a role; use assessor, mentor, owner, committee, auditor or administrator")
        })
    }
}

/// A role in one program, or in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    /// None: in every program.
    pub program: Option<String>,
}

/// Someone of the company who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: String,
    pub name: String,
    pub grants: Vec<Grant>,
    /// Whether the directory names them as anyone's manager.
    pub manages: bool,
}

impl Member {
    /// In any program.
    pub fn has(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// In this program: by a grant for it or for all.
    pub fn has_in(&self, role: Role, program: &str) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.role == role && grant.program.as_deref().is_none_or(|granted| granted == program))
    }
}

/// Whoever acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Anyone on the web.
    Anyone,
    /// Anyone on a deployment that was started to be tested by the W3C's suites.
    Tester,
    /// Someone signed in.
    Person(Member),
    /// A program with an API token.
    Token { id: String, scopes: Vec<Scope> },
    /// An app that someone let act for them, with what this token of it is for.
    App { client: String, member: Member, scopes: Vec<AppScope> },
    /// Whoever can run `laurel` on the machine.
    Operator,
}

impl Actor {
    /// How the record names it.
    pub fn label(&self) -> String {
        match self {
            Actor::Anyone => "anyone".into(),
            Actor::Tester => "tester".into(),
            Actor::Person(member) => format!("person:{}", member.id),
            Actor::Token { id, .. } => format!("token:{id}"),
            Actor::App { client, .. } => format!("app:{client}"),
            Actor::Operator => "operator".into(),
        }
    }
}

/// What a route or action needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// Pages and documents for everyone: wall, programs, badges by link, status, verification.
    See,
    /// The record of awards over the API, private ones included.
    ReadAwards,
    /// Give and renew awards.
    Issue,
    Revoke,
    /// Read and change whom this service trusts.
    Trust,
    /// Have a credential signed over the VC-API.
    SignCredentials,
    /// Take such a credential back.
    ChangeStatus,
    /// One's own path, submissions, badges and account; what else is seen there depends on whose it is.
    SignedIn,
    /// Sit on panels and score.
    Assess,
    /// Go along with learners.
    Mentor,
    /// See what one's own team holds and needs.
    SeeTeam,
    /// Run a program: enrolments, panels, second looks, drafts.
    RunProgram,
    /// Propose and vote.
    Govern,
    /// Read the whole record.
    ReadRecord,
    /// People, teams and roles.
    Administer,
    /// Keep the directory in step over SCIM.
    Provision,
    /// Where others are told of what happens, and what they were told.
    Webhooks,
    /// Of the person that an app acts for: their badges, what is put beside them, and their profile.
    ReadOwnCredentials,
    UpsertOwnCredentials,
    ReadOwnProfile,
    UpdateOwnProfile,
    /// Programs, keys, tokens: only on the machine in this version.
    Operate,
}

impl Right {
    pub const ALL: [Right; 22] = [
        Right::See,
        Right::ReadAwards,
        Right::Issue,
        Right::Revoke,
        Right::Trust,
        Right::SignCredentials,
        Right::ChangeStatus,
        Right::SignedIn,
        Right::Assess,
        Right::Mentor,
        Right::SeeTeam,
        Right::RunProgram,
        Right::Govern,
        Right::ReadRecord,
        Right::Administer,
        Right::Provision,
        Right::Webhooks,
        Right::ReadOwnCredentials,
        Right::UpsertOwnCredentials,
        Right::ReadOwnProfile,
        Right::UpdateOwnProfile,
        Right::Operate,
    ];
}

/// The table. For a person it says whether they have the right anywhere; whether in this program, or over this record, is
/// asked where the record is at hand ([`Member::has_in`]).
pub fn may(actor: &Actor, right: Right) -> bool {
    match actor {
        Actor::Operator => true,
        Actor::Anyone => right == Right::See,
        Actor::Tester => matches!(right, Right::See | Right::SignCredentials | Right::ChangeStatus),
        Actor::Token { scopes, .. } => {
            right == Right::See || scope_of(right).is_some_and(|scope| scopes.contains(&scope))
        }
        Actor::App { scopes, .. } => {
            right == Right::See || app_scope_of(right).is_some_and(|scope| scopes.contains(&scope))
        }
        Actor::Person(member) => person_may(member, right),
    }
}

/// What a token must have been made for; none where no token is enough.
pub fn scope_of(right: Right) -> Option<Scope> {
    match right {
        Right::ReadAwards => Some(Scope::Read),
        Right::Issue | Right::SignCredentials => Some(Scope::Issue),
        Right::Revoke | Right::ChangeStatus => Some(Scope::Revoke),
        Right::Trust => Some(Scope::Trust),
        Right::Provision => Some(Scope::Provision),
        Right::Webhooks => Some(Scope::Webhooks),
        Right::See
        | Right::SignedIn
        | Right::Assess
        | Right::Mentor
        | Right::SeeTeam
        | Right::RunProgram
        | Right::Govern
        | Right::ReadRecord
        | Right::Administer
        | Right::ReadOwnCredentials
        | Right::UpsertOwnCredentials
        | Right::ReadOwnProfile
        | Right::UpdateOwnProfile
        | Right::Operate => None,
    }
}

/// What an app must have been let do; none where no app may.
pub fn app_scope_of(right: Right) -> Option<AppScope> {
    match right {
        Right::ReadOwnCredentials => Some(AppScope::ReadCredentials),
        Right::UpsertOwnCredentials => Some(AppScope::UpsertCredentials),
        Right::ReadOwnProfile => Some(AppScope::ReadProfile),
        Right::UpdateOwnProfile => Some(AppScope::UpdateProfile),
        _ => None,
    }
}

/// An administrator sets things up and judges nobody; an auditor reads and changes nothing.
fn person_may(member: &Member, right: Right) -> bool {
    let has = |role| member.has(role);
    match right {
        Right::See | Right::SignedIn => true,
        Right::Assess => has(Role::Assessor),
        Right::Mentor => has(Role::Mentor),
        Right::SeeTeam => member.manages,
        Right::RunProgram => has(Role::Owner),
        Right::Govern => has(Role::Committee),
        Right::ReadRecord | Right::ReadAwards => has(Role::Auditor) || has(Role::Administrator),
        Right::Administer | Right::Webhooks => has(Role::Administrator),
        Right::Issue
        | Right::Revoke
        | Right::Trust
        | Right::SignCredentials
        | Right::ChangeStatus
        | Right::Provision
        | Right::ReadOwnCredentials
        | Right::UpsertOwnCredentials
        | Right::ReadOwnProfile
        | Right::UpdateOwnProfile
        | Right::Operate => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_actor_has_exactly_the_rights_of_the_table() {
        let token = |scope| Actor::Token { id: "t".into(), scopes: vec![scope] };
        let rights = |actor: &Actor| Right::ALL.into_iter().filter(|right| may(actor, *right)).collect::<Vec<_>>();
        assert_eq!(rights(&Actor::Anyone), [Right::See]);
        assert_eq!(rights(&token(Scope::Read)), [Right::See, Right::ReadAwards]);
        assert_eq!(rights(&token(Scope::Issue)), [Right::See, Right::Issue, Right::SignCredentials]);
        assert_eq!(rights(&token(Scope::Revoke)), [Right::See, Right::Revoke, Right::ChangeStatus]);
        assert_eq!(rights(&Actor::Tester), [Right::See, Right::SignCredentials, Right::ChangeStatus]);
        assert_eq!(rights(&token(Scope::Trust)), [Right::See, Right::Trust]);
        assert_eq!(rights(&token(Scope::Provision)), [Right::See, Right::Provision]);
        assert_eq!(rights(&token(Scope::Webhooks)), [Right::See, Right::Webhooks]);
        assert_eq!(rights(&Actor::Operator), Right::ALL);
        let app = |scopes| {
            let member = Member { id: "p".into(), name: "P".into(), grants: Vec::new(), manages: true };
            Actor::App { client: "c".into(), member, scopes }
        };
        assert_eq!(rights(&app(vec![AppScope::ReadProfile])), [Right::See, Right::ReadOwnProfile]);
        assert_eq!(rights(&app(vec![AppScope::Offline])), [Right::See]);
        assert_eq!(rights(&app(AppScope::ALL.to_vec())).len(), 5);
        let person = |role| {
            let grants = Option::into_iter(role).map(|role| Grant { role, program: Some("craft".into()) }).collect();
            Actor::Person(Member { id: "p".into(), name: "P".into(), grants, manages: false })
        };
        let learner = [Right::See, Right::SignedIn];
        assert_eq!(rights(&person(None)), learner);
        assert_eq!(rights(&person(Some(Role::Assessor)))[2..], [Right::Assess]);
        assert_eq!(rights(&person(Some(Role::Mentor)))[2..], [Right::Mentor]);
        assert_eq!(rights(&person(Some(Role::Owner)))[2..], [Right::RunProgram]);
        assert_eq!(rights(&person(Some(Role::Committee)))[2..], [Right::Govern]);
        let reads = [Right::See, Right::ReadAwards, Right::SignedIn, Right::ReadRecord];
        assert_eq!(rights(&person(Some(Role::Auditor))), reads);
        assert_eq!(rights(&person(Some(Role::Administrator)))[..4], reads);
        assert_eq!(rights(&person(Some(Role::Administrator)))[4..], [Right::Administer, Right::Webhooks]);
        let manager = Member { id: "m".into(), name: "M".into(), grants: Vec::new(), manages: true };
        assert_eq!(rights(&Actor::Person(manager)), [Right::See, Right::SignedIn, Right::SeeTeam]);
    }

    #[test]
    fn a_role_in_one_program_is_none_in_another() {
        let grants = vec![
            Grant { role: Role::Owner, program: Some("craft".into()) },
            Grant { role: Role::Assessor, program: None },
        ];
        let member = Member { id: "p".into(), name: "P".into(), grants, manages: false };
        assert!(member.has_in(Role::Owner, "craft") && !member.has_in(Role::Owner, "data"));
        assert!(member.has_in(Role::Assessor, "data") && !member.has_in(Role::Mentor, "craft"));
    }
}
