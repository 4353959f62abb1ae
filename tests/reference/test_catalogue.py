"""The reference data is whole: nothing double, nothing missing, in all languages."""

import itertools
import json
from importlib.resources import files
from pathlib import Path
from typing import Literal

import pytest

from app.reference import catalogue
from app.reference.codes import Band, Competency, ExperienceForm, Feeling, HomeLanguage, Kind, ReactionCode, WorkField

# The 17 domains of table 2.3 in Panteia (2016), Opleidingskeuze Den Haag.
DOMAINS = {
    "Zorg en welzijn", "Economie en administratie", "Handel en ondernemerschap", "Techniek en procesindustrie",
    "Horeca en bakkerij", "Veiligheid en sport", "Informatie en communicatietechnologie",
    "Voedsel, natuur en leefomgeving", "Entree", "Media en vormgeving", "Transport, scheepvaart en logistiek",
    "Mobiliteit en voertuigen", "Bouw en infra", "Uiterlijke verzorging", "Toerisme en recreatie",
    "Afbouw, hout en onderhoud", "Ambacht, laboratorium en gezondheidstechniek",
}  # fmt: skip


def test_every_domain_of_the_source_belongs_to_one_field() -> None:
    raw = json.loads(files("app.reference").joinpath("data", "work_fields.json").read_text("utf-8"))
    mapped = [domain for field in catalogue.work_fields() for domain in field.domains] + raw["all_fields"]
    assert sorted(mapped) == sorted(DOMAINS)


LANGUAGES = set(HomeLanguage)


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        (catalogue.work_fields(), WorkField),
        (catalogue.competencies(), Competency),
        (catalogue.kinds(), Kind),
        (catalogue.forms(), ExperienceForm),
        (catalogue.feelings(), Feeling),
        (catalogue.reactions(), ReactionCode),
    ],
)
def test_every_code_has_a_name_in_every_language(items: list[catalogue.Named], codes: type) -> None:
    assert [item.code for item in items] == sorted(codes, key=[item.code for item in items].index)
    assert all(item.name.keys() == LANGUAGES and all(item.name.values()) for item in items)


FORMS = [(Kind.EXPERIENCE, form) for form in ExperienceForm]


@pytest.mark.parametrize("band", Band)
@pytest.mark.parametrize(("kind", "form"), [*((kind, None) for kind in Kind), *FORMS])
def test_the_first_two_questions_are_about_different_things(
    band: Band, kind: Kind, form: ExperienceForm | None
) -> None:
    questions = catalogue.questions_for(band, kind, form=form)
    assert questions[0].competency != questions[1].competency
    assert len({question.competency for question in questions}) >= 4
    assert len({question.id for question in questions}) == len(questions) >= 8
    assert all(question.text["nl"] and question.text["en"] for question in questions)


@pytest.mark.parametrize(("band", "competency"), list(itertools.product(Band, Competency)))
def test_after_a_visit_there_is_always_another_question_about_the_same_thing(
    band: Band, competency: Competency
) -> None:
    asked = catalogue.questions_for(band, Kind.EXPERIENCE, form=ExperienceForm.COMPANY_VISIT)
    assert sum(question.competency is competency for question in asked) >= 2


@pytest.mark.parametrize("band", Band)
def test_nobody_is_asked_of_a_job_at_something_that_was_made_or_done_at_home(band: Band) -> None:
    at_work = {f"{band}-work_exploration-{number}" for number in (1, 3)} | {f"{band}-motives-3"} - {"D-motives-3"}
    for kind, form in ((Kind.WORK_SAMPLE, None), (Kind.RESULT, None), (Kind.EXPERIENCE, ExperienceForm.CARE_AT_HOME)):
        assert not at_work & {question.id for question in catalogue.questions_for(band, kind, form=form)}


def test_an_internship_is_asked_what_a_guest_lesson_is_not() -> None:
    internship, lesson = (
        {question.id for question in catalogue.questions_for(Band.D, Kind.EXPERIENCE, form=form)}
        for form in (ExperienceForm.INTERNSHIP, ExperienceForm.GUEST_LESSON)
    )
    assert "D-qualities-5" in internship - lesson
    assert "D-work_exploration-4" in lesson - internship


def test_the_same_visit_asks_a_child_of_groep_7_and_a_student_of_mbo_different_things() -> None:
    child, student = (
        catalogue.questions_for(band, Kind.EXPERIENCE, form=ExperienceForm.COMPANY_VISIT) for band in (Band.A, Band.D)
    )
    assert not {question.text["nl"] for question in child} & {question.text["nl"] for question in student}


WORDINGS = Path(__file__).with_name("question_wordings.json")


def _wordings() -> dict[str, dict[str, str]]:
    raw = json.loads(files("app.reference").joinpath("data", "question_sets.json").read_text("utf-8"))
    asked = [catalogue.Question.model_validate(item) for one in raw["sets"] for item in one["questions"]]
    asked += [catalogue.Replacement.model_validate(item) for item in raw["havo_vwo"]]
    asked += [catalogue.Question.model_validate(item) for when in ("before", "after") for item in raw["boundary"][when]]
    told = [(question.id, past) for question in asked for past in (*question.earlier, question)]
    words = {f"{name} {past.version}": past.text for name, past in told}
    assert len(words) == len(told), "an id and a version stand for one wording"
    for question in asked:
        assert [past.version for past in (*question.earlier, question)] == list(range(1, question.version + 1))
    return words


def test_a_wording_that_was_ever_asked_never_changes() -> None:
    """Answers of years ago keep it. Change a question: give it the next version, put the old words under `earlier`.

    A new wording is added to question_wordings.json; no line of that file is ever changed or removed.
    """
    assert _wordings() == json.loads(WORDINGS.read_text("utf-8"))


def test_no_two_questions_share_an_id() -> None:
    asked = [question for band in Band for question in catalogue.question_set(band)]
    asked += catalogue.replacements().values()
    asked += catalogue.boundary_questions("before") + catalogue.boundary_questions("after")
    assert len({question.id for question in asked}) == len(asked)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_boundary_experience_asks_in_both_languages(when: Literal["before", "after"]) -> None:
    assert all(question.text["nl"] and question.text["en"] for question in catalogue.boundary_questions(when))


def test_a_parent_reacts_in_the_language_of_home() -> None:
    assert all(reaction.name.keys() == set(HomeLanguage) for reaction in catalogue.reactions())


def test_consent_is_asked_in_every_language_of_home() -> None:
    for purpose in catalogue.purposes():
        for texts in (purpose.title, purpose.text, purpose.self):
            assert texts.keys() == set(HomeLanguage), purpose.code
            assert all(text.strip() for text in texts.values())
        assert all("{name}" in text for text in purpose.text.values())


CARD_WORDINGS = Path(__file__).with_name("homework_wordings.json")


def _card_wordings() -> dict[str, dict[str, dict[str, str]]]:
    told = [(card.code, past) for card in catalogue.homework_cards() for past in (*card.earlier, card)]
    words = {
        f"{code} {past.version}": {"title": dict(past.title), "home": dict(past.home), "child": dict(past.child)}
        for code, past in told
    }
    assert len(words) == len(told), "a card and a version stand for one wording"
    for card in catalogue.homework_cards():
        assert [past.version for past in (*card.earlier, card)] == list(range(1, card.version + 1))
    return words


def test_a_card_that_was_ever_asked_keeps_its_words() -> None:
    """As with questions: another wording is the next version, the words of before go under `earlier`.

    A new wording is added to homework_wordings.json; no line of that file is ever changed or removed.
    """
    assert _card_wordings() == json.loads(CARD_WORDINGS.read_text("utf-8"))


def test_every_card_is_asked_in_every_language_of_home_and_every_band_has_eight() -> None:
    for card in catalogue.homework_cards():
        assert all(texts.keys() == set(HomeLanguage) for texts in (card.title, card.home, card.child)), card.code
        questions = [text for texts in (card.home, card.child) for text in texts.values()]
        assert all(text.rstrip().endswith(("?", "؟", ".")) for text in questions), card.code
    for band in Band:
        assert sum(band in card.bands for card in catalogue.homework_cards()) >= 8


def test_what_a_child_reads_is_there_in_every_language() -> None:
    told = [item.question for item in catalogue.competencies()] + [item.phrase for item in catalogue.kinds()]
    assert all(text.keys() == LANGUAGES and all(text.values()) for text in told)


@pytest.mark.parametrize("band", [Band.B, Band.C])
def test_havo_and_vwo_are_asked_about_profiles_and_studies(band: Band) -> None:
    vmbo, havo, vwo = (catalogue.questions_for(band, Kind.REFLECTION, level=level) for level in ("vmbo", "havo", "vwo"))
    assert havo == vwo
    assert [question.competency for question in havo] == [question.competency for question in vmbo]
    words = " ".join(question.text["nl"] for question in havo)
    assert "richting" not in words
    assert "opleiding" not in words


def test_a_second_visit_asks_something_else() -> None:
    first, second = (catalogue.questions_for(Band.B, Kind.EXPERIENCE, turn)[0] for turn in (0, 1))
    assert first.competency == second.competency
    assert first.id != second.id


@pytest.mark.parametrize(
    ("level", "year", "band"),
    [
        ("po", 7, Band.A),
        ("vmbo", 2, Band.B),
        ("vmbo", 3, Band.C),
        ("havo", 2, Band.B),
        ("vwo", 5, Band.C),
        ("mbo", 1, Band.D),
    ],
)
def test_the_band_follows_the_group(level: str, year: int, band: Band) -> None:
    assert catalogue.age_band(level, year) is band
