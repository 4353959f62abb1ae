import { type FormEvent, useRef, useState } from "react";
import { newId } from "~/api/ids";
import { useT } from "~/i18n";
import { addDays, today } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import { Button, EmptyState, FilterPills, LinkButton, Note, TextField } from "~/ui";
import { Check } from "./EditScreen";
import { OnePage } from "./OnePage";
import { Given, ShareCard } from "./ShareCard";
import { type Page, problemOf, useShare } from "./useShowcase";

/** Links to a page: a new one, and those that there are. */
export default function ShareScreen() {
  return <OnePage below>{(page) => <Sharing page={page} />}</OnePage>;
}

function Sharing({ page }: { page: Page }) {
  const t = useT();
  const title = page.content.title;
  usePageTitle(t("showcase.shareOf", { title }));
  return (
    <>
      <header>
        <h1 tabIndex={-1}>{t("showcase.shareOf", { title })}</h1>
        <p>{t("showcase.shareText")}</p>
      </header>
      {page.law === "not_yet" ? (
        <EmptyState
          title={t("showcase.notYet")}
          action={
            <LinkButton to={`/mijn-etalage/${page.id}/bekijken`} icon="eye">
              {t("showcase.preview")}
            </LinkButton>
          }
        >
          {t("showcase.notYetText")}
        </EmptyState>
      ) : (
        <>
          <NewLink page={page} />
          {page.shares.length > 0 && (
            <section className="tp-stack" aria-labelledby="links">
              <h2 id="links">{t("showcase.links")}</h2>
              {page.shares.map((share) => (
                <ShareCard key={share.id} share={share} />
              ))}
            </section>
          )}
        </>
      )}
    </>
  );
}

const SPANS = ["14", "30", "90", "365"] as const;
const MOST_DAYS = 366;

function NewLink({ page }: { page: Page }) {
  const t = useT();
  const share = useShare();
  const now = today();
  // One id for one form: sent twice it is the same link.
  const id = useRef(newId());
  const sending = useRef(false);
  const [who, setWho] = useState("");
  const [startsOn, setStart] = useState(now);
  const [endsOn, setEnd] = useState(addDays(now, 30));
  const [withCode, setCode] = useState(false);
  const span = SPANS.find((days) => endsOn === addDays(startsOn || now, Number(days))) ?? "";
  const make = (event: FormEvent) => {
    event.preventDefault();
    // Pressed twice before the button is drawn busy, it is sent once.
    if (sending.current) return;
    sending.current = true;
    share.mutate(
      { id: id.current, asked: { pageId: page.id, who: who.trim(), startsOn, endsOn, withCode } },
      {
        onSettled: () => {
          id.current = newId();
          sending.current = false;
        },
      },
    );
  };
  const problem = problemOf(share.error);
  if (share.data) {
    return (
      <section className="tp-sheet tp-stack" aria-labelledby="given">
        <h2 id="given">{t(share.data.waits ? "showcase.waits" : "showcase.made")}</h2>
        {share.data.waits && <p>{t("showcase.waitsText")}</p>}
        <Given given={share.data} />
        <div>
          <Button look="secondary" icon="plus" onClick={() => share.reset()}>
            {t("showcase.anotherLink")}
          </Button>
        </div>
      </section>
    );
  }
  return (
    <form className="tp-sheet tp-stack" onSubmit={make} noValidate aria-labelledby="new-link">
      <h2 id="new-link">{t("showcase.newLink")}</h2>
      {page.law === "parent" && (
        <Note icon="together">
          <p>{t("showcase.parentFirst")}</p>
        </Note>
      )}
      <TextField
        label={t("showcase.who")}
        hint={t("showcase.whoHint")}
        value={who}
        maxLength={80}
        autoComplete="off"
        dir="auto"
        onChange={({ target }) => setWho(target.value)}
      />
      <div className="tp-field">
        <FilterPills
          label={t("showcase.howLong")}
          showLabel
          value={span}
          onChange={(days) => setEnd(addDays(startsOn || now, Number(days)))}
          options={SPANS.map((value) => ({ value, label: t(`showcase.span.${value}`) }))}
        />
      </div>
      <div className="etalage__dates">
        <TextField
          type="date"
          label={t("showcase.from")}
          value={startsOn}
          min={now}
          max={addDays(now, MOST_DAYS)}
          error={problem?.at("/startsOn")}
          onChange={({ target }) => setStart(target.value)}
        />
        <TextField
          type="date"
          label={t("showcase.until")}
          value={endsOn}
          min={startsOn}
          max={addDays(now, MOST_DAYS)}
          error={problem?.at("/endsOn")}
          onChange={({ target }) => setEnd(target.value)}
        />
      </div>
      <Check label={t("showcase.withCode")} checked={withCode} onChange={setCode} />
      <p className="tp-field__hint">{t("showcase.withCodeHint")}</p>
      <div role="alert">
        {share.isError && problem?.errors.length !== 1 && (
          <Note tone="wait">
            <p>{problem?.message ?? t("showcase.failed")}</p>
          </Note>
        )}
      </div>
      <div>
        <Button type="submit" icon="globe" busy={share.isPending}>
          {t(page.law === "parent" ? "showcase.askParent" : "showcase.makeLink")}
        </Button>
      </div>
    </form>
  );
}
