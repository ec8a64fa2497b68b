# Les mots qu'`init` met dans les fichiers qu'il écrit. Chacun tient sur une ligne.

scaffold-ignore-people = Des personnes : jamais dans le dépôt
scaffold-ignore-keys = La clé privée signe en notre nom : jamais dans le dépôt
scaffold-ignore-built = Ce qui se refait
scaffold-attributes = Les fichiers signés sont des preuves : git n’en change pas un octet
scaffold-settings-base-url = L’adresse du site. Elle est signée dans chaque badge, et ne changera plus après le premier
scaffold-settings-repository = Des inconnus peuvent-ils lire ce dépôt ? public ou private
scaffold-issuer-contact = Publics, et devinés : à corriger avant le premier badge
scaffold-description = { $name } remet ces badges à celles et ceux dont un membre a vu l’engagement ou le savoir-faire.
scaffold-title = Badges : { $name }

scaffold-first-commit = Commencer avec Accolade

scaffold-ci-program = Lance Accolade, après l’avoir pris là où disent les variables de la forge, s’il n’est pas déjà là
scaffold-ci-missing = Accolade n’est pas là : donnez à la forge la variable ACCOLADE_SOURCE, ou ACCOLADE_DOWNLOAD et ACCOLADE_SHA256 (voir README.md)
scaffold-ci-header = Contrôle chaque proposition ; sur la branche de publication, signe ce qui attend et publie le site
scaffold-ci-where = Où prendre le programme : voir README.md. La version est celle qui a écrit ce fichier
scaffold-ci-no-key = Sans la clé, et sans droit d’écrire
scaffold-ci-key = La seule étape qui a la clé, sur la seule branche de publication
scaffold-ci-pages-branch = La branche « pages » ne garde que le dernier site
scaffold-ci-check = Contrôler
scaffold-ci-tools = Retrouver Accolade
scaffold-ci-get = Prendre Accolade
scaffold-ci-seal = Signer
scaffold-ci-keep = Garder ce qui est signé
scaffold-ci-build = Produire le site
scaffold-ci-publish = Publier
scaffold-ci-message = Signer les badges

scaffold-forge-new-file = { $forge ->
        [github] Add file › Create new file
        [gitlab] + › New file
       *[forgejo] Ajouter un fichier › Nouveau fichier
    }
scaffold-forge-request = { $forge ->
        [github] Create a new branch for this commit and start a pull request
        [gitlab] Commit to a new branch, puis Create merge request
       *[forgejo] Créer une nouvelle branche pour cette révision et initier une demande d’ajout
    }
scaffold-repository-word = { $repository ->
        [public] public
       *[private] privé
    }
scaffold-repository-note = { $repository ->
        [public] Ce dépôt est public : tout ce qui y est écrit, historique et badges non listés compris, est lisible par des inconnus.
       *[private] Ce dépôt est privé, mais le site qu’il produit est public ; et un jour, quelqu’un d’autre lira peut-être son historique.
    }
scaffold-public-hash-note = { $repository ->
        [public] { " " }Ce dépôt étant public, il faut l’accord de la personne et `--public-hash`.
       *[private] { "" }
    }
scaffold-privacy-repository = { $repository ->
        [public] Les fichiers de ce site sont écrits dans un dépôt public : une adresse difficile à deviner n’y est pas un secret.
       *[private] Les fichiers de ce site sont écrits dans un dépôt privé, que lisent les seules personnes qui remettent les badges.
    }
scaffold-shared-host-note = { $shared ->
        [yes] { " " }C’est une adresse prêtée : si l’hébergeur ferme ou change de nom, vos badges ne pourront plus être vérifiés. Une adresse à vous vaut mieux.
       *[no] { "" }
    }
scaffold-hosting-sentence = { $forge ->
        [github] GitHub Pages, un service de GitHub, Inc., 88 Colin P. Kelly Jr. Street, San Francisco, CA 94107, États-Unis.
        [gitlab] GitLab Pages, un service de GitLab Inc., ou de qui tient le GitLab où ce dépôt se trouve.
       *[forgejo] Les pages de la forge où se trouve ce dépôt.
    }
