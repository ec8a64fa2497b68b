verify-now = `{ $text }` n’est pas un moment avec un fuseau, comme `2026-09-01T09:00:00Z`
verify-address = `{ $text }` n’est pas une adresse
verify-not-a-site = `{ $folder }` n’est pas un site construit : il n’a pas de `catalog.json` ; lancez d’abord `accolade build`
verify-map = `{ $file }` n’est pas une table de documents : un objet, avec pour chaque adresse un objet comme {"{"} "file": "did.json" {"}"}
verify-map-not-json = `{ $file }` n’est pas du JSON : voyez la ligne { $line }, colonne { $column }
verify-map-address = `{ $file }` nomme `{ $address }`, qui n’est pas une adresse ; écrivez-la en entier, avec https://
verify-map-entry = `{ $file }` ne dit pas ce qui tient lieu de `{ $address }` : un seul de `file`, `body`, `redirect` ou `status`, en texte (le statut en nombre)
verify-map-status = `{ $file }` donne à `{ $address }` un statut qui n’en est pas un ; écrivez un nombre de 200 à 599
verify-map-key = `{ $file }` a pour `{ $address }` une clé `{ $key }`, inconnue ici ; on connaît `file`, `body`, `status`, `content_type` et `redirect`
verify-recipient-empty = à qui devrait être ce badge ? `--recipient` attend une adresse électronique, une URL ou un DID
verify-list-empty = `{ $file }` ne nomme aucun badge : écrivez une adresse ou un fichier par ligne
verify-list-too-long = la liste a plus de { $lines } lignes ; coupez-la en plusieurs

verify-name = « { $name } »
verify-by = Selon le badge lui-même, de { $issuer } (Open Badges { $version })
verify-withdrawn-because = Raison du retrait, selon l’émetteur : { $reason }
verify-domain = Domaine
verify-in-letters = Ce nom s’affiche ainsi : { $host }
verify-shared-host = N’importe qui peut publier sous cet hôte : le chemin compte autant que le nom.
verify-international = Le nom a des lettres hors de l’ASCII, qui peuvent en imiter d’autres : lisez-le de près.
verify-mixed-scripts = Le nom mêle plusieurs écritures, ce qui sert souvent à en imiter un autre : méfiez-vous.

verify-answer-yes = Oui
verify-answer-no = Non
verify-answer-unknown = On ne sait pas
verify-answer-nobody-can-say = Rien n’est prévu pour le savoir
verify-answer-not-asked = Question non posée
verify-answer-not-reached = Non vérifié

verify-remarks = Remarques
verify-stand-ins = Des documents ont été lus dans des fichiers donnés à la place du web, et non sur le web lui-même.
verify-whose-not-asked = La question de la personne n’a pas été posée : `--recipient` la pose.

verify-verdict-valid = Valable le { $now } : { $status }.
verify-verdict-invalid = Non valable le { $now } : { $status }.
verify-verdict-unknown = Impossible de trancher le { $now } : { $status }.
verify-verdict-invalid-bare = Non valable le { $now }.
verify-verdict-invalid-person = Non valable pour cette personne le { $now }. Le badge lui-même est en vigueur.
verify-verdict-unknown-bare = Impossible de trancher le { $now }.
verify-verdict-nothing = Rien n’a été vérifié.
verify-remark-count = { $sentence } ({ $count })
verify-remark-why = { $address } : { $why }

verify-moment = { $day ->
    [1] 1er
   *[other] { $day }
  } { $month } { $year } à { $hour } h { $minute } (UTC)
verify-month-1 = janvier
verify-month-2 = février
verify-month-3 = mars
verify-month-4 = avril
verify-month-5 = mai
verify-month-6 = juin
verify-month-7 = juillet
verify-month-8 = août
verify-month-9 = septembre
verify-month-10 = octobre
verify-month-11 = novembre
verify-month-12 = décembre

verify-not-proved = Ce que cela ne prouve pas
verify-documents = Ce qui a été consulté
verify-documents-more = et { $count } de plus : `--json` les nomme tous
verify-source-network = lu sur le web
verify-source-stand-in = lu dans un fichier donné à la place du web
verify-source-cache = lu sur le web il y a peu

verify-status-active = en vigueur
verify-status-expired = arrivé à sa fin
verify-status-not-yet-valid = pas encore en vigueur
verify-status-revoked = retiré
verify-status-suspended = suspendu
verify-status-unknown = état inconnu

verify-line-nothing-given = Il n’y a rien à vérifier ici.
verify-line-address-malformed = Ce n’est pas une adresse.
verify-line-standard-input = L’entrée standard ne peut pas être lue depuis une liste.
verify-line-file-outside = Un tableau ne nomme que des fichiers de son propre dossier.
verify-line-file-unreadable = Ce fichier n’existe pas, ou ne peut pas être lu.
verify-line-file-too-large = Ce fichier est plus grand que tout badge.

verify-table-empty = `{ $file }` est vide
verify-table-no-rows = `{ $file }` a des titres et aucune ligne dessous
verify-table-too-long = `{ $file }` a plus de { $rows } lignes ; coupez-le en plusieurs
verify-table-no-column = `{ $file }` n’a pas de colonne d’adresses de badges ; nommez-la avec `--column` : { $known }
verify-table-unknown-column = `{ $file }` n’a pas de colonne `{ $asked }` ; il a : { $known }
verify-table-unreadable = `{ $file }` ne se lit plus comme un tableau à partir de la ligne { $line }

verify-column-verdict = verdict
verify-column-status = état
verify-column-domain = domaine de l’émetteur
verify-column-name = nom du badge
verify-column-holder = à cette personne
verify-column-reasons = raisons
verify-column-checked = vérifié le
verify-cell-valid = valable
verify-cell-invalid = non valable
verify-cell-unknown = indécis
