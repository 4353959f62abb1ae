import { expect, test } from "vitest";
import { type GroupPupil, under } from "../../src/features/group/pupils";
import { nextInQueue, type QueueItem } from "../../src/features/review/queue";
import { byStudyYear, type SchoolGroup } from "../../src/features/school/levels";

const pupil = (givenName: string, change: Partial<GroupPupil> = {}): GroupPupil => ({
  id: givenName,
  name: givenName,
  givenName,
  sharedCount: 0,
  lastSharedOn: null,
  toReview: 0,
  askedBack: false,
  ...change,
});

test("a filter keeps the order of the class", () => {
  const pupils = [pupil("Fenna", { toReview: 1 }), pupil("Gijs"), pupil("Hidaya", { toReview: 2 })];
  expect(under("waiting", pupils).map(({ id }) => id)).toEqual(["Fenna", "Hidaya"]);
  expect(under("all", pupils)).toHaveLength(3);
});

test("groups stand by year of study and then by name", () => {
  const group = (name: string, studyYear: number) => ({ name, studyYear, level: "vmbo" }) as SchoolGroup;
  const years = byStudyYear([group("2C", 2), group("1B", 1), group("2A", 2)]);
  expect(years.map((year) => year.groups.map(({ name }) => name))).toEqual([["1B"], ["2A", "2C"]]);
});

test("after the last of the queue comes the oldest that is left, and nothing after the only one", () => {
  const item = (id: string) => ({ entry: { id } }) as QueueItem;
  expect(nextInQueue([item("a"), item("b")], "a")).toBe("b");
  expect(nextInQueue([item("a"), item("b")], "b")).toBe("a");
  expect(nextInQueue([item("a")], "a")).toBeUndefined();
});
