import { useSyncExternalStore } from "react";
import type { Schema } from "~/api/client";
import { useMe } from "~/session";

type School = Schema<"SchoolRef">;

const CHOSEN = "beheer-school";
const listeners = new Set<() => void>();

function listen(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The schools that this person administers. */
export function useOwnSchools(): School[] {
  return useMe().roles.flatMap(({ role, school }) => (role === "admin" && school ? [school] : []));
}

/** The one that is administered now: chosen in this tab, else the first. */
export function useOwnSchool(): School {
  const schools = useOwnSchools();
  const chosen = useSyncExternalStore(listen, () => sessionStorage.getItem(CHOSEN));
  const school = schools.find(({ id }) => id === chosen) ?? schools[0];
  if (!school) throw new Error("a screen for an admin was shown to somebody else");
  return school;
}

export function chooseSchool(id: string): void {
  sessionStorage.setItem(CHOSEN, id);
  for (const listener of listeners) listener();
}
