import { type FormEvent, useState } from "react";
import { ApiProblem } from "~/api/client";
import { newId } from "~/api/ids";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { Button, ChoiceGrid, Dialog, Note, OwnWords, QuietButton, TextArea, useToast } from "~/ui";
import { groupName } from "~/ui/groupName";
import {
  type About,
  type CorrectionOf,
  type Data,
  problemOf,
  useAskCorrection,
  useWithdraw,
} from "./usePrivacy";

const ABOUT: readonly About[] = ["name", "birth_date", "group", "placement", "guardian", "other"];

/** What the school keeps, asking to put it right, and what came of that. */
export function Facts({ data }: { data: Data }) {
  const t = useT();
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  const facts = [
    [t("privacy.facts.name"), data.person.name],
    data.birthDate && [t("privacy.facts.born"), dayInWords(data.birthDate, language)],
    data.group && [t("privacy.facts.group"), groupName(data.group, t)],
  ].filter((fact) => Array.isArray(fact));
  return (
    <section className="tp-card tp-stack" aria-labelledby="facts">
      <div>
        <h2 id="facts">{t("privacy.facts")}</h2>
        <p className="tp-small tp-soft">
          {data.school ? t("privacy.facts.from", { school: data.school.name }) : t("privacy.facts.none")}
        </p>
      </div>
      <dl className="privacy__facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {data.corrections.length > 0 && (
        <div className="tp-stack">
          <h3>{t("privacy.asked")}</h3>
          <ul className="tp-list privacy__kinds">
            {data.corrections.map((correction) => (
              <Asked key={correction.id} correction={correction} />
            ))}
          </ul>
        </div>
      )}
      {data.school && (
        <div>
          <Button look="secondary" icon="pencil" onClick={() => setAsking(true)}>
            {t("privacy.correct.ask")}
          </Button>
        </div>
      )}
      <p className="tp-small tp-soft">{t("privacy.correct.own")}</p>
      <Dialog title={t("privacy.correct")} open={asking} onClose={() => setAsking(false)}>
        <AskForm data={data} onDone={() => setAsking(false)} />
      </Dialog>
    </section>
  );
}

function AskForm({ data, onDone }: { data: Data; onDone: () => void }) {
  const t = useT();
  const toast = useToast();
  const [id] = useState(newId);
  const ask = useAskCorrection(id);
  const [about, setAbout] = useState<About>();
  const [said, setSaid] = useState("");
  const [tried, setTried] = useState(false);
  const missing = tried && said.trim() === "" ? t("privacy.correct.said.missing") : undefined;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!about || said.trim() === "" || ask.isPending) return;
    ask.mutate(
      { personId: data.person.id, about, said },
      {
        onSuccess: () => {
          toast({ text: t("privacy.correct.sent") });
          onDone();
        },
      },
    );
  };
  const field = ask.error instanceof ApiProblem ? ask.error.at("/said") : undefined;
  return (
    <form className="tp-stack" onSubmit={send} noValidate>
      <ChoiceGrid
        label={t("privacy.correct.about")}
        list
        options={ABOUT.filter((one) => data.isPupil || one === "name" || one === "other").map((one) => ({
          value: one,
          label: t(`privacy.about.${one}`),
        }))}
        value={about}
        onChange={setAbout}
      />
      <TextArea
        label={t("privacy.correct.said")}
        hint={t("privacy.correct.said.hint")}
        error={missing ?? field}
        maxLength={500}
        rows={3}
        dir="auto"
        value={said}
        onChange={(event) => setSaid(event.target.value)}
      />
      <div role="alert">
        {(problemOf(ask.error, t) || (tried && !about)) && (
          <Note tone="wait">
            <p>{problemOf(ask.error, t) ?? t("privacy.correct.about")}</p>
          </Note>
        )}
      </div>
      <Button type="submit" wide busy={ask.isPending}>
        {t("privacy.correct.send")}
      </Button>
    </form>
  );
}

function Asked({ correction }: { correction: CorrectionOf }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const withdraw = useWithdraw();
  const about = t(`privacy.about.${correction.about}`);
  const day = correction.answeredAt ? dayInWords(dayOf(correction.answeredAt), language) : "";
  return (
    <li>
      <div className="tp-grow">
        <p>
          <b>{about}</b>
        </p>
        <p>
          <OwnWords>{correction.said}</OwnWords>
        </p>
        <p className="tp-small tp-soft">
          {correction.state === "asked"
            ? t("privacy.asked.waits", { day: dayInWords(correction.answerBy, language) })
            : t(`privacy.asked.${correction.state}`, { day })}
        </p>
        {correction.answer && (
          <p className="privacy__quote">
            <OwnWords>{correction.answer}</OwnWords>
          </p>
        )}
      </div>
      {correction.state === "asked" && correction.mine && (
        <QuietButton
          aria-label={t("privacy.asked.withdrawOf", { about })}
          busy={withdraw.isPending}
          onClick={() =>
            withdraw.mutate(correction.id, {
              onSuccess: () => toast({ text: t("privacy.asked.withdrawn") }),
              onError: (error) => toast({ text: problemOf(error, t) ?? t("privacy.failed") }),
            })
          }
        >
          {t("privacy.asked.withdraw")}
        </QuietButton>
      )}
    </li>
  );
}
