import { useState } from "react";
import { v7 as newId } from "uuid";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { addDays, shortDayInWords } from "~/i18n/dates";
import { Button, Dialog, FilterPills, TextField, useToast } from "~/ui";
import type { Activity, CityActivity } from "./plan";
import { useCopies } from "./useActivities";

const MOST = 40;
const WEEK = 7;

/** The same on other days: every week until a day, or days that one picks. Each can be moved or cancelled alone. */
export function Repeat({
  activity,
  open,
  onClose,
}: {
  activity: Activity | CityActivity;
  open: boolean;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <Dialog title={t("activities.repeatTitle", { title: activity.title })} open={open} onClose={onClose}>
      {open && <Days activity={activity} onClose={onClose} />}
    </Dialog>
  );
}

function Days({ activity, onClose }: { activity: Activity | CityActivity; onClose: () => void }) {
  const t = useT();
  const toast = useToast();
  const language = useLanguage();
  const copies = useCopies(activity.id);
  const [way, setWay] = useState<"weekly" | "picked">("weekly");
  // Each day keeps its id, so that sending again is the same copies.
  const [days, setDays] = useState<ReadonlyMap<string, string>>(new Map());
  const [until, setUntil] = useState("");
  const [picked, setPicked] = useState("");
  const [left, setLeft] = useState<readonly string[]>([]);
  const [publish, setPublish] = useState(activity.state === "published");
  const chosen = [...days].filter(([day]) => !left.includes(day)).sort();
  const problem = copies.error instanceof ApiProblem ? copies.error : undefined;

  const everyWeek = (last: string) => {
    setUntil(last);
    const next = new Map<string, string>();
    for (
      let day = addDays(activity.happensOn, WEEK);
      day <= last && next.size < MOST;
      day = addDays(day, WEEK)
    ) {
      next.set(day, days.get(day) ?? newId());
    }
    setDays(next);
  };
  const add = () => {
    if (!picked || picked === activity.happensOn || days.size >= MOST) return;
    setDays(new Map(days).set(picked, days.get(picked) ?? newId()));
    setLeft(left.filter((day) => day !== picked));
    setPicked("");
  };
  const make = async () => {
    const wanted = chosen.map(([happensOn, id]) => ({ id, happensOn }));
    await copies.mutateAsync({ copies: wanted, publish });
    toast({ text: t("activities.repeated", { count: wanted.length }) });
    onClose();
  };
  return (
    <div className="tp-stack">
      <FilterPills
        label={t("activities.repeatHow")}
        options={[
          { value: "weekly", label: t("activities.everyWeek") },
          { value: "picked", label: t("activities.pickDays") },
        ]}
        value={way}
        onChange={(value) => {
          setWay(value);
          setDays(new Map());
          setUntil("");
        }}
      />
      {way === "weekly" ? (
        <TextField
          type="date"
          label={t("activities.until")}
          min={addDays(activity.happensOn, WEEK)}
          value={until}
          onChange={({ target }) => everyWeek(target.value)}
        />
      ) : (
        <div className="activities__pair activities__add">
          <TextField
            type="date"
            label={t("activities.day")}
            value={picked}
            onChange={({ target }) => setPicked(target.value)}
          />
          <Button look="secondary" onClick={add}>
            {t("activities.addDay")}
          </Button>
        </div>
      )}
      {days.size > 0 && (
        <fieldset className="tp-field">
          <legend className="tp-label activities__legend">{t("activities.onTheseDays")}</legend>
          <div className="tp-picks">
            {[...days.keys()].sort().map((day) => (
              <label key={day} className="tp-pick">
                <input
                  type="checkbox"
                  checked={!left.includes(day)}
                  onChange={({ target }) =>
                    setLeft(target.checked ? left.filter((one) => one !== day) : [...left, day])
                  }
                />
                {shortDayInWords(day, language)}
              </label>
            ))}
          </div>
          {days.size === MOST && <p className="tp-field__hint">{t("activities.mostDays", { most: MOST })}</p>}
        </fieldset>
      )}
      <label className="tp-pick activities__tick">
        <input type="checkbox" checked={publish} onChange={({ target }) => setPublish(target.checked)} />
        {t("activities.publishAtOnce")}
      </label>
      {copies.isError && (
        <p role="alert" className="tp-field__error">
          {problem?.errors[0]?.detail ?? problem?.message ?? t("ui.error.unknown")}
        </p>
      )}
      <Button busy={copies.isPending} disabled={chosen.length === 0} onClick={() => make().catch(() => {})}>
        {t("activities.makeCopies", { count: chosen.length })}
      </Button>
    </div>
  );
}
