import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { newId } from "~/api/ids";
import { type Choosable, isChanged, readTransfer, type Thing, type Transfer, useKeep } from "./useTransfers";

const PAUSE_MS = 700;

export const keyOf = ({ kind, id }: Thing) => `${kind}:${id}`;

function thingOf(key: string): Thing {
  const [kind, id] = key.split(":") as [Thing["kind"], string];
  return { kind, id };
}

/** What is ticked beforehand: strong stories, the words, open steps and the last talk. */
export function proposalOf(page: Choosable): Set<string> {
  return new Set([
    ...page.stories.filter(({ proposed }) => proposed).map(({ card }) => `entry:${card.id}`),
    ...(page.words.length > 0 ? [`words:${page.pupilId}`] : []),
    ...page.steps.map(({ id }) => `step:${id}`),
    ...page.talks.filter(({ proposed }) => proposed).map(({ id }) => `talk:${id}`),
  ]);
}

/** All that can still be ticked: what was put away since falls out of a draft. */
function possible(page: Choosable): Set<string> {
  return new Set([
    ...page.stories.filter(({ taken }) => !taken).map(({ card }) => `entry:${card.id}`),
    `words:${page.pupilId}`,
    ...page.steps.map(({ id }) => `step:${id}`),
    ...page.talks.map(({ id }) => `talk:${id}`),
  ]);
}

export type Keeping = "kept" | "busy" | "failed";

/**
 * What goes along, kept on the server a moment after each change, so that going away loses nothing. `other` is what
 * another window kept meanwhile: one of the two is chosen.
 */
export function useChoice(page: Choosable, draft: Transfer | undefined) {
  const can = useRef(possible(page));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() =>
    draft ? new Set(draft.items.map(keyOf).filter((key) => can.current.has(key))) : proposalOf(page),
  );
  const [keeping, setKeeping] = useState<Keeping>("kept");
  const [error, setError] = useState<unknown>(null);
  const [other, setOther] = useState<Transfer | null>(null);
  const held = useRef({ id: draft?.id ?? newId(), version: draft?.version ?? (null as number | null) });
  const wanted = useRef<ReadonlySet<string>>(chosen);
  const known = useRef<ReadonlySet<string> | null>(draft ? new Set(draft.items.map(keyOf)) : null);
  const turn = useRef<Promise<unknown>>(Promise.resolve());
  const queries = useQueryClient();
  const keep = useKeep();
  const { mutateAsync } = keep;

  /** Sends what is wanted, after what is on its way; true where the server has it. */
  const flush = useCallback(() => {
    const next = turn.current.then(async () => {
      const now = wanted.current;
      if (known.current && same(known.current, now)) {
        setKeeping("kept");
        return true;
      }
      setKeeping("busy");
      try {
        const { version } = await mutateAsync({
          ...held.current,
          placementId: page.placementId,
          items: [...now].map(thingOf),
        });
        held.current.version = version;
        known.current = now;
        setKeeping("kept");
        setError(null);
        return true;
      } catch (problem) {
        setKeeping("failed");
        if (isChanged(problem)) setOther(await readTransfer(held.current.id).catch(() => null));
        else setError(problem);
        return false;
      }
    });
    turn.current = next.catch(() => {});
    return next;
  }, [mutateAsync, page.placementId]);

  const [touched, setTouched] = useState(0);
  useEffect(() => {
    if (touched === 0 || other) return;
    const timer = setTimeout(flush, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [touched, other, flush]);

  // Going away right after a tick: that one is sent as well.
  const leave = useRef(() => {});
  leave.current = () => {
    if (touched === 0 || other) return;
    void flush().then(() => queries.invalidateQueries({ queryKey: ["transfers", "mine"] }));
  };
  useEffect(() => () => leave.current(), []);

  const change = (next: ReadonlySet<string>) => {
    wanted.current = next;
    setChosen(next);
    // Until the server has it, it is not kept.
    if (!other) setKeeping("busy");
    setTouched((before) => before + 1);
  };
  const tick = (keys: readonly string[], on: boolean) => {
    const next = new Set(wanted.current);
    for (const key of keys)
      if (on) next.add(key);
      else next.delete(key);
    change(next);
  };
  /** Goes on with this window's choice, or with the other's. */
  const settle = (mine: boolean) => {
    if (!other) return;
    held.current.version = other.version;
    known.current = new Set(other.items.map(keyOf));
    setOther(null);
    change(mine ? wanted.current : new Set([...known.current].filter((key) => can.current.has(key))));
  };
  return { id: held.current.id, chosen, tick, flush, keeping, error, other, settle };
}

function same(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((key) => other.has(key));
}
