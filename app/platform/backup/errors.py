"""What keeps a backup or a restore from being done."""


class BackupRefused(RuntimeError):
    """It cannot be done; the text says why and what to do, in one line."""
