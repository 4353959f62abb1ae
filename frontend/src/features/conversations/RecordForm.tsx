import { useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { keepWords, readKeptWords } from "~/offline";
import { useMe } from "~/session";
import { Button, Dialog, Loading, Note, TextArea } from "~/ui";
import { Agree } from "./Agree";
import { Conflict } from "./Conflict";
import { LastWord } from "./RecordView";
import { Saved } from "./Saved";
import { StepsEditor } from "./StepsEditor";
import { useSaving } from "./useSaving";
import { keepRecord, type RecordContent, readTalk, type Talk, useFreshTalk } from "./useTalks";

/** What was said, in both voices, and the next steps; and then the pupil's akkoord on the same screen. */
export function RecordForm({ talk }: { talk: Talk }) {
  const t = useT();
  const me = useMe();
  const language = useLanguage();
  const fresh = useFreshTalk(talk.id);
  const what = `record ${talk.id}`;
  const [kept] = useState(() => readKeptWords<RecordContent>(me.id, what));
  const saving = useSaving<RecordContent>({
    content: contentOf(talk),
    version: talk.record?.version ?? 0,
    // A step without words is not one yet.
    send: (content, version) =>
      keepRecord(
        talk.id,
        { ...content, steps: content.steps.filter(({ text }) => text.trim() !== "") },
        version,
      ),
    kept,
    keep: (words) => keepWords(me.id, what, words),
  });
  const { content, change } = saving;
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<Talk>();
  const name = talk.pupil.givenName;
  const said = content.pupilVoice.trim() + content.staffVoice.trim() !== "" || content.steps.length > 0;
  const ask = async () => {
    setShown(undefined);
    if (!(await saving.flush())) return;
    setAsking(true);
    setShown(await readTalk(talk.id));
  };
  return (
    <section className="tp-sheet tp-stack talk__form" aria-labelledby="record">
      <div className="talk__formHead">
        <h2 id="record">{t("talks.record.ask")}</h2>
        <Saved saving={saving.saving} at={saving.savedAt} />
      </div>
      <div className="talk__recordColumns">
        <div className="tp-stack">
          <TextArea
            label={t("talks.voice.pupil", { name })}
            hint={t("talks.voice.pupilHint", { name })}
            value={content.pupilVoice}
            maxLength={4000}
            rows={4}
            onChange={({ target }) => change({ pupilVoice: target.value })}
            onBlur={() => void saving.flush()}
          />
          <TextArea
            label={t("talks.voice.staff", { name: talk.heldWith.name })}
            hint={t("talks.voice.staffHint", { name })}
            value={content.staffVoice}
            maxLength={4000}
            rows={4}
            onChange={({ target }) => change({ staffVoice: target.value })}
            onBlur={() => void saving.flush()}
          />
        </div>
        <section className="tp-stack" aria-labelledby="next-steps">
          <h3 id="next-steps" className="talk__h2">
            {t("talks.steps")}
          </h3>
          <StepsEditor talk={talk} steps={content.steps} onChange={(steps) => change({ steps })} />
        </section>
      </div>
      {saving.saving === "refused" && saving.problem && (
        <Note tone="wait">
          <p>{saving.problem.errors[0]?.detail ?? saving.problem.message}</p>
        </Note>
      )}
      {talk.agreement && talk.record && saving.version() === talk.record.version && <LastWord talk={talk} />}
      {said && (
        <div className="tp-card tp-card--sea talk__close">
          <p>
            <b>{t("talks.close.title")}</b>{" "}
            {talk.state === "agreed" && saving.version() === talk.record?.version
              ? t("talks.close.done", { name })
              : t("talks.close.text", { name })}
          </p>
          {!(talk.state === "agreed" && saving.version() === talk.record?.version) && (
            <Button onClick={ask} busy={saving.saving === "saving"}>
              {t("talks.close.go", { name })}
            </Button>
          )}
        </div>
      )}
      <Dialog title={t("talks.agree.title")} open={asking} onClose={() => setAsking(false)}>
        {shown ? (
          <Agree
            key={shown.record?.version}
            talk={shown}
            beside
            onDone={() => setAsking(false)}
            onBack={() => setAsking(false)}
            onChanged={() => {
              void readTalk(talk.id).then(setShown);
              void fresh();
            }}
          />
        ) : (
          <Loading cards={1} />
        )}
      </Dialog>
      <Conflict
        open={saving.saving === "conflict"}
        mine={content}
        read={async () => {
          const there = await readTalk(talk.id);
          const writer = there.record?.writtenBy;
          return {
            content: contentOf(there),
            version: there.record?.version ?? 0,
            by: writer && writer.id !== me.id ? writer.name : null,
          };
        }}
        fields={[
          { name: "pupilVoice", label: t("talks.voice.pupil", { name }) },
          { name: "staffVoice", label: t("talks.voice.staff", { name: talk.heldWith.name }) },
        ]}
        rest={(mine, there) => ({
          ...mine,
          steps: [
            ...there.steps,
            ...mine.steps.filter((step) => !there.steps.some(({ id }) => id === step.id)),
          ].slice(0, 10),
        })}
        more={({ steps }) =>
          steps.map(({ text, dueOn }) =>
            dueOn ? `${text} · ${t("talks.before", { day: dayInWords(dueOn, language) })}` : text,
          )
        }
        onGo={saving.goOn}
      />
    </section>
  );
}

function contentOf({ record }: Talk): RecordContent {
  return {
    pupilVoice: record?.pupilVoice ?? "",
    staffVoice: record?.staffVoice ?? "",
    steps:
      record?.steps.map(({ id, text, who, staff, dueOn, remindOn }) => ({
        id,
        text,
        who,
        staffId: staff?.id ?? null,
        dueOn,
        remindOn,
      })) ?? [],
  };
}
