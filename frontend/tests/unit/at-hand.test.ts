import { QueryClient } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";

// The API's address is that of the page.
vi.stubGlobal("location", { origin: "http://localhost" });
const { questionsAtHand, questionsOf } = await import("~/session/questions");

type Asked = NonNullable<ReturnType<typeof questionsAtHand>>;

function holding(...asked: Parameters<typeof questionsOf>[]): QueryClient {
  const queries = new QueryClient();
  for (const one of asked) {
    const item = { id: one.slice(0, 2).join(" "), text: one[3] };
    queries.setQueryData(questionsOf(...one).queryKey, { items: [item] } as unknown as Asked);
  }
  return queries;
}

const found = (
  queries: QueryClient,
  ...wanted: Parameters<typeof questionsAtHand> extends [unknown, ...infer Rest] ? Rest : never
) => questionsAtHand(queries, ...wanted)?.items.map(({ id, text }) => `${id} ${text}`.trim());

test("in a dead spot those for the same form go first, then those for any form", () => {
  const queries = holding(
    ["experience", null, 27, "nl"],
    ["experience", "internship", 27, "nl"],
    ["experience", "company_visit", 12, "nl"],
  );
  expect(found(queries, "experience", "company_visit", "nl")).toEqual(["experience company_visit nl"]);
  expect(found(queries, "experience", "fair", "nl")).toEqual(["experience  nl"]);
});

test("those in one's own language go before the others, and another kind is not asked about", () => {
  const queries = holding(["experience", null, 1, "en"], ["experience", null, 2, "nl"]);
  expect(found(queries, "experience", null, "nl")).toEqual(["experience  nl"]);
  expect(found(queries, "interview", null, "nl")).toBeUndefined();
});
