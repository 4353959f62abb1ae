import { type ReactNode, useId, useState } from "react";
import { type Translate, useLanguage, useT } from "~/i18n";
import { dayAndMonth, dayInWords, daysInWords, weekdayInWords } from "~/i18n/dates";
import { Button, QuietButton, QuietLink, Stub } from "~/ui";
import { type Invitation, mayLeave, useBegin, useSigning, type Waiting } from "./useActivities";
import type { Card } from "./useHome";

const FEW = 5;
/** So many at once, so that one's own journey stays in view. */
const FIRST_READY = 3;
const FIRST_INVITATIONS = 2;

interface ReadyProps {
  activities: readonly Waiting[];
  /** Which one somebody at school thinks of, and what they say. */
  thoughtOf?: { id: string; note: ReactNode };
}

/** What was, and can be told; first what somebody thinks of. Never counted as late. */
export function Ready({ activities, thoughtOf }: ReadyProps) {
  const t = useT();
  const language = useLanguage();
  const begin = useBegin();
  const [all, setAll] = useState(false);
  const first = activities.filter(({ id }) => id === thoughtOf?.id);
  const inOrder = [...first, ...activities.filter((activity) => !first.includes(activity))];
  const rest = inOrder.length - FIRST_READY;
  return (
    <>
      {inOrder.slice(0, all ? undefined : FIRST_READY).map((activity, place) => (
        <Stub
          key={activity.id}
          label={t("home.ready")}
          title={activity.title}
          when={inOneLine(
            daysInWords(activity.happensOn, activity.endsOn, language),
            timeIn(activity),
            whereIn(activity),
          )}
          kind="experience"
          field={activity.workFields[0]}
          action={
            <>
              {activity.id === thoughtOf?.id && thoughtOf.note}
              <Button
                wide
                look={place === 0 ? "primary" : "secondary"}
                iconAfter="forward"
                onClick={() => begin(activity)}
              >
                {t("home.fillIn")}
              </Button>
            </>
          }
        />
      ))}
      {rest > 0 && !all && (
        <div>
          <QuietButton onClick={() => setAll(true)}>{t("home.moreReady", { count: rest })}</QuietButton>
        </div>
      )}
    </>
  );
}

/** A story of what still comes, on the server or only on this device. */
type Expected = Pick<Partial<Card>, "title" | "happenedOn" | "endedOn"> & { id: string };

interface ComesProps {
  cancelled: readonly Waiting[];
  activities: readonly Waiting[];
  /** What comes as well, with what was thought of it so far. */
  expected: readonly Expected[];
  invitations: readonly Invitation[];
}

/** What comes soon or does not go on, and what one may join: smaller than what can be told now. */
export function Comes({ cancelled, activities, expected, invitations }: ComesProps) {
  const t = useT();
  const [all, setAll] = useState(false);
  const rest = invitations.length - FIRST_INVITATIONS;
  if (cancelled.length + activities.length + expected.length + invitations.length === 0) return null;
  return (
    <>
      <div className="home__coming">
        {cancelled.map((activity) => (
          <Ahead key={activity.id} of={activity} label={t("home.cancelled")} facts={[whereIn(activity)]} />
        ))}
        {activities.map((activity) => (
          <OneComes key={activity.id} activity={activity} />
        ))}
        {expected.map(({ id, title, happenedOn, endedOn }) => (
          <Ahead
            key={id}
            of={{ title: title || t("home.untitled"), happensOn: happenedOn ?? "", endsOn: endedOn }}
            label={t("home.comes")}
            facts={[]}
          >
            <QuietLink to={`/vooraf/${id}`} iconAfter="forward">
              {t("home.before")}
            </QuietLink>
          </Ahead>
        ))}
        {invitations.slice(0, all ? undefined : FIRST_INVITATIONS).map((activity) => (
          <MayJoin key={activity.id} activity={activity} />
        ))}
      </div>
      {rest > 0 && !all && (
        <div>
          <QuietButton onClick={() => setAll(true)}>{t("home.moreToJoin", { count: rest })}</QuietButton>
        </div>
      )}
    </>
  );
}

interface AheadProps {
  of: Pick<Waiting, "title" | "happensOn" | "endsOn" | "startsAt">;
  label: string;
  /** Each on a line of its own. */
  facts: readonly (string | false | null | undefined)[];
  children?: ReactNode;
}

/** A day ahead, and what is on it. */
function Ahead({ of, label, facts, children }: AheadProps) {
  const language = useLanguage();
  const id = useId();
  const { title, happensOn, endsOn } = of;
  const [day, month] = dayAndMonth(happensOn, language);
  const when =
    endsOn && endsOn > happensOn
      ? daysInWords(happensOn, endsOn, language)
      : weekdayInWords(happensOn, language);
  return (
    <section className="tp-card home__ahead" aria-labelledby={id}>
      <p className="home__day" aria-hidden="true">
        <b>{day}</b>
        {month}
      </p>
      <div>
        <p className="home__aheadLabel">{label}</p>
        <h2 id={id}>{title}</h2>
        {[inOneLine(when, timeIn(of)), ...facts].filter(Boolean).map((line) => (
          <p key={String(line)} className="tp-small">
            {line}
          </p>
        ))}
        {children && <div className="tp-row home__aheadWays">{children}</div>}
      </div>
    </section>
  );
}

function OneComes({ activity }: { activity: Waiting }) {
  const t = useT();
  const begin = useBegin();
  const sign = useSigning(activity);
  return (
    <Ahead
      of={activity}
      label={t(activity.signUp ? "home.joined" : "home.comes")}
      facts={[whereIn(activity), activity.bring && t("home.bring", { bring: activity.bring })]}
    >
      <QuietButton onClick={() => begin(activity)}>{t("home.before")}</QuietButton>
      {mayLeave(activity) && <QuietButton onClick={() => sign(false)}>{t("home.leave")}</QuietButton>}
    </Ahead>
  );
}

/** "Doe je mee?": with what, when and where, how many places there are in words, and until when. */
function MayJoin({ activity }: { activity: Invitation }) {
  const t = useT();
  const language = useLanguage();
  const sign = useSigning(activity);
  const full = activity.placesLeft === 0;
  const until =
    activity.lastSignUpDay && t("home.joinUntil", { day: dayInWords(activity.lastSignUpDay, language) });
  return (
    <Ahead
      of={activity}
      label={t("home.join")}
      facts={[whereIn(activity), inOneLine(placesInWords(activity.placesLeft ?? null, t), !full && until)]}
    >
      {!full && (
        <Button look="secondary" onClick={() => sign(true)}>
          {t("home.joinYes")}
        </Button>
      )}
    </Ahead>
  );
}

function timeIn({ startsAt }: Pick<Waiting, "startsAt">): string | undefined {
  return startsAt?.slice(0, 5).replace(/^0/, "");
}

function whereIn({ organisation, place }: Waiting): string {
  return inOneLine(organisation, place);
}

function inOneLine(...facts: readonly (string | false | null | undefined)[]): string {
  return facts.filter(Boolean).join(" · ");
}

function placesInWords(left: number | null, t: Translate): string {
  if (left === null) return "";
  return left === 0
    ? t("home.full")
    : left <= FEW
      ? t("home.placesLeft", { count: left })
      : t("home.roomLeft");
}
