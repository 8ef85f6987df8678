//! From what the actions know of a way to what a page shows of it.

use crate::{
    actions::path::{confirm::may_confirm, mine::Way, submission::Whole},
    domain::{
        actor::Member,
        enrolment::{Aim, Relation},
        evidence::{Body, Evidence},
        progress::{Step, StepState},
        requirement::{ConfirmedBy, Need, Requirement},
    },
    store::{check_ins::CheckIn, fulfilments::Fulfilled},
    web::view::{EvidenceRow, Link, NoteView, PartView, RouteView, SubmissionRow, WayView},
};

pub fn way(way: Way, member: &Member) -> WayView {
    let due = way.due();
    let assessed = way.is_assessed();
    let enrolment = &way.enrolled.enrolment;
    let asked = enrolment.asked(&way.enrolled.content);
    let own = enrolment.person_id == member.id;
    let part = |part: &Requirement| {
        let step = way.progress.steps.iter().find(|step| step.id == part.id)?;
        Some(shown_part(part, step, &way, member, own))
    };
    let of = |group: Option<&str>| -> Vec<PartView> {
        let parts = asked.requirements.iter().filter(|part| part.group.as_deref() == group);
        parts.filter(|part| part.kind != Need::Submission).filter_map(part).collect()
    };
    let must = of(None);
    let any: Vec<_> = asked.electives.iter().map(|group| (group.clone(), of(Some(&group.id)))).collect();
    let chosen: u32 = way.progress.groups.iter().map(|group| group.done.min(group.choose)).sum();
    let done = must.iter().filter(|part| part.is_done()).count() + chosen as usize;
    let all = must.len() + asked.electives.iter().map(|group| group.choose as usize).sum::<usize>();
    WayView {
        id: enrolment.id.clone(),
        level: Link::new(&way.enrolled.content.name, format!("/achievements/{}", enrolment.level_id)),
        program: Link::new(&way.enrolled.program, format!("/programs/{}", enrolment.program_id)),
        version: Link::new(
            enrolment.level_version.to_string(),
            format!("/achievements/{}/versions/{}", enrolment.level_id, enrolment.level_version),
        ),
        renewal: matches!(enrolment.aim, Aim::Renewal { .. }),
        state: enrolment.state,
        learner: way.enrolled.person.clone(),
        mentor: way.enrolled.mentor.clone(),
        mentor_wanted: enrolment.mentor_wanted,
        enrolled_at: enrolment.enrolled_at,
        ended_at: enrolment.ended_at,
        due,
        finish_by: way.enrolled.finish_by.map(|at| (at, format!("/achievements/{}/versions", enrolment.level_id))),
        missing_by: way.not_yet.as_ref().and_then(|not_yet| not_yet.by),
        said: way.not_yet.as_ref().map(|not_yet| not_yet.reason.clone()),
        over: way.over,
        lacking: way.not_yet.as_ref().and_then(|not_yet| not_yet.missing.clone()),
        must,
        any,
        done,
        all,
        assessed,
        ready: way.progress.ready_to_submit,
        submissions: way
            .submissions
            .iter()
            .map(|one| SubmissionRow {
                id: one.id.clone(),
                number: one.number,
                state: one.state,
                updated_at: one.updated_at,
                submitted_at: one.submitted_at,
            })
            .collect(),
    }
}

fn shown_part(part: &Requirement, step: &Step, way: &Way, member: &Member, own: bool) -> PartView {
    let met = way.fulfilled.iter().find(|met| met.requirement_id == part.id);
    let met = met.filter(|_| matches!(step.state, StepState::Met { .. }));
    let by = met.and_then(|met| part.routes().iter().find(|route| route.id == met.route_id));
    let enrolment = &way.enrolled.enrolment;
    let active = enrolment.is_active();
    let open = active && met.is_none();
    let routes = part.routes().iter().map(|route| RouteView {
        brings: open && own && route.confirmed_by == ConfirmedBy::Verification,
        confirms: open && may_confirm(member, enrolment, route),
        route: route.clone(),
    });
    let brought = by.is_some_and(|route| route.confirmed_by == ConfirmedBy::Verification);
    let undoes = by.is_some_and(|route| match brought {
        true => own,
        false => may_confirm(member, enrolment, route),
    });
    PartView {
        id: part.id.clone(),
        name: part.name.clone(),
        description: part.description.clone(),
        level_url: part.prerequisite().map(|level| format!("/achievements/{level}")),
        state: step.state.clone(),
        met_by: by.map(|route| route.name.clone()),
        met_at: met.map(|met: &Fulfilled| met.at),
        met_note: met.and_then(|met| met.note.clone()),
        routes: routes.collect(),
        undoes: active && undoes,
    }
}

/// `reader` is who reads them; the names are of learner and mentor.
pub fn notes(notes: Vec<CheckIn>, reader: &Member, other: &str) -> Vec<NoteView> {
    let shown = |note: CheckIn| NoteView {
        mine: note.author_id == reader.id,
        author: if note.author_id == reader.id { reader.name.clone() } else { other.to_owned() },
        text: note.text,
        at: note.at,
    };
    notes.into_iter().map(shown).collect()
}

pub fn evidence(whole: &Whole) -> Vec<EvidenceRow> {
    whole.evidence.iter().map(row).collect()
}

fn row(one: &Evidence) -> EvidenceRow {
    let mut shown = EvidenceRow {
        id: one.id.clone(),
        kind: one.body.kind(),
        title: one.title.clone(),
        note: one.note.clone(),
        public: one.public,
        url: None,
        text: None,
        held_on: None,
        file: None,
    };
    match &one.body {
        Body::File(file) => shown.file = Some(file.clone()),
        Body::Link { url } => shown.url = Some(url.clone()),
        Body::Text { text } => shown.text = Some(text.clone()),
        Body::Session { held_on } => shown.held_on = Some(*held_on),
    }
    shown
}

/// Learner and mentor have notes of their own; nobody else reads them.
pub fn has_notes(relation: Relation) -> bool {
    matches!(relation, Relation::Learner | Relation::Mentor)
}
