import { useState } from "react";
import { useSearchParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { Button, Dialog, EmptyState, ErrorState, Icon, Loading, QuietButton, useToast } from "~/ui";
import { groupName } from "~/ui/groupName";
import { NewLetters } from "./NewLetters";
import { type Letter, type LettersPupil, type ParentsPage, useLetters, useWithdraw } from "./useParents";

/** Letters with codes: the groups, or one of them with its pupils. */
export function Letters({ parents }: { parents: ParentsPage }) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const group = parents.groups.find(({ id }) => id === params.get("groep"));
  const choose = (id: string | null) =>
    setParams({ school: parents.id, deel: "letters", ...(id ? { groep: id } : {}) });
  if (group)
    return <GroupLetters key={group.id} parents={parents} groupId={group.id} onBack={() => choose(null)} />;
  return (
    <section className="tp-stack" aria-labelledby="letters">
      <div>
        <h2 id="letters">{t("parentsAdmin.part.letters")}</h2>
        <p>{t("parentsAdmin.letters.text")}</p>
      </div>
      {parents.groups.length === 0 && <EmptyState>{t("school.empty")}</EmptyState>}
      <ul className="parents-admin__groups">
        {parents.groups.map((each) => (
          <li key={each.id}>
            <button type="button" className="parents-admin__group" onClick={() => choose(each.id)}>
              <b>{groupName(each, t)}</b>
              <span>
                {t("parentsAdmin.group.linked", { linked: each.linkedCount, pupils: each.pupilCount })}
              </span>
              <span className="tp-small tp-soft">
                {t("parentsAdmin.group.letters", { count: each.letterCount })}
              </span>
              {each.guessedCount > 0 && (
                <span className="tp-state" data-state="wait">
                  <Icon name="info" />
                  {t("parentsAdmin.group.guessed", { count: each.guessedCount })}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface GroupProps {
  parents: ParentsPage;
  groupId: string;
  onBack: () => void;
}

function GroupLetters({ parents, groupId, onBack }: GroupProps) {
  const t = useT();
  const letters = useLetters(groupId);
  const [asking, setAsking] = useState<readonly LettersPupil[] | null>(null);
  const close = () => setAsking(null);
  const group = letters.data;
  const name = group ? groupName(group, t) : "";
  const only = asking?.length === 1 ? asking[0]?.name : undefined;
  return (
    <section className="tp-stack" aria-labelledby="letters">
      <div>
        <QuietButton icon="back" onClick={onBack}>
          {t("parentsAdmin.group.back")}
        </QuietButton>
        <h2 id="letters">{t("parentsAdmin.letters.of", { group: name })}</h2>
      </div>
      {letters.isPending && <Loading />}
      {letters.isError && !group && <ErrorState error={letters.error} onRetry={() => letters.refetch()} />}
      {group && group.pupils.length === 0 && <EmptyState>{t("group.empty")}</EmptyState>}
      {group && group.pupils.length > 0 && (
        <>
          <div>
            <Button icon="file" onClick={() => setAsking(group.pupils)}>
              {t("parentsAdmin.letters.all", { group: name })}
            </Button>
          </div>
          <ul className="tp-list tp-sheet">
            {group.pupils.map((pupil) => (
              <PupilRow key={pupil.id} pupil={pupil} onAsk={() => setAsking([pupil])} />
            ))}
          </ul>
        </>
      )}
      <Dialog
        title={t("parentsAdmin.letters.title", { name: only ?? name })}
        open={asking !== null}
        onClose={close}
      >
        {asking && (
          <NewLetters
            schoolId={parents.id}
            mail={parents.mail}
            pupils={asking}
            name={only ?? name}
            onDone={close}
          />
        )}
      </Dialog>
    </section>
  );
}

function PupilRow({ pupil, onAsk }: { pupil: LettersPupil; onAsk: () => void }) {
  const t = useT();
  return (
    <li className="parents-admin__link">
      <div className="tp-grow">
        <h3>
          <bdi>{pupil.name}</bdi>
        </h3>
        <p className="tp-small tp-soft">
          {t("parentsAdmin.pupil.parents", { linked: pupil.linked, waiting: pupil.waiting })}
        </p>
        {pupil.letters.map((letter) => (
          <OpenLetter key={letter.id} letter={letter} pupil={pupil} />
        ))}
      </div>
      <QuietButton aria-label={t("parentsAdmin.letter.of", { name: pupil.name })} onClick={onAsk}>
        {t("parentsAdmin.letter.new")}
      </QuietButton>
    </li>
  );
}

function OpenLetter({ letter, pupil }: { letter: Letter; pupil: LettersPupil }) {
  const t = useT();
  const toast = useToast();
  const language = useLanguage();
  const withdraw = useWithdraw();
  const day = dayInWords(dayOf(letter.madeAt), language);
  const [asking, setAsking] = useState(false);
  const end = () =>
    withdraw.mutate(letter.id, {
      onSettled: () => setAsking(false),
      onSuccess: () => toast({ text: t("parentsAdmin.letter.ended", { day, name: pupil.name }) }),
      onError: () => toast({ text: t("parentsAdmin.failed") }),
    });
  return (
    <div className="parents-admin__letter">
      <p className="tp-small">
        {letter.mailTo
          ? t("parentsAdmin.letter.mailed", { day, address: letter.mailTo })
          : t("parentsAdmin.letter.open", { day, letter: letter.letter })}
        {" · "}
        {t("parentsAdmin.letter.until", { day: dayInWords(dayOf(letter.expiresAt), language) })}
      </p>
      {letter.misses > 0 && (
        <span className="tp-state" data-state="wait">
          <Icon name="info" />
          {t("parentsAdmin.letter.guessed", { count: letter.misses })}
        </span>
      )}
      <QuietButton
        aria-label={t("parentsAdmin.letter.endOf", { day, name: pupil.name })}
        onClick={() => setAsking(true)}
      >
        {t("parentsAdmin.letter.end")}
      </QuietButton>
      <Dialog title={t("parentsAdmin.letter.sure")} open={asking} onClose={() => setAsking(false)}>
        <p>{t("parentsAdmin.letter.sureText", { day, name: pupil.name })}</p>
        <Button wide busy={withdraw.isPending} onClick={end}>
          {t("parentsAdmin.letter.yes")}
        </Button>
        <Button look="secondary" wide onClick={() => setAsking(false)}>
          {t("ui.cancel")}
        </Button>
      </Dialog>
    </div>
  );
}
