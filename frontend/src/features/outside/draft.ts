import type { Page } from "./useOutside";

export interface Draft {
  saidBy: string;
  good: string;
  grew: string;
  tip: string;
  words: string[];
}

const KEPT = "outside-draft-";
const MARK = 12;

/** A few signs of the link: enough to tell two links apart on one computer, too few to open one. */
const keyOf = (held: string) => KEPT + held.slice(0, MARK);

/** What was written here and not sent yet; else what was sent; else nothing. */
export function draftOf(held: string, page: Page): Draft {
  const kept = localStorage.getItem(keyOf(held));
  if (kept) {
    try {
      return JSON.parse(kept) as Draft;
    } catch {
      localStorage.removeItem(keyOf(held));
    }
  }
  return page.answer ? sentOf(page.answer) : { saidBy: "", good: "", grew: "", tip: "", words: [] };
}

export function sentOf({ saidBy, good, grew, tip, words }: NonNullable<Page["answer"]>): Draft {
  return { saidBy, good, grew, tip, words };
}

export function keepDraft(held: string, draft: Draft | null): void {
  if (draft) localStorage.setItem(keyOf(held), JSON.stringify(draft));
  else localStorage.removeItem(keyOf(held));
}
