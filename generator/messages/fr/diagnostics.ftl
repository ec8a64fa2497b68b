# Ce que dit `accolade check` : un message par code. `.label` est écrit sous l’extrait, `.help` dit quoi faire, et `.why`
# est le paragraphe de docs/diagnostics.md.

severity-error = erreur
severity-warning = attention
severity-help = aide
did-you-mean = vouliez-vous écrire `{ $suggestion }` ?
diagnostics-count =
    { $errors ->
        [0] aucune erreur
        [one] une erreur
       *[other] { $errors } erreurs
    }, { $warnings ->
        [0] aucun avertissement
        [one] un avertissement
       *[other] { $warnings } avertissements
    }{ $files ->
        [0] {""}
        [one] , dans un fichier
       *[other] , dans { $files } fichiers
    }
diagnostics-left-out =
    { $count ->
        [one] une autre n’est pas montrée
       *[other] { $count } autres ne sont pas montrées
    }

## Fichiers

file-missing = le fichier `{ $file }` n’existe pas
    .help = écrivez-le, ou retirez ce qui en a besoin
    .why = Certains fichiers sont obligatoires : un émetteur a un `issuer.yaml`, une classe a un `badge.yaml` et un `criteria.md` dans la langue par défaut, une version figée a son `image.png`.
file-unreadable = le fichier ne peut pas être lu : { $reason }
    .help = regardez ses permissions
    .why = Le système refuse d’ouvrir le fichier, ou quelque chose dans le dépôt nomme un chemin qui en sort.
file-too-big = le fichier dépasse { $most } ko
    .help = raccourcissez-le ou partagez-le en plusieurs
    .why = Chaque fichier a une limite, pour qu’une erreur ou une demande de fusion venue d’ailleurs ne remplisse pas la machine qui construit le site.
file-not-utf8 = le fichier n’est pas un texte UTF-8, à partir de l’octet { $offset }
    .help = enregistrez-le de nouveau avec l’encodage UTF-8
    .why = Les textes sont en UTF-8. De vieux éditeurs sous Windows enregistrent les accents autrement.
file-is-link = le fichier est un lien symbolique, et les liens ne sont pas suivis
    .help = mettez ici le fichier lui-même
    .why = Un lien pourrait mener hors du dépôt, et certains systèmes en font un fichier texte. Ce qui est publié doit être dans l’arbre.
file-name = le nom `{ $name }` ne peut pas faire partie d’une adresse
    .help = utilisez des minuscules sans accent, des chiffres et des traits d’union simples, comme `accueil-benevole`
    .why = Les noms des dossiers et des pages entrent dans des adresses signées et imprimées ; ils s’en tiennent aux caractères que tout programme lit pareil. Le numéro d’une version figée est le nom entier de son dossier.
file-case = seules des majuscules et des minuscules distinguent ce nom de `{ $other }`
    .help = renommez l’un des deux
    .why = Sous Windows et macOS, ces deux noms sont le même : une copie du dépôt y perdrait l’un des fichiers, et certains hébergeurs serviraient l’un à la place de l’autre.
file-unused = rien ne lit le fichier `{ $name }`
    .help = corrigez son nom ou sa place, ou supprimez-le
    .why = Un nom mal écrit laisserait le fichier hors du site en silence. Les fichiers `README` et `LICENSE` peuvent être partout.

## YAML

yaml-broken =
    { $problem ->
        [tab] une tabulation indente cette ligne, et YAML veut des espaces
        [bracket] ce crochet ou cette accolade n’est pas fermé, ou l’est par un autre signe
        [quote] ce guillemet n’est pas fermé, ou quelque chose le suit
        [escape] cet échappement n’est pas connu de YAML
        [indentation] cette ligne commence à une colonne qui ne correspond à rien au-dessus
        [key] il manque deux-points et une espace après cette clé
        [colon] ce texte contient deux-points, et YAML prend ce qui précède pour une clé
       *[other] à partir d’ici, le texte n’est plus du YAML
    }
    .help =
        { $problem ->
            [tab] remplacez la tabulation par des espaces
            [quote] fermez le guillemet sur la même ligne, ou écrivez le texte sans guillemets
            [escape] écrivez le texte entre apostrophes, où une barre oblique inverse n’est qu’elle-même
            [key] écrivez `clé: valeur` ; un texte sur plusieurs lignes s’écrit entre guillemets
            [colon] écrivez le texte entre guillemets : "comme : ceci"
           *[other] comparez avec les lignes au-dessus : même profondeur, même nombre d’espaces
        }
    .why = Le fichier ne se lit pas comme du YAML. Rien d’autre n’y est vérifié tant que ce n’est pas réparé.
yaml-unsupported =
    { $problem ->
        [alias] les ancres, les alias et les fusions ne s’utilisent pas ici
        [tag] les étiquettes et les directives ne s’utilisent pas ici
        [second-document] un second document commence ici
        [complex-key] une clé doit être un texte
       *[too-deep] les niveaux s’emboîtent ici trop profondément
    }
    .help =
        { $problem ->
            [alias] écrivez la valeur en entier ; un texte qui commence par `&` ou `*` s’écrit entre guillemets
            [tag] retirez-la ; un texte qui commence par `!` ou `%` s’écrit entre guillemets
            [second-document] un fichier est un seul document : supprimez la ligne `---`
           *[other] écrivez-le comme le montrent les formats
        }
    .why = Nos fichiers n’utilisent qu’une petite partie de YAML : un fichier dit une chose, à un endroit, et ne peut pas grossir pendant qu’on le lit.
yaml-duplicate-key = la clé `{ $key }` est écrite ici une seconde fois
    .help = gardez l’une des deux
    .why = Deux lecteurs pourraient prendre deux valeurs différentes ; une clé n’est donc écrite qu’une fois.

## Clés et valeurs

unknown-key = la clé `{ $key }` n’est pas connue ici
    .label = clé inconnue
    .help = connues ici : { $known }
    .why = Une clé mal écrite serait ignorée en silence ; les clés inconnues sont donc des erreurs.
missing-key = il manque la clé `{ $key }`
    .label = `{ $key }` a sa place à côté de ceci
    .help = ajoutez une ligne `{ $key }: …`
    .why = Certaines clés sont obligatoires. Les formats disent lesquelles.
wrong-type =
    { $wanted ->
        [map] il faut ici des clés et des valeurs
        [list] il faut ici une liste
       *[text] il faut ici un texte
    }
    .label =
        { $found ->
            [map] ce sont des clés et des valeurs
            [list] c’est une liste
            [nothing] rien n’est écrit
           *[text] c’est un texte
        }
    .help =
        { $wanted ->
            [map] écrivez les clés sur les lignes suivantes, ou {"{"} clé: valeur {"}"}
            [list] écrivez [un, deux], ou une ligne avec un tiret pour chacun
           *[text] écrivez un mot ou une phrase ; retirez la clé s’il n’y a rien à dire
        }
    .why = Une liste se trouve là où il faudrait un texte, ou l’inverse, ou rien n’est écrit après les deux-points.
unknown-value = `{ $value }` n’est pas un des mots connus ici
    .help = connus ici : { $known }
    .why = La valeur est un mot d’une liste fermée.
list-empty = la liste est vide
    .help = nommez au moins une chose, ou retirez la clé
    .why = Certaines listes n’ont pas de sens sans rien dedans : les langues d’un site, les points d’une règle.
number-range = `{ $value }` n’est pas un nombre entier de { $least } à { $most }
    .help = n’écrivez que des chiffres
    .why = Une version, un niveau ou une place dans le menu sont des nombres entiers, dans un intervalle.
text-length =
    { $length ->
        [0] le texte est vide
       *[other] le texte a { $length } caractères, et { $most } sont permis
    }
    .help =
        { $length ->
            [0] dites quelque chose, ou retirez-le
           *[other] restez bref ; la longue prose a sa place dans un fichier Markdown
        }
    .why = Un texte présent dit quelque chose, et reste assez court pour être montré.
slug-form = `{ $value }` ne peut pas être un nom court
    .help = utilisez des minuscules sans accent, des chiffres et des traits d’union simples, 64 au plus, comme `accueil-benevole`
    .why = Les noms courts deviennent des noms de fichiers et des parties d’adresses.
address-form = `{ $value }` n’est pas une adresse
    .help = écrivez-la en entier, avec `https://`
    .why = Les adresses sont complètes, parce que les badges se lisent loin du site.
email-form = `{ $value }` n’est pas une adresse de courriel
    .help = écrivez une adresse, comme `bonjour@estran.example`
    .why = Open Badges 2.0 exige une adresse publique de l’émetteur.
date-form =
    { $problem ->
        [calendar] `{ $value }` n’est pas un jour du calendrier
       *[form] `{ $value }` n’est pas une date
    }
    .help =
        { $problem ->
            [calendar] comptez les jours de ce mois ; une date s’écrit année, mois, jour
           *[form] écrivez un jour comme `2026-03-12`, ou un moment avec son fuseau comme `2026-03-12T09:00:00Z`
        }
    .why = Un jour seul commence à 00:00:00Z ; un `expires` seul finit à 23:59:59Z de ce jour. Une heure sans fuseau dirait autre chose ailleurs.
duration-form = `{ $value }` n’est pas une durée
    .help = écrivez des années, des mois, des semaines ou des jours, comme `P3Y`, `P18M` ou `P90D`
    .why = Les durées s’écrivent comme dans ISO 8601, en jours entiers ou plus.
award-id-form = `{ $value }` n’est pas l’identifiant d’une attribution
    .help = un identifiant a 26 caractères parmi `0-9` et `a-z` sans `i`, `l`, `o`, `u` ; laissez `accolade award` le faire
    .why = Les identifiants sont 128 bits tirés au hasard et n’ont qu’une écriture. Un fichier sous `assertions`, `revocations` ou `tombstones` porte le nom de l’un d’eux.
language-form = `{ $value }` n’est pas l’étiquette d’une langue
    .help = écrivez `fr`, `en-GB` ou `zh-Hant` : la casse compte
    .why = Open Badges 3.0 vérifie la casse des étiquettes de langue.
unknown-language = le site n’a pas la langue `{ $value }`
    .help = ses langues sont { $known } ; on en ajoute dans `accolade.yaml`
    .why = Les textes et les fichiers sont écrits dans les langues que liste `accolade.yaml`.
language-missing = le texte n’existe pas dans la langue par défaut, `{ $lang }`
    .help = ajoutez-le en `{ $lang }`
    .why = Chaque texte existe dans la langue par défaut, à laquelle les autres langues ont recours.
translation-missing = le texte n’existe pas en `{ $lang }`
    .help = ajoutez-le en `{ $lang }`, ou laissez ainsi : on lira la langue par défaut
    .why = La page existe dans cette langue et montre ce texte dans une autre.

## accolade.yaml

base-url-form =
    { $problem ->
        [not-https] `{ $value }` ne commence pas par `https://`
        [final-slash] `{ $value }` finit par une barre oblique
        [port-or-user] `{ $value }` nomme un port ou un utilisateur
        [host] `{ $value }` ne nomme pas un hôte en minuscules
       *[path] le chemin de `{ $value }` a un caractère que des validateurs refusent
    }
    .help = écrivez `https://badges.example.org` ou `https://example.org/badges`
    .why = L’adresse du site fait partie de chaque identifiant qu’il signe ; elle s’en tient à la forme que tout validateur sait aller chercher.
base-url-abandoned =
    { $awards ->
        [one] { $awards } attribution a été scellée sous { $base }, que rien ici ne nomme plus
       *[other] { $awards } attributions ont été scellées sous { $base }, que rien ici ne nomme plus
    }
    .help = ajoutez `former_base_urls: [{ $base }]`, ou remettez l’ancienne adresse
    .why = L’adresse du site est signée dans chaque badge et ne peut pas y être changée. Un site qui déménage garde l’ancienne adresse dans `former_base_urls` : `accolade build` en produit aussi les fichiers, à servir là-bas.
format-version = les fichiers sont écrits pour la version `{ $value }` des formats, et ce programme lit la version { $version }
    .help = écrivez `version: { $version }`, ou prenez le programme qui lit l’autre
    .why = La version permet à un vieux programme de dire qu’il est trop vieux, au lieu de mal lire un nouveau fichier.
unknown-theme = il n’y a pas de thème `{ $theme }`
    .help = faites le dossier `themes/{ $theme }/`, ou écrivez `theme: default`
    .why = Un thème est un dossier sous `themes/` ; `default` est fourni.

## Émetteurs et clés

unknown-issuer = il n’y a pas d’émetteur `{ $issuer }`
    .help =
        { $count ->
            [0] un émetteur est un dossier sous `badges/issuers/`, et il n’y en a aucun
           *[other] un émetteur est un dossier sous `badges/issuers/` : { $known }
        }
    .why = Une classe ou une pierre tombale nomme l’émetteur à qui elle appartient.
key-name = `{ $name }` n’est pas le nom d’une clé
    .help = nommez les fichiers `k1.yaml`, `k2.yaml` …
    .why = Le nom du fichier est le nom court de la clé dans les commandes.
key-form = `{ $value }` n’est pas une clé ou une signature Ed25519 en Multibase
    .help = copiez-la depuis `accolade keygen` : une clé publique commence par `z6Mk`
    .why = Une clé publique s’écrit en Multikey, une signature en Multibase.
key-introducer =
    { $problem ->
        [unknown] cet émetteur n’a pas d’autre clé `{ $kid }`
       *[proof] `{ $kid }` n’a pas signé cette introduction
    }
    .help =
        { $problem ->
            [unknown] nommez la clé qui a signé celle-ci, ou écrivez `recovery: {"{"} reason: … {"}"}`
           *[proof] laissez `accolade keygen` écrire l’introduction
        }
    .why = Une nouvelle clé est introduite par une clé qui était déjà là et signe pour elle ; qui peut écrire des fichiers mais n’a pas de clé ne peut donc pas en ajouter.
key-dates = la clé finit avant de commencer
    .help = comparez `{ $key }` avec `created`
    .why = Une clé est retirée ou révoquée après avoir été faite.
key-shared = c’est aussi la clé de `{ $other }`
    .help = faites une nouvelle clé avec `accolade keygen`
    .why = Deux fichiers pour une clé pourraient en dire deux choses.
key-removed =
    { $problem ->
        [changed] `{ $kid }` était une autre clé publique
       *[gone] la clé publique `{ $kid }` n’est plus là
    }
    .help = `git checkout { $revision } -- { $file }` la ramène ; une clé qui ne sert plus reçoit une ligne `retired:`, une clé volée se déclare avec `accolade reseal --key { $kid }`
    .why = Sans la clé publique, personne ne peut plus vérifier ce qu’elle a signé. Elle reste pour toujours, active, retirée ou révoquée.
key-restored = `{ $kid }` était révoquée, et ne l’est plus
    .help = remettez la ligne `revoked:` ; faites une autre clé avec `accolade keygen`
    .why = Une clé déclarée compromise le reste : qui l’a volée pourrait sinon signer de nouveau.

## Classes

frozen-version-changed = la version { $version } est figée, et son `{ $key }` a changé
    .label = diffère de versions/{ $version }/
    .help = remettez ce qui était là, ou écrivez `version: { $next }` pour ce qui est nouveau : les anciennes attributions gardent l’ancien texte
    .why = Dès qu’une attribution nomme une version d’une classe, le sens de cette version ne change plus.
frozen-version-missing = la version { $version } de `{ $class }` a des attributions scellées, et personne n’a gardé ses textes
    .help = reprenez `badges/classes/{ $class }/versions/{ $version }/` dans l’historique du dépôt
    .why = Le dossier `versions/` contient ce que veut dire une attribution scellée. `accolade seal` l’écrit ; on l’enregistre avec les attributions.
class-version-behind = la classe en est à la version { $current }, et la version { $last } est déjà figée
    .help = écrivez `version: { $last }` ou un nombre plus grand
    .why = Les versions ne font que grandir.
frozen-version-disagrees = la version { $version } de `{ $class }` ne dit pas ce que cette attestation a signé
    .help = reprenez `badges/classes/{ $class }/versions/{ $version }/` dans l’historique du dépôt
    .why = L’Achievement publié est fait de la version figée et doit être celui de chaque attestation scellée. Un référentiel réécrit sous une version figée se voit aussi ici.
frozen-file-changed =
    { $problem ->
        [gone] ce fichier d’une version figée n’est plus là
       *[changed] ce fichier d’une version figée a changé
    }
    .help = `git checkout { $revision } -- { $file }` le ramène ; pour dire autre chose, `accolade version` ouvre la version suivante
    .why = Le dossier `versions/` contient les textes et les images exacts que des attestations ont signés. On y ajoute une version, on n’en change aucune.
unknown-framework = il n’y a pas de référentiel `{ $framework }`
    .help = un référentiel est un fichier `badges/frameworks/{ $framework }.yaml`
    .why = `alignment` nomme un référentiel du dépôt, ou écrit en entier `name` et `url`.
unknown-framework-code = le référentiel `{ $framework }` n’a pas de code `{ $code }`
    .help = regardez dans `badges/frameworks/{ $framework }.yaml`
    .why = Le code doit être celui d’un des points du référentiel.
duplicate-id = `{ $id }` est déjà dans cette liste
    .help = chaque chose de la liste a son propre identifiant
    .why = Les identifiants distinguent les choses d’une même liste.

## Critères et niveaux

criteria-too-many =
    { $count ->
        [one] il en faut plus que le seul point présent
       *[other] il en faut plus que les { $count } points présents
    }
    .help = baissez `at_least`, ou retirez-le si tous les points sont nécessaires
    .why = `at_least` est le nombre de points qu’une personne doit remplir.
unknown-criterion = `{ $class }` n’a pas de critère `{ $id }`
    .help = elle a { $known }
    .why = `criteria_met` nomme des points de la classe, dans la version attribuée.
criteria-too-few = { $met } critères sont remplis, et la classe en demande { $needed }
    .help = nommez les autres, ou n’attribuez pas
    .why = Une attribution remplit au moins autant de points que sa classe en demande.
level-required = la classe a des niveaux, et l’attribution n’en nomme aucun
    .help = ajoutez `level:` avec un de { $known }
    .why = Une classe à niveaux s’attribue à l’un de ses niveaux.
level-forbidden = la classe n’a pas de niveaux
    .help = retirez `level`
    .why = Un niveau n’a de sens que si la classe dit ce qu’il est.
level-requires = le niveau { $level } demande d’abord le niveau { $first }, qui n’est pas un niveau précédent de cette échelle
    .help = nommez un niveau de ce badge inférieur à { $level }, ou retirez `requires`
    .why = Une échelle se monte par le bas : un niveau peut en demander un qui le précède.
unknown-page = il n’y a pas de page `{ $page }`
    .label = absente de `site-content/`
    .help = nommez une page de `site-content/` sans sa terminaison, comme `demander` pour `site-content/demander.md`
    .why = La page qui dit comment un badge se demande est une page du site.
unknown-level = la classe n’a pas de niveau { $level }
    .help = elle a { $known }
    .why = Le niveau est un de ceux de la version attribuée.

## Images

image-missing = l’image `{ $file }` n’existe pas
    .label = pas dans ce dossier
    .help = mettez le fichier à côté de celui-ci
    .why = Une image se trouve à côté du fichier qui la nomme.
image-unknown = `{ $file }` n’est pas une image qui peut porter un badge
    .label = { $reason }
    .help = enregistrez l’image en PNG ou en SVG ; changer son nom ne suffit pas
    .why = Les badges sont portés par des images PNG et SVG. Les octets décident, pas le nom.
image-without-alt = l’image n’a pas de mots pour qui ne la voit pas
    .label = ajoutez `alt` à côté de ceci
    .help = dites dans `alt` ce que montre l’image, en une phrase
    .why = Les badges se lisent aussi à voix haute.
image-not-square = l’image fait { $width } de large et { $height } de haut, et les badges sont carrés
    .help = dessinez-la dans un carré
    .why = Les sacs et les portefeuilles montrent les badges dans un carré ; ils couperaient ou étireraient l’image.
image-size = l’image fait { $side } pixels et { $kibibytes } ko
    .help = les sacs acceptent des images de { $side_least } à { $side_most } pixels et des fichiers de { $kibibytes_most } ko au plus
    .why = Certains sacs refusent de plus grandes images, et l’image voyage avec chaque badge.
image-unsafe =
    { $what ->
        [element] une image de badge n’a pas d’élément `{ $name }`
        [event] l’attribut `{ $name }` lancerait un script
        [reference] l’image renvoie à `{ $name }`, hors d’elle-même
        [style] le style utilise `{ $name }`
        [animation] une animation change `{ $name }`
        [instruction] une image de badge n’a pas d’instruction `{ $name }`
        [root] `<svg` est trop loin du début du fichier
       *[broken] le dessin ne peut pas être lu jusqu’au bout
    }
    .help = exportez le dessin en SVG simple
    .why = L’image s’ouvre dans les navigateurs d’inconnus. Elle ne doit rien lancer, et rien aller chercher.
image-text = le dessin a des lettres, différentes d’une machine à l’autre
    .label = un élément `<text>`
    .help = changez le texte en chemins dans le logiciel de dessin
    .why = L’image est aussi publiée en PNG. Aucune police ne sert pour cela ; ainsi le même commit donne partout les mêmes pixels.
colour-form = `{ $value }` n’est pas une couleur
    .help = écrivez `#` et six chiffres ou lettres de a à f, entre guillemets, comme "#0b5c6d"
    .why = Les couleurs s’écrivent comme sur le web, avec leurs six chiffres, pour que tout le monde lise la même.
design-contrast = l’encre { $ink } sur le fond { $ground } a un contraste de { $contrast }
    .label = se voit mal sur le fond
    .help = prenez une couleur plus claire ou plus foncée : il faut au moins { $least }
    .why = Un badge se regarde en petit, dans un sac, sur un téléphone, au soleil. Ce qui est dessiné doit se détacher du fond (WCAG 2.2, niveau AA).
design-letters = la police n’a pas de lettre pour { $missing }
    .help = écrivez le texte avec d’autres lettres, retirez-le, ou dessinez l’image vous-même et nommez-la avec `file`
    .why = On emploie la police livrée avec le programme, pour que l’image soit la même sur toutes les machines. Elle a le latin, le grec et le cyrillique.
design-text = le texte ne tient pas sur le badge
    .help = prenez un mot plus court, de { $most } caractères au plus ; le nom du badge est de toute façon écrit à côté de l’image
    .why = Des lettres trop petites ne se lisent pas là où l’on montre les badges.

## Attributions

unknown-class = il n’y a pas de classe `{ $class }`
    .help =
        { $count ->
            [0] une classe est un dossier sous `badges/classes/`, et il n’y en a aucun
           *[other] une classe est un dossier sous `badges/classes/` : { $known } ; une classe qui a des attributions garde son nom
        }
    .why = Une attribution nomme sa classe. Une classe qui a des attributions ne peut pas être supprimée.
unknown-version = `{ $class }` n’a pas de version { $version }
    .help = elle a { $known }
    .why = Une attribution nomme une version de sa classe.
class-language = la classe n’est pas écrite en `{ $lang }`
    .help = elle est écrite en { $known } ; une traduction est un fichier `criteria.{ $lang }.md`
    .why = La langue d’une attribution est celle des textes signés.
duplicate-award = cette attribution est déjà là, dans `{ $first }`
    .help = supprimez l’une des deux
    .why = Un identifiant est une attribution, dans un fichier.
unknown-award = il n’y a pas d’attribution `{ $id }`
    .help = une attribution est un fichier sous `badges/assertions/`
    .why = Un renouvellement, un retrait ou un remplacement nomme une attribution présente.
expires-before-awarded = l’attribution finit avant de commencer
    .help = comparez `expires` avec `awarded`
    .why = Une attribution compte pendant un temps.
recipient-form =
    { $what ->
        [hash] l’empreinte n’est pas `sha256$` et 64 chiffres
        [salt] le sel est trop court ou trop long
        [did] ce n’est pas un `did:`
       *[uuid] ce n’est pas un `urn:uuid:` en minuscules
    }
    .help = laissez `accolade award` écrire le destinataire
    .why = Ce qui est signé d’un destinataire a une seule forme. Un sel est neuf pour chaque attribution et contient 128 bits tirés au hasard.
evidence-form =
    { $problem ->
        [name] un fichier de preuve a un nom simple
        [draft] une attribution sans identifiant n’a pas encore de dossier pour des fichiers
       *[empty] cette preuve ne dit rien
    }
    .help =
        { $problem ->
            [name] utilisez des lettres, des chiffres, `.`, `_` et `-` ; le fichier est dans le dossier de l’attribution
            [draft] ôtez le fichier, ou attribuez en ligne de commande : `accolade award --evidence`
           *[empty] donnez-lui un `narrative`, un `url` ou un `file`
        }
    .why = Une preuve raconte, renvoie ou montre. Ses fichiers sont publiés sous leur nom.
evidence-missing = le fichier de preuve `{ $file }` n’existe pas
    .label = pas dans le dossier de cette attribution
    .help = mettez-le là ; son empreinte est signée
    .why = Les fichiers de preuve sont dans `badges/evidence/<id>/` et sont publiés avec l’attribution.
evidence-without-alt = l’image n’a pas de mots pour qui ne la voit pas
    .label = ajoutez `alt` à côté de ceci
    .help = dites dans `alt` ce que montre l’image, en une phrase
    .why = Les preuves se lisent aussi à voix haute.
award-changed = cette attribution est scellée, et son `{ $key }` a changé
    .help = `git checkout { $revision } -- { $file }` ramène ce qui a été décidé ; seuls `visibility` et `holder` peuvent changer. Pour corriger : `accolade revoke`, puis attribuez de nouveau
    .why = Ce qui a été décidé est signé. Le changer ferait dire à l’évènement autre chose qu’à l’attestation que la personne détient.
evidence-changed =
    { $problem ->
        [gone] cette preuve d’une attribution scellée n’est plus là
       *[changed] cette preuve d’une attribution scellée a changé
    }
    .help = `git checkout { $revision } -- { $file }` la ramène ; pour tout effacer, `accolade forget`
    .why = L’empreinte du fichier est signée dans l’attestation. Un autre fichier à sa place ferait douter du badge.
award-unsealed = l’attribution n’est pas scellée, donc pas sur le site
    .help = rien à corriger : `accolade seal` la signe, sur la branche où l’on scelle
    .why = Une attribution sur une branche attend sa signature. D’ici là elle n’est pas sur le site, et rien d’autre ne lui manque.
draft-name-taken = le dossier `{ $folder }` contient déjà une attribution de ce nom
    .help = donnez un autre nom à ce fichier ; s’il est revenu par une fusion, supprimez-le : son attribution est dans ce dossier
    .why = Un brouillon devient un dossier de son nom, dans l’année de l’attribution. Ainsi, un fichier qu’une fusion ramène n’est pas attribué deux fois.
draft-ending = `{ $name }` n’est pas lu : le nom d’un brouillon se termine par `.yaml`
    .help = renommez-le `{ $better }`
    .why = Un fichier au nom autrement terminé resterait où il est, et personne ne recevrait le badge.

## Fichiers scellés

sealed-without-event = cette attestation est scellée, et `{ $event }` n’est pas là
    .help = reprenez `{ $event }` dans l’historique ; pour oublier une attribution, utilisez `accolade forget`
    .why = Une attestation scellée se trouve à côté de l’évènement qu’elle scelle.
sealed-broken =
    { $problem ->
        [json] le fichier scellé n’est pas du JSON : { $reason }
       *[member] le fichier scellé n’a pas de bon `{ $reason }`
    }
    .help = reprenez le fichier dans l’historique ; les fichiers scellés ne s’éditent jamais
    .why = Un fichier scellé contient exactement les octets signés.
sealed-disagrees = l’attestation scellée dit autre chose de `{ $key }`
    .label = ce qui est scellé : `{ $sealed }`
    .help = remettez ce qui a été décidé ; une fois scellé, seuls `visibility` et `holder` peuvent changer
    .why = L’évènement et son attestation scellée sont une seule attribution. Quand l’un dit autre chose que l’autre, l’un des deux a été changé.
sealed-proof =
    { $problem ->
        [changed] le fichier scellé a été changé après sa signature
        [key] le fichier scellé est signé avec une clé que cet émetteur n’a pas
        [revoked] le fichier scellé est signé avec `{ $kid }`, qui est révoquée
        [no-proof] le fichier scellé ne porte pas une signature de chaque sorte
       *[other] la signature du fichier scellé ne peut pas être vérifiée : { $reason }
    }
    .help =
        { $problem ->
            [revoked] `accolade reseal --key { $kid }` signe de nouveau les vraies attributions
           *[other] reprenez le fichier dans l’historique ; les fichiers scellés ne s’éditent jamais
        }
    .why = Chaque fichier scellé est vérifié avec les clés publiques du dépôt ; un octet changé se voit ainsi avant que le site soit construit.
sealed-missing =
    { $kind ->
        [award] l’attestation scellée de `{ $id }` a été publiée, et n’est plus là
       *[other] ce fichier scellé a été publié, et n’est plus là
    }
    .help =
        { $kind ->
            [award] `git checkout { $revision } -- { $file }` la ramène ; pour effacer l’attribution pour de bon, `accolade forget { $id }`
           *[other] `git checkout { $revision } -- { $file }` le ramène
        }
    .why = Une attestation publiée ne disparaît pas en silence, et n’est jamais signée une seconde fois avec d’autres octets : la personne en a peut-être une copie. `accolade forget` l’efface et laisse une pierre tombale. L’historique de git est interrogé, aussi loin que cette copie du dépôt le connaît.
sealed-changed = ce fichier scellé a changé
    .help = `git checkout { $revision } -- { $file }` le ramène ; les fichiers scellés ne s’éditent jamais. Après le vol d’une clé, `accolade reseal` les signe de nouveau et garde les anciens octets
    .why = Un fichier scellé contient exactement les octets signés et publiés.
status-index-shared = l’attribution `{ $first }` a aussi la place { $index } dans la liste
    .help = supprimez le fichier scellé qui n’est pas encore publié, et scellez de nouveau
    .why = Retirer l’une des deux retirerait l’autre.
status-list-foreign = la liste est celle de `{ $found }`, pas celle de `{ $issuer }`
    .help = reprenez la liste de cet émetteur dans l’historique, ou laissez `accolade seal` la faire
    .why = Un émetteur retire ses propres attributions dans sa propre liste.
status-list-missing = `{ $issuer }` a des attributions scellées et pas de liste des attributions retirées
    .help = reprenez-la dans l’historique ; `accolade seal` l’écrit
    .why = Chaque attribution scellée renvoie à la liste de son émetteur. Sans elle, personne ne peut dire si l’attribution a été retirée.
status-bit-cleared =
    { $count ->
        [one] la liste ne retire plus un badge qu’elle retirait
       *[other] la liste ne retire plus { $count } badges qu’elle retirait
    }
    .help = `git checkout { $revision } -- { $file }` la ramène ; pour rendre un badge, attribuez-le de nouveau
    .why = Un retrait est définitif : des vérificateurs l’ont lu, et un badge qui revient à la vie ne se distinguerait pas d’une fraude.
status-list-older = la liste est datée du { $now }, et la précédente du { $before }
    .help = laissez `accolade seal` écrire la liste
    .why = Un vérificateur garde la liste la plus récente qu’il a vue. Une liste plus ancienne serait ignorée.
revocation-unsealed = le retrait n’est pas scellé, donc les vérificateurs ne le connaissent pas
    .help = `accolade seal` signe la liste, sur la branche où l’on scelle
    .why = Un retrait compte dès que la liste de l’émetteur le dit.
revocation-missing = la liste scellée retire cette attribution, et aucun fichier ne le dit
    .help = reprenez `badges/revocations/{ $id }.yaml` dans l’historique : un retrait publié est définitif. S’il n’a jamais été validé avec git, reprenez aussi la liste : `git checkout HEAD -- { $list }`
    .why = La liste est faite des fichiers sous `badges/revocations/`. On ne revient jamais sur un retrait ; on attribue de nouveau.

## Retirées et oubliées

tombstone-and-award = l’attribution `{ $id }` est oubliée et encore là
    .help = `accolade forget { $id }` la supprime ; sans la pierre tombale elle reste
    .why = Une pierre tombale est tout ce qui reste d’une attribution effacée.
tombstone-removed = la pierre tombale de `{ $id }` n’est plus là
    .help = `git checkout { $revision } -- { $file }` la ramène
    .why = La pierre tombale tient la place de l’attribution effacée : sans elle, le bit de la liste n’appartient plus à personne et les anciennes adresses ne répondent plus.

## Pages et adresses

front-matter-missing = la page ne commence pas par son titre
    .help = commencez par `---`, une ligne `title: …`, une ligne `description: …`, et `---`
    .why = Le titre et la description d’une page se trouvent en tête, entre deux lignes de trois tirets.
ledger-line = `{ $line }` n’est pas un chemin
    .help = une ligne est un chemin sans barre oblique au début, comme `badges/accueil-benevole/`
    .why = `urls.ledger` liste chaque chemin publié un jour. `accolade seal` l’écrit.
ledger-line-removed = la ligne `{ $path }` manque
    .help = `git checkout { $revision } -- badges/urls.ledger` la ramène
    .why = Le registre des adresses ne fait que grandir : une ligne ôtée laisserait disparaître une adresse publiée.
url-vanished = l’adresse `{ $path }` a été publiée et disparaîtrait
    .help = remettez ce qui s’y trouvait ; les adresses publiées le sont pour toujours
    .why = Les adresses sont signées dans les badges et imprimées sur papier.

## Ce qui ne doit pas être public

email-in-public-tree = une adresse de courriel se trouve dans l’arbre public
    .help = gardez les adresses dans le registre ; l’adresse publique d’un émetteur est dans son `issuer.yaml`
    .why = L’arbre sous `badges/` est publié. L’adresse d’une personne a sa place dans le registre, qui est privé. Elle n’est pas répétée ici, car les journaux peuvent aussi être publics.
register-in-public-tree = le registre est un dossier de ce dépôt public
    .label = le prochain commit le publierait
    .help = déplacez le registre hors du dépôt, ou écrivez `/{ $folder }/` dans `.gitignore` ; ce qui a déjà été validé reste dans l’historique
    .why = Le registre contient des noms et des adresses. Dans un dépôt que des inconnus peuvent lire, il ne doit faire partie ni d’un commit ni du site produit.
private-key-in-tree = une clé privée se trouve dans le dépôt
    .help = tenez-la pour volée : révoquez-la, faites-en une autre avec `accolade keygen`, et gardez celle-là hors du dépôt
    .why = Qui lit la clé peut signer au nom de l’émetteur, et git la garde pour toujours. Elle n’est pas répétée ici, car les journaux peuvent aussi être publics.
