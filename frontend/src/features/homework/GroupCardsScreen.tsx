import { useState } from "react";
import { Link, useParams } from "wouter";
import { ApiProblem } from "~/api/client";
import { newId } from "~/api/ids";
import { useLanguage, useT } from "~/i18n";
import { addDays, dayInWords, today } from "~/i18n/dates";
import {
  Avatar,
  Button,
  ChoiceGrid,
  EmptyState,
  ErrorState,
  Loading,
  QuietButton,
  QuietLink,
  TextField,
  useToast,
} from "~/ui";
import { groupName } from "~/ui/groupName";
import {
  type Card,
  type GroupHomework,
  useCards,
  useGroupHomework,
  useOffer,
  useTakeOfferBack,
  wordingOf,
} from "./useHomework";
import "./homework.css";

/** A teacher or dean puts a card ready for a class, and sees who shared it with school. */
export default function GroupCardsScreen() {
  const t = useT();
  const { groupId = "" } = useParams<{ groupId: string }>();
  const group = useGroupHomework(groupId);
  const cards = useCards();
  const failed = group.error ?? cards.error;
  return (
    <div className="tp-page tp-stack">
      <p>
        <QuietLink to={`/klas/${groupId}`} icon="back">
          {group.data ? groupName(group.data.group, t) : t("homework.toClass")}
        </QuietLink>
      </p>
      <header>
        <h1 tabIndex={-1}>{t("homework.title")}</h1>
        <p className="tp-soft">{t("homework.groupIntro")}</p>
      </header>
      {(group.isPending || cards.isPending) && !failed && <Loading cards={2} />}
      {failed && (
        <ErrorState
          error={failed}
          onRetry={() => {
            void group.refetch();
            void cards.refetch();
          }}
        />
      )}
      {group.data && cards.data && (
        <>
          <NewOffer key={group.data.offers.length} group={group.data} cards={cards.data.items} />
          <Offers group={group.data} cards={cards.data.items} />
        </>
      )}
    </div>
  );
}

function NewOffer({ group, cards }: { group: GroupHomework; cards: readonly Card[] }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const offer = useOffer();
  const takeBack = useTakeOfferBack();
  const [id] = useState(newId);
  const [code, setCode] = useState<string>();
  const [day, setDay] = useState(addDays(today(), 14));
  const [missing, setMissing] = useState<string>();
  const ready = new Set(group.offers.map(({ card }) => card));
  const left = cards.filter((card) => !ready.has(card.code));
  if (left.length === 0) return null;
  const put = async () => {
    const card = left.find((one) => one.code === code);
    if (!card) return setMissing(t("homework.group.missing"));
    const content = { groupId: group.group.id, card: card.code, cardVersion: card.version, onDay: day };
    try {
      await offer.mutateAsync({ id, ...content });
      toast({
        text: t("homework.group.put", { title: card.title.nl, group: groupName(group.group, t) }),
        action: () => void takeBack.mutateAsync(id).catch(() => toast({ text: t("homework.failed") })),
      });
    } catch (error) {
      setMissing(error instanceof ApiProblem ? error.message : t("homework.failed"));
    }
  };
  return (
    <form
      className="tp-sheet tp-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!offer.isPending) void put();
      }}
    >
      <ChoiceGrid
        label={t("homework.group.choose")}
        list
        options={left.map((card) => ({
          value: card.code,
          label: card.title[language === "en" ? "en" : "nl"] ?? card.code,
          hint: card.home[language === "en" ? "en" : "nl"],
        }))}
        value={code}
        onChange={(chosen) => {
          setCode(chosen);
          setMissing(undefined);
        }}
      />
      <TextField
        type="date"
        label={t("homework.group.day")}
        hint={t("homework.group.dayHint")}
        value={day}
        min={today()}
        error={missing}
        onChange={({ target }) => setDay(target.value)}
      />
      <Button type="submit" busy={offer.isPending}>
        {t("homework.group.go", { group: groupName(group.group, t) })}
      </Button>
    </form>
  );
}

function Offers({ group, cards }: { group: GroupHomework; cards: readonly Card[] }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const takeBack = useTakeOfferBack();
  if (group.offers.length === 0) return <EmptyState>{t("homework.group.none")}</EmptyState>;
  return (
    <section className="tp-stack" aria-labelledby="homework-offers">
      <h2 id="homework-offers">{t("homework.group.ready")}</h2>
      {group.offers.map((offer) => {
        const title = wordingOf(cards, offer)?.title.nl ?? t("homework.one");
        return (
          <article key={offer.id} className="tp-card tp-stack">
            <div>
              <h3 lang="nl">{title}</h3>
              <p className="tp-small tp-soft">
                {t("homework.for", { day: dayInWords(offer.onDay, language) })} · {offer.offeredBy.name}
              </p>
            </div>
            {offer.shared.length === 0 ? (
              <p className="tp-soft">{t("homework.group.noneShared")}</p>
            ) : (
              <>
                <p>{t("homework.group.shared", { count: offer.shared.length })}</p>
                <ul className="tp-row">
                  {offer.shared.map(({ id, pupil }) => (
                    <li key={id}>
                      <Link href={`/thuis/opdracht/${id}`} className="homework__pupil">
                        <Avatar id={pupil.id} name={pupil.name} />
                        <bdi>{pupil.name}</bdi>
                      </Link>
                    </li>
                  ))}
                </ul>
              </>
            )}
            <QuietButton
              icon="undo"
              onClick={() =>
                void takeBack
                  .mutateAsync(offer.id)
                  .then(() => toast({ text: t("homework.group.tookBack", { title }) }))
                  .catch(() => toast({ text: t("homework.failed") }))
              }
            >
              {t("homework.group.takeBack", { title })}
            </QuietButton>
          </article>
        );
      })}
    </section>
  );
}
