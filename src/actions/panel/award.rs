//! What a pass gives: the badge, with the panel's grades as its results, the evidence by digest, and what the panel says for it, signed
//! with the panel's own key. All in the transaction of the decision.

use super::Case;
use crate::{
    actions::{
        ActionError, App, Conflict,
        documents::{self, PanelEndorsement},
        issue::{salt, stands, unsealed},
        issuer, keys,
        prepare::{Draft, seal},
        webhooks,
    },
    credential::document::Evidence,
    domain::{
        award::{Award, RenewalRefused, renewal_dates},
        decision::Decision,
        enrolment::Aim,
        evidence::evidence_for_badge,
        id::{random_id, random_urn},
        issuer::Issuer,
        level::LevelContent,
        panel::PanelPurpose,
        panel_statement::PanelStatement,
        rubric::Grades,
    },
    store::{Conn, awards, enrolments::Enrolled, events, evidence, levels, lineages, people},
};
use jiff::Timestamp;
use serde_json::json;
use std::sync::Arc;

/// The badge of a first pass, or of a renewal; its id.
pub(super) async fn give(
    app: &App,
    conn: &mut Conn,
    by: &str,
    (case, decision): (&Case, &Decision),
    now: Timestamp,
) -> Result<String, ActionError> {
    let earned = Earned {
        results: Some(decision.grades()),
        evidence: evidence_for_badge(&evidence::of_submission(conn, &case.submission.id).await?),
        by: Some((case, decision)),
    };
    give_for(app, conn, by, (&case.enrolled, earned), now).await
}

/// The badge of a level that no panel assesses, or of such a renewal, once all it takes is confirmed; its id.
pub async fn give_unassessed(
    app: &App,
    conn: &mut Conn,
    by: &str,
    enrolled: &Enrolled,
    now: Timestamp,
) -> Result<String, ActionError> {
    give_for(app, conn, by, (enrolled, Earned::default()), now).await
}

/// What a badge is given for, beyond its criteria.
#[derive(Default)]
struct Earned<'a> {
    results: Option<Grades>,
    evidence: Vec<Evidence>,
    by: Option<(&'a Case, &'a Decision)>,
}

async fn give_for(
    app: &App,
    conn: &mut Conn,
    by: &str,
    (enrolled, earned): (&Enrolled, Earned<'_>),
    now: Timestamp,
) -> Result<String, ActionError> {
    let desk = Desk::new(app, conn, by, now).await?;
    let enrolment = &enrolled.enrolment;
    let content = &enrolled.content;
    let lineage_id = app.random.with(random_id);
    let lineage = lineages::find_or_create(conn, &lineage_id, &enrolment.person_id, &enrolment.level_id, now).await?;
    let latest = awards::latest_of_lineage(conn, &lineage.id).await?;
    let zone = desk.issuer.zone();
    let renewal = match &enrolment.aim {
        Aim::First => None,
        Aim::Renewal { award } => {
            let old = awards::get(conn, award).await?.ok_or_else(|| ActionError::not_found("award", award))?;
            match renewal_dates(&old, content, now, &zone) {
                Ok(dates) => Some((old, dates)),
                // What was revoked meanwhile is begun anew.
                Err(RenewalRefused::Revoked) => None,
                Err(why) => {
                    let message = format!("the award {award} can't be renewed: {why}");
                    let conflict = match why {
                        RenewalRefused::Suspended => Conflict::Suspended,
                        _ => Conflict::NotRenewable,
                    };
                    return Err(ActionError::conflict(conflict, message));
                }
            }
        }
    };
    let mut award = Award {
        lineage_id: lineage.id,
        person_id: enrolment.person_id.clone(),
        level_id: enrolment.level_id.clone(),
        level_version: enrolment.level_version,
        results: earned.results,
        evidence: earned.evidence,
        ..desk.blank()
    };
    match renewal {
        Some((old, (valid_from, valid_until))) => {
            (award.valid_from, award.valid_until) = (valid_from, valid_until);
            award.visibility = old.visibility;
            award.renews = Some(old.id);
        }
        None => {
            if let Some(held) = latest.as_ref().filter(|award| stands(award, now)) {
                let message = format!("the learner holds a current award of this level: {}", held.id);
                return Err(ActionError::conflict(Conflict::AlreadyHeld, message));
            }
            let far = || ActionError::conflict(Conflict::OutOfCalendar, "the badge would end outside the calendar");
            award.valid_until =
                content.validity.map(|validity| validity.after(now, &zone).ok_or_else(far)).transpose()?;
            award.renews =
                latest.filter(|old| old.revoked_at.is_none() && old.superseded_by.is_none()).map(|old| old.id);
        }
    }
    desk.seal(conn, award, content, earned.by).await
}

/// An appeal against a revocation is upheld by a new panel: the badge is given again for the same time. None when the level was earned
/// anew since.
pub(super) async fn restore_by_panel(
    app: &App,
    conn: &mut Conn,
    by: &str,
    (case, decision): (&Case, &Decision),
    award_id: &str,
    now: Timestamp,
) -> Result<Option<String>, ActionError> {
    let desk = Desk::new(app, conn, by, now).await?;
    let Some(mut award) = desk.again(conn, award_id).await? else { return Ok(None) };
    award.results = Some(decision.grades());
    award.level_version = case.enrolled.enrolment.level_version;
    desk.seal(conn, award, &case.enrolled.content, Some((case, decision))).await.map(Some)
}

/// The same where no panel had given it.
pub(super) async fn restore(
    app: &App,
    conn: &mut Conn,
    by: &str,
    award_id: &str,
    now: Timestamp,
) -> Result<Option<String>, ActionError> {
    let desk = Desk::new(app, conn, by, now).await?;
    let Some(award) = desk.again(conn, award_id).await? else { return Ok(None) };
    let content = levels::version(conn, &award.level_id, award.level_version).await?;
    let content = content.ok_or_else(|| ActionError::not_found("level", &award.level_id))?;
    desk.seal(conn, award, &content, None).await.map(Some)
}

/// Who signs. Both keys are held until the commit, the badge's first.
struct Desk<'a> {
    app: &'a App,
    by: &'a str,
    issuer: Issuer,
    signer: keys::Signer,
    panel: keys::Signer,
    now: Timestamp,
}

impl<'a> Desk<'a> {
    async fn new(app: &'a App, conn: &mut Conn, by: &'a str, now: Timestamp) -> Result<Self, ActionError> {
        let issuer = issuer(conn).await?;
        let signer = keys::signer(app, conn, &issuer).await?;
        let panel = keys::signer_for(app, conn, &issuer, keys::panel_purpose(&issuer)).await?;
        Ok(Desk { app, by, issuer, signer, panel, now })
    }

    /// An award from now on.
    fn blank(&self) -> Award {
        let random = &self.app.random;
        Award {
            id: random.with(random_id),
            issuer_id: self.issuer.id.clone(),
            valid_from: self.now,
            issued_at: self.now,
            subject_id: random.with(random_urn),
            salt: random.with(salt),
            ..unsealed()
        }
    }

    /// What was revoked, to be given once more; none when the person holds the level again.
    async fn again(&self, conn: &mut Conn, award_id: &str) -> Result<Option<Award>, ActionError> {
        let old = awards::get(conn, award_id).await?.ok_or_else(|| ActionError::not_found("award", award_id))?;
        lineages::find_or_create(conn, &old.lineage_id, &old.person_id, &old.level_id, self.now).await?;
        let latest = awards::latest_of_lineage(conn, &old.lineage_id).await?;
        if latest.is_some_and(|latest| stands(&latest, self.now)) {
            return Ok(None);
        }
        let fresh = self.blank();
        let detail = json!({"award": fresh.id});
        events::append(conn, self.now, self.by, "award.restored", &old.id, &detail).await?;
        webhooks::award_restored(self.app, conn, &old.id, &fresh.id, self.now).await?;
        Ok(Some(Award {
            id: fresh.id,
            issued_at: fresh.issued_at,
            subject_id: fresh.subject_id,
            salt: fresh.salt,
            renews: None,
            superseded_by: None,
            revoked_at: None,
            revocation_reason: None,
            suspended_at: None,
            suspension_reason: None,
            resumed_at: None,
            endorsement: None,
            credential: String::new(),
            ..old
        }))
    }

    async fn seal(
        self,
        conn: &mut Conn,
        mut award: Award,
        content: &LevelContent,
        decided: Option<(&Case, &Decision)>,
    ) -> Result<String, ActionError> {
        let Desk { app, by, issuer, signer, panel, now } = self;
        let person = people::get(conn, &award.person_id).await?;
        let person = person.ok_or_else(|| ActionError::not_found("person", &award.person_id))?;
        if let Some((case, decision)) = decided {
            let said = PanelEndorsement {
                badge_id: &award.id,
                comment: statement(case, decision, now.to_zoned_datetime(issuer.zone()).date()),
                at: now,
                method: &panel.method,
            };
            award.endorsement = Some(documents::sign_panel_endorsement(app.urls(), &issuer, said, &panel.key)?);
        }
        let draft = Draft { award, person, content: Arc::new(content.clone()) };
        let sealed = seal(app, conn, by, &issuer, signer, vec![draft], now).await?;
        let given = sealed.into_iter().next().map(|draft| draft.award.id);
        given.ok_or_else(|| ActionError::internal(anyhow::anyhow!("nothing was sealed")))
    }
}

fn statement(case: &Case, decision: &Decision, decided_on: jiff::civil::Date) -> String {
    let named = |one: &&crate::store::panels::Seated| case.rule.names_shown && one.seat.named;
    PanelStatement {
        level: &case.enrolled.content.name,
        version: case.enrolled.enrolment.level_version,
        members: case.seated().count(),
        functions: case.seated().filter_map(|one| one.function.as_deref()).collect(),
        names: case.seated().filter(named).map(|one| one.name.as_str()).collect(),
        second_look: decision.confirmed_by.is_some(),
        on_appeal: case.panel.purpose == PanelPurpose::Appeal,
        decided_on,
    }
    .words()
}
