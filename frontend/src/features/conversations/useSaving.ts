import { useCallback, useEffect, useRef, useState } from "react";
import { ApiProblem } from "~/api/client";

const PAUSE_MS = 1_200;

/** `waits`: there is no network · `conflict`: it was changed elsewhere · `refused`: the school says no. */
export type Saving = "saved" | "typing" | "saving" | "waits" | "conflict" | "refused";

interface Start<Content> {
  content: Content;
  version: number;
  send: (content: Content, version: number) => Promise<number>;
  /** Words of before that never reached school: shown, and sent. */
  kept?: { content: Content; version: number } | null;
  /** Keeps the words on this device until they are at school; null: they are. */
  keep?: (words: { content: Content; version: number } | null) => void;
}

/** Something that is written and keeps itself, one version after the other; nothing is lost on the way. */
export function useSaving<Content>({ content: start, version, send, kept, keep }: Start<Content>) {
  const [content, setContent] = useState(kept?.content ?? start);
  const [saving, setSaving] = useState<Saving>(kept ? "typing" : "saved");
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const latest = useRef(content);
  const atSchool = useRef(JSON.stringify(start));
  const from = useRef(kept?.version ?? version);
  const going = useRef<Promise<void>>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** There are two versions: nothing is sent before somebody chose. */
  const torn = useRef(false);
  const ways = useRef({ send, keep });
  ways.current = { send, keep };

  const isKept = useCallback(() => JSON.stringify(latest.current) === atSchool.current, []);

  const sendNow = useCallback(async () => {
    const sent = latest.current;
    setSaving("saving");
    try {
      from.current = await ways.current.send(sent, from.current);
      atSchool.current = JSON.stringify(sent);
      setSavedAt(new Date().toISOString());
      setProblem(null);
      if (isKept()) ways.current.keep?.(null);
      setSaving(isKept() ? "saved" : "typing");
    } catch (error) {
      if (!(error instanceof ApiProblem)) return setSaving("waits");
      setProblem(error);
      // Another tab or phone wrote the first version: that is a change elsewhere, too.
      torn.current = error.status === 412 || error.status === 428;
      setSaving(torn.current ? "conflict" : "refused");
    }
  }, [isKept]);

  /** Sends what was not sent; whether all of it is at school then. */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    await going.current;
    if (torn.current) return false;
    if (isKept()) return true;
    going.current = sendNow();
    await going.current;
    going.current = undefined;
    return isKept();
  }, [isKept, sendNow]);

  const change = useCallback(
    (part: Partial<Content>) => {
      latest.current = { ...latest.current, ...part };
      setContent(latest.current);
      ways.current.keep?.({ content: latest.current, version: from.current });
      setSaving((now) => (now === "conflict" ? now : "typing"));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), PAUSE_MS);
    },
    [flush],
  );

  /** After a conflict: these words go on, from the version that is there now. */
  const goOn = useCallback(
    (words: Content, there: Content, thereVersion: number) => {
      torn.current = false;
      latest.current = words;
      atSchool.current = JSON.stringify(there);
      from.current = thereVersion;
      setContent(words);
      setSaving("typing");
      return flush().then((done) => {
        if (done) {
          setSaving("saved");
          ways.current.keep?.(null);
        }
        return done;
      });
    },
    [flush],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for what a dead spot left here
  useEffect(() => {
    if (kept) void flush();
  }, []);

  useEffect(() => {
    const now = () => void flush();
    addEventListener("online", now);
    addEventListener("pagehide", now);
    return () => {
      removeEventListener("online", now);
      removeEventListener("pagehide", now);
      now();
    };
  }, [flush]);

  return { content, change, flush, goOn, saving, savedAt, problem, version: () => from.current };
}
