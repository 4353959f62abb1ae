import type { Schema } from "~/api/client";

export type QueueItem = Schema<"QueueItem">;

/** What comes after this entry in the queue: the next younger one, else the oldest that is left. */
export function nextInQueue(items: readonly QueueItem[], current: string): string | undefined {
  const at = items.findIndex(({ entry }) => entry.id === current);
  return (items[at + 1] ?? items.find(({ entry }) => entry.id !== current))?.entry.id;
}
