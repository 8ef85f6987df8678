//! Every address that can be opened, by its route: what is shown there, and to whom. The pages behind a sign-in that name a record stand
//! in the table of the ids.

/// Pages that stand in no list of ids: the route, addresses of it, and who opens it (nobody who is signed in where it is empty).
pub const PAGES: [(&str, &[&str], &str); 34] = [
    ("/", &["/"], ""),
    ("/programs", &["/programs"], ""),
    ("/programs/{slug}", &["/programs/left", "/programs/{gov}", "/programs/many", "/programs/left.toml"], ""),
    ("/achievements/{id}", &["/achievements/left.maker", "/achievements/left.plain"], ""),
    ("/achievements/{id}/versions", &["/achievements/left.maker/versions"], ""),
    ("/achievements/{id}/versions/{version}", &["/achievements/left.maker/versions/2"], ""),
    ("/issuers/{id}", &["/issuers/acme"], ""),
    ("/badges/{id}", &["/badges/{badge}"], ""),
    ("/embed/{id}", &["/embed/{badge}"], ""),
    ("/endorsements/{id}", &["/endorsements/{endorsement}"], ""),
    ("/certifications/{lineage}", &["/certifications/{lineage}"], ""),
    ("/api", &["/api"], ""),
    ("/verify", &["/verify", "/verify?link=https%3A%2F%2Fbadges.acme.example%2Fbadges%2F{badge}"], ""),
    ("/present", &["/present"], ""),
    ("/present/{secret}", &["/present/none"], ""),
    ("/sign-in", &["/sign-in"], ""),
    ("/sign-in/sent", &["/sign-in/sent"], ""),
    ("/sign-in/link/{secret}", &["/sign-in/link/none"], ""),
    ("/letters/{secret}", &["/letters/none"], ""),
    ("/me", &["/me"], "learner"),
    ("/me/letters", &["/me/letters"], "learner"),
    ("/me/badges", &["/me/badges"], "vic"),
    ("/me/path", &["/me/path"], "learner"),
    ("/me/enrol/{level}", &["/me/enrol/left.maker"], "owner"),
    ("/me/learners", &["/me/learners?program=left", "/me/learners?program=left&waiting=1"], "owner"),
    ("/mentor", &["/mentor"], "mentor"),
    ("/me/decisions", &["/me/decisions"], "vic"),
    ("/assess", &["/assess"], "judge"),
    ("/run", &["/run"], "owner"),
    ("/govern", &["/govern"], "chair"),
    ("/team", &["/team"], "boss"),
    ("/team/verify", &["/team/verify"], "boss"),
    ("/admin", &["/admin", "/admin?q=left", "/admin?role=owner"], "administrator"),
    ("/admin/webhooks", &["/admin/webhooks"], "administrator"),
];

/// The same for whoever reads the record.
pub const RECORD: [(&str, &[&str]); 3] = [
    ("/record", &["/record", "/record?kind=award"]),
    ("/record/json", &["/record/json"]),
    ("/record/csv", &["/record/csv"]),
];

/// Lists for programs.
pub const LISTS: [(&str, &[&str]); 8] = [
    ("/team/csv", &["/team/csv"]),
    ("/run/{program}/renewals/csv", &["/run/left/renewals/csv"]),
    ("/feed.atom", &["/feed.atom"]),
    ("/api/v1/awards", &["/api/v1/awards"]),
    ("/api/v1/trusted-issuers", &["/api/v1/trusted-issuers"]),
    ("/api/v1/webhooks", &["/api/v1/webhooks"]),
    ("/scim/v2/Users", &["/scim/v2/Users", "/scim/v2/Users?count=100"]),
    ("/scim/v2/Groups", &["/scim/v2/Groups"]),
];

/// One document, file or answer, which holds no rows.
pub const NO_LISTS: [&str; 32] = [
    "/present/requests/{id}",
    "/.well-known/did.json",
    "/.well-known/openid-credential-issuer",
    "/.well-known/oauth-authorization-server/wallet",
    "/keys/{fragment}",
    "/badges/{id}/card.png",
    "/badges/{id}/qr.png",
    "/images/{file}",
    "/api/openapi.json",
    "/assets/{*file}",
    "/robots.txt",
    "/healthz",
    "/oembed",
    "/demo.json",
    "/demo/recipients.csv",
    "/status/{list}",
    "/sign-in/oidc",
    "/sign-in/oidc/back",
    "/me/uploads/{id}",
    "/me/evidence/{id}/file",
    "/api/v1/awards/{id}",
    "/api/v1/trusted-issuers/{id}",
    "/api/v1/webhooks/{id}",
    // Fifty of one table.
    "/api/v1/webhooks/{id}/deliveries",
    "/scim/v2/ServiceProviderConfig",
    "/scim/v2/ResourceTypes",
    "/scim/v2/ResourceTypes/{id}",
    "/scim/v2/Schemas",
    "/scim/v2/Schemas/{id}",
    "/scim/v2/Users/{id}",
    "/scim/v2/Groups/{id}",
    "/me/submissions/{id}/evidence/{evidence}",
];
