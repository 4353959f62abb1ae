"""What a migration may not do while people work: hold a table for long, or take away what the running version needs.

A migration that has to, and is safe all the same, says so in its file: `# safe: update: forty rows at most`.
"""

import re
from dataclasses import dataclass

SINCE = "0031"
"""Migrations after this one keep the rules; those before it ran when nobody was there yet."""

_BODIES = re.compile(r"\$(\w*)\$.*?\$\1\$|begin atomic.*?end;", re.DOTALL)
_TABLE = r"(?:if exists )?(?:only )?(?:public\.)?\"?(\w+)\"?"
_VOLATILE = r"(?:gen_random_uuid|uuidv4|uuidv7|random|clock_timestamp|timeofday|nextval)\("


@dataclass(frozen=True)
class Rule:
    """A name, how a statement that breaks it looks (its first group is the table), and what to do instead."""

    name: str
    looks: str
    instead: str


_ALTER = rf"alter table {_TABLE}[^;]* "
_COLUMN = r"(?:column )?(?!constraint)(?:if (?:not )?exists )?\w+ "

RULES = [
    Rule("type", rf"{_ALTER}alter {_COLUMN}(?:set data )?type ", "add a column, fill it, move over"),
    Rule(
        "not-null",
        rf"{_ALTER}add {_COLUMN}(?:(?!default)[^,;])*not null(?:(?!default)[^,;])*(?:[,;]|$)",
        "give it a default, or leave it empty first",
    ),
    Rule("rewrite", rf"{_ALTER}add {_COLUMN}[^,;]*default [^,;]*{_VOLATILE}", "fill it in portions"),
    Rule("set-not-null", rf"{_ALTER}alter {_COLUMN}set not null", "add a check, not valid, and validate it"),
    Rule(
        "constraint",
        rf"{_ALTER}add constraint \w+ (?:check|foreign key)(?:(?!not valid)[^;])*(?:;|$)",
        "add it not valid, and validate it outside the transaction",
    ),
    Rule(
        "unique",
        rf"{_ALTER}add constraint \w+ (?:unique|primary key|exclude)(?:(?!using index)[^;])*(?:;|$)",
        "make the index concurrently, and then the constraint using it",
    ),
    Rule("index", rf"create (?:unique )?index (?!concurrently)[^;]*? on {_TABLE}", "concurrently, in autocommit"),
    Rule(
        "drop",
        rf"(?:{_ALTER}drop (?!constraint|not null|default|expression|identity){_COLUMN.rstrip()}|drop table {_TABLE})",
        "in a later release: the version that runs still needs it",
    ),
    Rule("rename", rf"{_ALTER}rename ", "add the new one, and drop the old one in a later release"),
    Rule("update", rf"(?<![\w-])update {_TABLE}(?: \w+)? set ", "in the background, in portions"),
    Rule("delete", rf"(?<![\w-])delete from {_TABLE}", "in the background, in portions"),
    Rule("lock", rf"(?:lock table|vacuum full|cluster|reindex table) {_TABLE}", "not beside users"),
]


def broken_rules(sql: str, file: str = "") -> list[str]:
    """What a migration does that it may not, in words; `file`: its text, for what it says to be safe.

    Tables that it makes itself are nobody's yet.
    """
    plain = " ".join(_BODIES.sub(" ", re.sub(r"--[^\n]*", " ", sql)).lower().split())
    own = {*re.findall(rf"create table (?:if not exists )?{_TABLE}", plain)} | {"alembic_version"}
    found = []
    for rule in RULES:
        tables = [next(filter(None, match.groups()), "") for match in re.finditer(rule.looks, plain)]
        if any(table not in own for table in tables) and f"# safe: {rule.name}: " not in file:
            found.append(f"{rule.name} on {', '.join(sorted({*tables} - own))}: {rule.instead}")
    return found
