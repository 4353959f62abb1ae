import { type FormEvent, useState } from "react";
import { v7 as newId } from "uuid";
import type { MessageId } from "~/i18n";
import { useT } from "~/i18n";
import { Button, Dialog, Icon, OwnWords, QuietButton, TextField, useToast } from "~/ui";
import { OptionWords } from "~/ui/ChoiceShown";
import { type Choice, type ChoiceOption, optionName } from "~/ui/choiceWords";
import { OptionForm } from "./OptionForm";
import { type OptionContent, useOption, usePlace, wordsOf } from "./useChoices";

const ROOM = 12;
const EMPTY: OptionContent = { name: "", plus: "", minus: "", seen: "", entryIds: [] };

/** The list: what one could choose, with plus and minus; and what is off it, with why. */
export function OptionList({ choice, suggestions }: { choice: Choice; suggestions: readonly string[] }) {
  const t = useT();
  const toast = useToast();
  const place = usePlace(choice);
  const listed = choice.options.filter(({ offAt }) => !offAt);
  const off = choice.options.filter(({ offAt }) => offAt);
  const back = (option: ChoiceOption) =>
    place.mutate(
      { id: option.id, version: option.version, onList: true },
      {
        onSuccess: () => toast({ text: t("choice.backOn", { name: optionName(option, t) }) }),
        onError: (error) => toast({ text: wordsOf(error, t) }),
      },
    );
  return (
    <section className="tp-stack" aria-labelledby="choice-list">
      <div>
        <h2 id="choice-list">{t("choice.list")}</h2>
        <p className="tp-soft">{t("choice.listHint")}</p>
      </div>
      {listed.length > 0 && (
        <ul className="choice__options">
          {listed.map((option) => (
            <li key={option.id}>
              <Listed choice={choice} option={option} />
            </li>
          ))}
        </ul>
      )}
      {listed.length < ROOM ? (
        <Add choice={choice} suggestions={suggestions} />
      ) : (
        <p className="tp-soft">{t("choice.full")}</p>
      )}
      {off.length > 0 && (
        <details className="tp-fold">
          <summary>
            <Icon name="down" />
            {t("choice.offCount", { count: off.length })}
          </summary>
          <ul className="tp-list">
            {off.map((option) => (
              <li key={option.id}>
                <div className="tp-grow">
                  <p>
                    <OwnWords>{optionName(option, t)}</OwnWords>
                  </p>
                  {option.offWhy && (
                    <p className="tp-small tp-soft">
                      <OwnWords>{option.offWhy}</OwnWords>
                    </p>
                  )}
                </div>
                <QuietButton
                  aria-label={t("choice.bringBackName", { name: optionName(option, t) })}
                  onClick={() => back(option)}
                >
                  {t("choice.bringBack")}
                </QuietButton>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Listed({ choice, option }: { choice: Choice; option: ChoiceOption }) {
  const t = useT();
  const [open, setOpen] = useState<"change" | "off">();
  const name = optionName(option, t);
  const empty = !option.plus && !option.minus && !option.seen && option.entries.length === 0;
  return (
    <article className="tp-stack choices__listed" aria-label={name}>
      <OptionWords option={option} />
      <div className="tp-row">
        <QuietButton
          icon="pencil"
          aria-label={t("choice.fillInName", { name })}
          onClick={() => setOpen("change")}
        >
          {t(empty ? "choice.fillIn" : "choice.change")}
        </QuietButton>
        <QuietButton aria-label={t("choice.takeOffName", { name })} onClick={() => setOpen("off")}>
          {t("choice.takeOff")}
        </QuietButton>
      </div>
      <Dialog title={name} open={open === "change"} onClose={() => setOpen(undefined)}>
        <OptionForm choice={choice} option={option} onDone={() => setOpen(undefined)} />
      </Dialog>
      <Dialog
        title={t("choice.takeOffAsk", { name })}
        open={open === "off"}
        onClose={() => setOpen(undefined)}
      >
        <TakeOff choice={choice} option={option} onDone={() => setOpen(undefined)} />
      </Dialog>
    </article>
  );
}

function TakeOff({ choice, option, onDone }: { choice: Choice; option: ChoiceOption; onDone: () => void }) {
  const t = useT();
  const toast = useToast();
  const place = usePlace(choice);
  const [why, setWhy] = useState("");
  const name = optionName(option, t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    place.mutate(
      { id: option.id, version: option.version, onList: false, why: why.trim() },
      {
        onSuccess: (receipt) => {
          const undo = { id: option.id, version: receipt.version, onList: true };
          toast({
            text: t("choice.isOff", { name }),
            action: () => void place.mutateAsync(undo).catch((error) => toast({ text: wordsOf(error, t) })),
          });
          onDone();
        },
        onError: (error) => {
          toast({ text: wordsOf(error, t) });
          onDone();
        },
      },
    );
  };
  return (
    <form className="tp-stack" onSubmit={submit}>
      <TextField
        label={t("choice.takeOffWhy")}
        hint={t("choice.takeOffHint")}
        value={why}
        maxLength={1000}
        autoComplete="off"
        onChange={({ target }) => setWhy(target.value)}
      />
      <div className="tp-row">
        <Button type="submit" busy={place.isPending}>
          {t("choice.takeOff")}
        </Button>
        <QuietButton onClick={onDone}>{t("ui.cancel")}</QuietButton>
      </div>
    </form>
  );
}

function Add({ choice, suggestions }: { choice: Choice; suggestions: readonly string[] }) {
  const t = useT();
  const toast = useToast();
  const make = useOption(choice);
  const [name, setName] = useState("");
  const [missing, setMissing] = useState(false);
  const known = new Set(choice.options.map(({ code }) => code));
  const open = suggestions.filter((code) => !known.has(code));
  const add = (content: OptionContent, shown: string) =>
    make.mutateAsync({ id: newId(), content }).then(
      () => toast({ text: t("choice.added", { name: shown }) }),
      (error) => {
        toast({ text: wordsOf(error, t) });
        throw error;
      },
    );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (make.isPending) return;
    if (name.trim() === "") return setMissing(true);
    await add({ ...EMPTY, name: name.trim() }, name.trim()).then(
      () => setName(""),
      () => undefined,
    );
  };
  return (
    <div className="tp-card tp-card--sea tp-stack">
      {open.length > 0 && (
        <details className="tp-fold" open={choice.options.length === 0 || undefined}>
          <summary>
            <Icon name="down" />
            {t("choice.suggestions")}
          </summary>
          <div className="tp-filter choices__suggestions">
            {open.map((code) => {
              const shown = t(`choice.option.${code}` as MessageId);
              return (
                <button
                  key={code}
                  type="button"
                  className="tp-filter__pill"
                  aria-disabled={make.isPending || undefined}
                  onClick={() => !make.isPending && add({ ...EMPTY, code }, shown).catch(() => undefined)}
                >
                  <Icon name="plus" />
                  <span>{shown}</span>
                </button>
              );
            })}
          </div>
          <p className="tp-small">{t("choice.suggestionsHint")}</p>
        </details>
      )}
      <form className="tp-stack" onSubmit={submit} noValidate>
        <TextField
          label={t(open.length > 0 ? "choice.ownOption" : `choice.ownOption.${choice.kind}`)}
          value={name}
          maxLength={120}
          autoComplete="off"
          onChange={({ target }) => {
            setName(target.value);
            setMissing(false);
          }}
          error={missing ? t("choice.ownOptionMissing") : undefined}
        />
        <div>
          <Button type="submit" look="secondary" icon="plus" busy={make.isPending}>
            {t("choice.add")}
          </Button>
        </div>
      </form>
    </div>
  );
}
