import { type KeyboardEvent, useId, useRef, useState } from "react";
import { Field } from "./Field";

export interface ComboboxOption {
  id: string;
  name: string;
  detail?: string;
}

interface ComboboxProps {
  label: string;
  /** What the list holds. */
  listLabel: string;
  hint?: string;
  error?: string;
  value: string;
  maxLength?: number;
  options: readonly ComboboxOption[];
  /** Says how many there are to choose from, for who does not see the list. */
  found: string;
  onType: (text: string) => void;
  onChoose: (option: ComboboxOption) => void;
}

/** Type freely, or choose from a list that follows what is typed. Focus stays in the field, arrows go through it. */
export function Combobox({
  label,
  listLabel,
  hint,
  error,
  value,
  maxLength,
  options,
  found,
  onType,
  onChoose,
}: ComboboxProps) {
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState(false);
  const [place, setPlace] = useState(-1);
  const open = wanted && options.length > 0;
  const active = open ? options[place] : undefined;

  const close = () => {
    setWanted(false);
    setPlace(-1);
  };
  const choose = (option: ComboboxOption) => {
    onChoose(option);
    close();
  };
  const step = (by: number) => {
    setWanted(true);
    // Before the first and after the last lies what was typed itself.
    const next = open ? place + by : by > 0 ? 0 : options.length - 1;
    const landed = next >= options.length ? -1 : next < -1 ? options.length - 1 : next;
    setPlace(landed);
    document.getElementById(`${list}-${landed}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  };
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <div className="tp-combobox">
          <input
            {...control}
            ref={input}
            type="text"
            role="combobox"
            aria-expanded={open}
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={active && `${list}-${place}`}
            autoComplete="off"
            className="utrecht-textbox utrecht-textbox--html-input"
            maxLength={maxLength}
            value={value}
            onChange={(event) => {
              onType(event.target.value);
              setWanted(true);
              setPlace(-1);
            }}
            onClick={() => setWanted(true)}
            onKeyDown={onKey}
            onBlur={close}
          />
          <div className="tp-combobox__list" id={list} role="listbox" aria-label={listLabel} hidden={!open}>
            {options.map((option, at) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys, focus stays there
              <div
                key={option.id}
                id={`${list}-${at}`}
                role="option"
                tabIndex={-1}
                aria-selected={at === place}
                className="tp-combobox__option"
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(option)}
              >
                <b>{option.name}</b>
                {option.detail && <span className="tp-small tp-soft">{option.detail}</span>}
              </div>
            ))}
          </div>
          <span className="tp-hidden" role="status">
            {wanted && found}
          </span>
        </div>
      )}
    </Field>
  );
}
