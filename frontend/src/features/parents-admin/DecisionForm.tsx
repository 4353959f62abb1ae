import { type FormEvent, useState } from "react";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { today } from "~/i18n/dates";
import { Button, ChoiceGrid, Note, TextArea, TextField, useToast } from "~/ui";
import { type Decision, type Link, useDecide } from "./useParents";

type Custody = Link["custody"];
const CUSTODY: readonly Custody[] = ["yes", "limited", "no"];

/** The school's word about a link: with which custody, opened by hand or not, or not at all. */
export function DecisionForm({ link, onDone }: { link: Link; onDone: () => void }) {
  const t = useT();
  const toast = useToast();
  const decide = useDecide();
  const confirmed = link.state === "confirmed";
  const [custody, setCustody] = useState<Custody | undefined>(confirmed ? link.custody : undefined);
  const [byHand, setByHand] = useState(link.openedOn !== null);
  const [openedOn, setOpenedOn] = useState(link.openedOn ?? today());
  const [reason, setReason] = useState(link.openedOn ? (link.reason ?? "") : "");
  const [missing, setMissing] = useState(false);
  const names = { parent: link.parent.name, pupil: link.pupil.givenName };
  const opens = custody !== undefined && custody !== "yes" && byHand;

  const before: Decision = {
    state: link.state,
    custody: link.custody,
    openedOn: link.openedOn,
    reason: link.reason,
  };
  const say = (decision: Decision, text: string) =>
    decide.mutate(
      { id: link.id, decision },
      {
        onSuccess: () => {
          toast({ text, action: () => decide.mutate({ id: link.id, decision: before }) });
          onDone();
        },
      },
    );
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    const incomplete = custody === undefined || (opens && (reason.trim() === "" || openedOn === ""));
    setMissing(incomplete);
    if (incomplete || custody === undefined) return;
    const decision: Decision = opens
      ? { state: "confirmed", custody, openedOn, reason: reason.trim() }
      : { state: "confirmed", custody, openedOn: null, reason: null };
    const sees = custody === "yes" || opens;
    say(decision, t(sees ? "parentsAdmin.confirmed.open" : "parentsAdmin.confirmed.closed", names));
  };
  const end = () =>
    say(
      { state: "ended", custody: link.custody, openedOn: null, reason: null },
      t(confirmed ? "parentsAdmin.ended" : "parentsAdmin.refused", names),
    );

  const problem =
    missing && custody === undefined
      ? t("parentsAdmin.custody.missing")
      : decide.error instanceof ApiProblem
        ? (decide.error.errors[0]?.detail ?? decide.error.message)
        : decide.error && t("parentsAdmin.failed");
  return (
    <form className="tp-stack" onSubmit={confirm} noValidate>
      <p>
        <b>
          <bdi>{link.parent.name}</bdi>
        </b>
        {": "}
        {t(`parentsAdmin.relation.${link.relation ?? "register"}`, { pupil: link.pupil.name })}
      </p>
      <div role="alert">
        {problem && (
          <Note tone="wait">
            <p>{problem}</p>
          </Note>
        )}
      </div>
      <ChoiceGrid
        list
        label={t("parentsAdmin.custody.question", names)}
        options={CUSTODY.map((value) => ({
          value,
          label: t(`parentsAdmin.custody.${value}`),
          hint: t(`parentsAdmin.custody.${value}.hint`),
        }))}
        value={custody}
        onChange={setCustody}
      />
      {custody && custody !== "yes" && (
        <ChoiceGrid
          list
          label={t("parentsAdmin.byHand.question", names)}
          options={[
            { value: "no", label: t("parentsAdmin.byHand.no") },
            { value: "yes", label: t("parentsAdmin.byHand.yes") },
          ]}
          value={byHand ? "yes" : "no"}
          onChange={(choice) => setByHand(choice === "yes")}
        />
      )}
      {opens && (
        <>
          <TextField
            type="date"
            label={t("parentsAdmin.byHand.from")}
            value={openedOn}
            error={missing && openedOn === "" ? t("parentsAdmin.byHand.fromMissing") : undefined}
            onChange={(event) => setOpenedOn(event.target.value)}
          />
          <TextArea
            label={t("parentsAdmin.reason")}
            hint={t("parentsAdmin.reason.hint")}
            maxLength={500}
            rows={2}
            value={reason}
            error={missing && reason.trim() === "" ? t("parentsAdmin.reason.missing") : undefined}
            onChange={(event) => setReason(event.target.value)}
          />
        </>
      )}
      <Button type="submit" wide busy={decide.isPending}>
        {t(confirmed ? "parentsAdmin.save" : "parentsAdmin.confirm")}
      </Button>
      <Button look="secondary" wide busy={decide.isPending} onClick={end}>
        {t(confirmed ? "parentsAdmin.end" : "parentsAdmin.refuse", names)}
      </Button>
    </form>
  );
}
