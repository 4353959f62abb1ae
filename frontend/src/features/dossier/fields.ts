import type { useT } from "~/i18n";
import type { SnapshotEntry } from "./useDossier";

type Details = Record<string, unknown>;

function words(details: Details, name: string): string {
  const value = details[name];
  return typeof value === "string" ? value.trim() : "";
}

function rows(details: Details, name: string): Details[] {
  const value = details[name];
  return Array.isArray(value) ? (value as Details[]) : [];
}

/** The kind's own fields of a story as it was handed in, in the words of the screen. */
export function fieldsOf({ kind, details }: SnapshotEntry, t: ReturnType<typeof useT>) {
  const fields: { label: string; text: string }[] = [];
  const add = (label: string, text: string) => text && fields.push({ label, text });
  const thought = (details.expectation ?? {}) as Details;
  for (const name of ["before", "surprised", "after", "why"] as const) {
    add(t(`dossier.thought.${name}`), words(thought, name));
  }
  if (kind === "work_sample") add(t("dossier.field.occasion"), words(details, "occasion"));
  if (kind === "interview") {
    add(t("dossier.field.role"), words(details, "role"));
    for (const each of rows(details, "exchanges")) add(words(each, "question"), words(each, "answer"));
  }
  if (kind === "article") {
    add(t("dossier.field.source"), words(details, "source"));
    add(t("dossier.field.why"), words(details, "why"));
  }
  if (kind === "result") {
    add(t("dossier.field.subject"), words(details, "subject"));
    add(t("dossier.field.result"), words(details, "result"));
  }
  if (kind === "reflection") add(t("dossier.field.about"), words(details, "about"));
  const form = words(details, "form");
  return {
    fields,
    logbook: rows(details, "logbook")
      .map((day) => ({ on: words(day, "on"), text: words(day, "text") }))
      .filter(({ text }) => text),
    form: form ? t(`form.${form}` as Parameters<typeof t>[0]) : "",
    organisation: words(details, "organisation"),
    hours: typeof details.hours === "number" ? details.hours : undefined,
  };
}
