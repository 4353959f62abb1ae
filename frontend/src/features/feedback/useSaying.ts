import { useState } from "react";
import { ApiProblem } from "~/api/client";
import { newId } from "~/api/ids";
import { type MessageId, useT } from "~/i18n";
import { useToast } from "~/ui";
import { useSay, useTakeBack, type Words } from "./useFeedback";

type Sayings = {
  sent: MessageId;
  undo: MessageId;
  undone: MessageId;
  undoLate: MessageId;
  failed: MessageId;
};

/** Taking back, with words for whether it worked. */
export function useTakingBack(words: Pick<Sayings, "undone" | "undoLate" | "failed">) {
  const t = useT();
  const toast = useToast();
  const takeBack = useTakeBack();
  return async (id: string) => {
    try {
      await takeBack.mutateAsync(id);
      toast({ text: t(words.undone) });
    } catch (problem) {
      const late = problem instanceof ApiProblem && problem.status === 409;
      toast({ text: t(late ? words.undoLate : words.failed) });
    }
  };
}

/** Saying something once, even when tried twice, with a way back. Resolves to whether it was said. */
export function useSaying(entryId: string, words: Sayings) {
  const t = useT();
  const toast = useToast();
  const say = useSay(entryId);
  const takeBack = useTakingBack(words);
  const [id, setId] = useState(newId);
  const [problem, setProblem] = useState<string>();

  const send = async (
    said: Omit<Words, "id">,
    name: string,
    sent: MessageId = words.sent,
  ): Promise<boolean> => {
    setProblem(undefined);
    try {
      await say.mutateAsync({ ...said, id });
    } catch (error) {
      setProblem((error instanceof ApiProblem && error.at("/text")) || t(words.failed));
      return false;
    }
    setId(newId());
    toast({ text: t(sent, { name }), action: () => void takeBack(id), actionLabel: t(words.undo) });
    return true;
  };

  return { send, busy: say.isPending, problem, setProblem };
}
