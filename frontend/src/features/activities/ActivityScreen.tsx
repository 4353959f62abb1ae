import { Link, useParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, today } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import { ErrorState, Icon, Loading, Note, QuietLink, WorkFieldChip } from "~/ui";
import { groupName } from "~/ui/groupName";
import { Participants } from "./Participants";
import type { Activity, CityActivity } from "./plan";
import { Standing } from "./Standing";
import { usePlanned } from "./useActivities";
import { Bands, whenInWords } from "./words";
import "./activities.css";

/** One activity: what it is, publishing it, and who shared what they made of it. */
export default function ActivityScreen() {
  const t = useT();
  const { activityId } = useParams<{ activityId: string }>();
  const activity = usePlanned(activityId);
  usePageTitle(activity.data?.title);
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <p>
        <QuietLink to="/activiteiten" icon="back">
          {t("activities.title")}
        </QuietLink>
      </p>
      {activity.isPending && <Loading />}
      {activity.isError && (
        <>
          <h1 className="tp-hidden">{t("activities.title")}</h1>
          <ErrorState error={activity.error} onRetry={() => activity.refetch()} />
        </>
      )}
      {activity.data && <Loaded activity={activity.data} />}
    </div>
  );
}

function Loaded({ activity }: { activity: Activity | CityActivity }) {
  const t = useT();
  const language = useLanguage();
  const { title, happensOn, endsOn, startsAt, organisation, organisationId, place } = activity;
  const when = [
    whenInWords(happensOn, endsOn, language),
    startsAt && t("activities.atTime", { time: startsAt.slice(0, 5).replace(/^0/, "") }),
  ]
    .filter(Boolean)
    .join(" ");
  return (
    <>
      <header>
        <h1 tabIndex={-1}>{title}</h1>
        <p>
          {when}
          {organisation && " · "}
          {organisationId ? (
            <Link href={`/organisaties/${organisationId}`}>{organisation}</Link>
          ) : (
            organisation
          )}
          {place && ` · ${place}`}
        </p>
        <p className="tp-soft">
          {"groups" in activity ? (
            activity.groups.map((group) => groupName(group, t)).join(", ") || t("activities.noGroups")
          ) : (
            <Bands bands={activity.bands} />
          )}
        </p>
        {activity.workFields.length > 0 && (
          <p className="tp-row">
            {activity.workFields.map((field) => (
              <WorkFieldChip key={field} field={field} />
            ))}
          </p>
        )}
      </header>
      {(endsOn ?? happensOn) < today() && <p className="tp-soft">{t("activities.isPast")}</p>}
      <Standing activity={activity} />
      <Details activity={activity} />
      {"groups" in activity && activity.state === "published" && (
        <p>
          <a className="tp-quiet" href={`/v1/activities/${activity.id}/calendar.ics`} download>
            <Icon name="calendar" />
            <span>{t("activities.ics")}</span>
          </a>
        </p>
      )}
      {"participants" in activity ? (
        <Participants key={activity.version} activity={activity} />
      ) : (
        <CityCount activity={activity} />
      )}
    </>
  );
}

/** What pupils read and are asked. */
function Details({ activity }: { activity: Activity | CityActivity }) {
  const t = useT();
  const language = useLanguage();
  const { bring, askBefore, questions, signUp, places, lastSignUpDay, logbook } = activity;
  const lines = [
    signUp && lastSignUpDay && t("activities.signUpUntilDay", { day: dayInWords(lastSignUpDay, language) }),
    signUp && places && t("activities.placesInAll", { places }),
    bring && t("activities.bringThis", { bring }),
    askBefore && t("activities.asksBefore", { question: askBefore }),
    logbook && t("activities.withLogbook"),
    questions.length > 0 &&
      t("activities.asksAfter", {
        questions: questions.map(({ competency, text }) => text ?? t(`competency.${competency}`)).join(" "),
      }),
  ].filter(Boolean);
  if (lines.length === 0) return null;
  return (
    <ul className="activities__details">
      {lines.map((text) => (
        <li key={String(text)}>{text}</li>
      ))}
    </ul>
  );
}

/** The city reads a number, never a name, and none below ten. */
function CityCount({ activity: { signedUp, state } }: { activity: CityActivity }) {
  const t = useT();
  if (state === "draft") return null;
  return (
    <section className="tp-stack" aria-labelledby="count">
      <h2 id="count">{t("activities.whoComes")}</h2>
      <p className="tp-lead">
        {signedUp === null ? t("activities.fewerThanTen") : t("activities.comeInAll", { count: signedUp })}
      </p>
      <Note icon="lock">
        <p>{t("activities.countsOnly")}</p>
      </Note>
    </section>
  );
}
