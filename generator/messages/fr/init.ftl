# `init` : ce qu'il demande, ce qu'il refuse, ce qu'il dit à la fin.

init-ask-name = Comment s’appelle l’association ?
init-ask-base-url =
    À quelle adresse le site sera-t-il ? Elle est signée dans chaque badge et ne changera plus :
    prenez un nom sous votre propre domaine (badges.mon-asso.fr), que vous garderez même si vous changez d’hébergeur.
    Adresse :
init-ask-repository =
    Des inconnus pourront-ils lire le dépôt, ce dossier que vous partagerez ? S’il est public, tout ce qui y est écrit se lit, les badges non listés et
    l’historique aussi ; s’il est privé, seul le site l’est, mais certaines forges demandent alors une offre payante.
    public ou private [{ $usual }] :
init-ask-forge = Quel site gardera le dépôt (sa « forge ») : github, gitlab, ou forgejo, dont Codeberg ? [{ $usual }]
init-ask-lang = En quelle langue sont les pages et les badges : fr ou en ? [{ $usual }]
init-ask-shared-host =
    { $host } appartient à quelqu’un d’autre : si cet hébergeur ferme ou change de nom, vos badges ne pourront plus être vérifiés.
    Continuer quand même ? [non]
init-ask-repository-wrong = écrivez public ou private
init-ask-forge-wrong = écrivez github, gitlab ou forgejo
init-ask-lang-wrong = écrivez fr ou en
init-left = rien n’a été écrit

init-missing = il manque { $options } ; avec --yes, seuls --name et --base-url sont nécessaires
init-name = il faut un nom, sur une ligne, de { $most } caractères au plus
init-base-url =
    { $problem ->
        [not-https] `{ $value }` ne commence pas par https:// ; les badges ne se vérifient qu’ainsi
        [port-or-user] `{ $value }` a un port ou un nom d’utilisateur ; les vérificateurs n’iraient pas l’y chercher
        [host] `{ $value }` n’a pas un nom de domaine en minuscules, comme badges.mon-asso.fr
       *[path] le chemin de `{ $value }` ne peut avoir que des lettres sans accent, des chiffres, « . », « _ » et « - »
    }
init-shared-host = { $host } appartient à quelqu’un d’autre : s’il ferme ou change de nom, vos badges ne pourront plus être vérifiés. Prenez une adresse sous votre domaine ; si vous n’en avez pas et que vous l’acceptez, ajoutez --shared-host
init-in-the-way = `{ $folder }` n’est pas vide, et rien n’y est remplacé : { $listed }{ $more ->
        [0] { "" }
       *[other] { " " }et { $more } autres
    }. Choisissez un nouveau dossier
init-not-a-folder = `{ $folder }` est un fichier ; choisissez un nouveau dossier
init-resumed = une création interrompue est terminée ici
init-key-found = la clé qui était déjà là est reprise : { $file }
init-no-key-folder = cette machine n’a pas de dossier pour les clés ; faites-en une avec : accolade keygen --issuer { $issuer } --out FICHIER
init-done = { $name } : le dépôt est prêt, pour { $address }
init-key =
    Clé privée : { $file }
    Qui la détient remet des badges en votre nom. Copiez-la maintenant sur une clé USB, à ranger dans un tiroir ; puis mettez sa
    ligne qui commence par « z » dans le secret ACCOLADE_KEY de votre forge : README.md dit où. Ne l’envoyez pas par courriel.
init-git-absent = git n’est pas installé : installez-le, puis tapez dans { $folder } : git init -b main && git add . && git commit -m "Premier badge"
init-git-inside = { $folder } est dans un autre dépôt git : rien n’y a été enregistré. Déplacez-le hors de cet autre dépôt, puis tapez-y : git init -b main && git add . && git commit -m "Premier badge"
init-git-nobody = git ne sait pas qui vous êtes. Tapez dans { $folder } : git config user.name "Votre nom" && git config user.email "vous@exemple.org" && git add . && git commit -m "Premier badge"
init-git-no = git n’a rien enregistré ; tapez dans { $folder } : git add . && git commit
init-next =
    Ensuite :
      cd { $folder }
      accolade serve                              montre le site sur http://127.0.0.1:8000
      accolade award { $class } --no-recipient     remet un premier badge
    README.md dit comment mettre en ligne, et comment remettre un badge depuis le navigateur.
    Corrigez d’abord badges/issuers/{ $issuer }/issuer.yaml : l’adresse électronique y est devinée.

man-name = NOM
man-synopsis = SYNOPSIS
man-description = DESCRIPTION
man-commands = COMMANDES
man-examples = EXEMPLES
