import { useT } from "~/i18n";
import { schoolYear } from "~/i18n/dates";
import { type Choice, choiceTitle } from "~/ui/choiceWords";
import { HowSure } from "./HowSure";
import { LookBack } from "./LookBack";
import { Motives } from "./Motives";
import { OptionList } from "./OptionList";
import { Picking } from "./Picking";
import type { MyChoices } from "./useChoices";
import { WhoSees } from "./WhoSees";

/** One choice moment of one's own: what there is, how sure, why, what it becomes, and who looks along. */
export function ChoicePage({ choice, mine }: { choice: Choice; mine: MyChoices }) {
  const t = useT();
  const suggestions = mine.offered.find(({ choiceId }) => choiceId === choice.id)?.suggestions ?? [];
  return (
    <>
      <header>
        <h1 tabIndex={-1}>{choiceTitle(choice, t)}</h1>
        <p className="tp-small tp-soft">{schoolYear(choice.schoolYear)}</p>
        <p className="tp-soft">{t("choice.calm")}</p>
      </header>
      {choice.mayLookBack && <LookBack choice={choice} />}
      <HowSure choice={choice} />
      <OptionList choice={choice} suggestions={suggestions} />
      <Motives key={choice.version} choice={choice} codes={mine.motives} />
      <Picking choice={choice} />
      <WhoSees choice={choice} rings={mine.rings} />
    </>
  );
}
