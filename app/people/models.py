"""Persons, schools and the dated ties between them: the person first, a placement is where they are for a while."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Index, SmallInteger, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.orm import Base, CreatedAt, Id


class Level(StrEnum):
    """Level of education a group belongs to."""

    PO = "po"
    VMBO = "vmbo"
    HAVO = "havo"
    VWO = "vwo"
    MBO = "mbo"


class Role(StrEnum):
    """What someone does at a school; a coordinator works for the city and has no school."""

    TEACHER = "teacher"
    DEAN = "dean"
    ADMIN = "admin"
    COORDINATOR = "coordinator"


class Custody(StrEnum):
    """Parental authority as the school knows it. Only `yes` opens by itself."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"


class GuardianshipState(StrEnum):
    """A link is claimed with a code and shows nothing until the school confirms it."""

    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    ENDED = "ended"


class AliasKind(StrEnum):
    """Who calls somebody by another name: the roster's own key, the ECK iD, the name a school account signs in with."""

    ROSTER = "roster"
    ECKID = "eckid"
    LOGIN = "login"


def _one_of(column: str, values: type[StrEnum]) -> str:
    return f"{column} in ({', '.join(repr(value.value) for value in values)})"


class Person(Base):
    """Anyone with a name here: pupil, guardian or staff. `search_name` is folded: lower case, no accents."""

    __tablename__ = "person"
    __table_args__ = (
        Index(
            "ix_person_search_name",
            "search_name",
            postgresql_ops={"search_name": "text_pattern_ops"},
        ),
    )

    id: Mapped[Id]
    given_name: Mapped[str] = mapped_column(Text)
    family_name: Mapped[str] = mapped_column(Text, doc="with its infix: 'van der Berg'")
    search_name: Mapped[str] = mapped_column(Text)
    birth_date: Mapped[date | None]
    locale: Mapped[str] = mapped_column(Text, server_default="nl")
    home_sharing_since: Mapped[date | None] = mapped_column(doc="the day the pupil (16+) said yes to ring 2")
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), doc="since then nobody gets in")
    created_at: Mapped[CreatedAt]

    @property
    def name(self) -> str:
        """'Yara Bensaïd'."""
        return f"{self.given_name} {self.family_name}"


class School(Base):
    """A school site; `brin` with `site` is how Dutch registers name it."""

    __tablename__ = "school"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(Text)
    brin: Mapped[str] = mapped_column(Text)
    site: Mapped[str] = mapped_column(Text, server_default="00")
    pupil_room: Mapped[int] = mapped_column(
        BigInteger, server_default="5000000000", doc="bytes of files that one pupil may keep"
    )


class PersonAlias(Base):
    """What a school's systems call somebody, as they write it. Within one school no two people have the same."""

    __tablename__ = "person_alias"
    __table_args__ = (
        CheckConstraint(_one_of("kind", AliasKind), name="kind"),
        UniqueConstraint("school_id", "kind", "value"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    school_id: Mapped[UUID] = mapped_column(ForeignKey(School.id))
    kind: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)


class SchoolYear(Base):
    """From 1 August up to and including 31 July, known by the year it starts in."""

    __tablename__ = "school_year"

    start_year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class Group(Base):
    """A class of one school in one school year."""

    __tablename__ = "school_group"
    __table_args__ = (
        CheckConstraint(_one_of("level", Level), name="level"),
        Index(None, "school_id", "school_year"),
        UniqueConstraint("school_id", "school_year", "roster_key"),
    )

    id: Mapped[Id]
    school_id: Mapped[UUID] = mapped_column(ForeignKey(School.id))
    school_year: Mapped[int] = mapped_column(ForeignKey(SchoolYear.start_year))
    name: Mapped[str] = mapped_column(Text, doc="as the school says it: '2C', '7a'")
    level: Mapped[str] = mapped_column(Text)
    study_year: Mapped[int] = mapped_column(SmallInteger, doc="groep 7 and 8 in po, year 1..6 elsewhere")
    roster_key: Mapped[str | None] = mapped_column(Text, doc="what the school's administration calls it; none: by hand")


class Placement(Base):
    """A pupil at a school, from a day up to and including a day (open while it runs)."""

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="dates"),
        Index(None, "school_id", "pupil_id"),
        Index(None, "pupil_id"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    school_id: Mapped[UUID] = mapped_column(ForeignKey(School.id))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class GroupMembership(Base):
    """A placed pupil in a group, dated."""

    __tablename__ = "group_membership"
    __table_args__ = (Index(None, "group_id"), Index(None, "placement_id"))

    id: Mapped[Id]
    placement_id: Mapped[UUID] = mapped_column(ForeignKey(Placement.id))
    group_id: Mapped[UUID] = mapped_column(ForeignKey(Group.id))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class StaffRole(Base):
    """What a person does at a school, dated; several roles may run at once."""

    __tablename__ = "staff_role"
    __table_args__ = (
        CheckConstraint(_one_of("role", Role), name="role"),
        CheckConstraint("(role = 'coordinator') = (school_id is null)", name="school"),
        Index(None, "person_id"),
        Index(None, "school_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey(School.id))
    role: Mapped[str] = mapped_column(Text)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class GroupAssignment(Base):
    """A teacher for a group, dated: the mentor, a subject teacher, or a substitute for some weeks."""

    __tablename__ = "group_assignment"
    __table_args__ = (Index(None, "staff_role_id"), Index(None, "group_id"))

    id: Mapped[Id]
    staff_role_id: Mapped[UUID] = mapped_column(ForeignKey(StaffRole.id))
    group_id: Mapped[UUID] = mapped_column(ForeignKey(Group.id))
    is_mentor: Mapped[bool] = mapped_column(server_default="false")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Guardianship(Base):
    """A parent or guardian of a pupil. Opens when confirmed with custody, or where the school opened it by hand."""

    __tablename__ = "guardianship"
    __table_args__ = (
        CheckConstraint(_one_of("custody", Custody), name="custody"),
        CheckConstraint(_one_of("state", GuardianshipState), name="state"),
        Index(None, "guardian_id", "pupil_id", unique=True),
        Index(None, "pupil_id"),
    )

    id: Mapped[Id]
    guardian_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    custody: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, server_default="claimed")
    opened_on: Mapped[date | None] = mapped_column(doc="the school opened a link without full custody")
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]
