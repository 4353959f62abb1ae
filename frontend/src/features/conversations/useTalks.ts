import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, ifMatch, type Schema } from "~/api/client";

export type Talk = Schema<"ConversationPage">;
export type Item = Schema<"ConversationItem">;
export type Plan = Schema<"ConversationContent">;
export type Partner = Schema<"Partner">;
export type SheetContent = Required<Schema<"SheetContent">>;
export type RecordContent = Required<Schema<"RecordContent">>;
export type RecordStep = RecordContent["steps"][number];
export type StepOfTalk = Schema<"StepOfTalk">;

const talkKey = (id: string) => ["talk", id] as const;
const LISTS = ["talks"] as const;

/** One talk, as far as this viewer may see it. */
export function useTalk(id: string) {
  return useQuery({ queryKey: talkKey(id), queryFn: () => readTalk(id) });
}

/** The talk as it is at school now. */
export function readTalk(id: string): Promise<Talk> {
  return body(api.GET("/v1/conversations/{conversation_id}", { params: { path: { conversation_id: id } } }));
}

/** One's own talks; of staff those they hold, of a parent those of the children. */
export function useMyTalks(wanted = true) {
  return useQuery({
    queryKey: [...LISTS, "mine"],
    enabled: wanted,
    queryFn: () => body(api.GET("/v1/me/conversations")),
  });
}

/** The talks of one pupil, and with whom one can be planned. */
export function usePupilTalks(pupilId: string) {
  return useQuery({
    queryKey: [...LISTS, pupilId],
    queryFn: () =>
      body(api.GET("/v1/pupils/{pupil_id}/conversations", { params: { path: { pupil_id: pupilId } } })),
  });
}

/** After a change: the talk, the lists, what stands on home and the own steps are read anew. */
export function useFreshTalk(id: string) {
  const cache = useQueryClient();
  return () =>
    Promise.all(
      [talkKey(id), LISTS, ["today"], ["steps"], ["calendar"]].map((queryKey) =>
        cache.invalidateQueries({ queryKey }),
      ),
    );
}

/** Plans a talk, or changes what was planned from `version`. */
export function usePlan(id: string) {
  const fresh = useFreshTalk(id);
  return useMutation({
    mutationFn: ({ plan, version }: { plan: Plan; version: number | null }) =>
      body(
        api.PUT("/v1/conversations/{conversation_id}", {
          params: { path: { conversation_id: id } },
          headers: version === null ? {} : ifMatch(version),
          body: plan,
        }),
      ),
    onSettled: fresh,
  });
}

/** Called off, on again, or held. */
export function useMoveTalk(id: string) {
  const fresh = useFreshTalk(id);
  return useMutation({
    mutationFn: ({ state, version }: { state: "planned" | "held" | "cancelled"; version: number }) =>
      body(
        api.PUT("/v1/conversations/{conversation_id}/state", {
          params: { path: { conversation_id: id } },
          headers: ifMatch(version),
          body: { state },
        }),
      ),
    onSettled: fresh,
  });
}

/** Keeps the own sheet; resolves with its new version. `version` 0: there is none yet. */
export async function keepSheet(id: string, content: SheetContent, version: number): Promise<number> {
  const kept = await body(
    api.PUT("/v1/conversations/{conversation_id}/sheet", {
      params: { path: { conversation_id: id } },
      headers: version === 0 ? {} : ifMatch(version),
      body: content,
    }),
  );
  return kept.version;
}

/** Adds a version of the record; resolves with its number. */
export async function keepRecord(id: string, content: RecordContent, version: number): Promise<number> {
  const kept = await body(
    api.PUT("/v1/conversations/{conversation_id}/record", {
      params: { path: { conversation_id: id } },
      headers: ifMatch(version),
      body: content,
    }),
  );
  return kept.version;
}

export interface Akkoord {
  words: string;
  ring: 1 | 2;
  version: number;
  /** On the screen of staff: the pupil's own PIN or password. */
  secret?: string;
}

/** The pupil says akkoord on one version of the record. */
export function useAgree(id: string) {
  const fresh = useFreshTalk(id);
  return useMutation({
    mutationFn: ({ words, ring, version, secret }: Akkoord) => {
      const to = { params: { path: { conversation_id: id } }, headers: ifMatch(version) };
      return secret === undefined
        ? body(api.PUT("/v1/conversations/{conversation_id}/agreement", { ...to, body: { words, ring } }))
        : body(
            api.PUT("/v1/conversations/{conversation_id}/agreement/beside", {
              ...to,
              body: { words, ring, secret },
            }),
          );
    },
    onSuccess: fresh,
  });
}

/** A step of staff is done, or open again, by whose it is. */
export function useStaffStep(id: string) {
  const fresh = useFreshTalk(id);
  return useMutation({
    mutationFn: ({ step, state }: { step: StepOfTalk; state: "open" | "done" | "let_go" }) =>
      body(
        api.PUT("/v1/conversations/{conversation_id}/steps/{step_id}/state", {
          params: { path: { conversation_id: id, step_id: step.id } },
          headers: ifMatch(step.version ?? 1),
          body: { state },
        }),
      ),
    onSettled: fresh,
  });
}

/** The pupil's own stories that school can see, newest first, to choose from. */
export function useOwnStories(pupilId: string, wanted: boolean) {
  return useQuery({
    queryKey: ["talk-stories", pupilId],
    enabled: wanted,
    queryFn: async () => {
      const first = await body(
        api.GET("/v1/pupils/{pupil_id}/portfolio", {
          params: { path: { pupil_id: pupilId }, query: { limit: 50 } },
        }),
      );
      return first.items.filter(({ state }) => state !== "draft");
    },
  });
}
