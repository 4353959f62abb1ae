import { useState } from "react";
import { useParams } from "wouter";
import { useT } from "~/i18n";
import { usePageTitle } from "~/routing";
import { Button, Dialog, ErrorState, Loading, QuietLink, useToast } from "~/ui";
import { groupName } from "~/ui/groupName";
import { PupilList } from "./PupilList";
import { type GroupSignIn, useGroupSignIn, useNewCards } from "./useClassSignIn";
import { WindowSheet } from "./WindowSheet";
import "./class-sign-in.css";

/** How a class signs in: the window with its code, who comes in, cards and PINs. */
export default function ClassSignInScreen() {
  const { groupId = "" } = useParams<{ groupId: string }>();
  const group = useGroupSignIn(groupId);
  return (
    <div className="tp-page tp-page--wide tp-stack">
      {group.isPending && <Loading />}
      {group.isError && !group.data && <ErrorState error={group.error} onRetry={() => group.refetch()} />}
      {group.data && <Overview group={group.data} />}
    </div>
  );
}

function Overview({ group }: { group: GroupSignIn }) {
  const t = useT();
  const name = groupName(group, t);
  usePageTitle(`${t("classSignIn.title")} · ${name}`);
  return (
    <>
      <header>
        <QuietLink to={`/klas/${group.id}`} icon="back">
          {t("classSignIn.back")}
        </QuietLink>
        <h1 tabIndex={-1}>{t("classSignIn.heading", { group: name })}</h1>
      </header>
      <div className="class-sign-in__columns">
        <div className="tp-stack">
          <WindowSheet groupId={group.id} window={group.window} />
          <SheetOfCards group={group} fileName={fileName(name)} />
        </div>
        <PupilList group={group} />
      </div>
    </>
  );
}

function SheetOfCards({ group, fileName }: { group: GroupSignIn; fileName: string }) {
  const t = useT();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const cards = useNewCards(group.id);
  const make = () =>
    cards.mutate(
      { pupilIds: null, fileName },
      {
        onSuccess: () => toast({ text: t("classSignIn.cards.made") }),
        onError: () => toast({ text: t("classSignIn.failed") }),
        onSettled: () => setAsking(false),
      },
    );
  return (
    <section className="tp-sheet tp-stack" aria-labelledby="cards">
      <h2 id="cards">{t("classSignIn.cards.title")}</h2>
      <p>{t("classSignIn.cards.text")}</p>
      <Button look="secondary" icon="file" onClick={() => setAsking(true)}>
        {t("classSignIn.cards.make")}
      </Button>
      <Dialog title={t("classSignIn.cards.sure")} open={asking} onClose={() => setAsking(false)}>
        <p>{t("classSignIn.cards.sureText", { count: group.pupils.length })}</p>
        <Button wide busy={cards.isPending} onClick={make}>
          {t("classSignIn.cards.yes")}
        </Button>
        <Button look="secondary" wide onClick={() => setAsking(false)}>
          {t("ui.cancel")}
        </Button>
      </Dialog>
    </section>
  );
}

function fileName(group: string): string {
  return `kaarten-${group.toLowerCase().replace(/[^a-z0-9]+/gu, "-")}.pdf`;
}
