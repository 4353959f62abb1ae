import { useT } from "~/i18n";
import { Felt, FirstNow, Said, saidBefore, ThoughtFirst } from "~/ui";
import type { Entry } from "./useEntry";

/** What was thought before and after, where something was. */
function expectationOf({ details }: Entry) {
  return details.kind === "experience" ? details.expectation : null;
}

/** Whether how it was stands beside how much the pupil looked forward to it. */
export function besideExpectation(entry: Entry): boolean {
  return Boolean(expectationOf(entry)?.lookingForward);
}

/** A boundary experience: what was thought first, beside what is thought now. */
export function Thought({ entry }: { entry: Entry }) {
  const t = useT();
  const expectation = expectationOf(entry);
  if (!expectation) return null;
  const { surprised, after, listChoice, why } = expectation;
  const first = saidBefore(expectation);
  const felt = besideExpectation(entry) ? entry.feeling : null;
  const now = surprised || after || listChoice || felt;
  if (!first && !now) return null;
  return (
    <FirstNow
      first={first && <ThoughtFirst {...expectation} />}
      now={
        now && (
          <>
            {surprised && <Said question={t("entry.surprised")}>{surprised}</Said>}
            {after && <Said question={surprised && t("entry.afterWas")}>{after}</Said>}
            {felt && <Felt feeling={felt}>{t(`feeling.${felt}`)}</Felt>}
            {listChoice && (
              <Said question={why && t(`entry.list.${listChoice}`)}>
                {why || t(`entry.list.${listChoice}`)}
              </Said>
            )}
          </>
        )
      }
    />
  );
}
