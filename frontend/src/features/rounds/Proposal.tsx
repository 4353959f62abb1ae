import type { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { today } from "~/i18n/dates";
import { Button, Note, QuietButton } from "~/ui";
import { activityAt, type ClassActivity, meet, type Slot, type Taken } from "./slots";
import type { RoundPupil } from "./useRounds";

export interface Row {
  id: string;
  pupil: RoundPupil;
  /** None: not in this round. */
  slot: Slot | null;
}

interface Props {
  rows: readonly Row[];
  minutes: number;
  taken: readonly Taken[];
  activities: readonly ClassActivity[];
  refused: ApiProblem | undefined;
  busy: boolean;
  onChange: (rows: readonly Row[]) => void;
  onSend: () => void;
}

/** A time for each, to look at and to shift; nothing is planned before the button with the number. */
export function Proposal({ rows, minutes, taken, activities, refused, busy, onChange, onSend }: Props) {
  const t = useT();
  const planned = rows.filter(({ slot }) => slot);
  const without = rows.filter(({ slot }) => !slot);
  const set = (id: string, slot: Slot | null) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, slot } : row)));
  const wrong = (row: Row, index: number): string | undefined => {
    const { slot } = row;
    if (!slot) return;
    if (!slot.onDay || !slot.atTime) return t("rounds.needsTime");
    if (planned.some((one) => one.id !== row.id && one.slot && meet(slot, minutes, one.slot, minutes)))
      return t("rounds.twice");
    if (taken.some((one) => meet(slot, minutes, one, one.minutes))) return t("rounds.taken");
    return refused?.errors.find(({ pointer }) => pointer.startsWith(`/talks/${index}/`))?.detail;
  };
  const problems = planned.map(wrong);
  const blocked = problems.some(Boolean) && !refused;
  return (
    <section className="tp-card tp-stack" aria-labelledby="proposal">
      <div>
        <h2 id="proposal">{t("rounds.proposal")}</h2>
        <p className="tp-soft">{t("rounds.proposalHint")}</p>
      </div>
      <ul className="rounds__rows">
        {planned.map((row, index) => {
          const activity = row.slot && activityAt(row.slot, minutes, activities);
          const problem = problems[index];
          return (
            <li key={row.id} className="rounds__row">
              <b>
                <bdi>{row.pupil.name}</bdi>
              </b>
              <input
                type="date"
                className="utrecht-textbox utrecht-textbox--html-input"
                aria-label={t("rounds.dayOf", { name: row.pupil.name })}
                aria-invalid={problem ? true : undefined}
                aria-describedby={problem ? `wrong-${row.id}` : undefined}
                min={today()}
                value={row.slot?.onDay}
                onChange={({ target }) =>
                  set(row.id, { onDay: target.value, atTime: row.slot?.atTime ?? "" })
                }
              />
              <input
                type="time"
                className="utrecht-textbox utrecht-textbox--html-input"
                aria-label={t("rounds.timeOf", { name: row.pupil.name })}
                aria-invalid={problem ? true : undefined}
                aria-describedby={problem ? `wrong-${row.id}` : undefined}
                value={row.slot?.atTime}
                onChange={({ target }) => set(row.id, { onDay: row.slot?.onDay ?? "", atTime: target.value })}
              />
              <QuietButton
                aria-label={t("rounds.notNowOf", { name: row.pupil.name })}
                onClick={() => set(row.id, null)}
              >
                {t("rounds.notNow")}
              </QuietButton>
              {problem && (
                <p className="tp-field__error rounds__wrong" id={`wrong-${row.id}`}>
                  {problem}
                </p>
              )}
              {activity && (
                <p className="tp-small tp-soft rounds__wrong">
                  {t("rounds.during", { title: activity.title })}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {without.length > 0 && (
        <Note tone="wait">
          <p>
            {t("rounds.noTime", {
              names: without.map(({ pupil }) => pupil.name).join(", "),
              count: without.length,
            })}
          </p>
        </Note>
      )}
      {refused && (
        <Note tone="stop">
          <p>{t("rounds.refused")}</p>
        </Note>
      )}
      {planned.length > 0 && (
        <div>
          <Button busy={busy || blocked} onClick={onSend}>
            {t("rounds.send", { count: planned.length })}
          </Button>
        </div>
      )}
    </section>
  );
}
