import { useState } from "react";
import { useLocation, useParams, useSearchParams } from "wouter";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import {
  Button,
  Dialog,
  ErrorState,
  LinkButton,
  Loading,
  Note,
  QuietButton,
  QuietLink,
  useToast,
} from "~/ui";
import { Fill } from "./Fill";
import { Sharing } from "./Sharing";
import { Shown } from "./Shown";
import { TwoLanguages } from "./TwoLanguages";
import { type Homework, useCards, useHomework, useThrowAway, type Wording, wordingOf } from "./useHomework";
import "./homework.css";

/** One card: to fill in together, or to read. `?stap` is where one is, `?lees` reads what is there. */
export default function CardScreen() {
  const t = useT();
  const { homeworkId = "" } = useParams<{ homeworkId: string }>();
  const card = useHomework(homeworkId);
  const cards = useCards();
  const wording = card.data && cards.data && wordingOf(cards.data.items, card.data);
  usePageTitle(wording?.title.nl);
  const offline = card.isPending && card.fetchStatus === "paused";
  return (
    <div className="tp-page tp-stack">
      {(card.isPending || cards.isPending) && !offline && !card.isError && <Loading cards={1} />}
      {offline && (
        <Note icon="no-network">
          <p>{t("homework.offline")}</p>
        </Note>
      )}
      {card.isError && (
        <>
          <h1 className="tp-hidden">{t("homework.title")}</h1>
          <ErrorState error={card.error} onRetry={() => card.refetch()} />
        </>
      )}
      {cards.isError && <ErrorState error={cards.error} onRetry={() => cards.refetch()} />}
      {card.data && wording && <One card={card.data} wording={wording} />}
    </div>
  );
}

function One({ card, wording }: { card: Homework; wording: Wording }) {
  const t = useT();
  const language = useLanguage();
  const [params] = useSearchParams();
  const mayWrite = card.rights.writeHome || card.rights.writeChild;
  const fills = mayWrite && !params.has("lees") && (card.state === "draft" || params.has("stap"));
  const list = card.viewer === "self" ? "/thuis/opdrachten" : `/thuis/opdrachten/${card.pupil.id}`;
  return (
    <>
      <p>
        <QuietLink to={list} icon="back">
          {t("homework.all")}
        </QuietLink>
      </p>
      <header className="homework__head">
        <p className="tp-small tp-soft">
          {card.viewer === "self" ? t("homework.one") : t("homework.oneOf", { name: card.pupil.givenName })}
          {card.onDay && ` · ${t("homework.for", { day: dayInWords(card.onDay, language) })}`}
        </p>
        <TwoLanguages as="h1" text={wording.title} language={card.language} />
      </header>
      {fills ? (
        <Fill key={card.id} card={card} wording={wording} />
      ) : (
        <>
          <Shown card={card} wording={wording} />
          {card.sharedAt && (
            <p className="tp-small tp-soft">
              {t("homework.sharedOn", { day: dayInWords(dayOf(card.sharedAt), language) })}
            </p>
          )}
          {mayWrite && (
            <p>
              <LinkButton
                to={`/thuis/opdracht/${card.id}?stap=${card.rights.writeHome ? "thuis" : "kind"}`}
                look="secondary"
                icon="pencil"
              >
                {t(card.viewer === "home" && !card.home.by ? "homework.answer" : "homework.change")}
              </LinkButton>
            </p>
          )}
          {card.rights.share && (
            <section className="tp-card tp-card--sea tp-stack">
              <Sharing card={card} />
            </section>
          )}
        </>
      )}
      {card.rights.remove && <ThrowAway card={card} wording={wording} list={list} />}
    </>
  );
}

function ThrowAway({ card, wording, list }: { card: Homework; wording: Wording; list: string }) {
  const t = useT();
  const toast = useToast();
  const [, go] = useLocation();
  const [asking, setAsking] = useState(false);
  const gone = useThrowAway(card.id);
  const title = wording.title.nl ?? t("homework.one");
  const remove = async () => {
    try {
      await gone.mutateAsync();
      toast({ text: t("homework.gone", { title }) });
      go(list, { replace: true });
    } catch (error) {
      toast({ text: error instanceof ApiProblem ? error.message : t("homework.failed") });
    }
  };
  return (
    <p>
      <QuietButton icon="trash" onClick={() => setAsking(true)}>
        {t("homework.remove")}
      </QuietButton>
      <Dialog title={t("homework.removeTitle", { title })} open={asking} onClose={() => setAsking(false)}>
        <p>{t("homework.removeText")}</p>
        <div className="tp-row">
          <Button busy={gone.isPending} onClick={() => void remove()}>
            {t("homework.removeYes")}
          </Button>
          <QuietButton onClick={() => setAsking(false)}>{t("ui.cancel")}</QuietButton>
        </div>
      </Dialog>
    </p>
  );
}
