import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, ifMatch, type Schema } from "~/api/client";
import { useMe } from "~/session";

export type Activity = Schema<"ActivityPage">;
export type ActivityRow = Schema<"ActivityRow">;
export type Content = Schema<"ActivityContent">;
export type Group = Schema<"GroupRef">;

const KEY = "activities";

/** The school where this person teaches or is dean; a teacher's own classes, and all of a dean's school. */
export function useOwnSchool(): { schoolId: string | undefined; isDean: boolean } {
  const { roles } = useMe();
  const dean = roles.find(({ role }) => role === "dean");
  const teacher = roles.find(({ role }) => role === "teacher");
  return { schoolId: (dean ?? teacher)?.school?.id, isDean: dean !== undefined };
}

/** The groups that one can plan for. */
export function useOwnGroups(): readonly Group[] {
  const me = useMe();
  const { schoolId, isDean } = useOwnSchool();
  const school = useQuery({
    queryKey: ["school", schoolId],
    enabled: isDean && schoolId !== undefined,
    queryFn: () =>
      body(api.GET("/v1/schools/{school_id}", { params: { path: { school_id: schoolId ?? "" } } })),
  });
  return isDean ? (school.data?.groups ?? []) : me.groups;
}

export function useActivities(schoolId: string | undefined) {
  return useQuery({
    queryKey: [KEY, schoolId],
    enabled: schoolId !== undefined,
    queryFn: async () =>
      (
        await body(
          api.GET("/v1/schools/{school_id}/activities", { params: { path: { school_id: schoolId ?? "" } } }),
        )
      ).items,
  });
}

export function useActivity(id: string | undefined) {
  return useQuery({
    queryKey: [KEY, "one", id],
    enabled: id !== undefined,
    queryFn: () =>
      body(api.GET("/v1/activities/{activity_id}", { params: { path: { activity_id: id ?? "" } } })),
  });
}

export type Organisation = Schema<"OrganisationRow">;

/** Organisations out of the directory that fit what is typed; a handful is enough to choose from. */
export function useDirectory(query: string) {
  return useQuery({
    queryKey: ["organisations", "few", query],
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (
        await body(
          api.GET("/v1/organisations", { params: { query: { query: query.slice(0, 100), limit: 8 } } }),
        )
      ).items,
  });
}

/** One of them, with which a plan begins. */
export function useOrganisation(id: string | undefined) {
  return useQuery({
    queryKey: ["organisations", "one", id],
    enabled: id !== undefined,
    queryFn: () =>
      body(
        api.GET("/v1/organisations/{organisation_id}", { params: { path: { organisation_id: id ?? "" } } }),
      ),
  });
}

function useFresh() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: ["calendar"] });
    return cache.invalidateQueries({ queryKey: [KEY] });
  };
}

/** Plans an activity, or changes it from the version that was read. */
export function usePlan(id: string) {
  const fresh = useFresh();
  return useMutation({
    mutationFn: ({ content, version }: { content: Content; version: number | null }) =>
      body(
        api.PUT("/v1/activities/{activity_id}", {
          params: {
            path: { activity_id: id },
            header: version === null ? {} : { "if-match": `"${version}"` },
          },
          body: content,
        }),
      ),
    onSettled: fresh,
  });
}

/** Publishes or cancels. */
export function useMove(activity: Pick<Activity, "id" | "version">) {
  const fresh = useFresh();
  const params = { path: { activity_id: activity.id } };
  const headers = ifMatch(activity.version);
  return useMutation({
    mutationFn: (to: "publish" | "cancel") =>
      to === "publish"
        ? api.POST("/v1/activities/{activity_id}/publish", { params, headers })
        : api.POST("/v1/activities/{activity_id}/cancel", { params, headers }),
    onSettled: fresh,
  });
}

/** Who was not there. */
export function useAttendance(id: string) {
  const fresh = useFresh();
  return useMutation({
    mutationFn: (absent: string[]) =>
      api.PUT("/v1/activities/{activity_id}/attendance", {
        params: { path: { activity_id: id } },
        body: { absent },
      }),
    onSettled: fresh,
  });
}
