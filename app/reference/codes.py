"""The words the product is made of, as codes; their names on screen stand in the data files of this package."""

from enum import StrEnum


class Kind(StrEnum):
    """What an entry is."""

    EXPERIENCE = "experience"
    WORK_SAMPLE = "work_sample"
    INTERVIEW = "interview"
    ARTICLE = "article"
    RESULT = "result"
    REFLECTION = "reflection"


class Competency(StrEnum):
    """The five career competencies."""

    QUALITIES = "qualities"
    MOTIVES = "motives"
    WORK_EXPLORATION = "work_exploration"
    STEERING = "steering"
    NETWORKING = "networking"


class WorkField(StrEnum):
    """Kinds of work, in words a child knows; each gathers one or more domains of vocational education."""

    BOUW = "bouw"
    HANDEL = "handel"
    HORECA = "horeca"
    ICT = "ict"
    MOBILITEIT = "mobiliteit"
    TECHNIEK = "techniek"
    TRANSPORT = "transport"
    ZORG = "zorg"
    GROEN = "groen"
    MEDIA = "media"
    RECHT = "recht"
    ONDERWIJS = "onderwijs"


class ExperienceForm(StrEnum):
    """How somebody came to see work."""

    COMPANY_VISIT = "company_visit"
    INTERNSHIP = "internship"
    TASTER_INTERNSHIP = "taster_internship"
    SHADOW_DAY = "shadow_day"
    TRIAL_STUDY = "trial_study"
    OPEN_DAY = "open_day"
    GUEST_LESSON = "guest_lesson"
    FAIR = "fair"
    EXPERIENCE_LESSON = "experience_lesson"
    EXTENDED_DAY = "extended_day"
    PROJECT = "project"
    VOLUNTEERING = "volunteering"
    SIDE_JOB = "side_job"
    HOBBY = "hobby"
    CARE_AT_HOME = "care_at_home"


class Band(StrEnum):
    """Age bands of the questions: A groep 7/8, B first years, C later years, D mbo."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Feeling(StrEnum):
    """Five faces; only the pupil's own feeling, never added up."""

    NOT_NICE = "not_nice"
    MEH = "meh"
    OKAY = "okay"
    NICE = "nice"
    VERY_NICE = "very_nice"


class ReactionCode(StrEnum):
    """What a parent can say with one tap."""

    PROUD = "proud"
    WELL_DONE = "well_done"
    TELL_ME_MORE = "tell_me_more"
    BRAVE = "brave"
    SAW_YOU_GROW = "saw_you_grow"


class PurposeCode(StrEnum):
    """What consent is asked for."""

    RECOGNISABLE = "recognisable"
    HOME_SHARING = "home_sharing"


class HomeLanguage(StrEnum):
    """Languages in which a thuisopdracht is asked, beside Dutch or as it."""

    NL = "nl"
    EN = "en"
    TR = "tr"
    AR = "ar"
    PL = "pl"
    BG = "bg"
