import type { Schema } from "~/api/client";
import { addDays, daysBetween, schoolYearOf, today } from "~/i18n/dates";

export type Activity = Schema<"ActivityPage">;
export type CityActivity = Schema<"CityPage">;
export type Offer = Schema<"Offer">;
export type Template = Schema<"TemplateOut">;
export type PlannableGroup = Schema<"PlannableGroup">;
export type Organisation = Schema<"OrganisationRow">;
export type Question = Schema<"ActivityQuestion">;
export type Band = Schema<"Band">;

/** What stands in the form: for groups of a school, or for the ages of the city. */
export type Plan = Schema<"ActivityContent"> & { bands: Band[] };

export const BANDS = ["A", "B", "C", "D"] as const satisfies readonly Band[];

export const COMPETENCIES = [
  "qualities",
  "motives",
  "work_exploration",
  "steering",
  "networking",
] as const satisfies readonly Question["competency"][];

export const FORMS = [
  "company_visit",
  "guest_lesson",
  "extended_day",
  "experience_lesson",
  "taster_internship",
  "shadow_day",
  "trial_study",
  "open_day",
  "fair",
  "internship",
  "project",
] as const;

const WEEKS_OF_A_YEAR = 52;

export const BLANK: Plan = {
  title: "",
  form: null,
  workFields: [],
  organisation: "",
  organisationId: null,
  place: "",
  happensOn: today(),
  endsOn: null,
  startsAt: null,
  bring: "",
  askBefore: "",
  questions: [],
  logbook: false,
  signUp: false,
  places: null,
  signUpUntil: null,
  offeredBy: null,
  groupIds: [],
  bands: [],
};

type Planned = Omit<Plan, "groupIds" | "bands">;

function planned(source: Planned): Planned {
  const fields = Object.keys(BLANK).filter((name) => name !== "groupIds" && name !== "bands");
  return Object.fromEntries(fields.map((name) => [name, source[name as keyof Planned]])) as Planned;
}

/** An activity as it stands in the form. */
export function planOf(activity: Activity | CityActivity): Plan {
  return "groups" in activity
    ? { ...planned(activity), groupIds: activity.groups.map(({ id }) => id), bands: [] }
    : { ...planned(activity), groupIds: [], bands: activity.bands };
}

/** With an organisation out of the directory: its name, and place and kinds of work where nothing stands yet. */
export function withOrganisation(
  plan: Plan,
  { id, name, place, workFields }: Pick<Organisation, "id" | "name" | "place" | "workFields">,
): Plan {
  return {
    ...plan,
    organisationId: id,
    organisation: name,
    place: plan.place || place,
    workFields: plan.workFields.length > 0 ? plan.workFields : workFields,
  };
}

/** A plan to start from. */
export function planOfTemplate(template: Template, from: Pick<Plan, "groupIds" | "bands">): Plan {
  const { title, form, workFields, bring, askBefore, questions, signUp, logbook, days, bands } = template;
  const endsOn = days > 1 ? addDays(BLANK.happensOn, days - 1) : null;
  return {
    ...BLANK,
    ...from,
    ...{ title, form, workFields, bring, askBefore, questions, signUp, logbook, endsOn },
    bands: from.bands.length > 0 ? bands : [],
  };
}

/** What the city offers, with the own class. */
export function planOfOffer(offer: Offer, groupIds: string[]): Plan {
  return {
    ...planned(offer),
    ...{ groupIds, bands: [], offeredBy: offer.id, signUp: false, places: null, signUpUntil: null },
  };
}

/** The same on another day: what goes by days goes along. */
export function moved(plan: Plan, happensOn: string): Plan {
  const by = daysBetween(plan.happensOn, happensOn);
  const later = (day: string | null | undefined) => (day ? addDays(day, by) : null);
  return { ...plan, happensOn, endsOn: later(plan.endsOn), signUpUntil: later(plan.signUpUntil) };
}

/** The chosen groups that are there on this day. Who types a year goes past others: what was chosen stays chosen. */
export function groupIdsOn(
  plan: Plan,
  all: readonly PlannableGroup[],
  before: Activity | CityActivity | null,
): string[] {
  const year = schoolYearOf(plan.happensOn);
  const yearOf = new Map(all.map(({ id, schoolYear }) => [id, schoolYear]));
  const own = before && schoolYearOf(before.happensOn);
  return plan.groupIds.filter((id) => (yearOf.get(id) ?? own) === year);
}

/** The same a year later, on the same day of the week, with next year's groups of the same name. */
export function aYearLater(
  plan: Plan,
  before: readonly { id: string; name: string }[],
  all: readonly PlannableGroup[],
): Plan {
  const later = moved(plan, addDays(plan.happensOn, WEEKS_OF_A_YEAR * 7));
  const names = before.filter(({ id }) => plan.groupIds.includes(id)).map(({ name }) => name);
  const year = schoolYearOf(later.happensOn);
  const same = all.filter((group) => group.schoolYear === year && names.includes(group.name));
  return { ...later, groupIds: same.map(({ id }) => id) };
}

type Shown = Exclude<keyof Plan, "organisationId">;

/** The names of fields in which two plans differ, as far as they are words on the screen. */
export function differences(mine: Plan, theirs: Plan): Shown[] {
  const same = (name: keyof Plan) => {
    const sides = [mine[name], theirs[name]].map((value) =>
      name === "groupIds" || name === "bands" ? [...(value as string[])].sort() : (value ?? null),
    );
    return JSON.stringify(sides[0]) === JSON.stringify(sides[1]);
  };
  const shown = (Object.keys(BLANK) as (keyof Plan)[]).filter((name) => name !== "organisationId");
  return (shown as Shown[]).filter((name) => !same(name));
}
