import { type FormEvent, useId, useState } from "react";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { Button, Note, Said, TextArea, TextField } from "~/ui";
import { type Draft, draftOf, keepDraft, sentOf } from "./draft";
import { inWords, needsCode, type Page, useSay } from "./useOutside";
import { WordPicks } from "./WordPicks";

const QUESTIONS = ["good", "grew", "tip"] as const;
const MAX_LENGTH = 2000;

interface Props {
  page: Page;
  held: string;
  onOver: () => void;
  onRead: () => Promise<Page | undefined>;
  onSent: () => void;
}

/** Three questions and some words. What is written stays in this browser until it is sent. */
export function AnswerForm({ page, held, onOver, onRead, onSent }: Props) {
  const t = useT();
  const id = useId();
  const say = useSay();
  const [draft, setDraft] = useState(() => draftOf(held, page));
  const [missing, setMissing] = useState<"by" | "all">();
  const [there, setThere] = useState<NonNullable<Page["answer"]>>();
  const name = page.givenName;
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    setMissing(undefined);
    keepDraft(held, next);
  };
  const send = (version: number | null) =>
    say.mutate(
      { answer: draft, version },
      {
        onSuccess: () => {
          keepDraft(held, null);
          onSent();
        },
        onError: async (error) => {
          if (needsCode(error)) return onOver();
          if (!(error instanceof ApiProblem && error.status === 412)) return;
          const now = await onRead();
          if (now?.answer) setThere(now.answer);
          else onOver();
        },
      },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (say.isPending) return;
    const said = QUESTIONS.some((part) => draft[part].trim()) || draft.words.length > 0;
    if (!said) return setMissing("all");
    if (!draft.saidBy.trim()) return setMissing("by");
    send(page.answer?.version ?? null);
  };
  if (there) {
    return (
      <Both
        there={sentOf(there)}
        here={draft}
        onTake={() => {
          keepDraft(held, null);
          onSent();
        }}
        onSend={() => send(there.version)}
        busy={say.isPending}
      />
    );
  }
  const other412 = say.error instanceof ApiProblem && say.error.status === 412;
  return (
    <form className="tp-card tp-stack" onSubmit={submit} noValidate aria-labelledby={id}>
      <h2 id={id}>{t("outside.form.title")}</h2>
      {QUESTIONS.map((part) => (
        <TextArea
          key={part}
          label={t(`outside.${part}`, { name })}
          value={draft[part]}
          maxLength={MAX_LENGTH}
          rows={3}
          dir="auto"
          onChange={({ target }) => change({ [part]: target.value })}
        />
      ))}
      <WordPicks value={draft.words} onChange={(words) => change({ words })} />
      <TextField
        label={t("outside.by")}
        hint={t("outside.by.hint")}
        value={draft.saidBy}
        maxLength={80}
        autoComplete="name"
        dir="auto"
        error={missing === "by" ? t("outside.by.missing") : undefined}
        onChange={({ target }) => change({ saidBy: target.value })}
      />
      <div role="alert">
        {(missing === "all" || (say.isError && !other412)) && (
          <Note tone="wait">
            <p>{t(missing === "all" ? "outside.form.empty" : inWords(say.error))}</p>
          </Note>
        )}
      </div>
      <Button type="submit" wide iconAfter="forward" busy={say.isPending}>
        {page.answer ? t("outside.form.change") : t("outside.form.send", { name })}
      </Button>
      <p className="tp-small tp-soft">{t("outside.form.kept")}</p>
    </form>
  );
}

interface BothProps {
  there: Draft;
  here: Draft;
  onTake: () => void;
  onSend: () => void;
  busy: boolean;
}

/** Something was sent from another window meanwhile: both stand side by side, and one of them stays. */
function Both({ there, here, onTake, onSend, busy }: BothProps) {
  const t = useT();
  return (
    <section className="tp-card tp-stack" aria-labelledby="both">
      <h2 id="both">{t("outside.other.title")}</h2>
      <div className="outside__both">
        <Version title={t("outside.other.there")} said={there} />
        <Version title={t("outside.other.here")} said={here} />
      </div>
      <div className="tp-row">
        <Button look="secondary" onClick={onTake}>
          {t("outside.other.take")}
        </Button>
        <Button look="secondary" busy={busy} onClick={onSend}>
          {t("outside.other.send")}
        </Button>
      </div>
    </section>
  );
}

function Version({ title, said }: { title: string; said: Draft }) {
  return (
    <div className="tp-stack">
      <h3>{title}</h3>
      {QUESTIONS.filter((part) => said[part]).map((part) => (
        <Said key={part}>{said[part]}</Said>
      ))}
      {said.words.length > 0 && <p lang="nl">{said.words.join(", ")}</p>}
    </div>
  );
}
