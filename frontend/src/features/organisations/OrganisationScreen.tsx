import { useState } from "react";
import { Link, useParams } from "wouter";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { daysInWords, schoolYear } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import { useMe } from "~/session";
import {
  Button,
  Chip,
  Dialog,
  ErrorState,
  LinkButton,
  Loading,
  Note,
  QuietButton,
  QuietLink,
  useToast,
  WorkFieldChip,
} from "~/ui";
import { type Organisation, useOrganisation, usePutAside } from "./useOrganisations";
import "./organisations.css";

/** One organisation: who they are, what schools did there, and how many stories there are about it. */
export default function OrganisationScreen() {
  const t = useT();
  const { organisationId } = useParams<{ organisationId: string }>();
  const organisation = useOrganisation(organisationId);
  usePageTitle(organisation.data?.name);
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <p>
        <QuietLink to="/organisaties" icon="back">
          {t("organisations.title")}
        </QuietLink>
      </p>
      {organisation.isPending && <Loading />}
      {organisation.isError && (
        <>
          <h1 className="tp-hidden">{t("organisations.title")}</h1>
          <ErrorState error={organisation.error} onRetry={() => organisation.refetch()} />
        </>
      )}
      {organisation.data && <Loaded organisation={organisation.data} />}
    </div>
  );
}

function Loaded({ organisation }: { organisation: Organisation }) {
  const t = useT();
  const { roles } = useMe();
  const plans = roles.some(({ role }) => role === "teacher" || role === "dean");
  const { id, name, place, website, workFields, forms, note, archived } = organisation;
  return (
    <>
      <header className="tp-stack organisations__head">
        <h1 tabIndex={-1}>
          <bdi>{name}</bdi>
        </h1>
        <p>
          {place}
          {place && website && " · "}
          {website && (
            <a href={website} rel="noreferrer">
              {new URL(website).hostname}
            </a>
          )}
        </p>
        <p className="tp-row organisations__fields">
          {workFields?.map((field) => (
            <WorkFieldChip key={field} field={field} />
          ))}
          {forms?.map((form) => (
            <Chip key={form}>{t(`form.${form}`)}</Chip>
          ))}
        </p>
      </header>
      {archived && (
        <Note tone="wait" icon="archive">
          <p>{t("organisations.isArchived")}</p>
        </Note>
      )}
      <div className="tp-row">
        {plans && !archived && (
          <LinkButton to={`/activiteiten/nieuw?organisatie=${id}`} icon="plus">
            {t("organisations.plan")}
          </LinkButton>
        )}
        <LinkButton to={`/organisaties/${id}/wijzig`} look="secondary" icon="pencil">
          {t("organisations.change")}
        </LinkButton>
        <PutAside organisation={organisation} />
      </div>
      {note && (
        <section className="tp-card tp-card--sea" aria-labelledby="note">
          <h2 id="note" className="organisations__small">
            {t("organisations.noteTitle")}
          </h2>
          <p className="organisations__note">{note}</p>
        </section>
      )}
      <div className="organisations__columns">
        <div className="tp-stack">
          <Offered organisation={organisation} />
        </div>
        <div className="tp-stack">
          <section className="tp-stack" aria-labelledby="stories">
            <h2 id="stories">{t("organisations.stories")}</h2>
            <p>
              {organisation.stories === null
                ? t("organisations.storiesFew")
                : t("organisations.storiesCount", { count: organisation.stories })}
            </p>
          </section>
          <Own organisation={organisation} />
        </div>
      </div>
    </>
  );
}

/** Out of the list to choose from, and back; the way back stands in the message as well. */
function PutAside({ organisation }: { organisation: Organisation }) {
  const t = useT();
  const toast = useToast();
  const { id, name, archived, version } = organisation;
  const aside = usePutAside(id);
  const [asking, setAsking] = useState(false);
  const restore = async (from: number) => {
    await aside.mutateAsync({ to: "restore", version: from });
    toast({ text: t("organisations.restored", { name }) });
  };
  const archive = async () => {
    const { version: now } = await aside.mutateAsync({ to: "archive", version });
    setAsking(false);
    toast({ text: t("organisations.archivedNow", { name }), action: () => void restore(now) });
  };
  const problem = aside.error && (
    <p role="alert">{aside.error instanceof ApiProblem ? aside.error.message : t("ui.error.unknown")}</p>
  );
  if (archived)
    return (
      <>
        <Button look="secondary" icon="undo" busy={aside.isPending} onClick={() => restore(version)}>
          {t("organisations.restore")}
        </Button>
        {problem}
      </>
    );
  return (
    <>
      <QuietButton onClick={() => setAsking(true)}>{t("organisations.archive")}</QuietButton>
      <Dialog title={t("organisations.archive")} open={asking} onClose={() => setAsking(false)}>
        <div className="tp-stack">
          <p>{t("organisations.archiveAsk", { name })}</p>
          {problem}
          <Button busy={aside.isPending} onClick={archive}>
            {t("organisations.archive")}
          </Button>
          <QuietButton onClick={() => setAsking(false)}>{t("ui.cancel")}</QuietButton>
        </div>
      </Dialog>
    </>
  );
}

function Offered({ organisation: { offered } }: { organisation: Organisation }) {
  const t = useT();
  return (
    <section className="tp-stack" aria-labelledby="offered">
      <h2 id="offered">{t("organisations.offered")}</h2>
      {offered.length === 0 ? (
        <p className="tp-soft">{t("organisations.offeredNone")}</p>
      ) : (
        <div className="tp-sheet">
          <table className="organisations__offered">
            <thead>
              <tr>
                <th scope="col">{t("organisations.year")}</th>
                <th scope="col">{t("organisations.school")}</th>
                <th scope="col">{t("organisations.what")}</th>
                <th scope="col">{t("organisations.times")}</th>
              </tr>
            </thead>
            <tbody>
              {offered.map(({ school, schoolYear: year, form, times }) => (
                <tr key={`${year} ${school?.id} ${form}`}>
                  <td>{schoolYear(year)}</td>
                  <th scope="row">{school?.name ?? t("organisations.city")}</th>
                  <td>{form ? t(`form.${form}`) : t("organisations.anyForm")}</td>
                  <td data-label={t("organisations.times")}>{times} ×</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** The activities there that one may open, each with its stories. */
function Own({ organisation: { own } }: { organisation: Organisation }) {
  const t = useT();
  const language = useLanguage();
  if (own.length === 0) return null;
  return (
    <section className="tp-stack" aria-labelledby="own">
      <h2 id="own">{t("organisations.own")}</h2>
      <ul className="tp-sheet tp-list organisations__own">
        {own.map(({ id, title, state, happensOn, endsOn, shared }) => (
          <li key={id}>
            <span>
              <Link href={`/activiteiten/${id}`}>{title}</Link>
              <span className="tp-small tp-soft">
                {[
                  daysInWords(happensOn, endsOn, language),
                  state === "published"
                    ? t("organisations.ownShared", { count: shared })
                    : t(`organisations.state.${state}`),
                ].join(" · ")}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
