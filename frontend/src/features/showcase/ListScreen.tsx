import { useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { newId } from "~/api/ids";
import { type MessageId, useLanguage, useT } from "~/i18n";
import { dayOf, recently } from "~/i18n/dates";
import {
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  Icon,
  Loading,
  Note,
  OwnWords,
  QuietButton,
  useToast,
} from "~/ui";
import { beginning, MOST, TEMPLATES, type Template } from "./content";
import { problemOf, useMakePage, usePages, useRestore } from "./useShowcase";
import "./showcase.css";
import "./compose.css";

/** The pupil's own pages, and a new one from a template. */
export default function ListScreen() {
  const t = useT();
  const language = useLanguage();
  const pages = usePages();
  const [choosing, setChoosing] = useState(false);
  const offline = pages.isPending && pages.fetchStatus === "paused";
  const room = (pages.data?.pages.length ?? 0) < MOST.pages;
  const begin = (
    <Button icon="plus" onClick={() => setChoosing(true)}>
      {t("showcase.new")}
    </Button>
  );
  return (
    <div className="tp-page tp-stack">
      <header>
        <h1 tabIndex={-1}>{t("showcase.mine")}</h1>
        <p className="tp-soft">{t("showcase.mineText")}</p>
      </header>
      {pages.isPending && !offline && <Loading cards={2} />}
      {offline && <ErrorState error={null} onRetry={() => pages.refetch()} />}
      {pages.isError && <ErrorState error={pages.error} onRetry={() => pages.refetch()} />}
      {pages.data?.pages.length === 0 && (
        <EmptyState title={t("showcase.emptyTitle")} action={begin}>
          {t("showcase.empty")}
        </EmptyState>
      )}
      {pages.data && pages.data.pages.length > 0 && (
        <>
          <ul className="etalage__list">
            {pages.data.pages.map((page) => (
              <li key={page.id} className="tp-card etalage__line">
                <Icon name={SIGNS[page.template]} />
                <div>
                  <h2>
                    <Link href={`/mijn-etalage/${page.id}`}>
                      <OwnWords>{page.title}</OwnWords>
                    </Link>
                  </h2>
                  <p className="tp-small tp-soft">
                    {t("showcase.changed", { when: recently(dayOf(page.updatedAt), language) })}
                    {" · "}
                    {t("showcase.openLinks", { count: page.openLinks })}
                  </p>
                </div>
              </li>
            ))}
          </ul>
          {room ? <div>{begin}</div> : <p className="tp-soft">{t("showcase.noRoom", { max: MOST.pages })}</p>}
        </>
      )}
      {pages.data && pages.data.removed.length > 0 && <Removed pages={pages.data.removed} />}
      <Dialog title={t("showcase.begin")} open={choosing} onClose={() => setChoosing(false)}>
        <Begin />
      </Dialog>
    </div>
  );
}

const SIGNS = { internship: "together", open_day: "school", about_me: "me", blank: "pencil" } as const;

function Begin() {
  const t = useT();
  const [, go] = useLocation();
  const make = useMakePage();
  // One id for one dialog: pressed twice it is the same page.
  const id = useRef(newId());
  const begin = (template: Template) =>
    make.mutate(
      { id: id.current, content: beginning(template, t) },
      { onSuccess: () => go(`/mijn-etalage/${id.current}`) },
    );
  return (
    <div className="tp-stack">
      <p>{t("showcase.beginText")}</p>
      <div role="alert">
        {make.isError && (
          <Note tone="wait">
            <p>{problemOf(make.error)?.message ?? t("showcase.failed")}</p>
          </Note>
        )}
      </div>
      <ul className="etalage__templates">
        {TEMPLATES.map((template) => (
          <li key={template}>
            <button
              type="button"
              className="etalage__template"
              aria-disabled={make.isPending || undefined}
              onClick={() => !make.isPending && begin(template)}
            >
              <Icon name={SIGNS[template]} />
              <span>
                <strong>{t(`showcase.template.${template}`)}</strong>
                <span className="tp-small tp-soft">
                  {t(`showcase.template.${template}.text` as MessageId)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Removed({ pages }: { pages: readonly { id: string; title: string; removedAt: string }[] }) {
  const t = useT();
  const toast = useToast();
  const restore = useRestore();
  return (
    <section className="tp-card tp-stack" aria-labelledby="removed">
      <div>
        <h2 id="removed" className="etalage__panel">
          {t("showcase.removed")}
        </h2>
        <p className="tp-small tp-soft">{t("showcase.removedText")}</p>
      </div>
      <ul className="tp-list">
        {pages.map(({ id, title }) => (
          <li key={id}>
            <div className="tp-grow">
              <OwnWords>{title}</OwnWords>
            </div>
            <QuietButton
              icon="undo"
              aria-label={t("showcase.restoreOf", { title })}
              busy={restore.isPending && restore.variables === id}
              onClick={() =>
                restore.mutate(id, {
                  onSuccess: () => toast({ text: t("showcase.restored", { title }) }),
                  onError: (error) => toast({ text: problemOf(error)?.message ?? t("showcase.failed") }),
                })
              }
            >
              {t("showcase.restore")}
            </QuietButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
