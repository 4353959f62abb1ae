"""Rosters: read tolerantly, brought in once, again each night, and never deleting anybody."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as some
from sqlalchemy import make_url

from app.people.rosters.bring_in import Outcome, bring_in, only_schools
from app.people.rosters.files import read_roster
from app.people.rosters.roster import RosterRefused
from app.people.rosters.values import read_date, read_level
from app.platform.settings import Settings
from tests.people.bundles import Bundle, edexml
from tests.world import World

TODAY = date(2026, 11, 24)


@contextmanager
def worker_connection(settings: Settings) -> Iterator[psycopg.Connection[Any]]:
    """A connection in the worker's role."""
    url = make_url(settings.database_worker_url or "").set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as made:
        yield made


@pytest.fixture
def connection(world: World) -> Iterator[psycopg.Connection[Any]]:
    """As the worker's role."""
    with worker_connection(world.settings) as made:
        yield made


def bring(
    connection: psycopg.Connection[Any], source: Any, today: date = TODAY, keep: bool = True, schools: bool = False
) -> Outcome:
    """Reads and brings in; `source` is a bundle or a file."""
    roster = read_roster(source.zip() if isinstance(source, Bundle) else source, today)
    outcome = bring_in(connection, roster, today, may_add_schools=schools)
    connection.commit() if keep else connection.rollback()
    return outcome


def placements(world: World, name: str) -> list[tuple[date, date | None]]:
    """From and to, of everybody of this given name."""
    with world.engine.begin() as engine:
        return [
            tuple(row)
            for row in engine.exec_driver_sql(
                "select starts_on, ends_on from placement join person on person.id = pupil_id"
                " where given_name = %s order by starts_on", (name,)
            )
        ]  # fmt: skip


def groups(world: World, name: str) -> list[tuple[str, date, date | None]]:
    """The classes somebody was in."""
    with world.engine.begin() as engine:
        return [
            tuple(row)
            for row in engine.exec_driver_sql(
                "select g.name, m.starts_on, m.ends_on from group_membership m join placement p on p.id = placement_id"
                " join person on person.id = pupil_id join school_group g on g.id = group_id"
                " where given_name = %s order by m.starts_on, g.name", (name,)
            )
        ]  # fmt: skip


# --- reading -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ","), ("cp1252", ";"), ("utf-8-sig", ";")]
)
def test_files_are_read_as_administrations_write_them(encoding: str, delimiter: str) -> None:
    bundle = Bundle(pupils=0)
    bundle.pupil("P1", "Zoë", "Brouwer", middleName="van der")
    roster = read_roster(bundle.zip(encoding, delimiter), TODAY)
    assert [(one.given_name, one.family_name, one.birth_date) for one in roster.pupils.values()] == [
        ("Zoë", "van der Brouwer", date(2013, 5, 4))
    ]
    assert [(one.name, one.level, one.study_year, one.school_year) for one in roster.groups.values()] == [
        ("2B", "vmbo", 2, 2026)
    ]
    assert roster.problems == []


def test_a_line_break_within_quotes_and_another_case_of_headers_and_keys_do_not_matter() -> None:
    bundle = Bundle()
    bundle.rows["classes"][0]["title"] = "2B\nblauw"
    source = io.BytesIO()
    with zipfile.ZipFile(bundle.zip()) as old, zipfile.ZipFile(source, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            header, _, rest = text.partition("\r\n")
            new.writestr(f"Export/{name.upper()}", f"{header.upper()}\r\n{rest.replace(',K1,', ',k1,')}")
    roster = read_roster(source, TODAY)
    assert roster.groups["k1"].name == "2B blauw"
    assert len(roster.enrolments) == 3


def test_since_1_2_roles_stand_in_a_table_of_their_own() -> None:
    bundle = Bundle(pupils=1)
    for user in bundle.rows["users"]:
        user["role"] = ""
    bundle.rows["roles"] = [{"sourcedId": "R1", "userSourcedId": "P1", "roleType": "primary", "role": "student"}]
    assert list(read_roster(bundle.zip(), TODAY).pupils) == ["p1"]


def test_each_broken_row_is_told_by_file_line_and_reason_and_the_rest_is_read() -> None:
    bundle = Bundle(pupils=2)
    bundle.pupil("P3", "Later", born="2031-01-01")
    bundle.pupil("P4", "\u200b", "\u200b")
    bundle.enrol("P9", "K1")
    bundle.enrol("P1", "K9")
    bundle.enrol("P2", "K1", beginDate="31-12-2026", endDate="01-09-2026")
    bundle.rows["classes"].append({"sourcedId": "K2", "title": "Blauw", "schoolSourcedId": "S1"})
    bundle.rows["classes"].append({"sourcedId": "K3", "title": "2C", "schoolSourcedId": "S7"})
    bundle.rows["orgs"].append({"sourcedId": "S8", "name": "Zonder", "type": "school", "identifier": "geen"})
    roster = read_roster(bundle.zip(), TODAY)
    assert sorted((one.file, one.line, one.code) for one in roster.problems) == [
        ("classes.csv", 3, "unknown_level"),
        ("classes.csv", 4, "unknown_school"),
        ("enrollments.csv", 4, "unknown_user"),
        ("enrollments.csv", 5, "unknown_user"),
        ("enrollments.csv", 6, "unknown_user"),
        ("enrollments.csv", 7, "unknown_class"),
        ("enrollments.csv", 8, "ends_before_start"),
        ("orgs.csv", 3, "no_brin"),
        ("users.csv", 4, "bad_date"),
        ("users.csv", 5, "no_name"),
    ]
    assert set(roster.pupils) == {"p1", "p2"}


def test_an_edexml_gives_groep_7_and_8_with_infix_and_eck_id() -> None:
    roster = read_roster(edexml(), TODAY)
    assert [(one.given_name, one.family_name) for one in roster.pupils.values()] == [
        ("Çağla", "Öztürk"),
        ("Bo", "van den Berg"),
    ]
    assert roster.pupils["1"].eckid == "https://ketenid.example/abc"
    assert roster.ignored["younger"] == 2
    assert [one.is_mentor for one in roster.teachings] == [True]
    assert [(one.pupil, one.group) for one in roster.enrolments] == [("1", "g7"), ("2", "g7")]


def _zip(**members: bytes) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in members.items():
            bundle.writestr(name.replace("_csv", ".csv"), content)
    made.seek(0)
    return made


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (io.BytesIO(b"PK\x03\x04 and then nothing"), "no_zip"),
        (io.BytesIO(b"leerling;klas\n"), "unknown_file"),
        (io.BytesIO(b""), "unknown_file"),
        (_zip(readme_csv=b"x"), "no_oneroster"),
        (_zip(users_csv=b"sourcedId,givenName,familyName\n"), "file_missing"),
        (_zip(users_csv=b"sourcedId\n", orgs_csv=b"sourcedId,name\n"), "column_missing"),
        (_zip(users_csv=b"0" * 300_000_000), "too_large"),
        (_zip(**{f"f{number}": b"" for number in range(100)}), "too_large"),
        (io.BytesIO(b"<EDEX><school></EDEX>"), "broken_xml"),
        (io.BytesIO(b"<html></html>"), "no_edexml"),
        (io.BytesIO(b'<!DOCTYPE EDEX [<!ENTITY a "aaaa">]><EDEX><school><brincode>&a;</brincode></school></EDEX>'),
         "broken_xml"),
        (io.BytesIO(b'<!DOCTYPE EDEX SYSTEM "file:///etc/passwd"><EDEX/>'), "broken_xml"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)  # fmt: skip
def test_a_file_that_is_none_is_refused_as_a_whole(source: io.BytesIO, code: str) -> None:
    source.seek(0)
    with pytest.raises(RosterRefused) as refused:
        read_roster(source, TODAY)
    assert refused.value.code == code


def test_a_member_is_never_unpacked_to_a_path() -> None:
    bundle = Bundle(pupils=1)
    source = io.BytesIO()
    with zipfile.ZipFile(bundle.zip()) as old, zipfile.ZipFile(source, "w") as new:
        for name in old.namelist():
            new.writestr(f"../../{name}", old.read(name))
    assert len(read_roster(source, TODAY).pupils) == 1


@pytest.mark.parametrize(
    ("text", "level"),
    [("groep 7", ("po", 7)), ("vmbo-2", ("vmbo", 2)), ("vmbo tl 3", ("vmbo", 3)), ("H4b", ("havo", 4)),
     ("V6", ("vwo", 6)), ("mbo 1", ("mbo", 1)), ("gymnasium 2", ("vwo", 2)), ("2C", None), ("Blauw", None)],
)  # fmt: skip
def test_levels_as_schools_write_them(text: str, level: tuple[str, int] | None) -> None:
    assert read_level(text, None) == level


@pytest.mark.parametrize("text", ["2026-13-01", "gisteren", "1-1-26", "30-02-2026"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_date(text)


# --- bringing in -------------------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing(world: World, connection: psycopg.Connection[Any]) -> None:
    bundle = Bundle()
    bundle.user("T1", "teacher", "Amina", "Bos")
    bundle.enrol("T1", "K1", "teacher", primary="true")
    bundle.user("O1", "parent", "Fatima", agentSourcedIds="P1,P2")
    first = bring(connection, bundle)
    assert first.counts == {
        "assignment": {"added": 1},
        "group": {"changed": 1},
        "guardian": {"added": 2},
        "member": {"added": 3},
        "pupil": {"added": 3},
        "staff": {"added": 1},
    }
    assert bring(connection, bundle).counts == {}
    assert bring(connection, bundle, TODAY + timedelta(1)).counts == {}
    assert placements(world, "Kind1") == [(TODAY, None)]
    assert world.scalar("select count(*) from guardianship where state = 'claimed' and custody = 'no'") == 2


def test_a_preview_says_what_will_happen_and_does_none_of_it(world: World, connection: psycopg.Connection[Any]) -> None:
    preview = bring(connection, Bundle(), keep=False)
    assert placements(world, "Kind1") == []
    done = bring(connection, Bundle())
    assert (preview.counts, preview.names) == (done.counts, done.names)
    assert preview.names["pupil"]["added"] == ["Kind1 Duin", "Kind2 Duin", "Kind3 Duin"]


def test_who_is_missing_has_a_last_day_and_comes_back_anew(world: World, connection: psycopg.Connection[Any]) -> None:
    bring(connection, Bundle())
    gone = bring(connection, Bundle().without("P2"), TODAY + timedelta(10))
    assert gone.counts == {"member": {"ended": 1}, "pupil": {"ended": 1}}
    assert gone.names["pupil"]["ended"] == ["Kind2 Duin"]
    back = bring(connection, Bundle(), TODAY + timedelta(30))
    assert back.counts == {"member": {"added": 1}, "pupil": {"added": 1}}
    assert placements(world, "Kind2") == [
        (TODAY, TODAY + timedelta(10)),
        (TODAY + timedelta(30), None),
    ]
    assert world.scalar("select count(*) from person where given_name = 'Kind2'") == 1


def test_another_class_in_the_middle_of_the_year_ends_one_and_begins_the_other(
    world: World, connection: psycopg.Connection[Any]
) -> None:
    bring(connection, Bundle())
    bundle = Bundle()
    bundle.rows["classes"].append(
        {"sourcedId": "K2", "title": "2K", "grades": "vmbo-2", "schoolSourcedId": "S1", "termSourcedIds": "Y26"}
    )
    bundle.rows["enrollments"][0] |= {"classSourcedId": "K2", "beginDate": "2026-08-01"}
    bring(connection, bundle, TODAY + timedelta(20))
    assert groups(world, "Kind1") == [
        ("2B", TODAY, TODAY + timedelta(19)),
        ("2K", TODAY + timedelta(20), None),
    ]
    assert placements(world, "Kind1") == [(TODAY, None)]


def test_a_new_school_year_ends_last_years_classes_with_that_year(
    world: World, connection: psycopg.Connection[Any]
) -> None:
    bring(connection, Bundle())
    bundle = Bundle()
    bundle.rows["academicSessions"].append(
        {
            "sourcedId": "Y27",
            "title": "2027-2028",
            "type": "schoolYear",
            "startDate": "2027-08-01",
            "endDate": "2028-07-31",
        }
    )
    bundle.rows["classes"][0] |= {"title": "3B", "grades": "vmbo-3", "termSourcedIds": "Y27"}
    bring(connection, bundle, date(2027, 9, 2))
    assert groups(world, "Kind1") == [("2B", TODAY, date(2027, 7, 31)), ("3B", date(2027, 8, 1), None)]


def test_who_was_added_by_hand_is_left_alone(world: World, connection: psycopg.Connection[Any]) -> None:
    bring(connection, Bundle())
    assert placements(world, "Yara") == [(date(2026, 8, 1), None)]
    assert world.scalar("select count(*) from staff_role where ends_on is not null") == 0


def test_a_class_made_by_hand_is_taken_over_by_its_name(world: World, connection: psycopg.Connection[Any]) -> None:
    outcome = bring(connection, Bundle())
    assert outcome.counts["group"] == {"changed": 1}, "2B was there already"
    assert world.scalar("select count(*) from school_group where name = '2B'") == 1


def test_two_people_of_the_same_name_and_birth_date_stay_two(world: World, connection: psycopg.Connection[Any]) -> None:
    bundle = Bundle(pupils=0)
    bundle.pupil("P1", "Noor", "Jansen")
    bundle.pupil("P2", "Noor", "Jansen")
    bring(connection, bundle)
    bring(connection, bundle)
    assert world.scalar("select count(*) from person where search_name = 'noor jansen'") == 2


def test_an_eck_id_is_the_same_person_at_another_school(world: World, connection: psycopg.Connection[Any]) -> None:
    bring(connection, edexml("01AA"))
    first = world.scalar("select id from person where given_name = 'Çağla'")
    bring(connection, edexml("02BB"))
    assert world.scalar("select count(*) from person where given_name = 'Çağla'") == 1
    assert world.scalar("select count(*) from placement where pupil_id = :p", p=first) == 2
    assert world.scalar("select count(*) from person where given_name = 'Bo'") == 2, (
        "a name and a birth date are not enough"
    )


def test_a_better_name_is_taken_over_and_a_missing_birth_date_keeps_the_old(
    world: World, connection: psycopg.Connection[Any]
) -> None:
    bring(connection, Bundle(pupils=1))
    bundle = Bundle(pupils=0)
    bundle.pupil("P1", "Kìnd1", "van Duin", born="")
    assert bring(connection, bundle).counts == {"person": {"changed": 1}}
    assert (
        world.scalar("select search_name || birth_date from person where given_name = 'Kìnd1'")
        == "kind1 van duin2013-05-04"
    )


def test_a_file_that_ends_many_says_so(world: World, connection: psycopg.Connection[Any]) -> None:
    bring(connection, Bundle(pupils=40))
    few = bring(connection, Bundle(pupils=37), keep=False)
    assert few.many == []
    many = bring(connection, Bundle(pupils=20), keep=False)
    assert [(one.school, one.ending, one.running) for one in many.many] == [("Kustlijn", 20, 42)]


def test_teachers_come_and_go_but_no_dean_or_admin(world: World, connection: psycopg.Connection[Any]) -> None:
    bundle = Bundle(pupils=1)
    for key, name in (("T1", "Amina"), ("T2", "Bram")):
        bundle.user(key, "teacher", name, "Bos")
        bundle.enrol(key, "K1", "teacher")
    bundle.user("A1", "administrator", "Ans", "Bos")
    bring(connection, bundle)
    assert (
        world.scalar("select count(*) from staff_role r join person p on p.id = person_id where family_name = 'Bos'")
        == 2
    )
    world.change(
        "insert into staff_role (id, person_id, school_id, role, starts_on)"
        " select gen_random_uuid(), id, :school, 'dean', '2026-08-01' from person where given_name = 'Bram'",
        school=world.kust,
    )
    outcome = bring(connection, bundle.without("T2"), TODAY + timedelta(3))
    assert outcome.counts == {"staff": {"ended": 1}, "assignment": {"ended": 1}}
    assert world.scalar(
        "select string_agg(role, ' ') from staff_role r join person p on p.id = person_id"
        " where given_name = 'Bram' and ends_on is null"
    ) == "dean"  # fmt: skip


def test_a_file_of_changes_touches_nobody_else(world: World, connection: psycopg.Connection[Any]) -> None:
    bring(connection, Bundle())
    delta = Bundle(pupils=0)
    for row in delta.rows["manifest"][1:]:
        row["value"] = "delta"
    delta.rows["classes"], delta.rows["academicSessions"] = [], []
    delta.pupil("P4", "Nieuw")
    delta.user("P1", "student", "Kind1", status="tobedeleted")
    delta.enrol("P2", "K1", status="tobedeleted")
    outcome = bring(connection, delta, TODAY + timedelta(2))
    assert outcome.problems == []
    assert placements(world, "Kind1") == [(TODAY, TODAY + timedelta(2))]
    assert placements(world, "Kind3") == [(TODAY, None)]
    assert placements(world, "Nieuw") == [(TODAY + timedelta(2), None)]
    assert groups(world, "Kind2")[0][2] is not None


def test_an_admin_brings_in_the_own_school_only(world: World, connection: psycopg.Connection[Any]) -> None:
    roster = only_schools(read_roster(Bundle(brin="02BB").zip(), TODAY), ["01AA00"])
    assert [(one.code, one.value) for one in roster.problems] == [("other_school", "Kustlijn (02BB00)")]
    with pytest.raises(RosterRefused, match="no_school"):
        bring_in(connection, roster, TODAY, may_add_schools=False)


def test_an_operator_may_begin_with_a_school(world: World, connection: psycopg.Connection[Any]) -> None:
    assert bring(connection, Bundle(brin="09ZZ01"), schools=True).counts["school"] == {"added": 1}
    assert world.scalar("select site from school where brin = '09ZZ'") == "01"


def test_a_parent_in_a_roster_sees_nothing_before_the_school_said_so(
    world: World, connection: psycopg.Connection[Any]
) -> None:
    bundle = Bundle(pupils=1)
    bundle.user("O1", "guardian", "Fatima", agentSourcedIds="P1")
    bring(connection, bundle)
    assert (
        world.scalar("select count(*) from home_pupils((select id from person where given_name='Fatima'), :d)", d=TODAY)
        == 0
    )
    world.change(
        "update guardianship set state = 'confirmed', custody = 'yes' where custody = 'no' and state = 'claimed'"
    )
    assert bring(connection, bundle.without("O1")).counts == {}, "what the school confirmed is the school's to end"


# --- night after night -------------------------------------------------------------------------------

NIGHTS = some.lists(
    some.dictionaries(
        some.integers(1, 6),
        some.tuples(some.sampled_from(["K1", "K2"]), some.sampled_from(["Duin", "Strand"])),
        max_size=6,
    ),
    min_size=2,
    max_size=5,
)


def _night(pupils: dict[int, tuple[str, str]]) -> Bundle:
    bundle = Bundle(pupils=0)
    bundle.rows["classes"].append({"sourcedId": "K2", "title": "2K", "grades": "vmbo-2", "schoolSourcedId": "S1"})
    for number, (group, family) in pupils.items():
        bundle.pupil(f"P{number}", f"Kind{number}", family, group)
    return bundle


@effort(max_examples=25, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(NIGHTS)
def test_night_after_night_nothing_is_lost_nothing_overlaps_and_again_is_nothing(
    world: World, connection: psycopg.Connection[Any], nights: list[dict[int, tuple[str, str]]]
) -> None:
    world.change(
        "delete from group_membership where placement_id in (select id from placement where pupil_id in"
        " (select person_id from person_alias)); delete from placement where pupil_id in (select person_id from"
        " person_alias); delete from person_alias; delete from person where given_name like 'Kind%'"
    )
    ever: set[int] = set()
    for number, pupils in enumerate(nights):
        day = TODAY + timedelta(3 * number)
        bring(connection, _night(pupils), day)
        assert bring(connection, _night(pupils), day).counts == {}
        ever |= set(pupils)
        running = world.scalar(
            "select count(*) from placement p join person_alias a on a.person_id = p.pupil_id and a.kind = 'roster'"
            " where ends_on is null or ends_on > :day", day=day
        )  # fmt: skip
        assert running == len(pupils)
    assert world.scalar("select count(*) from person where given_name like 'Kind%'") == len(ever)
    for table, owner in (("placement", "pupil_id"), ("group_membership", "placement_id")):
        assert world.scalar(
            f"select count(*) from {table} a join {table} b on a.{owner} = b.{owner} and a.id < b.id"
            " and daterange(a.starts_on, a.ends_on, '[]') && daterange(b.starts_on, b.ends_on, '[]')"
        ) == 0  # fmt: skip
