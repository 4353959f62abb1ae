import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem, api, body, type Schema } from "~/api/client";
import { type Translate, useLanguage, useT } from "~/i18n";
import { addDays, soon, today, weekEnd } from "~/i18n/dates";
import { changeStep, type StepContent, sendStep, useCurrentSync, useWaitingSteps } from "~/offline";
import { useMe } from "~/session";
import {
  Button,
  EntryCard,
  Icon,
  IconButton,
  LinkButton,
  QuietButton,
  QuietLink,
  type Ring,
  thumbnailOf,
  useToast,
} from "~/ui";
import { useBegin } from "./useActivities";

type Day = Schema<"Today">;
type Step = NonNullable<Day["step"]>;

const KEY = ["today"];

/** What stands on home today: at most one reminder, one step and one story of years ago. */
export function useToday(): Day | undefined {
  const { data } = useQuery({ queryKey: KEY, queryFn: () => body(api.GET("/v1/me/today")) });
  return data;
}

/** Somebody at school thinks of you: one sentence, one button, and closing it. */
export function Reminder({ reminder }: { reminder: Day["reminder"] | undefined }) {
  const t = useT();
  const begin = useBegin();
  if (!reminder) return null;
  const { by, activity } = reminder;
  return (
    <section className="tp-card tp-card--sea home__note" aria-labelledby="reminder">
      <Icon name="heart" />
      <div className="tp-stack home__note-words">
        <p id="reminder">
          {activity
            ? t("home.reminder.open", { name: by, title: activity.title })
            : t("home.reminder.quiet", { name: by })}
        </p>
        <div>
          {activity ? (
            <Button look="secondary" onClick={() => begin(activity)}>
              {t("home.reminder.fillIn")}
            </Button>
          ) : (
            <LinkButton to="/erbij" look="secondary">
              {t("home.reminder.tell")}
            </LinkButton>
          )}
        </div>
      </div>
      <CloseReminder id={reminder.id} />
    </section>
  );
}

/** The same where the activity itself stands: who thinks of you, and closing it. */
export function ReminderHere({ reminder: { id, by } }: { reminder: NonNullable<Day["reminder"]> }) {
  const t = useT();
  return (
    <div className="home__note home__note--here">
      <Icon name="heart" />
      <p>{t("home.reminder.here", { name: by })}</p>
      <CloseReminder id={id} />
    </div>
  );
}

function CloseReminder({ id }: { id: string }) {
  const t = useT();
  const toast = useToast();
  const cache = useQueryClient();
  const close = useMutation({
    mutationFn: () =>
      api.PUT("/v1/me/reminders/{reminder_id}/seen", { params: { path: { reminder_id: id } } }),
    onSuccess: () => cache.setQueryData<Day>(KEY, (day) => day && { ...day, reminder: null }),
    onError: (error) => toast({ text: wordsOf(error, t) }),
  });
  return <IconButton icon="cross" label={t("home.reminder.close")} onClick={() => close.mutate()} />;
}

function wordsOf(error: unknown, t: Translate): string {
  return error instanceof ApiProblem ? error.message : t("ui.error.offline");
}

/** The talk that comes, or was called off; and one of which the record waits for an akkoord. */
export function Talks({ day }: { day: Day | undefined }) {
  const t = useT();
  const language = useLanguage();
  return [day?.toAgree, day?.talk].map((talk) => {
    if (!talk) return null;
    const name = talk.heldWith.name;
    const at = soon(talk.onDay, language);
    const when = talk.atTime ? t("home.talk.at", { day: at, time: talk.atTime.slice(0, 5) }) : at;
    const what =
      talk.state === "recorded" || talk.state === "cancelled" || talk.state === "prepared"
        ? talk.state
        : "planned";
    return (
      <section key={talk.id} className="tp-card tp-card--sea home__note" aria-labelledby={`talk-${talk.id}`}>
        <Icon name="ask-back" />
        <div className="tp-stack home__note-words">
          <p id={`talk-${talk.id}`}>{t(`home.talk.${what}`, { name, when })}</p>
          <div>
            <LinkButton to={`/gesprek/${talk.id}`} look="secondary">
              {t(`home.talk.${what}.go`)}
            </LinkButton>
          </div>
        </div>
      </section>
    );
  });
}

/** The step whose day it is: done, a week later, or let go. Never counted as late. */
export function TodaysStep({ step }: { step: Day["step"] | undefined }) {
  const t = useT();
  const language = useLanguage();
  const act = useStepActions();
  const waiting = useWaitingSteps(useMe().id);
  // Two quick taps are one: the second would find the step changed already.
  const once = (to: "done" | "later" | "let_go") => step && !act.isPending && act.mutate({ step, to });
  // Done with on this device already, though the school does not know it yet.
  if (!step || waiting.some(({ id, refusal }) => id === step.id && !refusal)) return null;
  return (
    <section className="tp-card tp-stack" aria-labelledby="todays-step">
      <div>
        <div className="tp-row tp-row--between">
          <p className="tp-stub__label">{t("home.step")}</p>
          <QuietLink to="/stappen">{t("home.steps")}</QuietLink>
        </div>
        <h2 id="todays-step" className="home__step">
          {stepInWords(step, t, language)}
        </h2>
      </div>
      <div className="tp-row">
        <Button look="secondary" icon="check" busy={act.isPending} onClick={() => once("done")}>
          {t("home.step.done")}
        </Button>
        <QuietButton onClick={() => once("later")}>{t("home.step.later")}</QuietButton>
        <QuietButton onClick={() => once("let_go")}>{t("home.step.letGo")}</QuietButton>
      </div>
    </section>
  );
}

function stepInWords({ text, dueOn }: Step, t: Translate, language: string): string {
  const now = today();
  if (dueOn === null) return t("home.step.reminded", { text });
  const day = soon(dueOn, language, now);
  if (dueOn < now) return t("home.step.stood", { text, day });
  if (dueOn === now) return t("home.step.today", { text });
  return dueOn === weekEnd(now) ? t("home.step.week", { text }) : t("home.step.soon", { text, day });
}

function useStepActions() {
  const t = useT();
  const toast = useToast();
  const cache = useQueryClient();
  const me = useMe();
  const sync = useCurrentSync();
  return useMutation({
    mutationFn: async ({ step, to }: { step: Step; to: "done" | "later" | "let_go" }) => {
      const change = to === "later" ? { content: inAWeek(step) } : { state: to };
      if (await changeStep(me.id, step, change, sendStep)) return;
      // In a dead spot it waits on this device, and home is done with it.
      cache.setQueryData<Day>(KEY, (day) => day && { ...day, step: null });
      sync?.nudge();
    },
    onSuccess: (_, { step: { text }, to }) =>
      toast({
        text: t(
          to === "done" ? "home.step.wasDone" : to === "later" ? "home.step.wasLater" : "home.step.wasLetGo",
          { text },
        ),
      }),
    onError: (error) => toast({ text: wordsOf(error, t) }),
    onSettled: () =>
      Promise.all([KEY, ["steps"], ["calendar"]].map((queryKey) => cache.invalidateQueries({ queryKey }))),
  });
}

function inAWeek({ text, dueOn, remindOn, entryId }: Step): StepContent {
  const week = (day: string | null) => day && addDays(day < today() ? today() : day, 7);
  return { text, dueOn: week(dueOn), remindOn: week(remindOn), entryId };
}

/** After sharing this story: a small step may follow from it, nobody has to. */
export function AfterSharing({ entryId }: { entryId: string }) {
  const t = useT();
  const [open, setOpen] = useState(true);
  if (!open) return null;
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="after-sharing">
      <h2 id="after-sharing" className="home__step">
        {t("home.afterSharing")}
      </h2>
      <div className="tp-row">
        <LinkButton to={`/stappen?bij=${entryId}`} look="secondary" icon="plus">
          {t("home.afterSharing.go")}
        </LinkButton>
        <QuietButton onClick={() => setOpen(false)}>{t("home.afterSharing.no")}</QuietButton>
      </div>
    </section>
  );
}

const CLOSED = "year-ago-closed";

/** Something of your own of a year ago, or more; closed for a day on this device. */
export function YearAgo({ found }: { found: Day["yearAgo"] | undefined }) {
  const t = useT();
  const mark = found && `${today()} ${found.entry.id}`;
  const [closed, setClosed] = useState(() => localStorage.getItem(CLOSED));
  if (!found || closed === mark) return null;
  const { entry, years, onTheDay } = found;
  const picture = entry.attachments.find((file) => file.kind !== "document" && file.hasThumbnail);
  const title = entry.title || t("home.untitled");
  const close = () => {
    localStorage.setItem(CLOSED, mark ?? "");
    setClosed(mark ?? "");
  };
  return (
    <section className="tp-stack home__year-ago" aria-labelledby="year-ago">
      <div className="tp-row tp-row--between tp-row--nowrap">
        <h2 id="year-ago">{t(onTheDay ? "home.yearAgo.day" : "home.yearAgo.week", { years })}</h2>
        <IconButton icon="cross" label={t("home.yearAgo.close", { title })} onClick={close} />
      </div>
      <EntryCard
        to={`/verhaal/${entry.id}`}
        kind={entry.kind}
        title={title}
        happenedOn={entry.happenedOn}
        endedOn={entry.endedOn}
        state="shared"
        ring={entry.ring as Ring}
        photo={picture && thumbnailOf(picture)}
        film={entry.attachments.some((file) => file.kind === "film")}
        size="compact"
      />
    </section>
  );
}
