import { openDB } from "idb";
import { expect, it } from "vitest";
import { device } from "~/offline/database";

it("a device of the first version keeps its drafts and files, and has room for steps", async () => {
  const before = await openDB("talentportfolio", 1, {
    upgrade(database) {
      database
        .createObjectStore("drafts", { keyPath: ["personId", "entryId"] })
        .createIndex("person", "personId");
      database.createObjectStore("uploads", { keyPath: "id" }).createIndex("person", "personId");
    },
  });
  await before.put("drafts", { personId: "yara", entryId: "1", content: { title: "Haven" } });
  await before.put("uploads", { id: "2", personId: "yara", name: "kraan.jpg" });
  before.close();

  const now = await device();
  expect((await now.get("drafts", ["yara", "1"]))?.content.title).toBe("Haven");
  expect((await now.getAllFromIndex("uploads", "person", "yara")).map(({ name }) => name)).toEqual([
    "kraan.jpg",
  ]);
  expect(await now.getAll("steps")).toEqual([]);
});
