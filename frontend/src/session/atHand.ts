import { dehydrate, hydrate, type Query, type QueryClient } from "@tanstack/react-query";
import { AT_HAND, keptWho } from "./kept";

/** What a pupil needs in a dead spot after a visit: what stands ready, and what is asked about it. */
const NEEDED = [["my", "activities"], ["my", "activity"], ["questions"]] as const;
const AT_MOST = 24;

type Kept = { personId: string; state: ReturnType<typeof dehydrate> };

/**
 * Keeps what was read last of this on a device of one's own, and begins with it when the app is loaded anew; with a
 * network it is read again. It goes when its person signs out.
 */
export function keepAtHand(queries: QueryClient): void {
  // It stays for as long as the app is open, however long the dead spot lasts.
  for (const queryKey of NEEDED) queries.setQueryDefaults(queryKey, { gcTime: Number.POSITIVE_INFINITY });
  const kept = JSON.parse(localStorage.getItem(AT_HAND) ?? "null") as Kept | null;
  if (kept && kept.personId === keptWho()?.id) hydrate(queries, kept.state);
  queries.getQueryCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "success" && isNeeded(event.query)) keep(queries);
  });
}

function keep(queries: QueryClient): void {
  const who = keptWho();
  if (!who?.pupil) return;
  const known = queries
    .getQueryCache()
    .getAll()
    .filter((query) => isNeeded(query) && query.state.data !== undefined)
    .sort((one, other) => other.state.dataUpdatedAt - one.state.dataUpdatedAt)
    .slice(0, AT_MOST);
  const state = dehydrate(queries, { shouldDehydrateQuery: (query) => known.includes(query) });
  try {
    localStorage.setItem(AT_HAND, JSON.stringify({ personId: who.id, state } satisfies Kept));
  } catch {
    // A full device keeps what is being written first; this can be read again.
  }
}

function isNeeded({ queryKey }: Query): boolean {
  return NEEDED.some((needed) => needed.every((part, at) => queryKey[at] === part));
}
