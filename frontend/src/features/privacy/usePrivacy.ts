import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";
import { ApiProblem } from "~/api/problem";
import type { Translate } from "~/i18n";

export type Data = Schema<"DataPage">;
export type Kind = Schema<"Held">["kind"];
export type ErasureOf = Schema<"ErasureShown">;
export type CorrectionOf = Schema<"CorrectionShown">;
export type About = CorrectionOf["about"];
export type Requests = Schema<"DataRequests">;
export type RequestedCorrection = Schema<"RequestedCorrection">;
export type RequestedErasure = Schema<"RequestedErasure">;
export type Erasable = Schema<"ErasableShown">;

const DATA = "data-of";
const REQUESTS = "data-requests";

/** What is held about somebody. */
export function useData(personId: string) {
  return useQuery({
    queryKey: [DATA, personId],
    queryFn: () =>
      body(api.GET("/v1/people/{person_id}/data", { params: { path: { person_id: personId } } })),
  });
}

/** Does something to it, and reads anew what was shown, whatever came of it. */
function useAct<Wish>(act: (wish: Wish) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: [DATA] }),
        queries.invalidateQueries({ queryKey: [REQUESTS] }),
        queries.invalidateQueries({ queryKey: ["erasable"] }),
      ]),
  });
}

/** Asks that all is erased, under one id however often it is sent. */
export function useAskErasure(id: string) {
  return useAct((wish: Schema<"ErasureAsked">) =>
    body(api.PUT("/v1/erasures/{erasure_id}", { params: { path: { erasure_id: id } }, body: wish })),
  );
}

export function useTakeBack() {
  return useAct((id: string) =>
    body(api.DELETE("/v1/erasures/{erasure_id}", { params: { path: { erasure_id: id } } })),
  );
}

export function useKeepAnotherYear(personId: string) {
  return useAct((_: undefined) =>
    body(api.PUT("/v1/people/{person_id}/keeping", { params: { path: { person_id: personId } } })),
  );
}

export function useAskCorrection(id: string) {
  return useAct((wish: Schema<"CorrectionAsked">) =>
    body(api.PUT("/v1/corrections/{correction_id}", { params: { path: { correction_id: id } }, body: wish })),
  );
}

export function useWithdraw() {
  return useAct((id: string) =>
    body(api.DELETE("/v1/corrections/{correction_id}", { params: { path: { correction_id: id } } })),
  );
}

/** What people of a school asked. */
export function useRequests(schoolId: string) {
  return useQuery({
    queryKey: [REQUESTS, schoolId],
    queryFn: () =>
      body(api.GET("/v1/schools/{school_id}/data-requests", { params: { path: { school_id: schoolId } } })),
  });
}

export function useAnswer(schoolId: string, id: string) {
  return useAct((answer: Schema<"CorrectionAnswer">) =>
    body(
      api.PUT("/v1/schools/{school_id}/corrections/{correction_id}/answer", {
        params: { path: { school_id: schoolId, correction_id: id } },
        body: answer,
      }),
    ),
  );
}

/** Whether a school may have this pupil erased: of its own schools the one that answers for the pupil. */
export function useErasable(schoolIds: readonly string[], personId: string) {
  return useQuery({
    queryKey: ["erasable", personId, ...schoolIds],
    queryFn: async () => {
      let missing: unknown;
      for (const school_id of schoolIds) {
        try {
          const path = { school_id, person_id: personId };
          return await body(
            api.GET("/v1/schools/{school_id}/people/{person_id}/erasure", { params: { path } }),
          );
        } catch (error) {
          if (!(error instanceof ApiProblem && error.status === 404)) throw error;
          missing = error;
        }
      }
      throw missing;
    },
  });
}

/** What went wrong, in words; a field says its own. */
export function problemOf(error: unknown, t: Translate): string | undefined {
  if (error == null) return undefined;
  if (error instanceof ApiProblem) {
    if (error.status === 422) return undefined;
    if (error.status === 429) {
      return t("signIn.wait", { minutes: Math.max(1, Math.ceil((error.retryAfter ?? 60) / 60)) });
    }
    for (const known of [
      "sign-in-anew",
      "erasure-under-way",
      "erasure-begun",
      "too-many-corrections",
    ] as const) {
      if (error.type.endsWith(`/${known}`)) return t(`privacy.problem.${known}`);
    }
  }
  return t(navigator.onLine ? "privacy.failed" : "privacy.offline");
}
