import { type FormEvent, useState } from "react";
import { v7 as newId } from "uuid";
import { useLocation, useParams } from "wouter";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { today, weekdayInWords } from "~/i18n/dates";
import { useMe } from "~/session";
import {
  Button,
  ChoiceGrid,
  ErrorState,
  Field,
  IconButton,
  Loading,
  Note,
  QuietLink,
  TextField,
  useToast,
} from "~/ui";
import { groupName } from "~/ui/groupName";
import { Proposal, type Row } from "./Proposal";
import { propose } from "./slots";
import { type ClassRounds, KINDS, type Kind, useClassRounds, usePlanRound, useTakeBack } from "./useRounds";
import "./rounds.css";

const MOST = 40;

/** Talks for a whole class in one go: about what, with whom, on which days. The times come by themselves. */
export default function PlanScreen() {
  const t = useT();
  const { groupId } = useParams<{ groupId: string }>();
  const rounds = useClassRounds(groupId);
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <p>
        <QuietLink to={`/gesprekken/klas/${groupId}`} icon="back">
          {rounds.data ? t("rounds.of", { name: groupName(rounds.data.group, t) }) : t("rounds.title")}
        </QuietLink>
      </p>
      <h1 tabIndex={-1}>{t("rounds.plan")}</h1>
      {rounds.isPending && <Loading cards={1} />}
      {rounds.isError && <ErrorState error={rounds.error} onRetry={() => rounds.refetch()} />}
      {rounds.data && <Planning rounds={rounds.data} />}
    </div>
  );
}

function Planning({ rounds }: { rounds: ClassRounds }) {
  const t = useT();
  const language = useLanguage();
  const me = useMe();
  const toast = useToast();
  const [, go] = useLocation();
  const { group, partners } = rounds;
  const plan = usePlanRound(group.id);
  const back = useTakeBack(group.id);
  const [kind, setKind] = useState<Kind>("progress");
  const own = partners.find(({ id }) => id === me.id);
  const [heldWith, setHeldWith] = useState(own?.id ?? partners[0]?.id ?? "");
  const [days, setDays] = useState<readonly string[]>([]);
  const [day, setDay] = useState("");
  const [from, setFrom] = useState("09:00");
  const [until, setUntil] = useState("12:00");
  const [minutes, setMinutes] = useState(20);
  const [place, setPlace] = useState("");
  const [withHome, setWithHome] = useState(false);
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [missing, setMissing] = useState(false);
  const [refused, setRefused] = useState<ApiProblem>();
  // Who has one of this kind coming is left out, and said so.
  const hasOne = (pupil: ClassRounds["pupils"][number]) =>
    pupil.talks.some((talk) => talk.kind === kind && (talk.state === "planned" || talk.state === "prepared"));
  const skipped = rounds.pupils.filter(hasOne);
  const asked = rounds.pupils.filter((pupil) => !hasOne(pupil)).slice(0, MOST);
  const taken = rounds.taken.filter((one) => one.heldWith === heldWith);
  const change =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      setRows(null);
      setRefused(undefined);
    };
  const addDay = () => {
    if (day && !days.includes(day)) change(setDays)([...days, day].sort());
    setDay("");
    setMissing(false);
  };
  const show = (event: FormEvent) => {
    event.preventDefault();
    const chosen = day && !days.includes(day) ? [...days, day].sort() : days;
    if (chosen.length === 0) return setMissing(true);
    setDays(chosen);
    setDay("");
    const slots = propose(
      asked.map(({ id }) => id),
      { days: chosen, from, until, minutes, taken, activities: rounds.activities },
    );
    setRows(asked.map((pupil) => ({ id: newId(), pupil, slot: slots.get(pupil.id) ?? null })));
    setRefused(undefined);
  };
  const send = () => {
    const talks = (rows ?? []).flatMap(({ id, pupil, slot }) =>
      slot ? [{ id, pupilId: pupil.id, ...slot }] : [],
    );
    plan.mutate(
      { kind, heldWith, minutes, place: place.trim(), withHome, talks },
      {
        onSuccess: ({ planned, leftOut }) => {
          const names = rounds.pupils.filter(({ id }) => leftOut.includes(id)).map(({ name }) => name);
          // By then this screen is left: what follows hangs on the promise, not on the screen.
          const undo = () =>
            back.mutateAsync(planned).then(
              ({ stayed }) =>
                toast({
                  text: t(stayed.length > 0 ? "rounds.someStayed" : "rounds.takenBack", {
                    count: stayed.length,
                  }),
                }),
              () => toast({ text: t("rounds.failed") }),
            );
          toast({
            text: [
              t("rounds.planned", { count: planned.length }),
              names.length > 0 && t("rounds.leftOut", { names: names.join(", ") }),
            ]
              .filter(Boolean)
              .join(" "),
            action: planned.length > 0 ? undo : undefined,
          });
          go(`/gesprekken/klas/${group.id}`);
        },
        onError: (error) =>
          error instanceof ApiProblem && error.status === 422
            ? setRefused(error)
            : toast({ text: error instanceof ApiProblem ? error.message : t("ui.error.offline") }),
      },
    );
  };
  return (
    <>
      <form className="tp-card tp-stack" onSubmit={show} noValidate>
        <ChoiceGrid
          label={t("rounds.about")}
          options={KINDS.map((one) => ({ value: one, label: t(`rounds.kind.${one}`) }))}
          value={kind}
          onChange={change(setKind)}
        />
        <Field label={t("rounds.with")}>
          {(control) => (
            <select
              className="utrecht-textbox utrecht-textbox--html-input"
              {...control}
              value={heldWith}
              onChange={({ target }) => change(setHeldWith)(target.value)}
            >
              {partners.map((partner) => (
                <option key={partner.id} value={partner.id}>
                  {partner.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div className="rounds__fields">
          <TextField
            type="date"
            label={t("rounds.day")}
            min={today()}
            value={day}
            onChange={({ target }) => setDay(target.value)}
            error={missing ? t("rounds.needsDay") : undefined}
          />
          <Button look="secondary" icon="plus" onClick={addDay}>
            {t("rounds.addDay")}
          </Button>
        </div>
        {days.length > 0 && (
          <ul className="rounds__days" aria-label={t("rounds.days")}>
            {days.map((one) => (
              <li key={one}>
                <span>{weekdayInWords(one, language)}</span>
                <IconButton
                  icon="cross"
                  label={t("rounds.dropDay", { day: weekdayInWords(one, language) })}
                  onClick={() => change(setDays)(days.filter((other) => other !== one))}
                />
              </li>
            ))}
          </ul>
        )}
        <div className="rounds__fields">
          <TextField
            type="time"
            label={t("rounds.from")}
            value={from}
            onChange={({ target }) => change(setFrom)(target.value)}
          />
          <TextField
            type="time"
            label={t("rounds.until")}
            value={until}
            onChange={({ target }) => change(setUntil)(target.value)}
          />
          <TextField
            type="number"
            inputMode="numeric"
            label={t("rounds.minutes")}
            min={5}
            max={240}
            value={minutes}
            onChange={({ target }) => change(setMinutes)(Math.round(Number(target.value)))}
          />
        </div>
        <TextField
          label={t("rounds.place")}
          value={place}
          maxLength={120}
          autoComplete="off"
          onChange={({ target }) => setPlace(target.value)}
        />
        <label className="rounds__home">
          <input type="checkbox" checked={withHome} onChange={() => setWithHome(!withHome)} />
          <span>{t("rounds.withHome")}</span>
        </label>
        {skipped.length > 0 && (
          <Note>
            <p>
              {t("rounds.skips", {
                names: skipped.map(({ name }) => name).join(", "),
                count: skipped.length,
              })}
            </p>
          </Note>
        )}
        {asked.length === 0 ? (
          <p>{t("rounds.nobodyLeft")}</p>
        ) : (
          <div>
            <Button
              type="submit"
              look={rows ? "secondary" : "primary"}
              busy={!(minutes >= 5 && minutes <= 240) || heldWith === ""}
            >
              {t(rows ? "rounds.proposeAgain" : "rounds.propose")}
            </Button>
          </div>
        )}
      </form>
      {rows && (
        <Proposal
          rows={rows}
          minutes={minutes}
          taken={taken}
          activities={rounds.activities}
          refused={refused}
          busy={plan.isPending}
          onChange={(changed) => {
            setRows(changed);
            setRefused(undefined);
          }}
          onSend={send}
        />
      )}
    </>
  );
}
