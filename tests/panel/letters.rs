//! Letters of a panel's work: who is told what, in the transaction that does it, and what none of them says.

use super::cast::{ADA, Firm, GOOD, LEAD, MASTER, PRO, WEAK};
use crate::setup::on_both_engines;
use laurel::{
    actions::{
        issue::{Batch, issue},
        panel::{appeal, decide, draw, reminders},
        revoke::revoke,
    },
    domain::{
        actor::{Actor, Role},
        letter::Mail,
        recipient::{AwardRequest, RecipientRequest},
        words::Language,
    },
    outside::vault::Vault,
    store::{Db, mails},
};
use std::sync::Arc;

const YES: [(&str, &str); 1] = [("design", "Yes")];
const LEADS: &str = "Software Craft: Lead";
const PROS: &str = "Software Craft: Professional";

impl Firm {
    /// What was written since the last look, by whom it is for and its subject.
    async fn post(&self) -> Vec<Mail> {
        let mut conn = self.write().await;
        let now = self.app.clock.now();
        let found: Vec<Mail> =
            mails::unsent(&mut conn, now, 99).await.unwrap().into_iter().map(|one| one.mail).collect();
        for mail in &found {
            mails::sent(&mut conn, &mail.id, now).await.unwrap();
        }
        conn.commit().await.unwrap();
        found
    }

    async fn told(&self) -> Vec<String> {
        lines(&self.post().await)
    }

    /// What the runner writes when it looks at its table then.
    async fn morning(&self, time: &str) -> Vec<String> {
        self.at(time);
        if reminders::wanted(&self.app).await.unwrap() {
            reminders::remind(&self.app).await.unwrap();
        }
        self.told().await
    }
}

fn lines(post: &[Mail]) -> Vec<String> {
    let mut lines: Vec<String> =
        post.iter().map(|mail| format!("{}: {}", mail.recipient.split('@').next().unwrap(), mail.subject)).collect();
    lines.sort();
    lines
}

/// One line for each of them.
fn each(who: &[String], subject: &str) -> Vec<String> {
    let mut lines: Vec<String> = who.iter().map(|who| format!("{}: {subject}", who.to_lowercase())).collect();
    lines.sort();
    lines
}

on_both_engines! {
    async fn whoever_is_drawn_is_told_by_when_and_where_and_not_whose_work_it_is(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let seated = firm.seated(&panel).await;
        let post = firm.post().await;
        assert_eq!(lines(&post), each(&seated, &format!("{PROS}: your scores are due by 8 December 2026")));
        for mail in &post {
            assert!(mail.text.contains(&format!("\n\nhttps://badges.acme.example/assess/{}\n\n", panel.id)), "{}", mail.text);
            let others = seated.iter().filter(|who| !mail.recipient.starts_with(&who.to_lowercase()));
            assert!(others.chain([&ADA.to_owned()]).all(|who| !mail.text.contains(who.as_str())), "{}", mail.text);
        }
        // Whoever comes in someone's place is told; those who sit still are not told twice.
        draw::recuse(&firm.app, &firm.actor(&seated[0]).await, &panel.id, "We are cousins.").await.unwrap();
        let new: Vec<String> = firm.seated(&panel).await.into_iter().filter(|who| !seated.contains(who)).collect();
        let told = firm.post().await;
        assert_eq!(lines(&told), each(&new, &format!("{PROS}: your scores are due by 8 December 2026")));
        assert!(!told[0].text.contains("cousins"));
    }

    async fn a_short_panel_is_told_to_owners_once(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, MASTER).await;
        let short = each(&["Olga".into(), "Pia".into()], "Software Craft: Master: a panel lacks assessors");
        let told = firm.told().await;
        assert_eq!(told.iter().filter(|line| line.contains("lacks")).cloned().collect::<Vec<_>>(), short);
        draw::redraw(&firm.app, &firm.actor("Olga").await, &panel.id, None, "").await.unwrap();
        assert_eq!(firm.told().await, Vec::<String>::new(), "still short, and nobody new");
    }

    async fn from_the_last_score_to_the_badge_each_is_told_what_is_theirs(db: Db) {
        let firm = Firm::new(db).await;
        let mut conn = firm.write().await;
        firm.give_role(&mut conn, ADA, Role::Owner, "craft").await;
        firm.give_role(&mut conn, "Ivo", Role::Owner, "craft").await;
        conn.commit().await.unwrap();
        let panel = firm.hands_in(ADA, LEAD).await;
        firm.post().await;
        let seated = firm.seated(&panel).await;
        for who in seated.iter().skip(1) {
            firm.scores(who, &panel, &YES).await.unwrap();
        }
        assert_eq!(firm.told().await, Vec::<String>::new(), "who has handed in is nobody else's to know");
        firm.scores(&seated[0], &panel, &YES).await.unwrap();
        assert_eq!(firm.told().await, each(&seated, &format!("{LEADS}: all scores are in")));

        firm.all_agree(&panel).await;
        let decision = firm.proposes(&panel).await.unwrap();
        // Ada is the learner, Ivo has a conflict with her.
        let wanted = each(&["Olga".into(), "Pia".into()], &format!("{LEADS}: a second look is wanted"));
        assert_eq!(firm.told().await, wanted);
        let olga = firm.actor("Olga").await;
        decide::give_back(&firm.app, &olga, &decision.id, "The plan was not looked at.").await.unwrap();
        let returned = firm.post().await;
        assert_eq!(lines(&returned), each(&seated, &format!("{LEADS}: your panel has to look again")));
        assert!(returned.iter().all(|mail| !mail.text.contains("plan") && !mail.text.contains("Olga")));

        firm.all_agree(&panel).await;
        let again = firm.proposes(&panel).await.unwrap();
        firm.post().await;
        let done = decide::confirm(&firm.app, &olga, &again.id).await.unwrap();
        let post = firm.post().await;
        assert_eq!(lines(&post), [format!("ada: You have passed {LEADS}")], "one letter for the pass and its badge");
        let badge = format!("Your badge: https://badges.acme.example/badges/{}\n", done.award_id.unwrap());
        assert!(post[0].text.contains(&badge) && post[0].text.contains(&format!("/me/decisions/{}\n", done.id)), "{}", post[0].text);
        assert!(seated.iter().chain(&["Olga".to_owned()]).all(|who| !post[0].text.contains(who.as_str())), "{}", post[0].text);
    }

    async fn not_yet_says_what_is_missing_and_by_when_and_no_grade(db: Db) {
        let mut firm = Firm::new(db).await;
        Arc::get_mut(&mut firm.app).unwrap().config.language = Language::German;
        let panel = firm.hands_in(ADA, PRO).await;
        firm.settles(&panel, &WEAK).await;
        firm.post().await;
        firm.proposes(&panel).await.unwrap();
        let post = firm.post().await;
        assert_eq!(lines(&post), [format!("ada: {PROS}: Die Jury hat entschieden")]);
        assert!(post[0].text.contains("Bis zum 30. Juni 2027 fehlt noch: A second change."), "{}", post[0].text);
        assert!(!post[0].text.contains("Emerging") && !post[0].text.contains("As described"), "{}", post[0].text);
    }

    async fn what_is_not_decided_is_told_to_nobody(db: Db) {
        let mut firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        firm.settles(&panel, &GOOD).await;
        firm.post().await;
        // Without the panel's key the badge can't be signed, so the whole decision fails.
        Arc::get_mut(&mut firm.app).unwrap().vault = Vault::memory();
        assert!(firm.proposes(&panel).await.is_err());
        assert_eq!(firm.told().await, Vec::<String>::new());
    }

    async fn an_appeal_is_told_when_it_is_filed_and_when_it_is_answered(db: Db) {
        let firm = Firm::new(db).await;
        let mut conn = firm.write().await;
        for who in ["Kim", "Olga"] {
            firm.give_role(&mut conn, who, Role::Assessor, "craft").await;
        }
        conn.commit().await.unwrap();
        for (grades, subject, said) in [
            (&WEAK, format!("Your appeal about {PROS} is answered"), "also found “not yet”. You can hand in again.\n"),
            (&GOOD, format!("Your appeal about {PROS} is upheld"), "is upheld. You are given the badge: https://badges.acme.example/badges/"),
        ] {
            let who = if grades == &WEAK { "Bao" } else { ADA };
            let first = firm.hands_in(who, PRO).await;
            let decision = firm.decides(&first, &WEAK).await;
            firm.post().await;
            let filed = appeal::against_decision(&firm.app, &firm.actor(who).await, &decision.id, "Look at the plan.").await.unwrap();
            let panel = firm.panel(filed.panel_id.as_deref().unwrap()).await;
            let post = firm.post().await;
            let mut expected = each(&firm.seated(&panel).await, &format!("{PROS}: your scores are due by 8 December 2026"));
            expected.extend(each(&["Olga".into(), "Pia".into()], &format!("{PROS}: an appeal was filed")));
            expected.push(format!("{}: Your appeal about {PROS} has arrived", who.to_lowercase()));
            let mut told = lines(&post);
            told.retain(|line| !line.ends_with("lacks assessors"));
            expected.sort();
            assert_eq!(told, expected);
            assert!(post.iter().all(|mail| !mail.text.contains("the plan") && !mail.text.contains(&format!("{who} "))));
            assert!(post.iter().any(|mail| mail.text.contains("You were drawn for the new panel")));

            firm.settles(&panel, grades).await;
            firm.post().await;
            firm.proposes(&panel).await.unwrap();
            let post = firm.post().await;
            let mut expected = each(&["Olga".into(), "Pia".into()], &format!("{PROS}: an appeal is answered"));
            expected.push(format!("{}: {subject}", who.to_lowercase()));
            expected.sort();
            assert_eq!(lines(&post), expected, "the answer is the decision's letter too");
            let own = post.iter().find(|mail| mail.subject == subject).unwrap();
            assert!(own.text.contains(said), "{}", own.text);
        }
    }

    async fn a_revocation_is_told_to_its_holder_and_an_owners_answer_to_all_but_them(db: Db) {
        let firm = Firm::new(db).await;
        let recipient = RecipientRequest { name: ADA.into(), email: "ada@acme.example".into(), ..Default::default() };
        let request = AwardRequest { level: PRO.into(), recipient, ..Default::default() };
        let given = issue(&firm.app, &Actor::Operator, Batch::One(Box::new(request)), None).await.unwrap();
        let id = &given.body.awards[0].id;
        assert_eq!(firm.told().await, Vec::<String>::new());
        revoke(&firm.app, &Actor::Operator, id, "It was copied.").await.unwrap();
        let post = firm.post().await;
        assert_eq!(lines(&post), ["ada: Your badge for Professional was revoked"]);
        assert!(post[0].text.contains("/me/decisions\n") && !post[0].text.contains("copied"), "{}", post[0].text);
        assert!(revoke(&firm.app, &Actor::Operator, id, "Again.").await.is_err());
        assert_eq!(firm.told().await, Vec::<String>::new());

        let filed = appeal::against_revocation(&firm.app, &firm.actor(ADA).await, id, "It was mine.").await.unwrap();
        let post = firm.post().await;
        let asked = post.iter().find(|mail| mail.recipient.starts_with("pia")).unwrap();
        assert!(asked.text.contains("answers, in words") && asked.text.contains("/run/craft/queue\n"), "{}", asked.text);
        appeal::answer(&firm.app, &firm.actor("Olga").await, &filed.id, false, "It was not.").await.unwrap();
        let post = firm.post().await;
        assert_eq!(lines(&post), [format!("ada: Your appeal about {PROS} is answered"), format!("pia: {PROS}: an appeal is answered")]);
        assert!(post.iter().any(|mail| mail.text.contains("is not upheld: the revocation stands.\n")), "{post:?}");
    }

    async fn whoever_owes_scores_is_reminded_before_on_and_after_the_day_once_each(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        firm.post().await;
        let seated = firm.seated(&panel).await;
        firm.scores(&seated[0], &panel, &GOOD).await.unwrap();
        let mut told = Vec::new();
        for day in 25..=30 {
            told.extend(firm.morning(&format!("2026-11-{day}T07:00:00Z")).await);
        }
        for day in 1..=20 {
            if day == 6 {
                firm.scores(&seated[1], &panel, &GOOD).await.unwrap();
            }
            let written = firm.morning(&format!("2026-12-{day:02}T07:00:00Z")).await;
            assert_eq!(firm.morning(&format!("2026-12-{day:02}T19:00:00Z")).await, Vec::<String>::new(), "once a day");
            told.extend(written.into_iter().map(|line| format!("{day} {line}")));
        }
        let (second, third) = (seated[1].to_lowercase(), seated[2].to_lowercase());
        let soon = format!("{PROS}: your scores are due on 8 December 2026");
        let mut first = vec![format!("5 {second}: {soon}"), format!("5 {third}: {soon}")];
        first.sort();
        let last = [
            format!("8 {third}: {PROS}: your scores are due today"),
            format!("9 {third}: {PROS}: your scores are overdue"),
        ];
        assert_eq!(told, [first, last.to_vec()].concat());
    }

    async fn a_panel_that_is_given_more_time_is_reminded_of_its_new_day_and_a_dissolved_one_of_none(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let (other, seated) = (firm.hands_in("Bao", PRO).await, firm.seated(&panel).await);
        firm.post().await;
        let mut conn = firm.write().await;
        draw::dissolve(&mut conn, "person:Bao", &other.submission_id, firm.app.clock.now()).await.unwrap();
        conn.commit().await.unwrap();
        let soon = |day: &str| format!("{PROS}: your scores are due on {day} December 2026");
        assert_eq!(firm.morning("2026-12-05T07:00:00Z").await, each(&seated, &soon("8")));
        draw::recuse(&firm.app, &firm.actor(&seated[0]).await, &panel.id, "We are cousins.").await.unwrap();
        firm.post().await;
        assert_eq!(firm.morning("2026-12-08T07:00:00Z").await, Vec::<String>::new(), "it is not due any more");
        assert_eq!(firm.morning("2026-12-16T07:00:00Z").await, each(&firm.seated(&panel).await, &soon("19")));
    }
}
