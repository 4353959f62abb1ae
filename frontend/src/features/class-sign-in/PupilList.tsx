import { useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, timeOf } from "~/i18n/dates";
import { Button, Dialog, EmptyState, Icon, pictureOf, QuietButton, SeaPicture, useToast } from "~/ui";
import { type GroupSignIn, type Pupil, useNewCards, useResetPin, useRevokeCard } from "./useClassSignIn";

type Question = { kind: "pin" | "card"; pupil: Pupil };

/** The pupils with what they have to come in with, and what to do when they cannot. */
export function PupilList({ group }: { group: GroupSignIn }) {
  const t = useT();
  const [question, setQuestion] = useState<Question | null>(null);
  const close = () => setQuestion(null);
  return (
    <section className="tp-sheet tp-stack" aria-labelledby="pupils">
      <h2 id="pupils">{t("classSignIn.pupils")}</h2>
      {group.pupils.length === 0 && <EmptyState>{t("group.empty")}</EmptyState>}
      <ul className="tp-list">
        {group.pupils.map((pupil) => (
          <Row key={pupil.id} pupil={pupil} onAsk={(kind) => setQuestion({ kind, pupil })} />
        ))}
      </ul>
      <Dialog
        title={question ? t(`classSignIn.${question.kind}.title`, { name: question.pupil.name }) : ""}
        open={question !== null}
        onClose={close}
      >
        {question?.kind === "pin" && <NewPin group={group} pupil={question.pupil} onDone={close} />}
        {question?.kind === "card" && <NewCard group={group} pupil={question.pupil} onDone={close} />}
      </Dialog>
    </section>
  );
}

function Row({ pupil, onAsk }: { pupil: Pupil; onAsk: (kind: Question["kind"]) => void }) {
  const t = useT();
  const language = useLanguage();
  const { name, cardSince, lockedUntil, hasPin } = pupil;
  return (
    <li className="class-sign-in__pupil">
      <SeaPicture name={pictureOf(pupil.id)} />
      <div className="tp-grow">
        <h3>
          <bdi>{name}</bdi>
        </h3>
        <p className="tp-small tp-soft">
          {cardSince
            ? t("classSignIn.hasCard", { day: dayInWords(cardSince, language) })
            : t("classSignIn.noCard")}
          {" · "}
          {t(hasPin ? "classSignIn.hasPin" : "classSignIn.noPin")}
        </p>
        {lockedUntil && (
          <p>
            <span className="tp-state" data-state="wait">
              <Icon name="lock" />
              {t("classSignIn.locked", { time: timeOf(lockedUntil, language) })}
            </span>
          </p>
        )}
      </div>
      <div className="tp-row">
        <QuietButton aria-label={t("classSignIn.pin.of", { name })} onClick={() => onAsk("pin")}>
          {t("classSignIn.pin.button")}
        </QuietButton>
        <QuietButton aria-label={t("classSignIn.card.of", { name })} onClick={() => onAsk("card")}>
          {t("classSignIn.card.button")}
        </QuietButton>
      </div>
    </li>
  );
}

interface HelpProps {
  group: GroupSignIn;
  pupil: Pupil;
  onDone: () => void;
}

function NewPin({ group, pupil, onDone }: HelpProps) {
  const t = useT();
  const toast = useToast();
  const reset = useResetPin(group.id);
  const name = pupil.givenName;
  const go = () =>
    reset.mutate(pupil.id, {
      onSuccess: () => toast({ text: t("classSignIn.pin.done", { name }) }),
      onError: () => toast({ text: t("classSignIn.failed") }),
      onSettled: onDone,
    });
  return (
    <>
      <p>{t("classSignIn.pin.text", { name })}</p>
      <Button wide busy={reset.isPending} onClick={go}>
        {t("classSignIn.pin.yes", { name })}
      </Button>
      <Button look="secondary" wide onClick={onDone}>
        {t("ui.cancel")}
      </Button>
    </>
  );
}

function NewCard({ group, pupil, onDone }: HelpProps) {
  const t = useT();
  const toast = useToast();
  const cards = useNewCards(group.id);
  const revoke = useRevokeCard(group.id);
  const name = pupil.givenName;
  const failed = () => toast({ text: t("classSignIn.failed") });
  const make = () =>
    cards.mutate(
      { pupilIds: [pupil.id], fileName: "kaart.pdf" },
      {
        onSuccess: () => toast({ text: t("classSignIn.cards.made") }),
        onError: failed,
        onSettled: onDone,
      },
    );
  const end = () =>
    revoke.mutate(pupil.id, {
      onSuccess: () => toast({ text: t("classSignIn.card.ended", { name }) }),
      onError: failed,
      onSettled: onDone,
    });
  return (
    <>
      <p>{t("classSignIn.card.text", { name })}</p>
      <Button wide busy={cards.isPending} onClick={make}>
        {t("classSignIn.card.make")}
      </Button>
      {pupil.cardSince && (
        <Button look="secondary" wide busy={revoke.isPending} onClick={end}>
          {t("classSignIn.card.end")}
        </Button>
      )}
    </>
  );
}
