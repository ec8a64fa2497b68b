# Ce que disent `keygen`, `award`, `revoke` et `seal`.

issue-findings = rien n’a été écrit : corrigez d’abord ce qui précède
issue-busy = une autre commande écrit dans ce dépôt ; attendez qu’elle ait fini
issue-file = `{ $file }` : { $reason }
issue-file-missing = `{ $file }` n’existe pas ; le chemin est-il juste, vu du dossier courant ?
issue-file-not-one = `{ $file }` est un dossier, un tube ou un périphérique, et il faut un fichier
issue-file-exists = `{ $file }` existe déjà, et n’est pas remplacé
issue-written = écrit : { $file }
issue-date = { $problem ->
        [calendar] `{ $date }` n’est pas un jour du calendrier ; comptez les jours de ce mois : une date s’écrit année, mois, jour
       *[form] `{ $date }` n’est pas une date ; écrivez 2026-03-12, ou 2026-03-12T14:30:00Z
    }
issue-date-range = la date est hors de portée ; écrivez une année à quatre chiffres
issue-date-future = { $date } est dans l’avenir ; --date est le jour de la décision, aujourd’hui ou avant

key-exposed = d’autres, sur cette machine, peuvent lire la clé privée `{ $file }` ; tapez : chmod 600 { $file }
key-not-one = { $source }, ligne { $line } : { $reason }
key-exists = `{ $file }` existe déjà ; une clé privée n’est jamais remplacée

key-none = `{ $source }` ne contient aucune clé privée
key-wrong = { $problem ->
        [retired] la clé de `{ $source }` est { $kid } de `{ $issuer }`, mise à la retraite : elle ne signe plus ; nommez le fichier d’une clé plus récente
        [revoked] la clé de `{ $source }` est { $kid } de `{ $issuer }`, déclarée compromise : elle ne signe plus ; nommez le fichier d’une autre clé
       *[unknown] la clé de `{ $source }` n’est celle d’aucun émetteur de ce dépôt : sa moitié publique n’est nulle part sous badges/issuers/. Est-ce le bon fichier, et le bon dépôt ?
    }
key-at-hand = { $problem ->
        [retired] à portée de main : { $kid } de `{ $issuer }` ({ $source }), à la retraite, qui ne signe plus
        [revoked] à portée de main : { $kid } de `{ $issuer }` ({ $source }), déclarée compromise, qui ne signe plus
       *[unknown] à portée de main : une clé qui n’est celle d’aucun émetteur de ce dépôt ({ $source })
    }
key-file-lines = tel qu’il est écrit, `{ $file }` ne peut pas recevoir de ligne ; ajoutez-y ceci à la main, puis relancez la commande : { $lines }

keygen-comment = Clé privée { $kid } de l’émetteur { $issuer } de { $host }. Qui la détient attribue des badges en son nom.
keygen-done = clé publique : { $public }. Validez-la avec git.
keygen-retired = { $kid } est à la retraite : ce qu’elle a signé reste bon.
keygen-ended = { $kid } ne signe déjà plus : elle est à la retraite ou révoquée
keygen-keep = Gardez une copie de la clé privée en lieu sûr : personne ne pourra vous la rendre.
keygen-no-folder = votre dossier de configuration est introuvable ; dites avec --out où va la clé privée
keygen-in-repository = `{ $file }` est dans le dépôt, et le prochain commit la publierait ; choisissez une autre place avec --out
keygen-no-issuer = il n’y a pas d’émetteur `{ $issuer }` dans badges/issuers/
keygen-no-reason = --recovery demande une raison, par exemple `perdue` ou `volée` : elle est publiée avec la clé
keygen-nobody = une nouvelle clé de `{ $issuer }` est présentée par une clé active, et aucune n’est à portée de main ; nommez son fichier avec --key, ou dites avec --recovery pourquoi elle ne peut plus servir

award-no-class = il n’y a pas de badge `{ $class }` dans badges/classes/{ $suggestion ->
        [none] { "" } ; il y a : { $known }
       *[other] { "" } ; vouliez-vous dire `{ $suggestion }` ?
    }
award-level-earlier = le niveau { $level } demande d’abord le niveau { $requires }, et cette personne ne l’a pas. Attribuez-le d’abord avec --level { $requires }, ou dites avec --override "raison" pourquoi elle s’en passe
award-level-earlier-unknown = le niveau { $level } demande d’abord le niveau { $requires }, et rien ici ne dit si cette personne l’a : les attributions de ce niveau ne la nomment pas d’une façon qui se compare. Si vous le savez, ajoutez --override "raison"
award-level-missing = ce badge a des niveaux : ajoutez --level, parmi { $levels }
award-level-unknown = ce badge n’a pas de niveau { $level } ; il a { $levels }
award-level-none = ce badge n’a pas de niveaux ; ôtez --level
award-lang = ce badge n’est pas écrit en `{ $lang }`{ $suggestion ->
        [none] { "" } ; il l’est en : { $known }
       *[other] { "" } ; vouliez-vous dire `{ $suggestion }` ?
    }
award-lang-form = `{ $lang }` n’est pas une langue ; écrivez fr, en ou br, par exemple
award-item = ce badge n’a pas de critère `{ $item }`{ $suggestion ->
        [none] { "" } ; il a : { $known }
       *[other] { "" } ; vouliez-vous dire `{ $suggestion }` ?
    }
award-item-none = ce badge n’a pas de liste de critères ; ôtez --met { $item }
award-met-missing = quels critères sont remplis ? Ce badge en demande { $needed } sur { $all } ; ajoutez --met pour chacun, parmi { $known }
award-too-few = { $met ->
        [one] { $met } critère est rempli
       *[other] { $met } critères sont remplis
    }, et ce badge en demande { $needed }, parmi { $known }
award-evidence-alt = dites ce que montre `{ $file }`, pour qui ne voit pas l’image : ajoutez --alt "…"
award-evidence-big = `{ $file }` dépasse { $max } Mo ; réduisez-le, ou publiez-le ailleurs et donnez son adresse
award-evidence-kind = { $instead ->
        [picture] `{ $file }` : enregistrez cette image en JPEG ou en PNG
        [paper] `{ $file }` : exportez ce document en PDF
        [film] `{ $file }` : publiez ce film ou ce son ailleurs, et donnez son adresse avec --evidence https://…
       *[other] `{ $file }` : une preuve est une image (JPEG, PNG, WebP), un PDF ou un texte (.txt, .md)
    }
award-evidence-broken = `{ $file }` est abîmé, ou d’une autre sorte que ne le dit son nom ; ouvrez-le et enregistrez-le de nouveau
award-evidence-address = `{ $file }` contient une adresse électronique, et les preuves sont publiées ; retirez-la d’abord
award-evidence-clean = `{ $file }` : le lieu, la date, l’appareil et les aperçus inscrits dans l’image ne sont pas copiés
award-evidence-pdf = `{ $file }` : un PDF peut dire qui l’a écrit ; regardez ses propriétés avant de publier
award-evidence-much = { $count } preuves, c’est plus que personne n’en lit
award-evidence-name = le nom de `{ $file }` fera partie d’une adresse : des lettres sans accent, des chiffres, « . », « _ » et « - »
award-evidence-twice = deux fichiers de preuve s’appellent `{ $name }` ; renommez l’un d’eux
award-alt = il y a plus de --alt que de fichiers
award-text-empty = { $of ->
        [name] le nom est vide
        [role] la fonction est vide
        [story] un récit est vide
        [alt] la description d’une image est vide
        [local-id] l’identifiant est vide
       *[reason] --override demande une raison, par exemple "jury du 2 juin"
    }
award-text-long = { $of ->
        [name] un nom de { $chars } caractères est trop long
        [role] une fonction de { $chars } caractères est trop longue
        [story] un récit de { $chars } caractères est trop long
        [alt] la description d’une image de { $chars } caractères est trop longue
        [local-id] un identifiant de { $chars } caractères est trop long
       *[reason] une raison de { $chars } caractères est trop longue
    } ; { $max } au plus
award-text-control = { $of ->
        [name] le nom contient
        [role] la fonction contient
        [story] un récit contient
        [alt] la description d’une image contient
        [local-id] l’identifiant contient
       *[reason] la raison contient
    } un caractère invisible ({ $code }) ; tapez ce texte au lieu de le coller
award-text-address = un des textes contient une adresse électronique, et ils sont publiés ; retirez-la (les adresses vont dans --to, ou dans le registre)
award-renews-class = { $award } est d’un autre badge : on ne prolonge qu’une attribution du même badge
award-renews-person = { $award } est à quelqu’un d’autre : on ne prolonge que l’attribution de la même personne
award-renews-later = { $award } est plus récente ({ $awarded }) que l’attribution qui la prolongerait
award-ends-early = le badge prendrait fin le { $expires }, avant ou dès son début, le { $awarded } ; changez --expires ou --date
award-not-email = ce n’est pas une adresse électronique : { $why ->
        [empty] elle est vide
        [no-at] il y manque « @ », comme dans `prenom@example.org`
        [two-ats] il y a plus d’un « @ » ; une adresse par attribution
        [space] elle contient une espace
        [character] elle contient « { $character } », qu’aucune adresse n’a
        [incomplete] il manque ce qui va avant ou après « @ »
        [dots] un point est de trop
        [long] elle est trop longue
       *[domain] ce qui suit « @ » n’est pas un nom de domaine, comme `example.org`
    }
award-refused = { $reason }
award-override-lost = Rien ici ne garde la raison donnée avec --override : notez-la dans vos papiers.
register-broken = `{ $file }`, ligne { $line } : { $problem ->
        [key] `{ $key }` n’est pas une clé du registre ; connues : name, email, local_id, name_salt, consent, override, message
        [yaml] ce n’est pas du YAML
        [utf8] ce n’est pas du texte UTF-8
        [long] c’est trop long pour une fiche
        [map] une fiche est faite de lignes « clé: valeur »
       *[text] la valeur doit être un texte
    }. Corrigez cette fiche : sans elle, personne ne sait qui a déjà quoi
register-many = `{ $folder }` contient plus de fiches qu’aucun registre
award-public-hash = ce dépôt est public, et l’empreinte salée de l’adresse le serait pour toujours : qui devine l’adresse peut la vérifier. Si la personne y consent, ajoutez --public-hash ; sinon, --no-recipient donne le badge à qui en détient le lien
award-not-did = `{ $text }` n’est pas un DID, comme did:key:z6Mk…
award-not-url = `{ $text }` n’est pas une adresse qui commence par https://
award-same = rien à faire : la même personne a déjà ce badge, du même jour ({ $id })
award-dry-run = serait écrit dans { $file } :
award-sealed = signé. Validez avec git, et publiez le site.
award-private = Ce badge est privé : aucune page ne le montrera. Remettez le fichier signé à la personne.
award-link-name = Ce lien porte le nom. Il n’est dit qu’ici, et n’est dans aucun fichier public : transmettez-le à la personne.
award-register-none = il n’y a pas de registre : rien ici ne retient de qui il s’agit (`privacy: register:` dans accolade.yaml)
award-register-absent = le registre n’est pas là ({ $folder }) : rien ici ne retient de qui il s’agit
award-register-kept = noté au registre : { $file }

revoke-unknown = il n’y a pas d’attribution `{ $award }` ; son identifiant, de 26 caractères, est le nom de son fichier sous badges/assertions/
revoke-forgotten = { $id } est oubliée depuis le { $date } : il n’en reste rien à retirer, et la liste le dit
revoke-reason = `{ $reason }` n’est pas un motif ; connus : error, superseded, holder-request, criteria-not-met, term-ended, other
revoke-replaced = il n’y a pas d’autre attribution `{ $award }` qui puisse la remplacer
revoke-date-early = { $date } est avant l’attribution, du { $awarded }
revoke-already = { $id } est retiré depuis le { $date } ; cela reste ainsi
revoke-sealed = la liste des badges retirés est signée. Validez avec git, et publiez le site.

forget-settings = accolade.yaml ne se lit pas ; `accolade check` montre où
forget-unreadable = les fichiers de { $id } ne disent pas à quel émetteur elle est ; ramenez-les avec `git checkout`, ou corrigez ce que montre `accolade check`
forget-already = { $id } est déjà oubliée depuis le { $date }
forget-deletes = à effacer pour { $id } :
forget-file = { "  " }{ $file }
forget-ask = Effacer tout cela pour de bon ? (o/N)
forget-yes = rien n’a été effacé : personne n’est là pour répondre. Ajoutez --yes pour effacer, ou --dry-run pour voir seulement
forget-not = rien n’a été effacé
forget-bit-waits = tout est effacé, mais la liste des badges retirés ne le dit pas encore : corrigez ce qui précède, puis tapez `accolade seal`
forget-named = À faire : { $file } nomme encore cette attribution.
forget-next =
    Effacé ici. { $tombstone } garde la date et la place dans la liste, et rien de la personne.
    Validez avec git et publiez le site : aux anciennes adresses, une page neutre dira qu’il n’y a plus rien.
forget-no-register =
    Il n’y a pas de registre (`privacy: register:`) : si vous notez ailleurs les noms et les adresses, effacez-y la personne.
forget-register =
    Le registre est peut-être un dépôt à part : validez-y l’effacement, et récrivez son historique de la même façon.
forget-register-absent =
    À faire : le registre n’est pas là ({ $folder }). Effacez-y { $entry }, qui garde le nom, l’adresse et le sel, puis son historique.
forget-git-nothing = git n’a jamais rien enregistré de cette attribution : il n’y a pas d’historique à récrire.
forget-git =
    L’historique de git garde tout ce qui y fut enregistré. Pour l’en ôter aussi, une fois l’effacement validé et poussé,
    avec git-filter-repo (https://github.com/newren/git-filter-repo) dans une copie neuve :
forget-commands =
    {"  "}git clone ADRESSE-DU-DÉPÔT copie-neuve && cd copie-neuve
    {"  "}git filter-repo --invert-paths{ $paths }
    {"  "}git remote add origin ADRESSE-DU-DÉPÔT
    {"  "}git push --force --all origin && git push --force --tags origin
    Ensuite, chacun refait sa copie du dépôt : une ancienne copie ramènerait tout.
forget-limits =
    Ce que personne ne peut reprendre d’ici : les copies et les bifurcations du dépôt chez d’autres ; ce que la forge garde en
    cache et dans les demandes de fusion (demandez-lui de l’effacer) ; les moteurs de recherche et les archives du Web ;
    les sauvegardes de l’hébergeur ; l’image et le fichier que la personne a gardés.

version-opened = { $class } : la version { $to } commence, avec les textes et l’image tels qu’ils sont. Ils restent libres jusqu’à sa première attribution ; les badges de la version { $from } gardent les leurs.
version-free = la version { $number } de `{ $class }` n’a jamais été attribuée : changez-la à votre gré, inutile d’en ouvrir une autre
version-no-number = `{ $file }` n’a pas de ligne comme `version: 1` ; `accolade check` montre ce qui lui manque
version-too-many = un badge a 9999 versions au plus ; commencez-en un autre

reseal-no-key = il n’y a pas de clé `{ $kid }` ; il y a : { $known }
reseal-several = plusieurs émetteurs ont une clé `{ $kid }` ({ $issuers }) ; dites lequel avec --issuer
reseal-no-reason = `{ $kid }` de `{ $issuer }` passe pour bonne. Une fois déclarée compromise, tout ce qu’elle a signé est refusé partout : dites pourquoi avec --reason, par exemple `--reason volée`. Une clé seulement perdue ou ancienne n’en a pas besoin
reseal-no-other = `{ $issuer }` n’a pas d’autre clé active pour signer à la place ; faites-en d’abord une : accolade keygen --issuer { $issuer } --recovery volée
reseal-not-at-hand = une autre clé active de `{ $issuer }` doit signer ({ $wanted }), et aucune n’est à portée de main ; nommez son fichier avec --with
reseal-changed = `{ $file }` a changé après sa signature, et ne se signe pas de nouveau ainsi ; ramenez-le depuis l’historique, ou effacez l’attribution avec `accolade forget`
reseal-foreign = `{ $file }` contient des membres que ce programme ne signe jamais : impossible de le signer de nouveau mot pour mot
reseal-unsigned = { $id } n’est pas signé : { $reason }
reseal-declares = { $kid } de { $issuer } est déclarée compromise : rien de ce qu’elle a signé ne compte plus, quelle qu’en soit la date.
reseal-nothing = { $kid } de { $issuer } n’a signé aucun badge encore valable.
reseal-signs = { $awards ->
        [one] { $awards } badge de { $kid } est signé de nouveau par { $by }, mot pour mot, à la même adresse :
       *[other] { $awards } badges de { $kid } sont signés de nouveau par { $by }, mot pour mot, aux mêmes adresses :
    }
reseal-award = { "  " }{ $id }  { $class }, attribué le { $awarded }, signé le { $signed }
reseal-more = { "  " }… et { $awards } autres ; --dry-run les montre tous
reseal-withdrawn = { $awards ->
        [one] { $awards } badge retiré garde son ancienne signature, qui ne vaut plus rien.
       *[other] { $awards } badges retirés gardent leurs anciennes signatures, qui ne valent plus rien.
    }
reseal-ask = Sont-ils tous de vous, et faut-il les signer de nouveau ? (o/N)
reseal-yes = rien n’a été signé : personne n’est là pour répondre. Comparez la liste avec vos papiers, puis ajoutez --yes ; --dry-run la montre seulement
reseal-not = rien n’a été signé
reseal-declared = déclarée. Validez avec git, et publiez le site.
reseal-done = { $awards ->
        [one] { $awards } badge signé de nouveau ; les anciens octets sont dans badges/superseded/. Validez avec git, et publiez le site.
       *[other] { $awards } badges signés de nouveau ; les anciens octets sont dans badges/superseded/. Validez avec git, et publiez le site.
    }
    Les copies remises auparavant sont dès lors refusées : dites à chacun de reprendre son image ou son fichier à l’adresse de son badge. Un badge privé n’a pas d’adresse : envoyez son fichier.

seal-elsewhere = ici, c’est `{ $here }` ; on ne signe que sur la branche `{ $branch }`, car deux branches pourraient donner une même place de liste à deux badges. Fusionnez là-bas, puis signez
seal-no-git = ce n’est pas un dépôt git : assurez-vous que personne ne signe dans une copie
seal-draft = aucune attribution n’est faite de `{ $file }`
seal-draft-same = c’est déjà l’attribution { $id } ; supprimez ce fichier, ou changez ce qu’il dit
seal-nothing = rien n’attend
seal-frozen = figé : { $class }, version { $version }
seal-list = signée : la liste des badges retirés de l’émetteur `{ $issuer }`
seal-done = { $awards ->
        [0] signé. Validez avec git, et publiez le site.
        [one] { $awards } badge signé. Validez avec git, et publiez le site.
       *[other] { $awards } badges signés. Validez avec git, et publiez le site.
    }
seal-refused = pas signé : { $reason }
seal-later-branch = la signature attend : ici, c’est `{ $here }`, et l’on signe sur la branche `{ $branch }`
seal-later-key = { $awards ->
        [one] { $awards } badge de l’émetteur `{ $issuer }` attend
       *[other] { $awards } badges de l’émetteur `{ $issuer }` attendent
    } sa clé privée ({ $wanted }), qui n’est pas à portée de main
seal-later-help = donnez-la avec --key FICHIER ; sur une forge, avec le secret ACCOLADE_KEY
seal-later-list = la liste des badges retirés de l’émetteur `{ $issuer }` attend sa clé privée ({ $wanted }), qui n’est pas à portée de main
seal-no-key = l’émetteur `{ $issuer }` n’a aucune clé active, et rien ne se signe en son nom ; faites-en une avec `accolade keygen --issuer { $issuer }`
