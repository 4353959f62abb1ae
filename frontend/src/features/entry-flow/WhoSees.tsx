import { useState } from "react";
import type { Schema } from "~/api/client";
import { useT } from "~/i18n";
import { ChoiceGrid, QuietButton, RingsSign } from "~/ui";
import { useFollow } from "~/ui/useFollow";

export type Ring = 0 | 1 | 2;
type Pupil = NonNullable<Schema<"Me">["pupil"]>;

/** The rings that this pupil may choose for sharing; under 12 school and home go together. */
export function ringsFor(pupil: Pupil): readonly Ring[] {
  if (!pupil.school) return [];
  if (pupil.ageRule === "under12") return [2];
  return [1, 2];
}

/** Where sharing goes when nothing was chosen: home comes along by age, or by the pupil's yes. */
export function usualRing(pupil: Pupil): Ring {
  if (!pupil.school) return 0;
  return pupil.homeSharing ? 2 : 1;
}

type Props = { ring: Ring; pupil: Pupil; onChange: (ring: Ring) => void };

/** "Wie ziet dit?" in words, with what this pupil may choose. */
export function WhoSees({ ring, pupil, onChange }: Props) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const place = useFollow<HTMLElement>(open);
  const choices = ringsFor(pupil);
  const words = (of: Ring) => t(of === 2 && !pupil.homeSharing ? "flow.ring.2closed" : `flow.ring.${of}`);
  const rule = pupil.school ? (pupil.ageRule === "from18" ? "from16" : pupil.ageRule) : "noSchool";
  return (
    <section ref={place} className="tp-card tp-card--sea tp-stack" aria-labelledby="who-sees">
      <h2 id="who-sees">{t("flow.who")}</h2>
      {open ? (
        <ChoiceGrid
          label={t("flow.who")}
          hideLabel
          list
          options={choices.map((one) => ({
            value: String(one),
            label: words(one),
            sign: (
              <span className="tp-rings">
                <RingsSign ring={one} />
              </span>
            ),
          }))}
          value={String(ring)}
          onChange={(value) => onChange(Number(value) as Ring)}
        />
      ) : (
        <div className="tp-row tp-row--between">
          <span className="tp-rings">
            <RingsSign ring={ring} />
            <span>{words(ring)}</span>
          </span>
          {choices.length > 1 && (
            <QuietButton onClick={() => setOpen(true)}>{t("flow.whoChange")}</QuietButton>
          )}
        </div>
      )}
      <p className="tp-small">{t(`flow.who.${rule}`)}</p>
    </section>
  );
}
