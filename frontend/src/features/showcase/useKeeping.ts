import { useEffect, useRef, useState } from "react";
import { problemOf, useReadAnew } from "./useShowcase";

const PAUSE_MS = 900;
const MOST_STEPS = 60;

export type Keeping = "kept" | "busy" | "failed" | "conflict" | "refused";

interface There<Content> {
  content: Content;
  version: number;
}

/**
 * What a pupil composes: kept by itself after a pause, one after the other, each from the version before; with the way
 * back. Where something else stands there by now, nothing goes away: it waits for a choice.
 */
export function useKeeping<Content>(
  there: There<Content>,
  write: (content: Content, version: number) => Promise<number>,
) {
  const anew = useReadAnew();
  const [content, setContent] = useState(there.content);
  const [keeping, setKeeping] = useState<Keeping | undefined>();
  const [refusal, setRefusal] = useState<string | undefined>();
  const [past, setPast] = useState<Content[]>([]);
  const [future, setFuture] = useState<Content[]>([]);
  const latest = useRef(content);
  const version = useRef(there.version);
  const dirty = useRef(false);
  const busy = useRef(false);
  const typing = useRef<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const keep = async (): Promise<boolean> => {
    clearTimeout(timer.current);
    if (busy.current) return false;
    if (!dirty.current) return true;
    busy.current = true;
    setKeeping("busy");
    try {
      while (dirty.current) {
        dirty.current = false;
        version.current = await write(latest.current, version.current);
      }
      // Before it is read anew: what is written in that moment is sent as well.
      busy.current = false;
      typing.current = undefined;
      setKeeping("kept");
      await anew();
      return true;
    } catch (error) {
      busy.current = false;
      dirty.current = true;
      const problem = problemOf(error);
      const elsewhere = problem?.status === 412 || problem?.type.endsWith("already-exists-different");
      setRefusal(problem?.errors[0]?.detail ?? problem?.message);
      setKeeping(elsewhere ? "conflict" : problem && problem.status < 500 ? "refused" : "failed");
      if (elsewhere) await anew();
      return false;
    }
  };
  const keeper = useRef(keep);
  keeper.current = keep;

  const put = (next: Content, at: "once" | "later") => {
    latest.current = next;
    setContent(next);
    dirty.current = true;
    // What is typed since is not kept yet.
    setKeeping((before) => (before === "kept" ? undefined : before));
    clearTimeout(timer.current);
    if (at === "once") void keep();
    else timer.current = setTimeout(() => void keeper.current(), PAUSE_MS);
  };

  /** Changes it. Typing goes on in one step back as long as it is in the same `field`. */
  const change = (next: Content, field?: string) => {
    if (field === undefined || typing.current !== field) {
      setPast((before) => [...before.slice(-MOST_STEPS), latest.current]);
      setFuture([]);
    }
    typing.current = field;
    put(next, field === undefined ? "once" : "later");
  };

  const step = (from: Content[], setFrom: typeof setPast, setTo: typeof setPast) => {
    const found = from.at(-1);
    if (found === undefined) return;
    typing.current = undefined;
    setFrom(from.slice(0, -1));
    setTo((to) => [...to, latest.current]);
    put(found, "once");
  };

  // What another screen wrote shows here too, as long as nothing was written here.
  useEffect(() => {
    if (dirty.current || busy.current || there.version <= version.current) return;
    version.current = there.version;
    latest.current = there.content;
    setContent(there.content);
  }, [there]);

  // Back online, or leaving: what was written is sent.
  useEffect(() => {
    const again = () => void keeper.current();
    addEventListener("online", again);
    return () => {
      removeEventListener("online", again);
      again();
    };
  }, []);

  return {
    content,
    keeping,
    refusal,
    change,
    keep,
    undo: past.length > 0 ? () => step(past, setPast, setFuture) : undefined,
    redo: future.length > 0 ? () => step(future, setFuture, setPast) : undefined,
    /** One's own goes over what stands there now. */
    keepMine: () => {
      version.current = there.version;
      void keep();
    },
    /** What stands there now, stays; one's own is a step back. */
    keepTheirs: () => {
      setPast((before) => [...before, latest.current]);
      dirty.current = false;
      version.current = there.version;
      latest.current = there.content;
      setContent(there.content);
      setKeeping(undefined);
    },
  };
}
