import { type FormEvent, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { Button, ChoiceGrid, PasswordField, TextField } from "~/ui";
import { Page } from "./Page";
import { RelationChoice } from "./RelationChoice";
import {
  type Device,
  fieldInWords,
  type Kind,
  problemInWords,
  type Relation,
  useNewAccount,
} from "./useInvitation";

interface Props {
  code: string;
  kind: Kind;
  back: { label: string; onClick: () => void };
  onDone: () => void;
}

/** Has this parent an account already? Then that; else a new one. */
export function NewAccount(props: Props) {
  const t = useT();
  const [, go] = useLocation();
  const [fresh, setFresh] = useState(props.kind !== "guardian");
  if (fresh) return <AccountForm {...props} />;
  return (
    <Page title={t("invitation.who.title")} lead={t("invitation.who.lead")} back={props.back}>
      <Button wide onClick={() => setFresh(true)}>
        {t("invitation.who.new")}
      </Button>
      <Button look="secondary" wide onClick={() => go("/uitnodiging/kind")}>
        {t("invitation.who.known")}
      </Button>
    </Page>
  );
}

function AccountForm({ code, kind, back, onDone }: Props) {
  const t = useT();
  const locale = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  const make = useNewAccount();
  const isParent = kind === "guardian";
  const [given, setGiven] = useState("");
  const [family, setFamily] = useState("");
  const [relation, setRelation] = useState<Relation>();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [device, setDevice] = useState<Device>("own");
  const [tried, setTried] = useState(false);

  const needed = isParent ? [given, family, username, password] : [username, password];
  const empty = needed.findIndex((value) => value.trim() === "");
  const isMissing = (value: string) => (tried && value.trim() === "" ? t("invitation.missing") : undefined);
  const go = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (empty >= 0) {
      form.current?.querySelectorAll<HTMLInputElement>(".utrecht-textbox")[empty]?.focus();
      return;
    }
    if (isParent && !relation) return;
    const parent = relation ? { givenName: given, familyName: family, relation } : null;
    make.mutate({ code, username, password, parent, locale, device }, { onSuccess: onDone });
  };
  const problem =
    tried && isParent && empty < 0 && !relation
      ? t("invitation.relation.missing")
      : problemInWords(make.error, t);
  return (
    <Page
      title={t("invitation.account.title")}
      lead={isParent ? t("invitation.account.lead") : undefined}
      back={back}
      problem={problem}
    >
      <form ref={form} className="tp-stack" onSubmit={go} noValidate>
        {isParent && (
          <>
            <TextField
              label={t("invitation.given")}
              autoComplete="given-name"
              maxLength={100}
              value={given}
              error={isMissing(given)}
              onChange={(event) => setGiven(event.target.value)}
            />
            <TextField
              label={t("invitation.family")}
              autoComplete="family-name"
              maxLength={100}
              value={family}
              error={isMissing(family)}
              onChange={(event) => setFamily(event.target.value)}
            />
            <RelationChoice value={relation} onChange={setRelation} />
          </>
        )}
        <TextField
          label={t("invitation.username")}
          hint={t("invitation.username.hint")}
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={100}
          value={username}
          error={isMissing(username) ?? fieldInWords(make.error, "/username", t)}
          onChange={(event) => setUsername(event.target.value)}
        />
        <PasswordField
          label={t("invitation.password")}
          hint={t("invitation.password.hint")}
          autoComplete="new-password"
          maxLength={200}
          value={password}
          error={isMissing(password) ?? fieldInWords(make.error, "/password", t)}
          onChange={(event) => setPassword(event.target.value)}
        />
        <ChoiceGrid
          label={t("signIn.device")}
          options={[
            { value: "own", label: t("signIn.own"), hint: t("signIn.ownHint") },
            { value: "shared", label: t("signIn.shared"), hint: t("signIn.sharedHint") },
          ]}
          value={device}
          onChange={setDevice}
        />
        <Button type="submit" wide busy={make.isPending}>
          {t("invitation.account.go")}
        </Button>
      </form>
      {isParent && <p className="tp-small tp-soft">{t("invitation.account.note")}</p>}
    </Page>
  );
}
