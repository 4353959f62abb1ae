import { useState } from "react";
import { newId } from "~/api/ids";
import { useT } from "~/i18n";
import { today } from "~/i18n/dates";
import { Button, Field, IconButton, TextField } from "~/ui";
import type { RecordStep, Talk } from "./useTalks";

const MOST = 10;

/** What is agreed: what, who, when. They come to be when the pupil says akkoord. */
export function StepsEditor({
  talk,
  steps,
  onChange,
}: {
  talk: Talk;
  steps: readonly RecordStep[];
  onChange: (steps: RecordStep[]) => void;
}) {
  const t = useT();
  const [added, setAdded] = useState<string>();
  const set = (id: string, part: Partial<RecordStep>) =>
    onChange(steps.map((step) => (step.id === id ? { ...step, ...part } : step)));
  const add = () => {
    const id = newId();
    setAdded(id);
    onChange([...steps, { id, text: "", who: "pupil", staffId: null, dueOn: null, remindOn: null }]);
  };
  const whos = [
    { value: "pupil", label: talk.pupil.givenName },
    ...talk.partners.map(({ id, name }) => ({ value: id, label: name })),
    { value: "home", label: t("talks.who.home") },
  ];
  return (
    <div className="tp-stack">
      {steps.map((step, index) => (
        <fieldset key={step.id} className="talk__stepForm">
          <legend className="tp-hidden">{t("talks.step.nth", { place: index + 1 })}</legend>
          <TextField
            label={t("talks.step.what")}
            value={step.text}
            maxLength={200}
            autoComplete="off"
            autoFocus={step.id === added}
            onChange={({ target }) => set(step.id, { text: target.value })}
          />
          <div className="talk__stepRow">
            <Field label={t("talks.step.who")}>
              {(control) => (
                <select
                  className="utrecht-textbox talks__select"
                  value={step.who === "staff" ? (step.staffId ?? "") : step.who}
                  onChange={({ target: { value } }) =>
                    set(
                      step.id,
                      value === "pupil" || value === "home"
                        ? { who: value, staffId: null }
                        : { who: "staff", staffId: value },
                    )
                  }
                  {...control}
                >
                  {whos.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <TextField
              type="date"
              label={t("talks.step.when")}
              value={step.dueOn ?? ""}
              min={today()}
              onChange={({ target }) =>
                set(step.id, { dueOn: target.value || null, remindOn: target.value || null })
              }
            />
            <IconButton
              icon="trash"
              label={t("talks.step.remove", { text: step.text || t("talks.step.nth", { place: index + 1 }) })}
              onClick={() => onChange(steps.filter(({ id }) => id !== step.id))}
            />
          </div>
        </fieldset>
      ))}
      {steps.length < MOST && (
        <div>
          <Button look="secondary" icon="plus" onClick={add}>
            {t(steps.length === 0 ? "talks.step.first" : "talks.step.more")}
          </Button>
        </div>
      )}
    </div>
  );
}
