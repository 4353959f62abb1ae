import { useParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import { useMe } from "~/session";
import { Button, ErrorState, Loading, Note, QuietLink, useToast } from "~/ui";
import { Facts } from "./Corrections";
import { HeldList } from "./HeldList";
import { UnderWay } from "./UnderWay";
import { type Data, problemOf, useData, useKeepAnotherYear } from "./usePrivacy";
import "./privacy.css";

/** All that is held about oneself, or about a child: seen, put right, kept longer, or let go. */
export default function DataScreen() {
  const t = useT();
  const me = useMe();
  const { personId = me.id } = useParams<{ personId: string }>();
  const data = useData(personId);
  const title =
    data.data && !data.data.own ? t("privacy.of", { name: data.data.person.givenName }) : t("privacy.title");
  usePageTitle(title);
  return (
    <div className="tp-page tp-stack">
      <p>
        <QuietLink to={personId === me.id ? "/ik" : "/thuis"} icon="back">
          {t(personId === me.id ? "nav.me" : "nav.home")}
        </QuietLink>
      </p>
      <header>
        <h1 tabIndex={-1}>{title}</h1>
        <p>{t("privacy.lead")}</p>
      </header>
      {data.isPending && <Loading />}
      {data.isError && !data.data && <ErrorState error={data.error} onRetry={() => data.refetch()} />}
      {data.data && <Loaded data={data.data} />}
    </div>
  );
}

function Loaded({ data }: { data: Data }) {
  return (
    <>
      {data.erasure && <UnderWay erasure={data.erasure} />}
      <Keeps data={data} />
      <Facts data={data} />
      <HeldList data={data} />
      <Erase data={data} />
    </>
  );
}

/** Until when all stays; where the end is near, a year more. */
function Keeps({ data }: { data: Data }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const keep = useKeepAnotherYear(data.person.id);
  const until = data.keptUntil;
  const day = until ? dayInWords(until.goesOn, language) : "";
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="keeps">
      <h2 id="keeps">{t("privacy.keeps")}</h2>
      {!until && <p>{t("privacy.keeps.placed")}</p>}
      {until && !until.told && <p>{t("privacy.keeps.until", { day })}</p>}
      {until?.told && (
        <>
          <p>
            <b>{t("privacy.keeps.near", { day })}</b>
          </p>
          <p>{t(data.own && data.isPupil ? "privacy.keeps.near.text" : "privacy.keeps.near.other")}</p>
          <div>
            <Button
              look="secondary"
              icon="calendar"
              busy={keep.isPending}
              onClick={() =>
                keep.mutate(undefined, {
                  onSuccess: (kept) =>
                    toast({
                      text: t("privacy.keeps.moved", {
                        day: dayInWords((kept as { goesOn: string }).goesOn, language),
                      }),
                    }),
                  onError: (error) => toast({ text: problemOf(error, t) ?? t("privacy.failed") }),
                })
              }
            >
              {t("privacy.keeps.more")}
            </Button>
          </div>
        </>
      )}
      {data.own && data.isPupil && (
        <p>
          <QuietLink to="/alles-meenemen" icon="archive" iconAfter="forward">
            {t("privacy.takeAlong")}
          </QuietLink>
        </p>
      )}
    </section>
  );
}

const UNDER_WAY: readonly string[] = ["asked", "running", "clearing"];

/** The way to having it all erased, or why that is not here. */
function Erase({ data }: { data: Data }) {
  const t = useT();
  if (data.erasure && UNDER_WAY.includes(data.erasure.state)) return null;
  return (
    <section className="tp-card tp-stack" aria-labelledby="erase">
      <h2 id="erase">{t("privacy.erase")}</h2>
      {data.mayErase ? (
        <>
          <p>{t("privacy.erase.text")}</p>
          <QuietLink
            to={data.own ? "/mijn-gegevens/wissen" : `/gegevens/${data.person.id}/wissen`}
            icon="trash"
            iconAfter="forward"
          >
            {t("privacy.erase.look")}
          </QuietLink>
        </>
      ) : (
        <Note icon="lock">
          <p>{t(data.isStaff ? "privacy.erase.staff" : "privacy.erase.young")}</p>
        </Note>
      )}
    </section>
  );
}
