/** When a round of talks can be: which times are free, and a first proposal. Minutes are counted from midnight. */

export interface Slot {
  onDay: string;
  /** `09:20` */
  atTime: string;
}

export interface Taken {
  onDay: string;
  atTime: string;
  minutes: number;
}

export interface ClassActivity {
  title: string;
  happensOn: string;
  endsOn: string | null;
  startsAt: string | null;
}

interface Frame {
  days: readonly string[];
  from: string;
  until: string;
  minutes: number;
  taken: readonly Taken[];
  activities: readonly ClassActivity[];
}

export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Whether two stretches on one day have a minute in common. */
export function meet(one: Slot, length: number, other: Slot, otherLength: number): boolean {
  if (one.onDay !== other.onDay) return false;
  const [begin, otherBegin] = [minutesOf(one.atTime), minutesOf(other.atTime)];
  return begin < otherBegin + otherLength && otherBegin < begin + length;
}

/** What the class does at that moment: a whole day, or from its time on, as its end is not known. */
export function activityAt(
  slot: Slot,
  minutes: number,
  activities: readonly ClassActivity[],
): ClassActivity | undefined {
  return activities.find(({ happensOn, endsOn, startsAt }) => {
    if (slot.onDay < happensOn || slot.onDay > (endsOn ?? happensOn)) return false;
    return (
      startsAt === null || slot.onDay > happensOn || minutesOf(slot.atTime) + minutes > minutesOf(startsAt)
    );
  });
}

/** The free times of these days, one after the other. */
export function freeSlots({ days, from, until, minutes, taken, activities }: Frame): Slot[] {
  const slots: Slot[] = [];
  for (const onDay of [...days].sort()) {
    let at = minutesOf(from);
    while (at + minutes <= minutesOf(until)) {
      const slot = { onDay, atTime: timeOf(at) };
      const other = taken.find((one) => meet(slot, minutes, one, one.minutes));
      if (other) {
        at = minutesOf(other.atTime) + other.minutes;
        continue;
      }
      if (!activityAt(slot, minutes, activities)) slots.push(slot);
      at += minutes;
    }
  }
  return slots;
}

/** A time for each pupil in the order of the list; who is left over has none. */
export function propose(pupilIds: readonly string[], frame: Frame): Map<string, Slot> {
  const slots = freeSlots(frame);
  return new Map(
    pupilIds.flatMap((id, index) => {
      const slot = slots[index];
      return slot ? [[id, slot] as const] : [];
    }),
  );
}
