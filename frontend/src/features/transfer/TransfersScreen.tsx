import { useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import {
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  LinkButton,
  Loading,
  Note,
  OwnWords,
  QuietButton,
  QuietLink,
  useToast,
} from "~/ui";
import {
  type Mine,
  type Place,
  saidByServer,
  type Transfer,
  useTransfers,
  useWithdraw,
} from "./useTransfers";
import { countOf, inWords } from "./words";
import "./transfer.css";

/** Where the pupil can take things along to, and how that stands. */
export default function TransfersScreen() {
  const t = useT();
  const mine = useTransfers();
  return (
    <div className="tp-page tp-stack">
      <h1 tabIndex={-1}>{t("transfer.title")}</h1>
      <p>{t("transfer.intro")}</p>
      {mine.isPending && (mine.fetchStatus === "paused" ? <ErrorState error={null} /> : <Loading />)}
      {mine.isError && <ErrorState error={mine.error} onRetry={() => mine.refetch()} />}
      {mine.data && <Places mine={mine.data} />}
    </div>
  );
}

function Places({ mine }: { mine: Mine }) {
  const t = useT();
  const here = new Set(mine.places.map(({ placementId }) => placementId));
  const before = mine.items.filter((item) => !here.has(item.placementId));
  if (mine.places.length + before.length === 0) return <EmptyState>{t("transfer.none")}</EmptyState>;
  return (
    <>
      {mine.places.map((place) => (
        <AtPlace
          key={place.placementId}
          place={place}
          mine={mine}
          items={mine.items.filter(({ placementId }) => placementId === place.placementId)}
        />
      ))}
      {before.map((item) => (
        <section key={item.id} className="tp-card tp-stack" aria-label={item.school.name}>
          <h2>
            <bdi lang="nl">{item.school.name}</bdi>
          </h2>
          <State transfer={item} mine={mine} />
        </section>
      ))}
    </>
  );
}

const UNDER_WAY = new Set<Transfer["state"]>(["draft", "asked", "offered"]);

function AtPlace({ place, mine, items }: { place: Place; mine: Mine; items: readonly Transfer[] }) {
  const t = useT();
  const language = useLanguage();
  const id = `place-${place.placementId}`;
  const underWay = items.find(({ state }) => UNDER_WAY.has(state));
  const accepted = items.filter(({ state }) => state === "accepted");
  const last = underWay ?? items.find(({ state }) => state !== "accepted");
  // Of what is over only the last word counts, and only as long as nothing came after it.
  const shown = last && (underWay || last === items[0]) && last.state !== "draft" ? last : undefined;
  const choose = `/overstap/naar/${place.placementId}`;
  return (
    <section className="tp-card tp-stack" aria-labelledby={id}>
      <div>
        <h2 id={id}>
          <bdi lang="nl">{place.school.name}</bdi>
        </h2>
        <p className="tp-small tp-soft">
          {t("transfer.since", { day: dayInWords(place.startsOn, language) })}
        </p>
      </div>
      {accepted.map((transfer) => (
        <State key={transfer.id} transfer={transfer} mine={mine} />
      ))}
      {shown && <State transfer={shown} mine={mine} />}
      {underWay?.state === "draft" && <p>{t("transfer.draft")}</p>}
      {(!underWay || underWay.state === "draft") &&
        (place.stories > 0 ? (
          <div>
            <LinkButton to={choose} look={accepted.length > 0 ? "secondary" : undefined}>
              {t(
                underWay
                  ? "transfer.goOn"
                  : accepted.length > 0
                    ? "transfer.more"
                    : shown
                      ? "transfer.again"
                      : "transfer.begin",
              )}
            </LinkButton>
          </div>
        ) : (
          accepted.length === 0 && <p className="tp-soft">{t("transfer.nothing")}</p>
        ))}
    </section>
  );
}

const SIGNS = {
  draft: { tone: "info", icon: "pencil" },
  asked: { tone: "info", icon: "wait" },
  offered: { tone: "info", icon: "wait" },
  accepted: { tone: "ok", icon: "check" },
  refused: { tone: "wait", icon: "info" },
  expired: { tone: "wait", icon: "wait" },
  withdrawn: { tone: "info", icon: "undo" },
  closed: { tone: "info", icon: "lock" },
} as const;

function State({ transfer, mine }: { transfer: Transfer; mine: Mine }) {
  const t = useT();
  const language = useLanguage();
  const { state, school } = transfer;
  const runs = state === "asked" || state === "offered";
  const words =
    state === "refused" && transfer.refusedBy === "home"
      ? t("transfer.state.refusedHome")
      : state === "accepted" && !transfer.schoolSees
        ? t("transfer.state.over", { school: school.name })
        : t(`transfer.state.${state}`, { school: school.name });
  return (
    <div className="tp-stack">
      <Note {...SIGNS[state]}>
        <p>{words}</p>
        {transfer.refusal && (
          <blockquote className="tp-quote">
            <OwnWords>{`“${transfer.refusal}”`}</OwnWords>
          </blockquote>
        )}
        {state === "asked" && mine.needsParent && !mine.hasParent && <p>{t("transfer.noParent")}</p>}
        {runs && transfer.expiresOn && (
          <p className="tp-small">{t("transfer.until", { day: dayInWords(transfer.expiresOn, language) })}</p>
        )}
      </Note>
      {(runs || transfer.schoolSees) && (
        <>
          <p className="transfer__sum">
            {t("transfer.goes", { what: inWords(countOf(transfer.summary), language, t) })}
          </p>
          <div className="tp-row">
            <QuietLink to={`/overstap/${transfer.id}`} icon="eye">
              {t(runs ? "transfer.look" : "transfer.lookAndTake", { school: school.name })}
            </QuietLink>
            <Withdraw transfer={transfer} />
          </div>
        </>
      )}
    </div>
  );
}

function Withdraw({ transfer }: { transfer: Transfer }) {
  const t = useT();
  const toast = useToast();
  const withdraw = useWithdraw();
  const [asked, setAsked] = useState(false);
  const { school } = transfer;
  const end = () =>
    withdraw.mutate(transfer.id, {
      onSuccess: () => {
        setAsked(false);
        toast({ text: t("transfer.withdrawn", { school: school.name }) });
      },
      onError: (error) => toast({ text: saidByServer(error) ?? t("transfer.failed") }),
    });
  return (
    <>
      <QuietButton icon="undo" onClick={() => setAsked(true)}>
        {t("transfer.withdraw")}
      </QuietButton>
      <Dialog title={t("transfer.withdraw.title")} open={asked} onClose={() => setAsked(false)}>
        <p>
          {t(transfer.state === "accepted" ? "transfer.withdraw.accepted" : "transfer.withdraw.text", {
            school: school.name,
          })}
        </p>
        <div className="tp-row">
          <Button busy={withdraw.isPending} onClick={end}>
            {t("transfer.withdraw")}
          </Button>
          <QuietButton onClick={() => setAsked(false)}>{t("ui.cancel")}</QuietButton>
        </div>
      </Dialog>
    </>
  );
}
