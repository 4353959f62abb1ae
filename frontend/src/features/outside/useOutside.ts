import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, api, body, ifMatch, retryRead, type Schema } from "~/api/client";
import type { MessageId } from "~/i18n";

export type Page = Schema<"OutsidePage">;
export type Answer = Schema<"OutsideAnswerIn">;

const PAGE = ["outside"] as const;

export function useCode() {
  return useMutation({
    mutationFn: (link: string) => body(api.POST("/v1/outside/codes", { body: { link } })),
  });
}

export function useProve() {
  return useMutation({
    mutationFn: (code: string) => body(api.POST("/v1/outside/sessions", { body: { code } })),
  });
}

/** The one story, while the page is open. */
export function usePage(opened: boolean) {
  return useQuery({
    queryKey: PAGE,
    enabled: opened,
    staleTime: Number.POSITIVE_INFINITY,
    retry: retryRead,
    queryFn: () => body(api.GET("/v1/outside/entry")),
  });
}

/** Sends an answer from the version that was read; then that is what is there. */
export function useSay() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ answer, version }: { answer: Answer; version: number | null }) =>
      body(
        api.PUT("/v1/outside/answer", {
          headers: version === null ? {} : ifMatch(version),
          body: answer,
        }),
      ),
    onSuccess: ({ version }, { answer }) =>
      queries.setQueryData<Page>(
        PAGE,
        (page) =>
          page && {
            ...page,
            answer: {
              saidBy: answer.saidBy,
              good: answer.good ?? "",
              grew: answer.grew ?? "",
              tip: answer.tip ?? "",
              words: answer.words ?? [],
              version,
            },
          },
      ),
  });
}

export function useLeave() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE("/v1/outside/sessions/current"),
    onSettled: () => queries.removeQueries({ queryKey: PAGE }),
  });
}

/** Nothing stands behind this link any more. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 410;
}

/** The page is no longer open in this browser. */
export function needsCode(error: unknown): boolean {
  return error instanceof ApiProblem && error.type.endsWith("/outside-code-needed");
}

export function inWords(error: unknown): MessageId {
  if (!(error instanceof ApiProblem)) return "outside.problem.offline";
  if (needsCode(error)) return "outside.problem.needed";
  if (error.type.endsWith("/outside-code-wrong")) return "outside.problem.wrong";
  return error.status === 429 ? "outside.problem.many" : "outside.problem.unknown";
}
