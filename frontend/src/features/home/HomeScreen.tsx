import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import { useUnread } from "~/session/notices";
import { useQuestionsAtHand } from "~/session/questions";
import {
  Bell,
  EmptyState,
  Erbij,
  ErrorState,
  Hero,
  LinkButton,
  Loading,
  Logo,
  Note,
  QuietButton,
  QuietLink,
} from "~/ui";
import { Comes, Ready } from "./ActivityStubs";
import { HomeChoice } from "./HomeChoice";
import { HomeworkStub } from "./HomeworkStub";
import { LogbookStubs } from "./LogbookStubs";
import { NewSchool, NewSchoolLine, useNewSchool } from "./NewSchool";
import { ThisYearsChoice } from "./ThisYearsChoice";
import { AskedBack, OnDevice, Timeline, Unfinished } from "./Timeline";
import { AfterSharing, Reminder, ReminderHere, Talks, TodaysStep, useToday, YearAgo } from "./Today";
import { Unseen } from "./Unseen";
import { activityOf, useActivities } from "./useActivities";
import { isExpected, isUnfinished, useOwnDrafts, usePortfolio } from "./useHome";
import { useLogbooks } from "./useLogbooks";
import "./home.css";

const WhoLooked = lazy(() => import("./WhoLooked"));

/** Begin: one big "Erbij", what waits for me, and my journey so far. */
export default function HomeScreen() {
  const t = useT();
  const me = useMe();
  const unread = useUnread(true);
  const portfolio = usePortfolio(me.id);
  const pages = portfolio.data?.pages;
  const cards = pages?.flatMap((page) => page.items) ?? [];
  const asked = cards.filter((card) => card.state === "asked_back");
  const drafts = useOwnDrafts(me.id);
  const logbooks = useLogbooks(me.id, drafts);
  const inLogbook = new Set(logbooks.map(({ id }) => id));
  const begun = cards.filter(isUnfinished);
  const unfinished = begun.filter((card) => !isExpected(card) && !inLogbook.has(card.id));
  const known = new Set(cards.map((card) => card.id));
  // With the timeline there, what the server has as well stands in it, perhaps further down.
  const onDevice = drafts.filter(
    ({ entryId, version }) => !known.has(entryId) && !inLogbook.has(entryId) && (version === null || !pages),
  );
  const expectedHere = onDevice.filter(({ content }) =>
    isExpected({ kind: content.details.kind, happenedOn: content.happenedOn }),
  );
  const expected = [
    ...begun.filter((card) => isExpected(card) && !inLogbook.has(card.id)),
    ...expectedHere.map(({ entryId, content }) => ({ id: entryId, ...content })),
  ];
  // The school may not know yet that its activity is being told about.
  const telling = new Set(
    drafts.flatMap(({ entryId, version, content }) =>
      version === null || known.has(entryId) ? (activityOf(content) ?? []) : [],
    ),
  );
  const day = useToday();
  const planned = useActivities(telling, expected.length);
  useQuestionsAtHand(
    planned.all.map(({ form }) => form),
    pages !== undefined,
  );
  const moved = useNewSchool();
  // Where it stands depends on what else is asked today.
  const newSchool = day && moved;
  const asks = [day?.toAgree, day?.talk, day?.step, day?.choice].filter(Boolean).length;
  // Three at most in the card of today; what waits for others needs nothing of me.
  const inToday = !newSchool?.waits && asks < 3;
  const reminder = day?.reminder;
  const about = planned.ready.find(({ id }) => id === reminder?.activity?.id);
  const thoughtOf = reminder && about && { id: about.id, note: <ReminderHere reminder={reminder} /> };
  const [told] = useState(() => history.state?.told && (history.state.arrived as string | undefined));
  const journey = cards.filter((card) => !asked.includes(card) && !begun.includes(card));
  return (
    <>
      <Hero>
        <div className="tp-bar home__bar">
          <Logo />
          <Bell unread={unread} />
        </div>
        <h1>{t("home.hello", { name: me.givenName })}</h1>
        <p className="tp-lead home__ask">{t("home.ask")}</p>
        <Erbij to="/erbij" />
      </Hero>
      <div className="tp-page tp-stack">
        <HomeChoice />
        <AskedBack cards={asked} />
        <div className="home__today">
          <Talks day={day} />
          <TodaysStep step={day?.step} />
          <ThisYearsChoice choice={day?.choice} />
          {newSchool && inToday && <NewSchool found={newSchool} />}
        </div>
        <LogbookStubs logbooks={logbooks} />
        <Ready activities={planned.ready} thoughtOf={thoughtOf || undefined} />
        <HomeworkStub pupilId={me.id} />
        {planned.settled && !about && <Reminder reminder={reminder} />}
        {told && <AfterSharing entryId={told} />}
        <Comes
          cancelled={planned.cancelled}
          activities={planned.comes}
          expected={expected}
          invitations={planned.invitations}
        />
        <Ways
          newSchool={newSchool && !inToday && <NewSchoolLine found={newSchool} />}
          agenda={planned.more}
          steps={day?.step === null}
          dossier={keepsDossier(me.pupil)}
        />
        <OnDevice drafts={onDevice.filter((draft) => !expectedHere.includes(draft))} />
        <Unfinished cards={unfinished} />
        <Unseen />
        {portfolio.isPending && portfolio.fetchStatus !== "paused" && <Loading />}
        {portfolio.isPending && portfolio.fetchStatus === "paused" && (
          <Note icon="no-network">
            <p>{t("home.offline")}</p>
          </Note>
        )}
        {portfolio.isError && <ErrorState error={portfolio.error} onRetry={() => portfolio.refetch()} />}
        {pages && cards.length + onDevice.length + logbooks.length === 0 && (
          <EmptyState
            title={t("home.emptyTitle")}
            action={<LinkButton to="/erbij">{t("home.emptyGo")}</LinkButton>}
          >
            {t("home.empty")}
          </EmptyState>
        )}
        <YearAgo found={day?.yearAgo} />
        <Timeline cards={journey} years={pages?.[0]?.years ?? []} largeFirst={asked.length === 0} />
        {portfolio.hasNextPage && (
          <More busy={portfolio.isFetchingNextPage} onMore={() => portfolio.fetchNextPage()} />
        )}
        {cards.length > 0 && !portfolio.hasNextPage && <p className="tp-soft home__more">{t("home.end")}</p>}
        {pages && (
          <Suspense>
            <WhoLooked />
          </Suspense>
        )}
      </div>
    </>
  );
}

/** Years 3 and 4 of the vmbo keep a loopbaandossier. */
function keepsDossier(pupil: ReturnType<typeof useMe>["pupil"]): boolean {
  return pupil?.level === "vmbo" && (pupil.studyYear === 3 || pupil.studyYear === 4);
}

/** To what home does not show: what comes later, steps when none is for today, and what is always there. */
function Ways({
  newSchool,
  agenda,
  steps,
  dossier,
}: {
  newSchool: ReactNode;
  agenda: boolean;
  steps: boolean;
  dossier: boolean;
}) {
  const t = useT();
  return (
    <p className="tp-row">
      {newSchool}
      {agenda && (
        <QuietLink to="/agenda" icon="calendar">
          {t("home.allInAgenda")}
        </QuietLink>
      )}
      {steps && (
        <QuietLink to="/stappen" icon="check">
          {t("home.steps")}
        </QuietLink>
      )}
      {dossier && (
        <QuietLink to="/loopbaandossier" icon="file">
          {t("home.dossier")}
        </QuietLink>
      )}
      <QuietLink to="/mijn-etalage" icon="globe">
        {t("showcase.mine")}
      </QuietLink>
      <QuietLink to="/thuis/opdrachten" icon="together">
        {t("home.homework")}
      </QuietLink>
      <QuietLink to="/gesprekken" icon="ask-back">
        {t("home.talks")}
      </QuietLink>
    </p>
  );
}

/** More of the timeline: by itself when it comes in view, or with the button. */
function More({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  const t = useT();
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    if (busy || !place.current) return;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && latest.current(), {
      rootMargin: "400px",
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [busy]);
  return (
    <div ref={place} className="home__more">
      <QuietButton onClick={onMore} aria-disabled={busy}>
        {t(busy ? "home.moreBusy" : "home.more")}
      </QuietButton>
    </div>
  );
}
