"""Backup and restore: the database and the objects, consistent with each other, encrypted for who holds the key.

The format is plain on purpose (docs/operations.md): files of `age`, a dump of `pg_dump`, lists of JSON. See
docs/adr/032-backups-by-age.md.
"""

from app.platform.backup.errors import BackupRefused

__all__ = ["BackupRefused"]
