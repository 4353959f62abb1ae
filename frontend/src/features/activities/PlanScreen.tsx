import { useState } from "react";
import { v7 as newId } from "uuid";
import { useParams, useSearchParams } from "wouter";
import { useT } from "~/i18n";
import { ErrorState, Loading } from "~/ui";
import { PlanForm } from "./PlanForm";
import { aYearLater, BLANK, type Plan, planOf, planOfOffer, planOfTemplate, withOrganisation } from "./plan";
import { StartChoice } from "./StartChoice";
import { useActivities, useOrganisation, usePlanned, usePlansForCity, useTemplates } from "./useActivities";

/** Planning an activity: changing one, copying one, or a new one from an example, the city's offer, or nothing. */
export default function PlanScreen() {
  const t = useT();
  const { activityId } = useParams<{ activityId?: string }>();
  const [params] = useSearchParams();
  const [fresh] = useState(() => newId());
  const forCity = usePlansForCity();
  const source = usePlanned(activityId ?? params.get("van") ?? undefined);
  const school = useActivities();
  const templates = useTemplates();
  const at = useOrganisation(params.get("organisatie") ?? undefined);

  const waiting = [source, school, templates, at].some((one) => one.isPending && one.fetchStatus !== "idle");
  const failed = [source, ...(forCity ? [] : [school])].find((one) => one.isError);
  if (failed) {
    return (
      <div className="tp-page tp-stack">
        <h1 className="tp-hidden">{t("activities.new")}</h1>
        <ErrorState error={failed.error} onRetry={() => failed.refetch()} />
      </div>
    );
  }
  if (waiting || (!forCity && !school.data)) return <Loading />;

  const groups = school.data?.groups ?? [];
  const activity = source.data;
  const before = activity && "groups" in activity ? activity.groups : [];
  if (activityId && activity) {
    return <PlanForm id={activityId} start={planOf(activity)} before={activity} groups={groups} />;
  }

  const own: Pick<Plan, "groupIds" | "bands"> = {
    groupIds: groups.length === 1 ? groups.map(({ id }) => id) : [],
    bands: forCity ? ["A", "B", "C", "D"] : [],
  };
  const offer = school.data?.offers.find(({ id }) => id === params.get("stad"));
  const template = templates.data?.find(({ code }) => code === params.get("voorbeeld"));
  const start = ((): Plan | undefined => {
    if (activity && params.get("jaar") === "volgend") return aYearLater(planOf(activity), before, groups);
    if (activity) return planOf(activity);
    if (offer) return planOfOffer(offer, own.groupIds);
    if (template) return planOfTemplate(template, own);
    if (at.data) return withOrganisation({ ...BLANK, ...own, bands: [], signUp: forCity }, at.data);
    return params.has("leeg") ? { ...BLANK, ...own, bands: [], signUp: forCity } : undefined;
  })();
  if (!start) return <StartChoice templates={templates.data ?? []} groups={groups} />;
  return <PlanForm key={params.toString()} id={fresh} start={start} before={null} groups={groups} />;
}
