//! What a proof costs on a badge of some 4 kB, beside the bare signature check it cannot do without.
//!
//! `cargo bench -p openbadges --bench proof`. The bound: signing and verifying `eddsa-rdfc-2022` cost at most five times
//! `bare_verify_strict` of the same run.

use divan::{Bencher, black_box};
use openbadges::iri::Iri;
use openbadges::json;
use openbadges::jsonld::ContextStore;
use openbadges::key::SigningKey;
use openbadges::proof::{self, ProofOptions, Suite};
use openbadges::time::Timestamp;
use serde_json::Value;

fn main() {
    divan::main();
}

#[divan::bench]
fn bare_verify_strict(bencher: Bencher<'_, '_>) {
    let (key, message) = (key(), [0x5a; 64]);
    let (public, signature) = (key.public(), key.sign(&message));
    bencher.bench(|| public.verify_strict(black_box(&message), black_box(&signature)));
}

#[divan::bench]
fn bare_sign(bencher: Bencher<'_, '_>) {
    let (key, message) = (key(), [0x5a; 64]);
    bencher.bench(|| key.sign(black_box(&message)));
}

#[divan::bench]
fn parse_strictly(bencher: Bencher<'_, '_>) {
    bencher.bench(|| json::parse(black_box(BADGE.as_bytes())));
}

#[divan::bench(args = [Suite::EddsaRdfc2022, Suite::EddsaJcs2022])]
fn sign(bencher: Bencher<'_, '_>, suite: Suite) {
    let (badge, key, options) = (badge(), key(), options(suite));
    let contexts = ContextStore::embedded();
    bencher.bench(|| proof::sign(black_box(&badge), &options, &key, contexts).expect("it signs"));
}

#[divan::bench(args = [Suite::EddsaRdfc2022, Suite::EddsaJcs2022])]
fn verify(bencher: Bencher<'_, '_>, suite: Suite) {
    let (badge, key, contexts) = (badge(), key(), ContextStore::embedded());
    let made = proof::sign(&badge, &options(suite), &key, contexts).expect("it signs");
    let public = key.public();
    bencher.bench(|| {
        proof::verify(black_box(&badge), black_box(&made), &public, contexts).expect("it verifies")
    });
}

fn key() -> SigningKey {
    SigningKey::from_seed(&[42; 32])
}

fn badge() -> Value {
    json::parse(BADGE.as_bytes()).expect("the badge is JSON")
}

fn options(suite: Suite) -> ProofOptions {
    let multikey = key().public().to_multikey();
    let method = format!("did:web:badges.estran.example:issuers:fablab-maree-haute#{multikey}");
    ProofOptions {
        suite,
        verification_method: Iri::parse(&method).expect("the method is an IRI"),
        created: Timestamp::from_unix_seconds(1_773_273_600).expect("the moment is in range"),
    }
}

const BADGE: &str = r##"{
  "@context": [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
  ],
  "id": "https://badges.estran.example/a/1h6xw3q8zv0c9f2m5n7t4r8k1d/credential.json",
  "type": ["VerifiableCredential", "OpenBadgeCredential"],
  "name": "Accueil bénévole – Pratique",
  "inLanguage": "fr",
  "issuer": {
    "id": "did:web:badges.estran.example:issuers:fablab-maree-haute",
    "type": ["Profile"],
    "name": "Fablab Marée Haute",
    "url": "https://fablab.estran.example",
    "email": "bonjour@fablab.estran.example",
    "description": "Un atelier partagé au bord de l'eau, ouvert à qui veut apprendre en faisant.",
    "image": {
      "id": "https://badges.estran.example/issuers/fablab-maree-haute/logo.png",
      "type": "Image",
      "caption": "Une vague dans un engrenage"
    }
  },
  "validFrom": "2026-03-12T00:00:00Z",
  "validUntil": "2029-03-12T23:59:59Z",
  "awardedDate": "2026-03-12T00:00:00Z",
  "credentialSubject": {
    "type": ["AchievementSubject"],
    "identifier": [
      {
        "type": "IdentityObject",
        "identityType": "emailAddress",
        "hashed": true,
        "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
        "salt": "4nq8w2z5c7v9b1m3k6j8h0g2f5"
      }
    ],
    "narrative": "A tenu l'accueil du samedi pendant tout l'hiver et formé deux personnes.",
    "result": [
      {
        "type": ["Result"],
        "resultDescription": "https://badges.estran.example/badges/accueil-benevole/v1/level-2/achievement.fr.json#scale",
        "achievedLevel": "https://badges.estran.example/badges/accueil-benevole/v1/level-2/achievement.fr.json#level-2"
      }
    ],
    "achievement": {
      "id": "https://badges.estran.example/badges/accueil-benevole/v1/level-2/achievement.fr.json",
      "type": ["Achievement"],
      "name": "Accueil bénévole – Pratique",
      "description": "Accueille les visiteurs, présente l'atelier et ses règles, oriente vers la bonne machine.",
      "achievementType": "Badge",
      "inLanguage": "fr",
      "version": "1",
      "tag": ["accueil", "bénévolat", "atelier"],
      "criteria": {
        "id": "https://badges.estran.example/badges/accueil-benevole/v1/level-2/",
        "narrative": "La personne :\n\n- accueille seule le public pendant au moins trois ouvertures ;\n- présente les règles de sécurité de chaque machine ;\n- sait dire non, et vers qui orienter.\n"
      },
      "image": {
        "id": "https://badges.estran.example/badges/accueil-benevole/v1/level-2/image.png",
        "type": "Image",
        "caption": "Une porte ouverte sur la mer"
      },
      "alignment": [
        {
          "type": ["Alignment"],
          "targetName": "Créer du lien",
          "targetUrl": "https://badges.estran.example/frameworks/reperes-estran/#REL-2",
          "targetCode": "REL-2",
          "targetFramework": "Repères de l'Estran"
        }
      ],
      "related": [
        {
          "id": "https://badges.estran.example/badges/accueil-benevole/v1/level-2/badgeclass.fr.json",
          "type": ["Related"]
        }
      ],
      "resultDescription": [
        {
          "id": "https://badges.estran.example/badges/accueil-benevole/v1/level-2/achievement.fr.json#scale",
          "type": ["ResultDescription"],
          "name": "Niveau",
          "resultType": "RubricCriterionLevel",
          "rubricCriterionLevel": [
            {
              "id": "https://badges.estran.example/badges/accueil-benevole/v1/level-2/achievement.fr.json#level-1",
              "type": ["RubricCriterionLevel"],
              "name": "Découvre"
            },
            {
              "id": "https://badges.estran.example/badges/accueil-benevole/v1/level-2/achievement.fr.json#level-2",
              "type": ["RubricCriterionLevel"],
              "name": "Pratique"
            }
          ]
        }
      ]
    }
  },
  "evidence": [
    {
      "id": "https://badges.estran.example/a/1h6xw3q8zv0c9f2m5n7t4r8k1d/evidence/photo.jpg",
      "type": ["Evidence"],
      "narrative": "Le panneau d'accueil qu'elle a dessiné.",
      "genre": "photo"
    }
  ],
  "relatedResource": [
    {
      "id": "https://badges.estran.example/badges/accueil-benevole/v1/level-2/image.png",
      "digestSRI": "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"
    }
  ],
  "credentialStatus": {
    "id": "https://badges.estran.example/issuers/fablab-maree-haute/status/revocation-1.json#94567",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "94567",
    "statusListCredential": "https://badges.estran.example/issuers/fablab-maree-haute/status/revocation-1.json"
  }
}"##;
