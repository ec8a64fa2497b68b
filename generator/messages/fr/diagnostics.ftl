# Ce que dit `accolade check`. Un message par code ; `.label` est écrit sous l'extrait, `.help` dit quoi faire.

severity-error = erreur
severity-warning = attention
