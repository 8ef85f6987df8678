//! Who acts, and what each may do: the one table of rights.
//!
//! A route or action names the right it needs; nothing is allowed that this table does not allow.

use serde::{Deserialize, Serialize};

/// What an API token was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Issue,
    Revoke,
    Read,
    Trust,
}

impl Scope {
    pub const ALL: [Scope; 4] = [Scope::Issue, Scope::Revoke, Scope::Read, Scope::Trust];

    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Issue => "issue",
            Scope::Revoke => "revoke",
            Scope::Read => "read",
            Scope::Trust => "trust",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        Scope::ALL
            .into_iter()
            .find(|scope| scope.as_str() == text)
            .ok_or_else(|| format!("“{text}” is not a scope; use issue, revoke, read or trust"))
    }
}

/// Whoever acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Anyone on the web.
    Anyone,
    /// Anyone on a deployment that was started to be tested by the W3C's suites.
    Tester,
    /// A program with an API token.
    Token { id: String, scopes: Vec<Scope> },
    /// Whoever can run `laurel` on the machine.
    Operator,
}

impl Actor {
    /// How the record names it.
    pub fn label(&self) -> String {
        match self {
            Actor::Anyone => "anyone".into(),
            Actor::Tester => "tester".into(),
            Actor::Token { id, .. } => format!("token:{id}"),
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
    /// Programs, keys, tokens: only on the machine in this version.
    Operate,
}

impl Right {
    pub const ALL: [Right; 8] = [
        Right::See,
        Right::ReadAwards,
        Right::Issue,
        Right::Revoke,
        Right::Trust,
        Right::SignCredentials,
        Right::ChangeStatus,
        Right::Operate,
    ];
}

/// The table.
pub fn may(actor: &Actor, right: Right) -> bool {
    let scope = match right {
        Right::See => return true,
        Right::Operate => return *actor == Actor::Operator,
        Right::ReadAwards => Scope::Read,
        Right::Issue | Right::SignCredentials => Scope::Issue,
        Right::Revoke | Right::ChangeStatus => Scope::Revoke,
        Right::Trust => Scope::Trust,
    };
    match actor {
        Actor::Operator => true,
        Actor::Token { scopes, .. } => scopes.contains(&scope),
        Actor::Tester => matches!(right, Right::SignCredentials | Right::ChangeStatus),
        Actor::Anyone => false,
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
        assert_eq!(rights(&Actor::Operator), Right::ALL);
    }
}
