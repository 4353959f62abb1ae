import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, ifMatch, type Schema } from "~/api/client";
import { newId } from "~/api/ids";

export type Homework = Schema<"Homework">;
export type HomeworkList = Schema<"HomeworkList">;
export type Content = Schema<"HomeworkContent">;
export type Reach = Schema<"Reach">;
export type Card = Schema<"HomeworkCardOut">;
export type Wording = Schema<"CardWordingOut">;

const LISTENING_MS = 3_000;

/** All cards, in every language; the same for everybody. */
export function useCards() {
  return useQuery({
    queryKey: ["homework-cards"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => body(api.GET("/v1/homework-cards")),
  });
}

/** The words of a card as it was asked then. */
export function wordingOf(
  cards: readonly Card[],
  { card, cardVersion }: { card: string; cardVersion: number },
): Wording | undefined {
  const found = cards.find(({ code }) => code === card);
  return found && [found, ...found.earlier].find(({ version }) => version === cardVersion);
}

export function useHomeworkList(pupilId: string) {
  return useQuery({
    queryKey: ["homework-list", pupilId],
    queryFn: () =>
      body(api.GET("/v1/pupils/{pupil_id}/homework", { params: { path: { pupil_id: pupilId } } })),
  });
}

/** One card; asked again as long as something said is on its way. */
export function useHomework(id: string) {
  return useQuery({
    queryKey: ["homework", id],
    queryFn: () => body(api.GET("/v1/homework/{homework_id}", { params: { path: { homework_id: id } } })),
    refetchInterval: ({ state }) =>
      [state.data?.home.sound, state.data?.child.sound].some((sound) => sound?.state === "received")
        ? LISTENING_MS
        : false,
  });
}

function useFresh() {
  const cache = useQueryClient();
  return () =>
    Promise.all(
      ["homework", "homework-list", "home", "group-homework"].map((key) =>
        cache.invalidateQueries({ queryKey: [key] }),
      ),
    );
}

/** Begins a card under an id made here; resolves to that id. */
export function useBegin() {
  const fresh = useFresh();
  return useMutation({
    mutationFn: async (content: Content) => {
      const id = newId();
      await body(
        api.PUT("/v1/homework/{homework_id}", { params: { path: { homework_id: id } }, body: content }),
      );
      return id;
    },
    onSuccess: fresh,
  });
}

/** Keeps both answers, on top of the version that one had. */
export function useKeep(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ content, version }: { content: Content; version: number }) =>
      body(
        api.PUT("/v1/homework/{homework_id}", {
          params: { path: { homework_id: id } },
          headers: ifMatch(version),
          body: content,
        }),
      ),
    onSuccess: () =>
      Promise.all(
        ["homework", "homework-list", "home"].map((key) => cache.invalidateQueries({ queryKey: [key] })),
      ),
  });
}

/** Lets it reach home, school as well, or nobody. */
export function useShare(id: string) {
  const fresh = useFresh();
  return useMutation({
    mutationFn: ({ reach, version }: { reach: Reach; version: number }) =>
      body(
        api.PUT("/v1/homework/{homework_id}/sharing", {
          params: { path: { homework_id: id } },
          headers: ifMatch(version),
          body: { reach },
        }),
      ),
    onSettled: fresh,
  });
}

export function useThrowAway(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE("/v1/homework/{homework_id}", { params: { path: { homework_id: id } } }),
    onSuccess: () => {
      cache.removeQueries({ queryKey: ["homework", id] });
      return Promise.all(
        ["homework-list", "home"].map((key) => cache.invalidateQueries({ queryKey: [key] })),
      );
    },
  });
}

/** Sends something said to the store; resolves to its id. Throws `ApiProblem` when refused, else without network. */
export async function sendSound(homeworkId: string, sound: Blob): Promise<string> {
  const id = newId();
  const path = { path: { homework_id: homeworkId } };
  const start = { id, mediaType: sound.type, size: sound.size };
  const plan = await body(api.POST("/v1/homework/{homework_id}/sounds", { params: path, body: start }));
  const parts = [];
  for (const { number, url } of plan.parts) {
    const bytes = sound.slice((number - 1) * plan.partSize, number * plan.partSize);
    const answer = await fetch(url, { method: "PUT", body: bytes });
    const etag = answer.headers.get("ETag");
    if (!answer.ok || !etag) throw new Error(`the store answered ${answer.status}`);
    parts.push({ number, etag });
  }
  await body(
    api.POST("/v1/homework-sounds/{sound_id}/complete", {
      params: { path: { sound_id: id } },
      body: { parts },
    }),
  );
  return id;
}

// --- a class -----------------------------------------------------------------------------------------

export type GroupHomework = Schema<"GroupHomework">;

export function useGroupHomework(groupId: string) {
  return useQuery({
    queryKey: ["group-homework", groupId],
    queryFn: () =>
      body(api.GET("/v1/groups/{group_id}/homework", { params: { path: { group_id: groupId } } })),
  });
}

/** Puts a card ready; the id made with the form makes a second try the same one. */
export function useOffer() {
  const fresh = useFresh();
  return useMutation({
    mutationFn: ({ id, ...content }: { id: string } & Schema<"OfferContent">) =>
      body(api.PUT("/v1/homework-offers/{offer_id}", { params: { path: { offer_id: id } }, body: content })),
    onSettled: fresh,
  });
}

export function useTakeOfferBack() {
  const fresh = useFresh();
  return useMutation({
    mutationFn: (id: string) =>
      api.DELETE("/v1/homework-offers/{offer_id}", { params: { path: { offer_id: id } } }),
    onSettled: fresh,
  });
}
