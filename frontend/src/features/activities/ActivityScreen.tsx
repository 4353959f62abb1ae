import { useState } from "react";
import { Link, useParams } from "wouter";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { daysInWords } from "~/i18n/dates";
import {
  Button,
  Dialog,
  ErrorState,
  Icon,
  LinkButton,
  Loading,
  Note,
  QuietButton,
  QuietLink,
  useToast,
} from "~/ui";
import { groupName } from "~/ui/groupName";
import { type Activity, useActivity, useAttendance, useMove } from "./useActivities";
import "./activities.css";

/** One activity: what it is, publishing it, and who shared what they made of it. */
export default function ActivityScreen() {
  const t = useT();
  const { activityId } = useParams<{ activityId: string }>();
  const activity = useActivity(activityId);
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

function Loaded({ activity }: { activity: Activity }) {
  const t = useT();
  const language = useLanguage();
  const {
    title,
    happensOn,
    endsOn,
    startsAt,
    groups,
    organisation,
    organisationId,
    place,
    bring,
    askBefore,
  } = activity;
  const when = [daysInWords(happensOn, endsOn, language), startsAt?.slice(0, 5)].filter(Boolean).join(" · ");
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
        <p className="tp-soft">{groups.map((group) => groupName(group, t)).join(", ")}</p>
      </header>
      {bring && <p>{t("activities.bringThis", { bring })}</p>}
      {askBefore && <p>{t("activities.asksBefore", { question: askBefore })}</p>}
      <Standing activity={activity} />
      {activity.state === "published" && (
        <p>
          <a className="tp-quiet" href={`/v1/activities/${activity.id}/calendar.ics`} download>
            <Icon name="calendar" />
            <span>{t("activities.ics")}</span>
          </a>
        </p>
      )}
      <Participants key={activity.version} activity={activity} />
    </>
  );
}

/** Ready for the pupils or not, and what can be done about that. */
function Standing({ activity }: { activity: Activity }) {
  const t = useT();
  const toast = useToast();
  const move = useMove(activity);
  const [asking, setAsking] = useState<"publish" | "cancel" | null>(null);
  const { state, pupils, title } = activity;
  const names = activity.groups.map((group) => groupName(group, t)).join(", ");
  const go = async () => {
    if (!asking) return;
    await move.mutateAsync(asking);
    toast({ text: t(asking === "publish" ? "activities.published" : "activities.cancelled", { title }) });
    setAsking(null);
  };
  return (
    <>
      <Note tone={state === "published" ? "ok" : "wait"} icon={state === "published" ? "check" : "wait"}>
        <p>{t(`activities.now.${state}`, { pupils })}</p>
      </Note>
      <div className="tp-row">
        {state === "published" ? (
          <Button look="secondary" onClick={() => setAsking("cancel")}>
            {t("activities.cancel")}
          </Button>
        ) : (
          <Button onClick={() => setAsking("publish")}>{t("activities.publish")}</Button>
        )}
        <LinkButton to={`/activiteiten/${activity.id}/wijzig`} look="secondary" icon="pencil">
          {t("activities.change")}
        </LinkButton>
      </div>
      <Dialog
        title={t(asking === "cancel" ? "activities.cancel" : "activities.publish")}
        open={asking !== null}
        onClose={() => setAsking(null)}
      >
        <div className="tp-stack">
          <p>
            {t(asking === "cancel" ? "activities.cancelAsk" : "activities.publishAsk", {
              title,
              names,
              pupils,
            })}
          </p>
          {move.error && (
            <p role="alert">
              {move.error instanceof ApiProblem ? move.error.message : t("ui.error.unknown")}
            </p>
          )}
          <Button busy={move.isPending} onClick={go}>
            {t(asking === "cancel" ? "activities.cancel" : "activities.publish")}
          </Button>
          <QuietButton onClick={() => setAsking(null)}>{t("ui.cancel")}</QuietButton>
        </div>
      </Dialog>
    </>
  );
}

/** Who was there, in one screen: everybody, unless said otherwise; and who shared something. */
function Participants({ activity }: { activity: Activity }) {
  const t = useT();
  const toast = useToast();
  const attendance = useAttendance(activity.id);
  const [absent, setAbsent] = useState<readonly string[]>(() =>
    activity.participants.filter(({ state }) => state === "absent").map(({ id }) => id),
  );
  const keep = async () => {
    await attendance.mutateAsync([...absent]);
    toast({ text: t("activities.attendanceKept") });
  };
  return (
    <section className="tp-stack" aria-labelledby="participants">
      <h2 id="participants">{t("activities.participants")}</h2>
      {activity.participants.length === 0 && <p className="tp-soft">{t("activities.nobody")}</p>}
      <ul className="activities__people">
        {activity.participants.map(({ id, name, state, entryId }) => (
          <li key={id} className="tp-card">
            <b>
              <bdi>{name}</bdi>
            </b>
            {state === "shared" && entryId ? (
              <Link href={`/verhaal/${entryId}`}>{t("activities.seeStory")}</Link>
            ) : (
              <label className="tp-pick">
                <input
                  type="checkbox"
                  checked={absent.includes(id)}
                  onChange={({ target }) =>
                    setAbsent(target.checked ? [...absent, id] : absent.filter((one) => one !== id))
                  }
                />
                {t("activities.absent")}
              </label>
            )}
          </li>
        ))}
      </ul>
      {activity.participants.length > 0 && (
        <Button look="secondary" busy={attendance.isPending} onClick={keep}>
          {t("activities.keepAttendance")}
        </Button>
      )}
    </section>
  );
}
