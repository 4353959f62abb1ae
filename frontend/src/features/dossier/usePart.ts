import { useEffect, useRef, useState } from "react";
import { type MyPart, type PartWords, problemOf, useReadAnew, writePart } from "./useDossier";

const PAUSE_MS = 900;

type Keeping = "kept" | "busy" | "failed" | "conflict";

/**
 * What a pupil writes with one competency: kept by itself after a pause, one after the other, each from the version
 * before. Where something else stands there by now, nothing goes away: `mine` waits for a choice.
 */
export function usePart(part: MyPart) {
  const anew = useReadAnew();
  const [words, setWords] = useState<PartWords>({ text: part.text, entryIds: part.entryIds });
  const [keeping, setKeeping] = useState<Keeping | undefined>();
  const latest = useRef(words);
  const version = useRef(part.version);
  const dirty = useRef(false);
  const busy = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const keep = async () => {
    clearTimeout(timer.current);
    if (busy.current || !dirty.current) return;
    busy.current = true;
    setKeeping("busy");
    try {
      while (dirty.current) {
        dirty.current = false;
        version.current = await writePart(part.competency, latest.current, version.current);
      }
      // Before it is read anew: what is written in that moment is sent as well.
      busy.current = false;
      setKeeping("kept");
    } catch (error) {
      busy.current = false;
      dirty.current = true;
      const status = problemOf(error)?.status;
      setKeeping(
        status === 412 || problemOf(error)?.type.endsWith("already-exists-different") ? "conflict" : "failed",
      );
      if (status === undefined) return;
    }
    await anew();
  };
  const keeper = useRef(keep);
  keeper.current = keep;

  const change = (next: Partial<PartWords>, at: "once" | "later") => {
    latest.current = { ...latest.current, ...next };
    setWords(latest.current);
    dirty.current = true;
    clearTimeout(timer.current);
    if (at === "once") void keep();
    else timer.current = setTimeout(() => void keeper.current(), PAUSE_MS);
  };

  // What another screen wrote shows here too, as long as nothing was written here.
  useEffect(() => {
    if (dirty.current || busy.current || part.version < version.current) return;
    version.current = part.version;
    latest.current = { text: part.text, entryIds: part.entryIds };
    setWords(latest.current);
  }, [part]);

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
    words,
    keeping,
    change,
    keep,
    /** One's own words go over what stands there now. */
    keepMine: () => {
      version.current = part.version;
      void keep();
    },
    /** What stands there now, stays. */
    keepTheirs: () => {
      dirty.current = false;
      version.current = part.version;
      latest.current = { text: part.text, entryIds: part.entryIds };
      setWords(latest.current);
      setKeeping(undefined);
    },
  };
}
