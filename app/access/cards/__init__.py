"""Pupils without e-mail: a card with a QR code, a PIN, and the window in which a class signs in together."""
