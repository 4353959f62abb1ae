import type { Schema } from "~/api/client";
import type { MessageId, Translate } from "~/i18n";

export type Choice = Schema<"Choice">;
export type ChoiceOption = Choice["options"][number];
export type Sure = 1 | 2 | 3 | 4 | 5;

export const SURES: readonly Sure[] = [1, 2, 3, 4, 5];

/** What stands on the list: in the pupil's own words, or a suggestion by its name. */
export function optionName({ code, name }: Pick<ChoiceOption, "code" | "name">, t: Translate): string {
  return code ? t(`choice.option.${code}` as MessageId) : name;
}

/** `Mijn profiel kiezen`: what is chosen, as it is called at this level. */
export function choiceTitle({ kind, level }: Pick<Choice, "kind" | "level">, t: Translate): string {
  if (kind !== "direction") return t(`choice.title.${kind}`);
  return t(level === "vmbo" ? "choice.title.direction.vmbo" : "choice.title.direction");
}

/** What counts now, with its names; nothing where nothing is chosen or it is open again. */
export function plansOf({ picks, options }: Pick<Choice, "picks" | "options">) {
  const pick = picks[0];
  if (!pick?.planA) return null;
  const find = (id: string | null) => options.find((option) => option.id === id);
  return { pick, planA: find(pick.planA), planB: find(pick.planB) };
}
