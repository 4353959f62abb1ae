import { v7 as newId } from "uuid";
import { useLanguage, useT } from "~/i18n";
import { dayOf, recently } from "~/i18n/dates";
import { inOrder } from "~/logbook";
import { contentOf, keepMine, removeDraft, useCurrentSync } from "~/offline";
import { saveDraft } from "~/offline/drafts";
import { Button, Dialog, Loading, useToast } from "~/ui";
import { type EntryContent, LIMITS } from "./content";
import { useTheirs } from "./useFlow";

type Props = {
  personId: string;
  entryId: string;
  mine: EntryContent;
  open: boolean;
  /** Mine goes on: send it now. */
  onMine: () => void;
  /** Theirs goes on: start from the server again. */
  onTheirs: () => void;
  onClose: () => void;
};

/** The entry was changed elsewhere too: both versions side by side, and nothing goes away by itself. */
export function Conflict({ personId, entryId, mine, open, onMine, onTheirs, onClose }: Props) {
  const t = useT();
  const toast = useToast();
  const language = useLanguage();
  const sync = useCurrentSync();
  const { data: theirs } = useTheirs(entryId, open);

  const chooseMine = async () => {
    if (!theirs) return;
    await keepMine(personId, entryId, theirs.version);
    onMine();
  };
  const chooseTheirs = async () => {
    await removeDraft(personId, entryId);
    onTheirs();
  };
  const keepBoth = async () => {
    const title = t("flow.copyTitle", { title: mine.title.slice(0, LIMITS.title - 4) });
    await saveDraft(personId, newId(), { ...mine, title });
    sync?.nudge();
    toast({ text: t("flow.bothKept") });
    await chooseTheirs();
  };

  return (
    <Dialog title={t("flow.conflictTitle")} open={open} onClose={onClose}>
      <p>{t("flow.conflictText")}</p>
      {theirs ? (
        <>
          <div className="flow__versions">
            <Version label={t("flow.conflictMine")} content={mine} />
            <Version
              label={t("flow.conflictTheirs")}
              when={recently(dayOf(theirs.updatedAt), language)}
              content={contentOf(theirs) as EntryContent}
            />
          </div>
          <Button onClick={keepBoth}>{t("flow.keepBoth")}</Button>
          <Button look="secondary" onClick={chooseMine}>
            {t("flow.keepMine")}
          </Button>
          <Button look="secondary" onClick={chooseTheirs}>
            {t("flow.keepTheirs")}
          </Button>
        </>
      ) : (
        <Loading cards={1} />
      )}
    </Dialog>
  );
}

/** All words of an entry but its name, in the order of the steps. */
function toldIn({ details, answers, body }: EntryContent): (string | undefined)[] {
  const own =
    details.kind === "experience"
      ? [
          details.expectation?.before,
          ...inOrder(details.logbook ?? []).map(({ day }) => day.text),
          details.expectation?.surprised,
          details.expectation?.after,
        ]
      : [];
  return [...own, ...answers.map((answer) => answer.text), body];
}

function Version({ label, when, content }: { label: string; when?: string; content: EntryContent }) {
  const t = useT();
  const told = toldIn(content).filter(Boolean).join(" ");
  return (
    <section className="tp-card tp-stack">
      <p className="tp-small tp-soft">{[label, when].filter(Boolean).join(", ")}</p>
      <h3>{content.title || t("flow.untitled")}</h3>
      <p className="flow__excerpt">{told}</p>
    </section>
  );
}
