//! Messages to endpoints have a loop of their own: a receiver that answers slowly holds up no letter and no status list.

use crate::actions::{App, webhooks};
use std::{sync::Arc, time::Duration};

const PAUSE: Duration = Duration::from_secs(3);

/// Runs for ever; the caller drops it to stop. What is half sent then comes again after its lease.
pub(super) async fn run(app: Arc<App>) {
    loop {
        match webhooks::deliver_due(&app).await {
            // There may be more.
            Ok(arrived) if arrived > 0 => continue,
            Ok(_) => {}
            Err(why) => tracing::error!("messages to webhooks could not be sent: {why}"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
