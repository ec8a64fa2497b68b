//! Which hosts may be asked, by name: what an operator allows and denies.

use std::collections::BTreeSet;

use openbadges::verify::Unavailable;

/// A list of hosts that may be asked, and one of hosts that may not. The second wins.
///
/// `a.example` names one host; `*.a.example` names every host below it, and not `a.example` itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hosts {
    allowed: Option<BTreeSet<String>>,
    denied: BTreeSet<String>,
}

impl Hosts {
    /// Lets `patterns` be asked, and nobody else who was not allowed before.
    #[must_use]
    pub fn allow<'p>(mut self, patterns: impl IntoIterator<Item = &'p str>) -> Self {
        self.allowed.get_or_insert_default().extend(patterns.into_iter().map(normal));
        self
    }

    /// Keeps `patterns` from being asked.
    #[must_use]
    pub fn deny<'p>(mut self, patterns: impl IntoIterator<Item = &'p str>) -> Self {
        self.denied.extend(patterns.into_iter().map(normal));
        self
    }

    /// Whether `host`, as an address parser wrote it, may be asked.
    ///
    /// # Errors
    /// [`Unavailable::HostRefused`].
    pub(crate) fn admit(&self, host: &str) -> Result<(), Unavailable> {
        let is_allowed = self.allowed.as_ref().is_none_or(|allowed| names(allowed, host));
        if is_allowed && !names(&self.denied, host) {
            Ok(())
        } else {
            Err(Unavailable::HostRefused)
        }
    }
}

fn normal(pattern: &str) -> String {
    pattern.trim().trim_end_matches('.').to_ascii_lowercase()
}

fn names(patterns: &BTreeSet<String>, host: &str) -> bool {
    let mut above = host;
    while let Some((_, parent)) = above.split_once('.') {
        if patterns.contains(&format!("*.{parent}")) {
            return true;
        }
        above = parent;
    }
    patterns.contains(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_allows_everybody_and_a_denied_host_stays_denied() {
        assert_eq!(Hosts::default().admit("a.example"), Ok(()));
        let hosts = Hosts::default().allow(["A.example", "*.b.example"]).deny(["x.b.example"]);
        for allowed in ["a.example", "c.b.example", "d.c.b.example"] {
            assert_eq!(hosts.admit(allowed), Ok(()), "{allowed}");
        }
        for refused in ["b.example", "x.b.example", "c.a.example", "bb.example", "xb.example"] {
            assert_eq!(hosts.admit(refused), Err(Unavailable::HostRefused), "{refused}");
        }
    }
}
