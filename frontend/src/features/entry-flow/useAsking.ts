import { useState } from "react";
import { type Answer, LIMITS } from "./content";
import { type Asking, AT_ONCE, another, arrange, isOpen, type Question } from "./questions";

/** Which questions are on screen; kept while one goes to another step and back. */
export function useAsking(first: readonly Question[], all: readonly Question[], answers: readonly Answer[]) {
  const [count, setCount] = useState(AT_ONCE);
  const [places, setPlaces] = useState<readonly string[]>([]);
  const [passed, setPassed] = useState<readonly string[]>([]);
  const room = Math.min(Math.max(count, answers.length), LIMITS.answers);
  const asking: Asking = { first, all, answers, places, passed, count: room };
  const shown = arrange(asking);
  const ids = shown.map(({ id }) => id);
  // What took a place stays there, whatever is answered first.
  if (ids.join() !== places.join()) setPlaces(ids);

  const open = shown.filter((question) => isOpen(question, answers)).length;
  const more = arrange({ ...asking, count: shown.length + 1 }).length > shown.length;
  const replace = (question: Question) => {
    const other = another(question, shown, asking);
    if (!other) return undefined;
    return () => {
      setPassed([...passed.filter((id) => id !== other.id), question.id]);
      setPlaces(ids.map((id) => (id === question.id ? other.id : id)));
    };
  };
  return {
    shown,
    /** Puts another question in this one's place, if there is one. */
    replace,
    /** One more question; only when fewer than two wait for words. */
    add: open < AT_ONCE && more && room < LIMITS.answers ? () => setCount(shown.length + 1) : undefined,
  };
}

export type OnScreen = ReturnType<typeof useAsking>;
