import { useDeferredValue, useState } from "react";
import { useT } from "~/i18n";
import { Button, Dialog, EmptyState, FilterPills, TextField, useToast } from "~/ui";
import { DecisionForm } from "./DecisionForm";
import { LinkList } from "./LinkList";
import { type Link, type LinkState, useAccountLetter, useDecide, useLinks } from "./useParents";

type Question = { kind: "change" | "password"; link: Link };

/** Who is whose parent, with the ways to change it. */
export function Links({ schoolId }: { schoolId: string }) {
  const t = useT();
  const toast = useToast();
  const [state, setState] = useState<LinkState>("confirmed");
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed.trim());
  const links = useLinks(schoolId, state, query);
  const decide = useDecide();
  const [question, setQuestion] = useState<Question | null>(null);
  const close = () => setQuestion(null);
  const bringBack = ({ id, custody, parent }: Link) =>
    decide.mutate(
      { id, decision: { state: "claimed", custody } },
      {
        onSuccess: () => toast({ text: t("parentsAdmin.broughtBack", { parent: parent.name }) }),
        onError: () => toast({ text: t("parentsAdmin.failed") }),
      },
    );
  const actions = (link: Link) =>
    state === "ended"
      ? [{ label: t("parentsAdmin.bringBack"), act: () => bringBack(link) }]
      : [
          { label: t("parentsAdmin.change"), act: () => setQuestion({ kind: "change", link }) },
          {
            label: t(link.parent.username ? "parentsAdmin.password" : "parentsAdmin.account"),
            act: () => setQuestion({ kind: "password", link }),
          },
        ];
  return (
    <section className="tp-stack" aria-labelledby="links">
      <h2 id="links">{t("parentsAdmin.part.links")}</h2>
      <TextField
        type="search"
        label={t("parentsAdmin.search")}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <FilterPills
        label={t("parentsAdmin.which")}
        options={[
          { value: "confirmed", label: t("parentsAdmin.which.confirmed") },
          { value: "ended", label: t("parentsAdmin.which.ended") },
        ]}
        value={state}
        onChange={setState}
      />
      <LinkList
        links={links}
        empty={<EmptyState>{t(query ? "parentsAdmin.search.none" : "parentsAdmin.links.none")}</EmptyState>}
        actions={actions}
      />
      <Dialog
        title={t(question?.kind === "password" ? "parentsAdmin.password.title" : "parentsAdmin.change.title")}
        open={question !== null}
        onClose={close}
      >
        {question?.kind === "change" && <DecisionForm link={question.link} onDone={close} />}
        {question?.kind === "password" && (
          <AccountLetter schoolId={schoolId} link={question.link} onDone={close} />
        )}
      </Dialog>
    </section>
  );
}

/** A letter with a code, for who forgot the password or has no account yet. */
function AccountLetter({ schoolId, link, onDone }: { schoolId: string; link: Link; onDone: () => void }) {
  const t = useT();
  const toast = useToast();
  const letter = useAccountLetter(schoolId);
  const make = () =>
    letter.mutate(link.parent.id, {
      onSuccess: () => toast({ text: t("parentsAdmin.letters.made") }),
      onError: () => toast({ text: t("parentsAdmin.failed") }),
      onSettled: onDone,
    });
  const known = link.parent.username !== null;
  return (
    <>
      <p>
        {t(known ? "parentsAdmin.password.text" : "parentsAdmin.account.text", { parent: link.parent.name })}
      </p>
      <Button wide busy={letter.isPending} onClick={make}>
        {t("parentsAdmin.password.go")}
      </Button>
      <Button look="secondary" wide onClick={onDone}>
        {t("ui.cancel")}
      </Button>
    </>
  );
}
