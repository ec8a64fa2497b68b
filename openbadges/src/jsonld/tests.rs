//! Claims of this module, against the embedded contexts.

use serde_json::{Value, json};

use super::*;
use crate::rdfc;

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const V1: &str = "https://www.w3.org/2018/credentials/v1";
const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// A small badge; `change` makes of it what a test is about.
fn badge(change: impl FnOnce(&mut Value)) -> Value {
    let mut badge = json!({
        "@context": [V2, OB],
        "id": "https://badges.example/a/1/credential.json",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": { "id": "did:web:badges.example", "type": ["Profile"], "name": "L'Estran" },
        "validFrom": "2026-03-12T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://badges.example/badges/x/v1/achievement.fr.json",
                "type": ["Achievement"],
                "name": "Accueil",
                "criteria": { "narrative": "Venir" }
            }
        }
    });
    change(&mut badge);
    badge
}

fn nquads(document: &Value) -> String {
    nquads_in(document, ContextStore::embedded())
}

fn nquads_in(document: &Value, contexts: &ContextStore) -> String {
    let dataset = to_rdf(document, contexts).unwrap();
    rdfc::canonicalize(&dataset, &rdfc::Options::default()).unwrap().nquads
}

fn refusal(document: &Value) -> (Problem, String) {
    let error = to_rdf(document, ContextStore::embedded()).unwrap_err();
    (error.problem, error.at)
}

#[track_caller]
fn assert_refused(document: &Value, problem: Problem, at: &str) {
    assert_eq!(refusal(document), (problem, at.to_owned()), "{document}");
}

/// CRED-UNSIGNED-1, CRED-SAFE-5, OB3-CTX-8: also a type no context defines, and at any depth.
#[test]
fn a_member_or_type_that_no_context_defines_is_refused_by_name() {
    let undefined = |term: &str| Problem::UndefinedTerm(term.to_owned());
    assert_refused(&badge(|b| b["level"] = json!("gold")), undefined("level"), "/level");
    let deep = badge(|b| b["credentialSubject"]["achievement"]["a/b"] = json!("x"));
    assert_refused(&deep, undefined("a/b"), "/credentialSubject/achievement/a~1b");
    // Looks like a keyword, and is none.
    assert_refused(&badge(|b| b["@level"] = json!("gold")), undefined("@level"), "/@level");
    let typed = badge(|b| b["issuer"]["type"] = json!(["Profile", "Guild"]));
    assert_refused(&typed, Problem::UndefinedType("Guild".to_owned()), "/issuer/type/1");
    let keyword = badge(|b| b["type"] = json!("@json"));
    assert_refused(&keyword, Problem::UndefinedType("@json".to_owned()), "/type");
}

/// CRED-UNSIGNED-2.
#[test]
fn null_and_empty_arrays_are_refused_where_they_would_state_nothing() {
    assert_refused(&badge(|b| b["name"] = Value::Null), Problem::Null, "/name");
    assert_refused(&badge(|b| b["name"] = json!(["a", null])), Problem::Null, "/name/1");
    assert_refused(&badge(|b| b["issuer"]["id"] = Value::Null), Problem::Null, "/issuer/id");
    assert_refused(&badge(|b| b["evidence"] = json!([])), Problem::EmptyArray, "/evidence");
    assert_refused(&badge(|b| b["evidence"] = json!([[]])), Problem::EmptyArray, "/evidence/0");
    assert_refused(&badge(|b| b["type"] = json!([])), Problem::EmptyArray, "/type");
    let value = badge(|b| b["name"] = json!({ "@value": null }));
    assert_refused(&value, Problem::Null, "/name/@value");
}

/// CRED-UNSIGNED-3, CRED-SAFE-6.
#[test]
fn keywords_that_hide_or_move_content_are_refused() {
    for keyword in ["@index", "@direction", "@included", "@nest", "@reverse", "@graph", "@base"] {
        let document = badge(|b| b["issuer"][keyword] = json!([{ "id": "urn:x:y" }]));
        assert_refused(&document, Problem::Unsupported(keyword), &format!("/issuer/{keyword}"));
    }
    for keyword in ["@list", "@set"] {
        let document = badge(|b| b["name"] = json!({ keyword: ["a"] }));
        assert_refused(&document, Problem::Unsupported(keyword), &format!("/name/{keyword}"));
    }
    for keyword in ["@index", "@direction"] {
        let document = badge(|b| b["name"] = json!({ "@value": "a", keyword: "ltr" }));
        assert_refused(&document, Problem::Unsupported(keyword), &format!("/name/{keyword}"));
    }
    let document = badge(|b| b["name"] = json!({ "@value": { "a": 1 }, "@type": "@json" }));
    assert_refused(&document, Problem::Unsupported("@type"), "/name/@type");
}

/// CRED-UNSIGNED-4, OB3-SER-7.
#[test]
fn language_maps_are_refused_and_tagged_texts_are_not() {
    let map = badge(|b| b["name"] = json!({ "fr": "Accueil", "en": "Welcome" }));
    let (problem, _) = refusal(&map);
    assert!(matches!(problem, Problem::UndefinedTerm(_)), "{problem:?}");
    let tagged = badge(|b| b["name"] = json!({ "@value": "Accueil", "@language": "fr-CA" }));
    assert!(nquads(&tagged).contains("\"Accueil\"@fr-ca .\n"));
    for tag in ["fr_CA", "", "toolongtag", "1a"] {
        let document = badge(|b| b["name"] = json!({ "@value": "a", "@language": tag }));
        assert_refused(&document, Problem::LanguageTag(tag.to_owned()), "/name/@language");
    }
    let both = json!({ "@value": "a", "@language": "fr", "@type": "urn:x:y" });
    let (problem, _) = refusal(&badge(|b| b["name"] = both));
    assert!(matches!(problem, Problem::Expected(_)), "{problem:?}");
}

/// CRED-SAFE-6, CRED-SAFE-7: relative wherever an address stands.
#[test]
fn a_relative_address_is_refused() {
    let relative = |text: &str| Problem::NotAnIri(text.to_owned());
    assert_refused(&badge(|b| b["id"] = json!("a/1")), relative("a/1"), "/id");
    assert_refused(&badge(|b| b["issuer"] = json!("estran")), relative("estran"), "/issuer");
    assert_refused(&badge(|b| b["issuer"] = json!("https:")), relative("https:"), "/issuer");
    assert_refused(&badge(|b| b["id"] = json!("https://a b")), relative("https://a b"), "/id");
    assert_refused(&badge(|b| b["id"] = json!("_:")), relative("_:"), "/id");
    assert_refused(&badge(|b| b["id"] = json!("")), relative(""), "/id");
    let aliased = badge(|b| b["@id"] = json!("urn:x:y"));
    assert_refused(&aliased, Problem::CollidingKeywords("@id"), "/id");
}

/// CRED-SAFE-3, CRED-SAFE-4, OB3-CTX-7, CRED-UNSIGNED-6.
#[test]
fn only_contexts_of_the_store_are_taken_and_only_by_their_exact_address() {
    for url in [
        "https://www.w3.org/ns/credentials/v2/",
        "http://www.w3.org/ns/credentials/v2",
        "https://WWW.w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/undefined-terms/v2",
        "https://w3id.org/openbadges/v2",
    ] {
        assert!(!ContextStore::embedded().contains(url));
        let document = badge(|b| b["@context"][0] = json!(url));
        assert_refused(&document, Problem::UnknownContext(url.to_owned()), "/@context/0");
    }
    let inline = badge(|b| b["@context"] = json!([V2, OB, { "title": "https://schema.org/name" }]));
    assert_refused(&inline, Problem::InlineContext, "/@context/2");
    let null = badge(|b| b["@context"] = Value::Null);
    assert_refused(&null, Problem::InlineContext, "/@context");
    let within = badge(|b| b["issuer"]["@context"] = json!(V2));
    assert_refused(&within, Problem::NestedContext, "/issuer/@context");
}

/// CRED-SAFE-3: an embedded endorsement brings its contexts; a proof repeats those around it.
#[test]
fn an_embedded_endorsement_may_bring_its_own_contexts() {
    let endorsement = json!({
        "@context": [V2, OB, "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"],
        "id": "https://endorser.example/e/1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": "did:web:endorser.example",
        "credentialSubject": { "id": "did:web:badges.example", "type": ["EndorsementSubject"] },
        "proof": { "type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022" }
    });
    let mut document = badge(|b| b["endorsement"] = json!([endorsement]));
    assert!(nquads(&document).contains("\"eddsa-jcs-2022\"^^"));
    let around = document["endorsement"][0]["@context"].clone();
    document["endorsement"][0]["proof"]["@context"] = around;
    assert!(to_rdf(&document, ContextStore::embedded()).is_ok());
    document["endorsement"][0]["proof"]["@context"] = json!([V2, OB]);
    assert_refused(&document, Problem::NestedContext, "/endorsement/0/proof/@context");
}

/// OB3-CTX-2, CRED-SAFE-10.
#[test]
fn contexts_that_redefine_protected_terms_cannot_be_combined() {
    let ob =
        |version: &str| format!("https://purl.imsglobal.org/spec/ob/v3p0/context{version}.json");
    for version in ["", "-3.0.1"] {
        let document = badge(|b| b["@context"] = json!([V2, ob(version)]));
        let (problem, at) = refusal(&document);
        assert!(
            matches!(&problem, Problem::Context(ContextProblem::ProtectedTerm(_))),
            "{version}: {problem:?}"
        );
        assert_eq!(at, "/@context/1");
    }
    for version in ["", "-3.0.1", "-3.0.2", "-3.0.3"] {
        let document = badge(|b| {
            b["@context"] = json!([V1, ob(version)]);
            b["issuanceDate"] = b["validFrom"].take();
            b.as_object_mut().unwrap().remove("validFrom");
        });
        assert!(to_rdf(&document, ContextStore::embedded()).is_ok(), "{version}");
    }
}

/// OB3-CTX-3.
#[test]
fn a_term_that_an_older_context_lacks_is_refused_under_it() {
    let document = badge(|b| {
        b["@context"][1] = json!("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json");
        b["credentialSubject"]["achievement"]["inLanguage"] = json!("fr");
    });
    let at = "/credentialSubject/achievement/inLanguage";
    assert_refused(&document, Problem::UndefinedTerm("inLanguage".to_owned()), at);
}

/// OB3-CTX-4, OB3-CTX-5.
#[test]
fn the_form_of_april_2025_reports_what_it_does_not_cover_and_nothing_else() {
    let april = ContextStore::embedded_april_2025();
    let plain = badge(|_| {});
    assert_eq!(nquads(&plain), nquads_in(&plain, april));

    let later = badge(|b| {
        b["endorsementJwt"] = json!(["a.b.c"]);
        b["issuer"]["jti"] = json!("urn:x:y");
    });
    assert_ne!(nquads(&later), nquads(&plain));
    let error = to_rdf(&later, april).unwrap_err();
    assert_eq!(error.problem, Problem::UndefinedTerm("endorsementJwt".to_owned()));
    let (dataset, uncovered) = to_rdf_reporting(&later, april).unwrap();
    assert_eq!(uncovered, ["/endorsementJwt", "/issuer/jti"]);
    let covered = rdfc::canonicalize(&dataset, &rdfc::Options::default()).unwrap();
    assert_eq!(covered.nquads, nquads(&plain));
    // Under the current form they are covered, so there is nothing to report.
    let (_, uncovered) = to_rdf_reporting(&later, ContextStore::embedded()).unwrap();
    assert!(uncovered.is_empty());

    let unknown = badge(|b| b["level"] = json!("gold"));
    let error = to_rdf_reporting(&unknown, april).unwrap_err();
    assert_eq!(error.problem, Problem::UndefinedTerm("level".to_owned()));
}

/// OB3-CTX-9, OB3-CTX-10, CRED-RDFC-7.
#[test]
fn the_peculiarities_of_the_open_badges_context_are_kept() {
    let found = nquads(&badge(|b| {
        b["awardedDate"] = json!("2026-03-12T00:00:00Z");
        let subject = &mut b["credentialSubject"];
        subject["creditsEarned"] = json!(3.5);
        subject["identifier"] = json!([{
            "type": "IdentityObject", "hashed": true, "identityHash": "sha256$00", "identityType": "emailAddress"
        }]);
        let achievement = &mut subject["achievement"];
        achievement["creditsAvailable"] = json!(3.0);
        achievement["tag"] = json!(["accueil"]);
        achievement["resultDescription"] = json!([{
            "id": "urn:uuid:1", "type": ["ResultDescription"], "name": "n", "resultType": "Status",
            "allowedValue": ["b", "a"]
        }]);
        b["issuer"]["address"] = json!({
            "type": "Address", "geo": { "type": "GeoCoordinates", "latitude": 50, "longitude": 14.42 }
        });
    }));
    const VOCAB: &str = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#";
    const XSD: &str = "https://www.w3.org/2001/XMLSchema#";
    for expected in [
        format!("<{VOCAB}Criteria> "),
        format!("<{VOCAB}awardedDate> \"2026-03-12T00:00:00Z\"^^<xsd:dateTime> "),
        format!("<{VOCAB}creditsEarned> \"3.5E0\"^^<{XSD}float> "),
        format!("<{VOCAB}creditsAvailable> \"3\"^^<{XSD}float> "),
        format!("<{VOCAB}hashed> \"true\"^^<{XSD}boolean> "),
        "<https://schema.org/keywords> \"accueil\" ".to_owned(),
        "\"50\"^^<http://www.w3.org/2001/XMLSchema#integer> ".to_owned(),
        "\"1.442E1\"^^<http://www.w3.org/2001/XMLSchema#double> ".to_owned(),
    ] {
        assert!(found.contains(&expected), "{expected} in\n{found}");
    }
    // The list keeps its order: "b" stands first, and "a" is the rest.
    let first = |value: &str| {
        let line = found.lines().find(|line| line.ends_with(&format!("#first> \"{value}\" .")));
        line.unwrap().split(' ').next().unwrap().to_owned()
    };
    assert!(found.contains(&format!("allowedValue> {} .", first("b"))));
    assert!(found.contains(&format!(
        "{} <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> {} .",
        first("b"),
        first("a")
    )));
}

/// CRED-SAFE-10.
#[test]
fn what_a_type_brings_ends_with_its_node() {
    // `achievementType` belongs to Achievement; a node without type inside it does not have it.
    let document = badge(|b| {
        b["credentialSubject"]["achievement"]["criteria"]["achievementType"] = json!("Badge");
    });
    let at = "/credentialSubject/achievement/criteria/achievementType";
    assert_refused(&document, Problem::UndefinedTerm("achievementType".to_owned()), at);
}

fn store(contexts: &[(&str, Value)]) -> ContextStore {
    let texts: Vec<(&str, String)> = contexts
        .iter()
        .map(|(url, context)| (*url, json!({ "@context": context }).to_string()))
        .collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(url, text)| (*url, text.as_str())).collect();
    ContextStore::with_extra(&texts).unwrap()
}

/// The case in which oxjsonld 0.2.7 loses `a` without an error.
#[test]
fn each_of_several_types_brings_its_terms() {
    let contexts = store(&[(
        "urn:c",
        json!({
            "A": { "@id": "urn:x:A", "@context": { "a": "urn:x:a" } },
            "B": { "@id": "urn:x:B", "@context": { "b": "urn:x:b" } }
        }),
    )]);
    let document =
        json!({ "@context": "urn:c", "@id": "urn:x:s", "@type": ["B", "A"], "a": "1", "b": "2" });
    let found = nquads_in(&document, &contexts);
    assert!(found.contains("<urn:x:s> <urn:x:a> \"1\" .\n"));
    assert!(found.contains("<urn:x:s> <urn:x:b> \"2\" .\n"));
}

/// Their names decide, not the order in which they are written: a reader may sort them.
#[test]
fn the_last_of_several_types_by_name_has_the_last_word() {
    let typed = |name: &str| json!({ "@id": format!("urn:x:{name}"), "@context": { "a": format!("urn:x:a-of-{name}") } });
    let contexts = store(&[("urn:c", json!({ "A": typed("A"), "B": typed("B") }))]);
    for types in [["A", "B"], ["B", "A"]] {
        let document = json!({ "@context": "urn:c", "@type": types, "a": "1" });
        assert!(nquads_in(&document, &contexts).contains("<urn:x:a-of-B> \"1\""), "{types:?}");
    }
}

/// As jsonld.js has it: `@set` changes no statement and still makes another definition.
#[test]
fn protected_definitions_that_differ_in_their_container_collide() {
    let document = badge(|b| {
        b["credentialSubject"]["type"] = json!(["AchievementSubject", "IdentifierEntry"])
    });
    let (problem, _) = refusal(&document);
    assert_eq!(problem, Problem::Context(ContextProblem::ProtectedTerm("identifier".to_owned())));
}

/// CRED-SAFE-10: `@propagate` turns the rule around on either side.
#[test]
fn propagation_is_as_the_context_says() {
    let contexts = store(&[(
        "urn:c",
        json!({
            "p": { "@id": "urn:x:p" },
            "Kept": { "@id": "urn:x:K", "@context": { "@propagate": true, "k": "urn:x:k" } },
            "q": { "@id": "urn:x:q", "@context": { "@propagate": false, "k": "urn:x:k" } }
        }),
    )]);
    let document = |inner: Value| {
        let mut document = json!({ "@context": "urn:c" });
        document.as_object_mut().unwrap().extend(inner.as_object().unwrap().clone());
        to_rdf(&document, &contexts).map_err(|error| error.problem)
    };
    let undefined = Err(Problem::UndefinedTerm("k".to_owned()));
    let states = |result: Result<_, Problem>| result.map(|_: Dataset| ());
    assert!(document(json!({ "@type": "Kept", "p": { "k": "1" } })).is_ok());
    assert!(document(json!({ "q": { "k": "1" } })).is_ok());
    assert_eq!(states(document(json!({ "q": { "p": { "k": "1" } } }))), undefined);
}

#[test]
fn a_property_may_give_protected_terms_another_meaning_and_a_type_may_not() {
    let inner = json!({ "a": "urn:x:other" });
    let contexts = store(&[(
        "urn:c",
        json!({
            "@protected": true,
            "a": "urn:x:a",
            "p": { "@id": "urn:x:p", "@context": inner },
            "T": { "@id": "urn:x:T", "@context": inner },
            "n": { "@id": "urn:x:n", "@context": null }
        }),
    )]);
    let document = json!({ "@context": "urn:c", "p": { "a": "1" } });
    assert!(nquads_in(&document, &contexts).contains("<urn:x:other> \"1\""));
    let document = json!({ "@context": "urn:c", "@type": "T", "a": "1" });
    let error = to_rdf(&document, &contexts).unwrap_err();
    let redefined = ContextProblem::ProtectedTerm("a".to_owned());
    assert_eq!(error.problem, Problem::Context(redefined));
    let document = json!({ "@context": "urn:c", "n": { "a": "1" } });
    let error = to_rdf(&document, &contexts).unwrap_err();
    assert_eq!(error.problem, Problem::UndefinedTerm("a".to_owned()));
}

#[test]
fn what_a_context_uses_and_we_do_not_have_is_refused_by_name() {
    for (context, feature) in [
        (json!({ "@base": "urn:x:y" }), "`@base`"),
        (json!({ "@import": "urn:x:y" }), "`@import`"),
        (json!({ "@direction": "ltr" }), "`@direction`"),
        (json!({ "a": { "@reverse": "urn:x:a" } }), "`@reverse`"),
        (json!({ "a": { "@id": "urn:x:a", "@nest": "@nest" } }), "`@nest`"),
        (
            json!({ "a": { "@id": "urn:x:a", "@container": "@language" } }),
            "a container by id, index, language or type",
        ),
    ] {
        let contexts = store(&[("urn:c", context)]);
        let document = json!({ "@context": "urn:c", "@type": "urn:x:T" });
        let error = to_rdf(&document, &contexts).unwrap_err();
        assert_eq!(error.problem, Problem::Context(ContextProblem::Unsupported(feature)));
    }
    let not_json = ContextStore::with_extra(&[("urn:c", "{")]).unwrap_err();
    assert_eq!(not_json, ContextProblem::NotAContext("urn:c".to_owned()));
}

#[test]
fn malformed_contexts_are_refused() {
    let problem = |context: Value| {
        let contexts = store(&[("urn:c", context)]);
        let document = json!({ "@context": "urn:c", "@type": "urn:x:T" });
        to_rdf(&document, &contexts).unwrap_err().problem
    };
    let context = |problem: ContextProblem| Problem::Context(problem);
    assert_eq!(
        problem(json!({ "a": "b:x", "b": "a:y" })),
        context(ContextProblem::Cyclic("a".to_owned()))
    );
    assert_eq!(
        problem(json!({ "@type": "x" })),
        context(ContextProblem::Keyword("@type".to_owned()))
    );
    for malformed in [
        json!({ "a": 1 }),
        json!({ "a": "relative" }),
        json!({ "a": { "@id": "urn:x:a", "@type": "relative" } }),
        json!({ "a": { "@id": "urn:x:a", "@container": "@bag" } }),
        json!({ "a": { "@id": "urn:x:a", "@unknown": true } }),
        json!({ "a": { "@type": "@id" } }),
        json!({ "urn:x:a": "urn:x:b" }),
        json!({ "@version": 1.0 }),
        json!({ "": "urn:x:a" }),
    ] {
        let found = problem(malformed.clone());
        let is_malformed = matches!(found, Problem::Context(ContextProblem::Malformed { .. }));
        assert!(is_malformed, "{malformed}: {found:?}");
    }
    assert_eq!(
        problem(json!("urn:other")),
        context(ContextProblem::Unknown("urn:other".to_owned()))
    );
}

/// CRED-SAFE-9: the strict door refuses such a document; so does this one, should it be handed a value from elsewhere.
#[test]
fn nesting_is_bounded() {
    let arrays = (0..80).fold(json!("a"), |inner, _| json!([inner]));
    let (problem, _) = refusal(&badge(|b| b["name"] = arrays));
    assert_eq!(problem, Problem::TooDeep);
    let nodes = (0..80).fold(json!("a"), |inner, _| json!({ "name": inner }));
    let (problem, _) = refusal(&badge(|b| b["name"] = nodes));
    assert_eq!(problem, Problem::TooDeep);
}

/// The memory of a store is bounded, and so are the contexts one document may bring about; and whether a document is
/// taken does not depend on what the store remembers.
#[test]
fn documents_that_combine_contexts_without_end_are_refused() {
    let names: Vec<String> = (0..20).map(|n| format!("T{n}")).collect();
    let definition = |name: &String| {
        let term = format!("t{name}");
        let scoped = json!({ "@propagate": true, term: format!("urn:x:{name}") });
        (name.clone(), json!({ "@id": format!("urn:x:{name}"), "@context": scoped }))
    };
    let mut context: serde_json::Map<_, _> = names.iter().map(definition).collect();
    context.insert("p".to_owned(), json!("urn:x:p"));
    let contexts = store(&[("urn:c", Value::Object(context))]);
    // Each document nests the types in another order, which makes other contexts.
    let document = |seed: usize, chains: usize| {
        let chains = (0..chains).map(|chain| {
            (0..12).fold(json!({ "p": "x" }), |inner, level| {
                let name = &names[(seed * 31 + chain * 7 + level * (1 + (seed + chain) % 19)) % 20];
                json!({ "@type": name, "p": inner })
            })
        });
        json!({ "@context": "urn:c", "p": chains.collect::<Vec<_>>() })
    };
    for seed in 0..60 {
        assert!(to_rdf(&document(seed, 10), &contexts).is_ok(), "{seed}");
    }
    let before = to_rdf(&document(61, 60), &contexts).unwrap_err().problem;
    assert_eq!(before, Problem::TooManyContexts);
    assert_eq!(contexts.remembered(), 512);
    // The store is full by now; what it cannot keep is counted all the same.
    assert!(to_rdf(&document(62, 10), &contexts).is_ok());
    assert_eq!(to_rdf(&document(61, 60), &contexts).unwrap_err().problem, before);
}

#[test]
fn blank_nodes_named_in_the_document_are_one_node_and_never_collide_with_fresh_ones() {
    let found = nquads(&json!({
        "@context": [V2, OB],
        "type": "VerifiableCredential",
        "issuer": { "id": "_:b0", "name": "a" },
        "evidence": ["_:b0", { "narrative": "n" }]
    }));
    let issuer = found.lines().find(|line| line.contains("#issuer> ")).unwrap();
    let issuer = issuer.split(' ').nth(2).unwrap();
    let evidence: Vec<&str> = found.lines().filter(|line| line.contains("#evidence> ")).collect();
    assert_eq!(evidence.len(), 2);
    assert_eq!(evidence.iter().filter(|line| line.contains(&format!("> {issuer} ."))).count(), 1);
    assert_eq!(found.lines().count(), 6);
}

#[test]
fn a_document_that_states_nothing_is_refused() {
    assert_refused(&json!({ "@context": V2, "id": "urn:x:y" }), Problem::NothingStated, "");
    assert_refused(&json!([]), Problem::Expected("an object"), "");
    let proof = badge(|b| b["proof"] = json!({ "id": "urn:x:y" }));
    assert_refused(&proof, Problem::NothingStated, "/proof");
    let proof = badge(|b| b["proof"] = json!("urn:x:y"));
    assert_refused(&proof, Problem::Expected("an object"), "/proof");
}

/// CRED-SAFE-9.
#[test]
fn an_integer_that_readers_round_is_refused_where_it_stands() {
    let document =
        badge(|b| b["credentialSubject"]["creditsEarned"] = json!(9_007_199_254_740_992_u64));
    assert_refused(&document, Problem::Number, "/credentialSubject/creditsEarned");
}
