import { type FormEvent, useState } from "react";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { Button, ChoiceGrid, Note, PasswordField, QuietButton, TextArea, useToast } from "~/ui";
import { RecordView } from "./RecordView";
import { type Talk, useAgree } from "./useTalks";

interface Props {
  talk: Talk;
  /** On the screen of staff: the pupil shows with the own code who says this. */
  beside?: boolean;
  onDone?: () => void;
  onBack?: () => void;
  /** The record changed meanwhile: it is read anew. */
  onChanged: () => void;
}

/** "Klopt dit?": the pupil says akkoord on what stands here, with an own sentence beside it if wanted. */
export function Agree({ talk, beside = false, onDone, onBack, onChanged }: Props) {
  const t = useT();
  const toast = useToast();
  const agree = useAgree(talk.id);
  const [words, setWords] = useState("");
  const [adding, setAdding] = useState(false);
  const [ring, setRing] = useState<"1" | "2">("2");
  const [secret, setSecret] = useState("");
  const [missing, setMissing] = useState(false);
  const [changed, setChanged] = useState(false);
  const version = talk.record?.version ?? 0;
  const problem = agree.error instanceof ApiProblem ? agree.error : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(beside && secret === "");
    if (agree.isPending || (beside && secret === "")) return;
    const said = { words: words.trim(), ring: Number(ring) as 1 | 2, version };
    agree.mutate(beside ? { ...said, secret } : said, {
      onSuccess: () => {
        toast({
          text: t(beside ? "talks.agree.doneBeside" : "talks.agree.done", { name: talk.pupil.givenName }),
        });
        onDone?.();
      },
      onError: (error) => {
        setSecret("");
        if (error instanceof ApiProblem && error.status === 412) {
          setChanged(true);
          onChanged();
        }
      },
    });
  };
  return (
    <form className="tp-stack talk__agree" onSubmit={submit} noValidate autoComplete="off">
      {beside && (
        <>
          <p className="tp-lead">{t("talks.agree.yourTurn", { name: talk.pupil.givenName })}</p>
          <RecordView talk={{ ...talk, viewer: "self", agreement: null }} />
        </>
      )}
      {changed && (
        <Note tone="wait" icon="turn-around">
          <p>{t("talks.agree.changed")}</p>
        </Note>
      )}
      {adding ? (
        <TextArea
          label={t("talks.agree.words")}
          hint={t("talks.agree.wordsHint")}
          value={words}
          maxLength={500}
          rows={3}
          onChange={({ target }) => setWords(target.value)}
        />
      ) : (
        <div>
          <QuietButton icon="plus" onClick={() => setAdding(true)}>
            {t("talks.agree.add")}
          </QuietButton>
        </div>
      )}
      {!talk.young && talk.homeOpen && (
        <ChoiceGrid
          label={t("talks.agree.reach")}
          options={[
            { value: "2", label: t("talks.agree.reach.home") },
            { value: "1", label: t("talks.agree.reach.school") },
          ]}
          value={ring}
          onChange={setRing}
        />
      )}
      {talk.young && talk.homeOpen && <p className="tp-small tp-soft">{t("talks.agree.young")}</p>}
      {beside && (
        <PasswordField
          label={t("talks.agree.code")}
          hint={t("talks.agree.codeHint", { name: talk.heldWith.name })}
          value={secret}
          autoComplete="off"
          name="akkoord-code"
          onChange={({ target }) => setSecret(target.value)}
          error={missing ? t("talks.agree.needsCode") : problem?.at("/secret")}
        />
      )}
      {agree.isError && problem?.status !== 412 && !problem?.errors.length && (
        <Note tone="wait">
          <p>{problem?.message ?? t("ui.error.offline")}</p>
        </Note>
      )}
      <div className="tp-row">
        <Button type="submit" icon="check" busy={agree.isPending}>
          {t("talks.agree.go")}
        </Button>
        {onBack && <QuietButton onClick={onBack}>{t("talks.agree.notYet")}</QuietButton>}
      </div>
    </form>
  );
}
