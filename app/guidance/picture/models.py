"""Words for what somebody can and likes, and what the pupil made of them."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Text, func
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.elements import ColumnElement

from app.people.models import Person
from app.platform.orm import Base, Id, Moment
from app.portfolio.models import Entry


class WordVoice(StrEnum):
    """From where a word was said. What was said outside is noted by the pupil, or came by a link (`via_link`)."""

    PUPIL = "pupil"
    SCHOOL = "school"
    HOME = "home"
    OUTSIDE = "outside"


class TalentWord(Base):
    """A word that somebody gave, with the entry that shows it. The pupil's own are also the tags of the entry."""

    __tablename__ = "talent_word"
    __table_args__ = (
        CheckConstraint("voice in ('pupil', 'school', 'home', 'outside')", name="voice"),
        CheckConstraint("said_by is null or voice = 'outside'", name="said_by"),
        Index("uq_talent_word_once", "entry_id", "author_id", "key", unique=True),
    )

    id: Mapped[Id]
    entry_id: Mapped[UUID] = mapped_column(ForeignKey(Entry.id, ondelete="CASCADE"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    voice: Mapped[str] = mapped_column(Text)
    word: Mapped[str] = mapped_column(Text, doc="as it was given")
    key: Mapped[str] = mapped_column(Text, doc="once by one person at one entry: the word in small letters, see key_of")
    given_at: Mapped[Moment]
    said_by: Mapped[str | None] = mapped_column(Text, doc="who said it outside, by what they are to the pupil")
    via_link: Mapped[UUID | None] = mapped_column(
        doc="the link by which somebody outside said it themselves; none: the pupil noted it"
    )


def key_of(word: str, voice: WordVoice) -> ColumnElement[str]:
    """What makes a word the same word of one person at one entry, without its capitals.

    What was said outside the pupil notes beside what they say themselves: these keys begin with a space, no word does.
    """
    return func.lower(f" {word}" if voice == WordVoice.OUTSIDE else word)


class WordChoice(Base):
    """The pupil's last word about a word, whoever gave it: under another name, or hidden."""

    __tablename__ = "word_choice"

    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    shown_as: Mapped[str | None] = mapped_column(Text)
    hidden: Mapped[bool] = mapped_column(Boolean, server_default="false")
