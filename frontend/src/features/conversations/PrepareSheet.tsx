import { useMemo, useState } from "react";
import { useT } from "~/i18n";
import { keepWords, readKeptWords } from "~/offline";
import { useMe } from "~/session";
import { Button, Dialog, Icon, Note, OwnWords, QuietButton, TextArea, useToast } from "~/ui";
import { Conflict } from "./Conflict";
import { PickStories } from "./PickStories";
import { Saved } from "./Saved";
import { ASKED, Shown } from "./SheetView";
import type { FromHome } from "./TalkScreen";
import { useSaving } from "./useSaving";
import { keepSheet, readTalk, type SheetContent, type Talk, useFreshTalk, useOwnStories } from "./useTalks";

/** The pupil's gespreksblad: five parts, kept while one writes; nobody else reads it before "klaar". */
export function PrepareSheet({ talk, fromHome }: { talk: Talk; fromHome: FromHome }) {
  const t = useT();
  const me = useMe();
  const toast = useToast();
  const fresh = useFreshTalk(talk.id);
  const what = `talk ${talk.id}`;
  const [kept] = useState(() => readKeptWords<SheetContent>(me.id, what));
  const saving = useSaving<SheetContent>({
    content: contentOf(talk),
    version: talk.sheet?.version ?? 0,
    send: (content, version) => keepSheet(talk.id, content, version),
    kept,
    keep: (words) => keepWords(me.id, what, words),
  });
  const { content, change } = saving;
  const [picking, setPicking] = useState(false);
  const stories = useOwnStories(talk.pupil.id, content.entryIds.length > 0);
  const cards = useMemo(() => {
    const known = [...(stories.data ?? []), ...(talk.sheet?.shown ?? [])];
    return content.entryIds.flatMap((id) => known.find((card) => card.id === id) ?? []);
  }, [stories.data, talk.sheet, content.entryIds]);
  const hidden = stories.data ? content.entryIds.length - cards.length : (talk.sheet?.hidden ?? 0);
  const say = async (ready: boolean) => {
    change({ ready });
    if (!(await saving.flush())) return;
    await fresh();
    toast({
      text: t(ready ? "talks.sheet.isReady" : "talks.sheet.isBack", { name: talk.heldWith.name }),
      action: ready ? () => void say(false) : undefined,
    });
  };
  return (
    <div className="tp-stack talk__prepare">
      <p className="tp-soft">
        {t(content.ready ? "talks.sheet.readyHint" : "talks.sheet.hint", { name: talk.heldWith.name })}
      </p>
      <section className="tp-sheet talk__sheet tp-stack" aria-label={t("talks.sheet.own")}>
        <section className="tp-stack" aria-labelledby="show">
          <h2 id="show" className="talk__ask">
            {t("talks.sheet.show")}
          </h2>
          {cards.length > 0 && <Shown cards={cards} />}
          {hidden > 0 && (
            <Note tone="wait" icon="eye-off">
              <p>{t("talks.sheet.hidden", { count: hidden })}</p>
            </Note>
          )}
          <div>
            <Button look="secondary" icon={cards.length ? "pencil" : "plus"} onClick={() => setPicking(true)}>
              {t(cards.length ? "talks.sheet.otherStories" : "talks.sheet.choose")}
            </Button>
          </div>
        </section>
        {ASKED.map((part) => (
          <div key={part} className="tp-stack talk__part">
            <TextArea
              label={t(`talks.sheet.${part}`)}
              hint={t(`talks.sheet.${part}.hint`)}
              value={content[part]}
              maxLength={MOST}
              rows={3}
              onChange={({ target }) => change({ [part]: target.value })}
              onBlur={() => void saving.flush()}
            />
            {(part === "foundOut" || part === "doubt") && (
              <Prompts
                label={t(`talks.prompts.${part}`)}
                words={part === "foundOut" ? wordsOf(talk) : fieldsOf(talk, t)}
                onTap={(word) => change({ [part]: withWord(content[part], word) })}
              />
            )}
            {part === "foundOut" &&
              fromHome(talk, ({ child }) => (
                <Use said={child.text} told={content[part]} onUse={(text) => change({ [part]: text })} />
              ))}
          </div>
        ))}
        <Saved saving={saving.saving} at={saving.savedAt} />
        {saving.saving === "refused" && saving.problem && (
          <Note tone="wait">
            <p>{saving.problem.message}</p>
          </Note>
        )}
      </section>
      <div className="tp-card tp-card--sea tp-stack talk__ready">
        {content.ready ? (
          <>
            <p>
              <Icon name="check" /> <b>{t("talks.sheet.readyTitle", { name: talk.heldWith.name })}</b>
            </p>
            <div>
              <QuietButton icon="undo" onClick={() => say(false)}>
                {t("talks.sheet.takeBack")}
              </QuietButton>
            </div>
          </>
        ) : (
          <>
            <p>{t("talks.sheet.beforeReady", { name: talk.heldWith.name })}</p>
            <div>
              <Button icon="check" busy={saving.saving === "saving"} onClick={() => say(true)}>
                {t("talks.sheet.ready")}
              </Button>
            </div>
          </>
        )}
      </div>
      <Dialog title={t("talks.pick.title")} open={picking} onClose={() => setPicking(false)}>
        <div className="tp-stack">
          <PickStories
            pupilId={talk.pupil.id}
            open={picking}
            chosen={content.entryIds}
            onChange={(entryIds) => change({ entryIds })}
          />
          <Button onClick={() => setPicking(false)}>{t("talks.pick.done")}</Button>
        </div>
      </Dialog>
      <Conflict
        open={saving.saving === "conflict"}
        mine={content}
        read={async () => {
          const there = await readTalk(talk.id);
          return { content: contentOf(there), version: there.sheet?.version ?? 0, by: null };
        }}
        fields={ASKED.map((name) => ({ name, label: t(`talks.sheet.${name}`) }))}
        rest={(mine, there) => ({
          ...mine,
          entryIds: [...new Set([...mine.entryIds, ...there.entryIds])].slice(0, 3),
        })}
        onGo={saving.goOn}
      />
    </div>
  );
}

function contentOf({ sheet }: Talk): SheetContent {
  return {
    entryIds: sheet?.entryIds ?? [],
    foundOut: sheet?.foundOut ?? "",
    doubt: sheet?.doubt ?? "",
    ask: sheet?.ask ?? "",
    maybeNext: sheet?.maybeNext ?? "",
    ready: Boolean(sheet?.readyAt),
  };
}

const MOST = 1000;
const FEW = 6;
const FEW_FIELDS = 4;

/** Words that others or the pupil gave, of what is shown to all: the newest first. */
function wordsOf({ picture }: Talk): string[] {
  return (picture?.words ?? [])
    .filter(({ hidden }) => !hidden)
    .slice(0, FEW)
    .map(({ word }) => word);
}

/** Kinds of work of which something was told, the newest first. */
function fieldsOf({ picture }: Talk, t: ReturnType<typeof useT>): string[] {
  const newest = [...(picture?.entries ?? [])].reverse().flatMap(({ workFields }) => workFields);
  return [...new Set(newest)].slice(0, FEW_FIELDS).map((field) => t(`field.${field}`));
}

function withWord(text: string, word: string): string {
  const before = text.trimEnd();
  if (before === "") return word;
  return /[.,;:?!]$/u.test(before) ? `${before} ${word}` : `${before}, ${word.toLocaleLowerCase()}`;
}

/** What the pupil said at a card from home, to take over as it stands; not where it does not fit any more. */
function Use({ said, told, onUse }: { said: string; told: string; onUse: (text: string) => void }) {
  const t = useT();
  const text = [told.trimEnd(), said].filter(Boolean).join("\n");
  if (!said) return null;
  if (told.includes(said))
    return (
      <p className="tp-small tp-soft" role="status">
        {t("fromHome.used")}
      </p>
    );
  if (text.length > MOST) return null;
  return (
    <QuietButton icon="plus" onClick={() => onUse(text)}>
      {t("fromHome.use")}
    </QuietButton>
  );
}

/** What came up in the talent picture, to tap: a way to begin for who finds no words. */
function Prompts({
  label,
  words,
  onTap,
}: {
  label: string;
  words: readonly string[];
  onTap: (word: string) => void;
}) {
  const t = useT();
  if (words.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form where there is none
    <div role="group" aria-label={label} className="talk__prompts">
      <span className="tp-small tp-soft">{label}</span>
      {words.map((word) => (
        <button
          key={word}
          type="button"
          className="tp-filter__pill"
          aria-label={t("talks.prompts.add", { word })}
          onClick={() => onTap(word)}
        >
          <Icon name="plus" />
          <OwnWords>{word}</OwnWords>
        </button>
      ))}
    </div>
  );
}
