//! Every address behind a sign-in that names a record: what stands in its place holders, and who may go there. A route that is in none
//! of these lists fails the test.

/// How it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Get,
    Form,
    /// A form of several parts with a file.
    File,
    /// tus, as an upload goes on.
    Tus(&'static str),
}

pub struct Case {
    pub path: &'static str,
    pub kind: Kind,
    /// What the place holders stand for, in their order, by the names that world.rs keeps.
    pub ids: &'static [&'static str],
    /// For whom it works.
    pub may: &'static [&'static str],
    /// Who sees the record, and is told that this is not theirs to do.
    pub sees: &'static [&'static str],
}

/// What all forms hold at once; each takes what it knows.
pub const FIELDS: [(&str, &str); 37] = [
    ("text", "A word."),
    ("wish", "release"),
    ("statement", "What I did."),
    ("revision", "2"),
    ("file", "id = \"some\""),
    ("title", "A title"),
    ("url", "https://acme.example/7"),
    ("requirement", "course"),
    ("route", "taken"),
    ("reason", "Because."),
    ("outcome", "Because."),
    ("upheld", "no"),
    ("grade.makes", "Yes"),
    ("comment.makes", "As it was."),
    ("said.makes", "As described."),
    ("missing", "A second one."),
    ("missing_by", "2027-06-30"),
    ("vote", "for"),
    ("minutes", "All agreed."),
    ("content", "Be kinder."),
    ("role", "mentor"),
    ("visibility", "link"),
    ("badges", "leave"),
    ("name", "Someone"),
    ("email", "someone@client.example"),
    ("comment", "Did it well."),
    ("language", "en"),
    ("standing", "shown"),
    ("cause", "wish"),
    ("confirm", "learner.left@acme.example"),
    ("shape", "disc"),
    ("colour", "#2f5d3a"),
    ("second", "#d9ae4f"),
    ("ribbon", "none"),
    ("sign", "leaf"),
    ("marks", "dots"),
    ("count", "0"),
];

const fn get(
    path: &'static str,
    ids: &'static [&'static str],
    may: &'static [&'static str],
    sees: &'static [&'static str],
) -> Case {
    Case { path, kind: Kind::Get, ids, may, sees }
}

const fn post(
    path: &'static str,
    ids: &'static [&'static str],
    may: &'static [&'static str],
    sees: &'static [&'static str],
) -> Case {
    Case { path, kind: Kind::Form, ids, may, sees }
}

const fn sent(path: &'static str, kind: Kind, ids: &'static [&'static str]) -> Case {
    Case { path, kind, ids, may: &["learner"], sees: &["mentor"] }
}

pub const CASES: &[Case] = &[
    post("/me/sessions/{id}/end", &["session"], &["learner"], &[]),
    post("/me/badges/{id}/shown", &["revoked"], &["yan"], &[]),
    get("/me/badges/{id}", &["award"], &["other"], &[]),
    get("/me/badges/{id}/wallet", &["award"], &["other"], &[]),
    post("/me/badges/{id}/wallet", &["award"], &["other"], &[]),
    get("/me/badges/{id}/endorsements", &["award"], &["other"], &[]),
    post("/me/badges/{id}/endorsements", &["award"], &["other"], &[]),
    // The mentor was asked.
    get("/me/endorse/{award}", &["award"], &["mentor"], &["other"]),
    post("/me/endorse/{award}", &["award"], &["mentor"], &["other"]),
    post("/me/endorsements/{id}/answer", &["said"], &["other"], &[]),
    post("/me/endorsements/{id}/withdraw", &["said"], &["mentor2"], &[]),
    post("/me/passkeys/{id}/remove", &["passkey"], &["learner"], &[]),
    get("/me/backpack/{id}", &["kept"], &["learner"], &[]),
    get("/me/backpack/{id}/file", &["kept"], &["learner"], &[]),
    post("/me/backpack/{id}/remove", &["kept"], &["learner"], &[]),
    post("/me/apps/{id}/disconnect", &["app"], &["learner"], &[]),
    get("/me/path/{id}", &["way"], &["learner"], &[]),
    post("/me/path/{id}/withdraw", &["way"], &["learner"], &[]),
    // Letting a mentor go is the same step as theirs, an owner's and the mentor's own.
    post("/me/path/{id}/mentor", &["way"], &["learner", "mentor", "owner"], &[]),
    post("/me/path/{id}/notes", &["way"], &["learner", "mentor"], &[]),
    Case { path: "/me/path/{id}/badge", kind: Kind::File, ids: &["plain-way"], may: &["tom", "owner"], sees: &[] },
    post("/me/path/{id}/submission", &["done-way"], &["lin"], &[]),
    get("/me/submissions/{id}", &["draft"], &["learner", "mentor"], &[]),
    post("/me/submissions/{id}", &["draft"], &["learner"], &["mentor"]),
    post("/me/submissions/{id}/hand-in", &["done-draft"], &["lin"], &["mentor"]),
    post("/me/submissions/{id}/take-back", &["handed-in"], &["fay"], &["mentor", "owner", "judge"]),
    post("/me/submissions/{id}/evidence", &["draft"], &["learner"], &["mentor"]),
    post("/me/submissions/{id}/evidence/{evidence}", &["draft", "text"], &["learner"], &["mentor"]),
    post("/me/submissions/{id}/evidence/{evidence}/remove", &["draft", "text"], &["learner"], &["mentor"]),
    sent("/me/submissions/{id}/files", Kind::File, &["draft"]),
    sent("/me/submissions/{id}/uploads", Kind::Tus("POST"), &["draft"]),
    sent("/me/uploads/{id}", Kind::Tus("GET"), &["upload"]),
    sent("/me/uploads/{id}", Kind::Tus("PATCH"), &["upload"]),
    sent("/me/uploads/{id}", Kind::Tus("DELETE"), &["upload"]),
    get("/me/evidence/{id}/file", &["file"], &["learner", "mentor"], &[]),
    get("/me/learners/{id}", &["way"], &["mentor", "owner"], &["learner"]),
    post("/me/learners/{id}/badge", &["plain-way"], &["owner"], &[]),
    post("/me/learners/{id}/close", &["way"], &["owner"], &[]),
    post("/me/learners/{id}/confirm", &["way"], &["mentor"], &["owner", "learner"]),
    post("/me/learners/{id}/unconfirm", &["done-way"], &["mentor"], &["owner", "lin"]),
    post("/me/learners/{id}/notes", &["way"], &["learner", "mentor"], &[]),
    post("/me/learners/{id}/mentor", &["way"], &["owner"], &[]),
    post("/me/learners/{id}/release", &["way"], &["mentor", "owner", "learner"], &[]),
    post("/mentor/{id}/take", &["waiting-way"], &["mentor", "mentor2"], &[]),
    get("/me/decisions/{id}", &["decision"], &["vic"], &[]),
    post("/me/decisions/{id}/appeal", &["decision"], &["vic"], &[]),
    post("/me/revocations/{award}/appeal", &["revoked"], &["yan"], &[]),
    post("/me/appeals/{id}/withdraw", &["appeal"], &["xia"], &[]),
    get("/assess/{panel}", &["scoring"], &["judge"], &[]),
    post("/assess/{panel}/draft", &["scoring"], &["judge"], &[]),
    post("/assess/{panel}/scores", &["scoring"], &["judge"], &[]),
    post("/assess/{panel}/settle", &["settling"], &["judge"], &[]),
    post("/assess/{panel}/decision", &["settled"], &["judge"], &[]),
    post("/assess/{panel}/recuse", &["scoring"], &["judge"], &[]),
    get("/assess/samples/{id}", &["sample"], &["judge", "judge2"], &[]),
    post("/assess/samples/{id}/draft", &["sample"], &["judge", "judge2"], &[]),
    post("/assess/samples/{id}/scores", &["sample"], &["judge", "judge2"], &[]),
    get("/run/{program}/calibration", &["program"], &["owner"], &[]),
    get("/run/{program}/calibration/{id}", &["program", "sample"], &["owner"], &[]),
    post("/run/{program}/calibration/{id}/close", &["program", "sample"], &["owner"], &[]),
    post("/run/{program}/panels/{panel}/sample", &["program", "decided"], &["owner"], &[]),
    get("/run/{program}/queue", &["program"], &["owner"], &[]),
    get("/run/{program}/certificate", &["program"], &["owner"], &[]),
    post("/run/{program}/certificate", &["program"], &["owner"], &[]),
    post("/run/{program}/certificate/preview", &["program"], &["owner"], &[]),
    get("/run/{program}/designer", &["program"], &["owner"], &[]),
    post("/run/{program}/designer", &["program"], &["owner"], &[]),
    get("/run/{program}/designer/picture", &["program"], &["owner"], &[]),
    get("/run/{program}/badges/zip", &["program"], &["owner"], &[]),
    get("/run/{program}/renewals", &["program"], &["owner"], &[]),
    get("/run/{program}/renewals/csv", &["program"], &["owner"], &[]),
    get("/run/{program}/suspensions", &["program"], &["owner"], &[]),
    post("/run/{program}/suspensions", &["program"], &["owner"], &[]),
    post("/run/{program}/suspensions/{award}/resume", &["program", "suspended"], &["owner"], &[]),
    get("/run/{program}/panels/{panel}", &["program", "scoring"], &["owner"], &[]),
    post("/run/{program}/panels/{panel}/redraw", &["program", "scoring"], &["owner"], &[]),
    post("/run/{program}/panels/{panel}/confirm", &["program", "proposed"], &["owner"], &[]),
    post("/run/{program}/panels/{panel}/return", &["program", "proposed"], &["owner"], &[]),
    post("/run/{program}/appeals/{id}/answer", &["program", "appeal"], &["owner"], &[]),
    get("/run/{program}", &["program"], &["owner"], &[]),
    post("/run/{program}/drafts", &["program"], &["owner"], &[]),
    get("/run/{program}/drafts/new", &["program"], &["owner"], &[]),
    get("/run/{program}/drafts/{id}", &["program", "program-draft"], &["owner"], &[]),
    post("/run/{program}/drafts/{id}", &["program", "program-draft"], &["owner"], &[]),
    post("/run/{program}/drafts/{id}/publish", &["program", "program-draft"], &["owner"], &[]),
    post("/run/{program}/drafts/{id}/propose", &["gov", "gov-draft"], &["owner"], &[]),
    post("/run/{program}/drafts/{id}/remove", &["program", "program-draft"], &["owner"], &[]),
    get("/govern/{program}", &["gov"], &["chair"], &[]),
    get("/govern/{program}/propose", &["gov"], &["chair"], &[]),
    post("/govern/{program}/propose", &["gov"], &["chair"], &[]),
    get("/govern/{program}/proposals/{id}", &["gov", "open"], &["chair"], &[]),
    post("/govern/{program}/proposals/{id}/vote", &["gov", "open"], &["chair"], &[]),
    post("/govern/{program}/proposals/{id}/close", &["gov", "voted"], &["chair"], &[]),
    post("/govern/{program}/proposals/{id}/withdraw", &["gov", "open"], &["chair"], &[]),
    post("/govern/{program}/proposals/{id}/minutes", &["gov", "closed"], &["chair"], &[]),
    get("/admin/people/{id}", &["person"], &["administrator"], &[]),
    post("/admin/people/{id}/roles", &["person"], &["administrator"], &[]),
    post("/admin/people/{id}/roles/revoke", &["mentor2"], &["administrator"], &[]),
    post("/admin/people/{id}/end-sessions", &["person"], &["administrator"], &[]),
    get("/admin/people/{id}/erase", &["person"], &["administrator"], &[]),
    post("/admin/people/{id}/erase", &["person"], &["administrator"], &[]),
    post("/admin/people/{id}/passkeys/{passkey}/remove", &["person", "passkey"], &["administrator"], &[]),
    get("/admin/webhooks/{id}", &["webhook"], &["administrator"], &[]),
    post("/admin/webhooks/{id}/try", &["webhook"], &["administrator"], &[]),
    post("/admin/webhooks/{id}/rotate", &["webhook"], &["administrator"], &[]),
    post("/admin/webhooks/{id}/off", &["webhook"], &["administrator"], &[]),
    post("/admin/webhooks/{id}/on", &["webhook"], &["administrator"], &[]),
    post("/admin/webhooks/{id}/remove", &["webhook"], &["administrator"], &[]),
    get("/admin/deliveries/{id}", &["delivery"], &["administrator"], &[]),
    post("/admin/deliveries/{id}/replay", &["delivery"], &["administrator"], &[]),
];

/// What anyone who is signed in may name: a level is published, and whoever enrols for it does so for themselves.
pub const FOR_EVERYONE: [(&str, &str); 2] = [("GET", "/me/enrol/{level}"), ("POST", "/me/enrol/{level}")];

/// For programs with a token. A token is of the whole deployment: what it was made for it may do with every record, and nothing else.
/// What stands in the place holder, and a token that may not.
pub const FOR_TOKENS: [(&str, &str, &str, &str); 23] = [
    ("POST", "/api/v1/endorsements/{id}/revoke", "endorsement", "issue"),
    ("GET", "/api/v1/awards/{id}", "award", "issue"),
    ("POST", "/api/v1/awards/{id}/revoke", "award", "issue"),
    ("POST", "/api/v1/awards/{id}/suspend", "award", "issue"),
    ("POST", "/api/v1/awards/{id}/resume", "award", "issue"),
    ("POST", "/api/v1/awards/{id}/renew", "award", "revoke"),
    ("GET", "/api/v1/trusted-issuers/{id}", "trusted", "read"),
    ("PUT", "/api/v1/trusted-issuers/{id}", "trusted", "read"),
    ("DELETE", "/api/v1/trusted-issuers/{id}", "trusted", "read"),
    ("GET", "/scim/v2/ResourceTypes/{id}", "resource-type", "read"),
    ("GET", "/scim/v2/Schemas/{id}", "schema", "read"),
    ("GET", "/scim/v2/Users/{id}", "user", "read"),
    ("PUT", "/scim/v2/Users/{id}", "user", "read"),
    ("PATCH", "/scim/v2/Users/{id}", "user", "read"),
    ("DELETE", "/scim/v2/Users/{id}", "user", "read"),
    ("GET", "/scim/v2/Groups/{id}", "group", "read"),
    ("PUT", "/scim/v2/Groups/{id}", "group", "read"),
    ("PATCH", "/scim/v2/Groups/{id}", "group", "read"),
    ("DELETE", "/scim/v2/Groups/{id}", "group", "read"),
    ("GET", "/api/v1/webhooks/{id}", "webhook", "read"),
    ("DELETE", "/api/v1/webhooks/{id}", "webhook", "read"),
    ("GET", "/api/v1/webhooks/{id}/deliveries", "webhook", "read"),
    ("POST", "/api/v1/deliveries/{id}/replay", "delivery", "read"),
];
