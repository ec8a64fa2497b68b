//! Each attack that is promised to fail, and where it is tried: cases of the hostile corpus, tests of the fetcher for
//! what happens before there are any bytes to judge, and tests of what an issuer may publish.

use accolade_tests::issuer::Case;
use accolade_tests::{read_text, workspace};
use libtest_mimic::Failed;
use openbadges::verify::Verdict;

/// Tests of the fetcher, by file.
const GUARD: &str = "fetch/tests/web/guard.rs";
const WEB: &str = "fetch/tests/web/hostile.rs";
/// Tests of what may be published.
const SVG: &str = "openbadges/src/bake/svg_check.rs";

/// The promise, and cases by name. A name that ends in `/` stands for every refused case of that area.
const CASES: &[(&str, &[&str])] = &[
    (
        "algorithm confusion",
        &[
            "token-alg/the-public-key-as-a-secret",
            "token-alg/the-pem-as-a-secret",
            "token-alg/es256-for-an-ed25519-key",
            "signed-alg/the-pem-as-a-secret",
            "proof/another-suite",
        ],
    ),
    ("`none`", &["token-alg/none", "token-alg/none-in-mixed-letters", "signed-alg/none"]),
    (
        "key of another DID",
        &["key/of-another-did", "token-kid/of-another-did", "signed-key/of-a-stranger"],
    ),
    ("kid tricks", &["token-kid/", "token-jwk/", "token-jku/", "token-x5c/"]),
    (
        "critical headers and unencoded payloads",
        &["token-crit/", "token-b64/", "token-form/detached"],
    ),
    (
        "context substitution",
        &["context/swapped", "context/a-host-that-looks-alike", "context/without-tls"],
    ),
    (
        "inline aliases",
        &[
            "context/an-inline-alias",
            "context/an-inline-alias-in-front",
            "token-badge/an-inline-context",
        ],
    ),
    (
        "injected terms",
        &["member/one-no-context-knows", "member/evidence-added", "member/another-person-added"],
    ),
    (
        "dropped terms",
        &[
            "member/the-end-taken-away",
            "member/the-status-taken-away",
            "member/the-person-taken-away",
        ],
    ),
    (
        "unknown contexts",
        &["context/an-unknown-one-more", "context/the-one-that-defines-everything"],
    ),
    (
        "duplicate JSON keys",
        &[
            "text/a-member-twice",
            "text/a-member-twice-once-in-escapes",
            "key-document/a-member-twice",
            "status-outage/a-member-twice",
            "token-payload/a-member-twice",
        ],
    ),
    (
        "deep nesting",
        &["text/nested-a-hundred-thousand-times", "key-document/deep", "token-payload/deep"],
    ),
    (
        "huge numbers",
        &[
            "text/a-number-beyond-floats",
            "text/an-integer-without-end",
            "status-index/a-hundred-thousand-digits",
            "token-claim/never",
        ],
    ),
    (
        "invalid UTF-8",
        &["text/a-byte-that-is-no-utf-8", "token-payload/no-utf-8", "png/a-record-that-is-no-text"],
    ),
    (
        "blank-node cliques",
        &[
            "poison/a-clique-in-unknown-words",
            "poison/a-ring-of-sixty",
            "work/eight-poisoned-proofs",
        ],
    ),
    (
        "expired proofs",
        &["proof/expired", "proof-set/one-good-one-expired", "token-jose/a-signature-that-is-over"],
    ),
    (
        "missing `previousProof`",
        &["proof-chain/the-previous-proof-is-missing", "proof-chain/one-of-two-is-missing"],
    ),
    (
        "wrong purpose",
        &["proof/made-to-log-in", "key-document/the-key-only-logs-in", "token-kid/only-to-log-in"],
    ),
    (
        "status of another issuer",
        &[
            "status-list/a-neighbours",
            "status-list/a-strangers-at-home",
            "status-list/a-strangers-in-our-name",
            "signed-list/of-another-issuer",
        ],
    ),
    (
        "status of another purpose",
        &["status-list/for-another-purpose", "status-entry/of-another-purpose-than-the-list"],
    ),
    ("bad index", &["status-index/"]),
    ("short list", &["status-bits/too-few"]),
    ("decompression bomb", &["bomb/256-mb", "status-bits/a-bomb"]),
    ("did:web path tricks", &["issuer-path/"]),
    ("did:web host tricks", &["issuer-host/"]),
    ("wrong type", &["key-document/a-page-to-log-in", "status-outage/a-page", "withdrawn/a-page"]),
    ("PNG with two records", &["png/two-records", "png/the-same-record-twice"]),
    ("compressed text bombs", &["bomb/a-byte-too-many", "bomb/two-hundred-of-them"]),
    ("broken CRC", &["png/a-changed-byte-in-the-record", "png/a-wrong-checksum-at-the-end"]),
    (
        "SVG with entities",
        &[
            "svg-declaration/a-billion-laughs",
            "svg-declaration/a-file",
            "svg-declaration/svg-1-1-with-an-entity",
        ],
    ),
    (
        "a valid record inside another badge's picture",
        &["both/another-name", "both/another-person"],
    ),
    ("a hosted badge on a foreign origin", &["foreign/", "scope/another-host", "origin/a-suffix"]),
    ("revocation lists with one entry", &["signed-list/one-entry", "signed-list/one-object"]),
    (
        "name spoofing of a famous issuer",
        &[
            "issuer-name/the-famous-did-itself",
            "issuer-name/two-issuers",
            "foreign/a-class-that-names-a-famous-issuer",
        ],
    ),
];

/// The promise, the file of tests, and the test. A script in a picture is refused where it could run, which is where the
/// picture is published: verifying draws nothing, and a badge is not forged because of its frame.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "SVG with scripts or external references",
        SVG,
        "what_runs_or_fetches_is_named_with_its_place",
    ),
    (
        "redirects to private addresses",
        GUARD,
        "a_redirect_into_a_private_network_is_refused_in_every_form",
    ),
    (
        "private addresses by name",
        GUARD,
        "a_name_with_a_private_address_is_refused_and_nothing_is_connected_to",
    ),
    ("DNS rebinding", GUARD, "a_name_that_turns_private_is_refused_at_the_next_question"),
    (
        "DNS rebinding, pinned",
        GUARD,
        "the_address_that_was_checked_is_the_one_that_is_connected_to",
    ),
    ("endless body", WEB, "a_body_without_an_end_is_too_large_however_it_is_framed"),
    ("slow body", WEB, "a_server_that_says_nothing_or_drips_is_left_in_time"),
];

/// What must pass, however much it looks like an attack.
const HARMLESS: &[&str] = &["svg-declaration/svg-1-1"];

/// Every promise has its cases, and none of them passes as valid.
pub(crate) fn check(cases: &[Case]) -> Result<(), Failed> {
    let refused = |case: &&Case| case.verdict != Verdict::Valid;
    for (promise, names) in CASES {
        for name in *names {
            let is_it = |case: &&Case| {
                if name.ends_with('/') { case.name.starts_with(name) } else { case.name == *name }
            };
            if !cases.iter().filter(refused).any(|case| is_it(&case)) {
                return Err(format!("{promise}: no `{name}` is refused").into());
            }
        }
    }
    for name in HARMLESS {
        if !cases.iter().any(|case| case.name == *name && case.verdict == Verdict::Valid) {
            return Err(format!("`{name}` must pass").into());
        }
    }
    for (promise, file, test) in ELSEWHERE {
        if !read_text(workspace().join(file))?.contains(&format!("fn {test}()")) {
            return Err(format!("{promise}: `{file}` has no test `{test}`").into());
        }
    }
    Ok(())
}
