import { useLocation, useParams } from "wouter";
import { useT } from "~/i18n";
import { usePageTitle } from "~/routing";
import { useMe } from "~/session";
import { ErrorState, LinkButton, Loading, Note, QuietLink } from "~/ui";
import { EraseForm, Stays } from "./EraseForm";
import { useErasable } from "./usePrivacy";
import "./privacy.css";

/** A school has a pupil erased on request, and writes down on whose. */
export default function OfficeEraseScreen() {
  const t = useT();
  const me = useMe();
  const [, go] = useLocation();
  const { personId = "" } = useParams<{ personId: string }>();
  const schools = me.roles.flatMap(({ role, school }) => (role === "admin" && school ? [school.id] : []));
  const { data, isPending, isError, error, refetch } = useErasable(schools, personId);
  const back = `/beheer/mensen/${personId}`;
  usePageTitle(data && t("privacy.erase.of", { name: data.person.givenName }));
  return (
    <div className="tp-page tp-stack">
      {data && (
        <p>
          <QuietLink to={back} icon="back">
            <bdi>{data.person.name}</bdi>
          </QuietLink>
        </p>
      )}
      <h1 tabIndex={-1}>
        {data ? t("privacy.erase.of", { name: data.person.name }) : t("privacy.erase.title")}
      </h1>
      {isPending && <Loading />}
      {isError && !data && <ErrorState error={error} onRetry={() => refetch()} />}
      {data?.underWay && (
        <Note tone="wait" icon="trash">
          <p>{t("privacy.office.underWay")}</p>
          <LinkButton to="/beheer/gegevens" look="secondary">
            {t("privacy.office.underWay.to")}
          </LinkButton>
        </Note>
      )}
      {data && (
        <section className="tp-card tp-stack" aria-labelledby="goes">
          <h2 id="goes">{t("privacy.erase.goes")}</h2>
          <p>{t("privacy.office.goes", { name: data.person.givenName })}</p>
        </section>
      )}
      {data && <Stays name={data.person.givenName} whole={data.whole} wrote={false} pupil />}
      {data && !data.underWay && (
        <EraseForm
          person={data.person}
          firstDay={data.firstDay}
          back={back}
          onRequest
          onAsked={() => go("/beheer/gegevens")}
        />
      )}
    </div>
  );
}
