import { useState } from "react";
import { api, body } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, recently } from "~/i18n/dates";
import { asksFresh, useFresh } from "~/session/fresh";
import { Button, Dialog, Icon, QuietButton, useToast } from "~/ui";
import { Block } from "./parts";
import { type Person, problemText, useAccountLetter, useAct, useCards } from "./useAdmin";

/** How somebody comes in, where they are in now, and the ways to stop that. */
export function SignInBlock({ person }: { person: Person }) {
  const t = useT();
  const language = useLanguage();
  const { username, cardSince, hasPin, schoolAccount } = person.ways;
  return (
    <Block id="sign-in" title={t("admin.signIn")}>
      <ul className="admin__ways">
        {username && (
          <Way sign="me">
            {t("admin.way.account")} <b>{username}</b>
          </Way>
        )}
        {cardSince && <Way sign="tag">{t("admin.way.card", { day: dayInWords(cardSince, language) })}</Way>}
        {person.isPupil && <Way sign="lock">{t(hasPin ? "admin.way.pin" : "admin.way.noPin")}</Way>}
        {schoolAccount && <Way sign="school">{t("admin.way.school")}</Way>}
        {!username && !cardSince && !schoolAccount && <Way sign="info">{t("admin.way.none")}</Way>}
      </ul>
      <Sessions person={person} />
      <div className="tp-row">
        {person.isPupil && person.administered && <PrintCard person={person} />}
        {!person.isPupil && person.administered && !person.isSelf && <AccountLetter person={person} />}
        {person.isStaff && person.administered && !person.isSelf && <LostFactor person={person} />}
        {person.administered && !person.isSelf && <Closing person={person} />}
      </div>
    </Block>
  );
}

function Way({
  sign,
  children,
}: {
  sign: "me" | "tag" | "lock" | "info" | "school";
  children: React.ReactNode;
}) {
  return (
    <li className="tp-row tp-row--nowrap">
      <Icon name={sign} />
      <span>{children}</span>
    </li>
  );
}

function Sessions({ person }: { person: Person }) {
  const t = useT();
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  const end = useAct(
    (_: null, school_id) =>
      body(
        api.DELETE("/v1/schools/{school_id}/people/{person_id}/sessions", {
          params: { path: { school_id, person_id: person.id } },
        }),
      ),
    { undo: false },
  );
  const seen = person.lastSeenOn && t("admin.lastSeen", { day: recently(person.lastSeenOn, language) });
  return (
    <div>
      <h3>{t("admin.sessions", { count: person.sessions.length })}</h3>
      {person.sessions.length === 0 && seen && <p className="tp-small tp-soft">{seen}</p>}
      <ul className="tp-list">
        {person.sessions.map((session) => (
          <li key={session.id}>
            <div className="tp-grow">
              <p>{session.label || t("admin.device")}</p>
              <p className="tp-small tp-soft">
                {t(session.device === "own" ? "settings.sessionOwn" : "settings.sessionShared")} ·{" "}
                {t("admin.lastUsed", { day: recently(session.lastSeenOn, language) })}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {person.sessions.length > 0 && (
        <QuietButton icon="leave" onClick={() => setAsking(true)}>
          {t("admin.sessions.end")}
        </QuietButton>
      )}
      <Sure
        title={t("admin.sessions.sure", { name: person.name })}
        text={t("admin.sessions.text", { name: person.givenName })}
        yes={t("admin.sessions.yes", { name: person.givenName })}
        open={asking}
        act={end}
        onClose={() => setAsking(false)}
        onYes={() =>
          end.go(null, {
            words: t("admin.sessions.ended", { name: person.name }),
            after: () => setAsking(false),
          })
        }
      />
    </div>
  );
}

function Closing({ person }: { person: Person }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const isClosed = person.closedOn !== null;
  const turn = useAct(
    (_: null, school_id) => {
      const path = { params: { path: { school_id, person_id: person.id } } };
      return isClosed
        ? body(api.DELETE("/v1/schools/{school_id}/people/{person_id}/closure", path))
        : body(api.PUT("/v1/schools/{school_id}/people/{person_id}/closure", path));
    },
    { undo: false },
  );
  const which = isClosed ? "reopen" : "close";
  return (
    <>
      <QuietButton icon="lock" onClick={() => setAsking(true)}>
        {t(`admin.${which}`)}
      </QuietButton>
      <Sure
        title={t(`admin.${which}.sure`, { name: person.name })}
        text={t(`admin.${which}.text`, { name: person.givenName })}
        yes={t(`admin.${which}.yes`)}
        open={asking}
        act={turn}
        onClose={() => setAsking(false)}
        onYes={() =>
          turn.go(null, {
            words: t(`admin.${which}.done`, { name: person.name }),
            after: () => setAsking(false),
          })
        }
      />
    </>
  );
}

/** A colleague lost the telephone or the key: the next sign-in sets up a new second step. */
function LostFactor({ person }: { person: Person }) {
  const t = useT();
  const fresh = useFresh();
  const [asking, setAsking] = useState(false);
  const reset = useAct(
    async (_: null) => {
      await body(
        api.DELETE("/v1/people/{person_id}/factors", { params: { path: { person_id: person.id } } }),
      );
      return undefined;
    },
    { undo: false },
  );
  const go = () =>
    reset.go(null, {
      words: t("admin.factor.done", { name: person.name }),
      after: () => setAsking(false),
      refused: (error) => {
        if (!asksFresh(error)) return;
        setAsking(false);
        fresh(error, go);
      },
    });
  return (
    <>
      <QuietButton icon="lock" onClick={() => setAsking(true)}>
        {t("admin.factor")}
      </QuietButton>
      <Sure
        title={t("admin.factor.sure", { name: person.name })}
        text={t("admin.factor.text", { name: person.givenName })}
        yes={t("admin.factor.yes")}
        open={asking}
        act={reset}
        onClose={() => setAsking(false)}
        onYes={go}
      />
    </>
  );
}

function PrintCard({ person }: { person: Person }) {
  const t = useT();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const cards = useCards();
  const print = () =>
    cards.mutate(
      { pupilIds: [person.id], fileName: "kaart.pdf" },
      {
        onSuccess: () => {
          toast({ text: t("classSignIn.cards.made") });
          setAsking(false);
        },
      },
    );
  return (
    <>
      <Button look="secondary" icon="file" onClick={() => setAsking(true)}>
        {t("admin.card")}
      </Button>
      <Sure
        title={t("admin.card.sure", { name: person.name })}
        text={t(person.ways.hasPin ? "admin.card.withPin" : "admin.card.noPin", { name: person.givenName })}
        yes={t("admin.card.yes")}
        open={asking}
        act={{ busy: cards.isPending, error: cards.error }}
        onClose={() => setAsking(false)}
        onYes={print}
      />
    </>
  );
}

/** A code on paper: for an account where there is none, else for a new password. */
function AccountLetter({ person }: { person: Person }) {
  const t = useT();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const letter = useAccountLetter();
  const print = () =>
    letter.mutate(person.id, {
      onSuccess: () => {
        toast({ text: t("admin.letter.made") });
        setAsking(false);
      },
    });
  return (
    <>
      <Button look="secondary" icon="file" onClick={() => setAsking(true)}>
        {t("admin.letter")}
      </Button>
      <Sure
        title={t("admin.letter.sure", { name: person.name })}
        text={t(person.ways.username ? "admin.letter.again" : "admin.letter.new", { name: person.givenName })}
        yes={t("admin.letter.yes")}
        open={asking}
        act={{ busy: letter.isPending, error: letter.error }}
        onClose={() => setAsking(false)}
        onYes={print}
      />
    </>
  );
}

/** A question that names the person; both answers are buttons. */
export function Sure({
  title,
  text,
  yes,
  open,
  act,
  onClose,
  onYes,
}: {
  title: string;
  text: string;
  yes: string;
  open: boolean;
  act: { busy: boolean; error: unknown };
  onClose: () => void;
  onYes: () => void;
}) {
  const t = useT();
  return (
    <Dialog title={title} open={open} onClose={onClose}>
      <p>{text}</p>
      <p role="alert">{act.error ? (problemText(act.error) ?? t("ui.error.unknown")) : ""}</p>
      <Button wide busy={act.busy} onClick={onYes}>
        {yes}
      </Button>
      <Button look="secondary" wide onClick={onClose}>
        {t("ui.cancel")}
      </Button>
    </Dialog>
  );
}
