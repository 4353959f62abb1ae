import { useState } from "react";
import { Link } from "wouter";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { today } from "~/i18n/dates";
import { Button, QuietButton, useToast } from "~/ui";
import type { Activity } from "./plan";
import { useAttendance, useSignUps } from "./useActivities";

type Participant = Activity["participants"][number];

/** Who comes and who does not yet; afterwards who shared something, who did not, and who was not there. */
export function Participants({ activity }: { activity: Activity }) {
  const t = useT();
  const { participants, signUp, happensOn, places, state } = activity;
  const coming = participants.filter(({ comes }) => comes);
  const shared = coming.filter(({ state }) => state === "shared");
  const open = coming.filter(({ state }) => state !== "shared");
  // Before it is published there was nothing to sign up for.
  const others = signUp && state !== "draft" ? participants.filter(({ comes }) => !comes) : [];
  const full = typeof places === "number" && coming.length >= places;
  if (activity.groups.length === 0) return null;
  if (participants.length === 0) return <p className="tp-soft">{t("activities.nobody")}</p>;
  return (
    <>
      {signUp && state !== "draft" && coming.length === 0 && (
        <p className="tp-soft">{t("activities.nobodySignedUp")}</p>
      )}
      {open.length > 0 && (
        <Open activity={activity} people={open} before={happensOn > today()} anyShared={shared.length > 0} />
      )}
      {shared.length > 0 && (
        <section className="tp-stack" aria-labelledby="shared">
          <h2 id="shared">{t("activities.sharedTitle", { count: shared.length })}</h2>
          <ul className="activities__people">
            {shared.map(({ id, name, entryId }) => (
              <li key={id} className="tp-card">
                <b>
                  <bdi>{name}</bdi>
                </b>
                <Link href={`/verhaal/${entryId}`}>{t("activities.seeStory")}</Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {others.length > 0 && (
        <section className="tp-stack" aria-labelledby="others">
          <h2 id="others">{t("activities.notSignedUp", { count: others.length })}</h2>
          {full && state === "published" && <p className="tp-soft">{t("activities.full")}</p>}
          <ul className="activities__people">
            {others.map((person) => (
              <li key={person.id} className="tp-card">
                <b>
                  <bdi>{person.name}</bdi>
                </b>
                {state === "published" && !full && <ByHand activity={activity} person={person} />}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Who did not share anything yet: everybody was there, unless said otherwise. */
function Open({
  activity,
  people,
  before,
  anyShared,
}: {
  activity: Activity;
  people: readonly Participant[];
  before: boolean;
  anyShared: boolean;
}) {
  const t = useT();
  const toast = useToast();
  const attendance = useAttendance(activity.id);
  const [absent, setAbsent] = useState<readonly string[]>(() =>
    people.filter(({ state }) => state === "absent").map(({ id }) => id),
  );
  const keep = async () => {
    await attendance.mutateAsync([...absent]);
    toast({ text: t("activities.attendanceKept") });
  };
  const title = before
    ? "activities.comingTitle"
    : anyShared
      ? "activities.openTitle"
      : "activities.participants";
  return (
    <section className="tp-stack" aria-labelledby="participants">
      <h2 id="participants">{t(title, { count: people.length })}</h2>
      {!before && <p className="tp-soft">{t("activities.attendanceHint")}</p>}
      <ul className="activities__people">
        {people.map((person) => (
          <li key={person.id} className="tp-card">
            <b>
              <bdi>{person.name}</bdi>
            </b>
            {!before && (
              <label className="tp-pick">
                <input
                  type="checkbox"
                  checked={absent.includes(person.id)}
                  onChange={({ target }) =>
                    setAbsent(
                      target.checked ? [...absent, person.id] : absent.filter((one) => one !== person.id),
                    )
                  }
                />
                {t("activities.absent")}
              </label>
            )}
            {before && activity.signUp && activity.state === "published" && (
              <ByHand activity={activity} person={person} />
            )}
          </li>
        ))}
      </ul>
      {!before && (
        <p>
          <Button look="secondary" busy={attendance.isPending} onClick={() => keep().catch(() => {})}>
            {t("activities.keepAttendance")}
          </Button>
        </p>
      )}
      {attendance.isError && <p role="alert">{t("ui.error.unknown")}</p>}
    </section>
  );
}

/** Signs one pupil up or off, with a way back. */
function ByHand({ activity, person }: { activity: Activity; person: Participant }) {
  const t = useT();
  const toast = useToast();
  const signUps = useSignUps(activity.id);
  const say = async (comes: boolean, undoable: boolean) => {
    try {
      await signUps.mutateAsync({ pupilId: person.id, comes });
      toast({
        text: t(comes ? "activities.signedUp" : "activities.signedOff", { name: person.name }),
        action: undoable ? () => say(!comes, false) : undefined,
      });
    } catch (error) {
      toast({ text: error instanceof ApiProblem ? error.message : t("ui.error.unknown") });
    }
  };
  return (
    <QuietButton aria-disabled={signUps.isPending} onClick={() => say(!person.comes, true)}>
      {t(person.comes ? "activities.signOff" : "activities.signUp")}
      <span className="tp-hidden"> {person.name}</span>
    </QuietButton>
  );
}
