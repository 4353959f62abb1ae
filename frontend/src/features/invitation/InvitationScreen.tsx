import { useEffect, useState } from "react";
import { Redirect, useLocation } from "wouter";
import { chosenLanguage, useT } from "~/i18n";
import { type Me, useChangeMe, useSession, useSignOut } from "~/session";
import { Button, LinkButton, Loading, Note } from "~/ui";
import { AddChild } from "./AddChild";
import { CodeStep } from "./CodeStep";
import { useCode } from "./code";
import { LanguageStep } from "./LanguageStep";
import { NewAccount } from "./NewAccount";
import { NewPassword } from "./NewPassword";
import { Page } from "./Page";
import { type Kind, problemInWords, useCodeLook } from "./useInvitation";

/** Where the QR code of a letter lands: the language, the code, an account, and then it is the school's turn. */
export default function InvitationScreen() {
  const t = useT();
  const { data: me } = useSession();
  const [code, setCode] = useCode();
  const [asked, setAsked] = useState(false);
  const [done, setDone] = useState<Kind | null>(null);
  const look = useCodeLook();
  const change = useChangeMe();
  const { mutate } = look;
  const goOn = asked || me != null;
  const scanned = useState(code)[0];
  useEffect(() => {
    if (goOn && scanned !== "") mutate(scanned);
  }, [goOn, scanned, mutate]);

  // The language that was chosen at the start goes with a parent's account, also with one that was there.
  const finish = (kind: Kind) => {
    const locale = chosenLanguage();
    if (locale && kind === "guardian") change.mutate({ locale });
    setCode(null);
    setDone(kind);
  };
  if (done === "guardian") return <Waiting />;
  if (done) return <Redirect to="/" replace />;
  if (!goOn) return <LanguageStep onChosen={() => setAsked(true)} />;
  if (look.isPending && scanned === code) return <Loading cards={1} />;
  if (!look.data) {
    const type = (typed: string) => {
      look.reset();
      setCode(typed);
    };
    return (
      <CodeStep
        code={code}
        onChange={type}
        onGo={() => mutate(code)}
        busy={look.isPending}
        problem={problemInWords(look.error, t)}
        onBack={me ? undefined : () => setAsked(false)}
      />
    );
  }
  const { kind } = look.data;
  const back = { label: t("invitation.otherCode"), onClick: look.reset };
  if (me && kind === "guardian")
    return <AddChild code={code} me={me} back={back} onDone={() => finish("guardian")} />;
  if (me) return <SomebodyElse me={me} />;
  if (kind === "reset") return <NewPassword code={code} back={back} onDone={() => finish(kind)} />;
  return <NewAccount code={code} kind={kind} back={back} onDone={() => finish(kind)} />;
}

/** The code is used; what happens now is up to the school. */
function Waiting() {
  const t = useT();
  const [path] = useLocation();
  return (
    <Page key={path} title={t("invitation.waiting.title")} lead={t("invitation.waiting.lead")}>
      <Note icon="wait">
        <p>{t("invitation.waiting.text")}</p>
      </Note>
      <LinkButton to="/thuis" wide>
        {t("invitation.waiting.go")}
      </LinkButton>
    </Page>
  );
}

/** A code for an account or a password, while somebody is signed in here. */
function SomebodyElse({ me }: { me: Me }) {
  const t = useT();
  const signOut = useSignOut();
  return (
    <Page title={t("invitation.other.title", { name: me.name })} lead={t("invitation.other.lead")}>
      <Button wide onClick={() => void signOut()}>
        {t("invitation.other.signOut")}
      </Button>
      <LinkButton to="/" look="secondary" wide>
        {t("invitation.other.stay")}
      </LinkButton>
    </Page>
  );
}
