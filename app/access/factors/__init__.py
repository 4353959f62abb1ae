"""The second factor: passkeys, codes of an app, recovery codes."""
