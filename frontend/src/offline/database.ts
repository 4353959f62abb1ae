import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Schema } from "~/api/client";
import { forgetWords } from "./keptWords";

export type EntryContent = Schema<"EntryContent">;
export type StepContent = Schema<"StepContent">;
export type StepState = Schema<"StepState">;

/** An entry as its pupil left it on this device. */
export interface Draft {
  personId: string;
  entryId: string;
  content: EntryContent;
  /** Counts the changes made here; `syncedRevision` is the last one that the server has. */
  revision: number;
  syncedRevision: number;
  /** The server's version that this builds on; `null` while the server does not know the entry. */
  version: number | null;
  /** How far it was shared when the server was last asked; absent while that was never. */
  ring?: number;
  /**
   * What was sent and not yet answered. It is sent again word for word until it is: the server answers the same
   * words with the same receipt, so an answer lost in a dead spot does no harm.
   */
  sending?: { content: EntryContent; revision: number };
  /** Why the server did not take it; `conflict` when the entry was changed elsewhere. */
  refusal?: { kind: "conflict" | "refused"; text: string };
  /** Milliseconds since 1970. */
  savedAt: number;
}

export type UploadState = "waiting" | "paused" | "done" | "refused";

/** A file on its way to the store, with its bytes, so that it survives a reload. */
export interface Upload {
  id: string;
  personId: string;
  entryId: string;
  name: string;
  mediaType: string;
  size: number;
  /** Absent once it has arrived. */
  blob?: Blob;
  state: UploadState;
  refusal?: string;
  /** The server knows of it. */
  announced: boolean;
  /** Bytes of the parts that have arrived. */
  sent: number;
  /** Milliseconds since 1970; files go in this order. */
  addedAt: number;
}

/** What the pupil did to a small step on this device and the school does not have yet; gone once it has. */
export interface WaitingStep {
  personId: string;
  id: string;
  /** As it reads here. */
  text: string;
  /** The words and days, where those are new; of several changes the last. */
  content?: StepContent;
  /** Done, let go or open again, where that is new; of several moves the last. */
  state?: StepState;
  /** The server's version that this builds on; `null` while the server does not know the step. */
  version: number | null;
  /** Counts the changes made here. */
  revision: number;
  /** What was sent and not yet answered, sent again word for word until it is. */
  sending?: { content?: StepContent; state?: StepState; revision: number };
  /** Why the school did not take it; with `conflict` its own words stay as they are there. */
  refusal?: { kind: "conflict" | "refused"; text: string };
  /** Milliseconds since 1970; steps go in this order. */
  savedAt: number;
}

interface Device extends DBSchema {
  drafts: { key: [string, string]; value: Draft; indexes: { person: string } };
  uploads: { key: string; value: Upload; indexes: { person: string } };
  steps: { key: [string, string]; value: WaitingStep; indexes: { person: string } };
}

const STORES = ["drafts", "uploads", "steps"] as const satisfies readonly (keyof Device)[];

let opened: Promise<IDBPDatabase<Device>> | undefined;

export function device(): Promise<IDBPDatabase<Device>> {
  opened ??= openDB<Device>("talentportfolio", 2, {
    // What waits here stays: each version only adds to the one before.
    upgrade(database, before) {
      if (before < 1) {
        database
          .createObjectStore("drafts", { keyPath: ["personId", "entryId"] })
          .createIndex("person", "personId");
        database.createObjectStore("uploads", { keyPath: "id" }).createIndex("person", "personId");
      }
      if (before < 2) {
        database
          .createObjectStore("steps", { keyPath: ["personId", "id"] })
          .createIndex("person", "personId");
      }
    },
    // A newer version in another tab must be able to open; this tab opens anew when it needs to.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
  return opened;
}

/** Wipes what this person left on a shared device. */
export async function forgetDevice(personId: string): Promise<void> {
  forgetWords(personId);
  const transaction = (await device()).transaction(STORES, "readwrite");
  for (const name of STORES) {
    const store = transaction.objectStore(name);
    for (const key of await store.index("person").getAllKeys(personId)) {
      // The key's type differs by store; all accept their own keys.
      await store.delete(key as never);
    }
  }
  await transaction.done;
}
