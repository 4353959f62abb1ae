import type { ReactNode } from "react";
import { Link } from "wouter";
import { type Translate, useLanguage, useT } from "~/i18n";
import { schoolYearOf, today } from "~/i18n/dates";
import { Chip, EmptyState, ErrorState, LinkButton, Loading, Note, QuietLink, WorkFieldChip } from "~/ui";
import { groupName } from "~/ui/groupName";
import type { Offer } from "./plan";
import {
  type ActivityRow,
  type CityRow,
  useActivities,
  useCityActivities,
  usePlansForCity,
} from "./useActivities";
import { Bands, levelOf, whenInWords } from "./words";
import "./activities.css";

type Row = ActivityRow | CityRow;

/** What is planned, what was done, and what the city offers. */
export default function ActivitiesScreen() {
  const t = useT();
  const forCity = usePlansForCity();
  const ofSchool = useActivities();
  const ofCity = useCityActivities(forCity);
  const read = forCity ? ofCity : ofSchool;
  const rows: readonly Row[] | undefined = forCity ? ofCity.data : ofSchool.data?.items;
  const thisYear = rows?.filter((one) => schoolYearOf(one.happensOn) >= schoolYearOf(today())) ?? [];
  const lastDay = ({ endsOn, happensOn }: Row) => endsOn ?? happensOn;
  const coming = thisYear.filter((one) => lastDay(one) >= today()).reverse();
  const past = thisYear.filter((one) => lastDay(one) < today());
  const before = rows?.filter((one) => !thisYear.includes(one)) ?? [];
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <h1 tabIndex={-1}>{t(forCity ? "activities.cityTitle" : "activities.title")}</h1>
      {forCity && (
        <Note icon="lock">
          <p>{t("activities.countsOnly")}</p>
        </Note>
      )}
      <div className="tp-row activities__ways">
        <LinkButton to="/activiteiten/nieuw" icon="plus">
          {t("activities.new")}
        </LinkButton>
        {!forCity && (
          <>
            <QuietLink to="/agenda" icon="calendar">
              {t("agenda.title")}
            </QuietLink>
            <QuietLink to="/organisaties" icon="school">
              {t("organisations.title")}
            </QuietLink>
          </>
        )}
      </div>
      {read.isPending && <Loading />}
      {read.isError && <ErrorState error={read.error} onRetry={() => read.refetch()} />}
      {rows?.length === 0 && (
        <EmptyState>{t(forCity ? "activities.emptyCity" : "activities.empty")}</EmptyState>
      )}
      {coming.length > 0 && <Rows title={t("activities.coming")} rows={coming} />}
      {ofSchool.data && ofSchool.data.offers.length > 0 && (
        <Offers
          offers={ofSchool.data.offers}
          level={levelOf(ofSchool.data.groups)}
          taken={ofSchool.data.items.map(({ offeredBy }) => offeredBy ?? "")}
        />
      )}
      {past.length > 0 && <Rows title={t("activities.past")} rows={past} />}
      {before.length > 0 && (
        <details className="activities__before">
          <summary>{t("activities.lastYear", { count: before.length })}</summary>
          <Rows
            title={t("activities.lastYearTitle")}
            rows={before}
            action={(row) => (
              <QuietLink to={`/activiteiten/nieuw?van=${row.id}&jaar=volgend`}>
                {t("activities.copyToThisYear")}
                <span className="tp-hidden"> {row.title}</span>
              </QuietLink>
            )}
          />
        </details>
      )}
    </div>
  );
}

function Rows({
  title,
  rows,
  action,
}: {
  title: string;
  rows: readonly Row[];
  action?: (row: Row) => ReactNode;
}) {
  const language = useLanguage();
  return (
    <section className="tp-stack" aria-label={title}>
      <h2>{title}</h2>
      <ul className="activities__list">
        {rows.map((row) => (
          <li key={row.id} className="tp-card activities__row">
            <h3>
              <Link href={`/activiteiten/${row.id}`}>{row.title}</Link>
            </h3>
            <p>
              {whenInWords(row.happensOn, row.endsOn, language)} · <ForWhom row={row} />
            </p>
            <Signs row={row} />
            {action?.(row)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ForWhom({ row }: { row: Row }) {
  const t = useT();
  if (!("groups" in row)) return <Bands bands={row.bands} />;
  return row.groups.map((group) => groupName(group, t)).join(", ") || t("activities.noGroups");
}

/** Where it stands, in words. */
function Signs({ row }: { row: Row }) {
  const t = useT();
  const published = row.state === "published";
  return (
    <p className="tp-row">
      {row.state !== "published" && (
        <Chip tone={row.state === "draft" ? "wait" : "stop"}>{t(`activities.state.${row.state}`)}</Chip>
      )}
      {row.offeredBy && <Chip icon="flag">{t("activities.ofTheCity")}</Chip>}
      {row.workFields.map((field) => (
        <WorkFieldChip key={field} field={field} />
      ))}
      {published && <Counts row={row} />}
    </p>
  );
}

function Counts({ row }: { row: Row }) {
  const t = useT();
  return <span className="tp-small tp-soft">{countsOf(row, t)}</span>;
}

function countsOf(row: Row, t: Translate): string {
  if (!("groups" in row)) {
    return row.signedUp === null
      ? t("activities.fewerThanTen")
      : t("activities.comeInAll", { count: row.signedUp });
  }
  if (row.happensOn > today()) {
    return row.signedUp === null
      ? t("activities.forPupils", { pupils: row.pupils })
      : t("activities.comeOf", { count: row.signedUp, pupils: row.pupils });
  }
  return t("activities.shared", { shared: row.shared, pupils: row.signedUp ?? row.pupils });
}

/** What the city offers pupils of these ages: with the own class, or they sign up themselves. */
function Offers({
  offers,
  level,
  taken,
}: {
  offers: readonly Offer[];
  level: "po" | "other";
  taken: readonly string[];
}) {
  const t = useT();
  const language = useLanguage();
  return (
    <section className="tp-stack" aria-labelledby="offers">
      <h2 id="offers">{t("activities.offers")}</h2>
      <p className="tp-soft">{t("activities.offersHint", { level })}</p>
      <ul className="activities__list">
        {offers.map((offer) => (
          <li key={offer.id} className="tp-card activities__row activities__offer">
            <h3>{offer.title}</h3>
            <p>
              {[whenInWords(offer.happensOn, offer.endsOn, language), offer.organisation, offer.place]
                .filter(Boolean)
                .join(" · ")}
            </p>
            <p className="tp-small tp-soft">
              <Bands bands={offer.bands} />
            </p>
            {taken.includes(offer.id) ? (
              <Chip icon="check" tone="ok">
                {t("activities.takenOver")}
              </Chip>
            ) : (
              <LinkButton to={`/activiteiten/nieuw?stad=${offer.id}`} look="secondary">
                {t("activities.takeOver", { level })}
                <span className="tp-hidden"> {offer.title}</span>
              </LinkButton>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
