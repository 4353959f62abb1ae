import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, api, body, ifMatch, type Schema } from "~/api/client";
import { newId } from "~/api/ids";

export type MyDossier = Schema<"MyDossier">;
export type MyPart = Schema<"MyPart">;
export type HandIn = Schema<"HandInPage">;
export type Snapshot = Schema<"DossierSnapshot">;
export type SnapshotEntry = Schema<"SnapshotEntry">;
export type SchoolDossiers = Schema<"SchoolDossiers">;
export type Checklist = Schema<"SchoolChecklist">;
export type Competency = MyPart["competency"];
export type PartWords = { text: string; entryIds: string[] };

export const COMPETENCIES = ["qualities", "motives", "work_exploration", "steering", "networking"] as const;

const MINE = ["dossier", "mine"] as const;
const POLL_MS = 1_500;

/** One's own dossier as it is now. */
export function useMyDossier() {
  return useQuery({ queryKey: MINE, queryFn: () => body(api.GET("/v1/me/dossier")) });
}

/** Writes one competency from the version that was read. */
export async function writePart(competency: Competency, words: PartWords, version: number): Promise<number> {
  const receipt = await body(
    api.PUT("/v1/me/dossier/parts/{competency}", {
      params: { path: { competency }, header: version > 0 ? { "if-match": `"${version}"` } : {} },
      body: words,
    }),
  );
  return receipt.version;
}

/** Reads one's own dossier anew: what counts and what lacks is worked out by the server. */
export function useReadAnew() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: MINE });
}

/** Hands it in under an id that stays the same while it is tried again. */
export function useHandIn() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body(api.PUT("/v1/me/dossier/hand-ins/{hand_in_id}", { params: { path: { hand_in_id: id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: ["dossier"] }),
  });
}

export function useTakeBack() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body(
        api.POST("/v1/me/dossier/hand-ins/{hand_in_id}/withdraw", { params: { path: { hand_in_id: id } } }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: ["dossier"] }),
  });
}

const handInKey = (id: string) => ["dossier", "handed-in", id] as const;

/** A dossier that was handed in; while its PDF is made it is asked for again and again. */
export function useHandedIn(id: string) {
  return useQuery({
    queryKey: handInKey(id),
    queryFn: () => body(api.GET("/v1/dossiers/{hand_in_id}", { params: { path: { hand_in_id: id } } })),
    refetchInterval: ({ state }) => (state.data?.pdf.state === "asked" ? POLL_MS : false),
  });
}

function useChange<Change>(send: (change: Change) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () => cache.invalidateQueries({ queryKey: ["dossier"] }),
  });
}

export type Closing = Schema<"DossierClosing">;

/** Closes it, from the version that was read. */
export function useClose({ id, version }: HandIn) {
  return useChange((closing: Closing) =>
    api.PUT("/v1/dossiers/{hand_in_id}/closing", {
      params: { path: { hand_in_id: id } },
      headers: ifMatch(version),
      body: closing,
    }),
  );
}

/** Asks a colleague to read along, or nobody any more. */
export function useNameReader({ id, version }: HandIn) {
  return useChange((personId: string | null) =>
    api.PUT("/v1/dossiers/{hand_in_id}/reader", {
      params: { path: { hand_in_id: id } },
      headers: ifMatch(version),
      body: { personId },
    }),
  );
}

/** What the second reader found. */
export function useNote({ id, version }: HandIn) {
  return useChange((note: { agrees: boolean; remark: string }) =>
    api.PUT("/v1/dossiers/{hand_in_id}/note", {
      params: { path: { hand_in_id: id } },
      headers: ifMatch(version),
      body: note,
    }),
  );
}

/** Has the PDF made. */
export function useAskPdf(id: string) {
  return useChange(() => api.POST("/v1/dossiers/{hand_in_id}/pdf", { params: { path: { hand_in_id: id } } }));
}

/** How the dossiers of a school stand. */
export function useSchoolDossiers(schoolId: string | undefined) {
  return useQuery({
    queryKey: ["dossier", "school", schoolId],
    enabled: schoolId !== undefined,
    queryFn: () =>
      body(api.GET("/v1/schools/{school_id}/dossiers", { params: { path: { school_id: schoolId ?? "" } } })),
  });
}

/** What a school asks this school year. */
export function useChecklist(schoolId: string) {
  return useQuery({
    queryKey: ["dossier", "asked", schoolId],
    queryFn: () =>
      body(
        api.GET("/v1/schools/{school_id}/dossier-checklist", { params: { path: { school_id: schoolId } } }),
      ),
  });
}

export function useKeepChecklist(schoolId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ content, version }: { content: Schema<"ChecklistContent">; version: number }) =>
      api.PUT("/v1/schools/{school_id}/dossier-checklist", {
        params: { path: { school_id: schoolId } },
        headers: ifMatch(version),
        body: content,
      }),
    onSettled: () => cache.invalidateQueries({ queryKey: ["dossier"] }),
  });
}

/** A child's dossier, for home. */
export function useHomeDossier(pupilId: string) {
  return useQuery({
    queryKey: ["dossier", "home", pupilId],
    queryFn: () =>
      body(api.GET("/v1/children/{pupil_id}/dossier", { params: { path: { pupil_id: pupilId } } })),
  });
}

/** What the server said, where it said something. */
export function problemOf(error: unknown): ApiProblem | undefined {
  return error instanceof ApiProblem ? error : undefined;
}

export { newId };
