"""School accounts: signing in where the school keeps its accounts, by OpenID Connect."""
