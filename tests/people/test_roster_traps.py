"""Rosters as they really come: damaged, incomplete, of several schools, with changes only. Nobody is lost by one."""

import io
import random
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from app.people.rosters.bring_in import Outcome, bring_in, only_schools
from app.people.rosters.files import read_roster
from app.people.rosters.roster import RosterRefused
from tests.people.bundles import EDEXML, Bundle, edexml
from tests.people.test_rosters import TODAY, bring, groups, placements, worker_connection
from tests.world import World

TOMORROW = TODAY + timedelta(1)


@pytest.fixture
def connection(world: World) -> Iterator[psycopg.Connection[Any]]:
    """As the worker's role."""
    with worker_connection(world.settings) as made:
        yield made


def changes() -> Bundle:
    """A file of changes, about nobody yet; classes are as they were."""
    bundle = Bundle(pupils=0)
    for row in bundle.rows["manifest"][1:]:
        row["value"] = "Delta"
    del bundle.rows["classes"], bundle.rows["academicSessions"]
    return bundle


def second_class(bundle: Bundle, school: str = "S1") -> Bundle:
    """With a class 2K besides."""
    bundle.rows["classes"].append(
        {"sourcedId": "K2", "title": "2K", "grades": "vmbo-2", "schoolSourcedId": school, "termSourcedIds": "Y26"}
    )
    return bundle


def with_last_day(pupils: int) -> Bundle:
    """Enrolments as many administrations write them: until the end of the school year."""
    bundle = Bundle(pupils=0)
    for number in range(pupils):
        bundle.pupil(f"P{number}", f"Kind{number}", beginDate="2026-08-01", endDate="2027-07-31")
    return bundle


def with_teacher(bundle: Bundle, key: str = "T1", group: str = "K1", **fields: Any) -> Bundle:
    """With a teacher of a class."""
    bundle.user(key, "teacher", "Amina", "Bos", **fields)
    bundle.enrol(key, group, "teacher")
    return bundle


# --- damaged -----------------------------------------------------------------------------------------


def test_a_row_that_is_too_short_is_told_like_every_broken_row() -> None:
    source = io.BytesIO()
    with zipfile.ZipFile(Bundle().zip()) as old, zipfile.ZipFile(source, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + b"X9\r\n")
    roster = read_roster(source, TODAY)
    assert [(one.file, one.line, one.code) for one in roster.problems] == [
        ("classes.csv", 3, "unknown_school"),
        ("enrollments.csv", 5, "unknown_class"),
    ]
    assert len(roster.pupils) == 3


@pytest.mark.parametrize("source", [Bundle(pupils=200).zip(), edexml()], ids=["zip", "xml"])
def test_a_file_that_was_damaged_on_the_way_is_read_or_refused(source: io.BytesIO) -> None:
    damage, whole = random.Random(1), source.getvalue()
    for _ in range(1_000):
        hurt = bytearray(whole)
        for _ in range(damage.randint(1, 4)):
            hurt[damage.randrange(len(hurt))] = damage.randrange(256)
        try:
            read_roster(io.BytesIO(bytes(hurt)), TODAY)
        except RosterRefused:
            continue


def test_damaged_tables_never_reach_the_database_as_an_error(world: World, connection: psycopg.Connection[Any]) -> None:
    damage = random.Random(2)
    with zipfile.ZipFile(Bundle(pupils=20).zip()) as bundle:
        whole = {name: bundle.read(name) for name in bundle.namelist()}
    for _ in range(150):
        hurt = io.BytesIO()
        with zipfile.ZipFile(hurt, "w") as bundle:
            for name, content in whole.items():
                cells = bytearray(content)
                for _ in range(damage.randint(0, 3)):
                    cells[damage.randrange(len(cells))] = damage.choice(b'\x00\xff",;\n\r{}0A')
                bundle.writestr(name, bytes(cells))
        try:
            bring(connection, hurt, keep=False)
        except RosterRefused:
            connection.rollback()


@pytest.mark.parametrize("encoding", ["none-such", "rot13", "hex", "utf-32"])
def test_xml_in_an_encoding_that_is_none_is_refused(encoding: str) -> None:
    with pytest.raises(RosterRefused, match="broken_xml"):
        read_roster(io.BytesIO(EDEXML.format(brin="01AA", encoding=encoding).encode()), TODAY)


def test_a_broken_row_ends_nobody(world: World, connection: psycopg.Connection[Any]) -> None:
    bundle = with_teacher(Bundle())
    bring(connection, bundle)
    bundle.rows["demographics"][0]["birthDate"] = "2013-02-31"
    bundle.rows["enrollments"][1]["beginDate"] = "ooit"
    bundle.rows["enrollments"][-1]["beginDate"] = "ooit"
    night = bring(connection, bundle, TOMORROW)
    assert len(night.problems) == 4
    assert night.counts == {}, "those people are still where they were"


def test_who_has_no_account_there_is_left_out_without_a_broken_row() -> None:
    bundle = Bundle(pupils=1)
    bundle.pupil("P8", "Uit", enabledUser="false")
    roster = read_roster(bundle.zip(), TODAY)
    assert (roster.problems, list(roster.pupils), roster.ignored["disabled"]) == ([], ["p1"], 1)


# --- who is who --------------------------------------------------------------------------------------


def test_one_eck_id_for_two_children_is_a_broken_row_and_never_one_child(
    world: World, connection: psycopg.Connection[Any]
) -> None:
    first = Bundle(pupils=0)
    first.pupil("A", "Noor", userIds="{eckid:x1}")
    bring(connection, first)
    second = Bundle(pupils=0, brin="02BB")
    second.pupil("B", "Noor", userIds="{eckid:x1}")
    second.pupil("C", "Piet", userIds="{eckid:x1}")
    outcome = bring(connection, second)
    assert [(one.line, one.code, one.value) for one in outcome.problems][:1] == [(3, "twice", "x1")]
    assert world.scalar("select count(*) from person where given_name = 'Noor'") == 1
    assert world.scalar("select count(*) from person where given_name = 'Piet'") == 0


def test_a_key_that_two_schools_gave_to_two_children_stays_two_children(
    world: World, connection: psycopg.Connection[Any]
) -> None:
    for brin, name in (("01AA", "Bo"), ("02BB", "Jip")):
        own = Bundle(brin=brin, pupils=0)
        own.pupil("2", name)
        bring(connection, own)
    board = second_class(Bundle(pupils=0), "S2")
    board.rows["orgs"].append({"sourcedId": "S2", "name": "Duin", "type": "school", "identifier": "02BB"})
    board.pupil("2", "Jip", group="K2")
    board.pupil("3", "Noor", group="K1")
    bring(connection, board, TOMORROW)
    assert groups(world, "Bo")[-1][0] == "2B"
    assert groups(world, "Jip")[-1][0] == "2K"


def test_who_moves_within_a_board_keeps_the_key_but_not_with_another_birth_date(
    world: World, connection: psycopg.Connection[Any]
) -> None:
    def board(school: str, born: str) -> Bundle:
        bundle = Bundle(pupils=1)
        bundle.rows["orgs"].append({"sourcedId": "S2", "name": "Duin", "type": "school", "identifier": "02BB"})
        second_class(bundle, "S2").pupil("M1", "Verhuist", group="K1" if school == "S1" else "K2", born=born)
        return bundle

    bring(connection, board("S1", "2013-05-04"))
    bring(connection, board("S2", "2013-05-04"), TOMORROW)
    assert placements(world, "Verhuist") == [(TODAY, TOMORROW), (TOMORROW, None)]
    assert world.scalar("select count(*) from person where given_name = 'Verhuist'") == 1
    bring(connection, board("S1", "2013-05-04").without("M1"), TODAY + timedelta(3))
    world.change("delete from person_alias where value = 'm1' and school_id = :id", id=world.kust)
    bring(connection, board("S1", "2012-01-01"), TODAY + timedelta(5))
    assert world.scalar("select count(*) from person where given_name = 'Verhuist'") == 2


def test_a_teacher_who_is_a_parent_too_is_one_person(world: World, connection: psycopg.Connection[Any]) -> None:
    bundle = with_teacher(Bundle(pupils=1), agentSourcedIds="P1")
    bundle.rows["roles"] = [{"userSourcedId": "T1", "role": role} for role in ("teacher", "parent")]
    outcome = bring(connection, bundle)
    assert outcome.counts["guardian"] == {"added": 1}
    assert outcome.counts["staff"] == {"added": 1}
    assert world.scalar("select count(*) from person where given_name = 'Amina' and family_name = 'Bos'") == 1
    assert bring(connection, bundle).counts == {}


def test_somebody_who_is_in_it_twice_is_brought_in_once(world: World, connection: psycopg.Connection[Any]) -> None:
    bundle = with_teacher(Bundle(pupils=1))
    bundle.user("t1", "parent", "Amina", "Bos", agentSourcedIds="P1")
    assert [one.code for one in bring(connection, bundle).problems] == ["twice", "unknown_agent"][:1]
    assert world.scalar("select count(*) from person where given_name = 'Amina' and family_name = 'Bos'") == 1


# --- many ends ---------------------------------------------------------------------------------------


def test_a_file_that_ends_many_says_so_where_every_enrolment_has_a_last_day(
    world: World, connection: psycopg.Connection[Any]
) -> None:
    assert bring(connection, with_last_day(40)).many == []
    assert bring(connection, with_last_day(38), TOMORROW, keep=False).many == []
    half = bring(connection, with_last_day(10), TOMORROW, keep=False)
    assert [(one.ending, one.running) for one in half.many] == [(30, 42)]


def test_a_last_day_at_the_end_of_the_school_year_is_no_ending(
    world: World, connection: psycopg.Connection[Any]
) -> None:
    bring(connection, Bundle(pupils=40))
    bundle = Bundle(pupils=40)
    for row in bundle.rows["enrollments"]:
        row["endDate"] = "2027-07-31"
    outcome = bring(connection, bundle, TOMORROW)
    assert outcome.many == []
    assert outcome.counts["pupil"] == {"changed": 40}
    for row in bundle.rows["enrollments"]:
        row["endDate"] = "2026-12-01"
    assert bring(connection, bundle, TOMORROW, keep=False).many != []


# --- files of changes --------------------------------------------------------------------------------


def test_leaving_one_of_two_classes_is_not_leaving_school(world: World, connection: psycopg.Connection[Any]) -> None:
    bundle = second_class(Bundle())
    bundle.enrol("P1", "K2")
    bring(connection, bundle)
    delta = changes()
    delta.enrol("P1", "K2", status="tobedeleted")
    assert bring(connection, delta, TODAY + timedelta(2)).counts == {"member": {"ended": 1}}
    assert placements(world, "Kind1") == [(TODAY, None)]
    delta = changes()
    delta.enrol("P1", "K1", status="tobedeleted")
    assert bring(connection, delta, TODAY + timedelta(4)).counts["pupil"] == {"ended": 1}, "that was the last one"
    assert bring(connection, delta, TODAY + timedelta(6)).counts == {}
    assert placements(world, "Kind1") == [(TODAY, TODAY + timedelta(4))]


def test_a_change_in_one_class_leaves_the_last_day_at_school_as_it_is(
    world: World, connection: psycopg.Connection[Any]
) -> None:
    bring(connection, second_class(with_last_day(3)))
    delta = changes()
    delta.enrol("P1", "K2")
    assert bring(connection, delta, TOMORROW).counts == {"member": {"added": 1}}


def test_who_is_taken_out_leaves_the_classes_too(world: World, connection: psycopg.Connection[Any]) -> None:
    bring(connection, with_teacher(Bundle()))
    delta = changes()
    delta.user("P1", "student", "Kind1", status="tobedeleted")
    delta.user("T1", "teacher", "Amina", status="tobedeleted")
    assert bring(connection, delta, TOMORROW).counts == {
        "pupil": {"ended": 1}, "member": {"ended": 1}, "staff": {"ended": 1}, "assignment": {"ended": 1},
    }  # fmt: skip
    assert bring(connection, delta, TOMORROW).counts == {}


def test_a_change_of_name_alone_is_taken_over(world: World, connection: psycopg.Connection[Any]) -> None:
    bring(connection, Bundle())
    delta = changes()
    delta.user("P1", "student", "Anders")
    del delta.rows["enrollments"]
    delta.rows["manifest"].append({"propertyName": "file.enrollments", "value": "absent"})
    assert bring(connection, delta, TOMORROW).counts == {"person": {"changed": 1}}


def test_who_is_nowhere_is_not_added(world: World, connection: psycopg.Connection[Any]) -> None:
    bring(connection, Bundle())
    delta = changes()
    delta.user("P77", "student", "Los")
    assert bring(connection, delta, TOMORROW).counts == {}
    assert world.scalar("select count(*) from person where given_name = 'Los'") == 0


def test_a_parent_may_come_later_than_the_child(world: World, connection: psycopg.Connection[Any]) -> None:
    bring(connection, Bundle())
    delta = changes()
    delta.user("O1", "parent", "Fatima", agentSourcedIds="P1")
    outcome = bring(connection, delta, TOMORROW)
    assert (outcome.counts, outcome.problems) == ({"guardian": {"added": 1}}, [])
    assert bring(connection, delta, TOMORROW).counts == {}


@pytest.mark.parametrize("named", [True, False], ids=["with its school", "without a school"])
def test_changes_reach_no_class_of_another_school(
    world: World, connection: psycopg.Connection[Any], named: bool
) -> None:
    other = Bundle(brin="02BB")
    other.rows["classes"][0]["sourcedId"] = "KB"
    for row in other.rows["enrollments"]:
        row["classSourcedId"] = "KB"
    bring(connection, other)
    delta = with_teacher(changes(), "T9", "KB")
    delta.pupil("PX", "Vreemd", group="KB")
    if not named:
        del delta.rows["orgs"]
    own = only_schools(read_roster(delta.zip(), TODAY), ["01AA00"])
    outcome = bring_in(connection, own, TODAY, may_add_schools=False)
    connection.commit()
    assert outcome.counts == {}
    assert [one.code for one in outcome.problems] == ["unknown_class", "unknown_class"]
    assert world.scalar("select count(*) from person where given_name in ('Amina', 'Vreemd')") == 0


def test_classes_that_two_schools_call_the_same_are_told_apart(
    world: World, connection: psycopg.Connection[Any]
) -> None:
    bring(connection, Bundle())
    bring(connection, Bundle(brin="02BB"))
    delta = changes()
    delta.rows["orgs"].append({"sourcedId": "S2", "name": "Duin", "type": "school", "identifier": "02BB"})
    delta.pupil("P8", "Nieuw")
    delta.enrol("P9", "K1", schoolSourcedId="")
    delta.user("P9", "student", "Onzeker")
    outcome = bring(connection, delta)
    assert [one.code for one in outcome.problems] == ["unknown_class"]
    assert world.scalar(
        "select brin from placement l join school s on s.id = l.school_id join person p on p.id = l.pupil_id"
        " where given_name = 'Nieuw'"
    ) == "01AA"  # fmt: skip


# --- EDEXML ------------------------------------------------------------------------------------------


def _edexml(*pupils: str, groups: str = "", teachers: str = "") -> io.BytesIO:
    text = EDEXML.format(brin="01AA", encoding="utf-8")
    for close, more in (("</leerlingen>", "".join(pupils)), ("</groepen>", groups), ("</leerkrachten>", teachers)):
        text = text.replace(close, more + close, 1)
    return io.BytesIO(text.encode())


def _pupil(key: str, year: str, groups: str) -> str:
    return (
        f'<leerling key="{key}"><achternaam>Zee</achternaam><roepnaam>Kim{key}</roepnaam>'
        f"<jaargroep>{year}</jaargroep>{groups}</leerling>"
    )


def test_groep_7_in_a_class_with_groep_6_takes_part() -> None:
    roster = read_roster(_edexml(_pupil("9", "7", '<groep key="g5"/>')), TODAY)
    assert "9" in roster.pupils
    assert "3" not in roster.pupils
    assert (roster.groups["g5"].name, roster.groups["g5"].study_year) == ("5", 7)


def test_a_composite_group_is_a_group_with_its_teacher() -> None:
    composite = '<samengestelde_groep key="g7"><naam>Bovenbouw</naam></samengestelde_groep>'
    roster = read_roster(
        _edexml(
            _pupil("9", "8", '<groep key="g7"/><samengestelde_groepen><samengestelde_groep key="g7"/>'
                   "</samengestelde_groepen>"),
            groups=composite,
            teachers='<leerkracht key="8"><achternaam>Bos</achternaam><roepnaam>Bram</roepnaam>'
            '<groepen><samengestelde_groep key="g7"/></groepen></leerkracht>',
        ),
        TODAY,
    )  # fmt: skip
    assert roster.problems == []
    assert [one.group for one in roster.enrolments if one.pupil == "9"] == ["g7", "samengesteld/g7"]
    assert roster.groups["samengesteld/g7"].name == "Bovenbouw"
    assert [one.group for one in roster.teachings] == ["g7", "samengesteld/g7"]


def test_who_follows_no_year_is_left_out_and_told() -> None:
    special = '<groep key="s"><naam>Schakel</naam><jaargroep>N</jaargroep></groep>'
    roster = read_roster(_edexml(_pupil("9", "N", '<groep key="s"/>'), groups=special), TODAY)
    assert (roster.problems, roster.ignored["other_year"]) == ([], 1)


def test_an_edexml_that_comes_each_night_changes_nothing(world: World, connection: psycopg.Connection[Any]) -> None:
    assert bring(connection, edexml()).counts["member"] == {"added": 2}
    assert bring(connection, edexml()).counts == {}
    night: Outcome = bring(connection, edexml(), TOMORROW)
    assert (night.counts, night.problems) == ({}, [])


def test_another_last_day_in_a_class_is_a_change(world: World, connection: psycopg.Connection[Any]) -> None:
    bundle = second_class(Bundle(pupils=1))
    bundle.enrol("P1", "K2")
    bring(connection, bundle)
    bundle.rows["enrollments"][-1]["endDate"] = "2026-12-18"
    assert bring(connection, bundle, TOMORROW).counts == {"member": {"changed": 1}}
    assert bring(connection, bundle, TOMORROW).counts == {}
