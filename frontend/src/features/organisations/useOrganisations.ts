import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, body, ifMatch, type Schema } from "~/api/client";
import type { WorkField } from "~/ui";

export type Organisation = Schema<"OrganisationPage">;
export type OrganisationRow = Schema<"OrganisationRow">;
export type Content = Schema<"OrganisationContent">;

const KEY = "organisations";

export interface Asked {
  query: string;
  field: WorkField | "";
  archived: boolean;
}

/** The directory by name, as far as it fits what is asked. */
export function useOrganisations({ query, field, archived }: Asked) {
  return useInfiniteQuery({
    queryKey: [KEY, "list", query, field, archived],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(
        api.GET("/v1/organisations", {
          params: { query: { query, field: field || undefined, archived, limit: 30, cursor: pageParam } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function useOrganisation(id: string | undefined) {
  return useQuery({
    queryKey: [KEY, "one", id],
    enabled: id !== undefined,
    queryFn: () =>
      body(
        api.GET("/v1/organisations/{organisation_id}", { params: { path: { organisation_id: id ?? "" } } }),
      ),
  });
}

function useFresh() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: [KEY] });
}

/** Adds one, or changes it from the version that was read. */
export function useKeep(id: string) {
  const fresh = useFresh();
  return useMutation({
    mutationFn: ({ content, version }: { content: Content; version: number | null }) =>
      body(
        api.PUT("/v1/organisations/{organisation_id}", {
          params: {
            path: { organisation_id: id },
            header: version === null ? {} : { "if-match": `"${version}"` },
          },
          body: content,
        }),
      ),
    onSettled: fresh,
  });
}

/** Takes no part any more, or does again. */
export function usePutAside(id: string) {
  const fresh = useFresh();
  const params = { path: { organisation_id: id } };
  return useMutation({
    mutationFn: ({ to, version }: { to: "archive" | "restore"; version: number }) =>
      body(
        to === "archive"
          ? api.POST("/v1/organisations/{organisation_id}/archive", { params, headers: ifMatch(version) })
          : api.POST("/v1/organisations/{organisation_id}/restore", { params, headers: ifMatch(version) }),
      ),
    onSettled: fresh,
  });
}
