import { type FormEvent, useState } from "react";
import { useT } from "~/i18n";
import { type Me, useSignOut } from "~/session";
import { Button, QuietButton } from "~/ui";
import { Page } from "./Page";
import { RelationChoice } from "./RelationChoice";
import { problemInWords, type Relation, useAddChild } from "./useInvitation";

interface Props {
  code: string;
  me: Me;
  back: { label: string; onClick: () => void };
  onDone: () => void;
}

/** A child for the account that is signed in. */
export function AddChild({ code, me, back, onDone }: Props) {
  const t = useT();
  const signOut = useSignOut();
  const add = useAddChild();
  const [relation, setRelation] = useState<Relation>();
  const [missing, setMissing] = useState(false);
  const go = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!relation);
    if (relation) add.mutate({ code, relation }, { onSuccess: onDone });
  };
  const problem = missing ? t("invitation.relation.missing") : problemInWords(add.error, t);
  return (
    <Page
      title={t("invitation.add.title")}
      lead={t("invitation.add.lead", { name: me.name })}
      back={back}
      problem={problem}
    >
      <form className="tp-stack" onSubmit={go} noValidate>
        <RelationChoice
          value={relation}
          onChange={(chosen) => {
            setMissing(false);
            setRelation(chosen);
          }}
        />
        <Button type="submit" wide busy={add.isPending}>
          {t("invitation.add.go")}
        </Button>
      </form>
      <QuietButton onClick={() => void signOut()}>{t("invitation.add.notMe", { name: me.name })}</QuietButton>
    </Page>
  );
}
