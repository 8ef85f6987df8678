//! Mentors and what they and their learners note for each other.

use super::*;
use crate::setup::on_both_engines;
use laurel::{
    actions::path::{check_ins, enrol::withdraw, mentor, mine},
    store::mails,
};

on_both_engines! {
    async fn a_learner_asks_and_a_mentor_of_the_program_takes_them_on(db: Db) {
        let town = Town::new(db).await;
        let (ada, mia, ned) = (town.be("ada").await, town.be("mia").await, town.be("ned").await);
        let enrolment = town.enrol("ada", SECOND).await;
        assert_eq!(code(mentor::take(&town.app, &mia, &enrolment.id).await), "no learner who waits for a mentor");
        mentor::ask(&town.app, &ada, &enrolment.id, true).await.unwrap();
        mentor::ask(&town.app, &ada, &enrolment.id, true).await.unwrap();
        let waiting = mine::mentoring(&town.app, &mia).await.unwrap().waiting;
        assert_eq!(waiting.iter().map(|one| one.enrolment.id.as_str()).collect::<Vec<_>>(), [enrolment.id.as_str()]);
        let eve = town.be("eve").await;
        assert!(mine::mentoring(&town.app, &eve).await.unwrap().waiting.is_empty());
        assert_eq!(code(mentor::take(&town.app, &eve, &enrolment.id).await), "no learner who waits for a mentor");
        assert_eq!(code(mentor::take(&town.app, &town.be("lin").await, &enrolment.id).await), "forbidden");
        mentor::take(&town.app, &mia, &enrolment.id).await.unwrap();
        assert_eq!(code(mentor::take(&town.app, &ned, &enrolment.id).await), "no learner who waits for a mentor");
        let mentoring = mine::mentoring(&town.app, &mia).await.unwrap();
        assert_eq!((mentoring.learners.len(), mentoring.waiting.len()), (1, 0));
        assert_eq!(mentoring.learners[0].progress, mine::mine(&town.app, &ada).await.unwrap()[0].progress);
        assert!(mine::mentoring(&town.app, &ned).await.unwrap().learners.is_empty());
        assert_eq!(code(mentor::ask(&town.app, &ada, &enrolment.id, true).await), "has_mentor");
        assert_eq!(town.told(&enrolment.id).await, ["enrolment.begun", "mentor.asked_for", "mentor.given"]);
    }

    async fn an_owner_gives_a_mentor_who_holds_the_role_and_is_not_the_learner(db: Db) {
        let town = Town::new(db).await;
        let oda = town.be("oda").await;
        let enrolment = town.enrol("ada", SECOND).await;
        let give = async |who: &Actor, mentor: &str| {
            let id = town.id(mentor).await;
            mentor::give(&town.app, who, &enrolment.id, &id).await
        };
        for mentor in ["lin", "eve", "sol", "ada"] {
            assert_eq!(code(give(&oda, mentor).await), "mentor", "{mentor}");
        }
        assert_eq!(code(give(&town.be("eve").await, "mia").await), "no enrolment");
        assert_eq!(code(give(&town.be("mia").await, "mia").await), "forbidden");
        let names: Vec<String> =
            mentor::candidates(&town.app, &oda, &enrolment.id).await.unwrap().into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["MIA", "NED"]);
        give(&oda, "mia").await.unwrap();
        give(&oda, "ned").await.unwrap();
        let (way, _) = mine::one(&town.app, &oda, &enrolment.id).await.unwrap();
        assert_eq!(way.enrolled.mentor.as_deref(), Some("NED"));
        town.leaves("mia").await;
        assert_eq!(code(give(&oda, "mia").await), "mentor");
        let own = town.enrol("oda", SECOND).await;
        assert_eq!(code(mentor::give(&town.app, &oda, &own.id, &town.id("ned").await).await), "own_path");
    }

    async fn check_ins_are_for_the_two_alone(db: Db) {
        let town = Town::new(db).await;
        let (ada, mia, ned, oda) =
            (town.be("ada").await, town.be("mia").await, town.be("ned").await, town.be("oda").await);
        let enrolment = town.enrol("ada", SECOND).await;
        assert_eq!(code(check_ins::note(&town.app, &ada, &enrolment.id, "Hello?").await), "no_mentor");
        mentor::give(&town.app, &oda, &enrolment.id, &town.id("mia").await).await.unwrap();
        check_ins::note(&town.app, &ada, &enrolment.id, "I am stuck.\r\nCan you look?").await.unwrap();
        check_ins::note(&town.app, &mia, &enrolment.id, "Tomorrow at ten.").await.unwrap();
        assert_eq!(code(check_ins::note(&town.app, &mia, &enrolment.id, " ").await), "text");
        let texts = async |who: &Actor| {
            let notes = check_ins::read(&town.app, who, &enrolment.id).await.unwrap();
            let mut texts: Vec<String> = notes.into_iter().map(|note| note.text).collect();
            texts.sort();
            texts
        };
        assert_eq!(texts(&ada).await, ["I am stuck.\nCan you look?", "Tomorrow at ten."]);
        assert_eq!(texts(&mia).await.len(), 2);
        for who in [&oda, &ned, &town.be("sol").await, &town.be("eve").await, &town.be("lin").await] {
            assert_eq!(code(check_ins::read(&town.app, who, &enrolment.id).await), "no enrolment");
            assert_eq!(code(check_ins::note(&town.app, who, &enrolment.id, "Me too").await), "no enrolment");
        }
        mentor::give(&town.app, &oda, &enrolment.id, &town.id("ned").await).await.unwrap();
        assert_eq!(texts(&ned).await, Vec::<String>::new(), "what was said to another is not theirs");
        assert_eq!(code(check_ins::read(&town.app, &mia, &enrolment.id).await), "no enrolment");
        assert_eq!(texts(&ada).await.len(), 2);
        withdraw(&town.app, &ada, &enrolment.id).await.unwrap();
        assert_eq!(code(check_ins::note(&town.app, &ada, &enrolment.id, "Bye").await), "ended");
        assert_eq!(texts(&ada).await.len(), 2);
    }

    async fn the_two_are_told_of_each_other_and_of_what_is_confirmed_and_that_there_is_a_note_but_not_which(db: Db) {
        let town = Town::new(db).await;
        let (ada, mia, oda) = (town.be("ada").await, town.be("mia").await, town.be("oda").await);
        let enrolment = town.enrol("ada", SECOND).await;
        mentor::give(&town.app, &oda, &enrolment.id, &town.id("mia").await).await.unwrap();
        check_ins::note(&town.app, &ada, &enrolment.id, "I am stuck.").await.unwrap();
        check_ins::note(&town.app, &mia, &enrolment.id, "Tomorrow at ten.").await.unwrap();
        let course = Walked { enrolment: &enrolment.id, requirement: "design", route: "course" };
        confirm(&town.app, &mia, course, "").await.unwrap();
        assert_eq!(
            town.letters().await,
            [
                "ada: A note from MIA",
                "ada: Confirmed: Design",
                "ada: MIA is your mentor for Professional",
                "mia: A note from ADA",
                "mia: You are the mentor of ADA for Professional",
            ]
        );
        let mut conn = town.app.db.read().await.unwrap();
        for one in mails::unsent(&mut conn, town.app.clock.now(), 99).await.unwrap() {
            let text = one.mail.text;
            assert!(!text.contains("stuck") && !text.contains("Tomorrow"), "{text}");
            assert!(text.contains(&format!("/{}\n", enrolment.id)), "{text}");
        }
    }

    async fn mentors_are_told_once_that_someone_waits_and_who_goes_on_alone(db: Db) {
        let town = Town::new(db).await;
        let (ada, mia, oda) = (town.be("ada").await, town.be("mia").await, town.be("oda").await);
        let enrolment = town.enrol("ada", SECOND).await;
        let asks = async |wanted: bool| mentor::ask(&town.app, &ada, &enrolment.id, wanted).await.unwrap();
        asks(true).await;
        let wanted = "Software Craft: Professional: someone asks for a mentor";
        assert_eq!(town.letters().await, [format!("mia: {wanted}"), format!("ned: {wanted}")]);
        asks(false).await;
        asks(true).await;
        assert_eq!(town.letters().await.len(), 2, "asking again writes to nobody");
        mentor::take(&town.app, &mia, &enrolment.id).await.unwrap();
        let before = town.letters().await;
        assert_eq!(before.len(), 4);
        let since = async |before: &[String]| {
            let mut after = town.letters().await;
            for line in before {
                let at = after.iter().position(|one| one == line).unwrap();
                after.remove(at);
            }
            after
        };
        mentor::give(&town.app, &oda, &enrolment.id, &town.id("mia").await).await.unwrap();
        assert_eq!(since(&before).await, Vec::<String>::new(), "she was their mentor before");
        mentor::give(&town.app, &oda, &enrolment.id, &town.id("ned").await).await.unwrap();
        let given = [
            "ada: NED is your mentor for Professional",
            "mia: You are not the mentor of ADA any more",
            "ned: You are the mentor of ADA for Professional",
        ];
        assert_eq!(since(&before).await, given);
        let before = town.letters().await;
        mentor::release(&town.app, &town.be("ned").await, &enrolment.id).await.unwrap();
        assert_eq!(since(&before).await, ["ada: NED is not your mentor any more"], "whoever did it knows");
    }

    async fn each_of_the_two_and_an_owner_ends_it(db: Db) {
        let town = Town::new(db).await;
        let oda = town.be("oda").await;
        let enrolment = town.enrol("ada", SECOND).await;
        assert_eq!(code(mentor::release(&town.app, &oda, &enrolment.id).await), "no_mentor");
        for name in ["ada", "mia", "oda"] {
            mentor::give(&town.app, &oda, &enrolment.id, &town.id("mia").await).await.unwrap();
            for (stranger, why) in [("sol", "forbidden"), ("ned", "no enrolment"), ("eve", "no enrolment")] {
                assert_eq!(code(mentor::release(&town.app, &town.be(stranger).await, &enrolment.id).await), why);
            }
            mentor::release(&town.app, &town.be(name).await, &enrolment.id).await.unwrap();
        }
    }
}
