# Les mots de `--help` et des erreurs d'usage. Un message par commande, un attribut par argument.

cli-complaint = erreur : { $text }
cli-warning = attention : { $text }
cli-heading-usage = Usage :
cli-heading-commands = Commandes
cli-heading-arguments = Arguments
cli-heading-options = Options
cli-heading-global = Avec chaque commande
cli-value-command = COMMANDE

cli-global = Les options de toutes les commandes
    .repo = Le dossier qui contient accolade.yaml [sinon : le premier trouvé en remontant]
    .format = Des phrases pour les gens (human) ou du JSON pour les programmes (json) ; avec `check`, des remarques à côté des lignes d’une demande de fusion (github, aussi pour Forgejo ; gitlab) [human]
    .lang = La langue des messages [sinon : celle du système, à défaut le français]
    .quiet = Ne dire que ce qui est demandé et ce qui ne va pas
    .help = Afficher cette aide
    .version = Afficher la version

cli-accolade = Publier des Open Badges par un commit git
    .long =
        Vous écrivez les badges dans de petits fichiers texte et vous les validez avec git. Accolade signe les
        attributions et produit un site que tout hébergeur statique peut servir. Chaque badge fonctionne dans les
        sacs Open Badges 2.0 et dans les portefeuilles Open Badges 3.0.

        Codes de sortie : 0 fait · 1 la réponse est non · 2 mauvais usage · 3 impossible de trancher.
    .examples =
        Un premier tour :
          accolade keygen --issuer mon-asso       une paire de clés : la moitié secrète reste sur cette machine
          accolade award benevole --to a@b.example
          accolade seal                           signe ce qui attend
          accolade serve                          montre le site sur http://127.0.0.1:8000

        `accolade award --help` en dit plus sur une commande.

cli-init = Créer le dépôt d’une association
    .long =
        Écrit un dépôt complet : l’émetteur, un premier badge, les pages, les contrôles de la forge et un mode d’emploi
        dans la langue de l’association. Crée aussi la clé, hors du dépôt, et un premier commit. Ce qui n’est pas dit en
        option est demandé. Un dossier qui n’est pas vide est refusé. --lang donne aussi la langue de l’association.
    .examples =
        Exemples :
          accolade init badges
          accolade init badges --name "Les Amis du marais" --base-url https://badges.amis-marais.example --yes
          accolade init badges --name "Les Amis du marais" --base-url https://badges.amis-marais.example \
            --lang fr --forge forgejo --repository private
    .dir = Le nouveau dossier
    .base-url = L’adresse du site, sous un domaine à vous ; elle ne changera plus
    .name = Comment s’appelle l’association
    .forge = La forge : github, gitlab ou forgejo [avec --yes : github]
    .repository = public : des inconnus peuvent tout y lire ; private : eux non [avec --yes : public]
    .shared-host = Accepter une adresse chez quelqu’un d’autre (github.io, gitlab.io, codeberg.page…)
    .yes = Ne rien demander, et prendre les valeurs habituelles

cli-keygen = Créer une paire de clés pour un émetteur
    .long =
        La clé publique va dans badges/issuers/SLUG/keys/ et se valide avec git. La clé privée reste hors du dépôt,
        lisible par vous seulement : qui la détient peut attribuer des badges au nom de l’émetteur.
    .examples =
        Exemples :
          accolade keygen --issuer mon-asso
          accolade keygen --issuer mon-asso --out /media/usb/mon-asso.key
          accolade keygen --issuer mon-asso --retire k1          une nouvelle clé, présentée par k1, qui ne signera plus
          accolade keygen --issuer mon-asso --recovery perdue    personne n’a plus l’ancienne

        En intégration continue, mettez la clé dans le secret ACCOLADE_KEY, ou son chemin dans ACCOLADE_KEY_FILE.
    .issuer = Le nom du dossier de l’émetteur, sous badges/issuers/
    .out = Où va la clé privée [votre dossier de configuration]
    .key = La clé active qui présente la nouvelle, si elle n’est pas à sa place habituelle
    .recovery = Pourquoi aucune clé active ne peut présenter la nouvelle : lost (perdue), stolen (volée)… Ce motif est public
    .retire = Une clé qui ne signera plus, par exemple k1 ; ce qu’elle a signé reste bon. Peut se répéter

cli-award = Attribuer un badge à une personne, une organisation ou un lien
    .long =
        Écrit un petit fichier sous badges/assertions/. Avec une clé à portée de main, sur la branche de publication,
        l’attribution est signée aussitôt ; ailleurs, elle attend `accolade seal`.

        Aucune adresse n’est jamais écrite. Un badge pour une adresse en contient l’empreinte salée, qui reste une
        donnée personnelle : dans un dépôt public, il faut y consentir avec --public-hash.
    .examples =
        Exemples :
          accolade award accueil-benevole --to alize@example.org --public-hash
          accolade award accueil-benevole --no-recipient --evidence photo.jpg
          accolade award lieu-apprenant --url https://fablab.example
          accolade award sol-vivant --level 2 --no-recipient --date 2026-03-12 --dry-run
          accolade award benevole --csv ../stagiaires.csv --dry-run
          accolade award benevole --csv ../stagiaires.csv --mail-merge ../messages
    .class = Le nom du dossier du badge, sous badges/classes/
    .to = Une personne, par son adresse électronique ; seule une empreinte salée est gardée
    .did = Une personne, par son identifiant décentralisé (did:key:…, did:web:…)
    .url = Une organisation, par son adresse sur le web
    .no-recipient = Personne de nommé : le badge est à qui en détient le lien
    .csv = Un tableau de personnes, une par ligne (CSV, tel que le tableur l’enregistre) ; rien n’est écrit tant qu’une ligne est fausse
    .mail-merge = Le dossier où écrire un message par personne ; seul, à toutes celles qui n’en ont pas eu
    .name = Le nom de la personne, caché dans le badge ; seul le lien privé le montre
    .show = Le nom de la personne, montré sur la page parce qu’elle y consent ; le jour du consentement est noté
    .public-hash = Accepter que l’empreinte de l’adresse reste publique pour toujours
    .date = Le jour de la décision [maintenant]
    .expires = Le jour où il prend fin [selon le badge]
    .evidence = Un fichier ou une adresse qui montre ce qui a été fait ; peut se répéter
    .alt = Ce que montre l’image d’un fichier, pour qui ne la voit pas ; le premier va au premier fichier
    .story = Ce qui a été vu, en quelques phrases ; peut se répéter
    .level = Le niveau, quand le badge a une échelle
    .renews = L’identifiant de l’attribution que celle-ci prolonge
    .met = L’identifiant d’un critère rempli ; peut se répéter
    .role = La fonction exercée, pour les badges de rôle
    .override-reason = La raison de se passer du niveau que le badge demande d’abord ; gardée au registre
    .language = La langue des textes du badge [la première du site]
    .visibility = Qui le voit : listed (tous), unlisted (qui a le lien), private (personne) [selon accolade.yaml]
    .key = La clé privée, si elle n’est pas à sa place habituelle
    .dry-run = Montrer ce qui serait écrit, sans rien écrire

cli-revoke = Retirer un badge
    .long =
        Écrit badges/revocations/ID.yaml et, avec une clé à portée de main, signe la nouvelle liste des badges
        retirés. La page reste et dit que le badge a été retiré ; l’image ne le porte plus. Un motif est public :
        ne le donnez que si la personne doit pouvoir l’y lire.
    .examples =
        Exemples :
          accolade revoke 4pcsd4pmr4tr1tkr2m0a8r7g8w
          accolade revoke https://badges.example.org/a/4pcsd4pmr4tr1tkr2m0a8r7g8w/ --reason error

        Motifs : error (erreur) superseded (remplacé) holder-request (à la demande de la personne)
                 criteria-not-met (critères non remplis) term-ended (fin de mandat) other (autre)
    .award = L’identifiant de l’attribution, ou l’adresse de sa page
    .reason = Un motif public et neutre [aucun]
    .replaced-by = L’identifiant de l’attribution qui la remplace
    .date = Depuis quand [aujourd’hui]
    .key = La clé privée, si elle n’est pas à sa place habituelle

cli-forget = Effacer une attribution pour de bon
    .long =
        Efface l’évènement, le fichier signé, les preuves, l’entrée du registre, le retrait et les soutiens d’une attribution.
        Il reste une pierre tombale, badges/tombstones/ID.yaml : une date et une place dans la liste des badges retirés.
        Ses adresses montrent une page neutre. La commande dit ensuite comment ôter de l’historique de git ce qui y reste,
        et ce que personne ne peut reprendre. Interrompue, on la relance.

        Pour un badge donné par erreur, `accolade revoke` suffit : la personne garde une trace. `forget` est pour qui
        demande à disparaître.
    .examples =
        Exemples :
          accolade forget 4pcsd4pmr4tr1tkr2m0a8r7g8w --dry-run
          accolade forget https://badges.example.org/a/4pcsd4pmr4tr1tkr2m0a8r7g8w/
    .award = L’identifiant de l’attribution, ou l’adresse de sa page
    .yes = Effacer sans demander
    .dry-run = Énumérer ce qui serait effacé, sans rien effacer
    .key = La clé privée, si elle n’est pas à sa place habituelle

cli-reseal = Après un vol, signer de nouveau ce que la clé volée a signé
    .long =
        Déclare la clé compromise : dès lors, rien de ce qu’elle a signé ne compte, quelle qu’en soit la date. Puis signe
        de nouveau, avec une autre clé active, chaque badge du dépôt que la clé volée a signé : mêmes mots, même adresse,
        même date d’attribution. Les anciens octets restent dans badges/superseded/. Un badge retiré n’est pas signé de
        nouveau.

        Faites d’abord une autre clé avec `accolade keygen --recovery`. Comparez la liste avec vos papiers : qui avait la
        clé a pu ajouter des badges au dépôt. Un faux s’efface avec `accolade forget`, avant de signer. Ensuite, chacun
        reprend son image ou son fichier à l’adresse de son badge. Interrompue, on relance la commande.
    .examples =
        Exemples :
          accolade keygen --issuer mon-asso --recovery volée
          accolade reseal --key k1 --reason volée --dry-run
          accolade reseal --key k1 --reason volée
    .key = La clé volée, par son nom sous keys/ : k1, k2…
    .issuer = L’émetteur dont c’est la clé, si plusieurs en ont une de ce nom
    .reason = Pourquoi elle ne compte plus : stolen (volée)… Ce motif est public ; inutile si la clé est déjà déclarée
    .with = La clé privée qui signe à la place, si elle n’est pas à sa place habituelle
    .yes = Signer sans demander
    .dry-run = Énumérer tout ce qui serait signé de nouveau, sans rien écrire

cli-version = Commencer la version suivante d’un badge
    .long =
        Un badge attribué ne change plus : qui l’a reçu garde son texte et son image. Cette commande écrit le numéro suivant
        dans badges/classes/CLASS/badge.yaml. Le texte, les critères et l’image continuent tels qu’ils sont, avec ce que
        vous avez déjà changé, et restent libres jusqu’à la première attribution de la nouvelle version.
    .examples =
        Exemple :
          accolade version accueil-benevole
    .class = Le nom du dossier du badge, sous badges/classes/

cli-seal = Signer ce qui attend : attributions et listes de badges retirés
    .long =
        Signe chaque attribution qui ne l’est pas encore, fige le texte et l’image du badge qu’elle nomme, et signe
        les listes de badges retirés qui ont changé. Relancée, la commande ne change rien. Seule la branche de
        publication se scelle : les autres portent des décisions, que git fusionne sans conflit.
    .examples =
        Exemples :
          accolade seal
          accolade seal --key /media/usb/mon-asso.key
    .key = La clé privée, si elle n’est pas à sa place habituelle

cli-check = Tout lire et dire ce qui ne va pas
    .long =
        Lit badges/, site-content/ et le thème, et énumère tout ce qui ne va pas, avec le fichier, la ligne et une
        façon d’y remédier. Rien n’est écrit. Code de sortie 1 quand quelque chose ne va pas.

        Dans un dépôt git, ce qui est déjà enregistré est comparé aussi : un fichier signé ne change ni ne disparaît
        en silence. `--against REV` compare avec ce qui est publié, par exemple lors d’une demande de fusion ; ce que
        REV a reçu depuis que les deux se sont quittés ne manque pas.
    .against = La révision publiée avec laquelle comparer [ce qui est enregistré]
    .examples =
        Exemples :
          accolade check
          accolade check --against origin/main
          accolade check --format json
          accolade check --format github          pour le journal de GitHub ou de Forgejo
          accolade check --format gitlab > gl-code-quality-report.json

cli-build = Produire le site
    .long =
        Produit tout le site à partir du seul dépôt : ni clé, ni horloge, ni réseau. Le même commit donne les mêmes
        octets sur toute machine ; la dernière ligne est l’empreinte du site. Les fichiers inchangés ne sont pas
        touchés, ceux qui n’ont plus lieu d’être sont ôtés, et ceux qu’Accolade n’a pas écrits restent en place.
    .examples =
        Exemples :
          accolade build
          accolade build --out /srv/www/badges
          accolade build --dry-run                énumère chaque chemin du site
    .out = Où va le site [public]
    .dry-run = Énumérer ce qui serait écrit, sans rien écrire

cli-serve = Produire le site, le montrer, et le refaire à chaque modification
    .long =
        Sert le site sur cette machine seulement, avec les types qu’enverrait un bon hébergeur statique. Une
        modification sous badges/, site-content/ ou themes/ refait le site, et les pages ouvertes se rechargent.
        Tant que quelque chose ne va pas, le dernier bon site reste en place. Ctrl-C pour finir.
    .examples =
        Exemples :
          accolade serve
          accolade serve --port 8080
    .port = Le port [8000]
    .out = Où va le site [public]

cli-bake = Mettre des enregistrements dans une image
    .long =
        Met une assertion Open Badges 2.0, une attestation Open Badges 3.0, ou une de chaque, dans une image PNG ou
        SVG. Aucun autre octet de l’image ne change ; un enregistrement de la même génération est remplacé.
    .examples =
        Exemples :
          accolade bake badge.png credential.json --out badge-garni.png
          accolade bake badge.svg assertion.json credential.json --out badge-garni.svg
    .image = Une image PNG ou SVG
    .credentials = Les enregistrements, en JSON ou en JWS compact : au plus un par génération
    .out = Où va l’image garnie [IMAGE avec « -baked » dans son nom]

cli-extract = Sortir les enregistrements d’une image
    .long =
        Montre les enregistrements Open Badges 2.0 et 3.0 d’une image PNG ou SVG, exactement tels qu’ils y sont. Cela
        ne dit rien de leur vérité : c’est l’affaire de `accolade verify`.
    .examples =
        Exemples :
          accolade extract badge.png
          accolade extract badge.png --format json
          accolade extract - < badge.png          lit l’entrée standard
    .image = Une image PNG ou SVG

cli-certificate = Mettre un badge sur papier, avec un nom
    .long =
        Écrit un PDF d’une page A4 : l’image, le nom, le domaine de l’émetteur, les dates, un code QR et l’adresse où le badge
        se contrôle. Il se lit avec un lecteur d’écran et porte le fichier signé en pièce jointe. Le nom n’est écrit que dans
        ce PDF. Si le badge cache un nom et que le registre est là, les deux sont comparés.

        Avec --lang, les mots du PDF sont dans cette langue ; sinon, dans celle du badge.
    .examples =
        Exemples :
          accolade certificate 4pcsd4pmr4tr1tkr2m0a8r7g8w --name "Alizée Canular"
          accolade certificate https://badges.example.org/a/4pcsd4pmr4tr1tkr2m0a8r7g8w/ --name "Zoé" --out zoe.pdf
    .award = L’identifiant de l’attribution, ou l’adresse de sa page
    .name = Le nom à écrire [celui du registre]
    .out = Le PDF à écrire [ID.pdf, ici]

cli-verify = Dire si un badge est bien ce qu’il prétend être
    .long =
        Répond à cinq questions : ce domaine l’a-t-il vraiment délivré ? est-il intact ? est-il en cours de
        validité ? est-il toujours maintenu par son émetteur ? a-t-il été remis à cette personne ? Les documents dont
        il dépend sont lus sur le web ; ce qui n’a pas pu être consulté est dit inconnu : jamais bon, jamais faux.

        Ce qui suit « # » dans le lien privé d’une personne (son nom et un code) répond à la cinquième question ; il n’est
        jamais envoyé.

        Codes de sortie : 0 valable · 1 non valable · 3 impossible de trancher. Avec une liste ou un tableau : 1 si l’un
        n’est pas valable, sinon 3 si l’un reste indécis.
    .examples =
        Exemples :
          accolade verify https://badges.example/a/ID/
          accolade verify badge.png --recipient alize@example.org
          accolade verify public/a/ID/credential.json --site public --offline
          accolade verify badge.png --documents documents.json --now 2026-09-01T09:00:00Z
          accolade verify --csv candidatures.csv --recipient-column courriel > verifie.csv
    .input = Une image PNG ou SVG, un fichier JSON ou JWT, l’adresse d’un badge ou de sa page, ou - (entrée standard)
    .list = Beaucoup à la fois : un badge par ligne, une réponse JSON par ligne ; # commence un commentaire
    .csv = Beaucoup à la fois : un tableau, rendu tel quel avec les réponses dans de nouvelles colonnes
    .column = Avec --csv : la colonne des badges, par titre ou numéro [celle qui a des adresses]
    .recipient-column = Avec --csv : la colonne qui dit à qui est chaque badge
    .recipient = L’adresse de la personne qui présente le badge
    .documents = Un fichier JSON qui nomme, pour des adresses, les fichiers qui en tiennent lieu
    .site = Un site produit, qui tient lieu de son adresse
    .offline = N’interroger personne : ce qui n’est pas sous la main est inconnu
    .now = Le moment du jugement [maintenant]
    .json = Le rapport entier, en JSON

cli-completions = Écrire ce qu’un terminal complète
    .long =
        Pour qui installe ou empaquette Accolade : à mettre là où votre terminal cherche ses complétions. L’aide y est
        dans la langue des messages.
    .examples =
        Exemples :
          accolade completions bash > ~/.local/share/bash-completion/completions/accolade
          accolade completions zsh > "${ "{" }fpath[1]{ "}" }/_accolade"
          accolade completions fish > ~/.config/fish/completions/accolade.fish
    .shell = bash, zsh, fish, elvish ou powershell

cli-man = Écrire les pages de manuel
    .long = Pour qui empaquette Accolade : une page par commande, dans la langue des messages.
    .examples =
        Exemples :
          accolade man --lang fr /usr/share/man/fr/man1
          man -l accolade-award.1
    .dir = Où vont les pages

cli-repo-none = aucun accolade.yaml ici ni plus haut ; allez dans le dossier de vos badges, ou nommez-le avec --repo
cli-repo-not-one = `{ $folder }` ne contient pas d’accolade.yaml ; --repo nomme le dossier de vos badges, vu du dossier courant

cli-format-of-check = --format github et --format gitlab vont avec `accolade check` seulement

cli-wrong-command = { $argument } n’est pas une commande{ $hint }
cli-wrong-option = { $argument } n’est pas une option ici{ $hint }
cli-wrong-extra = { $argument } est de trop ici : il y a déjà ce qu’il faut
cli-wrong-value = { $value } ne convient pas pour { $argument }{ $hint }
cli-wrong-missing = il manque { $argument }
cli-wrong-no-value = il manque une valeur après { $argument }
cli-wrong-together = { $argument } et { $value } ne vont pas ensemble
cli-wrong-count = { $argument } a été donné trop souvent ou pas assez
cli-wrong-no-command = que faire ? Il manque une commande : init, keygen, award, revoke, forget, reseal, version, seal, check, build, serve, bake, extract, certificate ou verify
cli-wrong-other = les arguments ne se lisent pas
cli-wrong-known = { "" } ; connus : { $known }
cli-wrong-meant = { "" } ; vouliez-vous écrire { $known } ?
cli-wrong-or = { " " }ou{ " " }
cli-wrong-help = `{ $help }` montre comment faire

cli-standard-input-name = l’entrée standard
cli-standard-input = l’entrée standard ne peut pas être lue : { $reason }
cli-file-unreadable = `{ $file }` ne peut pas être lu : { $reason }
cli-file-unwritable = `{ $file }` ne peut pas être écrit : { $reason }

bake-record = `{ $file }` ne peut pas aller dans une image : { $reason }
bake-unknown = `{ $file }` n’est ni une assertion Open Badges 2.0 ni une attestation Open Badges 3.0 ; donnez un fichier comme assertion.json ou credential.json
bake-two = deux enregistrements de la même génération ({ $generation }) : une image en porte un de chaque
bake-image = { $file } : { $reason }
bake-over-input = `{ $out }` est ce dont l’image garnie est faite ; choisissez un autre nom avec --out
bake-exists = `{ $out }` existe déjà ; donnez un autre nom avec --out, ou ce nom-là pour le remplacer
bake-done = image garnie : { $out }

extract-nothing = { $file } ne porte aucun enregistrement
extract-found = { $generation ->
        [openBadges2] Open Badges 2.0 :
       *[openBadges3] Open Badges 3.0 :
    }
extract-unreadable = { $generation ->
        [openBadges2] ce que l’image porte pour Open Badges 2.0 est inutilisable : { $reason }
       *[openBadges3] ce que l’image porte pour Open Badges 3.0 est inutilisable : { $reason }
    }

decimal-sign = ,
build-progress = écriture
build-done = { $out } : { $files ->
        [one] { $files } fichier
       *[other] { $files } fichiers
    } ({ $megabytes } Mo) ; nouveaux : { $created }, modifiés : { $changed }, ôtés : { $pruned }
build-former = { $address } : publiez-y { $out } ({ $files ->
        [one] un fichier
       *[other] { $files } fichiers
    }), aussi longtemps que cette adresse est à vous : ce qui y fut signé la nomme, et ne se vérifie pas sans elle
build-unreadable = le dépôt ne peut pas être lu : { $reason }
build-render = { $reason }
build-stopped = arrêt ; la prochaine production finira ce que celle-ci a commencé
build-stray = la page /{ $path } nomme l’attribution { $id }, qui n’est pas listée : qui lit la page la trouverait. Ôtez le lien, ou listez l’attribution
build-path-twice = deux fichiers du site veulent l’adresse /{ $path } ; renommez l’un d’eux
build-path-folder = /{ $path } est voulu comme fichier et comme dossier ; renommez l’un d’eux
build-path-letters = /{ $path } ne peut contenir que des lettres sans accent, des chiffres, « . », « _ » et « - »
build-path-awards = /{ $path } est sous /a/, où seules les attributions sont publiées
build-out-sources = `{ $folder }` contient les sources du site ; choisissez un autre dossier avec --out
build-out-not-ours = `{ $folder }` contient des fichiers qu’aucune production de ce dépôt n’a écrits ; videz-le, ou choisissez un autre dossier avec --out
build-out-stranger = `{ $file }` n’a pas été écrit par une production, et le site veut un autre fichier à cette place ; déplacez-le
build-out-name = le chemin de `{ $folder }` n’est pas un texte Unicode
build-out-busy = une autre production écrit `{ $folder }` ; attendez qu’elle finisse
build-out-refused = le site ne peut pas être écrit : { $reason }

history-unasked = l’historique n’a pas pu être consulté ({ $reason }) : on ne sait pas si un badge publié a disparu
history-refused = { $reason }
history-no-git = le programme `git` est introuvable ; installez-le, ou vérifiez que le terminal le trouve
history-no-repository = ce dossier n’est pas un dépôt git
history-unknown = git ne connaît pas la révision `{ $revision }` ; `git fetch` l’apporte peut-être, et `git branch --all` montre les branches
history-shallow = cette copie du dépôt ne connaît qu’une partie de l’historique, et pas ce qu’il faut pour comparer avec `{ $revision }` ; `git fetch --unshallow` apporte le reste (en intégration continue : `fetch-depth: 0`, ou `GIT_DEPTH: 0`)
history-git-says = git répond : { $reason }

serve-ready = { $address } – Ctrl-C pour arrêter
serve-stopped = arrêt
serve-last-good = le dernier bon site reste en place jusqu’à la correction
serve-port-taken = le port { $port } est pris par un autre programme ; choisissez-en un autre avec --port
serve-no-port = le port { $port } ne peut pas être ouvert : { $reason } ; choisissez-en un autre avec --port
serve-refused = le site ne peut pas être servi : { $reason }
serve-watch = les modifications ne seront pas vues ({ $reason }) ; le site est servi tel qu’il est, relancez la commande pour le refaire
