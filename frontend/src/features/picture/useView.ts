import { useSearchParams } from "wouter";
import { WORK_FIELDS, type WorkField } from "~/ui";

export const ALL = "all";
export const BESIDE = "beside";

/** How the address says it; what it does not say is all years, no island. */
const YEAR = "jaar";
const ISLAND = "eiland";
const BESIDE_WORD = "naast-elkaar";

interface View {
  year?: string;
  field?: WorkField | null;
}

/** Which years and which island are looked at. It stands in the address: to send on, and to come back to. */
export function useView(years: readonly number[]) {
  const [search, setSearch] = useSearchParams();
  const asked = search.get(YEAR);
  const year = years.find((one) => `${one}` === asked) ?? null;
  const beside = asked === BESIDE_WORD && years.length > 1;
  const shown = beside ? BESIDE : year === null ? ALL : `${year}`;
  const chosen = WORK_FIELDS.find((field) => field === search.get(ISLAND)) ?? null;
  const show = (view: View) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (view.year === ALL) after.delete(YEAR);
      else if (view.year) after.set(YEAR, view.year === BESIDE ? BESIDE_WORD : view.year);
      if (view.field === null) after.delete(ISLAND);
      else if (view.field) after.set(ISLAND, view.field);
      return after;
    });
  return { shown, year, chosen, show };
}
