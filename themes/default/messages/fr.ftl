# Les mots des pages, en français.
# Espaces insécables : U+00A0 devant « : » et à l’intérieur des guillemets, U+202F devant « ; », « ! » et « ? ».
# Un thème peut redéfinir n’importe quel message ; les autres restent.

language_name = Français
# Le sens des lettres : ltr ou rtl.
direction = ltr
# La langue et son pays, pour les réseaux sociaux.
locale = fr_FR

# Cadre des pages
skip = Aller au contenu
nav = Pages du site
languages = Langues
home = Accueil
badges = Badges
issuers = Qui délivre
verify = Vérifier
feed = Flux Atom des badges délivrés
catalog = Catalogue (JSON)
machines = Pour les machines
licence_of_texts = Textes sous licence
colophon = Ces pages sont de simples fichiers publiés avec Accolade : ni traceur, ni compte, ni demande à un autre site.
see_badges = Voir les badges
see_verify = Vérifier un badge

# Dates et durées
date = { $day ->
    [1] 1er
   *[other] { $day }
  } { $month } { $year }
month_1 = janvier
month_2 = février
month_3 = mars
month_4 = avril
month_5 = mai
month_6 = juin
month_7 = juillet
month_8 = août
month_9 = septembre
month_10 = octobre
month_11 = novembre
month_12 = décembre
month_year = { $month } { $year }
size = { $n } ko
years = { $n ->
    [one] { $n } an
   *[other] { $n } ans
  }
months = { $n } mois
weeks = { $n ->
    [one] { $n } semaine
   *[other] { $n } semaines
  }
days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
  }
and = { $first } et { $second }

# Sortes de reconnaissance
kind = Sorte
kind_participation = Participation
kind_engagement = Engagement
kind_know_how = Savoir-faire
kind_competence = Compétence
kind_achievement = Réalisation
kind_project = Projet
kind_role = Rôle
kind_membership = Adhésion
kind_facilitation = Facilitation
kind_mentoring = Tutorat
kind_label = Label

# Accueil et galerie
latest = Derniers badges délivrés
latest_hint = Seuls figurent ici les badges dont la mise en liste a été demandée.
all_badges = { $n ->
    [one] Le badge du réseau
   *[other] Les { $n } badges du réseau
  }
gallery_description = Tous les badges, par émetteur, par sorte et par mot-clé.
gallery_count = { $badges ->
    [one] Un badge
   *[other] { $badges } badges
  }, { $issuers ->
    [one] délivrés par un seul émetteur.
   *[other] délivrés par { $issuers } émetteurs.
  }
search = Chercher
search_hint = un mot, un lieu, un émetteur
search_results = Badges trouvés
search_reset = Les montrer tous
search_failed = La recherche n’a pas pu être chargée. Tous les badges sont dans les listes ci-dessous.
found = Badges trouvés :
found_none = Aucun badge ne correspond. Retirez un filtre, ou tapez le début d’un mot.
show_more = En montrer plus
sort = Ordre
sort_issuer = par émetteur
sort_name = par nom
sort_recent = du plus récent
can_be_requested = se demande
pages = Pages de la liste
facet_issuer = Émetteur
facet_kind = Sorte
facet_tag = Mot-clé
facet_level = Niveau
facet_language = Langue
facet_territory = Territoire
all = Tout
by_tag = Par mot-clé
tags = Mots-clés

# Un badge
criteria = Critères
evidence_expected = Ce qu’il faut montrer
request = Le demander
request_write = Écrire à l’émetteur
request_on = Le demander sur { $host }
since = Proposé depuis le
next_badges = Et ensuite
related_badges = Dans le voisinage
rule_all = { $of ->
    [one] À montrer
   *[other] Les { $of } points à montrer
  }
rule_at_least = { $n ->
    [one] Au moins un point à montrer sur { $of }
   *[other] Au moins { $n } points à montrer sur { $of }
  }
level = Niveau
level_title = Niveau { $id } : { $name }
level_reached = atteint
level_shown = cette page
levels = Les niveaux
scale_one = niveau { $low }
scale_range = niveaux { $low } à { $high }
alignment = Référentiels
holders = Celles et ceux qui le portent
holders_hint = Seules figurent ici les personnes qui l’ont demandé. Cette liste ne dit pas si leur badge vaut encore aujourd’hui.
holders_more = { $n ->
    [one] Et une autre personne.
   *[other] Et { $n } autres.
  }
holders_none = Personne n’a demandé à figurer ici. Par défaut, un badge n’est connu que de la personne qui l’a reçu et de celles à qui elle le montre.
facts = En bref
issued_by = Délivré par
validity = Durée
validity_for = Vaut { $duration } à partir de sa délivrance.
never_expires = Sans date de fin
text = Texte
version = version { $n }
version_current = en vigueur
version_frozen = Voici le texte tel que des badges l’ont figé ; il ne changera plus.
version_working = Aucun badge n’a encore été délivré sur ce texte ; il peut encore changer.
version_newer = Une version plus récente existe.
version_see_current = Voir la page du badge
creator = Conçu par
licence = Licence
check_class = Un badge délivré a sa propre page et ses propres fichiers, que chacun peut contrôler. Cette page-ci dit seulement ce qu’il reconnaît.
record_badgeclass = Classe de badge
record_achievement = Reconnaissance
record_issuer = Profil de l’émetteur
record_profile = Profil de l’émetteur
record_did = Identité et clés
record_status = Liste des badges retirés
record_ob2 = Open Badges 2.0
record_ob3 = Open Badges 3.0
record_did_note = did:web
record_status_note = Bitstring Status List

# Un émetteur
issuer = Émetteur
identity = Son identité
domain_hint = Un nom se copie, un domaine non : c’est au domaine que l’on reconnaît l’émetteur.
issuer_badges = Ses badges
issuer_no_badges = Aucun badge pour le moment.
keys = Clés de signature
keys_hint = Chaque badge est signé. Voici les clés publiques qui permettent de le contrôler.
keys_none = Aucune clé n’est encore publiée : cet émetteur n’a encore rien signé.
key_active = en service
key_retired = retirée
key_revoked = révoquée
key_active_sentence = En service depuis le { $created }.
key_retired_sentence = En service du { $created } au { $until } ; ce qu’elle a signé reste bon.
key_revoked_sentence = Créée le { $created }, révoquée le { $until } : rien de ce qu’elle a signé ne compte.

# Un badge délivré
award_eyebrow = Badge délivré
award_title = { $badge } – { $holder }
statement_holder = { $issuer } a délivré ce badge à { $holder } le { $date }.
statement = { $issuer } a délivré ce badge le { $date }.
recognises = Ce que ce badge reconnaît
evidence = Ce qui a été vu
evidence_file = Ouvrir le fichier { $name }
evidence_page = Voir sur { $host }
evidence_image = Image jointe comme preuve, sans description
genre_photo = Photo
genre_text = Récit
genre_link = Lien
genre_video = Vidéo
genre_audio = Enregistrement
holder = Délivré à
holder_hidden = Nom non affiché
holder_matches = Ce nom vient du lien que vous avez ouvert, et il correspond à l’empreinte inscrite dans ce badge.
holder_differs = Le nom du lien que vous avez ouvert ne correspond pas à ce badge.
role = Fonction
issued_on = Délivré le
expires_on = Jusqu’au
renews = Fait suite à
renewed_by = Suivi de
award_of = badge du { $date }
recipient_email = Le badge est lié à une adresse de courriel. Elle n’est pas publiée : seule l’est une empreinte, que la personne peut faire reconnaître.
recipient_did = Le badge est lié à un identifiant que la personne détient.
recipient_url = Le badge est délivré à une organisation :
recipient_opaque = Le badge n’est lié à aucune adresse ni à aucun nom publiés.
signed_again = L’émetteur a signé ce badge de nouveau le { $date }. Une image ou un fichier d’avant est refusé à la vérification : reprenez-le ici.
withdrawn_title = Badge retiré.
withdrawn_on = L’émetteur l’a retiré le { $date }.
withdrawn_because = L’émetteur l’a retiré le { $date } : { $reason }.
replaced_by = Voir le badge qui le remplace
reason_error = délivré par erreur
reason_superseded = remplacé par un autre
reason_holder_request = à la demande de la personne
reason_criteria_not_met = critères non tenus
reason_term_ended = fin du mandat ou de la période
reason_other = autre raison
starts_in = { $n ->
    [0] commence aujourd’hui
    [1] pas encore valable : commence demain
   *[other] pas encore valable : commence dans { $n } jours
  }
ends_in = { $n ->
    [0] expire aujourd’hui
    [1] expire demain
   *[other] expire dans { $n } jours
  }
ended_since = { $n ->
    [0] expiré depuis aujourd’hui
    [1] expiré depuis hier
   *[other] expiré depuis { $n } jours
  }
verify_now = Vérifier maintenant
qr = Code QR de l’adresse de cette page
paper = Cette feuille ne prouve rien à elle seule : contrôlez le badge à son adresse.
paper_story = Les critères et les preuves sont à la même adresse.
paper_received = a reçu le badge
paper_qr = Code QR de l’adresse du badge
paper_record = Le badge signé, Open Badges 3.0
print = Pour le papier, imprimez cette page : elle tient sur une feuille A4.
preview_alt = { $badge }, badge délivré par { $host }

# Partager
share = Partager
share_lede = Rien n’est envoyé à personne avant que vous n’appuyiez.
share_withdrawn = Ce badge est retiré : il n’est plus proposé pour les profils ni pour les réseaux. Son lien reste, et dit ce qu’il en est.
share_link = Lien de cette page
share_own_link = Votre lien, avec le nom
share_own_hint = Qui ouvre ce lien voit le nom. Ce site ne le reçoit jamais.
share_system = Envoyer…
share_mail = Par courriel
share_fediverse = Sur le Fediverse (Mastodon…)
share_bluesky = Sur Bluesky
share_facebook = Sur Facebook
share_linkedin = Ajouter au profil LinkedIn
share_linkedin_hint = LinkedIn ne remplit pas toujours son formulaire. Voici de quoi le remplir vous-même.
field_name = Nom
field_organisation = Organisme
field_issued = Délivré en
field_expires = Expire en
field_id = Identifiant
field_url = Adresse
copy = Copier
copied = Copié
embed = Montrer sur un autre site
embed_frame = Dans un cadre
embed_picture = L’image seule
embed_link = Voir ce badge et le vérifier
check_title = Vérifier
check_honest = Cette page dit ce qui a été délivré, et quand. Elle ne dit pas si le badge vaut encore aujourd’hui : seul un contrôle fait maintenant le dit.
check_command = Téléchargez l’image ci-dessous, puis :
check_command_file = Téléchargez le fichier signé ci-dessous, puis :
check_more = Comment vérifier un badge
take_title = Emporter
file_png = Image PNG
file_svg = Image SVG
file_ob3 = Fichier signé
file_ob2 = Fiche hébergée
file_both_note = contient le badge, Open Badges 2.0 et 3.0
file_picture_note = image seule : le badge est retiré
file_status = Liste des badges retirés
file_status_note = signée par l’émetteur

# Vérifier
verify_title = Vérifier un badge
verify_lede = Une page peut dire n’importe quoi, celle d’un badge aussi. Un badge se contrôle, sans nous croire sur parole.
verify_questions = Cinq questions
question_issuer = Vient-il vraiment de ce domaine ?
question_issuer_how = Le badge nomme son émetteur par une adresse. On y lit ses clés ; la signature doit être faite par l’une d’elles.
question_integrity = Est-il intact ?
question_integrity_how = La signature couvre chaque mot du badge, l’image et les fichiers de preuve. Une virgule changée, et elle ne correspond plus.
question_dates = Est-il en cours ?
question_dates_how = Un badge peut avoir un début et une fin. C’est à la date du contrôle de le dire, pas à cette page.
question_status = A-t-il été retiré ?
question_status_how = L’émetteur publie une liste signée des badges retirés. Le contrôle la lit au moment où il est fait.
question_person = Est-ce bien celui de cette personne ?
question_person_how = Si le badge est lié à une adresse, demandez-la à la personne : le contrôle la compare à l’empreinte, sans la publier.
verify_unknown = À chaque question, trois réponses possibles : oui, non, ou « pas pu contrôler ». La dernière n’est ni un oui ni un non.
verify_command = Avec la commande accolade
verify_command_how = Téléchargez l’image du badge depuis sa page. Le badge est dedans.
verify_command_recipient = prenom.nom@exemple.fr
verify_others = Avec un autre outil
verify_others_how = Les badges suivent deux normes ouvertes. Tout outil qui lit l’une d’elles peut contrôler l’image, ou l’un de ces fichiers, en ligne à côté de la page de chaque badge :
verify_ob2 = Open Badges 2.0, fiche hébergée :
verify_ob3 = Open Badges 3.0, fichier signé :
verify_not = Ce qu’un contrôle ne dit pas
verify_not_how = Il dit qui a délivré le badge, et qu’on ne l’a pas modifié. Il ne dit pas si l’émetteur est sérieux : lisez les critères, les preuves, et demandez-vous si vous faites confiance à ce domaine.

# La page qui vérifie, telle que son script la dit
checker_drop = Déposez ici l’image d’un badge.
checker_drop_how = PNG ou SVG, telle que téléchargée ; un fichier JSON aussi. Elle reste sur votre appareil.
checker_choose = Choisir un fichier
checker_scan = Lire un code QR
checker_scan_stop = Arrêter la caméra
checker_scanning = Montrez le code QR à la caméra.
checker_scan_failed = La caméra n’a pas pu être utilisée.
checker_paste = Ou collez l’adresse du badge, son texte JSON ou son jeton signé
checker_person = Adresse de courriel de la personne (facultatif)
checker_person_how = Elle est comparée ici, dans votre navigateur. Elle n’est envoyée à personne.
checker_start = Vérifier
checker_nothing = Rien à vérifier pour l’instant : déposez une image, ou collez une adresse.
checker_working = Vérification en cours…
checker_failed = La vérification s’est interrompue. Rechargez la page et recommencez.
checker_insecure = Ce navigateur ne sait pas vérifier une signature sur cette page : ouvrez-la en https, ou dans un navigateur récent.
checker_ask_title = Interroger {$host} ?
checker_ask = Pour répondre, cette page doit lire des documents chez {$host}. Cet hôte verra qu’on les lit ; il ne recevra ni l’image déposée, ni l’adresse de courriel tapée.
checker_ask_yes = Interroger {$host}
checker_ask_no = Ne pas l’interroger
checker_valid = Ce badge est valable
checker_invalid = Ce badge n’est pas valable
checker_unknown = Impossible de conclure
checker_valid_how = Chaque question posée a reçu un oui, à l’instant.
checker_copy = Vérifié sur une copie à {$host}
checker_copy_how = Les clés et les listes ont été lues à {$host}, et non chez {$name}. Cela montre comment la vérification se passe, pas que le badge est valable.
checker_yes = Oui
checker_yes_copy = Oui, d’après la copie
checker_no = Non
checker_not_checked = Pas vérifié
checker_not_asked = Non demandé
checker_issuer = Domaine qui s’en porte émetteur
checker_letters = Ce nom de domaine contient des lettres qui peuvent en imiter d’autres : lisez-le de près.
checker_said = Se présente comme « {$name} ».
checker_awarded = Délivré le {$date}
checker_expires = Jusqu’au {$date}
checker_limits = Ce que cela ne prouve pas :
checker_value = Valeur :
checker_answers = Les cinq réponses
checker_notes = Remarques
checker_documents = Ce qui a été lu
checker_documents_how = Empreintes SHA-256 des documents, tels que reçus.
checker_document_copy = copie lue à {$host}
checker_document_led = réponse donnée par {$host}
checker_document_bytes = {$n} octets
checker_document_none = non obtenu
checker_at = Vérifié le {$date}, dans ce navigateur.
checker_at_function = Réponse donnée par {$host}, le {$date}.
checker_second = Ce badge porte une autre signature ({$what}), que cette page ne vérifie pas. La fonction de vérification ou la commande accolade verify la vérifient.
checker_further = Pour aller plus loin, donnez le badge à la commande accolade verify.
checker_function = Demander à {$host}
checker_function_how = Cette page n’a pas pu tout vérifier. {$host} peut le faire : le badge lui sera envoyé ; l’adresse de courriel tapée, non.
checker_function_failed = {$host} n’a pas donné de réponse utilisable.
checker_offline = Sans réseau, ni clés ni listes ne peuvent être lues : rien ne sera déclaré valable.
checker_unreadable = Le navigateur n’a pas pu lire cet hôte. Il est peut-être injoignable, ou ne permet pas aux pages d’autres sites de le lire.
checker_print = Imprimer
checker_again = Vérifier un autre badge

# Autres pages
awards_title = Les badges délivrés
awards_lede = Chaque badge délivré a sa propre page. La plupart ne sont connues que de la personne qui a reçu le badge : il n’y en a donc pas de liste ici.
not_found_title = Cette page n’existe pas
not_found_lede = L’adresse est peut-être incomplète, ou la page a changé de place.
not_found_badge = Si vous cherchiez un badge délivré, reprenez le lien en entier : il se termine par vingt-six lettres et chiffres, puis une barre.
tombstone_title = Ce badge n’est plus publié
tombstone_lede = Il a été effacé le { $date }. Il n’en reste rien ici.
tombstone_how = Un badge effacé ne peut plus être contrôlé. Cela ne dit rien de la personne qui l’avait reçu.
