import { useState } from "react";
import { Link, useLocation, useParams } from "wouter";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayOf, recently, soon } from "~/i18n/dates";
import { useMe } from "~/session";
import { Chip, EmptyState, ErrorState, Loading, Note, QuietLink, useToast } from "~/ui";
import { LanguageOfHome } from "./LanguageOfHome";
import { type HomeLanguage, keepLanguage, likelyLanguage } from "./languages";
import { TwoLanguages } from "./TwoLanguages";
import {
  type Card,
  type Homework,
  type HomeworkList,
  useBegin,
  useCards,
  useHomeworkList,
  wordingOf,
} from "./useHomework";
import "./homework.css";

/** The cards of a pupil: what school put ready, what was begun, all to choose from, and what was shared. */
export default function CardsScreen() {
  const t = useT();
  const me = useMe();
  const { pupilId = me.id } = useParams<{ pupilId?: string }>();
  const list = useHomeworkList(pupilId);
  const cards = useCards();
  const offline = list.isPending && list.fetchStatus === "paused";
  const failed = list.error ?? cards.error;
  return (
    <div className="tp-page tp-stack">
      {pupilId !== me.id && list.data && (
        <p>
          <QuietLink
            to={list.data.viewer === "home" ? `/thuis?kind=${pupilId}` : `/leerling/${pupilId}`}
            icon="back"
          >
            {t("homework.backTo", { name: list.data.pupil.givenName })}
          </QuietLink>
        </p>
      )}
      <header>
        <h1 tabIndex={-1}>{t("homework.title")}</h1>
        <p className="tp-soft">
          {t(list.data?.viewer === "school" ? "homework.introSchool" : "homework.intro")}
        </p>
      </header>
      {(list.isPending || cards.isPending) && !offline && !failed && <Loading cards={2} />}
      {offline && (
        <Note icon="no-network">
          <p>{t("homework.offline")}</p>
        </Note>
      )}
      {failed && (
        <ErrorState
          error={failed}
          onRetry={() => {
            void list.refetch();
            void cards.refetch();
          }}
        />
      )}
      {list.data && cards.data && <Lists list={list.data} cards={cards.data.items} />}
    </div>
  );
}

function Lists({ list, cards }: { list: HomeworkList; cards: readonly Card[] }) {
  const t = useT();
  const current = useLanguage();
  const [language, setLanguage] = useState<HomeLanguage>(() =>
    likelyLanguage(current, list.viewer === "home"),
  );
  const drafts = list.items.filter(({ state }) => state === "draft");
  const shared = list.items.filter(({ state }) => state === "shared");
  const name = list.pupil.givenName;
  const fitting = cards.filter(({ bands }) => !list.band || bands.includes(list.band));
  const begin = useBeginning(list, language);
  return (
    <>
      {list.mayBegin && (
        <LanguageOfHome
          value={language}
          onChange={(chosen) => {
            keepLanguage(chosen);
            setLanguage(chosen);
          }}
        />
      )}
      {list.waiting.length > 0 && (
        <section className="tp-stack" aria-labelledby="homework-waiting">
          <h2 id="homework-waiting">{t("homework.waiting")}</h2>
          <ul className="tp-stack">
            {list.waiting.map((offer) => {
              const wording = wordingOf(cards, offer);
              return (
                wording && (
                  <li key={offer.id} className="tp-card homework__ready">
                    <Choice
                      wording={wording}
                      language={language}
                      when={<ForDay day={offer.onDay} />}
                      busy={begin.busy}
                      onBegin={() => begin.go(offer, offer.id)}
                    />
                  </li>
                )
              );
            })}
          </ul>
        </section>
      )}
      {drafts.length > 0 && (
        <section className="tp-stack" aria-labelledby="homework-drafts">
          <h2 id="homework-drafts">{t("homework.drafts")}</h2>
          <Done items={drafts} cards={cards} viewer={list.viewer} />
        </section>
      )}
      {shared.length > 0 && (
        <section className="tp-stack" aria-labelledby="homework-shared">
          <h2 id="homework-shared">{t("homework.shared")}</h2>
          <Done items={shared} cards={cards} viewer={list.viewer} />
        </section>
      )}
      {!list.mayBegin && list.items.length === 0 && <EmptyState>{t("homework.none", { name })}</EmptyState>}
      {list.mayBegin && (
        <section className="tp-stack" aria-labelledby="homework-choose">
          <h2 id="homework-choose">{t("homework.choose")}</h2>
          <ul className="tp-stack">
            {fitting.map((card) => (
              <li key={card.code} className="tp-card">
                <Choice
                  wording={card}
                  language={language}
                  busy={begin.busy}
                  onBegin={() => begin.go({ card: card.code, cardVersion: card.version }, null)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function useBeginning(list: HomeworkList, language: HomeLanguage) {
  const t = useT();
  const toast = useToast();
  const begin = useBegin();
  const [, go] = useLocation();
  return {
    busy: begin.isPending,
    go: async (card: { card: string; cardVersion: number }, offerId: string | null) => {
      if (begin.isPending) return;
      const content = {
        pupilId: list.pupil.id,
        card: card.card,
        cardVersion: card.cardVersion,
        language,
        offerId,
      };
      try {
        go(`/thuis/opdracht/${await begin.mutateAsync({ ...EMPTY, ...content })}`);
      } catch (error) {
        toast({ text: error instanceof ApiProblem ? error.message : t("homework.failed") });
      }
    },
  };
}

const EMPTY = { homeText: "", childText: "", homeSound: null, childSound: null };

function Choice({
  wording,
  language,
  when,
  busy,
  onBegin,
}: {
  wording: Pick<Card, "title" | "home">;
  language: HomeLanguage;
  when?: React.ReactNode;
  busy: boolean;
  onBegin: () => void;
}) {
  return (
    <>
      {when}
      <h3>
        <button type="button" className="homework__choice" aria-disabled={busy} onClick={onBegin}>
          <bdi lang="nl">{wording.title.nl}</bdi>
        </button>
      </h3>
      <TwoLanguages text={wording.home} language={language} />
    </>
  );
}

function ForDay({ day }: { day: string }) {
  const t = useT();
  const language = useLanguage();
  return <p className="tp-small tp-soft">{t("homework.for", { day: soon(day, language) })}</p>;
}

function Done({
  items,
  cards,
  viewer,
}: {
  items: readonly Homework[];
  cards: readonly Card[];
  viewer: HomeworkList["viewer"];
}) {
  const t = useT();
  const language = useLanguage();
  return (
    <ul className="tp-list">
      {items.map((item) => (
        <li key={item.id}>
          <div className="tp-grow">
            <p>
              <Link href={`/thuis/opdracht/${item.id}`}>
                <bdi lang="nl">{wordingOf(cards, item)?.title.nl ?? t("homework.title")}</bdi>
              </Link>
            </p>
            <p className="tp-small tp-soft">{recently(dayOf(item.updatedAt), language)}</p>
          </div>
          {viewer !== "school" && item.reach !== "nobody" && (
            <Chip icon={item.reach === "school" ? "school" : "begin"}>
              {t(`homework.reach.${item.reach}`)}
            </Chip>
          )}
        </li>
      ))}
    </ul>
  );
}
