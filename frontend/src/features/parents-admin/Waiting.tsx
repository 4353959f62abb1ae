import { useDeferredValue, useState } from "react";
import { useT } from "~/i18n";
import { Dialog, EmptyState, TextField } from "~/ui";
import { DecisionForm } from "./DecisionForm";
import { LinkList } from "./LinkList";
import { type Link, useLinks } from "./useParents";

/** Who says to be whose parent, and waits for the school's word. */
export function Waiting({ schoolId }: { schoolId: string }) {
  const t = useT();
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed.trim());
  const links = useLinks(schoolId, "claimed", query);
  const [chosen, setChosen] = useState<Link | null>(null);
  const close = () => setChosen(null);
  return (
    <section className="tp-stack" aria-labelledby="waiting">
      <div>
        <h2 id="waiting">{t("parentsAdmin.part.waiting")}</h2>
        <p>{t("parentsAdmin.waiting.text")}</p>
      </div>
      <TextField
        type="search"
        label={t("parentsAdmin.search")}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <LinkList
        links={links}
        empty={<EmptyState>{t(query ? "parentsAdmin.search.none" : "parentsAdmin.waiting.none")}</EmptyState>}
        actions={(link) => [{ label: t("parentsAdmin.decide"), act: () => setChosen(link) }]}
      />
      <Dialog title={t("parentsAdmin.decide.title")} open={chosen !== null} onClose={close}>
        {chosen && <DecisionForm link={chosen} onDone={close} />}
      </Dialog>
    </section>
  );
}
