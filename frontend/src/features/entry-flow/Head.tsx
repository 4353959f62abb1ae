import type { ReactNode } from "react";
import { useT } from "~/i18n";
import type { SaveState } from "~/offline";
import { usePageTitle } from "~/routing";
import { Icon, type IconName, QuietButton, QuietLink, Stepper } from "~/ui";

export const STEPS = ["wat-deed-ik", "laat-zien", "vertel"] as const;
export type Step = (typeof STEPS)[number];

/** The address of a step, so that a step can be linked to and Back goes a step back. */
export function addressOf(entryId: string, step: Step): string {
  return `/erbij/${entryId}/${step}`;
}

type Props = {
  step: Step;
  back: string;
  /** None while there is nothing to keep. */
  save: SaveState | null;
  online: boolean;
  onLater: () => void;
};

/** Above every step: back, whether it is kept, later, and where I am. */
export function Head({ step, back, save, online, onLater }: Props) {
  const t = useT();
  const words = [t("flow.step1"), t("flow.step2"), t("flow.step3")];
  const current = STEPS.indexOf(step);
  usePageTitle(words[current]);
  return (
    <header className="tp-stack flow__head">
      <Bar back={back} save={save} online={online}>
        <QuietButton onClick={onLater}>{t("flow.later")}</QuietButton>
      </Bar>
      <Stepper steps={words} current={current} />
    </header>
  );
}

/** Back, and whether it is kept. */
export function Bar({
  back,
  save,
  online,
  children,
}: Pick<Props, "back" | "save" | "online"> & { children?: ReactNode }) {
  const t = useT();
  return (
    <div className="tp-bar flow__bar">
      <QuietLink to={back} icon="back">
        {t("flow.back")}
      </QuietLink>
      <Kept save={save} online={online} />
      {children}
    </div>
  );
}

/** "Bewaard", in words and with a sign; said again only when it changes. */
function Kept({ save, online }: Pick<Props, "save" | "online">) {
  const t = useT();
  const [icon, words] = keptWords(save, online);
  return (
    <span className="tp-small tp-soft tp-row flow__kept" role="status">
      {icon && <Icon name={icon} />}
      {words && t(words)}
    </span>
  );
}

type Words = "flow.saved" | "flow.saving" | "flow.onDevice" | "flow.notSaved";

function keptWords(save: SaveState | null, online: boolean): [icon?: IconName, words?: Words] {
  if (save === null) return [];
  if (save === "saved") return ["check", "flow.saved"];
  if (save === "refused") return ["info", "flow.notSaved"];
  return !online && save === "here" ? ["no-network", "flow.onDevice"] : ["wait", "flow.saving"];
}
