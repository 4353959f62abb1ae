import { Link, useParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { weekdayInWords } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import {
  Avatar,
  Chip,
  EmptyState,
  ErrorState,
  type IconName,
  LinkButton,
  Loading,
  Note,
  QuietLink,
} from "~/ui";
import { groupName } from "~/ui/groupName";
import { type ClassRounds, type RoundPupil, useClassRounds } from "./useRounds";
import { clock } from "./words";
import "./rounds.css";

/** A state is a sign and a word, the same as on the page of the talk. */
const STATE_SIGNS = {
  planned: "calendar",
  prepared: "check",
  held: "pencil",
  recorded: "pencil",
  agreed: "check",
} as const satisfies Record<Exclude<RoundPupil["talks"][number]["state"], "cancelled">, IconName>;

/** One class by name: who has no talk yet this year, and the talks of the others. */
export default function ClassScreen() {
  const t = useT();
  const { groupId } = useParams<{ groupId: string }>();
  const rounds = useClassRounds(groupId);
  const name = rounds.data && groupName(rounds.data.group, t);
  usePageTitle(name && t("rounds.of", { name }));
  const offline = rounds.isPending && rounds.fetchStatus === "paused";
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <p>
        <QuietLink to="/gesprekken/klassen" icon="back">
          {t("rounds.title")}
        </QuietLink>
      </p>
      {rounds.isPending && !offline && <Loading />}
      {offline && (
        <Note icon="no-network">
          <p>{t("rounds.offline")}</p>
        </Note>
      )}
      {rounds.isError && <ErrorState error={rounds.error} onRetry={() => rounds.refetch()} />}
      {rounds.data && <Shown rounds={rounds.data} name={name ?? ""} />}
    </div>
  );
}

function Shown({ rounds, name }: { rounds: ClassRounds; name: string }) {
  const t = useT();
  const without = rounds.pupils.filter(({ talks }) => talks.length === 0);
  const having = rounds.pupils.filter(({ talks }) => talks.length > 0);
  return (
    <>
      <header className="tp-stack">
        <h1 tabIndex={-1}>{t("rounds.of", { name })}</h1>
        {rounds.pupils.length > 0 && (
          <div>
            <LinkButton to={`/gesprekken/klas/${rounds.group.id}/plan`} icon="calendar">
              {t("rounds.plan")}
            </LinkButton>
          </div>
        )}
      </header>
      {rounds.pupils.length === 0 && <EmptyState>{t("rounds.nobody")}</EmptyState>}
      {without.length > 0 && (
        <section className="tp-card tp-card--sea tp-stack" aria-labelledby="no-talk-yet">
          <h2 id="no-talk-yet">{t("rounds.notYet")}</h2>
          <ul className="rounds__names">
            {without.map((pupil) => (
              <li key={pupil.id}>
                <Name pupil={pupil} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {having.length > 0 && (
        <section className="tp-stack" aria-labelledby="talks-of-year">
          <h2 id="talks-of-year">{t("rounds.thisYear")}</h2>
          <ul className="tp-list">
            {having.map((pupil) => (
              <li key={pupil.id}>
                <div className="tp-grow tp-stack rounds__pupil">
                  <Name pupil={pupil} />
                  <Talks pupil={pupil} />
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Name({ pupil }: { pupil: RoundPupil }) {
  return (
    <Link href={`/leerling/${pupil.id}`} className="tp-quiet rounds__name">
      <Avatar id={pupil.id} name={pupil.name} />
      <bdi>{pupil.name}</bdi>
    </Link>
  );
}

function Talks({ pupil }: { pupil: RoundPupil }) {
  const t = useT();
  const language = useLanguage();
  return (
    <ul className="rounds__talks">
      {pupil.talks.map((talk) => (
        <li key={talk.id}>
          <Link href={`/gesprek/${talk.id}`} className="tp-quiet">
            {t(`rounds.kind.${talk.kind}`)}
            <span className="tp-hidden"> {pupil.name}</span>
          </Link>
          <span>
            {[weekdayInWords(talk.onDay, language), talk.atTime && clock(talk.atTime), talk.heldWith]
              .filter(Boolean)
              .join(" · ")}
          </span>
          {talk.state !== "cancelled" && (
            <Chip tone={talk.state === "agreed" ? "ok" : "info"} icon={STATE_SIGNS[talk.state]}>
              {t(`rounds.state.${talk.state}`)}
            </Chip>
          )}
        </li>
      ))}
    </ul>
  );
}
