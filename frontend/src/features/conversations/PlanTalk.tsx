import { type FormEvent, useState } from "react";
import { ApiProblem } from "~/api/client";
import { newId } from "~/api/ids";
import { useT } from "~/i18n";
import { today } from "~/i18n/dates";
import { Button, ChoiceGrid, Field, FilterPills, Note, QuietButton, TextField, useToast } from "~/ui";
import { type Partner, type Plan, readTalk, type Talk, usePlan } from "./useTalks";
import { useWhen } from "./words";

const KINDS = ["progress", "career", "sector_profile", "study", "transfer"] as const;

interface Props {
  pupil: { id: string; givenName: string };
  own: boolean;
  partners: readonly Partner[];
  /** Who is chosen at first. */
  holder?: string;
  /** What is changed; none: a new talk. */
  before?: Talk;
  onDone: (id: string) => void;
  onCancel: () => void;
}

/** Plans a talk, or moves it: about what, with whom, when and where. */
export function PlanTalk({ pupil, own, partners, holder, before, onDone, onCancel }: Props) {
  const t = useT();
  const toast = useToast();
  const when = useWhen();
  const [id] = useState(() => before?.id ?? newId());
  const [version, setVersion] = useState(before?.version ?? null);
  const [elsewhere, setElsewhere] = useState<Talk>();
  const save = usePlan(id);
  const [plan, setPlan] = useState<Plan>(() => startOf(before, pupil.id, holder ?? partners[0]?.id ?? ""));
  const set = (part: Partial<Plan>) => setPlan((now) => ({ ...now, ...part }));
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const [missing, setMissing] = useState(false);
  const send = async (from: number | null) => {
    try {
      await save.mutateAsync({ plan, version: from });
      const name = partners.find((one) => one.id === plan.heldWith)?.name ?? "";
      toast({
        text: t(before ? "talks.plan.changed" : "talks.plan.planned", {
          name: own ? name : pupil.givenName,
          when: when({ onDay: plan.onDay, atTime: plan.atTime ?? null, place: "" }),
        }),
      });
      onDone(id);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 412) setElsewhere(await readTalk(id));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(plan.onDay === "");
    if (plan.onDay !== "" && !save.isPending) void send(version);
  };
  if (elsewhere) {
    const theirs = startOf(elsewhere, pupil.id, "");
    return (
      <div className="tp-stack">
        <p>{t("talks.plan.conflict", { name: elsewhere.changedBy.name })}</p>
        <div className="talks__versions">
          <Version label={t("talks.conflict.mine")} plan={plan} partners={partners} />
          <Version label={t("talks.conflict.there")} plan={theirs} partners={partners} />
        </div>
        <div className="tp-row">
          <Button
            busy={save.isPending}
            onClick={() => {
              setVersion(elsewhere.version);
              setElsewhere(undefined);
              void send(elsewhere.version);
            }}
          >
            {t("talks.conflict.keepMine")}
          </Button>
          <Button look="secondary" onClick={() => onDone(id)}>
            {t("talks.conflict.takeTheirs")}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form className="tp-stack" onSubmit={submit} noValidate>
      <ChoiceGrid
        label={t("talks.plan.kind")}
        options={KINDS.map((value) => ({ value, label: t(`talks.topic.${value}`) }))}
        value={plan.kind}
        onChange={(kind) => set({ kind })}
      />
      <Field label={t(own ? "talks.plan.with" : "talks.plan.holder")} error={problem?.at("/heldWith")}>
        {(control) => (
          <select
            className="utrecht-textbox talks__select"
            value={plan.heldWith}
            onChange={({ target }) => set({ heldWith: target.value })}
            {...control}
          >
            {partners.map((one) => (
              <option key={one.id} value={one.id}>
                {one.isMentor
                  ? t("talks.plan.mentor", { name: one.name })
                  : one.isDean
                    ? t("talks.plan.dean", { name: one.name })
                    : one.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="talks__when">
        <TextField
          type="date"
          label={t("talks.plan.day")}
          value={plan.onDay}
          min={today()}
          onChange={({ target }) => set({ onDay: target.value })}
          error={missing ? t("talks.plan.needsDay") : problem?.at("/onDay")}
        />
        <TextField
          type="time"
          label={t("talks.plan.time")}
          value={plan.atTime?.slice(0, 5) ?? ""}
          onChange={({ target }) => set({ atTime: target.value || null })}
          error={problem?.at("/atTime")}
        />
      </div>
      <TextField
        label={t("talks.plan.place")}
        hint={t("talks.plan.placeHint")}
        value={plan.place}
        maxLength={120}
        onChange={({ target }) => set({ place: target.value })}
        error={problem?.at("/place")}
      />
      <div className="tp-field">
        <FilterPills
          label={t("talks.plan.minutes")}
          showLabel
          value={`${plan.minutes ?? 30}`}
          onChange={(minutes) => set({ minutes: Number(minutes) })}
          options={["15", "30", "45", "60"].map((value) => ({
            value,
            label: t("talks.plan.minutesOf", { count: Number(value) }),
          }))}
        />
      </div>
      <label className="talks__check">
        <input
          type="checkbox"
          checked={plan.withHome}
          onChange={({ target }) => set({ withHome: target.checked })}
        />
        <span>
          {t("talks.plan.home")}
          <small>{t(own ? "talks.plan.homeHintOwn" : "talks.plan.homeHint")}</small>
        </span>
      </label>
      {save.isError && !problem?.errors.length && (
        <Note tone="wait">
          <p>{problem?.message ?? t("ui.error.offline")}</p>
        </Note>
      )}
      <div className="tp-row">
        <Button type="submit" busy={save.isPending}>
          {t(before ? "talks.plan.keep" : "talks.plan.go")}
        </Button>
        <QuietButton onClick={onCancel}>{t("ui.cancel")}</QuietButton>
      </div>
    </form>
  );
}

function startOf(before: Talk | undefined, pupilId: string, holder: string): Plan {
  if (!before)
    return {
      pupilId,
      kind: "career",
      onDay: "",
      atTime: null,
      minutes: 30,
      place: "",
      heldWith: holder,
      withHome: false,
    };
  const { kind, onDay, atTime, minutes, place, withHome } = before;
  return { pupilId, kind, onDay, atTime, minutes, place, withHome, heldWith: before.heldWith.id };
}

function Version({ label, plan, partners }: { label: string; plan: Plan; partners: readonly Partner[] }) {
  const t = useT();
  const when = useWhen();
  return (
    <section className="tp-card tp-stack" aria-label={label}>
      <h3>{label}</h3>
      <p>{t(`talks.kind.${plan.kind}`)}</p>
      <p>{when({ onDay: plan.onDay, atTime: plan.atTime ?? null, place: plan.place ?? "" })}</p>
      <p>{partners.find(({ id }) => id === plan.heldWith)?.name}</p>
      {plan.withHome && <p>{t("talks.plan.home")}</p>}
    </section>
  );
}
