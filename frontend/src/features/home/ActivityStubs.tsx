import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { v7 as newId } from "uuid";
import { useLocation } from "wouter";
import { ApiProblem, api, body, type Schema } from "~/api/client";
import { type Translate, useLanguage, useT } from "~/i18n";
import { dayInWords, daysInWords, today } from "~/i18n/dates";
import { logbookOf, workingDays } from "~/logbook";
import { saveDraft } from "~/offline/drafts";
import { useMe } from "~/session";
import { Button, QuietButton, Stub, useToast } from "~/ui";

export type Waiting = Schema<"Waiting">;
type Invitation = Schema<"ActivityInvitation">;
type Content = Schema<"EntryContent">;

const MINE = ["my", "activities"] as const;
const FEW = 5;
/** So many invitations at once, so that one's own journey stays in view. */
const FIRST = 2;

/** What school and the city planned: what comes, what was and can be told, what one may join. Never counted as late. */
export function ActivityStubs() {
  const t = useT();
  const language = useLanguage();
  const { data } = useQuery({ queryKey: MINE, queryFn: () => body(api.GET("/v1/me/activities")) });
  const [all, setAll] = useState(false);
  const invitations = data?.invitations ?? [];
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
      {data?.items.map((activity) => (
        <Planned key={activity.id} activity={activity} facts={facts(activity)} />
      ))}
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

/** Begins the story of something that school planned. */
export function useBegin(): (activity: Waiting) => Promise<void> {
  const me = useMe();
  const [, go] = useLocation();
  return async (activity) => {
    const id = newId();
    const story = storyOf(activity);
    await saveDraft(me.id, id, story);
    if (activity.happensOn > today()) go(`/vooraf/${id}`);
    else go(logbookOf(story).length > 0 ? `/logboek/${id}` : `/erbij/${id}/wat-deed-ik`);
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
