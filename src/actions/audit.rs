//! Goes over the whole record: every award and endorsement still verifies and says what its row says, no place in a status list was given twice,
//! and the published lists show exactly what was revoked. Memory is bounded: a page of awards and some bits a list.

use super::{ActionError, App, documents, issuer, require, vouching};
use crate::{
    credential::{
        status::Bitstring,
        verify::{Asked, CheckName, EndorsementReport, Evidence, Found, KnownIssuer, Need, Outcome, Report, judge},
    },
    domain::{
        actor::{Actor, Right},
        award::Award,
        endorsement::Endorsement,
        issuer::Issuer,
    },
    store::{
        Conn, api_credentials, award_jwts, awards, endorsements,
        keys::{self, KeyState},
        personal_endorsements::{self, Listed},
        status_lists, suspensions,
    },
};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

const PAGE: u32 = 200;
/// How many faults are told one by one; the rest are counted.
const TOLD: usize = 100;

#[derive(Debug, Default, PartialEq)]
pub struct Audit {
    pub awards: u64,
    /// Awards that stand before the verifier; expired, revoked and renewed ones among them.
    pub verified: u64,
    pub revoked: u64,
    /// Suspended now, and not revoked.
    pub suspended: u64,
    /// Awards whose holders were erased: only their places in status lists are left to be looked at.
    pub erased: u64,
    /// Signed by a key that was marked compromised since: they no longer verify, as they should not.
    pub by_compromised_key: u64,
    /// Awards that are there as JWT too, and those that stand before the verifier.
    pub jwts: u64,
    pub jwts_verified: u64,
    /// Endorsements, and those that stand before the verifier in each form they are there in.
    pub endorsements: u64,
    pub endorsements_verified: u64,
    pub lists: u64,
    pub faults: u64,
    /// The first hundred faults, a sentence each.
    pub told: Vec<String>,
}

impl Audit {
    fn fault(&mut self, what: String) {
        self.faults += 1;
        if self.told.len() < TOLD {
            self.told.push(what);
        }
    }
}

/// `seen` hears how many awards were looked at so far.
pub async fn audit(app: &App, actor: &Actor, mut seen: impl FnMut(u64)) -> Result<Audit, ActionError> {
    require(actor, Right::Operate)?;
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let issuer = issuer(&mut conn).await?;
    let mut audit = Audit::default();
    let desk = Desk::new(app, &mut conn, issuer, now).await?;
    let mut lists: HashMap<String, Given> = HashMap::new();
    let mut after = String::new();
    loop {
        let page = awards::after_id(&mut conn, &after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.id);
        for award in &page {
            audit.awards += 1;
            audit.revoked += u64::from(award.revoked_at.is_some());
            audit.suspended += u64::from(award.is_suspended() && !award.is_erased());
            if award.is_erased() {
                audit.erased += 1;
            } else {
                desk.check_award(&mut conn, award, &mut audit).await?;
            }
            let given = lists.entry(award.status_list_id.clone()).or_default();
            if let Err(why) = given.note(&format!("award {}", award.id), award.status_index, award.is_taken_back()) {
                audit.fault(why);
            }
        }
        seen(audit.awards);
    }
    note_former_places(&mut conn, &mut lists, &mut audit).await?;
    note_api_credentials(&mut conn, &mut lists, &mut audit).await?;
    desk.check_endorsements(&mut conn, &mut lists, &mut audit).await?;
    desk.check_personal_endorsements(&mut conn, &mut audit).await?;
    desk.check_lists(&mut conn, &lists, &mut audit).await?;
    Ok(audit)
}

/// What was taken back while it was suspended stays so.
async fn note_former_places(
    conn: &mut Conn,
    lists: &mut HashMap<String, Given>,
    audit: &mut Audit,
) -> Result<(), ActionError> {
    let mut after = None;
    loop {
        let page = suspensions::former(conn, after.as_ref(), PAGE).await?;
        if page.is_empty() {
            return Ok(());
        }
        for place in &page {
            let given = lists.entry(place.list_id.clone()).or_default();
            if let Err(why) = given.note(&format!("award {}, before it was resumed", place.award_id), place.index, true)
            {
                audit.fault(why);
            }
        }
        after = page.into_iter().last();
    }
}

/// What was signed over the VC-API has its places in the same lists.
async fn note_api_credentials(
    conn: &mut Conn,
    lists: &mut HashMap<String, Given>,
    audit: &mut Audit,
) -> Result<(), ActionError> {
    let mut after = String::new();
    loop {
        let page = api_credentials::after_id(conn, &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after.clone_from(&last.id);
        for row in &page {
            let Some((list, index)) = &row.place else { continue };
            let given = lists.entry(list.clone()).or_default();
            if let Err(why) = given.note(&format!("credential {}", row.id), *index, row.revoked_at.is_some()) {
                audit.fault(why);
            }
        }
    }
}

/// What is the same for all awards.
pub(super) struct Desk<'a> {
    app: &'a App,
    issuer: Issuer,
    judge: Judge,
    compromised: HashSet<String>,
}

impl<'a> Desk<'a> {
    pub(super) async fn new(
        app: &'a App,
        conn: &mut Conn,
        issuer: Issuer,
        now: Timestamp,
    ) -> Result<Self, ActionError> {
        let mut evidence = Evidence::new();
        let did = serde_json::to_vec(&documents::did_document(app.urls(), conn, &issuer).await?)
            .map_err(ActionError::internal)?;
        evidence.put(Need::DidDocument(issuer.did.clone()), Found::Document(did, now));
        for list in status_lists::all(conn, &issuer.id).await? {
            if let Some(publication) = status_lists::published(conn, &list.id).await? {
                let url = app.urls().status(&list.id);
                evidence.put(Need::StatusList(url), Found::Document(publication.json, now));
            }
        }
        let keys = keys::list(conn, &issuer.id).await?;
        let compromised = keys
            .into_iter()
            .filter(|key| key.state == KeyState::Compromised)
            .map(|key| format!("{}#{}", issuer.did, key.fragment))
            .collect();
        let judge = Judge { issuer: KnownIssuer::from(&issuer), evidence, now };
        Ok(Desk { app, issuer, judge, compromised })
    }

    /// What judges by itself, on whatever thread.
    pub(super) fn into_judge(self) -> Judge {
        self.judge
    }

    async fn check_award(&self, conn: &mut Conn, award: &Award, audit: &mut Audit) -> Result<(), ActionError> {
        let Some(shown) = awards::shown(conn, &award.id).await? else {
            audit.fault(format!("award {}: its person, level or issuer is not there", award.id));
            return Ok(());
        };
        let about = documents::About {
            urls: self.app.urls(),
            issuer: &self.issuer,
            email: &shown.person.email,
            content: &shown.level.content,
        };
        if without_proof(&award.credential).as_ref() != Some(&documents::unsigned(about, award)) {
            audit.fault(format!("award {}: its credential does not say what its row says", award.id));
            return Ok(());
        }
        let jwt = award_jwts::get(conn, &award.id).await?;
        let judged = |badge: &str| self.judge.report(badge, Some(&shown.person.email));
        if let Some(jwt) = jwt {
            audit.jwts += 1;
            let report = judged(&jwt);
            let says = report.claims.as_ref().map(|claims| &claims.document);
            match fault_of(award.is_taken_back(), &report) {
                None if says == Some(&documents::unsigned(about, award)) => audit.jwts_verified += 1,
                None => audit.fault(format!("award {}: its JWT does not say what its row says", award.id)),
                Some(why) => audit.fault(format!("award {}, as JWT: {why}", award.id)),
            }
        }
        if self.compromised.contains(&award.verification_method) {
            audit.by_compromised_key += 1;
            return Ok(());
        }
        let report = judged(&award.credential);
        let fault = fault_of(award.is_taken_back(), &report).or_else(|| self.fault_of_panel(award, &report));
        match fault {
            None => audit.verified += 1,
            Some(why) => audit.fault(format!("award {}: {why}", award.id)),
        }
        Ok(())
    }

    /// What the panel says in it stands, too, unless the panel's key was marked compromised since.
    fn fault_of_panel(&self, award: &Award, report: &Report) -> Option<String> {
        let method = award.endorsement.as_ref()?.pointer("/proof/0/verificationMethod").and_then(Value::as_str);
        if method.is_some_and(|method| self.compromised.contains(method)) {
            return None;
        }
        let deciding = report.endorsements.iter().find_map(EndorsementReport::deciding);
        deciding.map(|check| format!("what its panel says: {}", check.message))
    }

    async fn check_endorsements(
        &self,
        conn: &mut Conn,
        lists: &mut HashMap<String, Given>,
        audit: &mut Audit,
    ) -> Result<(), ActionError> {
        let mut after = String::new();
        loop {
            let page = endorsements::after_id(conn, &after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after.clone_from(&last.id);
            for endorsement in &page {
                audit.endorsements += 1;
                let given = lists.entry(endorsement.status_list_id.clone()).or_default();
                let whose = format!("endorsement {}", endorsement.id);
                let noted = given.note(&whose, endorsement.status_index, endorsement.revoked_at.is_some());
                let checked = self.check_endorsement(endorsement).map_err(|why| format!("{whose}: {why}"));
                match noted.and(checked) {
                    Ok(()) => audit.endorsements_verified += 1,
                    Err(why) => audit.fault(why),
                }
            }
        }
    }

    /// What people said says what its row says, stands before the verifier, and their lists show what they withdrew.
    async fn check_personal_endorsements(&self, conn: &mut Conn, audit: &mut Audit) -> Result<(), ActionError> {
        let mut after = String::new();
        loop {
            let page = personal_endorsements::after_id(conn, &after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after.clone_from(&last.said.id);
            let evidence = vouching::evidence(self.app.urls(), conn, &self.issuer, &page, self.judge.now).await?;
            for Listed { said, .. } in page.iter().filter(|one| !one.said.is_erased()) {
                audit.endorsements += 1;
                let unsigned = documents::unsigned_personal_endorsement(self.app.urls(), &self.issuer, said);
                let fragment = said.verification_method.rsplit('#').next().unwrap_or_default();
                let spoiled = self.compromised.contains(&format!("{}#{fragment}", self.issuer.did));
                let fault = vouching::fault(&self.issuer, said, &evidence, self.judge.now);
                let whose = format!("endorsement {}", said.id);
                match (fault, said.withdrawn_at) {
                    _ if without_proof(&said.credential).as_ref() != Some(&unsigned) => {
                        audit.fault(format!("{whose}: its credential does not say what its row says"));
                    }
                    (None, None) => audit.endorsements_verified += 1,
                    (Some(check), Some(_)) if check.check == CheckName::Status => audit.endorsements_verified += 1,
                    (Some(_), _) if spoiled => audit.endorsements_verified += 1,
                    (Some(check), _) => audit.fault(format!("{whose}: {}", check.message)),
                    (None, Some(_)) => {
                        audit.fault(format!("{whose}: it was withdrawn, and its endorser’s list does not say so"));
                    }
                }
            }
        }
    }

    /// Both of its forms say what the row says and stand before the verifier, unless it was erased; one that a compromised key signed says it and no more.
    fn check_endorsement(&self, endorsement: &Endorsement) -> Result<(), String> {
        if endorsement.is_erased() {
            return Ok(());
        }
        let unsigned = documents::unsigned_endorsement(self.app.urls(), &self.issuer, endorsement);
        if without_proof(&endorsement.credential).as_ref() != Some(&unsigned) {
            return Err("its credential does not say what its row says".to_owned());
        }
        let spoiled = self.compromised.contains(&endorsement.verification_method);
        let json = Some(endorsement.credential.as_str()).filter(|_| !spoiled);
        for text in json.into_iter().chain(endorsement.jwt.as_ref().map(|(_, jwt)| jwt.as_str())) {
            let report = self.judge.report(text, None);
            if let Some(why) = fault_of(endorsement.revoked_at.is_some(), &report) {
                return Err(why);
            }
        }
        Ok(())
    }

    async fn check_lists(
        &self,
        conn: &mut Conn,
        lists: &HashMap<String, Given>,
        audit: &mut Audit,
    ) -> Result<(), ActionError> {
        for list in status_lists::all(conn, &self.issuer.id).await? {
            audit.lists += 1;
            let none = Given::default();
            let given = lists.get(&list.id).unwrap_or(&none);
            let Some(kept) = status_lists::revoked(conn, &list.id).await? else { continue };
            if kept.bits != given.revoked {
                audit.fault(format!("status list {}: its bits are not what the record says is revoked", list.id));
            }
            let published = status_lists::published(conn, &list.id).await?.and_then(|list| bits_of(&list.json));
            if published.as_ref() != Some(&kept.bits) {
                audit.fault(format!("status list {}: what is published is not what is kept", list.id));
            }
            if list.used < given.count {
                audit.fault(format!("status list {}: fewer places were counted than were given", list.id));
            }
        }
        Ok(())
    }
}

/// Says of what the issuer signed whether it is good as anyone gets it.
pub(super) struct Judge {
    issuer: KnownIssuer,
    evidence: Evidence,
    now: Timestamp,
}

impl Judge {
    /// What is wrong with an award, if anything is.
    pub(super) fn fault(&self, award: &Award) -> Option<String> {
        fault_of(award.is_taken_back(), &self.report(&award.credential, None))
    }

    fn report(&self, credential: &str, email: Option<&str>) -> Report {
        let asked = Asked { email, known_issuers: std::slice::from_ref(&self.issuer), ..Asked::default() };
        judge(credential.as_bytes(), &self.evidence, self.now, &asked)
    }
}

/// What awards, endorsements and credentials say of one list.
#[derive(Default)]
struct Given {
    taken: Bitstring,
    revoked: Bitstring,
    count: u32,
}

impl Given {
    /// `whose` begins the sentence about a fault.
    fn note(&mut self, whose: &str, index: u32, revoked: bool) -> Result<(), String> {
        let outside = |why| format!("{whose}: {why}");
        if self.taken.get(index) == Some(true) {
            return Err(format!("{whose}: its place {index} in a status list was given twice"));
        }
        self.taken.set(index).map_err(|why| outside(why.to_string()))?;
        if revoked {
            self.revoked.set(index).map_err(|why| outside(why.to_string()))?;
        }
        self.count += 1;
        Ok(())
    }
}

/// What the judge should not have said. Expired is as it should be; revoked must be said of what was revoked, and of nothing else.
fn fault_of(revoked: bool, report: &Report) -> Option<String> {
    for check in &report.checks {
        let passed = check.outcome == Outcome::Passed;
        let right = match check.check {
            CheckName::Dates => true,
            CheckName::Status if revoked => check.outcome == Outcome::Failed,
            _ => passed,
        };
        if !right {
            return Some(match passed {
                true => "it was revoked, and the published list does not say so".to_owned(),
                false => check.message.clone(),
            });
        }
    }
    None
}

fn without_proof(credential: &str) -> Option<Value> {
    let mut document: Value = serde_json::from_str(credential).ok()?;
    document.as_object_mut()?.remove("proof")?;
    Some(document)
}

fn bits_of(list: &[u8]) -> Option<Bitstring> {
    let document: Value = serde_json::from_slice(list).ok()?;
    Bitstring::decode(document.get("credentialSubject")?.get("encodedList")?.as_str()?).ok()
}
