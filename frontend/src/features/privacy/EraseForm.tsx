import { type FormEvent, useState } from "react";
import { ApiProblem } from "~/api/client";
import { newId } from "~/api/ids";
import { type MessageId, useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { useMe } from "~/session";
import { Button, Icon, LinkButton, Note, PasswordField, TextArea, useToast } from "~/ui";
import { type Kind, problemOf, useAskErasure } from "./usePrivacy";

type Staying = "school" | "consent" | "dossier" | "written" | "backup";

type StaysProps = {
  name: string;
  whole: boolean;
  /** Somebody who said something with a child. */
  wrote: boolean;
  pupil: boolean;
  /** What there is; without it all that may be. */
  held?: readonly Kind[];
};

/** What stays, each with why; the law stands beside it. */
export function Stays({ name, whole, wrote, pupil, held }: StaysProps) {
  const t = useT();
  const has = (kind: Kind) => pupil && (!held || held.includes(kind));
  const stays: readonly [Staying, boolean][] = [
    ["school", !whole],
    ["consent", has("consents")],
    ["dossier", has("dossier")],
    ["written", wrote],
    ["backup", true],
  ];
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="stays">
      <h2 id="stays">{t("privacy.erase.stays")}</h2>
      <ul className="tp-list privacy__kinds">
        {stays
          .filter(([, there]) => there)
          .map(([one]) => (
            <li key={one}>
              <div>
                <p>{t(`privacy.erase.stays.${one}`, { name })}</p>
                <p className="tp-small tp-soft">{t(`privacy.erase.stays.${one}.why`)}</p>
              </div>
            </li>
          ))}
        {pupil && (
          <li>
            <p>{t("privacy.erase.stays.elsewhere")}</p>
          </li>
        )}
      </ul>
    </section>
  );
}

type Props = {
  person: { id: string; name: string; givenName: string };
  firstDay: string;
  /** Where one goes when it was asked, or not. */
  back: string;
  /** On whose request: only a school says so. */
  onRequest?: boolean;
  onAsked: () => void;
};

/** Asks it, by who shows again who they are; the button names whose it is. */
export function EraseForm({ person, firstDay, back, onRequest = false, onAsked }: Props) {
  const t = useT();
  const me = useMe();
  const language = useLanguage();
  const toast = useToast();
  const [id] = useState(newId);
  const ask = useAskErasure(id);
  const [secret, setSecret] = useState("");
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const day = dayInWords(firstDay, language);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (ask.isPending || (onRequest && why.trim() === "") || (me.hasPassword && secret === "")) return;
    ask.mutate(
      { personId: person.id, secret, why: onRequest ? why : "" },
      {
        onSuccess: () => {
          toast({ text: t("privacy.erase.asked", { name: person.givenName, day }) });
          onAsked();
        },
        onError: () => {
          setSecret("");
          setTried(false);
        },
      },
    );
  };
  const wrong =
    ask.error instanceof ApiProblem && ask.error.errors.some(({ pointer }) => pointer === "/secret");
  const missing: MessageId | undefined =
    tried && onRequest && why.trim() === "" ? "privacy.erase.why.missing" : undefined;
  const empty = tried && me.hasPassword && secret === "" && !ask.isPending;
  return (
    <form className="tp-card tp-stack" onSubmit={send} noValidate>
      <p className="tp-row tp-row--nowrap">
        <Icon name="calendar" />
        <b>{t("privacy.erase.when", { day })}</b>
      </p>
      {onRequest && (
        <TextArea
          label={t("privacy.erase.why")}
          hint={t("privacy.erase.why.hint")}
          error={missing && t(missing)}
          maxLength={500}
          rows={2}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        />
      )}
      <PasswordField
        label={t("privacy.erase.secret")}
        hint={t(me.hasPassword ? "privacy.erase.secret.hint" : "privacy.erase.secret.school")}
        maxLength={200}
        value={secret}
        error={
          empty ? t("privacy.erase.secret.missing") : wrong ? t("privacy.erase.secret.wrong") : undefined
        }
        onChange={(event) => setSecret(event.target.value)}
      />
      <div role="alert">
        {problemOf(ask.error, t) && (
          <Note tone="wait">
            <p>{problemOf(ask.error, t)}</p>
          </Note>
        )}
      </div>
      <Button type="submit" icon="trash" wide busy={ask.isPending}>
        {t("privacy.erase.send", { name: person.givenName })}
      </Button>
      <LinkButton to={back} look="secondary" wide>
        {t("privacy.erase.cancel")}
      </LinkButton>
    </form>
  );
}
