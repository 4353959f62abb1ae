import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useT } from "~/i18n";
import { Button, Icon, Note, pictureOfFigure, SeaPicture } from "~/ui";

const SHORTEST = 4;
const LONGEST = 6;
const FIGURES = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

interface Props {
  /** There is no PIN yet: it is typed twice. */
  choose: boolean;
  busy: boolean;
  problem: string | undefined;
  onDone: (pin: string) => void;
  /** Below the keys. */
  children?: ReactNode;
}

/** Figures with pictures, large; a keyboard types them as well. */
export function PinPad({ choose, busy, problem, onDone, children }: Props) {
  const t = useT();
  const id = useId();
  const [pin, setPin] = useState("");
  const [first, setFirst] = useState("");
  const [differs, setDiffers] = useState(false);
  const type = (figure: string) => setPin((typed) => (typed + figure).slice(0, LONGEST));
  const wipe = () => setPin((typed) => typed.slice(0, -1));
  useTyping(type, wipe);

  const done = (event: FormEvent) => {
    event.preventDefault();
    if (busy || pin.length < SHORTEST) return;
    setPin("");
    setDiffers(choose && first !== "" && first !== pin);
    if (choose && first !== pin) {
      setFirst(first === "" ? pin : "");
      return;
    }
    setFirst("");
    onDone(pin);
  };

  const again = choose && first !== "";
  const label = again ? "signIn.pin.again" : choose ? "signIn.pin.choose" : "signIn.pin.type";
  const words = differs ? t("signIn.pin.differs") : pin === "" && !again ? problem : undefined;
  return (
    <form className="pin tp-stack" onSubmit={done} noValidate>
      <div role="alert">
        {words && (
          <Note tone="wait">
            <p>{words}</p>
          </Note>
        )}
      </div>
      <div className="tp-field">
        <label className="tp-label" htmlFor={id}>
          {t(label)}
        </label>
        <p className="tp-field__hint" id={`${id}-hint`}>
          {t(choose ? "signIn.pin.chooseHint" : "signIn.pin.hint")}
        </p>
        {/* Without the keyboard of the tablet: the keys stand below, larger. */}
        <input
          id={id}
          aria-describedby={`${id}-hint`}
          className="utrecht-textbox utrecht-textbox--html-input pin__typed"
          type="password"
          inputMode="none"
          autoComplete="off"
          maxLength={LONGEST}
          value={pin}
          onChange={(event) => setPin(event.target.value.replace(/\D/gu, "").slice(0, LONGEST))}
        />
        <p className="tp-hidden" role="status">
          {pin !== "" && t("signIn.pin.count", { count: pin.length })}
        </p>
      </div>
      <div className="pin__keys">
        {FIGURES.map((figure) => (
          <Key key={figure} figure={figure} onPress={type} />
        ))}
        <button type="button" className="pin__key" aria-label={t("signIn.pin.wipe")} onClick={wipe}>
          <Icon name="back" />
        </button>
        <Key figure="0" onPress={type} />
        <Button type="submit" className="pin__done" busy={busy} disabled={pin.length < SHORTEST}>
          {t("signIn.pin.done")}
        </Button>
      </div>
      {children}
    </form>
  );
}

function Key({ figure, onPress }: { figure: string; onPress: (figure: string) => void }) {
  const t = useT();
  const picture = pictureOfFigure(Number(figure));
  return (
    <button
      type="button"
      className="pin__key"
      aria-label={`${figure}, ${t(`signIn.picture.${picture}`)}`}
      onClick={() => onPress(figure)}
    >
      <span>{figure}</span>
      <SeaPicture name={picture} />
    </button>
  );
}

/** A keyboard types wherever the focus is, so that nobody has to look for the field. */
function useTyping(type: (figure: string) => void, wipe: () => void): void {
  const act = useRef({ type, wipe });
  act.current = { type, wipe };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^\d$/u.test(event.key)) act.current.type(event.key);
      else if (event.key === "Backspace") act.current.wipe();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
