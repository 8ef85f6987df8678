//! Messages to endpoints: written with what they tell about, signed, sent, tried again, given up, sent again; who is named in them; and
//! what a chat is told.

mod chats;
mod receiver;
mod told;

use crate::cast::{ADA, BAO, PRACTITIONER, Site};
use jiff::SignedDuration;
use laurel::{
    actions::{
        ActionError, Conflict,
        issue::{Batch, issue},
        webhooks::{self, Added, NewEndpoint},
    },
    domain::{
        actor::{Actor, Role},
        recipient::{AwardRequest, RecipientRequest},
        webhook::{Delivery, OffWhy, Topic},
    },
    outside::{fetch::Reach, mailer::Mailer},
    store::{Db, webhook_deliveries},
};
use receiver::Receiver;
use reqwest::header;
use sqlx::AssertSqlSafe;

pub const OPERATOR: Actor = Actor::Operator;

/// A company with an endpoint that is told of this.
pub struct World {
    pub site: Site,
    pub receiver: Receiver,
}

impl World {
    pub async fn open() -> Self {
        let receiver = Receiver::open().await;
        let site = Site::set_up(receiver.network(), |_| {}).await;
        World { site, receiver }
    }

    pub async fn add(&self, topics: &[&str], awards: &str) -> Added {
        let new = NewEndpoint {
            name: "HR system".into(),
            url: self.receiver.url.clone(),
            topics: topics.iter().map(|topic| (*topic).to_owned()).collect(),
            awards: awards.into(),
            ..NewEndpoint::default()
        };
        webhooks::add(&self.site.app, &OPERATOR, &new).await.unwrap()
    }

    pub async fn deliver(&self) -> usize {
        webhooks::deliver_due(&self.site.app).await.unwrap()
    }

    pub fn later(&self, wait: SignedDuration) {
        self.site.app.clock.set(self.site.app.clock.now() + wait);
    }

    pub async fn told(&self, id: &str) -> Vec<Delivery> {
        webhooks::deliveries(&self.site.app, &OPERATOR, id, None).await.unwrap().0
    }
}

#[tokio::test]
async fn a_message_is_written_with_its_award_and_arrives_once_signed_as_standard_webhooks_says() {
    let world = World::open().await;
    let Added { endpoint, secret } = world.add(&["award.issued"], "").await;
    let secret = secret.unwrap();
    let award = world.site.award(ADA, PRACTITIONER, "public").await;
    assert_eq!(world.receiver.taken().len(), 0, "nothing is sent while the award is written");
    assert_eq!(world.deliver().await, 1);
    assert_eq!(world.deliver().await, 0);
    let [taken] = world.receiver.taken().try_into().unwrap();
    assert!(taken.is_signed_with(&secret), "{taken:?}");
    assert_eq!(taken.header("content-type"), "application/json");
    let at = world.site.app.clock.now();
    assert_eq!(taken.header("webhook-timestamp"), at.as_second().to_string());
    let said = taken.json();
    assert_eq!((&said["type"], &said["timestamp"]), (&"award.issued".into(), &at.to_string().into()));
    assert_eq!(said["data"]["id"], award.id.as_str());
    assert_eq!(said["data"]["badge_url"], award.badge_url.as_str());
    let [delivery] = world.told(&endpoint.id).await.try_into().unwrap();
    assert_eq!(delivery.id, taken.header("webhook-id"));
    assert_eq!(
        (delivery.body.as_str(), delivery.delivered_at, delivery.next_at),
        (taken.body.as_str(), Some(at), None)
    );
    assert_eq!((delivery.attempts, delivery.last.unwrap().status), (1, Some(204)));
}

#[tokio::test]
async fn what_is_rolled_back_was_never_told() {
    let world = World::open().await;
    let Added { endpoint, .. } = world.add(&["award.issued"], "all").await;
    world.site.award(BAO, PRACTITIONER, "link").await;
    let request = |who: crate::cast::Cast| AwardRequest {
        level: PRACTITIONER.into(),
        recipient: RecipientRequest { name: who.name.into(), email: who.email.into(), ..Default::default() },
        ..Default::default()
    };
    // Bao holds it already, so neither is given.
    let batch = Batch::Many(vec![request(ADA), request(BAO)]);
    assert!(issue(&world.site.app, &OPERATOR, batch, None).await.is_err());
    assert_eq!(world.told(&endpoint.id).await.len(), 1);
}

#[tokio::test]
async fn a_message_that_is_not_taken_is_tried_again_to_the_letter_given_up_after_days_and_its_endpoint_switched_off() {
    let world = World::open().await;
    world.site.grant(BAO, Role::Administrator, None).await;
    let Added { endpoint, secret } = world.add(&["award.issued"], "").await;
    let secret = secret.unwrap();
    world.site.award(ADA, PRACTITIONER, "public").await;
    let mut times = 0;
    for _ in 0..200 {
        world.receiver.takes_all();
        world.receiver.answers_with(500, Vec::new(), "not\u{1} today".into());
        world.deliver().await;
        if world.receiver.taken().len() > times {
            times = world.receiver.taken().len();
            let [delivery] = world.told(&endpoint.id).await.try_into().unwrap();
            let last = delivery.last.unwrap();
            assert_eq!((last.status, last.answer.as_str()), (Some(500), "not  today"));
            assert_eq!(delivery.attempts as usize, times);
        }
        world.later(SignedDuration::from_hours(1));
    }
    let taken = world.receiver.taken();
    assert_eq!(taken.len(), 10);
    assert!(
        taken.iter().all(|one| one.body == taken[0].body && one.header("webhook-id") == taken[0].header("webhook-id"))
    );
    assert!(taken.iter().all(|one| one.is_signed_with(&secret)), "each attempt is signed for its own time");
    assert_ne!(taken[0].header("webhook-timestamp"), taken[9].header("webhook-timestamp"));
    let off = webhooks::show(&world.site.app, &OPERATOR, &endpoint.id).await.unwrap().off;
    assert_eq!(off.map(|(_, why)| why), Some(OffWhy::Failing));
    let written = letters(&world).await;
    assert_eq!(written, [("bao.nguyen@acme.example".to_owned(), "The webhook “HR system” is switched off".to_owned())]);
    // Nothing is written down for it any more, until it is on again; then what it did not take comes.
    world.site.award(BAO, PRACTITIONER, "public").await;
    assert_eq!(world.told(&endpoint.id).await.len(), 1);
    let refused = webhooks::replay(&world.site.app, &OPERATOR, taken[0].header("webhook-id")).await;
    assert!(matches!(refused, Err(ActionError::Conflict { why: Conflict::WebhookOff, .. })), "{refused:?}");
    assert_eq!(webhooks::switch_on(&world.site.app, &OPERATOR, &endpoint.id).await.unwrap(), 1);
    world.receiver.takes_all();
    assert_eq!(world.deliver().await, 1);
    assert_eq!(world.receiver.taken().last().unwrap().body, taken[0].body);
    assert_eq!(webhooks::show(&world.site.app, &OPERATOR, &endpoint.id).await.unwrap().failing_since, None);
}

#[tokio::test]
async fn an_endpoint_that_takes_the_rest_stays_on_when_one_message_is_given_up() {
    let world = World::open().await;
    let Added { endpoint, .. } = world.add(&["award.issued"], "").await;
    world.site.award(ADA, PRACTITIONER, "public").await;
    let given_up =
        async || world.told(&endpoint.id).await.iter().any(|one| one.next_at.is_none() && one.delivered_at.is_none());
    let mut meanwhile = false;
    while !given_up().await {
        world.receiver.takes_all();
        world.receiver.answers(400);
        world.deliver().await;
        if world.receiver.taken().len() == 9 && !meanwhile {
            world.receiver.takes_all();
            webhooks::try_out(&world.site.app, &OPERATOR, &endpoint.id).await.unwrap();
            assert_eq!(world.deliver().await, 1);
            meanwhile = true;
        }
        world.later(SignedDuration::from_hours(1));
    }
    assert!(meanwhile);
    let kept = webhooks::show(&world.site.app, &OPERATOR, &endpoint.id).await.unwrap();
    assert_eq!(kept.off, None);
}

#[tokio::test]
async fn whoever_answers_that_it_is_gone_is_switched_off_at_once() {
    let world = World::open().await;
    let Added { endpoint, .. } = world.add(&["award.issued"], "").await;
    world.site.award(ADA, PRACTITIONER, "public").await;
    world.site.award(BAO, PRACTITIONER, "public").await;
    world.receiver.answers(410);
    world.deliver().await;
    world.later(SignedDuration::from_hours(200));
    world.deliver().await;
    assert_eq!(world.receiver.taken().len(), 1, "the second was not tried");
    let off = webhooks::show(&world.site.app, &OPERATOR, &endpoint.id).await.unwrap().off;
    assert_eq!(off.map(|(_, why)| why), Some(OffWhy::Gone));
}

#[tokio::test]
async fn no_redirect_is_followed_and_of_an_answer_only_its_beginning_is_kept() {
    let world = World::open().await;
    let Added { endpoint, .. } = world.add(&["award.issued"], "").await;
    world.site.award(ADA, PRACTITIONER, "public").await;
    world.receiver.answers_with(307, vec![(header::LOCATION, "/elsewhere")], "x".repeat(3_000_000));
    world.deliver().await;
    assert_eq!(world.receiver.taken().len(), 1);
    let [delivery] = world.told(&endpoint.id).await.try_into().unwrap();
    let last = delivery.last.unwrap();
    assert_eq!((last.status, last.answer.len(), delivery.delivered_at), (Some(307), 500, None));
}

#[tokio::test]
async fn a_server_that_asks_for_more_time_is_given_it() {
    let world = World::open().await;
    let Added { endpoint, .. } = world.add(&["award.issued"], "").await;
    world.site.award(ADA, PRACTITIONER, "public").await;
    world.receiver.answers_with(429, vec![(header::RETRY_AFTER, "7200")], String::new());
    world.deliver().await;
    let [delivery] = world.told(&endpoint.id).await.try_into().unwrap();
    assert_eq!(delivery.next_at, Some(world.site.app.clock.now() + SignedDuration::from_hours(2)));
}

#[tokio::test]
async fn no_message_goes_inside_the_network_unless_the_operator_says_so() {
    let receiver = Receiver::open().await;
    let site = Site::set_up(receiver.network_by(Reach::default()), |_| {}).await;
    let new = |url: &str| NewEndpoint {
        name: "Inside".into(),
        url: url.into(),
        topics: vec!["award.issued".into()],
        ..NewEndpoint::default()
    };
    for url in
        [receiver.url.as_str(), "http://hr.acme.example/x", "https://10.0.0.1/x", "https://hr.acme.example:8443/", "x"]
    {
        let refused = webhooks::add(&site.app, &OPERATOR, &new(url)).await;
        let Err(ActionError::Invalid(faults)) = refused else { panic!("{url}: {refused:?}") };
        assert_eq!(faults[0].field, "url", "{url}");
    }
    // A name tells where it leads only when it is asked: then nothing is sent.
    let added = webhooks::add(&site.app, &OPERATOR, &new("https://inside.acme.example/x")).await.unwrap();
    site.award(ADA, PRACTITIONER, "public").await;
    webhooks::deliver_due(&site.app).await.unwrap();
    assert_eq!(receiver.taken().len(), 0);
    let (told, _) = webhooks::deliveries(&site.app, &OPERATOR, &added.endpoint.id, None).await.unwrap();
    let why = told[0].last.as_ref().unwrap().why.clone().unwrap();
    assert!(why.contains("inside.acme.example leads to"), "{why}");
}

#[tokio::test]
async fn after_rotation_both_secrets_sign_for_a_day_and_then_the_new_one_alone() {
    let world = World::open().await;
    let Added { endpoint, secret } = world.add(&["award.issued"], "").await;
    let (old, id) = (secret.unwrap(), endpoint.id);
    let new = webhooks::rotate(&world.site.app, &OPERATOR, &id).await.unwrap();
    for (wait, both) in [(0, true), (23, true), (2, false)] {
        world.later(SignedDuration::from_hours(wait));
        webhooks::try_out(&world.site.app, &OPERATOR, &id).await.unwrap();
        world.deliver().await;
        let taken = world.receiver.taken().pop().unwrap();
        assert!(taken.is_signed_with(&new));
        assert_eq!(taken.is_signed_with(&old), both, "after {wait} hours more");
    }
}

#[tokio::test]
async fn a_message_is_sent_again_under_its_own_id_to_the_letter() {
    let world = World::open().await;
    let Added { endpoint, .. } = world.add(&["award.issued"], "").await;
    world.site.award(ADA, PRACTITIONER, "public").await;
    world.deliver().await;
    world.later(SignedDuration::from_hours(5));
    let id = world.told(&endpoint.id).await[0].id.clone();
    webhooks::replay(&world.site.app, &OPERATOR, &id).await.unwrap();
    assert_eq!(world.deliver().await, 1);
    let [first, second] = world.receiver.taken().try_into().unwrap();
    assert_eq!((first.body.as_str(), first.header("webhook-id")), (second.body.as_str(), second.header("webhook-id")));
    let none = webhooks::replay(&world.site.app, &OPERATOR, "none").await;
    assert!(matches!(none, Err(ActionError::NotFound { what: "delivery", .. })), "{none:?}");
}

#[tokio::test]
async fn a_message_whose_sender_died_comes_again_after_its_lease_and_two_never_send_the_same() {
    let world = World::open().await;
    let Added { endpoint, .. } = world.add(&["award.issued"], "").await;
    world.site.award(ADA, PRACTITIONER, "public").await;
    let claim = async || {
        let mut conn = world.site.app.db.write().await.unwrap();
        let now = world.site.app.clock.now();
        let lease = SignedDuration::from_secs(30);
        let claimed = webhook_deliveries::claim(&mut conn, &endpoint.id, now, lease).await.unwrap();
        conn.commit().await.unwrap();
        claimed
    };
    assert!(claim().await.is_some());
    assert!(claim().await.is_none());
    assert_eq!(world.deliver().await, 0, "it is being sent, as far as anyone knows");
    world.later(SignedDuration::from_secs(30));
    assert_eq!(world.deliver().await, 1);
}

#[tokio::test]
async fn a_line_pauses_at_its_first_failure() {
    let world = World::open().await;
    let Added { endpoint, .. } = world.add(&["award.issued"], "").await;
    for who in [ADA, BAO] {
        world.site.award(who, PRACTITIONER, "public").await;
    }
    world.receiver.answers(500);
    world.deliver().await;
    assert_eq!(world.receiver.taken().len(), 1);
    assert_eq!(world.told(&endpoint.id).await.iter().filter(|one| one.last.is_some()).count(), 1);
    assert_eq!(world.deliver().await, 1, "the next has its turn when it is looked at again");
}

#[tokio::test]
async fn an_endpoint_that_does_not_answer_is_waited_for_fifteen_seconds_and_holds_up_no_other() {
    let world = World::open().await;
    let slow = NewEndpoint {
        name: "Slow".into(),
        url: world.receiver.url.replace("/hooks", "/slow"),
        topics: vec!["award.issued".into()],
        ..NewEndpoint::default()
    };
    let slow = webhooks::add(&world.site.app, &OPERATOR, &slow).await.unwrap().endpoint;
    world.add(&["award.issued"], "").await;
    world.site.award(ADA, PRACTITIONER, "public").await;
    let app = world.site.app.clone();
    let delivering = tokio::spawn(async move { webhooks::deliver_due(&app).await.unwrap() });
    while world.receiver.taken().is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(!delivering.is_finished(), "the slow one is still waited for");
    assert_eq!(delivering.await.unwrap(), 1);
    let last = world.told(&slow.id).await.remove(0).last.unwrap();
    assert_eq!(last.why.as_deref(), Some("the server did not answer in 15 seconds"));
}

#[tokio::test]
async fn an_endpoint_whose_secret_is_broken_is_seen_as_failing_and_holds_up_no_other() {
    let world = World::open().await;
    let broken = world.add(&["award.issued"], "").await.endpoint;
    world.add(&["award.issued"], "").await;
    let Db::Sqlite { write, .. } = &world.site.app.db else { panic!("this is SQLite") };
    for column in ["secret", "address"] {
        let spoilt = format!("UPDATE webhooks SET {column} = 'not sealed by us' WHERE id = $1");
        sqlx::query(AssertSqlSafe(spoilt)).bind(&broken.id).execute(write).await.unwrap();
        world.site.award(if column == "secret" { ADA } else { BAO }, PRACTITIONER, "public").await;
        assert_eq!(world.deliver().await, 1, "the other has its own");
        world.later(SignedDuration::from_hours(1));
    }
    let tried = world.told(&broken.id).await;
    assert!(tried.iter().any(|one| one.last.as_ref().is_some_and(|last| last.why.is_some())), "{tried:?}");
}

#[tokio::test]
async fn what_was_sent_is_removed_after_thirty_days() {
    let world = World::open().await;
    let Added { endpoint, .. } = world.add(&["award.issued"], "").await;
    world.site.award(ADA, PRACTITIONER, "public").await;
    world.deliver().await;
    world.later(SignedDuration::from_hours(30 * 24));
    world.deliver().await;
    assert_eq!(world.told(&endpoint.id).await.len(), 1);
    world.later(SignedDuration::from_secs(1));
    world.deliver().await;
    assert_eq!(world.told(&endpoint.id).await.len(), 0);
}

#[tokio::test]
async fn secrets_and_whole_addresses_stand_nowhere_in_the_clear() {
    let world = World::open().await;
    let new = NewEndpoint {
        name: "HR".into(),
        url: format!("{}?token=s3cretpart", world.receiver.url),
        topics: vec!["award.issued".into()],
        ..NewEndpoint::default()
    };
    let Added { endpoint, secret } = webhooks::add(&world.site.app, &OPERATOR, &new).await.unwrap();
    webhooks::rotate(&world.site.app, &OPERATOR, &endpoint.id).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy.db");
    world.site.app.db.copy_to(&file).await.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|piece| piece == text.as_bytes());
    assert!(holds(&endpoint.id));
    for hidden in ["s3cretpart", "whsec_", &secret.unwrap().as_str()[6..]] {
        assert!(!holds(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn what_is_not_right_is_named_field_by_field_and_there_is_an_end_to_how_many() {
    let world = World::open().await;
    let new = NewEndpoint {
        name: " ".into(),
        url: "ftp://x".into(),
        kind: "pigeon".into(),
        topics: vec!["award".into(), "webhook.trial".into()],
        awards: "mine".into(),
    };
    let refused = webhooks::add(&world.site.app, &OPERATOR, &new).await;
    let Err(ActionError::Invalid(faults)) = refused else { panic!("{refused:?}") };
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["name", "url", "kind", "awards", "topics", "topics"]);
    for _ in 0..50 {
        world.add(&["award.issued"], "").await;
    }
    let more = NewEndpoint {
        name: "One more".into(),
        url: world.receiver.url.clone(),
        topics: vec!["award.issued".into()],
        ..NewEndpoint::default()
    };
    let refused = webhooks::add(&world.site.app, &OPERATOR, &more).await;
    assert!(matches!(refused, Err(ActionError::Conflict { why: Conflict::TooManyWebhooks, .. })), "{refused:?}");
    let learner = Actor::Person(laurel::domain::actor::Member {
        id: "x".into(),
        name: "X".into(),
        grants: Vec::new(),
        manages: true,
    });
    let refused = webhooks::add(&world.site.app, &learner, &more).await;
    assert!(matches!(refused, Err(ActionError::Forbidden { .. })), "{refused:?}");
}

/// Address and subject of what was written to people.
async fn letters(world: &World) -> Vec<(String, String)> {
    laurel::jobs::plan(&world.site.app).await.unwrap();
    laurel::jobs::run_due(&world.site.app).await.unwrap();
    let Mailer::Memory(memory) = &world.site.app.mailer else { panic!("mail is kept in memory") };
    memory.sent().into_iter().map(|mail| (mail.recipient, mail.subject)).collect()
}

/// Which events there are, in the order of the choices.
pub fn everything() -> Vec<&'static str> {
    Topic::choices().map(Topic::as_str).collect()
}
