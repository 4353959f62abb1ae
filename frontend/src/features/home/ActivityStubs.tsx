import { useQuery } from "@tanstack/react-query";
import { v7 as newId } from "uuid";
import { useLocation } from "wouter";
import { api, body, type Schema } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { daysInWords, today } from "~/i18n/dates";
import { logbookOf, workingDays } from "~/logbook";
import { saveDraft } from "~/offline/drafts";
import { useMe } from "~/session";
import { Button, Stub } from "~/ui";

type Waiting = Schema<"Waiting">;
type Content = Schema<"EntryContent">;

/** What school planned: what comes, and what was and can be told. Never counted as late. */
export function ActivityStubs() {
  const t = useT();
  const me = useMe();
  const language = useLanguage();
  const [, go] = useLocation();
  const { data = [] } = useQuery({
    queryKey: ["my", "activities"],
    queryFn: async () => (await body(api.GET("/v1/me/activities"))).items,
  });
  const begin = async (activity: Waiting) => {
    const id = newId();
    const story = storyOf(activity);
    await saveDraft(me.id, id, story);
    if (activity.happensOn > today()) go(`/vooraf/${id}`);
    else go(logbookOf(story).length > 0 ? `/logboek/${id}` : `/erbij/${id}/wat-deed-ik`);
  };
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
          <Button
            wide
            look={comes ? "secondary" : "primary"}
            iconAfter="forward"
            onClick={() => begin(activity)}
          >
            {t(comes ? "home.before" : "home.fillIn")}
          </Button>
        }
      />
    );
  });
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
      logbook: form === "internship" ? workingDays(happensOn, endsOn).map((on) => ({ on })) : [],
      expectation: askBefore || happensOn > today() ? { beforeQuestion: askBefore } : null,
    },
    answers: [],
    competencies: [],
    workFields: workFields ?? [],
    tags: [],
  } as unknown as Content;
}
