//! `badges/urls.ledger`: every public path ever published, one a line. They may be added to, never taken away.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::Reading;
use crate::diagnostic::{Code, Diagnostic, Sink, Span};
use crate::load;
use crate::site::Site;

/// Where it is.
pub(super) const LEDGER: &str = "badges/urls.ledger";

/// A path is a few names; browsers and hosts refuse very long ones.
const PATH_BYTES_MAX: usize = 300;

/// Reads the ledger; there is none before the first seal.
pub(super) fn read(reading: &mut Reading<'_>) -> BTreeSet<String> {
    let Some(file) = reading.sources.listed(LEDGER) else { return BTreeSet::new() };
    let Some(text) = reading.text(file) else { return BTreeSet::new() };
    let mut paths = BTreeSet::new();
    for (span, line) in lines(&text) {
        if is_path(line) {
            paths.insert(line.to_owned());
        } else {
            reading.sink.report(ledger_line(file, span, line));
        }
    }
    paths
}

/// Every path of the ledger is still published: `is_planned` answers for the plan of this site.
#[must_use]
pub fn ledger(site: &Site, is_planned: &dyn Fn(&str) -> bool) -> Sink {
    let mut sink = Sink::default();
    let vanished: BTreeSet<&String> = site.ledger.iter().filter(|path| !is_planned(path)).collect();
    if vanished.is_empty() {
        return sink;
    }
    let file = Utf8Path::new(LEDGER);
    let text = load::text(&site.root, file).unwrap_or_default();
    for (span, line) in lines(&text) {
        if vanished.iter().any(|path| *path == line) {
            sink.report(url_vanished(file, span, line));
        }
    }
    sink
}

/// The lines that say something, with their places. `#` begins a comment.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |whole| {
        let start = at;
        at += whole.len();
        let line = whole.trim_end();
        (!line.is_empty() && !line.starts_with('#'))
            .then(|| (Span::new(start, start + line.len()), line))
    })
}

fn is_path(line: &str) -> bool {
    let plain = |part: &str| {
        !matches!(part, "" | "." | "..")
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
    };
    line.len() <= PATH_BYTES_MAX && line.strip_suffix('/').unwrap_or(line).split('/').all(plain)
}

fn ledger_line(file: &Utf8Path, span: Span, line: &str) -> Diagnostic {
    Diagnostic::at(Code::LedgerLine, file, span).with("line", line)
}

fn url_vanished(file: &Utf8Path, span: Span, path: &str) -> Diagnostic {
    Diagnostic::at(Code::UrlVanished, file, span).with("path", path)
}
