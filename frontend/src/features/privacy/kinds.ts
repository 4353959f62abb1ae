import type { IconName } from "~/ui";
import type { Data, Kind } from "./usePrivacy";

/** Where it came from, which is how the page is ordered. */
export type Source = "self" | "others" | "school" | "itself";

type Place = {
  source: Source;
  icon: IconName;
  /** Where the person sees it, and changes what is their own. */
  to?: (data: Data) => string | undefined;
};

const pupil = (path: string) => (data: Data) => (data.own && data.isPupil ? path : undefined);
const own = (path: string) => (data: Data) => (data.own ? path : undefined);

export const KINDS: Record<Kind, Place> = {
  stories: { source: "self", icon: "pencil", to: pupil("/") },
  files: { source: "self", icon: "camera" },
  picture: { source: "self", icon: "map", to: pupil("/kaart") },
  choices: { source: "self", icon: "flag", to: pupil("/keuze") },
  steps: { source: "self", icon: "check", to: pupil("/stappen") },
  dossier: { source: "self", icon: "file" },
  activities: { source: "school", icon: "calendar", to: own("/agenda") },
  feedback: { source: "others", icon: "ask-back" },
  conversations: { source: "others", icon: "together" },
  home: { source: "others", icon: "heart" },
  outside: { source: "others", icon: "globe" },
  register: { source: "school", icon: "school" },
  family: { source: "school", icon: "together" },
  school_acts: { source: "school", icon: "pencil" },
  consents: {
    source: "self",
    icon: "check",
    to: (data) => (data.isPupil ? `/toestemming/${data.person.id}` : undefined),
  },
  requests: { source: "self", icon: "question" },
  mail: { source: "self", icon: "file", to: own("/berichten/instellingen") },
  signing_in: { source: "itself", icon: "lock", to: own("/ik") },
  looks: { source: "itself", icon: "eye", to: pupil("/wie-keek-er") },
  notices: { source: "itself", icon: "info", to: own("/berichten") },
};

export const SOURCES: readonly Source[] = ["self", "others", "school", "itself"];

/** Only a pupil has these; others see what there is of them. */
const OF_PUPILS: readonly Kind[] = [
  "stories", "files", "picture", "choices", "steps", "dossier", "feedback", "conversations", "outside", "looks",
]; // biome-ignore format: one list

/** What there is, or may be: nothing is said of a kind that this person never has. */
export function shownOf(data: Data): Data["held"] {
  return data.held.filter(({ kind, count }) => {
    if (count !== null) return count > 0;
    return data.isPupil || !OF_PUPILS.includes(kind);
  });
}

/** What stays as long as somebody is at a school. */
export const WHILE_PLACED: readonly Kind[] = ["register", "family", "school_acts", "signing_in"];
