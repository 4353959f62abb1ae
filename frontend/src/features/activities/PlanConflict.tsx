import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { useMe } from "~/session";
import { Button, Dialog, Loading } from "~/ui";
import { groupName } from "~/ui/groupName";
import {
  type Activity,
  type CityActivity,
  differences,
  type Plan,
  type PlannableGroup,
  planOf,
} from "./plan";
import { usePlanned } from "./useActivities";

interface Props {
  id: string;
  open: boolean;
  mine: Plan;
  groups: readonly PlannableGroup[];
  busy: boolean;
  /** Mine goes on, over the version that is there now. */
  onMine: (version: number) => void;
  /** Theirs goes on, from that version. */
  onTheirs: (theirs: Plan, version: number, name: string) => void;
  onClose: () => void;
}

/** Somebody changed it meanwhile: where the two differ, and nothing goes away by itself. */
export function PlanConflict({ id, open, mine, groups, busy, onMine, onTheirs, onClose }: Props) {
  const t = useT();
  const there = usePlanned(open ? id : undefined);
  const me = useMe();
  const other = there.data && there.data.changedBy.id !== me.id ? there.data.changedBy : null;
  const name = other?.givenName ?? t("activities.otherWindow");
  return (
    <Dialog title={t("activities.conflict")} open={open} onClose={onClose}>
      {there.data && !there.isFetching ? (
        <div className="tp-stack">
          <p>{t(other ? "activities.conflictText" : "activities.conflictOwn", { name })}</p>
          <Differences
            mine={mine}
            there={there.data}
            groups={groups}
            labels={
              other
                ? [t("activities.mine"), t("activities.ofName", { name })]
                : [t("activities.here"), t("activities.elsewhere")]
            }
          />
          <Button busy={busy} onClick={() => onMine(there.data.version)}>
            {t("activities.keepMine")}
          </Button>
          <Button look="secondary" onClick={() => onTheirs(planOf(there.data), there.data.version, name)}>
            {other ? t("activities.takeTheirs", { name }) : t("activities.takeOther")}
          </Button>
        </div>
      ) : (
        <Loading cards={1} />
      )}
    </Dialog>
  );
}

function Differences({
  mine,
  there,
  groups,
  labels,
}: {
  mine: Plan;
  there: Activity | CityActivity;
  groups: readonly PlannableGroup[];
  labels: readonly [string, string];
}) {
  const t = useT();
  const say = useWords([...groups, ...("groups" in there ? there.groups : [])]);
  const theirs = planOf(there);
  const differing = differences(mine, theirs);
  if (differing.length === 0) return <p>{t("activities.conflictSame")}</p>;
  return (
    <div className="activities__versions">
      {[
        { label: labels[0], plan: mine },
        { label: labels[1], plan: theirs },
      ].map(({ label, plan }) => (
        <section key={label} className="tp-card" aria-label={label}>
          <h3>{label}</h3>
          <dl>
            {differing.map((field) => (
              <div key={field}>
                <dt className="tp-small tp-soft">{t(`activities.field.${field}`)}</dt>
                <dd>{say(field, plan) || t("activities.empty.field")}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

/** The value of a field as people say it. */
function useWords(
  groups: readonly { id: string; name: string; level: Activity["groups"][number]["level"] }[],
) {
  const t = useT();
  const language = useLanguage();
  return (field: keyof Plan, plan: Plan): string => {
    switch (field) {
      case "form":
        return plan.form ? t(`form.${plan.form}`) : "";
      case "workFields":
        return plan.workFields.map((one) => t(`field.${one}`)).join(", ");
      case "bands":
        return plan.bands.map((one) => t(`activities.band.${one}`)).join(", ");
      case "groupIds":
        return plan.groupIds
          .map((id) => groups.find((group) => group.id === id))
          .map((group) => (group ? groupName(group, t) : ""))
          .filter(Boolean)
          .join(", ");
      case "questions":
        return plan.questions
          .map(({ competency, text }) => text ?? t(`competency.${competency}`))
          .join(" · ");
      case "happensOn":
      case "endsOn":
      case "signUpUntil": {
        const day = plan[field];
        return day ? dayInWords(day, language) : "";
      }
      case "startsAt":
        return plan.startsAt?.slice(0, 5) ?? "";
      case "logbook":
      case "signUp":
        return t(plan[field] ? "activities.yes" : "activities.no");
      default:
        return String(plan[field] ?? "");
    }
  };
}
