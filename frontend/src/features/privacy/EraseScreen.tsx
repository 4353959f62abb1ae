import { useLocation, useParams } from "wouter";
import { useT } from "~/i18n";
import { usePageTitle } from "~/routing";
import { useMe } from "~/session";
import { ErrorState, Icon, Loading, Note, QuietLink } from "~/ui";
import { Count } from "./Count";
import { EraseForm, Stays } from "./EraseForm";
import { KINDS, shownOf, WHILE_PLACED } from "./kinds";
import { UnderWay } from "./UnderWay";
import { type Data, useData } from "./usePrivacy";
import "./privacy.css";

/** What goes, what stays and why, and then the one button. */
export default function EraseScreen() {
  const t = useT();
  const me = useMe();
  const { personId = me.id } = useParams<{ personId: string }>();
  const data = useData(personId);
  const back = personId === me.id ? "/mijn-gegevens" : `/gegevens/${personId}`;
  usePageTitle(data.data && t("privacy.erase.of", { name: data.data.person.givenName }));
  return (
    <div className="tp-page tp-stack">
      <p>
        <QuietLink to={back} icon="back">
          {t("privacy.back")}
        </QuietLink>
      </p>
      {data.isPending && <Loading />}
      {data.isError && !data.data && (
        <>
          <h1 className="tp-hidden">{t("privacy.erase.title")}</h1>
          <ErrorState error={data.error} onRetry={() => data.refetch()} />
        </>
      )}
      {data.data && <Loaded data={data.data} back={back} />}
    </div>
  );
}

function Loaded({ data, back }: { data: Data; back: string }) {
  const t = useT();
  const [, go] = useLocation();
  const name = data.person.givenName;
  const goes = shownOf(data).filter(({ kind }) => data.whole || !WHILE_PLACED.includes(kind));
  const underWay = data.erasure && ["asked", "running", "clearing"].includes(data.erasure.state);
  return (
    <>
      <h1 tabIndex={-1}>{t("privacy.erase.of", { name })}</h1>
      {underWay && data.erasure && <UnderWay erasure={data.erasure} />}
      <section className="tp-card tp-stack" aria-labelledby="goes">
        <h2 id="goes">{t("privacy.erase.goes")}</h2>
        <ul className="tp-list privacy__kinds">
          {goes.map(({ kind, count }) => (
            <li key={kind}>
              <Icon name={KINDS[kind].icon} />
              <p className="tp-grow">
                {t(`privacy.kind.${kind}`)}
                <Count count={count} />
              </p>
            </li>
          ))}
        </ul>
        <p>{t("privacy.erase.goes.all")}</p>
      </section>
      <Stays
        name={name}
        whole={data.whole}
        wrote={data.isGuardian}
        pupil={data.isPupil}
        held={goes.map(({ kind }) => kind)}
      />
      {!data.mayErase && !underWay && (
        <Note icon="lock">
          <p>{t(data.isStaff ? "privacy.erase.staff" : "privacy.erase.young")}</p>
        </Note>
      )}
      {data.mayErase && !underWay && data.isPupil && (
        <Note icon="archive">
          {data.own ? (
            <div className="tp-stack">
              <p>{t("privacy.takeAlong.text")}</p>
              <div>
                <QuietLink to="/alles-meenemen" iconAfter="forward">
                  {t("privacy.takeAlong")}
                </QuietLink>
              </div>
            </div>
          ) : (
            <p>{t("privacy.takeAlong.child", { name })}</p>
          )}
        </Note>
      )}
      {data.mayErase && !underWay && (
        <EraseForm person={data.person} firstDay={data.firstDay} back={back} onAsked={() => go(back)} />
      )}
    </>
  );
}
