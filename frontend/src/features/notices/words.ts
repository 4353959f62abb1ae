import type { Translate } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import type { IconName } from "~/ui";
import type { Notice, NoticeKind } from "./useNotices";

const ICONS: Record<NoticeKind, IconName> = {
  entry_feedback: "ask-back",
  entry_asked_back: "question",
  entry_seen: "eye",
  home_reaction: "heart",
  activity_ready: "calendar",
  activity_moved: "calendar",
  activity_cancelled: "calendar",
  place_lost: "calendar",
  talk_planned: "ask-back",
  talk_moved: "calendar",
  talk_cancelled: "calendar",
  talk_recorded: "ask-back",
  talk_agreed: "check",
  talks_planned: "ask-back",
  talks_prepared: "ask-back",
  step_due: "flag",
  dossier_done: "file",
  dossier_returned: "file",
  dossiers_waiting: "file",
  dossier_to_read: "file",
  homework_offered: "together",
  homework_answered: "together",
  homework_shared: "together",
  homework_at_school: "together",
  outside_answered: "globe",
  outside_asked: "globe",
  showcase_asked: "globe",
  showcase_agreed: "globe",
  showcase_refused: "globe",
  transfer_asked: "boat",
  transfer_agreed: "boat",
  transfer_offered: "boat",
  transfer_accepted: "boat",
  transfer_refused: "boat",
  transfer_expiring: "boat",
  home_closes: "together",
  review_waiting: "eye",
  home_new: "map",
  link_confirmed: "together",
  consent_asked: "pencil",
  link_asked: "together",
  factor_changed: "lock",
  export_ready: "archive",
  import_done: "archive",
  trash_goes: "trash",
  keeping_ends: "calendar",
  erasure_asked: "trash",
  correction_answered: "pencil",
};

export function iconOf({ kind }: Notice): IconName {
  return ICONS[kind];
}

/** What happened, in the reader's language. `own`: who reads it. */
export function wordsOf(notice: Notice, own: string, language: string, t: Translate): string {
  return t(`notices.a.${notice.kind}`, {
    title: notice.title || t("notices.untitled"),
    actor: notice.actor ?? t("notices.someone"),
    number: notice.number ?? 0,
    day: dayInWords(notice.day, language),
    mine: notice.pupilId === own ? "yes" : "no",
  });
}

/** Where it leads. */
export function wayOf({ kind, aboutId, pupilId }: Notice, own: string): string {
  switch (kind) {
    case "entry_feedback":
    case "entry_asked_back":
    case "entry_seen":
    case "home_reaction":
      return `/verhaal/${aboutId}`;
    case "activity_ready":
      return "/";
    case "activity_moved":
    case "activity_cancelled":
    case "place_lost":
      return "/agenda";
    case "talk_planned":
    case "talk_moved":
    case "talk_cancelled":
    case "talk_recorded":
    case "talk_agreed":
      return `/gesprek/${aboutId}`;
    case "talks_planned":
    case "talks_prepared":
      return "/gesprekken";
    case "step_due":
      return pupilId === own ? "/stappen" : `/leerling/${pupilId}/gesprekken`;
    case "dossier_done":
    case "dossier_returned":
      return "/loopbaandossier";
    case "dossiers_waiting":
      return `/dossiers/${aboutId}`;
    case "dossier_to_read":
      return `/dossier/${aboutId}`;
    case "homework_offered":
      return "/thuis/opdrachten";
    case "homework_answered":
    case "homework_shared":
      return `/thuis/opdracht/${aboutId}`;
    case "homework_at_school":
      return `/klas/${aboutId}/thuisopdracht`;
    case "outside_answered":
      return "/van-buiten";
    case "outside_asked":
      return "/vragen-van-buiten";
    case "showcase_asked":
      return "/etalage-vragen";
    case "showcase_agreed":
    case "showcase_refused":
      return "/mijn-etalage";
    case "transfer_asked":
      return "/overstap-thuis";
    case "transfer_offered":
      return "/overstappen";
    case "transfer_agreed":
    case "transfer_accepted":
    case "transfer_refused":
    case "transfer_expiring":
      return "/overstap";
    case "home_closes":
      return pupilId === own ? `/toestemming/${own}` : "/thuis";
    case "review_waiting":
      return "/te-bekijken";
    case "home_new":
      return `/leerling/${aboutId}`;
    case "link_confirmed":
      return "/thuis";
    case "consent_asked":
      return `/toestemming/${aboutId}`;
    case "link_asked":
      return `/beheer/ouders?school=${aboutId}`;
    case "factor_changed":
      return "/ik";
    case "export_ready":
      return "/alles-meenemen";
    case "import_done":
      return `/alles-meenemen/${aboutId}`;
    case "trash_goes":
      return `/verhaal/${aboutId}`;
    case "keeping_ends":
    case "erasure_asked":
      return pupilId === own ? "/mijn-gegevens" : `/gegevens/${pupilId}`;
    case "correction_answered":
      return "/mijn-gegevens";
  }
}
