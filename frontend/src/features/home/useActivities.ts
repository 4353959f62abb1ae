import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { v7 as newId } from "uuid";
import { useLocation } from "wouter";
import { ApiProblem, api, body, type Schema } from "~/api/client";
import { useT } from "~/i18n";
import { addDays, today } from "~/i18n/dates";
import { logbookOf, workingDays } from "~/logbook";
import { readDrafts } from "~/offline";
import { saveDraft } from "~/offline/drafts";
import { useMe } from "~/session";
import { useToast } from "~/ui";

export type Waiting = Schema<"Waiting">;
export type Invitation = Schema<"ActivityInvitation">;
type Content = Schema<"EntryContent">;

const MINE = ["my", "activities"] as const;
/** Home looks so many days ahead; the agenda shows the rest. */
const AHEAD = 14;
const NEAREST = 2;

interface Planned {
  /** Whether it is known what school planned, or that it cannot be known. */
  settled: boolean;
  /** All that waits. */
  all: readonly Waiting[];
  /** It was, and can be told; the newest first. */
  ready: readonly Waiting[];
  /** What is near, and what one signed up for: that one can leave. */
  comes: readonly Waiting[];
  /** Near, and it does not go on. */
  cancelled: readonly Waiting[];
  /** More comes than is near. */
  more: boolean;
  invitations: readonly Invitation[];
}

/**
 * What school and the city planned for me, as much of it as keeps home calm: without what is being `told` about on this
 * device, and with as many less of what comes as stand there already (`begun`).
 */
export function useActivities(told: ReadonlySet<string>, begun: number): Planned {
  const { data, isPending, fetchStatus } = useQuery({
    queryKey: MINE,
    queryFn: () => body(api.GET("/v1/me/activities")),
  });
  const now = today();
  const until = addDays(now, AHEAD);
  const near = ({ happensOn }: Waiting) => happensOn <= until;
  const items = data?.items.filter(({ id }) => !told.has(id)) ?? [];
  const coming = items.filter(({ happensOn }) => happensOn > now);
  const nearest = new Set(coming.filter(near).slice(0, Math.max(0, NEAREST - begun)));
  const comes = coming.filter((activity) => nearest.has(activity) || mayLeave(activity));
  const cancelled = data?.cancelled ?? [];
  return {
    settled: !isPending || fetchStatus === "paused",
    all: items,
    ready: items.filter(({ happensOn }) => happensOn <= now).reverse(),
    comes,
    cancelled: cancelled.filter(near),
    more: comes.length < coming.length,
    invitations: data?.invitations ?? [],
  };
}

/** Whether one signed up for it and can still change one's mind. */
export function mayLeave({ happensOn, lastSignUpDay }: Waiting): boolean {
  const now = today();
  return happensOn > now && Boolean(lastSignUpDay && now <= lastSignUpDay);
}

/** Signs up or off and says so, with a way back; a refusal is said in the words of the server. */
export function useSigning({ id, title }: Waiting) {
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
