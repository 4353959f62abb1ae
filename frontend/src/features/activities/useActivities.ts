import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, ifMatch, type Schema } from "~/api/client";
import { useLanguage } from "~/i18n";
import { useMe } from "~/session";
import type { Activity, Band, CityActivity, Plan } from "./plan";

export type ActivityRow = Schema<"ActivityRow">;
export type CityRow = Schema<"CityActivity">;

const KEY = "activities";
const FOR_EVER = Number.POSITIVE_INFINITY;

/** The school where this person teaches or is dean. */
export function useOwnSchool(): string | undefined {
  const { roles } = useMe();
  const find = (role: string) => roles.find((one) => one.role === role)?.school?.id;
  return find("dean") ?? find("teacher");
}

/** Who plans for the city and not at a school. */
export function usePlansForCity(): boolean {
  const { roles } = useMe();
  return useOwnSchool() === undefined && roles.some(({ role }) => role === "coordinator");
}

/** What one's school planned, the groups to plan for, and what the city offers. */
export function useActivities() {
  const school_id = useOwnSchool();
  return useQuery({
    queryKey: [KEY, school_id],
    enabled: school_id !== undefined,
    queryFn: () =>
      body(
        api.GET("/v1/schools/{school_id}/activities", { params: { path: { school_id: school_id ?? "" } } }),
      ),
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

export function useCityActivities(enabled = true) {
  return useQuery({
    queryKey: [KEY, "city"],
    enabled,
    queryFn: async () => (await body(api.GET("/v1/city-activities"))).items,
  });
}

export function useCityActivity(id: string | undefined) {
  return useQuery({
    queryKey: [KEY, "city", id],
    enabled: id !== undefined,
    queryFn: () =>
      body(api.GET("/v1/city-activities/{activity_id}", { params: { path: { activity_id: id ?? "" } } })),
  });
}

/** An activity as whoever plans here sees it: of a school, or of the city. */
export function usePlanned(id: string | undefined) {
  const forCity = usePlansForCity();
  const ofSchool = useActivity(forCity ? undefined : id);
  const ofCity = useCityActivity(forCity ? id : undefined);
  return forCity ? ofCity : ofSchool;
}

export function useTemplates() {
  const language = useLanguage();
  return useQuery({
    queryKey: [KEY, "templates", language],
    staleTime: FOR_EVER,
    queryFn: async () => (await body(api.GET("/v1/activity-templates"))).items,
  });
}

/** The first question of each competency for an age: what pupils of it are asked, or much like it. */
export function useQuestionsOf(band: Band) {
  const language = useLanguage();
  return useQuery({
    queryKey: [KEY, "questions", band, language],
    staleTime: FOR_EVER,
    queryFn: async () =>
      (await body(api.GET("/v1/questions", { params: { query: { band, kind: "experience" } } }))).items,
  });
}

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
  const forCity = usePlansForCity();
  return useMutation({
    mutationFn: ({ plan, version }: { plan: Plan; version: number | null }) => {
      const header = version === null ? {} : { "if-match": `"${version}"` };
      const params = { path: { activity_id: id }, header };
      const { groupIds, bands, ...planned } = plan;
      return forCity
        ? body(
            api.PUT("/v1/city-activities/{activity_id}", {
              params,
              body: { ...planned, signUp: true, bands },
            }),
          )
        : body(api.PUT("/v1/activities/{activity_id}", { params, body: { ...planned, groupIds } }));
    },
    onSettled: fresh,
  });
}

/** Publishes or cancels. */
export function useMove(activity: Pick<Activity | CityActivity, "id" | "version">) {
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

/** The same on other days, each under its id. */
export function useCopies(id: string) {
  const fresh = useFresh();
  return useMutation({
    mutationFn: (wanted: Schema<"Copies">) =>
      body(
        api.POST("/v1/activities/{activity_id}/copies", {
          params: { path: { activity_id: id } },
          body: wanted,
        }),
      ),
    onSettled: fresh,
  });
}

/** Signs a pupil up or off by hand. */
export function useSignUps(id: string) {
  const fresh = useFresh();
  return useMutation({
    mutationFn: ({ pupilId, comes }: { pupilId: string; comes: boolean }) => {
      const params = { path: { activity_id: id, pupil_id: pupilId } };
      return comes
        ? api.PUT("/v1/activities/{activity_id}/sign-ups/{pupil_id}", { params })
        : api.DELETE("/v1/activities/{activity_id}/sign-ups/{pupil_id}", { params });
    },
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
