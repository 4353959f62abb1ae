import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";
import { save } from "~/api/save";

export type Link = Schema<"Link">;
export type LinkState = Link["state"];
export type Decision = Schema<"Decision">;
export type ParentsPage = Schema<"ParentsPage">;
export type LettersPupil = Schema<"LettersPupil">;
export type Letter = Schema<"LetterOut">;

const ALL = ["parents-admin"] as const;
const of = (schoolId: string) => ({ path: { school_id: schoolId } });

/** A school and its parents, in counts. */
export function useParents(schoolId: string) {
  return useQuery({
    queryKey: [...ALL, schoolId],
    queryFn: () => body(api.GET("/v1/schools/{school_id}/parents", { params: of(schoolId) })),
  });
}

/** How many parents get the weekly mail, and of how many it came back. */
export function useMailCounts(schoolId: string) {
  return useQuery({
    queryKey: [...ALL, schoolId, "mail"],
    queryFn: () => body(api.GET("/v1/schools/{school_id}/weekly-mail", { params: of(schoolId) })),
  });
}

/** The pupils of a group, with their open letters. */
export function useLetters(groupId: string) {
  return useQuery({
    queryKey: [...ALL, "letters", groupId],
    queryFn: () =>
      body(api.GET("/v1/groups/{group_id}/letters", { params: { path: { group_id: groupId } } })),
  });
}

/** Who is whose parent, newest first, page by page. */
export function useLinks(schoolId: string, state: LinkState, query = "") {
  return useInfiniteQuery({
    queryKey: [...ALL, schoolId, "links", state, query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(
        api.GET("/v1/schools/{school_id}/guardianships", {
          params: { ...of(schoolId), query: { state, query, cursor: pageParam, limit: 30 } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
}

function useAfterwards() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ALL });
}

/** What the school says of a link. */
export function useDecide() {
  const onSettled = useAfterwards();
  return useMutation({
    mutationFn: ({ id, decision }: { id: string; decision: Decision }) =>
      body(
        api.PUT("/v1/guardianships/{guardianship_id}/decision", {
          params: { path: { guardianship_id: id } },
          body: decision,
        }),
      ),
    onSettled,
  });
}

/** Letters for parents, as a file to print. It is made once and kept nowhere. */
export function useNewLetters(schoolId: string) {
  const onSettled = useAfterwards();
  return useMutation({
    mutationFn: async ({ fileName, ...asked }: Schema<"LettersAsked"> & { fileName: string }) => {
      const file = await body(
        api.POST("/v1/schools/{school_id}/letters", { params: of(schoolId), body: asked, parseAs: "blob" }),
      );
      save(file as unknown as Blob, fileName);
    },
    onSettled,
  });
}

/** A letter with a code for an account, or for a new password. */
export function useAccountLetter(schoolId: string) {
  return useMutation({
    mutationFn: async (personId: string) => {
      const file = await body(
        api.POST("/v1/schools/{school_id}/account-letters", {
          params: of(schoolId),
          body: { personId },
          parseAs: "blob",
        }),
      );
      save(file as unknown as Blob, "brief.pdf");
    },
  });
}

/** The same by mail. */
export function useMailCode(schoolId: string) {
  const onSettled = useAfterwards();
  return useMutation({
    mutationFn: (asked: Schema<"MailAsked">) =>
      body(api.POST("/v1/schools/{school_id}/mailed-invitations", { params: of(schoolId), body: asked })),
    onSettled,
  });
}

/** A letter that is lost or wrong stops working. */
export function useWithdraw() {
  const onSettled = useAfterwards();
  return useMutation({
    mutationFn: (id: string) =>
      body(api.DELETE("/v1/invitations/{invitation_id}", { params: { path: { invitation_id: id } } })),
    onSettled,
  });
}
