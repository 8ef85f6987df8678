//! Calibration: who marks, who scores, and how far they agree.

use super::cast::{ADA, Firm, GOOD, PRO, WEAK, code, sheet};
use crate::setup::on_both_engines;
use laurel::{
    actions::panel::calibrate::{close, hand_in, mark, of_program, result, save, sheet as own_sheet, waiting},
    domain::{actor::Role, calibration::Agreement},
    store::Db,
};

/// A decided work of Ada's, marked by Olga.
async fn marked(firm: &Firm) -> String {
    let panel = firm.hands_in(ADA, PRO).await;
    firm.decides(&panel, &WEAK).await;
    mark(&firm.app, &firm.actor("Olga").await, &panel.id, "The plan of a move").await.unwrap()
}

on_both_engines! {
    async fn what_was_decided_is_marked_once_by_whoever_runs_the_program(db: Db) {
        let firm = Firm::new(db).await;
        let mut conn = firm.write().await;
        firm.give_role(&mut conn, "Kim", Role::Owner, "data").await;
        firm.give_role(&mut conn, ADA, Role::Owner, "craft").await;
        conn.commit().await.unwrap();
        let panel = firm.hands_in(ADA, PRO).await;
        let (olga, kim, ada) = (firm.actor("Olga").await, firm.actor("Kim").await, firm.actor(ADA).await);
        assert_eq!(code(mark(&firm.app, &olga, &panel.id, "A plan").await), "not_decided");
        firm.decides(&panel, &WEAK).await;
        assert_eq!(code(mark(&firm.app, &olga, &panel.id, " ").await), "title");
        for who in [&kim, &ada] {
            assert_eq!(code(mark(&firm.app, who, &panel.id, "A plan").await), "no panel");
        }
        let id = mark(&firm.app, &olga, &panel.id, "A plan").await.unwrap();
        assert_eq!(code(mark(&firm.app, &olga, &panel.id, "A plan").await), "marked");
        assert_eq!(of_program(&firm.app, &olga, "craft").await.unwrap().1.len(), 1);
        assert_eq!(code(of_program(&firm.app, &kim, "craft").await), "no program");
        assert_eq!(code(result(&firm.app, &kim, &id).await), "no sample");
        assert_eq!(code(close(&firm.app, &kim, &id).await), "no sample");
    }

    async fn every_assessor_scores_alone_and_the_agreement_is_shown(db: Db) {
        let firm = Firm::new(db).await;
        let id = marked(&firm).await;
        let (chiara, dev) = (firm.actor("Chiara").await, firm.actor("Dev").await);
        assert_eq!(waiting(&firm.app, &chiara).await.unwrap().len(), 1);
        save(&firm.app, &chiara, &id, &sheet(&GOOD)[..1]).await.unwrap();
        assert_eq!(code(hand_in(&firm.app, &chiara, &id, &sheet(&GOOD)[..1]).await), "scores.testing.grade scores.testing.comment");
        hand_in(&firm.app, &chiara, &id, &sheet(&GOOD)).await.unwrap();
        assert_eq!(code(save(&firm.app, &chiara, &id, &sheet(&WEAK)).await), "handed_in");
        assert!(waiting(&firm.app, &chiara).await.unwrap().is_empty());
        save(&firm.app, &dev, &id, &sheet(&WEAK)).await.unwrap();
        let olga = firm.actor("Olga").await;
        let compared = result(&firm.app, &olga, &id).await.unwrap();
        assert_eq!((compared.given.len(), compared.of_assessors.len()), (2, 1), "a draft is nobody's");
        hand_in(&firm.app, &dev, &id, &sheet(&WEAK)).await.unwrap();
        let compared = result(&firm.app, &olga, &id).await.unwrap();
        let [design, testing] = [compared.on_criteria[0], compared.on_criteria[1]];
        assert_eq!(design, Agreement { pairs: 1, exact: 0, near: 1 });
        assert_eq!(testing, Agreement { pairs: 1, exact: 1, near: 1 });
        assert_eq!(compared.of_assessors[0], ("Chiara".to_owned(), Agreement { pairs: 2, exact: 1, near: 2 }));
        assert_eq!(own_sheet(&firm.app, &dev, &id).await.unwrap().agreement, Some(Agreement { pairs: 2, exact: 1, near: 2 }));
        let before = own_sheet(&firm.app, &firm.actor("Emil").await, &id).await.unwrap();
        assert_eq!((before.agreement, before.scores.len(), before.evidence.len()), (None, 0, 2));
    }

    async fn a_sample_is_there_for_assessors_of_its_program_and_never_for_whose_work_it_is(db: Db) {
        let firm = Firm::new(db).await;
        let id = marked(&firm).await;
        let mut conn = firm.write().await;
        firm.give_role(&mut conn, ADA, Role::Assessor, "craft").await;
        conn.commit().await.unwrap();
        for who in ["Kim", ADA] {
            let actor = firm.actor(who).await;
            assert!(waiting(&firm.app, &actor).await.unwrap().is_empty(), "{who}");
            assert_eq!(code(own_sheet(&firm.app, &actor, &id).await), "no sample", "{who}");
            assert_eq!(code(hand_in(&firm.app, &actor, &id, &sheet(&GOOD)).await), "no sample", "{who}");
        }
        close(&firm.app, &firm.actor("Olga").await, &id).await.unwrap();
        assert_eq!(code(close(&firm.app, &firm.actor("Olga").await, &id).await), "closed");
        let chiara = firm.actor("Chiara").await;
        assert_eq!(code(hand_in(&firm.app, &chiara, &id, &sheet(&GOOD)).await), "closed");
        assert!(waiting(&firm.app, &chiara).await.unwrap().is_empty());
    }
}
