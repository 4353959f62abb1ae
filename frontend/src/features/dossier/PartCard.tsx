import { useId, useState } from "react";
import { Link } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import {
  Button,
  Chip,
  Dialog,
  Icon,
  KindLabel,
  LinkButton,
  Note,
  OwnWords,
  QuietButton,
  TextArea,
} from "~/ui";
import type { MyDossier, MyPart } from "./useDossier";
import { usePart } from "./usePart";

const FIRST = 5;
const MAX_STORIES = 10;
const MAX_TEXT = 3_000;

type Props = { part: MyPart; mayWrite: boolean; lacks: MyDossier["missing"] };

/** One of the five questions: which stories go in, and a few lines of one's own. */
export function PartCard({ part, mayWrite, lacks }: Props) {
  const t = useT();
  const own = usePart(part);
  const { words, change } = own;
  const id = `part-${part.competency}`;
  const question = t(`competency.${part.competency}`);
  return (
    <section className="tp-card tp-stack dossier__part" id={id} aria-labelledby={`${id}-name`}>
      <header className="tp-stack dossier__head">
        <p className="tp-small dossier__name">{t(`dossier.name.${part.competency}`)}</p>
        <h2 id={`${id}-name`} tabIndex={-1}>
          {question}
        </h2>
        {lacks.length === 0 && (
          <p>
            <Chip icon="check" tone="ok">
              {t("dossier.there")}
            </Chip>
          </p>
        )}
        <p className="tp-small tp-soft">{t("dossier.need", { needs: useNeeds(part) })}</p>
      </header>
      <Stories
        part={part}
        chosen={words.entryIds}
        mayWrite={mayWrite}
        onChoose={(entryIds) => change({ entryIds }, "once")}
      />
      {mayWrite ? (
        <TextArea
          label={t("dossier.own")}
          hint={t("dossier.ownHint")}
          rows={4}
          maxLength={MAX_TEXT}
          value={words.text}
          onChange={({ target }) => change({ text: target.value }, "later")}
          onBlur={() => own.keep()}
          error={words.text.length >= MAX_TEXT ? t("dossier.full", { max: MAX_TEXT }) : undefined}
        />
      ) : (
        words.text && (
          <div>
            <h3>{t("dossier.own")}</h3>
            <p className="dossier__text">
              <OwnWords>{words.text}</OwnWords>
            </p>
          </div>
        )
      )}
      {mayWrite && <Kept keeping={own.keeping} onKeep={own.keep} />}
      <Dialog title={t("dossier.conflict")} open={own.keeping === "conflict"} onClose={own.keepTheirs}>
        <div className="tp-stack">
          <p>{t("dossier.conflictText")}</p>
          <div className="dossier__versions">
            <Version label={t("dossier.mine")} words={words} />
            <Version label={t("dossier.theirs")} words={part} />
          </div>
          <Button onClick={own.keepMine}>{t("dossier.keepMine")}</Button>
          <Button look="secondary" onClick={own.keepTheirs}>
            {t("dossier.keepTheirs")}
          </Button>
        </div>
      </Dialog>
    </section>
  );
}

/** What school asks here, as one sentence. */
function useNeeds({ need }: MyPart): string {
  const t = useT();
  const language = useLanguage();
  const needs = [
    t("dossier.need.entries", { count: need.entries ?? 1 }),
    ...(need.reflection ? [t("dossier.need.reflection")] : []),
    ...(need.text ? [t("dossier.need.text")] : []),
  ];
  return new Intl.ListFormat(language, { type: "conjunction" }).format(needs);
}

function Stories({
  part,
  chosen,
  mayWrite,
  onChoose,
}: {
  part: MyPart;
  chosen: readonly string[];
  mayWrite: boolean;
  onChoose: (ids: string[]) => void;
}) {
  const t = useT();
  const language = useLanguage();
  const hint = useId();
  const [all, setAll] = useState(false);
  const offered = mayWrite ? part.evidence : part.evidence.filter(({ id }) => chosen.includes(id));
  // What was chosen is never hidden behind "more".
  const shown = all ? offered : offered.filter((story, at) => at < FIRST || chosen.includes(story.id));
  if (offered.length === 0) {
    return (
      <div className="dossier__none">
        <p>{t("dossier.noEvidence")}</p>
        {mayWrite && (
          <LinkButton to="/erbij" look="secondary" icon="plus">
            {t("dossier.add")}
          </LinkButton>
        )}
      </div>
    );
  }
  return (
    <fieldset className="tp-field">
      <legend className="tp-label">{t("dossier.choose")}</legend>
      <ul className="dossier__stories">
        {shown.map((story) => {
          const picked = chosen.includes(story.id);
          const title = story.title || t("dossier.untitled");
          return (
            <li key={story.id} className="dossier__story" data-picked={picked || undefined}>
              <label>
                <input
                  type="checkbox"
                  checked={picked}
                  disabled={!mayWrite || (!picked && chosen.length >= MAX_STORIES)}
                  onChange={() =>
                    onChoose(picked ? chosen.filter((one) => one !== story.id) : [...chosen, story.id])
                  }
                />
                <span>
                  <strong>
                    <OwnWords>{title}</OwnWords>
                  </strong>
                  <span className="tp-small tp-soft dossier__facts">
                    <KindLabel kind={story.kind} />
                    {story.happenedOn && <span>{dayInWords(story.happenedOn, language)}</span>}
                    {story.reflects && <span>{t("dossier.reflects")}</span>}
                  </span>
                </span>
              </label>
              <Link
                href={`/verhaal/${story.id}`}
                className="tp-icon-button"
                aria-label={t("dossier.read", { title })}
                title={t("dossier.read", { title })}
              >
                <Icon name="forward" />
              </Link>
            </li>
          );
        })}
      </ul>
      {chosen.length >= MAX_STORIES && (
        <p className="tp-field__hint" id={hint}>
          {t("dossier.tooMany", { max: MAX_STORIES })}
        </p>
      )}
      {shown.length < offered.length && (
        <QuietButton onClick={() => setAll(true)}>{t("dossier.more", { count: offered.length })}</QuietButton>
      )}
    </fieldset>
  );
}

function Kept({ keeping, onKeep }: { keeping: ReturnType<typeof usePart>["keeping"]; onKeep: () => void }) {
  const t = useT();
  return (
    <div role="status" className="tp-small tp-soft">
      {keeping === "busy" && t("dossier.saving")}
      {keeping === "kept" && (
        <span className="tp-row tp-row--nowrap">
          <Icon name="check" />
          <span>{t("dossier.saved")}</span>
        </span>
      )}
      {keeping === "failed" && (
        <Note tone="wait" icon={navigator.onLine ? "info" : "no-network"}>
          <p>{t("dossier.notSaved")}</p>
          <QuietButton onClick={onKeep}>{t("dossier.save")}</QuietButton>
        </Note>
      )}
    </div>
  );
}

function Version({ label, words }: { label: string; words: { text: string; entryIds: readonly string[] } }) {
  const t = useT();
  return (
    <section className="tp-card" aria-label={label}>
      <h3>{label}</h3>
      <p className="dossier__text">{words.text ? <OwnWords>{words.text}</OwnWords> : t("dossier.nothing")}</p>
      <p className="tp-small tp-soft">{t("dossier.stories", { count: words.entryIds.length })}</p>
    </section>
  );
}
