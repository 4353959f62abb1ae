import { type FormEvent, useState } from "react";
import { useT } from "~/i18n";
import { Button, ChoiceGrid, Field, Note, OwnWords, QuietButton, TextArea, useToast } from "~/ui";
import { type HandIn, problemOf, useNameReader, useNote } from "./useDossier";

/** The dean asks a colleague to read along, and reads what the colleague found. */
export function ReaderPanel({ handIn }: { handIn: HandIn }) {
  const t = useT();
  const toast = useToast();
  const name = useNameReader(handIn);
  const [chosen, setChosen] = useState("");
  const { reader, colleagues } = handIn;
  const problem = problemOf(name.error);
  if (colleagues.length === 0 && !reader) return null;
  const choose = (id: string | null, text: string) => {
    if (!name.isPending) name.mutate(id, { onSuccess: () => toast({ text }) });
  };
  return (
    <section className="tp-card tp-stack" aria-labelledby="reader">
      <h2 id="reader" className="dossier__panel">
        {t("dossier.reader")}
      </h2>
      {reader ? (
        <>
          <p>
            {reader.agrees === null
              ? t("dossier.reader.waits", { name: reader.person.name })
              : t(reader.agrees ? "dossier.reader.agrees" : "dossier.reader.remarks", {
                  name: reader.person.name,
                })}
          </p>
          {reader.remark && (
            <p className="tp-quote">
              <OwnWords>{reader.remark}</OwnWords>
            </p>
          )}
          <QuietButton onClick={() => choose(null, t("dossier.reader.removed"))}>
            {t("dossier.reader.remove")}
          </QuietButton>
        </>
      ) : (
        <>
          <p className="tp-small tp-soft">{t("dossier.reader.text")}</p>
          <Field label={t("dossier.reader.who")} error={problem?.at("/personId")}>
            {(control) => (
              <select
                className="utrecht-textbox utrecht-textbox--html-input"
                value={chosen}
                onChange={({ target }) => setChosen(target.value)}
                {...control}
              >
                <option value="">{t("dossier.reader.choose")}</option>
                {colleagues.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {chosen && (
            <Button
              look="secondary"
              busy={name.isPending}
              onClick={() => {
                const person = colleagues.find(({ id }) => id === chosen);
                choose(chosen, t("dossier.reader.named", { name: person?.name ?? "" }));
              }}
            >
              {t("dossier.reader.name")}
            </Button>
          )}
        </>
      )}
      <div role="alert">
        {name.isError && !problem?.errors.length && (
          <Note tone="wait">
            <p>
              {problem?.status === 412
                ? t("dossier.close.meanwhile")
                : (problem?.message ?? t("dossier.failed"))}
            </p>
          </Note>
        )}
      </div>
    </section>
  );
}

/** What the second reader found; the pupil does not read it. */
export function NotePanel({ handIn }: { handIn: HandIn }) {
  const t = useT();
  const toast = useToast();
  const note = useNote(handIn);
  const said = handIn.reader;
  const [answer, setAnswer] = useState<"agree" | "remark" | undefined>(
    said?.agrees === null || said?.agrees === undefined ? undefined : said.agrees ? "agree" : "remark",
  );
  const [remark, setRemark] = useState(said?.remark ?? "");
  const [empty, setEmpty] = useState(false);
  const problem = problemOf(note.error);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const missing = answer === "remark" && remark.trim() === "";
    setEmpty(missing);
    if (missing || !answer) return;
    try {
      await note.mutateAsync({ agrees: answer === "agree", remark: remark.trim() });
    } catch {
      return;
    }
    toast({ text: t("dossier.note.sent") });
  };
  return (
    <form className="tp-sheet tp-stack" onSubmit={submit} noValidate aria-labelledby="note">
      <div>
        <h2 id="note" className="dossier__panel">
          {t("dossier.note.title")}
        </h2>
        <p className="tp-small tp-soft">{t("dossier.note.text")}</p>
      </div>
      <ChoiceGrid
        label={t("dossier.note.choose")}
        list
        value={answer}
        onChange={setAnswer}
        options={[
          { value: "agree", label: t("dossier.note.agree") },
          { value: "remark", label: t("dossier.note.remark") },
        ]}
      />
      {answer && (
        <TextArea
          label={t("dossier.note.words")}
          rows={3}
          maxLength={2_000}
          value={remark}
          onChange={({ target }) => setRemark(target.value)}
          error={empty ? t("dossier.note.missing") : problem?.at("/remark")}
        />
      )}
      <div role="alert">
        {note.isError && !problem?.errors.length && (
          <Note tone="wait">
            <p>
              {problem?.status === 412
                ? t("dossier.close.meanwhile")
                : (problem?.message ?? t("dossier.failed"))}
            </p>
          </Note>
        )}
      </div>
      {answer && (
        <Button type="submit" wide busy={note.isPending}>
          {t("dossier.note.go")}
        </Button>
      )}
    </form>
  );
}
