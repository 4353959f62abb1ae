import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { v7 as newId } from "uuid";
import { useT } from "~/i18n";
import { Button, KINDS, Note, OwnWords, QuietButton, TextArea, useToast } from "~/ui";
import {
  type Band,
  type Competency,
  type Content,
  type OwnQuestion,
  problemOf,
  useKeep,
} from "./useQuestions";

const MAX = 200;

type Props = {
  schoolId: string;
  competency: Competency;
  /** The age that is looked at: a new question is for it. */
  band?: Band;
  bands: readonly Band[];
  /** The question that is changed, as it is now. */
  before?: OwnQuestion;
  onClose: () => void;
};

/** Adding a question, or making the next version of one. */
export function QuestionForm({ schoolId, competency, band, bands, before, onClose }: Props) {
  const t = useT();
  const toast = useToast();
  const keep = useKeep(schoolId);
  const [id] = useState(() => before?.id ?? newId());
  const [start] = useState(before);
  const [content, setContent] = useState<Content>(() =>
    before
      ? { bands: before.bands, competency, kinds: before.kinds, text: before.text }
      : { bands: band ? [band] : [...bands], competency, kinds: [], text: "" },
  );
  const [empty, setEmpty] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<Content>) => setContent({ ...content, ...part });
  const problem = problemOf(keep.error);
  // Somebody else was first: their words are shown, and what is kept now goes over theirs.
  const theirs = before && start && before.version !== start.version ? before : undefined;

  useEffect(() => form.current?.querySelector("textarea")?.focus(), []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setEmpty(content.text.trim() === "");
    if (content.text.trim() === "") return form.current?.querySelector("textarea")?.focus();
    try {
      await keep.mutateAsync({ id, content, version: before?.version ?? null });
    } catch {
      return;
    }
    toast({ text: t(before ? "questions.isChanged" : "questions.isAdded", { text: content.text.trim() }) });
    onClose();
  };

  return (
    <form ref={form} className="tp-card questions__card" onSubmit={submit} noValidate>
      <TextArea
        label={t("questions.text")}
        hint={t("questions.textHint")}
        rows={3}
        value={content.text}
        maxLength={MAX}
        onChange={(event) => change({ text: event.target.value })}
        error={
          (empty ? t("questions.textMissing") : undefined) ??
          problem?.at("/text") ??
          (content.text.length >= MAX ? t("questions.full", { max: MAX }) : undefined)
        }
      />
      {bands.length > 1 && (
        <Picks
          label={t("questions.forWhom")}
          options={bands.map((value) => ({ value, label: t(`questions.band.${value}`) }))}
          value={content.bands}
          onChange={(chosen) => change({ bands: chosen })}
          error={problem?.at("/bands")}
        />
      )}
      <Picks
        label={t("questions.when")}
        hint={t("questions.whenHint")}
        options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={content.kinds}
        onChange={(chosen) => change({ kinds: chosen })}
      />
      {before && !theirs && <p className="tp-small tp-soft">{t("questions.nextVersion")}</p>}
      <div role="alert">
        {theirs && (
          <Note tone="wait">
            <p>{t("questions.meanwhile", { by: theirs.by })}</p>
            <p>
              <OwnWords>{theirs.text}</OwnWords>
            </p>
          </Note>
        )}
        {keep.isError && problem?.status !== 412 && !problem?.errors.length && (
          <Note tone="wait">
            <p>{problem?.message ?? t("questions.failed")}</p>
          </Note>
        )}
      </div>
      <div className="tp-row">
        <Button type="submit" busy={keep.isPending}>
          {t(theirs ? "questions.keepMine" : "questions.keep")}
        </Button>
        <QuietButton onClick={onClose}>{t(theirs ? "questions.keepTheirs" : "questions.cancel")}</QuietButton>
      </div>
    </form>
  );
}

type PicksProps<T extends string> = {
  label: string;
  hint?: string;
  error?: string;
  options: readonly { value: T; label: string }[];
  value: readonly T[];
  onChange: (value: T[]) => void;
};

/** Some of a few. */
function Picks<T extends string>({ label, hint, error, options, value, onChange }: PicksProps<T>) {
  const id = useId();
  return (
    <fieldset className="tp-field" aria-describedby={hint || error ? id : undefined}>
      <legend className="tp-label">{label}</legend>
      {(hint || error) && (
        <p id={id} className={error ? "tp-field__error" : "tp-field__hint"}>
          {error ?? hint}
        </p>
      )}
      <div className="tp-picks">
        {options.map((option) => (
          <label key={option.value} className="tp-pick">
            <input
              type="checkbox"
              checked={value.includes(option.value)}
              onChange={({ target }) =>
                onChange(
                  target.checked ? [...value, option.value] : value.filter((one) => one !== option.value),
                )
              }
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
