import { useQuery } from "@tanstack/react-query";
import { v7 as newId } from "uuid";
import { useLocation } from "wouter";
import { api, body, type Schema } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { daysInWords, today } from "~/i18n/dates";
import { saveDraft } from "~/offline/drafts";
import { useMe } from "~/session";
import { Button, Stub } from "~/ui";

export type Waiting = Schema<"Waiting">;
type Content = Schema<"EntryContent">;

/** What school planned: what comes, and what was and can be told. Never counted as late. */
export function ActivityStubs() {
  const t = useT();
  const language = useLanguage();
  const begin = useBegin();
  const { data = [] } = useQuery({
    queryKey: ["my", "activities"],
    queryFn: async () => (await body(api.GET("/v1/me/activities"))).items,
  });
  return data.map((activity) => {
    const comes = activity.happensOn > today();
    const when = [
      daysInWords(activity.happensOn, activity.endsOn, language),
      activity.startsAt?.slice(0, 5),
      activity.place,
      comes && activity.bring && t("home.bring", { bring: activity.bring }),
    ];
    return (
      <Stub
        key={activity.id}
        label={t(comes ? "home.comes" : "home.ready")}
        title={activity.title}
        when={when.filter(Boolean).join(" · ")}
        kind="experience"
        field={activity.workFields?.[0]}
        action={
          (!comes || activity.askBefore) && (
            <Button wide iconAfter="forward" onClick={() => begin(activity)}>
              {comes ? activity.askBefore : t("home.fillIn")}
            </Button>
          )
        }
      />
    );
  });
}

/** Begins the story of something that school planned. */
export function useBegin(): (activity: Waiting) => Promise<void> {
  const me = useMe();
  const [, go] = useLocation();
  return async (activity) => {
    const id = newId();
    await saveDraft(me.id, id, storyOf(activity));
    go(`/erbij/${id}/wat-deed-ik`);
  };
}

/** The story as school made it ready. */
function storyOf({
  id,
  title,
  happensOn,
  endsOn,
  form,
  organisation,
  workFields,
  askBefore,
}: Waiting): Content {
  return {
    title,
    happenedOn: happensOn,
    endedOn: endsOn ?? null,
    body: "",
    feeling: null,
    details: {
      kind: "experience",
      form: form ?? null,
      activityId: id,
      organisation,
      hours: null,
      logbook: [],
      expectation: askBefore ? { before: "", after: "", listChoice: null } : null,
    },
    answers: [],
    competencies: [],
    workFields: workFields ?? [],
    tags: [],
  } as Content;
}
