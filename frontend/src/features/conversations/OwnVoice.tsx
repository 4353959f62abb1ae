import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { Button, Note, QuietButton, TextArea, useToast } from "~/ui";
import { keepRecord, type Talk, useFreshTalk } from "./useTalks";

/** On an own device, before the akkoord: the pupil puts the own words right. Those of staff stay. */
export function OwnVoice({ talk, record }: { talk: Talk; record: NonNullable<Talk["record"]> }) {
  const t = useT();
  const toast = useToast();
  const fresh = useFreshTalk(talk.id);
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState(record.pupilVoice);
  const save = useMutation({
    mutationFn: () =>
      keepRecord(
        talk.id,
        {
          pupilVoice: words,
          staffVoice: record.staffVoice,
          steps: record.steps.map(({ id, text, who, staff, dueOn, remindOn }) => ({
            id,
            text,
            who,
            staffId: staff?.id ?? null,
            dueOn,
            remindOn,
          })),
        },
        record.version,
      ),
    onSuccess: () => {
      setOpen(false);
      toast({ text: t("talks.voice.kept") });
    },
    // Changed meanwhile: what stands there now is read, and the own words stay in the field.
    onSettled: fresh,
  });
  if (!open)
    return (
      <div>
        <QuietButton icon="pencil" onClick={() => setOpen(true)}>
          {t("talks.voice.change")}
        </QuietButton>
      </div>
    );
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  return (
    <form
      className="tp-stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate();
      }}
    >
      <TextArea
        label={t("talks.voice.you")}
        value={words}
        maxLength={4000}
        rows={4}
        onChange={({ target }) => setWords(target.value)}
      />
      {save.isError && (
        <Note tone="wait">
          <p>
            {problem?.status === 412 ? t("talks.voice.changed") : (problem?.message ?? t("ui.error.offline"))}
          </p>
        </Note>
      )}
      <div className="tp-row">
        <Button type="submit" look="secondary" busy={save.isPending}>
          {t("talks.plan.keep")}
        </Button>
        <QuietButton onClick={() => setOpen(false)}>{t("ui.cancel")}</QuietButton>
      </div>
    </form>
  );
}
