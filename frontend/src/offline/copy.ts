import type { Schema } from "~/api/client";
import type { EntryContent } from "./database";
import { keepClean } from "./drafts";

const WRITTEN = [
  "title",
  "happenedOn",
  "endedOn",
  "body",
  "feeling",
  "details",
  "answers",
  "competencies",
  "workFields",
  "tags",
] as const satisfies readonly (keyof EntryContent & keyof Schema<"EntryPage">)[];

/** The words of an entry, as they are sent back. */
export function contentOf(entry: Schema<"EntryPage">): EntryContent {
  return Object.fromEntries(WRITTEN.map((name) => [name, entry[name]])) as unknown as EntryContent;
}

/** Keeps what the server has on this device too, so that one can go on with it in a dead spot. */
export async function keepCopy(personId: string, entry: Schema<"EntryPage">): Promise<void> {
  await keepClean(personId, entry.id, {
    content: contentOf(entry),
    version: entry.version,
    ring: entry.ring,
  });
}
