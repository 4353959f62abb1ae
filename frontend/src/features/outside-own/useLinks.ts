import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, api, body, ifMatch, type Schema } from "~/api/client";

export type Link = Schema<"OwnLink">;
export type Answer = NonNullable<Link["answer"]>;
export type Asked = Schema<"LinkAsked">;
export type Request = Schema<"Request">;
export type Decision = Schema<"Decided">["decision"];

const LINKS = ["outside-links"] as const;
const GOING_MS = 4000;
const REQUESTS = ["outside-requests"] as const;

/** All whom the pupil asked outside. */
export function useLinks() {
  return useQuery({ queryKey: [...LINKS, "all"], queryFn: () => body(api.GET("/v1/me/outside-links")) });
}

/** Who was asked about one entry. */
export function useEntryLinks(entryId: string) {
  return useQuery({
    queryKey: [...LINKS, entryId],
    queryFn: () =>
      body(api.GET("/v1/entries/{entry_id}/outside", { params: { path: { entry_id: entryId } } })),
    // A mail that is on its way has gone soon.
    refetchInterval: ({ state: { data } }) =>
      data?.own?.some((link) => link.state === "ready") ? GOING_MS : false,
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all(["outside-links", "picture"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
}

export function useAsk() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, asked }: { id: string; asked: Asked }) =>
      body(api.PUT("/v1/me/outside-links/{link_id}", { params: { path: { link_id: id } }, body: asked })),
    onSuccess: refresh,
  });
}

export function useMailAgain() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) =>
      api.POST("/v1/me/outside-links/{link_id}/mails", { params: { path: { link_id: id } } }),
    onSettled: refresh,
  });
}

export function useWithdraw() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) =>
      api.DELETE("/v1/me/outside-links/{link_id}", { params: { path: { link_id: id } } }),
    onSettled: refresh,
  });
}

/** What the pupil does with an answer, as it was read. */
export function useDecide() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({
      id,
      version,
      ...decided
    }: {
      id: string;
      version: number;
      decision: Decision;
      tellMentor?: boolean;
    }) =>
      body(
        api.PUT("/v1/me/outside-links/{link_id}/decision", {
          params: { path: { link_id: id } },
          headers: ifMatch(version),
          body: { tellMentor: false, ...decided },
        }),
      ),
    onSettled: refresh,
  });
}

/** What waits for one's yes as a mentor or a parent. */
export function useRequests() {
  return useQuery({ queryKey: REQUESTS, queryFn: () => body(api.GET("/v1/me/outside-requests")) });
}

export function useAgree() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...given }: { id: string; version: number; answer: "yes" | "no" }) =>
      api.PUT("/v1/outside-links/{link_id}/consent", { params: { path: { link_id: id } }, body: given }),
    onSettled: () => queries.invalidateQueries({ queryKey: REQUESTS }),
  });
}

/** What the server said, in its words; none where it said nothing. */
export function saidByServer(error: unknown): string | undefined {
  return error instanceof ApiProblem ? error.message : undefined;
}
