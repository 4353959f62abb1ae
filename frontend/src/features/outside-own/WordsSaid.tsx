import { useT } from "~/i18n";
import { Said } from "~/ui";
import type { Answer } from "./useLinks";

/** The three answers and the words, as they were written. */
export function WordsSaid({ answer }: { answer: Answer }) {
  const t = useT();
  const parts = (["good", "grew", "tip"] as const).filter((part) => answer[part]);
  return (
    <>
      {parts.map((part) => (
        <Said key={part} question={t(`outsideOwn.answer.${part}`)}>
          {answer[part]}
        </Said>
      ))}
      {answer.words.length > 0 && (
        <Said question={t("outsideOwn.answer.words")}>{answer.words.join(", ")}</Said>
      )}
    </>
  );
}
