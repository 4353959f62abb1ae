import type { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { addDays, dayInWords, schoolYear, schoolYearOf, today } from "~/i18n/dates";
import { ChoiceGrid, Note, QuietButton, TextField } from "~/ui";
import { groupName } from "~/ui/groupName";
import { type Activity, BANDS, type CityActivity, type Plan, type PlannableGroup } from "./plan";
import { levelOf } from "./words";

/** So many groups stand in one row; more go by year. */
const FEW = 6;

interface Props {
  plan: Plan;
  change: (part: Partial<Plan>) => void;
  forCity: boolean;
  groups: readonly PlannableGroup[];
  before: Activity | CityActivity | null;
  problem: ApiProblem | undefined;
}

/** For whom: groups of that school year, or ages; all of them, or who signs up. */
export function WhoFields({ plan, change, forCity, groups, before, problem }: Props) {
  const t = useT();
  const level = levelOf(groups);
  return (
    <>
      {forCity ? (
        <Ages plan={plan} change={change} error={problem?.at("/bands")} />
      ) : (
        <Groups
          plan={plan}
          change={change}
          groups={groups}
          before={before}
          error={problem?.at("/groupIds")}
        />
      )}
      {!forCity && (
        <ChoiceGrid
          label={t("activities.whoJoins")}
          list
          options={[
            {
              value: "all",
              label: t("activities.joins.all", { level }),
              hint: t("activities.joins.allHint"),
            },
            { value: "signUp", label: t("activities.joins.signUp"), hint: t("activities.joins.signUpHint") },
          ]}
          value={plan.signUp ? "signUp" : "all"}
          onChange={(value) => change({ signUp: value === "signUp" })}
        />
      )}
      {(forCity || plan.signUp) && <SigningUp plan={plan} change={change} problem={problem} />}
    </>
  );
}

function Groups({
  plan,
  change,
  groups,
  before,
  error,
}: Pick<Props, "plan" | "change" | "groups" | "before"> & { error: string | undefined }) {
  const t = useT();
  const year = schoolYearOf(plan.happensOn);
  const own = groups.filter((group) => group.schoolYear === year);
  const ownIds = new Set(groups.map(({ id }) => id));
  // Of a colleague, or of a year that is over: they stay in it.
  const others = before && "groups" in before ? before.groups.filter(({ id }) => !ownIds.has(id)) : [];
  const yearOf = ({ level, studyYear }: PlannableGroup) => (own.length > FEW ? `${level} ${studyYear}` : "");
  const years = [...new Set(own.map(yearOf))];
  const pick = (ids: readonly string[], picked: boolean) => {
    const rest = plan.groupIds.filter((id) => !ids.includes(id));
    change({ groupIds: picked ? [...rest, ...ids] : rest });
  };
  return (
    <fieldset className="tp-field">
      <legend className="tp-label activities__legend">
        {t("activities.groups", { level: levelOf(groups) })}
      </legend>
      {own.length === 0 && (
        <Note>
          <p>{t("activities.noGroupsYet", { year: schoolYear(year), level: levelOf(groups) })}</p>
        </Note>
      )}
      {years.map((key) => {
        const ofYear = own.filter((group) => yearOf(group) === key);
        const ids = ofYear.map(({ id }) => id);
        const all = ids.every((id) => plan.groupIds.includes(id));
        return (
          <div key={key} className="tp-picks">
            {ofYear.map((group) => (
              <label key={group.id} className="tp-pick">
                <input
                  type="checkbox"
                  checked={plan.groupIds.includes(group.id)}
                  onChange={({ target }) => pick([group.id], target.checked)}
                />
                {groupName(group, t)}
              </label>
            ))}
            {key && ids.length > 1 && (
              <QuietButton onClick={() => pick(ids, !all)}>
                {t(all ? "activities.noneOfYear" : "activities.allOfYear", {
                  level: ofYear[0]?.level,
                  year: ofYear[0]?.studyYear,
                })}
              </QuietButton>
            )}
          </div>
        );
      })}
      {others.length > 0 && (
        <p className="tp-small tp-soft">
          {t("activities.othersToo", { names: others.map((group) => groupName(group, t)).join(", ") })}
        </p>
      )}
      {error && <p className="tp-field__error">{error}</p>}
    </fieldset>
  );
}

function Ages({ plan, change, error }: Pick<Props, "plan" | "change"> & { error: string | undefined }) {
  const t = useT();
  return (
    <fieldset className="tp-field">
      <legend className="tp-label activities__legend">{t("activities.ages")}</legend>
      <div className="tp-picks">
        {BANDS.map((band) => (
          <label key={band} className="tp-pick">
            <input
              type="checkbox"
              checked={plan.bands.includes(band)}
              onChange={({ target }) =>
                change({
                  bands: target.checked ? [...plan.bands, band] : plan.bands.filter((one) => one !== band),
                })
              }
            />
            {t(`activities.band.${band}`)}
          </label>
        ))}
      </div>
      {error && <p className="tp-field__error">{error}</p>}
    </fieldset>
  );
}

function SigningUp({ plan, change, problem }: Pick<Props, "plan" | "change" | "problem">) {
  const t = useT();
  const language = useLanguage();
  const dayBefore = addDays(plan.happensOn, -1);
  return (
    <>
      <div className="activities__pair">
        <TextField
          type="number"
          inputMode="numeric"
          min={1}
          max={2000}
          label={t("activities.places")}
          hint={t("activities.placesHint")}
          value={plan.places ?? ""}
          onChange={({ target }) => change({ places: target.value ? Number(target.value) : null })}
          error={problem?.at("/places")}
        />
        <TextField
          type="date"
          label={t("activities.signUpUntil")}
          hint={t("activities.signUpUntilHint", {
            day: dayInWords(dayBefore, language),
          })}
          max={plan.happensOn}
          value={plan.signUpUntil ?? ""}
          onChange={({ target }) => change({ signUpUntil: target.value || null })}
          error={problem?.at("/signUpUntil")}
        />
      </div>
      {(plan.signUpUntil ?? dayBefore) < today() && (
        <Note tone="wait">
          <p>{t("activities.signUpOver")}</p>
        </Note>
      )}
    </>
  );
}
