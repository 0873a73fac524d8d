//! Which statements a piece of work sends.

use std::cell::RefCell;
use std::fmt;
use std::sync::Once;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

thread_local! {
    /// The texts, while somebody wants them: a test has a thread of its own.
    static TEXTS: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Runs `work` and gives the texts of its statements, without BEGIN and COMMIT.
pub async fn statements<T>(work: impl Future<Output = T>) -> (T, Vec<String>) {
    // One for the whole program: what only one thread listens to, the others may declare unheard.
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        tracing::subscriber::set_global_default(Recorder).unwrap();
        tracing::callsite::rebuild_interest_cache();
    });
    TEXTS.set(Some(Vec::new()));
    let result = work.await;
    (result, TEXTS.take().unwrap_or_default())
}

struct Recorder;

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "orm"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        TEXTS.with_borrow_mut(|texts| {
            if let Some(texts) = texts {
                let mut text = Text(None);
                event.record(&mut text);
                texts.extend(text.0);
            }
        });
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Text(Option<String>);

impl Visit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "db.query.text" {
            self.0 = Some(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
