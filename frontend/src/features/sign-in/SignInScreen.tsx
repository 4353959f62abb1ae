import { type FormEvent, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { useT } from "~/i18n";
import { Button, Hero, Icon, LanguageSwitch, Logo, Note, PasswordField, QuietLink, TextField } from "~/ui";
import { DeviceChoice } from "./DeviceChoice";
import { LeftBehindThere, SchoolAccounts } from "./SchoolAccounts";
import { type Device, problemInWords, useSignIn } from "./useSignIn";
import "./sign-in.css";

/** The ways in: card, class code, or user name and password, and whose device it is. The address stays, so a link from a mail still works after it. */
export default function SignInScreen() {
  const t = useT();
  const [path] = useLocation();
  const signIn = useSignIn();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [device, setDevice] = useState<Device>("own");
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const go = (event: FormEvent) => {
    event.preventDefault();
    const empty = [username.trim(), password].indexOf("");
    setMissing(empty >= 0);
    if (empty >= 0) form.current?.querySelectorAll<HTMLInputElement>(".utrecht-textbox")[empty]?.focus();
    else signIn.mutate({ username: username.trim(), password, device });
  };

  const problem = missing ? t("signIn.missing") : signIn.error && problemInWords(signIn.error, t);
  return (
    <div className="sign-in">
      <Hero>
        <div className="tp-bar">
          <Logo />
          <LanguageSwitch />
        </div>
        <h1>{t("signIn.title")}</h1>
        <p className="tp-lead">{t(path === "/" ? "signIn.intro" : "signIn.then")}</p>
      </Hero>
      <LeftBehindThere />
      <section className="tp-page tp-stack sign-in__form" aria-labelledby="pupils">
        <h2 id="pupils">{t("signIn.pupils")}</h2>
        <div className="sign-in__ways">
          <Link href="/k" className="tp-choice__option sign-in__way">
            <Icon name="camera" />
            <span>
              {t("signIn.way.card")}
              <span className="tp-choice__hint">{t("signIn.way.cardHint")}</span>
            </span>
          </Link>
          <Link href="/klascode" className="tp-choice__option sign-in__way">
            <Icon name="together" />
            <span>
              {t("signIn.way.class")}
              <span className="tp-choice__hint">{t("signIn.way.classHint")}</span>
            </span>
          </Link>
        </div>
      </section>
      <SchoolAccounts then={path} />
      <form ref={form} className="tp-page tp-stack sign-in__form" onSubmit={go} noValidate>
        <h2>{t("signIn.way.password")}</h2>
        <div role="alert">
          {problem && (
            <Note tone="wait">
              <p>{problem}</p>
            </Note>
          )}
        </div>
        <TextField
          label={t("signIn.username")}
          hint={t("signIn.usernameHint")}
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={100}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
        <PasswordField
          label={t("signIn.password")}
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <DeviceChoice value={device} onChange={setDevice} />
        <Button type="submit" wide busy={signIn.isPending}>
          {t(signIn.isPending ? "signIn.busy" : "signIn.go")}
        </Button>
        <p>
          <QuietLink to="/uitnodiging" icon="file">
            {t("signIn.letter")}
          </QuietLink>
        </p>
      </form>
    </div>
  );
}
