import type { ReactNode } from "react";
import { useLanguage, useT } from "~/i18n";
import { schoolYear } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import {
  Avatar,
  Button,
  EmptyState,
  EntryCard,
  ErrorState,
  Facts,
  Loading,
  Note,
  QuietLink,
  Route,
  Stop,
  YearHeading,
} from "~/ui";
import { cardOf } from "~/ui/cardOf";
import { groupName } from "~/ui/groupName";
import { byYear, type Card, type Portfolio, usePortfolio, useTakenAlong, type Year } from "./usePortfolio";
import "./pupil-portfolio.css";

/** A pupil's portfolio as school or home may see it: the route through the years. */
export function PortfolioScreen({
  pupilId,
  instead,
}: {
  pupilId: string;
  /** What stands in its place where it does not open yet. */
  instead: (error: unknown, again: () => void) => ReactNode;
}) {
  const portfolio = usePortfolio(pupilId);
  const first = portfolio.data?.pages[0];
  const t = useT();
  usePageTitle(first?.pupil.name);
  const other = instead(portfolio.error, () => portfolio.refetch());
  if (other) return other;
  return (
    <div className="tp-page tp-page--wide tp-stack portfolio">
      {portfolio.isPending && <Loading />}
      {portfolio.isError && (
        <>
          <h1 className="tp-hidden">{t("portfolio.title")}</h1>
          <ErrorState error={portfolio.error} onRetry={() => portfolio.refetch()} />
        </>
      )}
      {first && (
        <>
          <Head page={first} />
          <Timeline page={first} cards={portfolio.data?.pages.flatMap((page) => page.items) ?? []} />
          {portfolio.hasNextPage && (
            <Button
              look="secondary"
              busy={portfolio.isFetchingNextPage}
              onClick={() => portfolio.fetchNextPage()}
            >
              {t(portfolio.isFetchingNextPage ? "portfolio.moreBusy" : "portfolio.more")}
            </Button>
          )}
          {!portfolio.hasNextPage && first.items.length > 0 && (
            <p className="tp-soft">{t("portfolio.end", { name: first.pupil.givenName })}</p>
          )}
        </>
      )}
    </div>
  );
}

function Head({ page }: { page: Portfolio }) {
  const t = useT();
  const { pupil, viewer } = page;
  const facts = [pupil.group && groupName(pupil.group, t), pupil.school?.name].filter(Boolean);
  return (
    <header className="tp-stack">
      {viewer === "school" && pupil.group && (
        <p className="portfolio__back">
          <QuietLink to={`/klas/${pupil.group.id}`} icon="back">
            {t("portfolio.toClass", { name: pupil.group.name })}
          </QuietLink>
        </p>
      )}
      <div className="tp-row tp-row--nowrap">
        <Avatar id={pupil.id} name={pupil.name} large />
        <div className="tp-grow">
          <h1 tabIndex={-1}>
            <bdi>{pupil.name}</bdi>
          </h1>
          {facts.length > 0 && (
            <p className="tp-soft">
              <Facts of={facts} />
            </p>
          )}
        </div>
      </div>
      <p className="tp-row">
        <QuietLink to={`/leerling/${pupil.id}/kaart`} icon="map">
          {t("portfolio.toMap", { name: pupil.givenName })}
        </QuietLink>{" "}
        <QuietLink to={`/thuis/opdrachten/${pupil.id}`} icon="together">
          {t("portfolio.homework", { name: pupil.givenName })}
        </QuietLink>
        <QuietLink to={`/leerling/${pupil.id}/keuze`} icon="flag">
          {t("choice.see", { name: pupil.givenName })}
        </QuietLink>
        <QuietLink to={`/leerling/${pupil.id}/gesprekken`} icon="ask-back">
          {t("portfolio.toTalks")}
        </QuietLink>
        {viewer === "school" && <TakenAlong pupilId={pupil.id} />}
      </p>
      <Note icon="eye">
        <p>
          {t(viewer === "home" ? "portfolio.noteHome" : "portfolio.noteSchool", { name: pupil.givenName })}
        </p>
      </Note>
    </header>
  );
}

/** What the pupil took along to this school, where that is something. */
function TakenAlong({ pupilId }: { pupilId: string }) {
  const t = useT();
  const language = useLanguage();
  const taken = useTakenAlong(pupilId);
  return taken.data?.items.map(({ id, fromSchools }) => (
    <QuietLink key={id} to={`/overstap/${id}`} icon="boat">
      {t("transfer.portfolio", { schools: new Intl.ListFormat(language).format(fromSchools) })}
    </QuietLink>
  ));
}

function Timeline({ page, cards }: { page: Portfolio; cards: readonly Card[] }) {
  const t = useT();
  const name = page.pupil.givenName;
  if (cards.length === 0) {
    return (
      <EmptyState>
        {t(page.viewer === "home" ? "portfolio.emptyHome" : "portfolio.emptySchool", { name })}
      </EmptyState>
    );
  }
  return (
    <>
      {byYear(page.years, cards).map(({ year, cards: ofYear }) => (
        <section key={year.schoolYear} aria-labelledby={`year-${year.schoolYear}`}>
          <YearHead year={year} />
          <Route labelledBy={`year-${year.schoolYear}`}>
            {ofYear.map((card) => (
              <Stop key={card.id} kind={card.kind}>
                <EntryCard {...cardOf(card, t)} own={false} />
              </Stop>
            ))}
          </Route>
        </section>
      ))}
    </>
  );
}

function YearHead({ year }: { year: Year }) {
  const t = useT();
  const words = schoolYear(year.schoolYear);
  const group = year.groupName && groupName({ name: year.groupName, level: year.level }, t);
  return (
    <YearHeading
      id={`year-${year.schoolYear}`}
      title={group || words}
      detail={<Facts of={[group && words, year.schoolName]} />}
    />
  );
}
