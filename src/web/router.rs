//! Every address of the service, on one screen, each with the right that it takes and what it is counted as.
//!
//! A route is added through [`Routes`] only, which wants the right, guards the route with it and notes it in a list; a
//! test walks that list for every kind of actor. How often a client may ask depends on the class it stands under.

use super::{
    Web, account, achievements, admin, api, apps, assess,
    auth::{self, Gate},
    backpack, badges, badges_in_bulk, body, calibration, certificate_look, certifications, decisions, demo, designer,
    did, drafts, embed, endorsements, erasing,
    error::{Failure, Kind},
    feed, files, finish, govern, images, issuers, keys, letters,
    limits::{self, Class, Classes},
    oauth, oidc, open_badges, own_badges, panels, passkeys, path, platforms, present, programs, record, renewals, run,
    scim, sign_in, sign_in_links, status, suspensions, takeout, team, vc_api, verify, versions, vouching, wall, wallet,
    webhooks,
};
use crate::domain::actor::Right;
use axum::{
    Router,
    handler::Handler,
    http::{Method, Uri, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Redirect, Response},
    routing::{MethodFilter, on},
};
use std::sync::Arc;

pub fn routes(web: Arc<Web>) -> Routes {
    Routes::new(web)
        .counted_as(Class::Reading)
        .get("/", Right::See, wall::show)
        .get("/programs", Right::See, programs::list)
        .get("/programs/{slug}", Right::See, programs::show)
        .get("/achievements/{id}", Right::See, achievements::show)
        .get("/achievements/{id}/versions", Right::See, versions::list)
        .get("/achievements/{id}/versions/{version}", Right::See, versions::show)
        .get("/issuers/{id}", Right::See, issuers::show)
        .get("/.well-known/did.json", Right::See, did::document)
        .get("/present", Right::See, present::form)
        .get("/present/{secret}", Right::See, present::show)
        .get("/present/requests/{id}", Right::See, present::request)
        .get("/.well-known/openid-credential-issuer", Right::See, wallet::credential_issuer)
        .get("/.well-known/oauth-authorization-server/wallet", Right::See, wallet::authorization_server)
        .get("/.well-known/oauth-authorization-server", Right::See, oauth::metadata)
        .get("/ims/ob/v3p0/discovery", Right::See, open_badges::discovery::show)
        .get("/keys/{fragment}", Right::See, keys::show)
        .get("/badges/{id}", Right::See, badges::show)
        .get("/badges/{id}/card.png", Right::See, badges::card)
        .get("/badges/{id}/qr.png", Right::See, badges::code)
        .get("/embed/{id}", Right::See, embed::show)
        .get("/oembed", Right::See, embed::oembed)
        .get("/feed.atom", Right::See, feed::show)
        .get("/endorsements/{id}", Right::See, endorsements::show)
        .get("/endorsers/{id}/did.json", Right::See, vouching::did)
        .get("/certifications/{lineage}", Right::See, certifications::show)
        .get("/images/{file}", Right::See, images::show)
        .get("/api", Right::See, api::openapi::page)
        .get("/api/openapi.json", Right::See, api::openapi::document)
        .get("/assets/{*file}", Right::See, files::asset)
        .get("/robots.txt", Right::See, files::robots)
        .get("/healthz", Right::See, files::health)
        .get("/demo.json", Right::See, demo::links)
        .get("/demo/recipients.csv", Right::See, demo::recipients)
        .counted_as(Class::Status)
        .get("/status/{list}", Right::See, status::show)
        .get("/endorsers/{id}/status", Right::See, vouching::status)
        .counted_as(Class::Verifying)
        .get("/verify", Right::See, verify::form)
        .post("/verify", Right::See, verify::submit)
        .post("/verify/bundle", Right::See, verify::save)
        .post("/api/v1/verify", Right::See, api::verify::verify)
        .post("/credentials/verify", Right::See, vc_api::verify::verify)
        .post("/presentations/verify", Right::See, vc_api::presentation::verify)
        .post("/present", Right::See, present::begin)
        .post("/present/answers/{id}", Right::See, present::answer)
        .post("/oauth/register", Right::See, oauth::register)
        .post("/oauth/token", Right::See, oauth::token::token)
        .post("/oauth/revoke", Right::See, oauth::token::revoke)
        .post("/wallet/token", Right::See, wallet::token)
        .post("/wallet/nonce", Right::See, wallet::nonce)
        .post("/wallet/credential", Right::See, wallet::credential)
        .counted_as(Class::SigningIn)
        .get("/sign-in", Right::See, sign_in::show)
        .post("/sign-in", Right::See, sign_in_links::ask)
        .get("/sign-in/sent", Right::See, sign_in_links::sent)
        .get("/sign-in/link/{secret}", Right::See, sign_in_links::show)
        .post("/sign-in/link/{secret}", Right::See, sign_in_links::redeem)
        .post("/sign-in/demo", Right::See, sign_in::demo)
        .post("/sign-in/passkey", Right::See, passkeys::sign_in)
        .post("/sign-in/passkey/question", Right::See, passkeys::begin_sign_in)
        .get("/letters/{secret}", Right::See, letters::ask)
        .post("/letters/{secret}", Right::See, letters::stop)
        .get("/endorse/{secret}", Right::See, vouching::form_outside)
        .post("/endorse/{secret}", Right::See, vouching::give_outside)
        .get("/endorse/said/{secret}", Right::See, vouching::said_outside)
        .post("/endorse/said/{secret}", Right::See, vouching::withdraw_outside)
        .get("/sign-in/oidc", Right::See, oidc::begin)
        .get("/sign-in/oidc/back", Right::See, oidc::back)
        .counted_as(Class::SignedIn)
        .post("/sign-out", Right::SignedIn, sign_in::out)
        .get("/me", Right::SignedIn, account::show)
        .post("/me/sessions/end-others", Right::SignedIn, account::end_others)
        .post("/me/sessions/{id}/end", Right::SignedIn, account::end)
        .get("/me/letters", Right::SignedIn, letters::show)
        .post("/me/letters", Right::SignedIn, letters::choose)
        .get("/me/badges", Right::SignedIn, own_badges::list)
        .get("/me/badges/zip", Right::SignedIn, badges_in_bulk::own)
        .get("/me/badges/{id}", Right::SignedIn, own_badges::one)
        .post("/me/badges/{id}/shown", Right::SignedIn, own_badges::show_to)
        .get("/me/badges/{id}/wallet", Right::SignedIn, wallet::show)
        .post("/me/badges/{id}/wallet", Right::SignedIn, wallet::offer)
        .post("/me/wallet/code", Right::SignedIn, wallet::transaction_code)
        .post("/me/name", Right::SignedIn, own_badges::be_named)
        .get("/me/badges/{id}/endorsements", Right::SignedIn, vouching::desk)
        .post("/me/badges/{id}/endorsements", Right::SignedIn, vouching::ask)
        .get("/me/endorse/{award}", Right::SignedIn, vouching::form)
        .post("/me/endorse/{award}", Right::SignedIn, vouching::give)
        .get("/me/endorsements", Right::SignedIn, vouching::given)
        .post("/me/endorsements/{id}/answer", Right::SignedIn, vouching::answer)
        .post("/me/endorsements/{id}/withdraw", Right::SignedIn, vouching::withdraw)
        .post("/me/everything", Right::SignedIn, takeout::everything)
        .post("/me/career", Right::SignedIn, takeout::career)
        .get("/oauth/authorize", Right::SignedIn, oauth::authorize::show)
        .post("/oauth/authorize", Right::SignedIn, oauth::authorize::decide)
        .get("/me/backpack", Right::SignedIn, backpack::list)
        .post("/me/backpack", Right::SignedIn, backpack::take)
        .get("/me/backpack/{id}", Right::SignedIn, backpack::show)
        .get("/me/backpack/{id}/file", Right::SignedIn, backpack::file)
        .post("/me/backpack/{id}/remove", Right::SignedIn, backpack::remove)
        .post("/me/platforms", Right::SignedIn, platforms::begin)
        .get("/me/platforms/back", Right::SignedIn, platforms::back)
        .get("/me/apps", Right::SignedIn, apps::list)
        .post("/me/apps/{id}/disconnect", Right::SignedIn, apps::disconnect)
        .post("/me/passkeys", Right::Administer, passkeys::add)
        .post("/me/passkeys/question", Right::Administer, passkeys::begin)
        .post("/me/passkeys/{id}/remove", Right::SignedIn, passkeys::remove)
        .get("/me/path", Right::SignedIn, path::list)
        .get("/me/enrol/{level}", Right::SignedIn, path::enrolling)
        .post("/me/enrol/{level}", Right::SignedIn, path::enrol)
        .get("/me/path/{id}", Right::SignedIn, path::way)
        .post("/me/path/{id}/withdraw", Right::SignedIn, path::withdraw)
        .post("/me/path/{id}/mentor", Right::SignedIn, path::mentor)
        .post("/me/path/{id}/notes", Right::SignedIn, path::note)
        .post("/me/path/{id}/badge", Right::SignedIn, path::bring)
        .post("/me/path/{id}/submission", Right::SignedIn, path::begin)
        .get("/me/submissions/{id}", Right::SignedIn, path::submission)
        .post("/me/submissions/{id}", Right::SignedIn, path::save)
        .post("/me/submissions/{id}/hand-in", Right::SignedIn, path::hand_in)
        .post("/me/submissions/{id}/take-back", Right::SignedIn, path::take_back)
        .post("/me/submissions/{id}/evidence", Right::SignedIn, path::add)
        .post("/me/submissions/{id}/evidence/{evidence}", Right::SignedIn, path::describe)
        .post("/me/submissions/{id}/evidence/{evidence}/remove", Right::SignedIn, path::remove)
        .post("/me/submissions/{id}/files", Right::SignedIn, path::receive)
        .post("/me/submissions/{id}/uploads", Right::SignedIn, path::start)
        .get("/me/uploads/{id}", Right::SignedIn, path::arrived)
        .patch("/me/uploads/{id}", Right::SignedIn, path::patch)
        .delete("/me/uploads/{id}", Right::SignedIn, path::abandon)
        .get("/me/evidence/{id}/file", Right::SignedIn, path::download)
        .get("/me/learners", Right::SignedIn, path::learners)
        .get("/me/learners/{id}", Right::SignedIn, path::learner)
        .post("/me/learners/{id}/badge", Right::RunProgram, path::complete)
        .post("/me/learners/{id}/close", Right::RunProgram, path::close)
        .post("/me/learners/{id}/confirm", Right::SignedIn, path::confirm)
        .post("/me/learners/{id}/unconfirm", Right::SignedIn, path::unconfirm)
        .post("/me/learners/{id}/notes", Right::SignedIn, path::check_in)
        .post("/me/learners/{id}/mentor", Right::RunProgram, path::give_mentor)
        .post("/me/learners/{id}/release", Right::SignedIn, path::release_mentor)
        .get("/mentor", Right::Mentor, path::mentoring)
        .post("/mentor/{id}/take", Right::Mentor, path::take)
        .get("/me/decisions", Right::SignedIn, decisions::list)
        .get("/me/decisions/{id}", Right::SignedIn, decisions::show)
        .post("/me/decisions/{id}/appeal", Right::SignedIn, decisions::appeal)
        .post("/me/revocations/{award}/appeal", Right::SignedIn, decisions::appeal_revocation)
        .post("/me/appeals/{id}/withdraw", Right::SignedIn, decisions::withdraw)
        .post("/me/conflicts", Right::SignedIn, decisions::declare_conflict)
        .get("/assess", Right::Assess, assess::queue)
        .get("/assess/{panel}", Right::Assess, assess::show)
        .post("/assess/{panel}/draft", Right::Assess, assess::draft)
        .post("/assess/{panel}/scores", Right::Assess, assess::hand_in)
        .post("/assess/{panel}/settle", Right::Assess, assess::settle)
        .post("/assess/{panel}/decision", Right::Assess, assess::decide)
        .post("/assess/{panel}/recuse", Right::Assess, assess::recuse)
        .get("/assess/samples/{id}", Right::Assess, calibration::show)
        .post("/assess/samples/{id}/draft", Right::Assess, calibration::draft)
        .post("/assess/samples/{id}/scores", Right::Assess, calibration::hand_in)
        .get("/run/{program}/calibration", Right::RunProgram, calibration::list)
        .get("/run/{program}/calibration/{id}", Right::RunProgram, calibration::result)
        .post("/run/{program}/calibration/{id}/close", Right::RunProgram, calibration::close)
        .post("/run/{program}/panels/{panel}/sample", Right::RunProgram, calibration::mark)
        .get("/run/{program}/queue", Right::RunProgram, panels::queue)
        .get("/run/{program}/panels/{panel}", Right::RunProgram, panels::show)
        .post("/run/{program}/panels/{panel}/redraw", Right::RunProgram, panels::redraw)
        .post("/run/{program}/panels/{panel}/confirm", Right::RunProgram, panels::confirm)
        .post("/run/{program}/panels/{panel}/return", Right::RunProgram, panels::give_back)
        .post("/run/{program}/appeals/{id}/answer", Right::RunProgram, panels::answer)
        .get("/run", Right::RunProgram, run::list)
        .get("/run/{program}", Right::RunProgram, run::show)
        .get("/run/{program}/certificate", Right::RunProgram, certificate_look::show)
        .post("/run/{program}/certificate", Right::RunProgram, certificate_look::change)
        .post("/run/{program}/certificate/preview", Right::RunProgram, certificate_look::preview)
        .get("/run/{program}/designer", Right::RunProgram, designer::show)
        .post("/run/{program}/designer", Right::RunProgram, designer::choose)
        .get("/run/{program}/designer/picture", Right::RunProgram, designer::picture)
        .get("/run/{program}/badges/zip", Right::RunProgram, badges_in_bulk::of_program)
        .get("/run/{program}/renewals", Right::RunProgram, renewals::show)
        .get("/run/{program}/renewals/csv", Right::RunProgram, renewals::table)
        .get("/run/{program}/suspensions", Right::RunProgram, suspensions::list)
        .post("/run/{program}/suspensions", Right::RunProgram, suspensions::suspend)
        .post("/run/{program}/suspensions/{award}/resume", Right::RunProgram, suspensions::resume)
        .post("/run/{program}/drafts", Right::RunProgram, drafts::begin)
        .get("/run/{program}/drafts/new", Right::RunProgram, drafts::new)
        .get("/run/{program}/drafts/{id}", Right::RunProgram, drafts::show)
        .post("/run/{program}/drafts/{id}", Right::RunProgram, drafts::save)
        .post("/run/{program}/drafts/{id}/publish", Right::RunProgram, drafts::publish)
        .post("/run/{program}/drafts/{id}/propose", Right::RunProgram, drafts::propose)
        .post("/run/{program}/drafts/{id}/remove", Right::RunProgram, drafts::remove)
        .get("/govern", Right::Govern, govern::list)
        .get("/govern/{program}", Right::Govern, govern::committee)
        .get("/govern/{program}/propose", Right::Govern, govern::propose_form)
        .post("/govern/{program}/propose", Right::Govern, govern::propose)
        .get("/govern/{program}/proposals/{id}", Right::Govern, govern::show)
        .post("/govern/{program}/proposals/{id}/vote", Right::Govern, govern::vote)
        .post("/govern/{program}/proposals/{id}/close", Right::Govern, govern::close)
        .post("/govern/{program}/proposals/{id}/withdraw", Right::Govern, govern::withdraw)
        .post("/govern/{program}/proposals/{id}/minutes", Right::Govern, govern::minutes)
        .get("/team", Right::SeeTeam, team::show)
        .get("/team/verify", Right::SeeTeam, team::verify)
        .get("/team/csv", Right::SeeTeam, team::table)
        .get("/record", Right::ReadRecord, record::show)
        .get("/record/json", Right::ReadRecord, record::json)
        .get("/record/csv", Right::ReadRecord, record::table)
        .get("/admin", Right::Administer, admin::list)
        .get("/admin/people/{id}", Right::Administer, admin::show)
        .post("/admin/people/{id}/roles", Right::Administer, admin::grant)
        .post("/admin/people/{id}/roles/revoke", Right::Administer, admin::revoke)
        .post("/admin/people/{id}/end-sessions", Right::Administer, admin::end_sessions)
        .post("/admin/people/{id}/passkeys/{passkey}/remove", Right::Administer, admin::remove_passkey)
        .get("/admin/people/{id}/erase", Right::Administer, erasing::show)
        .post("/admin/people/{id}/erase", Right::Administer, erasing::erase)
        .get("/admin/webhooks", Right::Administer, webhooks::list)
        .post("/admin/webhooks", Right::Administer, webhooks::add)
        .get("/admin/webhooks/{id}", Right::Administer, webhooks::show)
        .post("/admin/webhooks/{id}/try", Right::Administer, webhooks::try_out)
        .post("/admin/webhooks/{id}/rotate", Right::Administer, webhooks::rotate)
        .post("/admin/webhooks/{id}/off", Right::Administer, webhooks::switch_off)
        .post("/admin/webhooks/{id}/on", Right::Administer, webhooks::switch_on)
        .post("/admin/webhooks/{id}/remove", Right::Administer, webhooks::remove)
        .get("/admin/deliveries/{id}", Right::Administer, webhooks::delivery)
        .post("/admin/deliveries/{id}/replay", Right::Administer, webhooks::replay)
        .counted_as(Class::Token)
        .post("/api/v1/awards", Right::Issue, api::awards::create)
        .get("/api/v1/awards", Right::ReadAwards, api::awards::list)
        .post("/api/v1/endorsements", Right::Issue, api::endorsements::create)
        .post("/api/v1/endorsements/{id}/revoke", Right::Revoke, api::endorsements::revoke)
        .get("/api/v1/awards/{id}", Right::ReadAwards, api::awards::show)
        .post("/api/v1/awards/{id}/revoke", Right::Revoke, api::awards::revoke)
        .post("/api/v1/awards/{id}/suspend", Right::Revoke, api::awards::suspend)
        .post("/api/v1/awards/{id}/resume", Right::Revoke, api::awards::resume)
        .post("/api/v1/awards/{id}/renew", Right::Issue, api::awards::renew)
        .get("/api/v1/trusted-issuers", Right::Trust, api::trust::list)
        .get("/api/v1/trusted-issuers/{id}", Right::Trust, api::trust::show)
        .put("/api/v1/trusted-issuers/{id}", Right::Trust, api::trust::put)
        .delete("/api/v1/trusted-issuers/{id}", Right::Trust, api::trust::remove)
        .get("/api/v1/webhooks", Right::Webhooks, api::webhooks::list)
        .post("/api/v1/webhooks", Right::Webhooks, api::webhooks::add)
        .get("/api/v1/webhooks/{id}", Right::Webhooks, api::webhooks::show)
        .delete("/api/v1/webhooks/{id}", Right::Webhooks, api::webhooks::remove)
        .get("/api/v1/webhooks/{id}/deliveries", Right::Webhooks, api::webhooks::deliveries)
        .post("/api/v1/deliveries/{id}/replay", Right::Webhooks, api::webhooks::replay)
        .post("/credentials/issue", Right::SignCredentials, vc_api::issue::issue)
        .post("/credentials/status", Right::ChangeStatus, vc_api::status::change)
        .get("/ims/ob/v3p0/credentials", Right::ReadOwnCredentials, open_badges::credentials::list)
        .post("/ims/ob/v3p0/credentials", Right::UpsertOwnCredentials, open_badges::credentials::upsert)
        .get("/ims/ob/v3p0/profile", Right::ReadOwnProfile, open_badges::profile::show)
        .put("/ims/ob/v3p0/profile", Right::UpdateOwnProfile, open_badges::profile::update)
        .get("/scim/v2/ServiceProviderConfig", Right::Provision, scim::discovery::configuration)
        .get("/scim/v2/ResourceTypes", Right::Provision, scim::discovery::resource_types)
        .get("/scim/v2/ResourceTypes/{id}", Right::Provision, scim::discovery::resource_type)
        .get("/scim/v2/Schemas", Right::Provision, scim::discovery::schemas)
        .get("/scim/v2/Schemas/{id}", Right::Provision, scim::discovery::schema)
        .get("/scim/v2/Users", Right::Provision, scim::users::list)
        .post("/scim/v2/Users", Right::Provision, scim::users::create)
        .get("/scim/v2/Users/{id}", Right::Provision, scim::users::show)
        .put("/scim/v2/Users/{id}", Right::Provision, scim::users::replace)
        .patch("/scim/v2/Users/{id}", Right::Provision, scim::users::modify)
        .delete("/scim/v2/Users/{id}", Right::Provision, scim::users::remove)
        .get("/scim/v2/Groups", Right::Provision, scim::groups::list)
        .post("/scim/v2/Groups", Right::Provision, scim::groups::create)
        .get("/scim/v2/Groups/{id}", Right::Provision, scim::groups::show)
        .put("/scim/v2/Groups/{id}", Right::Provision, scim::groups::replace)
        .patch("/scim/v2/Groups/{id}", Right::Provision, scim::groups::modify)
        .delete("/scim/v2/Groups/{id}", Right::Provision, scim::groups::remove)
}

/// The whole web, ready to serve.
pub fn router(web: Arc<Web>) -> Router {
    let Routes { router, list, .. } = routes(web.clone());
    let classes: Classes = list.into_iter().map(|route| ((route.method, route.path), route.class)).collect();
    router
        .fallback(elsewhere)
        .layer(from_fn(refuse_odd_addresses))
        .layer(from_fn_with_state((web.clone(), Arc::new(classes)), limits::hold))
        .layer(from_fn_with_state(web.clone(), finish::finish))
        .with_state(web)
}

/// One route as the list notes it.
#[derive(Clone, Debug)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub right: Right,
    pub class: Class,
}

pub struct Routes {
    web: Arc<Web>,
    class: Class,
    router: Router<Arc<Web>>,
    pub list: Vec<Route>,
}

impl Routes {
    fn new(web: Arc<Web>) -> Self {
        Routes { web, class: Class::Reading, router: Router::new(), list: Vec::new() }
    }

    /// What the routes after this are counted as.
    fn counted_as(self, class: Class) -> Self {
        Routes { class, ..self }
    }

    fn get<H: Handler<T, Arc<Web>>, T: 'static>(self, path: &'static str, right: Right, handler: H) -> Self {
        self.add(Method::GET, MethodFilter::GET, path, right, handler)
    }

    fn post<H: Handler<T, Arc<Web>>, T: 'static>(self, path: &'static str, right: Right, handler: H) -> Self {
        self.add(Method::POST, MethodFilter::POST, path, right, handler)
    }

    fn put<H: Handler<T, Arc<Web>>, T: 'static>(self, path: &'static str, right: Right, handler: H) -> Self {
        self.add(Method::PUT, MethodFilter::PUT, path, right, handler)
    }

    fn patch<H: Handler<T, Arc<Web>>, T: 'static>(self, path: &'static str, right: Right, handler: H) -> Self {
        self.add(Method::PATCH, MethodFilter::PATCH, path, right, handler)
    }

    fn delete<H: Handler<T, Arc<Web>>, T: 'static>(self, path: &'static str, right: Right, handler: H) -> Self {
        self.add(Method::DELETE, MethodFilter::DELETE, path, right, handler)
    }

    /// The one way in. What everyone may see answers a browser's preflight too, once for each path.
    fn add<H: Handler<T, Arc<Web>>, T: 'static>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        right: Right,
        handler: H,
    ) -> Self {
        let first = !self.list.iter().any(|route| route.path == path);
        self.list.push(Route { method, path, right, class: self.class });
        let gate = Gate { web: self.web.clone(), right, class: self.class };
        let guard = from_fn_with_state(gate, auth::guard);
        self.router = self.router.route(path, on(filter, handler).route_layer(guard));
        if first && right == Right::See && self.class != Class::SigningIn {
            self.router = self.router.route(path, on(MethodFilter::OPTIONS, auth::preflight));
        }
        self
    }
}

/// No address of ours is long or holds a null; a reader of our answers may not take one that is.
async fn refuse_odd_addresses(request: axum::extract::Request, next: axum::middleware::Next) -> Response {
    if request.uri().path_and_query().is_some_and(|address| address.as_str().len() > LONGEST_ADDRESS) {
        let detail = format!("An address has at most {LONGEST_ADDRESS} bytes; send long texts in the body.");
        return Failure::new(Kind::AddressTooLong, detail).into_response();
    }
    // No name of ours holds a null, and PostgreSQL would not even look for one.
    if request.uri().path().contains("%00") {
        return Failure::not_found("Nothing").into_response();
    }
    if let Err(failure) = body::without_nulls(request.uri().query().unwrap_or_default().as_bytes()) {
        return failure.into_response();
    }
    next.run(request).await
}

const LONGEST_ADDRESS: usize = 8_000;

/// An address with a slash too many leads to the one without; any other is not there.
async fn elsewhere(uri: Uri) -> Response {
    let path = uri.path();
    let plain = path.trim_end_matches('/');
    // Two slashes at the start would lead to another site.
    if path.ends_with('/') && !plain.is_empty() && !path.contains("//") && !path.contains('\\') {
        let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
        return Redirect::permanent(&format!("{plain}{query}")).into_response();
    }
    Failure::new(Kind::NotFound, "Check the address; the calls are listed at /api.")
        .with(header::CACHE_CONTROL, "no-store")
        .into_response()
}
