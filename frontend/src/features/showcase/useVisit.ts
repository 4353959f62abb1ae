import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ApiProblem, api, body, retryRead, type Schema } from "~/api/client";
import type { MessageId } from "~/i18n";

export type Visit = Schema<"VisitPage">;

const KEPT = "etalage:";
const visitKey = (id: string | null) => ["etalage", id] as const;

/**
 * The page behind the # of the address. Opening it counts once: this tab goes on with the visit that it has, as long as
 * that is open.
 */
export function useVisit() {
  const queries = useQueryClient();
  const [link] = useState(() => location.hash.slice(1));
  const [id, setId] = useState(() => (link ? sessionStorage.getItem(KEPT + link) : null));
  const begun = useRef(false);
  const opening = useMutation({
    mutationFn: (code: string | undefined) =>
      body(api.POST("/v1/showcase/visits", { body: { link, ...(code ? { code } : {}) } })),
    onSuccess: (visit) => {
      queries.setQueryData(visitKey(visit.visit), visit);
      sessionStorage.setItem(KEPT + link, visit.visit);
      setId(visit.visit);
    },
  });
  const page = useQuery({
    queryKey: visitKey(id),
    enabled: id !== null,
    // What is taken back goes away as soon as somebody looks again.
    refetchOnWindowFocus: "always",
    retry: retryRead,
    queryFn: () =>
      body(api.GET("/v1/showcase/visits/{visit_id}", { params: { path: { visit_id: id ?? "" } } })),
  });
  useEffect(() => {
    // Another link, pasted in the same tab, is another page.
    const again = () => location.reload();
    addEventListener("hashchange", again);
    return () => removeEventListener("hashchange", again);
  }, []);
  const over = isGone(page.error);
  const { mutate } = opening;
  useEffect(() => {
    // The visit of this tab is over; or the link was closed, which a new one tells.
    if (over && id !== null) {
      sessionStorage.removeItem(KEPT + link);
      setId(null);
      mutate(undefined);
    } else if (id === null && link !== "" && !begun.current) {
      mutate(undefined);
    }
    begun.current = true;
  }, [over, id, link, mutate]);
  return { link, visit: over ? undefined : page.data, page, opening };
}

export function isGone(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 410;
}

export function asksCode(error: unknown): boolean {
  return error instanceof ApiProblem && /\/showcase-code-(needed|wrong)$/u.test(error.type);
}

/** What went wrong, in words of the visitor's language. */
export function inWords(error: unknown): MessageId | undefined {
  if (error === null || error === undefined) return undefined;
  if (!(error instanceof ApiProblem)) return "showcase.visit.offline";
  if (isGone(error) || error.type.endsWith("/showcase-code-needed")) return undefined;
  if (error.type.endsWith("/showcase-code-wrong")) return "showcase.visit.wrong";
  return error.status === 429 ? "showcase.visit.many" : "showcase.visit.unknown";
}
