"""A roster against the database: what is added, changed and ended, all in one transaction of sets.

The preview is the import itself, rolled back, so that it cannot say anything else than what will happen. Nothing is
ever deleted: who is no longer there gets a last day. People added by hand are left alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Connection, sql

from app.people.names import fold
from app.people.rosters.roster import Problem, Roster, RosterPerson, RosterRefused, RosterSchool
from app.people.rosters.values import school_year_of

Progress = Callable[[int, int], None]

MOST_EXAMPLES = 50
MANY_SHARE, MANY_LEAST = 10, 5
"""More endings than a tenth of a school's pupils, and than five, is asked about first."""


@dataclass(frozen=True, slots=True)
class Many:
    """A school of which many pupils would end at once."""

    school: str
    ending: int
    running: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import does: counts[kind][what], names[kind][what] (the first some), and what asks for a yes.

    Kinds: school, group, pupil, person, member, staff, assignment, guardian. What: added, changed, ended.
    """

    counts: dict[str, dict[str, int]]
    names: dict[str, dict[str, list[str]]]
    many: list[Many]
    problems: list[Problem]
    ignored: dict[str, int]
    pupils: int

    def may_be_kept(self, *, skip_broken: bool, end_many: bool) -> bool:
        """Whether what somebody said yes to covers all that it does."""
        return (skip_broken or not self.problems) and (end_many or not self.many)


def only_schools(roster: Roster, keys: Iterable[str]) -> Roster:
    """The roster without what is of other schools; those are told as problems. `keys`: BRIN and site, '01AB00'."""
    allowed = set(keys)
    if not roster.whole:  # a file of changes need not name its school again
        for key in allowed - set(roster.schools):
            roster.schools[key] = RosterSchool(key[:4], key[4:], key)
    for key, school in list(roster.schools.items()):
        if key not in allowed:
            roster.problems.append(Problem("orgs.csv", 0, "other_school", f"{school.name} ({key})"))
            del roster.schools[key]
    roster.groups = {key: group for key, group in roster.groups.items() if group.school in allowed}
    roster.enrolments = [one for one in roster.enrolments if one.school in allowed or not one.school]
    roster.teachings = [one for one in roster.teachings if one.school in allowed or not one.school]
    placed, teaching = {one.pupil for one in roster.enrolments}, {one.teacher for one in roster.teachings}
    if roster.whole:
        roster.pupils = {key: one for key, one in roster.pupils.items() if key in placed}
        roster.staff = {key: one for key, one in roster.staff.items() if key in teaching}
    roster.guardianships = {pair for pair in roster.guardianships if pair[1] in roster.pupils}
    needed = {guardian for guardian, _ in roster.guardianships}
    roster.guardians = {key: one for key, one in roster.guardians.items() if key in needed}
    return roster


def bring_in(
    connection: Connection[Any],
    roster: Roster,
    today: date,
    *,
    may_add_schools: bool,
    progress: Progress = lambda done, total: None,
) -> Outcome:
    """Brings the roster in, in the open transaction; whoever calls commits it or, for a preview, rolls it back.

    Raises RosterRefused where there is no school to bring it to.
    """
    run = _Run(connection, roster, today, may_add_schools)
    steps = (
        run.take, run.find_schools, run.find_groups, run.find_people, run.name_people, run.place_pupils,
        run.group_pupils, run.employ, run.assign, run.tie_guardians,
    )  # fmt: skip
    for number, step in enumerate(steps):
        progress(number, len(steps))
        step()
    progress(len(steps), len(steps))
    return run.outcome()


class _Run:
    """One import. Every step is a few statements on temporary tables; `t_change` collects what each did."""

    def __init__(self, connection: Connection[Any], roster: Roster, today: date, may_add_schools: bool) -> None:
        self._connection, self._roster, self._today = connection, roster, today
        self._may_add_schools = may_add_schools
        self._year = school_year_of(today)
        self._problems = list(roster.problems)
        # What a file of changes takes out ended the day before, and does not begin once more for today.
        self._from = "%(today)s" if roster.whole else "%(today)s + 1"

    def _do(self, statement: str, **values: object) -> None:
        self._connection.execute(statement, {"today": self._today, "year": self._year} | values)

    def _rows(self, statement: str) -> list[Any]:
        return self._connection.execute(statement, {"today": self._today, "year": self._year}).fetchall()

    def _make(self, table: str, query: str) -> None:
        """A table of this transaction, of which the planner knows how large it is."""
        self._do(f"create temp table {table} on commit drop as {query}")
        self._do(f"analyze {table}")

    def _copy(self, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        into = sql.SQL("copy {} ({}) from stdin").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns.split()))
        )
        with self._connection.cursor().copy(into) as copy:
            for row in rows:
                copy.write_row(row)

    def take(self) -> None:
        """The roster as tables."""
        roster = self._roster
        # One after another: two imports at once would both add the same people.
        self._do("select pg_advisory_xact_lock(hashtext('roster'))")
        self._do("set local statement_timeout = '5min'")
        for statement in _TABLES:
            self._do(statement)
        self._copy(
            "t_school",
            "key brin site name",
            ((one.key, one.brin, one.site, one.name) for one in roster.schools.values()),
        )
        self._copy(
            "t_group",
            "key school_key school_year name level study_year",
            (
                (one.key, one.school, one.school_year, one.name, one.level.value, one.study_year)
                for one in roster.groups.values()
            ),
        )
        people = roster.guardians | roster.staff | roster.pupils  # a teacher may be a parent as well
        self._copy("t_person", _PERSON, (_person(one) for one in people.values()))
        self._copy(
            "t_enrol",
            "pupil_key school_key group_key starts_on ends_on line",
            ((one.pupil, one.school, one.group, one.starts_on, one.ends_on, one.line) for one in roster.enrolments),
        )
        self._copy(
            "t_teach",
            "teacher_key school_key group_key starts_on ends_on line is_mentor",
            (
                (one.teacher, one.school, one.group, one.starts_on, one.ends_on, one.line, one.is_mentor)
                for one in roster.teachings
            ),
        )
        self._copy("t_guard", "guardian_key pupil_key", roster.guardianships)
        self._copy("t_gone", "key", ((key,) for key in roster.gone))
        self._copy("t_unclear", "key", ((key,) for key in roster.unclear))
        self._do("analyze t_person; analyze t_enrol; analyze t_teach; analyze t_guard; analyze t_group")

    def find_schools(self) -> None:
        """Schools by BRIN and site; an operator's import may add them."""
        self._do("update t_school t set id = s.id from school s where (s.brin, s.site) = (t.brin, t.site)")
        if self._may_add_schools:
            self._do(
                "with new as (insert into school (id, name, brin, site)"
                " select uuidv7(), name, brin, site from t_school where id is null returning *),"
                " told as (insert into t_change select 'school', 'added', id, name from new)"
                " update t_school t set id = new.id from new where (new.brin, new.site) = (t.brin, t.site)"
            )
        for name, key in self._rows("delete from t_school where id is null returning name, key"):
            self._problems.append(Problem("orgs.csv", 0, "unknown_school", f"{name} ({key})"))
        if not self._rows("select id from t_school"):
            raise RosterRefused("no_school")
        self._do(
            "insert into school_year select distinct year, make_date(year, 8, 1), make_date(year + 1, 7, 31)"
            " from (select school_year from t_group union select %(year)s) years (year) on conflict do nothing"
        )

    def find_groups(self) -> None:
        """Groups by the administration's key in that school year; once, one of the same name is taken over."""
        self._do("update t_group t set school_id = s.id from t_school s where s.key = t.school_key")
        self._do("delete from t_group where school_id is null")
        self._do(
            "update t_group t set id = g.id from school_group g"
            " where (g.school_id, g.school_year, g.roster_key) = (t.school_id, t.school_year, t.key)"
        )
        self._do(
            "with same as (select distinct on (g.id) g.id, t.key from t_group t join school_group g"
            "  on (g.school_id, g.school_year) = (t.school_id, t.school_year) and g.roster_key is null"
            "  and lower(g.name) = lower(t.name) where t.id is null order by g.id, t.key)"
            " update t_group t set id = same.id from same where same.key = t.key and t.id is null"
        )
        self._do(
            "with done as (update school_group g set name = t.name, level = t.level, study_year = t.study_year,"
            "  roster_key = t.key from t_group t where g.id = t.id"
            "  and (g.name, g.level, g.study_year, g.roster_key) is distinct from"
            "      (t.name, t.level, t.study_year, t.key)"
            "  returning g.id, g.name)"
            " insert into t_change select 'group', 'changed', id, name from done"
        )
        self._do("update t_group set id = uuidv7(), is_new = true where id is null")
        self._do(
            "with done as (insert into school_group (id, school_id, school_year, name, level, study_year, roster_key)"
            "  select id, school_id, school_year, name, level, study_year, key from t_group where is_new"
            "  returning id, name)"
            " insert into t_change select 'group', 'added', id, name from done"
        )
        if not self._roster.whole:
            # Classes in which nothing changed, as they were brought in before.
            self._do(
                "insert into t_group (key, school_key, school_year, id, school_id)"
                " select distinct on (g.school_id, roster_key) roster_key, s.key, school_year, g.id, g.school_id"
                " from school_group g join t_school s on s.id = g.school_id"
                " where school_year >= %(year)s and roster_key is not null and not exists"
                " (select from t_group t where (t.key, t.school_id) = (roster_key, g.school_id))"
                " order by g.school_id, roster_key, school_year"
            )
        for table in ("t_enrol", "t_teach"):
            # Another school may call a class of its own the same.
            self._do(
                f"update {table} t set group_id = g.id, school_id = g.school_id from t_group g"
                " where g.key = t.group_key and (g.school_key = t.school_key or t.school_key = '' and"
                "  (select count(*) = 1 from t_group o where o.key = t.group_key))"
            )
            self._do(
                f"update {table} t set school_id = s.id from t_school s"
                " where s.key = t.school_key and t.school_id is null and t.group_key is null"
            )
            for line, key in self._rows(f"delete from {table} where school_id is null returning line, group_key"):
                self._problems.append(Problem("enrollments.csv", line, "unknown_class", key or ""))

    def find_people(self) -> None:
        """People by the administration's key at their school, else by ECK iD anywhere; else they are new.

        Who moves between schools of one file keeps the key. Where that key is of several people, or of somebody born
        on another day, nobody is guessed at.
        """
        self._do("insert into t_at select distinct pupil_key, school_id from t_enrol")
        self._do("insert into t_at select distinct teacher_key, school_id from t_teach on conflict do nothing")
        if not self._roster.whole:
            self._do(
                "insert into t_at select a.value, a.school_id from person_alias a join t_school s on s.id = a.school_id"
                " where a.kind = 'roster' and (exists (select from t_person t where t.key = a.value)"
                "  or exists (select from t_guard g where g.pupil_key = a.value)) on conflict do nothing"
            )
        self._do(
            "insert into t_at select distinct t_guard.guardian_key, t_at.school_id"
            " from t_guard join t_at on t_at.key = t_guard.pupil_key on conflict do nothing"
        )
        self._do("analyze t_at")
        self._make("t_ids", "select distinct id from t_school")
        self._make(
            "t_known",
            " with called as (select a.value, a.person_id, t_at.key is not null here from person_alias a"
            "   left join t_at on (t_at.key, t_at.school_id) = (a.value, a.school_id)"
            "   left join t_person t on t.key = a.value join person p on p.id = a.person_id"
            "   where a.kind = 'roster' and a.school_id in (select id from t_ids)"
            "   and (t_at.key is not null or coalesce(t.birth_date = p.birth_date, true))),"
            "  best as (select *, rank() over (partition by value order by here desc) from called)"
            " select value as key, (array_agg(person_id))[1] id from best where rank = 1"
            " group by value having count(distinct person_id) = 1",
        )
        self._do("update t_person t set id = k.id from t_known k where k.key = t.key")
        self._do(
            "insert into t_person (key, id, is_named) select k.key, k.id, false from t_known k"
            " where exists (select from t_at where t_at.key = k.key)"
            " and not exists (select from t_person t where t.key = k.key)"
        )
        self._do(
            "with found as (select distinct on (t.key) t.key, a.person_id from t_person t"
            "  join person_alias a on a.kind = 'eckid' and a.value = t.eckid where t.id is null"
            "  order by t.key, a.id)"
            " update t_person t set id = found.person_id from found where found.key = t.key"
            " and not exists (select from t_person other where other.id = found.person_id)"
        )
        self._make(
            "t_unsure",
            "select distinct a.person_id, a.school_id from person_alias a join t_unclear u on u.key = a.value"
            " where a.kind = 'roster'",
        )
        # A file of changes names people of whom it does not say where they are: those are not ours.
        self._do("delete from t_person t where id is null and not exists (select from t_at where t_at.key = t.key)")
        self._do("update t_person set id = uuidv7(), is_new = true where id is null")
        for table, key in (("t_enrol", "pupil_key"), ("t_teach", "teacher_key")):
            self._do(f"update {table} t set person_id = p.id from t_person p where p.key = t.{key}")
            for line, who in self._rows(f"delete from {table} where person_id is null returning line, {key}"):
                self._problems.append(Problem("enrollments.csv", line, "unknown_user", who))

    def name_people(self) -> None:
        """New people, better names and birth dates, and by what the school's systems call them."""
        self._do(
            "insert into person (id, given_name, family_name, search_name, birth_date)"
            " select id, given_name, family_name, search_name, birth_date from t_person where is_new"
        )
        # Who is at another school as well keeps the name from there: two administrations would take turns.
        self._do(
            "with done as (update person p set given_name = t.given_name, family_name = t.family_name,"
            "  search_name = t.search_name, birth_date = coalesce(t.birth_date, p.birth_date)"
            "  from t_person t where p.id = t.id and not t.is_new and t.is_named"
            "  and (p.given_name, p.family_name, p.birth_date) is distinct from"
            "      (t.given_name, t.family_name, coalesce(t.birth_date, p.birth_date))"
            "  and not exists (select from placement o where o.pupil_id = p.id"
            "      and o.school_id not in (select id from t_ids) and (o.ends_on is null or o.ends_on >= %(today)s))"
            "  returning p.id, p.given_name || ' ' || p.family_name as name)"
            " insert into t_change select 'person', 'changed', id, name from done"
        )
        self._make(
            "t_alias",
            " select distinct on (school_id, kind, value) * from ("
            "  select p.id person_id, t_at.school_id, a.kind, a.value from t_person p join t_at on t_at.key = p.key"
            "  cross join lateral (values ('roster', p.key), ('eckid', p.eckid), ('login', p.login)) a (kind, value)"
            "  where a.value is not null and p.is_named) told order by school_id, kind, value, person_id",
        )
        # Somebody signs in by another name now, or a name went to somebody else.
        for same, other in (("person_id", "value"), ("value", "person_id")):
            self._do(
                "delete from person_alias a using t_alias t where a.kind = 'login' and t.kind = 'login'"
                f" and a.school_id = t.school_id and a.{same} = t.{same} and a.{other} <> t.{other}"
            )
        self._do(
            "insert into person_alias (id, person_id, school_id, kind, value)"
            " select uuidv7(), person_id, school_id, kind, value from t_alias on conflict do nothing"
        )

    def place_pupils(self) -> None:
        """Placements begin, change and end; who is missing from a whole file, or gone, has a last day."""
        self._make(
            "t_place",
            " select person_id, school_id, min(starts_on) starts_on,"
            "  case when bool_or(ends_on is null) then null else max(ends_on) end ends_on"
            " from t_enrol group by person_id, school_id",
        )
        self._make(
            "t_running",
            " select p.* from placement p"
            " where p.school_id in (select id from t_ids) and (p.ends_on is null or p.ends_on >= %(today)s)",
        )
        self._do("create index on t_running (pupil_id)")
        if not self._roster.whole:
            # Who leaves one class is still at school while in another, and until the day known before.
            self._do(
                "delete from t_place t using t_running r where (r.pupil_id, r.school_id) = (t.person_id, t.school_id)"
                " and case when t.ends_on is null then r.ends_on > %(today)s else exists"
                "  (select from group_membership m where m.placement_id = r.id"
                "   and (m.ends_on is null or m.ends_on >= %(today)s)"
                "   and not exists (select from t_enrol e where (e.person_id, e.group_id) = (r.pupil_id, m.group_id)))"
                " end"
            )
        self._do(
            f"with done as (update placement p set ends_on = {_PLACED_UNTIL}"
            "  from t_place t join t_running r on (r.pupil_id, r.school_id) = (t.person_id, t.school_id)"
            f"  where p.id = r.id and p.ends_on is distinct from {_PLACED_UNTIL}"
            "  returning p.pupil_id, p.ends_on, r.ends_on before)"
            f" insert into t_change select 'pupil', case when ends_on <= %(today)s then 'ended' else 'changed' end,"
            f"  done.pupil_id, {_NAME} from done join person on person.id = done.pupil_id"
        )
        self._do(
            "with done as (insert into placement (id, pupil_id, school_id, starts_on, ends_on)"
            "  select uuidv7(), t.person_id, t.school_id, begins, t.ends_on from t_place t"
            "  cross join lateral (select greatest(coalesce(t.starts_on, %(today)s), max(o.ends_on) + 1) begins"
            "   from placement o where (o.pupil_id, o.school_id) = (t.person_id, t.school_id)) earlier"
            f"  where (t.ends_on is null or t.ends_on >= greatest({self._from}, begins))"
            "  and not exists (select from t_running r where (r.pupil_id, r.school_id) = (t.person_id, t.school_id))"
            "  returning pupil_id)"
            f" insert into t_change select 'pupil', 'added', pupil_id, {_NAME} from done"
            "  join person on person.id = done.pupil_id"
        )
        missing = (
            _GONE
            if not self._roster.whole
            else "not exists (select from t_place t where (t.person_id, t.school_id) = (r.pupil_id, r.school_id))"
            f" and {_CLEAR}"
        )
        self._do(
            "with done as (update placement p set ends_on = greatest(p.starts_on, %(today)s) from t_running r"
            "  join person_alias a on a.person_id = r.pupil_id and a.school_id = r.school_id and a.kind = 'roster'"
            f"  where p.id = r.id and {missing} and p.ends_on is distinct from greatest(p.starts_on, %(today)s)"
            "  returning p.pupil_id)"
            f" insert into t_change select 'pupil', 'ended', pupil_id, {_NAME} from done"
            "  join person on person.id = done.pupil_id"
        )

    def group_pupils(self) -> None:
        """Who is in which class: a change of class ends one and begins the other."""
        self._make(
            "t_member",
            " select p.id placement_id, e.group_id, p.starts_on placed_on, min(e.starts_on) starts_on,"
            "  case when bool_or(e.ends_on is null) then null else max(e.ends_on) end ends_on"
            " from t_enrol e join placement p on (p.pupil_id, p.school_id) = (e.person_id, e.school_id)"
            "  and (p.ends_on is null or p.ends_on >= %(today)s)"
            f" where e.group_id is not null and (e.ends_on is null or e.ends_on >= {self._from})"
            " group by p.id, e.group_id, p.starts_on",
        )
        self._do("create unique index on t_member (placement_id, group_id)")
        dropped = (
            "not exists (select from t_member t where (t.placement_id, t.group_id) = (m.placement_id, m.group_id))"
            f" and {_CLEAR}"
            if self._roster.whole
            else f"({_GONE} or exists (select from t_enrol e where e.group_id = m.group_id and e.person_id = p.pupil_id"
            " and e.ends_on is not null and e.ends_on <= %(today)s))"
        )
        self._do(
            "with ending as (select m.id, p.pupil_id, g.name, greatest(m.starts_on, case"
            "   when p.ends_on <= %(today)s then p.ends_on"
            "   when g.school_year < %(year)s then make_date(g.school_year + 1, 7, 31) else %(today)s - 1 end) last_day"
            "  from group_membership m join placement p on p.id = m.placement_id"
            "  join school_group g on g.id = m.group_id and g.roster_key is not null"
            "  join person_alias a on (a.person_id, a.school_id, a.kind) = (p.pupil_id, p.school_id, 'roster')"
            "  where p.school_id in (select id from t_ids) and (m.ends_on is null or m.ends_on >= %(today)s)"
            f"  and {dropped}),"
            " done as (update group_membership m set ends_on = last_day from ending"
            "  where m.id = ending.id and m.ends_on is distinct from last_day returning pupil_id, name)"
            f" insert into t_change select 'member', 'ended', pupil_id, {_NAME} || ' (' || name || ')' from done"
            "  join person on person.id = done.pupil_id"
        )
        self._do(
            f"with done as (update group_membership m set ends_on = {_LAST_DAY}"
            "  from t_member t, placement p, school_group g"
            "  where (t.placement_id, t.group_id) = (m.placement_id, m.group_id) and p.id = m.placement_id"
            "  and g.id = m.group_id and (m.ends_on is null or m.ends_on >= %(today)s)"
            f"  and m.ends_on is distinct from {_LAST_DAY} returning p.pupil_id, g.name, m.ends_on)"
            " insert into t_change select 'member', case when ends_on <= %(today)s then 'ended' else 'changed' end,"
            f"  pupil_id, {_NAME} || ' (' || name || ')' from done join person on person.id = done.pupil_id"
        )
        self._do(
            "with done as (insert into group_membership (id, placement_id, group_id, starts_on, ends_on)"
            "  select uuidv7(), t.placement_id, t.group_id, begins, t.ends_on from t_member t"
            "  join school_group g on g.id = t.group_id"
            "  cross join lateral (select greatest(coalesce(t.starts_on, make_date(g.school_year, 8, 1)), t.placed_on,"
            "    max(o.ends_on) filter (where o.group_id = t.group_id) + 1,"
            "    case when bool_or(og.school_year = g.school_year and o.group_id <> t.group_id)"
            "     then %(today)s end) begins"
            "   from group_membership o join school_group og on og.id = o.group_id"
            "   where o.placement_id = t.placement_id) earlier"
            "  where (t.ends_on is null or t.ends_on >= begins)"
            "  and not exists (select from group_membership m where (m.placement_id, m.group_id) ="
            "    (t.placement_id, t.group_id) and (m.ends_on is null or m.ends_on >= %(today)s))"
            "  returning placement_id, group_id)"
            f" insert into t_change select 'member', 'added', p.pupil_id, {_NAME} || ' (' || g.name || ')' from done"
            "  join placement p on p.id = done.placement_id join person on person.id = p.pupil_id"
            "  join school_group g on g.id = done.group_id"
        )

    def employ(self) -> None:
        """Teachers' roles; what else somebody is (dean, admin) is not the roster's to give or take."""
        self._make(
            "t_staff",
            " select person_id, school_id, min(starts_on) starts_on"
            f" from t_teach where ends_on is null or ends_on >= {self._from} group by person_id, school_id",
        )
        missing = (
            _GONE
            if not self._roster.whole
            else "not exists (select from t_staff t where (t.person_id, t.school_id) = (r.person_id, r.school_id))"
            f" and {_CLEAR}"
        )
        self._do(
            "with done as (update staff_role r set ends_on = greatest(r.starts_on, %(today)s) from person_alias a"
            "  where a.person_id = r.person_id and a.school_id = r.school_id and a.kind = 'roster'"
            "  and r.role = 'teacher' and r.school_id in (select id from t_ids)"
            "  and (r.ends_on is null or r.ends_on >= %(today)s)"
            f"  and r.ends_on is distinct from greatest(r.starts_on, %(today)s) and {missing} returning r.person_id)"
            f" insert into t_change select 'staff', 'ended', person_id, {_NAME} from done"
            "  join person on person.id = done.person_id"
        )
        self._do(
            "with done as (insert into staff_role (id, person_id, school_id, role, starts_on)"
            "  select uuidv7(), t.person_id, t.school_id, 'teacher',"
            "   greatest(least(coalesce(t.starts_on, %(today)s), %(today)s), max(o.ends_on) + 1)"
            "  from t_staff t left join staff_role o on (o.person_id, o.school_id, o.role) ="
            "   (t.person_id, t.school_id, 'teacher') group by t.person_id, t.school_id, t.starts_on"
            "  having not coalesce(bool_or(o.ends_on is null and o.id is not null or o.ends_on >= %(today)s), false)"
            "  returning person_id)"
            f" insert into t_change select 'staff', 'added', person_id, {_NAME} from done"
            "  join person on person.id = done.person_id"
        )

    def assign(self) -> None:
        """Who teaches which class."""
        self._make(
            "t_assign",
            " select r.id staff_role_id, r.starts_on employed_on, t.group_id, bool_or(t.is_mentor) is_mentor,"
            "  min(t.starts_on) starts_on,"
            "  case when bool_or(t.ends_on is null) then null else max(t.ends_on) end ends_on"
            " from t_teach t join staff_role r on (r.person_id, r.school_id, r.role) ="
            "  (t.person_id, t.school_id, 'teacher') and (r.ends_on is null or r.ends_on >= %(today)s)"
            f" where t.group_id is not null and (t.ends_on is null or t.ends_on >= {self._from})"
            " group by r.id, t.group_id",
        )
        dropped = (
            "not exists (select from t_assign t where (t.staff_role_id, t.group_id) = (m.staff_role_id, m.group_id))"
            f" and {_CLEAR}"
            if self._roster.whole
            else f"({_GONE} or exists (select from t_teach e where e.group_id = m.group_id"
            " and e.person_id = r.person_id and e.ends_on is not null and e.ends_on <= %(today)s))"
        )
        self._do(
            "with ending as (select m.id, r.person_id, g.name, greatest(m.starts_on, case"
            "   when r.ends_on <= %(today)s then r.ends_on"
            "   when g.school_year < %(year)s then make_date(g.school_year + 1, 7, 31) else %(today)s - 1 end) last_day"
            "  from group_assignment m join staff_role r on r.id = m.staff_role_id"
            "  join school_group g on g.id = m.group_id and g.roster_key is not null"
            "  join person_alias a on (a.person_id, a.school_id, a.kind) = (r.person_id, r.school_id, 'roster')"
            "  where r.school_id in (select id from t_ids) and (m.ends_on is null or m.ends_on >= %(today)s)"
            f"  and {dropped}),"
            " done as (update group_assignment m set ends_on = last_day from ending"
            "  where m.id = ending.id and m.ends_on is distinct from last_day returning person_id, name)"
            f" insert into t_change select 'assignment', 'ended', person_id, {_NAME} || ' (' || name || ')' from done"
            "  join person on person.id = done.person_id"
        )
        self._do(
            f"with done as (update group_assignment m set ends_on = {_LAST_DAY},"
            "  is_mentor = t.is_mentor from t_assign t, staff_role r, school_group g"
            "  where (t.staff_role_id, t.group_id) = (m.staff_role_id, m.group_id) and r.id = m.staff_role_id"
            "  and g.id = m.group_id and (m.ends_on is null or m.ends_on >= %(today)s)"
            f"  and (m.ends_on, m.is_mentor) is distinct from ({_LAST_DAY}, t.is_mentor)"
            "  returning r.person_id, g.name)"
            f" insert into t_change select 'assignment', 'changed', person_id, {_NAME} || ' (' || name || ')' from done"
            "  join person on person.id = done.person_id"
        )
        self._do(
            "with done as (insert into group_assignment (id, staff_role_id, group_id, is_mentor, starts_on, ends_on)"
            "  select uuidv7(), t.staff_role_id, t.group_id, t.is_mentor, begins, t.ends_on from t_assign t"
            "  join school_group g on g.id = t.group_id"
            "  cross join lateral (select greatest(coalesce(t.starts_on, make_date(g.school_year, 8, 1)),"
            "    t.employed_on, max(o.ends_on) + 1) begins from group_assignment o"
            "   where (o.staff_role_id, o.group_id) = (t.staff_role_id, t.group_id)) earlier"
            "  where (t.ends_on is null or t.ends_on >= begins)"
            "  and not exists (select from group_assignment m where (m.staff_role_id, m.group_id) ="
            "    (t.staff_role_id, t.group_id) and (m.ends_on is null or m.ends_on >= %(today)s))"
            "  returning staff_role_id, group_id)"
            f" insert into t_change select 'assignment', 'added', r.person_id, {_NAME} || ' (' || g.name || ')'"
            "  from done join staff_role r on r.id = done.staff_role_id join person on person.id = r.person_id"
            "  join school_group g on g.id = done.group_id"
        )

    def tie_guardians(self) -> None:
        """Guardians wait for the school's word: a roster opens nothing."""
        self._make(
            "t_tie",
            " select distinct g.id guardian_id, p.id pupil_id"
            " from t_guard join t_person g on g.key = guardian_key join t_person p on p.key = pupil_key"
            " where g.id <> p.id",
        )
        self._do(
            "with done as (insert into guardianship (id, guardian_id, pupil_id, custody, state)"
            "  select uuidv7(), guardian_id, pupil_id, 'no', 'claimed' from t_tie"
            "  on conflict (guardian_id, pupil_id) do update set state = 'claimed' where guardianship.state = 'ended'"
            "  returning guardian_id)"
            f" insert into t_change select 'guardian', 'added', guardian_id, {_NAME} from done"
            "  join person on person.id = done.guardian_id"
        )
        if self._roster.whole:
            self._do(
                "with done as (update guardianship g set state = 'ended' from person_alias a, placement p"
                "  where g.state = 'claimed' and a.person_id = g.guardian_id and a.kind = 'roster'"
                "  and p.pupil_id = g.pupil_id and p.school_id = a.school_id and p.school_id in (select id from t_ids)"
                "  and not exists (select from t_tie t where (t.guardian_id, t.pupil_id) = (g.guardian_id, g.pupil_id))"
                f" and {_CLEAR} and not exists"
                "   (select from t_unsure u where (u.person_id, u.school_id) = (g.pupil_id, a.school_id))"
                "  returning g.guardian_id)"
                f" insert into t_change select 'guardian', 'ended', guardian_id, {_NAME} from done"
                "  join person on person.id = done.guardian_id"
            )

    def outcome(self) -> Outcome:
        """What the steps did."""
        counts: dict[str, dict[str, int]] = {}
        names: dict[str, dict[str, list[str]]] = {}
        for kind, what, count, some in self._rows(
            "select kind, what, count(*), (array_agg(distinct name order by name))[1:50] from t_change"
            " group by kind, what order by kind, what"
        ):
            counts.setdefault(kind, {})[what] = count
            names.setdefault(kind, {})[what] = some
        many = [
            Many(school, ending, running)
            for school, ending, running in self._rows(
                "select s.name, count(*) filter (where p.ends_on <"
                "   least(r.ends_on, make_date(%(year)s + 1, 7, 31))), count(*)"
                " from t_running r join placement p on p.id = r.id join school s on s.id = r.school_id"
                " group by s.id order by s.name"
            )
            if ending > MANY_LEAST and ending * MANY_SHARE > running
        ]
        placed = self._rows("select count(distinct person_id) from t_enrol")[0][0]
        return Outcome(counts, names, many, self._problems, dict(self._roster.ignored), placed)


# `greatest` passes over null, which here is: no last day.
_PLACED_UNTIL = "case when t.ends_on is not null then greatest(p.starts_on, t.ends_on) end"
_LAST_DAY = "case when t.ends_on is not null then greatest(m.starts_on, t.ends_on) end"
_GONE = "a.value in (select key from t_gone)"
_CLEAR = "not exists (select from t_unsure u where (u.person_id, u.school_id) = (a.person_id, a.school_id))"
_NAME = "person.given_name || ' ' || person.family_name"

_TABLES = (
    "create temp table t_change (kind text, what text, id uuid, name text) on commit drop",
    "create temp table t_school (key text, brin text, site text, name text, id uuid) on commit drop",
    "create temp table t_group (key text, school_key text, school_year integer, name text, level text,"
    " study_year integer, id uuid, school_id uuid, is_new boolean default false) on commit drop",
    "create temp table t_person (key text, given_name text, family_name text, search_name text,"
    " birth_date date, eckid text, login text, id uuid, is_new boolean default false, is_named boolean default true)"
    " on commit drop",
    "create index on t_person (key)",
    "create temp table t_enrol (pupil_key text, school_key text, group_key text, starts_on date, ends_on date,"
    " line integer, group_id uuid, school_id uuid, person_id uuid) on commit drop",
    "create temp table t_teach (teacher_key text, school_key text, group_key text, starts_on date, ends_on date,"
    " line integer, is_mentor boolean, group_id uuid, school_id uuid, person_id uuid) on commit drop",
    "create temp table t_guard (guardian_key text, pupil_key text) on commit drop",
    "create temp table t_gone (key text) on commit drop",
    "create temp table t_unclear (key text) on commit drop",
    "create temp table t_at (key text, school_id uuid, primary key (key, school_id)) on commit drop",
)


_PERSON = "key given_name family_name search_name birth_date eckid login"


def _person(one: RosterPerson) -> tuple[Any, ...]:
    search = fold(f"{one.given_name} {one.family_name}")
    return one.key, one.given_name, one.family_name, search, one.birth_date, one.eckid, one.login
