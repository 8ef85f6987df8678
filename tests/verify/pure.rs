//! The judge has no IO.

use tokio::runtime::Handle;

use super::*;

#[test]
fn the_judge_has_no_io_and_runs_in_a_thread_with_no_runtime() {
    let badge = signed(&facts());
    let gathered = evidence();
    let judged = std::thread::spawn(move || {
        assert!(Handle::try_current().is_err(), "a runtime is at hand");
        let needed = needs(badge.to_string().as_bytes(), &Evidence::new());
        let report = ask(&badge, &gathered, now());
        assert!(Handle::try_current().is_err(), "the judge made a runtime");
        (needed, report)
    });
    let (needed, report) = judged.join().unwrap();
    assert_eq!(needed, [Need::DidDocument(DID.into())]);
    assert_eq!(report.verdict, Verdict::Valid, "{}", told(&report));
}

#[test]
fn the_same_badge_evidence_and_time_make_the_same_report_wherever_it_runs() {
    let (badge, evidence) = (signed(&facts()), evidence());
    let here = ask(&badge, &evidence, now());
    std::thread::scope(|scope| {
        let elsewhere: Vec<_> = (0..4).map(|_| scope.spawn(|| ask(&badge, &evidence, now()))).collect();
        elsewhere.into_iter().for_each(|thread| assert_eq!(thread.join().unwrap(), here));
    });
    assert_eq!(here.checked_at, now(), "the time is what it was given");
}
