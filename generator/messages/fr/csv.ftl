# Ce que dit `award --csv` d'un tableau de personnes, et `award --mail-merge` des messages.
# Une erreur est un message `csv-…` ; son attribut `.help` dit quoi faire.

csv-column-email = e-mail
csv-column-id = identifiant
csv-column-name = nom
csv-column-given-name = prénom
csv-column-level = niveau
csv-column-language = langue
csv-column-date = date
csv-column-expires = expire le
csv-column-role = rôle
csv-column-criteria = critères
csv-column-evidence = preuve
csv-column-link = lien
csv-column-story = récit
csv-column-visibility = visibilité
csv-column-consent = accord

csv-at-row = ligne { $row } : { $text }
csv-at-cell = ligne { $row }, colonne « { $column } » : { $text }
csv-at-value = ligne { $row }, colonne « { $column } », { $value } : { $text }
csv-at-row-value = ligne { $row }, { $value } : { $text }
csv-problem = { $text }
csv-row-ready = { $row }  prêt  { $who }  { $what }{ $level ->
        [none] { "" }
       *[other] { "" }  niveau { $level }
    }
csv-row-already = { $row }  déjà  { $who }  { $what }
csv-counts = { $ready ->
        [0] aucune attribution prête
        [one] { $ready } attribution prête
       *[other] { $ready } attributions prêtes
    }, { $already ->
        [0] aucune déjà faite
        [one] { $already } déjà faite
       *[other] { $already } déjà faites
    }, { $errors ->
        [0] aucune erreur
        [one] { $errors } erreur
       *[other] { $errors } erreurs
    }.
csv-more = { $count ->
        [one] Et { $count } autre erreur.
       *[other] Et { $count } autres erreurs : corrigez d’abord celles-ci, ou ajoutez --format json pour les voir toutes.
    }
csv-nothing-written = Rien n’a été écrit : une seule erreur arrête tout le tableau. Corrigez-le, enregistrez-le et relancez la même commande.
csv-dry-run = Rien n’a été écrit. Sans --dry-run, la même commande attribue.
csv-written = { $count ->
        [one] { $count } attribution écrite.
       *[other] { $count } attributions écrites.
    }
csv-stopped = Arrêté après { $done } attributions sur { $all }. Relancez la même commande : ce qui est fait ne sera pas refait.
csv-links = Les liens qui portent les noms sont au registre : ajoutez --mail-merge DOSSIER pour écrire un message à chaque personne.
csv-windows = Le fichier n’est pas en UTF-8 ; ses accents ont été lus comme ceux de Windows. Un nom vous paraît-il étrange ? Enregistrez-le en « CSV UTF-8 ».
csv-others = Colonnes laissées de côté : { $columns }
csv-in-repository = `{ $file }` contient des noms ou des adresses, et le prochain commit ou le site le publierait ; rangez-le hors du dépôt, par exemple dans vos Documents

csv-not-text = ce fichier n’est pas du texte : c’est un classeur, une image ou un fichier abîmé
    .help = dans votre tableur, choisissez « Enregistrer sous », puis « CSV UTF-8 »
csv-too-big = ce fichier dépasse { $max } Mo
    .help = ne gardez que les colonnes utiles, ou coupez la liste en plusieurs fichiers
csv-too-many-rows = il y a plus de { $max } personnes dans ce fichier
    .help = coupez la liste en plusieurs fichiers, et donnez-les l’un après l’autre
csv-empty = il n’y a personne dans ce fichier
    .help = la première ligne nomme les colonnes, par exemple « e-mail;prénom;nom » ; les personnes viennent dessous
csv-open-quote = un guillemet s’ouvre sur cette ligne et ne se ferme jamais
    .help = fermez-le, ou ôtez-le ; le plus sûr est d’enregistrer de nouveau la feuille depuis le tableur
csv-header = ce titre de colonne ressemble à « { $meant } » sans l’être
    .help = écrivez « { $meant } » si c’est cela ; sinon, donnez à la colonne un autre titre, ou ôtez-la
csv-header-twice = ce titre veut dire la même chose que « { $earlier } »
    .help = ôtez une des deux colonnes, ou donnez-lui un autre titre
csv-no-person-column = aucune colonne ne dit qui reçoit le badge
    .help = intitulez « e-mail » la colonne des adresses, ou « identifiant » celle de vos numéros
csv-cells = { $cells } cases pour { $headers } titres
    .help = un texte qui contient le séparateur se met entre guillemets ; le plus sûr est d’enregistrer de nouveau la feuille depuis le tableur
csv-cell-long = ce texte a { $chars } caractères, et { $max } au plus sont admis
    .help = raccourcissez-le, ou publiez-le ailleurs et mettez-en l’adresse dans la colonne « lien »
csv-lines = ce texte est sur plusieurs lignes
    .help = écrivez-le sur une seule
csv-control = ce texte contient un caractère invisible
    .help = effacez la case et tapez le texte de nouveau, au lieu de le coller
csv-no-person = rien ne dit de qui il s’agit
    .help = mettez une adresse, ou un numéro dans une colonne « identifiant » ; ou videz toute la ligne
csv-email = ce n’est pas une adresse électronique : { $why ->
        [empty] elle est vide
        [no-at] il y manque « @ »
        [two-ats] il y a plus d’un « @ »
        [space] elle contient une espace
        [character] elle contient « { $character } »
        [incomplete] il manque ce qui va avant ou après « @ »
        [dots] un point est de trop
        [long] elle est trop longue
       *[domain] ce qui suit « @ » n’est pas un nom de domaine, comme `example.org`
    }
    .help = une seule adresse par ligne, comme prenom@example.org ; une personne sans adresse a un numéro dans la colonne « identifiant »
csv-twice = la même personne est déjà à la ligne { $first }
    .help = ôtez l’une des deux lignes ; si ce sont deux personnes qui partagent une adresse, donnez à chacune un numéro dans la colonne « identifiant »
csv-date = ce n’est pas une date
    .help = écrivez 2026-03-12, ou 12/03/2026 (le jour d’abord, l’année en entier)
csv-date-none = ce jour n’existe pas
    .help = regardez le calendrier ; le jour vient d’abord, puis le mois : 12/03/2026 est le 12 mars
csv-date-future = ce jour n’est pas encore venu
    .help = corrigez la date, ou attribuez le badge ce jour-là
csv-date-order = le badge finirait avant de commencer, le { $awarded }
    .help = corrigez l’une des deux dates
csv-level = ce badge n’a pas ce niveau
    .help = écrivez l’un de ceux-ci : { $known }
csv-level-missing = ce badge a des niveaux, et la ligne n’en dit aucun
    .help = remplissez une colonne « niveau », ou ajoutez --level à la commande s’il est le même pour tous ; il y a : { $known }
csv-level-none = ce badge n’a pas de niveaux
    .help = videz la colonne « niveau »
csv-earlier = le niveau { $level } demande d’abord le niveau { $requires }, et cette personne ne l’a pas
    .help = attribuez d’abord le niveau { $requires } ; ou, si elle s’en passe avec raison, ajoutez --override "raison"
csv-earlier-unknown = le niveau { $level } demande d’abord le niveau { $requires }, et rien ici ne dit si cette personne l’a
    .help = si vous le savez, ajoutez --override "raison" à la commande
csv-language = ce badge n’est pas écrit dans cette langue
    .help = écrivez l’une de celles-ci : { $known }
csv-criterion = ce badge n’a pas de critère `{ $item }`
    .help = { $known ->
        [none] ce badge n’a pas de liste de critères ; videz cette colonne
       *[other] écrivez leurs identifiants, séparés par une virgule : { $known }
    }
csv-criteria-missing = ce badge demande { $needed ->
        [one] { $needed } critère rempli
       *[other] { $needed } critères remplis
    }, et la ligne n’en dit aucun
    .help = remplissez une colonne « critères », ou ajoutez --met à la commande s’ils sont les mêmes pour tous ; il y a : { $known }
csv-criteria-few = { $met ->
        [one] { $met } critère est rempli
       *[other] { $met } critères sont remplis
    }, et ce badge en demande { $needed }
    .help = ajoutez ceux qui manquent, ou n’attribuez pas encore le badge ; il y a : { $known }
csv-link = ce n’est pas une adresse qui commence par https://
    .help = copiez l’adresse entière depuis le navigateur ; un texte va dans une colonne « récit », et un fichier se donne pour une seule personne, avec --evidence
csv-visibility = cette colonne dit qui voit le badge, et ceci ne le dit pas
    .help = écrivez « listé », « non listé » ou « privé », ou laissez vide
csv-consent = cette colonne dit si la personne accepte que son nom soit montré
    .help = écrivez « oui » ou « non », ou laissez vide (c’est non)
csv-consent-nameless = la personne accepte que son nom soit montré, et le nom manque
    .help = remplissez une colonne « nom », ou effacez l’accord
csv-address-in-text = ce texte serait publié, et il contient une adresse électronique
    .help = ôtez-la : les adresses vont dans la colonne « e-mail », qui n’est jamais publiée
csv-register = { $place ->
        [absent] le registre, qui garde les noms, les numéros et les adresses, n’est pas là ({ $folder })
       *[none] ce tableau a des noms, des numéros ou des adresses à garder, et il n’y a pas de registre
    }
    .help = { $place ->
        [absent] récupérez-le à cette place, ou créez le dossier
       *[none] créez un dossier hors du dépôt, nommez-le dans accolade.yaml (privacy: {"{"} register: ../registre {"}"}), et relancez ; ou ôtez ces colonnes
    }
csv-public-hash = ce dépôt est public, et l’empreinte salée de chaque adresse le serait pour toujours : qui devine une adresse peut la vérifier
    .help = si ces personnes y consentent, ajoutez --public-hash ; sinon, --no-recipient donne à chacune un badge par lien, et les adresses restent au registre
csv-refused = { $reason }
    .help = corrigez cette ligne, ou videz-la

mail-in-repository = les messages contiennent des noms, des adresses et des liens privés, et `{ $folder }` serait publié avec le prochain commit ou le site ; choisissez un dossier hors du dépôt
mail-no-register = sans registre, rien ici ne dit à qui écrire ; ajoutez --mail-merge à la commande qui attribue, ou nommez un registre dans accolade.yaml (privacy: {"{"} register: ../registre {"}"})
mail-register-absent = le registre n’est pas là ({ $folder }) ; récupérez-le à cette place
mail-dry-run = { $count ->
        [0] Il n’y a personne à qui écrire.
        [one] { $count } message serait écrit.
       *[other] { $count } messages seraient écrits.
    }
mail-written = { $count ->
        [0] Aucun message à écrire dans { $folder }.
        [one] { $count } message écrit dans { $folder }.
       *[other] { $count } messages écrits dans { $folder }.
    }
mail-there = { $count ->
        [one] { $count } message était déjà dans le dossier, et n’est pas remplacé.
       *[other] { $count } messages étaient déjà dans le dossier, et ne sont pas remplacés.
    }
mail-earlier = { $count ->
        [one] { $count } personne a déjà eu son message.
       *[other] { $count } personnes ont déjà eu leur message.
    }
mail-no-address = { $count ->
        [one] { $count } personne est sans adresse : donnez-lui son lien autrement.
       *[other] { $count } personnes sont sans adresse : donnez-leur leur lien autrement.
    }
mail-private = { $count ->
        [one] { $count } badge est privé et n’a pas de page : remettez le fichier signé à la personne.
       *[other] { $count } badges sont privés et n’ont pas de page : remettez les fichiers signés aux personnes.
    }
mail-withdrawn = { $count ->
        [one] { $count } badge est retiré : pas de message.
       *[other] { $count } badges sont retirés : pas de message.
    }
mail-send = Rien n’est envoyé. Publiez d’abord le site, puis ouvrez ces fichiers dans votre logiciel de courrier, relisez, et envoyez. Effacez-les ensuite.
