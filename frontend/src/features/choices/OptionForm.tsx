import { type FormEvent, useState } from "react";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import { Button, Icon, Note, OwnWords, QuietButton, TextArea, TextField, useToast } from "~/ui";
import { type Choice, type ChoiceOption, optionName } from "~/ui/choiceWords";
import { contentOf, isStale, type OptionContent, useOption, useStories, wordsOf } from "./useChoices";

const STORIES = 6;

/** Plus, minus and what was seen of one option. Where another device was first, both versions stand here. */
export function OptionForm({
  choice,
  option,
  onDone,
}: {
  choice: Choice;
  option: ChoiceOption;
  onDone: () => void;
}) {
  const t = useT();
  const me = useMe();
  const toast = useToast();
  const keep = useOption(choice);
  const stories = useStories(me.id, true);
  const [mine, setMine] = useState(() => contentOf(option));
  const [version, setVersion] = useState(option.version);
  const [stale, setStale] = useState(false);
  const there = choice.options.find(({ id }) => id === option.id) ?? option;
  const set = (change: Partial<OptionContent>) => setMine({ ...mine, ...change });
  const send = (from: number) =>
    keep.mutate(
      { id: option.id, version: from, content: trimmed(mine) },
      {
        onSuccess: () => {
          toast({
            text: t("choice.kept", { name: optionName({ code: option.code, name: mine.name ?? "" }, t) }),
          });
          onDone();
        },
        onError: (error) => (isStale(error) ? setStale(true) : toast({ text: wordsOf(error, t) })),
      },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(version);
  };
  const tied = new Set(mine.entryIds);
  const shown = [
    ...option.entries,
    ...(stories.data ?? []).filter(({ id }) => !option.entries.some((entry) => entry.id === id)),
  ];
  if (stale && there.version !== version) {
    return (
      <div className="tp-stack">
        <Note tone="wait">
          <p>{t("choice.elsewhere")}</p>
        </Note>
        <div className="choices__versions">
          <Version label={t("choice.mine")} content={mine} />
          <Version label={t("choice.theirs")} content={contentOf(there)} />
        </div>
        <Button busy={keep.isPending} onClick={() => send(there.version)}>
          {t("choice.keepMine")}
        </Button>
        <Button
          look="secondary"
          onClick={() => {
            setMine(contentOf(there));
            setVersion(there.version);
            setStale(false);
          }}
        >
          {t("choice.takeTheirs")}
        </Button>
      </div>
    );
  }
  return (
    <form className="tp-stack" onSubmit={submit} noValidate>
      {option.code === null && (
        <TextField
          label={t("choice.name")}
          value={mine.name}
          maxLength={120}
          autoComplete="off"
          onChange={({ target }) => set({ name: target.value })}
          error={mine.name?.trim() === "" ? t("choice.ownOptionMissing") : undefined}
        />
      )}
      <TextArea
        label={t("choice.plusAsk")}
        rows={2}
        maxLength={1000}
        value={mine.plus}
        onChange={({ target }) => set({ plus: target.value })}
      />
      <TextArea
        label={t("choice.minusAsk")}
        rows={2}
        maxLength={1000}
        value={mine.minus}
        onChange={({ target }) => set({ minus: target.value })}
      />
      <TextArea
        label={t("choice.seenAsk")}
        hint={t("choice.seenHint")}
        rows={2}
        maxLength={1000}
        value={mine.seen}
        onChange={({ target }) => set({ seen: target.value })}
      />
      {shown.length > 0 && (
        <fieldset className="tp-field">
          <legend className="tp-label">{t("choice.stories")}</legend>
          <div className="choices__stories">
            {shown.map((story) => (
              <label key={story.id} className="choices__story">
                <input
                  type="checkbox"
                  checked={tied.has(story.id)}
                  disabled={!tied.has(story.id) && tied.size >= STORIES}
                  onChange={() =>
                    set({
                      entryIds: tied.has(story.id)
                        ? [...tied].filter((id) => id !== story.id)
                        : [...tied, story.id],
                    })
                  }
                />
                <Icon name={story.kind} />
                <span>
                  <OwnWords>{story.title || t("choice.untitled")}</OwnWords>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <div className="tp-row">
        <Button type="submit" busy={keep.isPending || (mine.name?.trim() === "" && option.code === null)}>
          {t("choice.keep")}
        </Button>
        <QuietButton onClick={onDone}>{t("ui.cancel")}</QuietButton>
      </div>
    </form>
  );
}

function trimmed(content: OptionContent): OptionContent {
  const { name = "", plus = "", minus = "", seen = "" } = content;
  return { ...content, name: name.trim(), plus: plus.trim(), minus: minus.trim(), seen: seen.trim() };
}

function Version({ label, content }: { label: string; content: OptionContent }) {
  const t = useT();
  const parts = [
    ["choice.name", content.code ? "" : content.name],
    ["choice.plus", content.plus],
    ["choice.minus", content.minus],
    ["choice.seen", content.seen],
  ] as const;
  return (
    <section className="tp-card" aria-label={label}>
      <h3>{label}</h3>
      <dl>
        {parts.map(
          ([name, words]) =>
            words && (
              <div key={name}>
                <dt className="tp-small tp-soft">{t(name)}</dt>
                <dd>
                  <OwnWords>{words}</OwnWords>
                </dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}
