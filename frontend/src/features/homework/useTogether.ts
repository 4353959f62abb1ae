import { useEffect, useRef, useState } from "react";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { type Content, type Homework, sendSound, useHomework, useKeep } from "./useHomework";

export type Side = "home" | "child";
export type Answers = Pick<Content, "language" | "homeText" | "homeSound" | "childText" | "childSound">;

/** `waits`: no connection; it goes by itself as soon as there is one. */
export type Kept = "kept" | "busy" | "waits" | "refused";

export function answersOf(card: Homework): Answers {
  return {
    language: card.language,
    homeText: card.home.text,
    homeSound: card.home.sound?.id ?? null,
    childText: card.child.text,
    childSound: card.child.sound?.id ?? null,
  };
}

const same = (one: Answers, other: Answers) =>
  (Object.keys(one) as (keyof Answers)[]).every((key) => one[key] === other[key]);

/** What this viewer may not change stands as the server has it. */
function allowed(mine: Answers, card: Homework): Answers {
  const theirs = answersOf(card);
  return {
    language: mine.language,
    ...(card.rights.writeHome
      ? { homeText: mine.homeText, homeSound: mine.homeSound }
      : { homeText: theirs.homeText, homeSound: theirs.homeSound }),
    ...(card.rights.writeChild
      ? { childText: mine.childText, childSound: mine.childSound }
      : { childText: theirs.childText, childSound: theirs.childSound }),
  };
}

/** Both answers as they are written on this device, kept at the school one change after another. */
export function useTogether(card: Homework) {
  const t = useT();
  const keep = useKeep(card.id);
  const server = useHomework(card.id);
  const [answers, setAnswers] = useState(() => answersOf(card));
  const [state, setState] = useState<Kept>("kept");
  const [problem, setProblem] = useState<string>();
  /** As somebody else left it meanwhile. */
  const [theirs, setTheirs] = useState<Homework>();
  const latest = useRef(answers);
  latest.current = answers;
  const known = useRef({ answers: answersOf(card), version: card.version });
  // Shared, or read anew: the same words in a newer version.
  if (same(answersOf(card), known.current.answers)) known.current.version = card.version;
  const line = useRef<Promise<unknown>>(Promise.resolve());

  const send = async (): Promise<boolean> => {
    const mine = latest.current;
    if (same(mine, known.current.answers)) return true;
    setState("busy");
    const { id, ...about } = { id: card.pupil.id, card: card.card, cardVersion: card.cardVersion };
    try {
      const content = { pupilId: id, ...about, offerId: card.offerId, ...mine };
      const receipt = await keep.mutateAsync({ content, version: known.current.version });
      known.current = { answers: mine, version: receipt.version };
      setProblem(undefined);
      setState("kept");
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) {
        setState("waits");
        return false;
      }
      setState("refused");
      if (error.status === 412 || error.status === 403) {
        const now = (await server.refetch()).data;
        if (now) {
          setTheirs(now);
          return false;
        }
      }
      setProblem(error.message || t("homework.failed"));
      return false;
    }
  };
  /** One after another: the second builds on what the first left. */
  const save = (): Promise<boolean> => {
    const next = line.current.then(send, send);
    line.current = next;
    return next;
  };
  const again = useRef(save);
  again.current = save;
  useEffect(() => {
    const onOnline = () => void again.current();
    addEventListener("online", onOnline);
    return () => {
      removeEventListener("online", onOnline);
      void again.current();
    };
  }, []);

  const change = (part: Partial<Answers>) => {
    latest.current = { ...latest.current, ...part };
    setAnswers(latest.current);
  };
  const changeAndSave = (part: Partial<Answers>) => {
    change(part);
    return save();
  };

  return {
    answers,
    state,
    problem,
    theirs,
    change,
    save,
    changeAndSave,
    /** Sends something said and keeps it as the answer of this side. */
    say: async (side: Side, sound: Blob): Promise<boolean> => {
      setState("busy");
      try {
        const id = await sendSound(card.id, sound);
        return changeAndSave(side === "home" ? { homeSound: id } : { childSound: id });
      } catch (error) {
        setState("refused");
        setProblem(error instanceof ApiProblem ? error.message : t("homework.soundFailed"));
        return false;
      }
    },
    /** Settles it: mine, as far as it is mine to change, or as it is there now. */
    settle: (chosen: "mine" | "theirs") => {
      if (!theirs) return;
      const there = answersOf(theirs);
      const stays = chosen === "mine" ? allowed(latest.current, theirs) : there;
      known.current = { answers: there, version: theirs.version };
      setTheirs(undefined);
      setState(same(stays, there) ? "kept" : "busy");
      change(stays);
      void save();
    },
  };
}

export type Together = ReturnType<typeof useTogether>;
