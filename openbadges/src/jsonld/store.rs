//! The contexts this crate knows, and the memory of what they make of each other.
//!
//! `contexts/PROVENANCE.md` says where each file comes from.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};

use serde_json::Value;

use super::context::{ActiveContext, LocalContext, Origin};
use super::error::ContextProblem;
use crate::jcs;

/// The contexts a document may name, by exact address. Nothing is ever fetched (CRED-SAFE-4, CRED-SAFE-11, OB3-CTX-7).
///
/// A store is immutable in what it means and may be shared by threads. It remembers, within a bound, what each context
/// made of each other one, which is why documents of a kind cost so little after the first.
pub struct ContextStore {
    texts: BTreeMap<Cow<'static, str>, ContextText>,
    pub(super) initial: Arc<ActiveContext>,
    steps: RwLock<BTreeMap<Step, Arc<ActiveContext>>>,
    interned: RwLock<BTreeMap<String, Arc<LocalContext>>>,
}

struct ContextText {
    text: Cow<'static, str>,
    loaded: OnceLock<Option<Arc<LocalContext>>>,
}

/// A context applied to an active one, both by number.
pub(super) type Step = (u32, u32, Origin);

/// How many active contexts a store remembers: about 5 kB each. A site's badges need some forty; a verifier meets more
/// kinds, and a stranger could make up any number.
const STEPS_MAX: usize = 512;

static EMBEDDED: LazyLock<ContextStore> = LazyLock::new(|| ContextStore::of(EMBEDDED_TEXTS));
static EMBEDDED_APRIL_2025: LazyLock<ContextStore> = LazyLock::new(|| {
    let mut store = ContextStore::of(EMBEDDED_TEXTS);
    let april = include_str!("../../contexts/ob-3.0.3-april-2025.json");
    store.add(Cow::Borrowed(OB_3_0_3), Cow::Borrowed(april));
    store
});

const OB_3_0_3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

const EMBEDDED_TEXTS: &[(&str, &str)] = &[
    ("https://www.w3.org/ns/credentials/v2", include_str!("../../contexts/credentials-v2.json")),
    ("https://www.w3.org/2018/credentials/v1", include_str!("../../contexts/credentials-v1.json")),
    (OB_3_0_3, include_str!("../../contexts/ob-3.0.3.json")),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        include_str!("../../contexts/ob-3.0.2.json"),
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        include_str!("../../contexts/ob-3.0.1.json"),
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        include_str!("../../contexts/ob-3.0.json"),
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld",
        include_str!("../../contexts/ob-3.0.json"),
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        include_str!("../../contexts/ob-extensions.json"),
    ),
    (
        "https://w3id.org/security/data-integrity/v2",
        include_str!("../../contexts/data-integrity-v2.json"),
    ),
    (
        "https://w3id.org/security/data-integrity/v1",
        include_str!("../../contexts/data-integrity-v1.json"),
    ),
    ("https://w3id.org/security/multikey/v1", include_str!("../../contexts/multikey-v1.json")),
    ("https://www.w3.org/ns/did/v1", include_str!("../../contexts/did-v1.json")),
    ("https://w3id.org/security/v1", include_str!("../../contexts/security-v1.json")),
    ("https://w3id.org/security/v2", include_str!("../../contexts/security-v2.json")),
    (
        "https://w3id.org/vc/status-list/2021/v1",
        include_str!("../../contexts/status-list-2021-v1.json"),
    ),
    (
        "https://www.w3.org/ns/credentials/status/v1",
        include_str!("../../contexts/credentials-status-v1.json"),
    ),
    (
        "https://w3id.org/security/suites/ed25519-2020/v1",
        include_str!("../../contexts/ed25519-2020-v1.json"),
    ),
    (
        "https://w3id.org/security/suites/jws-2020/v1",
        include_str!("../../contexts/jws-2020-v1.json"),
    ),
];

impl ContextStore {
    /// The contexts this crate embeds, in the form published now. It is the store to sign with.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The same with `context-3.0.3.json` as it stood in April 2025, before two terms were added to it in place.
    ///
    /// It explains signatures made then; see [`super::to_rdf_reporting`] (OB3-CTX-4, OB3-CTX-5).
    #[must_use]
    pub fn embedded_april_2025() -> &'static Self {
        &EMBEDDED_APRIL_2025
    }

    /// The embedded contexts and `extra` ones, as pairs of address and text; an address that is there already gets the
    /// new text. For vectors that use contexts no product should accept.
    ///
    /// # Errors
    /// [`ContextProblem::NotAContext`] names the address of a text that is not JSON with a `@context`. What a context
    /// says is only looked at when a document uses it.
    pub fn with_extra(extra: &[(&str, &str)]) -> Result<Self, ContextProblem> {
        let mut store = Self::of(EMBEDDED_TEXTS);
        for (url, text) in extra {
            store.add(Cow::Owned((*url).to_owned()), Cow::Owned((*text).to_owned()));
        }
        for (url, _) in extra {
            store.load(url)?;
        }
        Ok(store)
    }

    /// The addresses and texts of all contexts, sorted by address.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(url, context)| (url.as_ref(), context.text.as_ref()))
    }

    /// Whether the context at `url` is known. Only the exact address is (CRED-SAFE-4).
    #[must_use]
    pub fn contains(&self, url: &str) -> bool {
        self.texts.contains_key(url)
    }

    fn of(texts: &'static [(&'static str, &'static str)]) -> Self {
        let mut store = Self {
            texts: BTreeMap::new(),
            initial: Arc::new(ActiveContext::initial()),
            steps: RwLock::default(),
            interned: RwLock::default(),
        };
        for (url, text) in texts {
            store.add(Cow::Borrowed(url), Cow::Borrowed(text));
        }
        store
    }

    fn add(&mut self, url: Cow<'static, str>, text: Cow<'static, str>) {
        self.texts.insert(url, ContextText { text, loaded: OnceLock::new() });
    }

    /// The context at `url`, parsed once; `None` when the store does not have it.
    pub(super) fn load(&self, url: &str) -> Result<Option<Arc<LocalContext>>, ContextProblem> {
        let Some(context) = self.texts.get(url) else { return Ok(None) };
        let loaded = context.loaded.get_or_init(|| {
            let document: Value = serde_json::from_str(&context.text).ok()?;
            document.get("@context").map(|value| self.intern(value))
        });
        match loaded {
            Some(loaded) => Ok(Some(Arc::clone(loaded))),
            None => Err(ContextProblem::NotAContext(url.to_owned())),
        }
    }

    /// Gives equal contexts one number. Only texts of this store come here, so their number is bounded by them.
    pub(super) fn intern(&self, value: &Value) -> Arc<LocalContext> {
        let text = jcs::canonicalize(value);
        let mut interned = self.interned.write().unwrap_or_else(PoisonError::into_inner);
        let id = u32::try_from(interned.len()).unwrap_or(u32::MAX);
        let entry = interned.entry(text);
        Arc::clone(entry.or_insert_with(|| Arc::new(LocalContext { id, value: value.clone() })))
    }

    /// How many steps are remembered.
    #[cfg(test)]
    pub(super) fn remembered(&self) -> usize {
        self.steps.read().unwrap().len()
    }

    /// What is remembered of a step.
    pub(super) fn recall(&self, step: Step) -> Option<Arc<ActiveContext>> {
        let steps = self.steps.read().unwrap_or_else(PoisonError::into_inner);
        steps.get(&step).cloned()
    }

    /// Remembers the result of a step, unless the store is full; the result comes back with its number.
    pub(super) fn remember(
        &self,
        step: Step,
        mut made: ActiveContext,
    ) -> Result<Arc<ActiveContext>, ActiveContext> {
        let mut steps = self.steps.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = steps.get(&step) {
            return Ok(Arc::clone(known));
        }
        if steps.len() >= STEPS_MAX {
            return Err(made);
        }
        // 0 is the initial context.
        made.id = u32::try_from(steps.len() + 1).unwrap_or(u32::MAX);
        let made = Arc::new(made);
        steps.insert(step, Arc::clone(&made));
        Ok(made)
    }
}

impl fmt::Debug for ContextStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.texts.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use sha2::{Digest, Sha256};

    use super::*;
    use crate::jsonld::context::process;

    fn digests() -> BTreeSet<String> {
        let stores = [ContextStore::embedded(), ContextStore::embedded_april_2025()];
        let texts = stores.iter().flat_map(|store| store.texts());
        let hexadecimal = |text: &str| {
            let digest = Sha256::digest(text.as_bytes());
            digest.iter().map(|byte| format!("{byte:02x}")).collect()
        };
        texts.map(|(_, text)| hexadecimal(text)).collect()
    }

    /// Contexts are part of what a signature means: a file that changes must change on that page too.
    #[test]
    fn the_embedded_texts_are_those_whose_origin_is_written_down() {
        let page = include_str!("../../contexts/PROVENANCE.md");
        let (_, list) = page.split_once("```text\n").unwrap();
        let (list, _) = list.split_once("```").unwrap();
        let listed: BTreeSet<String> =
            list.lines().map(|line| line.split("  ").next().unwrap().to_owned()).collect();
        assert_eq!(digests(), listed);
        for (url, _) in ContextStore::embedded().texts() {
            assert!(page.contains(&format!("`{url}`")), "{url}");
        }
    }

    /// A context that comes with a term is looked at when the term is used; here each of them is.
    #[test]
    fn every_embedded_context_can_be_applied_with_all_it_brings() {
        for store in [ContextStore::embedded(), ContextStore::embedded_april_2025()] {
            for (url, _) in store.texts() {
                let local = store.load(url).unwrap().unwrap();
                let root = process(&store.initial, &local.value, Origin::Document, store);
                let root = Arc::new(root.unwrap());
                for (name, term) in root.terms.iter() {
                    let Some(scoped) = &term.scoped else { continue };
                    // Types are written with a capital, properties are not.
                    let is_type = name.starts_with(|c: char| c.is_ascii_uppercase());
                    let origin = if is_type { Origin::Type } else { Origin::Property };
                    let inside = process(&root, &scoped.value, origin, store);
                    let inside = Arc::new(inside.unwrap_or_else(|e| panic!("{url} {name}: {e}")));
                    for below in inside.terms.iter().filter_map(|(_, term)| term.scoped.as_ref()) {
                        let below = process(&inside, &below.value, Origin::Property, store);
                        assert!(below.is_ok(), "{url} {name}: {below:?}");
                    }
                }
            }
        }
    }
}
