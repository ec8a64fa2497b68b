# Les mots signés dans les badges, et servis pour toujours dans des documents qui ne changent pas.
# On ajoute des messages ; on n'en change aucun : un document refait doit être égal à celui qui fut signé.

signed-level-name = { $name } – { $level }
signed-level = Niveau { $number } : { $level }
signed-levels = Niveaux
signed-all-of = Tous les points suivants :
signed-at-least = Au moins { $at_least } des { $total } points suivants :
signed-met = Points remplis :
