import { useState } from "react";
import type { About } from "~/api/problem";
import { ApiProblem } from "~/api/problem";
import { useT } from "~/i18n";
import { Avatar, Button, ChoiceGrid, QuietLink, TextArea } from "~/ui";
import { useSayWhy, WHYS, type Why } from "./useSayWhy";

type Props = {
  about: About;
  /** Opens what was asked for. */
  onSaid: () => void;
};

const MAX_NOTE = 200;

/** Outside the own classes: say why first. The pupil reads it with who looked. */
export default function SayWhy({ about, onSaid }: Props) {
  const t = useT();
  const say = useSayWhy(about.id);
  const [why, setWhy] = useState<Why>();
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState<"why" | "note">();

  const send = () => {
    if (!why) return setMissing("why");
    if (why === "other" && note.trim().length < 5) return setMissing("note");
    setMissing(undefined);
    say.mutate({ why, note }, { onSuccess: onSaid });
  };

  const refused = say.error instanceof ApiProblem ? say.error.message : say.error && t("reasons.failed");
  return (
    <form
      className="tp-page tp-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <header className="tp-stack">
        <p>
          <QuietLink to="/zoek" icon="back">
            {t("reasons.back")}
          </QuietLink>
        </p>
        <div className="tp-row tp-row--nowrap">
          <Avatar id={about.id} name={about.name} large />
          <div className="tp-grow">
            <h1 tabIndex={-1}>{t("reasons.title", { name: about.givenName })}</h1>
            <p className="tp-soft">{about.name}</p>
          </div>
        </div>
        <p>{t("reasons.intro", { name: about.givenName })}</p>
      </header>
      <section className="tp-card tp-stack">
        <ChoiceGrid
          label={t("reasons.choose")}
          list
          options={WHYS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
          value={why}
          onChange={setWhy}
        />
        <TextArea
          label={t(why === "other" ? "reasons.note" : "reasons.noteMore")}
          hint={t("reasons.noteHint", { name: about.givenName })}
          error={missing === "note" ? t("reasons.noteMissing") : undefined}
          value={note}
          maxLength={MAX_NOTE}
          rows={2}
          onChange={(event) => setNote(event.target.value)}
        />
        {missing === "why" && <p role="alert">{t("reasons.whyMissing")}</p>}
        {refused && <p role="alert">{refused}</p>}
        <Button type="submit" busy={say.isPending}>
          {t("reasons.open")}
        </Button>
        <p className="tp-small tp-soft">{t("reasons.holds")}</p>
      </section>
    </form>
  );
}
