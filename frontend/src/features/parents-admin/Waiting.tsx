import { useState } from "react";
import { useT } from "~/i18n";
import { Dialog, EmptyState } from "~/ui";
import { DecisionForm } from "./DecisionForm";
import { LinkList } from "./LinkList";
import { type Link, useLinks } from "./useParents";

/** Who says to be whose parent, and waits for the school's word. */
export function Waiting({ schoolId }: { schoolId: string }) {
  const t = useT();
  const links = useLinks(schoolId, "claimed");
  const [chosen, setChosen] = useState<Link | null>(null);
  const close = () => setChosen(null);
  return (
    <section className="tp-stack" aria-labelledby="waiting">
      <div>
        <h2 id="waiting">{t("parentsAdmin.part.waiting")}</h2>
        <p>{t("parentsAdmin.waiting.text")}</p>
      </div>
      <LinkList
        links={links}
        empty={<EmptyState>{t("parentsAdmin.waiting.none")}</EmptyState>}
        actions={(link) => [{ label: t("parentsAdmin.decide"), act: () => setChosen(link) }]}
      />
      <Dialog title={t("parentsAdmin.decide.title")} open={chosen !== null} onClose={close}>
        {chosen && <DecisionForm link={chosen} onDone={close} />}
      </Dialog>
    </section>
  );
}
