import type { Translate } from "~/i18n";
import { dayInWords, recently } from "~/i18n/dates";
import { groupName } from "~/ui/groupName";
import type { Act, PersonRow } from "./useAdmin";

type What = Pick<PersonRow, "isPupil" | "isStaff" | "isGuardian" | "roles"> & {
  group: Parameters<typeof groupName>[0] | null;
};

/** `leerling · Klas 3B`, `docent, decaan`, `ouder of verzorger`. */
export function whatInWords({ isPupil, isStaff, isGuardian, roles, group }: What, t: Translate): string {
  const staff = roles.map((role) => t(`role.${role}`)).join(", ");
  const parts = [
    isPupil && t("admin.pupil"),
    group && groupName(group, t),
    isStaff && (staff || t("admin.staff")),
    isGuardian && t("role.guardian"),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** `vanaf 1 december`, `tot en met 11 december`, `van 1 tot en met 11 december`, or nothing. */
export function spanInWords(
  { startsOn, endsOn }: { startsOn?: string | null; endsOn?: string | null },
  t: Translate,
  language: string,
): string {
  const from = startsOn && dayInWords(startsOn, language);
  const until = endsOn && dayInWords(endsOn, language);
  if (from && until) return t("admin.span.both", { from, until });
  if (from) return t("admin.span.from", { from });
  return until ? t("admin.span.until", { until }) : "";
}

/** `vandaag`, `morgen`, `gisteren`, else `11 december`. */
export function dayName(day: string, language: string): string {
  return recently(day, language);
}

/** One act in a sentence. */
export function actInWords({ kind, facts }: Act, t: Translate, language: string): string {
  const group = facts.group ? groupName({ name: facts.group, level: facts.level ?? null }, t) : "";
  const from = facts.fromGroup ? groupName({ name: facts.fromGroup, level: facts.level ?? null }, t) : "";
  return t(`admin.act.${kind}`, {
    group,
    from,
    role: facts.role ? t(`role.${facts.role}`) : "",
    mentor: facts.mentor ? "yes" : "no",
    moved: from ? "yes" : "no",
    named: group ? "yes" : "no",
    day: dayInWords(facts.startsOn ?? facts.endsOn ?? "2000-01-01", language),
    last: facts.endsOn ? dayInWords(facts.endsOn, language) : "",
    ends: facts.endsOn ? "yes" : "no",
    count: facts.count ?? 0,
    what: facts.undone ? t(`admin.done.${facts.undone}`) : "",
    change: correctionInWords(facts, t, language),
  });
}

function correctionInWords({ before, after }: Act["facts"], t: Translate, language: string): string {
  const name = (names: typeof before) => [names?.givenName, names?.familyName].filter(Boolean).join(" ");
  const changed = [
    name(before) !== name(after) && t("admin.changed", { before: name(before), after: name(after) }),
    before?.birthDate !== after?.birthDate &&
      t("admin.changed.born", {
        before: before?.birthDate ? dayInWords(before.birthDate, language) : "–",
        after: after?.birthDate ? dayInWords(after.birthDate, language) : "–",
      }),
  ];
  return changed.filter(Boolean).join("; ") || t("admin.changed.nothing");
}
