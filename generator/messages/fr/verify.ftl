verify-now = `{ $text }` n’est pas un moment avec un fuseau, comme `2026-09-01T09:00:00Z`
verify-address = `{ $text }` n’est pas une adresse
verify-standard-input = l’entrée standard ne peut pas être lue, ou dépasse la taille d’un badge
verify-not-a-site = `{ $folder }` n’est pas un site construit : il n’a pas de `catalog.json` ; lancez d’abord `accolade build`
verify-map = `{ $file }` n’est pas une table de documents : { $reason }

verify-record = « { $name } », de son propre dire de { $issuer } (Open Badges { $version })
verify-domain = Domaine : { $domain }
verify-shared-host = N’importe qui peut publier sous cet hôte : le chemin compte autant que le nom.
verify-international = Le nom a des lettres hors de l’ASCII, qui peuvent en imiter d’autres : lisez-le de près.

verify-yes = ✔
verify-no = ✘
verify-unknown = ?

verify-reason = { "  " }– { $code } : { $detail }
verify-stand-ins = Des documents ont été lus chez des remplaçants du web, et non sur le web lui-même.

verify-verdict-valid = Valable au { $now } ({ $status }).
verify-verdict-invalid = Non valable au { $now } ({ $status }).
verify-verdict-unknown = Impossible de trancher ({ $status }).

verify-status-active = en vigueur
verify-status-expired = arrivé à sa fin
verify-status-not-yet-valid = pas encore en vigueur
verify-status-revoked = retiré
verify-status-suspended = suspendu
verify-status-unknown = état inconnu
