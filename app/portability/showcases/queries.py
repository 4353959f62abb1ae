"""Pages of the API: the pupil's etalage, what can be put in it, and what waits for a parent's yes."""

from typing import Any

from sqlalchemy import ARRAY, Text, Uuid, and_, any_, case, cast, column, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.picture.models import TalentWord, WordChoice
from app.media.models import Attachment, AttachmentState, MediaKind
from app.people.models import Person
from app.people.projections import person_ref
from app.platform.reads import HOME, TODAY, VIEWER, Read, json_list, json_object, parameter
from app.portability.showcases.models import (
    ShowcaseConsent,
    ShowcaseCount,
    ShowcaseDocument,
    ShowcasePage,
    ShowcasePdf,
    ShowcaseShare,
)
from app.portability.showcases.policy import ALONE_FROM, TEXT_VERSION, allowed, law, may_be_shown
from app.portfolio.models import Entry

_PAGE_ID = parameter("page_id", Uuid())
_BEGINNING = 600
_TRUE: ColumnElement[bool] = literal_column("true")


def _word(value: str) -> ColumnElement[str]:
    return literal_column(f"'{value}'", Text())


def _of(content: Any, name: str) -> ColumnElement[str]:
    return content.op("->>")(_word(name))  # type: ignore[no-any-return]


def share_state() -> ColumnElement[str]:
    """As schemas.ShareState."""
    return case(
        (ShowcaseShare.end_reason.is_not(None), ShowcaseShare.end_reason),
        (ShowcaseShare.ends_on < TODAY, _word("ended")),
        (ShowcaseShare.misses >= literal_column("100"), _word("locked")),
        (~allowed(TODAY), _word("waiting")),
        (ShowcaseShare.starts_on > TODAY, _word("coming")),
        else_=_word("open"),
    )


_runs = and_(ShowcaseShare.ended_at.is_(None), ShowcaseShare.ends_on >= TODAY)


def _shares() -> ColumnElement[Any]:
    counted = ShowcaseCount.share_id == ShowcaseShare.id
    times = select(func.coalesce(func.sum(ShowcaseCount.times), literal_column("0"))).where(counted)
    by_day = select(
        json_list(json_object(on=ShowcaseCount.on_date, times=ShowcaseCount.times), ShowcaseCount.on_date.desc())
    ).where(counted)
    young = func.years_old(Person.birth_date, TODAY) < literal_column(str(ALONE_FROM))
    changed = func.coalesce(
        and_(young, ShowcaseShare.agreed_version != ShowcasePage.version, _runs), literal_column("false")
    )
    one = json_object(
        id=ShowcaseShare.id,
        who=ShowcaseShare.who,
        starts_on=ShowcaseShare.starts_on,
        ends_on=ShowcaseShare.ends_on,
        has_code=ShowcaseShare.has_code,
        state=share_state(),
        parent_reads_first=changed,
        times=times.correlate(ShowcaseShare).scalar_subquery(),
        opened=by_day.correlate(ShowcaseShare).scalar_subquery(),
    )
    return (
        select(json_list(one, ShowcaseShare.made_at.desc(), ShowcaseShare.id))
        .where(ShowcaseShare.page_id == ShowcasePage.id)
        .correlate(ShowcasePage, Person)
        .scalar_subquery()
    )


def _papers() -> ColumnElement[Any]:
    pdf = json_object(
        state=ShowcasePdf.state,
        size=ShowcasePdf.size,
        made_at=ShowcasePdf.made_at,
        outdated=func.coalesce(ShowcasePdf.of_version != ShowcaseDocument.version, literal_column("false")),
    )
    one = json_object(
        kind=ShowcaseDocument.kind, content=ShowcaseDocument.content, version=ShowcaseDocument.version, pdf=pdf
    )
    same = and_(ShowcasePdf.page_id == ShowcaseDocument.page_id, ShowcasePdf.kind == ShowcaseDocument.kind)
    return (
        select(json_list(one, ShowcaseDocument.kind))
        .select_from(ShowcaseDocument)
        .outerjoin(ShowcasePdf, same)
        .where(ShowcaseDocument.page_id == ShowcasePage.id)
        .correlate(ShowcasePage)
        .scalar_subquery()
    )


_own = and_(ShowcasePage.pupil_id == VIEWER, ShowcasePage.removed_at.is_(None))
_open_links = (
    select(func.count())
    .select_from(ShowcaseShare)
    .where(ShowcaseShare.page_id == ShowcasePage.id, share_state() == _word("open"))
    .correlate(ShowcasePage)
    .scalar_subquery()
)
_line = json_object(
    id=ShowcasePage.id,
    title=_of(ShowcasePage.content, "title"),
    template=_of(ShowcasePage.content, "template"),
    updated_at=ShowcasePage.updated_at,
    open_links=_open_links,
)
_gone = json_object(id=ShowcasePage.id, title=_of(ShowcasePage.content, "title"), removed_at=ShowcasePage.removed_at)
_thrown_away = and_(ShowcasePage.pupil_id == VIEWER, ShowcasePage.removed_at.is_not(None))

MY_SHOWCASES = Read(
    select(
        json_object(
            law=law(TODAY),
            pages=select(json_list(_line, ShowcasePage.updated_at.desc(), ShowcasePage.id))
            .where(_own)
            .scalar_subquery(),
            removed=select(json_list(_gone, ShowcasePage.removed_at.desc(), ShowcasePage.id))
            .where(_thrown_away)
            .scalar_subquery(),
        ).label("body")
    ).where(Person.id == VIEWER)
)
"""GET /v1/me/showcases, as schemas.MyShowcases."""

SHOWCASE_PAGE = Read(
    select(
        json_object(
            id=ShowcasePage.id,
            content=ShowcasePage.content,
            version=ShowcasePage.version,
            updated_at=ShowcasePage.updated_at,
            law=law(TODAY),
            shown=func.showcase_preview(ShowcasePage.id, TODAY),
            shares=_shares(),
            papers=_papers(),
        ).label("body"),
        ShowcasePage.version.label("version"),
    )
    .select_from(ShowcasePage)
    .join(Person, Person.id == ShowcasePage.pupil_id)
    .where(ShowcasePage.id == _PAGE_ID, _own)
)
"""GET /v1/me/showcases/{pageId}, as schemas.ShowcasePageOut."""


# --- what can be put on a page -----------------------------------------------------------------------


def _files() -> ColumnElement[Any]:
    one = json_object(
        id=Attachment.id,
        kind=Attachment.kind,
        name=Attachment.name,
        alt=Attachment.alt,
        has_thumbnail=Attachment.thumbnail_key.is_not(None),
        placeholder=Attachment.placeholder,
        width=Attachment.width,
        height=Attachment.height,
    )
    shown = (
        Attachment.entry_id == Entry.id,
        Attachment.state == _word(AttachmentState.READY.value),
        Attachment.kind.in_((_word(MediaKind.PHOTO.value), _word(MediaKind.FILM.value))),
    )
    return select(json_list(one, Attachment.position, Attachment.id)).where(*shown).correlate(Entry).scalar_subquery()


def _detail(name: str) -> ColumnElement[str]:
    return Entry.details.op("->>")(_word(name))


_story = json_object(
    id=Entry.id,
    title=Entry.title,
    kind=Entry.kind,
    form=_detail("form"),
    organisation=func.coalesce(_detail("organisation"), _word("")),
    happened_on=Entry.happened_on,
    ended_on=Entry.ended_on,
    hours=Entry.details.op("->")(_word("hours")),
    text=func.left(Entry.body, literal_column(str(_BEGINNING))),
    files=_files(),
)
_mine = and_(Entry.pupil_id == VIEWER, may_be_shown())


def _words() -> ColumnElement[Any]:
    """As the function `showcase_said`, of what the viewer may see anyway."""
    tag = func.unnest(Entry.tags).column_valued("tag")
    tags = select(func.lower(tag).label("key"), cast(tag, Text).label("word"), _word("pupil").label("voice")).where(
        _mine
    )
    given = (
        select(func.lower(TalentWord.word), TalentWord.word, TalentWord.voice)
        .join(Entry, Entry.id == TalentWord.entry_id)
        .where(_mine)
    )
    said = tags.select_from(Entry).union_all(given).subquery("said")
    voices = func.array_agg(aggregate_order_by(said.c.voice.distinct(), said.c.voice), type_=ARRAY(Text))
    hidden = func.coalesce(func.bool_or(WordChoice.hidden), literal_column("false"))
    one = (
        select(
            said.c.key,
            func.coalesce(func.max(WordChoice.shown_as), func.min(said.c.word)).label("word"),
            voices.label("voices"),
        )
        .select_from(said)
        .outerjoin(WordChoice, and_(WordChoice.pupil_id == VIEWER, WordChoice.key == said.c.key))
        .group_by(said.c.key)
        .having(~hidden)
        .subquery("one")
    )
    return select(
        json_list(json_object(key=one.c.key, word=one.c.word, voices=one.c.voices), one.c.key)
    ).scalar_subquery()


MATERIAL = Read(
    select(
        json_object(
            stories=select(json_list(_story, Entry.sort_on.desc(), Entry.id.desc())).where(_mine).scalar_subquery(),
            words=_words(),
        ).label("body")
    )
)
"""GET /v1/me/showcase-material, as schemas.ShowcaseMaterial."""


# --- a parent ----------------------------------------------------------------------------------------

_asked = (
    func.showcase_asked(ShowcaseShare.id)
    .table_valued(column("page"), column("page_version"))
    .render_derived("asked")
    .lateral("asked")
)
_said = aliased(ShowcaseConsent)
_waiting = (
    select(
        ShowcaseShare.id,
        ShowcaseShare.made_at,
        ShowcaseShare.pupil_id,
        _said.answer.label("own"),
        json_object(
            id=ShowcaseShare.id,
            pupil=person_ref(),
            who=ShowcaseShare.who,
            starts_on=ShowcaseShare.starts_on,
            ends_on=ShowcaseShare.ends_on,
            has_code=ShowcaseShare.has_code,
            own=_said.answer,
            changed=func.coalesce(_said.page_version != _asked.c.page_version, literal_column("false")),
            page=_asked.c.page,
            page_version=_asked.c.page_version,
            version=literal_column(str(TEXT_VERSION)),
        ).label("item"),
    )
    .select_from(ShowcaseShare)
    .join(Person, Person.id == ShowcaseShare.pupil_id)
    .join(_asked, _TRUE)
    .outerjoin(_said, and_(_said.share_id == ShowcaseShare.id, _said.person_id == VIEWER))
    .where(ShowcaseShare.pupil_id == any_(HOME), ShowcaseShare.pupil_id != VIEWER, _runs, _asked.c.page.is_not(None))
    .subquery("waiting")
)
REQUESTS = Read(
    select(
        json_object(
            items=func.coalesce(
                func.json_agg(
                    aggregate_order_by(_waiting.c.item, _waiting.c.own.is_not(None), _waiting.c.made_at, _waiting.c.id)
                ),
                literal_column("'[]'::json"),
            )
        ).label("body"),
        func.coalesce(func.array_agg(_waiting.c.pupil_id.distinct()), literal_column("'{}'::uuid[]")).label(
            "pupil_ids"
        ),
        literal_column("'home'").label("rule"),
    ).select_from(_waiting)
)
"""GET /v1/me/showcase-requests, as schemas.ShowcaseRequests; the look is logged."""
