import { useLocation } from "wouter";
import { useT } from "~/i18n";
import { Button, QuietButton, useToast } from "~/ui";
import { type Entry, usePutAway } from "./useEntry";

/** Putting away and throwing away, both with a way back. */
export function Actions({ entry }: { entry: Entry }) {
  const t = useT();
  const toast = useToast();
  const [, go] = useLocation();
  const { archive, trash, restore } = usePutAway(entry.id);
  const title = entry.title;

  const bringBack = async () => {
    try {
      await restore.mutateAsync();
      toast({ text: t("entry.restored") });
    } catch {
      toast({ text: t("entry.actionFailed") });
    }
  };
  const away = async (action: typeof archive | typeof trash, words: string) => {
    try {
      await action.mutateAsync();
      toast({ text: words, action: bringBack });
      go("/");
    } catch {
      toast({ text: t("entry.actionFailed") });
    }
  };

  if (entry.state === "archived" || entry.state === "trashed") {
    return <Button onClick={bringBack}>{t("entry.restore")}</Button>;
  }
  return (
    <section className="tp-stack" aria-labelledby="actions">
      <h2 id="actions">{t("entry.actions")}</h2>
      <div>
        <QuietButton icon="archive" onClick={() => away(archive, t("entry.isPutAway", { title }))}>
          {t("entry.putAway")}
        </QuietButton>
        <p className="tp-small tp-soft">{t("entry.putAwayHint")}</p>
      </div>
      <div>
        <QuietButton icon="trash" onClick={() => away(trash, t("entry.isTrashed", { title }))}>
          {t("entry.trash")}
        </QuietButton>
        <p className="tp-small tp-soft">{t("entry.trashHint")}</p>
      </div>
    </section>
  );
}
