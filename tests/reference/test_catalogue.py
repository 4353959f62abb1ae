"""The reference data is whole: nothing double, nothing missing, in both languages."""

import itertools
import json
from importlib.resources import files
from typing import Literal

import pytest

from app.reference import catalogue
from app.reference.codes import Band, Competency, ExperienceForm, Feeling, Kind, ReactionCode, WorkField

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
def test_every_code_has_a_name_in_dutch_and_english(items: list[catalogue.Named], codes: type) -> None:
    assert [item.code for item in items] == sorted(codes, key=[item.code for item in items].index)
    assert all(item.name["nl"] and item.name["en"] for item in items)


@pytest.mark.parametrize(("band", "kind"), list(itertools.product(Band, Kind)))
def test_the_first_two_questions_are_about_different_things(band: Band, kind: Kind) -> None:
    questions = catalogue.questions_for(band, kind)
    assert questions[0].competency != questions[1].competency
    assert {question.competency for question in questions[:5]} == set(Competency)
    assert len({question.id for question in questions}) == len(questions) == 15
    assert all(question.text["nl"] and question.text["en"] for question in questions)


@pytest.mark.parametrize(("band", "competency"), list(itertools.product(Band, Competency)))
def test_there_is_always_another_question_about_the_same_thing(band: Band, competency: Competency) -> None:
    assert sum(question.competency is competency for question in catalogue.questions_for(band, Kind.EXPERIENCE)) >= 2


def test_no_two_questions_share_an_id() -> None:
    asked = [question for band in Band for question in catalogue.questions_for(band, Kind.EXPERIENCE)]
    asked += catalogue.boundary_questions("before") + catalogue.boundary_questions("after")
    assert len({question.id for question in asked}) == len(asked)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_boundary_experience_asks_in_both_languages(when: Literal["before", "after"]) -> None:
    assert all(question.text["nl"] and question.text["en"] for question in catalogue.boundary_questions(when))


def test_a_parent_reacts_in_the_language_of_home() -> None:
    assert all(reaction.name.keys() == {"nl", "en", "ar", "tr", "pl"} for reaction in catalogue.reactions())


def test_what_a_child_reads_is_there_in_dutch_and_english() -> None:
    told = [item.question for item in catalogue.competencies()] + [item.phrase for item in catalogue.kinds()]
    assert all(text["nl"] and text["en"] for text in told)


@pytest.mark.parametrize("band", [Band.B, Band.C])
def test_havo_and_vwo_are_asked_about_profiles_and_studies(band: Band) -> None:
    vmbo, havo, vwo = (catalogue.questions_for(band, Kind.REFLECTION, level=level) for level in ("vmbo", "havo", "vwo"))
    assert havo == vwo
    assert [question.competency for question in havo] == [question.competency for question in vmbo]
    words = " ".join(question.text["nl"] for question in havo)
    assert "richting" not in words
    assert "opleiding" not in words
    assert len({question.id for question in havo}) == 15


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
