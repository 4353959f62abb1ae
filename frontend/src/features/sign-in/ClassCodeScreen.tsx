import { type FormEvent, useEffect, useRef, useState } from "react";
import { Redirect } from "wouter";
import { useT } from "~/i18n";
import { useSession } from "~/session";
import { Button, Note, pictureOf, QuietButton, SeaPicture, TextField } from "~/ui";
import { groupName } from "~/ui/groupName";
import { DeviceChoice } from "./DeviceChoice";
import { PinPad } from "./PinPad";
import { SignInPage } from "./SignInPage";
import { SomebodyElse } from "./SomebodyElse";
import {
  asCode,
  type ClassFound,
  type ClassMate,
  isOutdated,
  useClassLook,
  useSignInByClass,
} from "./usePupilSignIn";
import { type Device, problemInWords } from "./useSignIn";

const LENGTH = 6;

/** Without a card: the code on the board, the own picture and name, the PIN. */
export default function ClassCodeScreen() {
  const [code, setCode] = useState("");
  const [mate, setMate] = useState<ClassMate | null>(null);
  const look = useClassLook();
  const signIn = useSignInByClass();
  const { data: me } = useSession();
  const ask = () => look.mutate(code);
  const choose = (chosen: ClassMate | null) => {
    signIn.reset();
    setMate(chosen);
  };
  if (signIn.isSuccess) return <Redirect to="/" replace />;
  if (me) return <SomebodyElse me={me} />;
  if (look.data === undefined || look.isError) {
    return <Code code={code} onChange={setCode} onGo={ask} busy={look.isPending} problem={look.error} />;
  }
  if (mate === null) return <Names found={look.data} onChoose={choose} onBack={look.reset} />;
  return (
    <Pin
      key={mate.id}
      code={code}
      mate={look.data.pupils.find((each) => each.id === mate.id) ?? mate}
      signIn={signIn}
      onBack={() => choose(null)}
      onOutdated={ask}
    />
  );
}

interface CodeProps {
  code: string;
  onChange: (code: string) => void;
  onGo: () => void;
  busy: boolean;
  problem: unknown;
}

function Code({ code, onChange, onGo, busy, problem }: CodeProps) {
  const t = useT();
  const [short, setShort] = useState(false);
  const field = useRef<HTMLFormElement>(null);
  useEffect(() => field.current?.querySelector("input")?.focus(), []);
  const go = (event: FormEvent) => {
    event.preventDefault();
    setShort(code.length < LENGTH);
    if (code.length >= LENGTH && !busy) onGo();
  };
  return (
    <SignInPage title={t("signIn.class.title")} lead={t("signIn.class.lead")}>
      <form ref={field} className="tp-page tp-stack sign-in__form" onSubmit={go} noValidate>
        <div role="alert">
          {(short || problem != null) && (
            <Note tone="wait">
              <p>{short ? t("signIn.class.short", { count: LENGTH }) : problemInWords(problem, t)}</p>
            </Note>
          )}
        </div>
        <TextField
          className="utrecht-textbox utrecht-textbox--html-input sign-in__code"
          label={t("signIn.class.code")}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          value={code}
          onChange={(event) => {
            setShort(false);
            onChange(asCode(event.target.value).slice(0, LENGTH));
          }}
        />
        <Button type="submit" wide iconAfter="forward" busy={busy}>
          {t("ui.next")}
        </Button>
      </form>
    </SignInPage>
  );
}

interface NamesProps {
  found: ClassFound;
  onChoose: (mate: ClassMate) => void;
  onBack: () => void;
}

function Names({ found, onChoose, onBack }: NamesProps) {
  const t = useT();
  const [missing, setMissing] = useState(false);
  const title = useFocus();
  return (
    <div ref={title}>
      <SignInPage
        wide
        title={t("signIn.class.who")}
        lead={`${groupName({ name: found.group, level: found.level }, t)} · ${found.school}`}
        back={{ label: t("signIn.class.other"), onClick: onBack }}
      >
        <div className="tp-page tp-stack">
          <ul className="sign-in__names">
            {found.pupils.map((mate) => (
              <li key={mate.id}>
                <button type="button" className="sign-in__name" onClick={() => onChoose(mate)}>
                  <SeaPicture name={pictureOf(mate.id)} />
                  <bdi>{mate.name}</bdi>
                </button>
              </li>
            ))}
          </ul>
          <QuietButton icon="question" aria-expanded={missing} onClick={() => setMissing(!missing)}>
            {t("signIn.class.missing")}
          </QuietButton>
          <div role="status">
            {missing && (
              <Note>
                <p>{t("signIn.class.missingHint")}</p>
              </Note>
            )}
          </div>
        </div>
      </SignInPage>
    </div>
  );
}

interface PinProps {
  code: string;
  mate: ClassMate;
  signIn: ReturnType<typeof useSignInByClass>;
  onBack: () => void;
  onOutdated: () => void;
}

function Pin({ code, mate, signIn, onBack, onOutdated }: PinProps) {
  const t = useT();
  const [device, setDevice] = useState<Device>("shared");
  const title = useFocus();
  return (
    <div ref={title}>
      <SignInPage
        wide
        title={t(mate.choosePin ? "signIn.class.hello.choose" : "signIn.class.hello", { name: mate.name })}
        back={{ label: t("signIn.class.notMe"), onClick: onBack }}
      >
        <div className="tp-page sign-in__with-picture">
          <span className="sign-in__own">
            <SeaPicture name={pictureOf(mate.id)} />
          </span>
          <PinPad
            key={String(mate.choosePin)}
            choose={mate.choosePin}
            busy={signIn.isPending}
            problem={signIn.error ? problemInWords(signIn.error, t) : undefined}
            onDone={(pin) =>
              signIn.mutate(
                { code, pupilId: mate.id, pin, choosePin: mate.choosePin, device },
                { onError: (problem) => isOutdated(problem) && onOutdated() },
              )
            }
          >
            <DeviceChoice value={device} onChange={setDevice} />
            <Note>
              <p>{t("signIn.pin.forgot")}</p>
            </Note>
          </PinPad>
        </div>
      </SignInPage>
    </div>
  );
}

/** A new step begins at its heading, at the top. */
function useFocus() {
  const step = useRef<HTMLDivElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    step.current?.querySelector("h1")?.focus({ preventScroll: true });
  }, []);
  return step;
}
