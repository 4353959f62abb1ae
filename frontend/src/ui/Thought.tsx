import type { ReactNode } from "react";
import { useT } from "~/i18n";
import { FeelingFace } from "./Choices";
import type { Feeling } from "./codes";
import { Icon } from "./Icon";
import { languageOf, OwnWords } from "./OwnWords";

/** What somebody thought first, and beside it what they think now. One of the two may be missing. */
export function FirstNow({ first, now }: { first?: ReactNode; now?: ReactNode }) {
  const t = useT();
  return (
    <div className="tp-thought">
      {first && (
        <div>
          <p className="tp-small tp-soft">{t("ui.first")}</p>
          {first}
        </div>
      )}
      {first && now && <Icon name="forward" />}
      {now && (
        <div data-now>
          <p className="tp-small">{t("ui.now")}</p>
          {now}
        </div>
      )}
    </div>
  );
}

/** The pupil's words, below the question that they answer where that helps. */
export function Said({ question, children }: { question?: ReactNode; children: string }) {
  return (
    <div>
      {question && <p className="tp-small tp-soft">{question}</p>}
      <p className="tp-thought__words" lang={languageOf(children)}>
        {children}
      </p>
    </div>
  );
}

/** A face with its word; two of them stand beside each other and are never compared. */
export function Felt({ feeling, children }: { feeling: Feeling; children: string }) {
  return (
    <p className="tp-thought__felt">
      <FeelingFace feeling={feeling} />
      <span>{children}</span>
    </p>
  );
}

type Before = {
  beforeQuestion?: string;
  before?: string;
  who?: string;
  lookingForward?: Feeling | null;
};

/** Whether something was said before the visit. */
export function saidBefore({ before, who, lookingForward }: Before): boolean {
  return Boolean(before?.trim() || who?.trim() || lookingForward);
}

/** All that was thought beforehand. */
export function ThoughtFirst({ beforeQuestion, before, who, lookingForward }: Before) {
  const t = useT();
  return (
    <>
      {before && <Said question={beforeQuestion && <OwnWords>{beforeQuestion}</OwnWords>}>{before}</Said>}
      {who && <Said question={t("ui.whoDoes")}>{who}</Said>}
      {lookingForward && <Felt feeling={lookingForward}>{t(`ui.forward.${lookingForward}`)}</Felt>}
    </>
  );
}
