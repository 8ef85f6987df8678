//! Everything that the record holds on one person, table by table, as they may have it: what others wrote for themselves or about others is not theirs.

use super::{Conn, StoreError, columns::unreadable, db::each_engine};
use jiff::Timestamp;
use serde_json::{Map, Value};
use sqlx::{QueryBuilder, Row};

/// What is taken out of a table: under what name, which columns, and from where; each `?` is the person's id.
pub struct Held {
    pub name: &'static str,
    columns: &'static [&'static str],
    from: &'static str,
}

impl Held {
    /// The tables that it is read from.
    pub fn tables(&self) -> impl Iterator<Item = &'static str> {
        let words = self.from.split_whitespace();
        let after = words.clone().zip(words.skip(1)).filter(|(word, _)| *word == "JOIN").map(|(_, table)| table);
        self.from.split_whitespace().take(1).chain(after)
    }
}

const fn held(name: &'static str, columns: &'static [&'static str], from: &'static str) -> Held {
    Held { name, columns, from }
}

/// In the order in which it is told.
pub const HELD: &[Held] = &[
    held(
        "profile",
        &[
            "id", "email", "name", "given_name", "family_name", "user_name", "external_id", "team", "job_function",
            "name_public", "active", "removed_at", "created_at", "updated_at",
        ],
        "people WHERE id = ?",
    ),
    held("manager", &["m.name", "m.email"], "people p JOIN people m ON m.id = p.manager_id WHERE p.id = ?"),
    held("teams", &["t.name"], "team_members b JOIN teams t ON t.id = b.team_id WHERE b.person_id = ? ORDER BY t.name"),
    held("roles", &["role", "program_id", "granted_at"], "roles WHERE person_id = ? ORDER BY id"),
    held(
        "sessions",
        &["method", "user_agent", "created_at", "last_seen_at", "expires_at"],
        "sessions WHERE person_id = ? ORDER BY created_at",
    ),
    held("sign_in_links", &["next", "created_at", "expires_at", "used_at"], "sign_ins WHERE person_id = ? ORDER BY created_at"),
    held("passkeys", &["name", "created_at", "last_used_at"], "passkeys WHERE person_id = ? ORDER BY created_at"),
    held(
        "badges",
        &[
            "id", "level_id", "level_version", "valid_from", "valid_until", "issued_at", "subject_id", "salt", "narrative",
            "evidence_url", "evidence", "results", "visibility", "renews", "superseded_by", "revoked_at",
            "revocation_reason", "suspended_at", "suspension_reason", "resumed_at",
        ],
        "awards WHERE person_id = ? ORDER BY issued_at, id",
    ),
    held(
        "suspensions_lifted",
        &["f.award_id", "f.suspended_at", "f.resumed_at"],
        "awards a JOIN former_places f ON f.award_id = a.id WHERE a.person_id = ? ORDER BY f.resumed_at, f.award_id",
    ),
    held(
        "backpack",
        &[
            "file_name", "media_type", "size", "document", "title", "issuer", "issued_at", "ends_at", "came_by", "came_from",
            "added_at",
        ],
        "backpack_badges WHERE person_id = ? ORDER BY added_at, id",
    ),
    held("profile_added", &["added", "updated_at"], "profile_additions WHERE person_id = ?"),
    held(
        "apps",
        &["c.metadata AS app", "g.scopes", "g.created_at", "g.last_used_at"],
        "oauth_grants g JOIN oauth_clients c ON c.id = g.client_id WHERE g.person_id = ? ORDER BY g.created_at",
    ),
    held("reminders", &["r.award_id", "r.kind", "r.at"], "awards a JOIN reminders r ON r.award_id = a.id WHERE a.person_id = ? ORDER BY r.at"),
    held(
        "badges_in_wallets",
        &["w.award_id", "w.format", "w.holder", "w.issued_at"],
        "awards a JOIN wallet_credentials w ON w.award_id = a.id WHERE a.person_id = ? ORDER BY w.issued_at, w.id",
    ),
    held(
        "endorsements_by_people",
        &["d.id", "d.award_id", "d.skill", "d.relation", "d.name", "d.comment", "d.language", "d.issued_at", "d.state", "d.withdrawn_at", "d.credential"],
        "awards a JOIN personal_endorsements d ON d.award_id = a.id WHERE a.person_id = ? AND d.credential <> '' ORDER BY d.issued_at, d.id",
    ),
    held(
        "endorsements_asked_for",
        &["k.award_id", "k.skill", "k.name", "k.email", "k.asked_at", "k.expires_at", "k.used_at"],
        "awards a JOIN endorsement_asks k ON k.award_id = a.id WHERE a.person_id = ? ORDER BY k.asked_at",
    ),
    held(
        "endorsements_given",
        &["d.id", "d.skill", "d.relation", "d.name", "d.comment", "d.language", "d.issued_at", "d.withdrawn_at", "d.credential"],
        "endorsers e JOIN personal_endorsements d ON d.endorser_id = e.id WHERE e.person_id = ? AND d.credential <> '' ORDER BY d.issued_at, d.id",
    ),
    held(
        "paths",
        &[
            "e.id", "e.level_id", "e.level_version", "e.kind", "e.renews", "e.state", "m.name AS mentor",
            "e.mentor_wanted", "e.enrolled_at", "e.ended_at",
        ],
        "enrolments e LEFT JOIN people m ON m.id = e.mentor_id WHERE e.person_id = ? ORDER BY e.enrolled_at, e.id",
    ),
    held(
        "requirements_met",
        &["f.enrolment_id", "f.requirement_id", "f.route_id", "f.note", "f.badge_id", "f.badge", "f.at"],
        "enrolments e JOIN fulfilments f ON f.enrolment_id = e.id WHERE e.person_id = ? ORDER BY f.at",
    ),
    held(
        "notes_with_mentors",
        &["c.enrolment_id", "w.name AS author", "c.text", "c.at"],
        "enrolments e JOIN check_ins c ON c.enrolment_id = e.id JOIN people w ON w.id = c.author_id WHERE e.person_id = ?
         ORDER BY c.at",
    ),
    held(
        "submissions",
        &["s.id", "s.enrolment_id", "s.number", "s.state", "s.statement", "s.created_at", "s.updated_at", "s.submitted_at"],
        "enrolments e JOIN submissions s ON s.enrolment_id = e.id WHERE e.person_id = ? ORDER BY s.created_at",
    ),
    held(
        "evidence",
        &[
            "v.id", "v.submission_id", "v.position", "v.kind", "v.title", "v.note", "v.public", "v.url", "v.text", "v.held_on",
            "v.file_name", "v.media_type", "v.size", "v.sha256", "v.created_at",
        ],
        "enrolments e JOIN submissions s ON s.enrolment_id = e.id JOIN evidence v ON v.submission_id = s.id
         WHERE e.person_id = ? ORDER BY v.submission_id, v.position",
    ),
    held(
        "decisions",
        &[
            "d.id", "n.submission_id", "n.purpose", "d.outcome", "d.grades", "d.reason", "d.missing", "d.missing_by",
            "d.decided_at", "d.award_id",
        ],
        "enrolments e JOIN submissions s ON s.enrolment_id = e.id JOIN panels n ON n.submission_id = s.id
         JOIN decisions d ON d.panel_id = n.id WHERE e.person_id = ? AND d.state = 'final' ORDER BY d.decided_at",
    ),
    held(
        "appeals",
        &["id", "decision_id", "award_id", "reason", "state", "outcome", "filed_at", "decided_at"],
        "appeals WHERE person_id = ? ORDER BY filed_at",
    ),
    held(
        "conflicts_declared",
        &["o.name AS other", "c.reason", "c.declared_at"],
        "conflicts c JOIN people o ON o.id = c.other_id WHERE c.person_id = ? ORDER BY c.declared_at",
    ),
    held(
        "mail",
        &["recipient", "subject", "CASE WHEN useful_until IS NULL THEN text ELSE '' END AS text", "calendar", "created_at", "sent_at"],
        "mails WHERE person_id = ? ORDER BY created_at, id",
    ),
    // What they did for others: that they did, and their own words, and nothing of whom it was about.
    held(
        "panels_sat_on",
        &["panel_id", "state", "reason", "named", "seated_at", "scored_at", "settled_at"],
        "seats WHERE person_id = ? ORDER BY seated_at",
    ),
    held("samples_scored", &["sample_id", "scored_at"], "sample_sheets WHERE person_id = ? ORDER BY sample_id"),
    held(
        "mentored",
        &["id", "level_id", "state", "enrolled_at", "ended_at"],
        "enrolments WHERE mentor_id = ? ORDER BY enrolled_at",
    ),
    held("committee_terms", &["program_id", "starts_at", "ends_at"], "committee_terms WHERE person_id = ? ORDER BY starts_at"),
    held(
        "votes",
        &["proposal_id", "vote", "comment", "voted_at"],
        "proposal_seats WHERE person_id = ? ORDER BY proposal_id",
    ),
    held("letters_declined", &["kind", "at"], "declined_letters WHERE person_id = ? ORDER BY kind"),
    held(
        "told_to_others",
        &["w.name", "w.shown_as", "d.topic", "d.body", "d.created_at", "d.delivered_at"],
        "webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id WHERE d.person_id = ? ORDER BY d.created_at, d.id",
    ),
];

/// Of which tables nothing is taken out, since their rows hold nothing of a person beside what stands elsewhere, or are another's to give.
pub const LEFT_OUT: &[&str] = &[
    "api_credentials",
    "award_jwts",
    "evidence_parts",
    "events",
    "idempotency_keys",
    "jobs",
    "letter_links",
    "lineages",
    "oauth_codes",
    "panels",
    "passkey_questions",
    "program_drafts",
    "proposals",
    "scores",
    "sample_scores",
];

/// Times whose names do not say so; `came_from` is none.
const TIMES: [&str; 3] = ["valid_from", "valid_until", "missing_by"];
const FLAGS: [&str; 5] = ["active", "mentor_wanted", "name_public", "named", "public"];

/// Each row as a JSON object, empty columns left out; times as RFC 3339 has them.
pub async fn rows(conn: &mut Conn, held: &Held, person_id: &str) -> Result<Vec<Value>, StoreError> {
    let names: Vec<&str> = held.columns.iter().map(|column| name(column)).collect();
    let found: Vec<Vec<Option<String>>> = each_engine!(conn, c => async {
        let mut sql = QueryBuilder::new("SELECT ");
        for (at, column) in held.columns.iter().enumerate() {
            let column = column.split(" AS ").next().unwrap_or(column);
            sql.push(if at > 0 { ", CAST(" } else { "CAST(" }).push(column).push(" AS TEXT)");
        }
        sql.push(" FROM ");
        for (at, part) in held.from.split('?').enumerate() {
            if at > 0 {
                sql.push_bind(person_id);
            }
            sql.push(part);
        }
        let rows = sql.build().fetch_all(c).await?;
        rows.iter().map(|row| (0..names.len()).map(|at| row.try_get(at)).collect()).collect::<Result<_, sqlx::Error>>()
    })?;
    let object = |values: Vec<Option<String>>| -> Result<Value, StoreError> {
        let told = names.iter().zip(values).filter_map(|(name, value)| Some((*name, value?)));
        let members = told.map(|(name, value)| Ok((name.to_owned(), typed(name, value)?)));
        Ok(Value::Object(members.collect::<Result<Map<_, _>, StoreError>>()?))
    };
    found.into_iter().map(object).collect()
}

/// Every file of their evidence that is here whole: its id, its name, its size.
pub async fn files(conn: &mut Conn, person_id: &str) -> Result<Vec<(String, String, i64)>, StoreError> {
    super::db::rows!(
        conn,
        (String, String, i64),
        "SELECT v.id, v.file_name, v.size FROM enrolments e JOIN submissions s ON s.enrolment_id = e.id
             JOIN evidence v ON v.submission_id = s.id
         WHERE e.person_id = $1 AND v.kind = 'file' AND v.sha256 IS NOT NULL ORDER BY v.submission_id, v.position",
        person_id
    )
}

/// `m.name AS mentor` is told as `mentor`, `e.id` as `id`.
fn name(column: &str) -> &str {
    column.rsplit(['.', ' ']).next().unwrap_or(column)
}

fn typed(name: &str, value: String) -> Result<Value, StoreError> {
    if FLAGS.contains(&name) {
        return Ok(Value::Bool(matches!(value.as_str(), "1" | "true")));
    }
    if name == "at" || name.ends_with("_at") || TIMES.contains(&name) {
        let seconds = value.parse().map_err(|why| unreadable(name, why))?;
        let time = Timestamp::from_second(seconds).map_err(|why| unreadable(name, why))?;
        return Ok(Value::String(time.to_string()));
    }
    if ["evidence", "grades", "results"].contains(&name) {
        return Ok(serde_json::from_str(&value).unwrap_or(Value::String(value)));
    }
    Ok(Value::String(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_as_one_and_no_word_is_taken_for_it() {
        let told = |name, value: &str| typed(name, value.to_owned()).ok();
        assert_eq!(told("valid_from", "0"), Some("1970-01-01T00:00:00Z".into()));
        assert_eq!(told("issued_at", "0"), Some("1970-01-01T00:00:00Z".into()));
        assert_eq!(told("came_from", "https://guild.example"), Some("https://guild.example".into()));
        assert_eq!(told("active", "1"), Some(true.into()));
        assert_eq!(told("added_at", "yesterday"), None);
    }
}
