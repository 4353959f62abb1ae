import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { v7 as newId } from "uuid";
import { useLocation } from "wouter";
import { ApiProblem, api, body, type Schema } from "~/api/client";
import { type Translate, useLanguage, useT } from "~/i18n";
import { dayInWords, daysBetween, daysInWords, today } from "~/i18n/dates";
import { logbookOf, workingDays } from "~/logbook";
import { readDrafts } from "~/offline";
import { saveDraft } from "~/offline/drafts";
import { useMe } from "~/session";
import { useQuestionsAtHand } from "~/session/questions";
import { Button, QuietButton, Stub, useToast } from "~/ui";

export type Waiting = Schema<"Waiting">;
type Invitation = Schema<"ActivityInvitation">;
type Content = Schema<"EntryContent">;

const MINE = ["my", "activities"] as const;
const FEW = 5;
/** So many at once of what one may join, and of what comes later than this week: one's own journey stays in view. */
const FIRST = 2;
const SOON_DAYS = 7;

type Props = {
  /** The activities that this device has the beginning of a story of. */
  begun: ReadonlySet<string>;
  /** Whether the page itself has come in. */
  settled: boolean;
};

/** What school and the city planned: what comes, what was and can be told, what one may join. Never counted as late. */
export function ActivityStubs({ begun, settled }: Props) {
  const t = useT();
  const language = useLanguage();
  const { data } = useQuery({ queryKey: MINE, queryFn: () => body(api.GET("/v1/me/activities")) });
  const [all, setAll] = useState(false);
  const [allToCome, setAllToCome] = useState(false);
  const invitations = data?.invitations ?? [];
  const waiting = data?.items.filter(({ id }) => !begun.has(id)) ?? [];
  const isSoon = ({ happensOn }: Waiting) => daysBetween(today(), happensOn) <= SOON_DAYS;
  const toCome = waiting.filter(({ happensOn }) => happensOn > today());
  const later = new Set(toCome.filter((activity, at) => at >= FIRST && !isSoon(activity)));
  useQuestionsAtHand(
    waiting.map(({ form }) => form),
    settled,
  );
  const facts = (activity: Waiting) => [
    daysInWords(activity.happensOn, activity.endsOn, language),
    activity.startsAt?.slice(0, 5),
    activity.organisation,
    activity.place,
  ];
  return (
    <>
      {data?.cancelled.map((activity) => (
        <Stub
          key={activity.id}
          label={t("home.cancelled")}
          title={activity.title}
          when={inOneLine(facts(activity))}
          kind="experience"
          field={activity.workFields[0]}
          action={null}
        />
      ))}
      {waiting.map(
        (activity) =>
          (allToCome || !later.has(activity)) && (
            <Planned key={activity.id} activity={activity} facts={facts(activity)} />
          ),
      )}
      {later.size > 0 && !allToCome && (
        <div>
          <QuietButton onClick={() => setAllToCome(true)}>
            {t("home.moreToCome", { count: later.size })}
          </QuietButton>
        </div>
      )}
      {invitations.slice(0, all ? undefined : FIRST).map((activity) => (
        <MayJoin key={activity.id} activity={activity} facts={facts(activity)} />
      ))}
      {invitations.length > FIRST && !all && (
        <div>
          <QuietButton onClick={() => setAll(true)}>
            {t("home.moreToJoin", { count: invitations.length - FIRST })}
          </QuietButton>
        </div>
      )}
    </>
  );
}

function inOneLine(facts: readonly unknown[]): string {
  return facts.filter(Boolean).join(" · ");
}

function Planned({ activity, facts }: { activity: Waiting; facts: readonly unknown[] }) {
  const t = useT();
  const begin = useBegin();
  const sign = useSigning(activity);
  const comes = activity.happensOn > today();
  const mayLeave = comes && activity.lastSignUpDay && today() <= activity.lastSignUpDay;
  return (
    <Stub
      label={t(activity.signUp && comes ? "home.joined" : comes ? "home.comes" : "home.ready")}
      title={activity.title}
      when={inOneLine([...facts, comes && activity.bring && t("home.bring", { bring: activity.bring })])}
      kind="experience"
      field={activity.workFields[0]}
      action={
        <>
          <Button
            wide
            look={comes ? "secondary" : "primary"}
            iconAfter="forward"
            onClick={() => begin(activity)}
          >
            {t(comes ? "home.before" : "home.fillIn")}
          </Button>
          {mayLeave && (
            <div>
              <QuietButton onClick={() => sign(false)}>{t("home.leave")}</QuietButton>
            </div>
          )}
        </>
      }
    />
  );
}

/** "Doe je mee?": with what, when and where, how many places there are in words, and until when. */
function MayJoin({ activity, facts }: { activity: Invitation; facts: readonly unknown[] }) {
  const t = useT();
  const language = useLanguage();
  const sign = useSigning(activity);
  const full = activity.placesLeft === 0;
  const until =
    activity.lastSignUpDay && t("home.joinUntil", { day: dayInWords(activity.lastSignUpDay, language) });
  return (
    <Stub
      label={t("home.join")}
      title={activity.title}
      when={inOneLine([...facts, placesInWords(activity.placesLeft ?? null, t), !full && until])}
      kind="experience"
      field={activity.workFields[0]}
      action={
        !full && (
          <Button look="secondary" wide onClick={() => sign(true)}>
            {t("home.joinYes")}
          </Button>
        )
      }
    />
  );
}

function placesInWords(left: number | null, t: Translate): string {
  if (left === null) return "";
  return left === 0
    ? t("home.full")
    : left <= FEW
      ? t("home.placesLeft", { count: left })
      : t("home.roomLeft");
}

/** Signs up or off and says so, with a way back; a refusal is said in the words of the server. */
function useSigning({ id, title }: Waiting) {
  const t = useT();
  const toast = useToast();
  const cache = useQueryClient();
  const params = { path: { activity_id: id } };
  return async function sign(up: boolean, undoable = true): Promise<void> {
    try {
      await (up
        ? api.PUT("/v1/me/activities/{activity_id}/sign-up", { params })
        : api.DELETE("/v1/me/activities/{activity_id}/sign-up", { params }));
      toast({
        text: t(up ? "home.joinedNow" : "home.leftNow", { title }),
        action: undoable ? () => sign(!up, false) : undefined,
      });
    } catch (error) {
      toast({
        text:
          error instanceof ApiProblem
            ? error.message
            : t(navigator.onLine ? "ui.error.unknown" : "home.joinOffline"),
      });
    }
    await cache.invalidateQueries({ queryKey: MINE });
  };
}

/** The activity that a story is about. */
export function activityOf({ details }: Pick<Content, "details">): string | null {
  return (details.kind === "experience" && details.activityId) || null;
}

/** Begins the story of something that school planned, or goes on with what was begun here; two taps are one. */
export function useBegin(): (activity: Waiting) => Promise<void> {
  const me = useMe();
  const [, go] = useLocation();
  const going = useRef(false);
  return async (activity) => {
    if (going.current) return;
    going.current = true;
    try {
      const drafts = await readDrafts(me.id);
      const begun = drafts.find(
        ({ version, content }) => version === null && activityOf(content) === activity.id,
      );
      const id = begun?.entryId ?? newId();
      const story = begun?.content ?? storyOf(activity);
      if (!begun) await saveDraft(me.id, id, story);
      if (activity.happensOn > today()) go(`/vooraf/${id}`);
      else go(logbookOf(story).length > 0 ? `/logboek/${id}` : `/erbij/${id}/wat-deed-ik`);
    } finally {
      going.current = false;
    }
  };
}

/** The story as school made it ready. */
function storyOf({
  id,
  title,
  happensOn,
  endsOn,
  form,
  organisation,
  workFields,
  askBefore,
  logbook,
}: Waiting): Content {
  return {
    title,
    happenedOn: happensOn,
    endedOn: endsOn ?? null,
    body: "",
    feeling: null,
    details: {
      kind: "experience",
      form: form ?? null,
      activityId: id,
      organisation,
      hours: null,
      logbook: logbook ? workingDays(happensOn, endsOn).map((on) => ({ on })) : [],
      expectation: askBefore || happensOn > today() ? { beforeQuestion: askBefore } : null,
    },
    answers: [],
    competencies: [],
    workFields: workFields ?? [],
    tags: [],
  } as unknown as Content;
}
