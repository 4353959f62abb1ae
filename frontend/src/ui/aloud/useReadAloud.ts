import { useCallback, useEffect, useRef, useState } from "react";
import { type Spoken, spokenIn } from "./passages";
import { voiceFor, voiceless, voicesHere } from "./voices";

export const PACES = { slow: 0.75, normal: 1, fast: 1.25 } as const;
export type Pace = keyof typeof PACES;

const PACE = "pace";
const HIGHLIGHT = "aloud";

function keptPace(): Pace {
  const kept = localStorage.getItem(PACE);
  return kept && kept in PACES ? (kept as Pace) : "normal";
}

/** One at a time on a page: who begins makes the other stop. */
let stopOther: (() => void) | undefined;

function show(spoken: Spoken | undefined): void {
  if (!("highlights" in CSS)) return;
  if (spoken) CSS.highlights.set(HIGHLIGHT, new Highlight(spoken.range));
  else CSS.highlights.delete(HIGHLIGHT);
  const element = spoken?.range.startContainer.parentElement;
  element?.scrollIntoView({ block: "nearest" });
}

/** Reads a part of the page aloud, sentence by sentence, each in its own language, with a voice of the device. */
export function useReadAloud(find: () => Element | null) {
  const [reading, setReading] = useState(false);
  /** The sentence that is read now. */
  const [now, setNow] = useState<Spoken>();
  /** Languages on the page without a voice; null as long as nobody asked. */
  const [missing, setMissing] = useState<string[] | null>(null);
  const [pace, setPace] = useState(keptPace);
  const turn = useRef(0);
  const at = useRef<{ list: Spoken[]; index: number; voices: SpeechSynthesisVoice[] }>(undefined);

  const stop = useCallback(() => {
    turn.current += 1;
    globalThis.speechSynthesis?.cancel();
    show(undefined);
    setReading(false);
    setNow(undefined);
    if (stopOther === stop) stopOther = undefined;
  }, []);

  const go = useCallback(
    (rate: number) => {
      turn.current += 1;
      const mine = turn.current;
      speechSynthesis.cancel();
      const next = () => {
        const place = at.current;
        if (mine !== turn.current || !place) return;
        const spoken = place.list[place.index];
        if (!spoken) return stop();
        const voice = voiceFor(place.voices, spoken.language);
        if (!voice) {
          place.index += 1;
          return next();
        }
        const words = new SpeechSynthesisUtterance(spoken.text);
        words.voice = voice;
        words.lang = voice.lang;
        words.rate = rate;
        const done = () => {
          if (mine !== turn.current) return;
          place.index += 1;
          next();
        };
        words.onend = done;
        words.onerror = done;
        show(spoken);
        setNow(spoken);
        speechSynthesis.speak(words);
      };
      next();
    },
    [stop],
  );

  const start = async () => {
    const root = find();
    if (!root) return;
    if (stopOther !== stop) stopOther?.();
    stopOther = stop;
    turn.current += 1;
    const mine = turn.current;
    setReading(true);
    const voices = await voicesHere();
    if (mine !== turn.current) return;
    const list = spokenIn(root);
    const without = voiceless(
      voices,
      list.map(({ language }) => language),
    );
    setMissing(without);
    at.current = { list, index: 0, voices };
    if (list.every(({ language }) => without.includes(language))) return stop();
    go(PACES[pace]);
  };

  const choosePace = (chosen: Pace) => {
    localStorage.setItem(PACE, chosen);
    setPace(chosen);
    if (reading && now) go(PACES[chosen]);
  };

  useEffect(() => {
    if (!reading) return;
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && stop();
    addEventListener("keydown", onKey);
    addEventListener("pagehide", stop);
    return () => {
      removeEventListener("keydown", onKey);
      removeEventListener("pagehide", stop);
    };
  }, [reading, stop]);
  useEffect(
    () => () => {
      if (stopOther === stop) stop();
    },
    [stop],
  );

  return { reading, now, missing, pace, choosePace, start, stop };
}
