"""With the first wall taken away: what the app's role reads and writes of loopbaandossiers, in whoever's name."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine

from app.guidance.dossiers.models import DossierChecklist, DossierPdf
from tests.dossiers import fill_dossier, new_hand_in
from tests.guidance.test_second_wall import Bare
from tests.ids import new_id
from tests.test_access_document import table
from tests.world import World


@pytest.fixture
def bare(world: World) -> Iterator[Bare]:
    engine = create_engine(world.settings.database_url or "")
    yield Bare(world, engine)
    engine.dispose()


STATES = {"handed in": "handed_in", "taken back": "withdrawn", "given back": "returned", "good": "done"}
COUNT = "select count(*) from {}"


def _list(world: World) -> None:
    made = {"needs": {}, "version": 1, "changed_by": world.dean, "changed_at": world.clock.now()}
    world.add(DossierChecklist(school_id=world.kust, school_year=2026, **made))


async def test_a_select_without_any_condition_shows_what_the_document_says(world: World, bare: Bare) -> None:
    _list(world)
    stated = table("A loopbaandossier, and who reads it")
    tried: dict[str, dict[str, str]] = {who: {} for who in stated}
    for column, state in STATES.items():
        for who in stated:
            reader = {"reader_id": world.other_teacher} if who == "reader" else {}
            new_hand_in(world, state, **reader)
            asking = "other_teacher" if who == "reader" else who
            tried[who][column] = "yes" if bare(asking, COUNT.format("dossier_hand_in")) else "no"
            if column == "handed in":
                kept = bare(asking, COUNT.format("kept_file"))
                tried[who]["files of it"] = "yes" if kept else "no"
    fill_dossier(world)
    for who in stated:
        asking = "other_teacher" if who == "reader" else who
        tried[who]["parts"] = "yes" if bare(asking, COUNT.format("dossier_part")) else "no"
        tried[who]["list of the school"] = "yes" if bare(asking, COUNT.format("dossier_checklist")) else "no"
    assert tried == stated


REFUSED = (
    "insert into dossier_hand_in select * from dossier_hand_in",
    "update dossier_hand_in set snapshot = '{}'",
    "update dossier_hand_in set state = 'done'",
    "update dossier_hand_in set reader_agrees = true",
    "delete from dossier_hand_in",
    "insert into kept_file select * from kept_file",
    "update kept_file set file_key = 'file/other'",
    "delete from kept_file",
    "update dossier_part set pupil_id = pupil_id",
    "update dossier_part set competency = 'motives'",
    "delete from dossier_part",
    "update dossier_pdf set object_key = 'file/other'",
    "update dossier_pdf set size = 1",
    "delete from dossier_pdf",
    "update dossier_checklist set school_year = 2025",
    "delete from dossier_checklist",
    "select dossier_snapshot(:pupil, :group, :school)",
)


async def test_what_no_page_writes_nobody_can(world: World, bare: Bare) -> None:
    new_hand_in(world)
    about = {"pupil": world.pupil, "group": world.group, "school": world.kust}
    for statement in REFUSED:
        used = {name: value for name, value in about.items() if f":{name}" in statement}
        for who in ("pupil", "teacher", "dean", "guardian", "coordinator"):
            assert bare(who, statement, **used) == "refused", (who, statement)


async def test_a_dossier_moves_on_only_in_the_hands_of_who_may_move_it(world: World, bare: Bare) -> None:
    hand_in = new_hand_in(world, reader_id=world.other_teacher)
    at = world.clock.now()
    close = "select close_dossier(:id, 1, 'done', '', :at)"
    back = "select close_dossier(:id, 1, 'returned', 'Nog iets', :at)"
    for who in ("pupil", "classmate", "teacher", "other_teacher", "former_teacher", "far_dean", "guardian", "nobody"):
        assert bare(who, back, id=hand_in, at=at) == "none", who
    assert bare("dean", close, id=hand_in, at=at) == "reader", "the second reader has not said anything yet"
    assert bare("dean", "select close_dossier(:id, 1, 'withdrawn', '', :at)", id=hand_in, at=at) == "outcome"
    assert bare("dean", "select close_dossier(:id, 2, 'returned', 'Nog iets', :at)", id=hand_in, at=at) == "stale"
    note = "select note_dossier(:id, 1, true, '', :at)"
    for who in ("pupil", "teacher", "dean", "far_teacher", "guardian", "nobody"):
        assert bare(who, note, id=hand_in, at=at) == "none", who
    assert bare("other_teacher", note, id=hand_in, at=at) == "done"
    for who in ("classmate", "teacher", "dean", "guardian", "nobody"):
        assert bare(who, "select withdraw_dossier(:id)", id=hand_in) == "none", who
        assert bare(who, "select hand_in_dossier(:id, :at)", id=new_id(world), at=at) != "new", who
    for who in ("pupil", "classmate", "far_dean", "guardian", "nobody"):
        bare(who, "select open_dossier(:id, :at)", id=hand_in, at=at)
        assert not bare(who, "select name_dossier_reader(:id, 1, null) = 'done'", id=hand_in), who
    assert world.scalar("select opened_at from dossier_hand_in") is None


async def test_while_school_has_it_and_for_others_no_part_is_written(world: World, bare: Bare) -> None:
    new_hand_in(world)
    fill_dossier(world, "networking")
    change = "update dossier_part set text = 'Anders'"
    for who in ("pupil", "classmate", "teacher", "dean", "guardian", "nobody"):
        assert bare(who, change) in (0, "refused"), who
    begin = "insert into dossier_part values (:pupil, 'networking', 'Anders', '{}', 1, now())"
    for who in ("pupil", "classmate", "teacher", "dean", "guardian"):
        assert bare(who, begin, pupil=world.pupil) == "refused", who
    world.change("update dossier_hand_in set state = 'returned', reason = 'Nog iets'")
    assert bare("pupil", change) == 4
    assert bare("pupil", begin, pupil=world.pupil) == 1
    assert bare("classmate", begin, pupil=world.pupil) == "refused"


async def test_a_list_is_a_deans_and_in_the_own_name(world: World, bare: Bare) -> None:
    new_hand_in(world)
    make = "insert into dossier_checklist values (:school, :year, '{}', '', 1, :by, now())"
    good = {"school": world.kust, "year": 2026, "by": world.dean}
    assert bare("dean", make, **good) == 1
    for who, wrong in (
        ("teacher", good | {"by": world.teacher}),
        ("dean", good | {"by": world.teacher}),
        ("dean", good | {"school": world.duin}),
        ("dean", good | {"year": 2025}),
        ("pupil", good | {"by": world.pupil}),
    ):
        assert bare(who, make, **wrong) == "refused", (who, wrong)


async def test_a_pdf_is_asked_for_and_never_said_to_be_there(world: World, bare: Bare) -> None:
    hand_in = new_hand_in(world)
    ask = "insert into dossier_pdf (hand_in_id, state, asked_by, asked_at) values (:id, :state, :by, now())"
    assert bare("pupil", ask, id=hand_in, state="asked", by=world.pupil) == 1
    assert bare("pupil", ask, id=hand_in, state="ready", by=world.pupil) == "refused"
    assert bare("pupil", ask, id=hand_in, state="asked", by=world.dean) == "refused"
    assert bare("classmate", ask, id=hand_in, state="asked", by=world.classmate) == "refused"
    made = {"state": "ready", "asked_by": world.pupil, "asked_at": world.clock.now(), "object_key": "dossier/x.pdf"}
    world.add(DossierPdf(hand_in_id=hand_in, **made))
    assert bare("guardian", COUNT.format("dossier_pdf")) == 0
    assert bare("dean", COUNT.format("dossier_pdf")) == 1


async def test_home_gets_no_row_and_of_the_function_only_what_reaches_home(world: World, bare: Bare) -> None:
    new_hand_in(world, "done")
    asked = "select dossier_at_home(:pupil) is not null"
    readers = {who for who in ("pupil", "classmate", "teacher", "dean", "guardian", "other_guardian", "no_custody",
                               "nobody") if bare(who, asked, pupil=world.pupil)}  # fmt: skip
    assert readers == {"guardian"}
    world.change("update person set birth_date = '2010-01-01' where id = :pupil", pupil=world.pupil)
    assert not bare("guardian", asked, pupil=world.pupil), "sixteen, and has not said yes"
