import { type FormEvent, useMemo, useRef, useState } from "react";
import { v7 as newId } from "uuid";
import type { Schema } from "~/api/client";
import { useT } from "~/i18n";
import { Button, FilterPills, Note, OwnWords, QuietButton, TextField } from "~/ui";
import { type Asked, saidByServer, useAsk } from "./useLinks";

type Language = NonNullable<Asked["language"]>;

/** By their own names: whoever is asked may read another language than the screen's. */
const LANGUAGES: Record<Language, string> = {
  nl: "Nederlands",
  en: "English",
  tr: "Türkçe",
  pl: "Polski",
  ar: "العربية",
  bg: "Български",
};
const DAYS = ["14", "30", "90"] as const;
const ADDRESS = /^[^\s@,<>]+@[^\s@,<>]+\.[^\s@,<>.]+$/u;

interface Props {
  entry: Schema<"EntryPage">;
  needsYes: boolean;
  onAsked: (to: string, going: boolean) => void;
  onCancel: () => void;
}

/** Whom, at which address, for how long; and in words what they get to see. */
export function AskForm({ entry, needsYes, onAsked, onCancel }: Props) {
  const t = useT();
  const ask = useAsk();
  // One id for one form: sent twice it is the same question.
  const id = useRef(newId());
  const [who, setWho] = useState("");
  const [to, setTo] = useState("");
  const [language, setLanguage] = useState<Language>("nl");
  const [days, setDays] = useState<(typeof DAYS)[number]>("30");
  const [shown, setShown] = useState<string[]>([]);
  const [logbook, setLogbook] = useState(false);
  const [wrong, setWrong] = useState<{ who?: boolean; to?: boolean }>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = { who: who.trim() === "", to: !ADDRESS.test(to.trim()) };
    setWrong(found);
    if (found.who || found.to || ask.isPending) return;
    const asked = {
      entryId: entry.id,
      who: who.trim(),
      to: to.trim(),
      language,
      days: Number(days),
      shownAnswers: shown,
      showsLogbook: logbook,
    };
    ask.mutate(
      { id: id.current, asked },
      {
        onSuccess: ({ going }) => onAsked(asked.to, going),
        onError: () => {
          // What was refused is asked anew under another id.
          id.current = newId();
        },
      },
    );
  };
  return (
    <form className="tp-stack" onSubmit={submit} noValidate>
      <TextField
        label={t("outsideOwn.form.who")}
        hint={t("outsideOwn.form.whoHint")}
        value={who}
        maxLength={80}
        autoComplete="off"
        dir="auto"
        error={wrong.who ? t("outsideOwn.form.whoMissing") : undefined}
        onChange={({ target }) => setWho(target.value)}
      />
      <TextField
        type="email"
        label={t("outsideOwn.form.to")}
        hint={t("outsideOwn.form.toHint")}
        value={to}
        maxLength={254}
        autoComplete="off"
        autoCapitalize="none"
        dir="ltr"
        error={wrong.to ? t("outsideOwn.form.toWrong") : undefined}
        onChange={({ target }) => setTo(target.value)}
      />
      <div className="tp-field">
        <FilterPills
          label={t("outsideOwn.form.language")}
          showLabel
          value={language}
          onChange={setLanguage}
          options={(Object.keys(LANGUAGES) as Language[]).map((value) => ({
            value,
            label: LANGUAGES[value],
          }))}
        />
      </div>
      <div className="tp-field">
        <FilterPills
          label={t("outsideOwn.form.days")}
          showLabel
          value={days}
          onChange={setDays}
          options={DAYS.map((value) => ({ value, label: t("outsideOwn.form.daysOf", { days: value }) }))}
        />
      </div>
      <AlsoShown entry={entry} shown={shown} onShown={setShown} logbook={logbook} onLogbook={setLogbook} />
      {needsYes && (
        <Note icon="together">
          <p>{t("outsideOwn.form.needsYes")}</p>
        </Note>
      )}
      <div role="alert">
        {ask.isError && (
          <Note tone="wait">
            <p>{saidByServer(ask.error) ?? t("outsideOwn.failed")}</p>
          </Note>
        )}
      </div>
      <div className="tp-row">
        <Button type="submit" busy={ask.isPending}>
          {t(needsYes ? "outsideOwn.form.askYes" : "outsideOwn.form.send")}
        </Button>
        <QuietButton onClick={onCancel}>{t("ui.cancel")}</QuietButton>
      </div>
    </form>
  );
}

interface AlsoProps {
  entry: Schema<"EntryPage">;
  shown: readonly string[];
  onShown: (ids: string[]) => void;
  logbook: boolean;
  onLogbook: (shown: boolean) => void;
}

/** What goes along always, and what only when the pupil says so. */
function AlsoShown({ entry, shown, onShown, logbook, onLogbook }: AlsoProps) {
  const t = useT();
  const answers = useMemo(
    () => entry.answers.filter((answer) => !answer.skipped && (answer.text || answer.attachmentId)),
    [entry.answers],
  );
  const days = entry.details.kind === "experience" ? (entry.details.logbook ?? []) : [];
  return (
    <div className="tp-stack">
      <div>
        <p className="tp-label">{t("outsideOwn.form.shows")}</p>
        <p className="tp-small">{t("outsideOwn.form.always")}</p>
      </div>
      {(answers.length > 0 || days.length > 0) && (
        <fieldset className="tp-field">
          <legend className="tp-label">{t("outsideOwn.form.also")}</legend>
          <ul className="outside-own__checks">
            {answers.map(({ questionId, question }) => (
              <li key={questionId}>
                <label>
                  <input
                    type="checkbox"
                    checked={shown.includes(questionId)}
                    onChange={({ target }) =>
                      onShown(
                        target.checked ? [...shown, questionId] : shown.filter((one) => one !== questionId),
                      )
                    }
                  />
                  <OwnWords>{question}</OwnWords>
                </label>
              </li>
            ))}
            {days.length > 0 && (
              <li>
                <label>
                  <input
                    type="checkbox"
                    checked={logbook}
                    onChange={({ target }) => onLogbook(target.checked)}
                  />
                  {t("outsideOwn.form.logbook")}
                </label>
              </li>
            )}
          </ul>
        </fieldset>
      )}
    </div>
  );
}
