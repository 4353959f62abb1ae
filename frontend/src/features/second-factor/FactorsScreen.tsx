import { type ReactNode, useEffect, useRef, useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf, recently } from "~/i18n/dates";
import { asksFresh, useFresh } from "~/session/fresh";
import { Button, Dialog, ErrorState, Loading, Note, QuietButton, QuietLink, TextField, useToast } from "~/ui";
import { AddFactor } from "./AddFactor";
import { RecoveryCodes } from "./RecoveryCodes";
import "./second-factor.css";
import {
  type Factor,
  type FactorChange,
  inWords,
  useFactors,
  useRemove,
  useRename,
  useRenewCodes,
} from "./useFactors";

/** Under so many it is time for new recovery codes. */
const FEW = 4;

/** "Extra beveiliging": what one has beside a password, and what changed about it. */
export default function FactorsScreen() {
  const t = useT();
  const factors = useFactors();
  const toast = useToast();
  const [adding, setAdding] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);

  if (factors.isPending) return <Loading />;
  if (factors.isError) {
    return (
      <div className="tp-page">
        <ErrorState error={factors.error} onRetry={() => factors.refetch()} />
      </div>
    );
  }
  if (codes) return <NewCodes codes={codes} onKept={() => setCodes(null)} />;
  const { items, recoveryCodesLeft, required, changes } = factors.data;
  return (
    <div className="tp-page tp-stack factor">
      <header>
        <QuietLink to="/ik" icon="back">
          {t("settings.title")}
        </QuietLink>
        <h1>{t("factor.own.title")}</h1>
        <p className="tp-soft">{t(required ? "factor.own.required" : "factor.own.lead")}</p>
      </header>
      <section className="tp-card tp-stack" aria-labelledby="factors">
        <h2 id="factors">{t("factor.own.items")}</h2>
        {items.length === 0 && <p>{t("factor.own.empty")}</p>}
        <ul className="tp-list factor__items">
          {items.map((factor) => (
            <OneFactor
              key={factor.id}
              factor={factor}
              last={items.length === 1}
              stays={required && items.length === 1}
            />
          ))}
        </ul>
        <Button look="secondary" icon="plus" onClick={() => setAdding(true)}>
          {t("factor.own.add")}
        </Button>
      </section>
      {items.length > 0 && <Codes left={recoveryCodesLeft} onMade={setCodes} />}
      {changes.length > 0 && <Changes changes={changes} />}
      <Dialog title={t("factor.own.add")} open={adding} onClose={() => setAdding(false)}>
        <AddFactor
          onAdded={(made) => {
            setAdding(false);
            setCodes(made.recoveryCodes);
            if (!made.recoveryCodes) toast({ text: t("factor.own.added") });
          }}
        />
      </Dialog>
    </div>
  );
}

/** Not in a dialog, which Escape would close before they are kept. */
function NewCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus();
  }, []);
  return (
    <div className="tp-page tp-stack factor__form">
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {t("factor.codes.title")}
        </h1>
        <p>{t("factor.codes.lead")}</p>
      </header>
      <RecoveryCodes codes={codes} onKept={onKept} />
    </div>
  );
}

interface OneFactorProps {
  factor: Factor;
  last: boolean;
  /** The role asks for one. */
  stays: boolean;
}

function OneFactor({ factor, last, stays }: OneFactorProps) {
  const t = useT();
  const language = useLanguage();
  const [doing, setDoing] = useState<"rename" | "remove" | null>(null);
  const close = () => setDoing(null);
  const { name } = factor;
  return (
    <li>
      <div className="tp-grow">
        <p>
          <b>
            <bdi>{name}</bdi>
          </b>
        </p>
        <p className="tp-small tp-soft">
          {t("factor.own.since", {
            kind: t(`factor.own.kind.${factor.kind}`),
            day: dayInWords(dayOf(factor.createdAt), language),
            last: recently(dayOf(factor.lastUsedAt ?? factor.createdAt), language),
          })}
        </p>
        {factor.backedUp === false && <p className="tp-small tp-soft">{t("factor.own.oneDevice")}</p>}
      </div>
      <QuietButton aria-label={t("factor.own.renameOf", { name })} onClick={() => setDoing("rename")}>
        {t("factor.own.rename")}
      </QuietButton>
      {!stays && (
        <QuietButton aria-label={`${t("factor.own.remove")}: ${name}`} onClick={() => setDoing("remove")}>
          {t("factor.own.remove")}
        </QuietButton>
      )}
      <Dialog title={t("factor.own.renameOf", { name })} open={doing === "rename"} onClose={close}>
        <Rename factor={factor} onDone={close} />
      </Dialog>
      <Dialog title={t("factor.own.removeOf", { name })} open={doing === "remove"} onClose={close}>
        <Remove factor={factor} last={last} onDone={close} />
      </Dialog>
    </li>
  );
}

function Rename({ factor, onDone }: { factor: Factor; onDone: () => void }) {
  const t = useT();
  const rename = useRename();
  const [name, setName] = useState(factor.name);
  return (
    <form
      className="tp-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") rename.mutate({ id: factor.id, name }, { onSuccess: onDone });
      }}
    >
      <Wrong problem={rename.error} />
      <TextField
        label={t("factor.own.name")}
        hint={t("factor.own.nameHint")}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" wide busy={rename.isPending}>
        {t("factor.own.save")}
      </Button>
    </form>
  );
}

function Remove({ factor, last, onDone }: { factor: Factor; last: boolean; onDone: () => void }) {
  const t = useT();
  const toast = useToast();
  const fresh = useFresh();
  const remove = useRemove();
  const go = () =>
    remove.mutate(factor.id, {
      onSuccess: () => {
        toast({ text: t("factor.own.removed", { name: factor.name }) });
        onDone();
      },
      onError: (error) => fresh(error, go),
    });
  return (
    <>
      <Wrong problem={remove.error} />
      <p>{t(last ? "factor.own.removeLast" : "factor.own.removeText")}</p>
      <Button wide busy={remove.isPending} onClick={go}>
        {t("factor.own.removeYes")}
      </Button>
      <Button look="secondary" wide onClick={onDone}>
        {t("factor.own.keep")}
      </Button>
    </>
  );
}

function Codes({ left, onMade }: { left: number; onMade: (codes: readonly string[]) => void }) {
  const t = useT();
  const fresh = useFresh();
  const renew = useRenewCodes();
  const [asking, setAsking] = useState(false);
  const go = () =>
    renew.mutate(undefined, {
      onSuccess: (codes) => {
        setAsking(false);
        onMade(codes);
      },
      onError: (error) => fresh(error, go),
    });
  return (
    <section className="tp-card tp-stack" aria-labelledby="codes">
      <h2 id="codes">{t("factor.own.codes")}</h2>
      <p>{t("factor.own.codesLeft", { count: left })}</p>
      {left < FEW && (
        <Note tone="wait">
          <p>{t("factor.own.codesFew")}</p>
        </Note>
      )}
      <Button look="secondary" onClick={() => setAsking(true)}>
        {t("factor.own.codesNew")}
      </Button>
      <Dialog title={t("factor.own.codesAsk")} open={asking} onClose={() => setAsking(false)}>
        <Wrong problem={renew.error} />
        <p>{t("factor.own.codesAskText")}</p>
        <Button wide busy={renew.isPending} onClick={go}>
          {t("factor.own.codesYes")}
        </Button>
      </Dialog>
    </section>
  );
}

function Changes({ changes }: { changes: readonly FactorChange[] }) {
  const t = useT();
  const language = useLanguage();
  return (
    <section className="tp-card tp-stack" aria-labelledby="changes">
      <h2 id="changes">{t("factor.own.changes")}</h2>
      <p className="tp-small tp-soft">{t("factor.own.changesHint")}</p>
      <ul className="tp-list">
        {changes.map((change) => (
          <li key={change.at + change.what}>
            <p>
              {t(`factor.change.${change.what}`, { name: change.name ?? "" })}{" "}
              <span className="tp-soft">{dayInWords(dayOf(change.at), language)}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Why it did not work; being asked for the second factor once more is no reason to say so. */
function Wrong({ problem }: { problem: unknown }): ReactNode {
  const t = useT();
  return (
    <div role="alert">
      {problem != null && !asksFresh(problem) && (
        <Note tone="wait">
          <p>{inWords(problem, t)}</p>
        </Note>
      )}
    </div>
  );
}
