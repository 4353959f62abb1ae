import { useState } from "react";
import { useLocation } from "wouter";
import { useT } from "~/i18n";
import { usePageTitle } from "~/routing";
import { Button, Dialog, LinkButton, QuietButton, TextArea, TextField, useToast } from "~/ui";
import { linesOf, MOST, moved, newSection, replaced } from "./content";
import { Conflict, Kept } from "./Kept";
import { OnePage } from "./OnePage";
import { SectionCard } from "./SectionCard";
import { useKeeping } from "./useKeeping";
import {
  type Content,
  type Material,
  type Page,
  type Section,
  useRemove,
  useRestore,
  writePage,
} from "./useShowcase";
import { WordsCard } from "./WordsCard";

/** Composing one page: what stands at the top, words, and parts with stories. Kept by itself. */
export default function EditScreen() {
  return <OnePage>{(page, material) => <Editor key={page.id} page={page} material={material} />}</OnePage>;
}

function Editor({ page, material }: { page: Page; material: Material }) {
  const t = useT();
  const toast = useToast();
  const own = useKeeping<Content>(page, (content, version) => writePage(page.id, content, version));
  const { content, change } = own;
  usePageTitle(content.title);
  const titles = new Map(material.stories.map(({ id, title, kind }) => [id, title || t(`kind.${kind}`)]));
  const titleOf = (id: string) => titles.get(id) ?? t("showcase.notShown");
  const put = (sections: Section[], field?: string) => change({ ...content, sections }, field);
  return (
    <>
      <header>
        <h1 tabIndex={-1}>{content.title || t("showcase.untitled")}</h1>
        <nav className="tp-row" aria-label={t("showcase.ways")}>
          <LinkButton to={`/mijn-etalage/${page.id}/delen`} icon="globe">
            {t("showcase.share")}
          </LinkButton>
          <LinkButton to={`/mijn-etalage/${page.id}/bekijken`} look="secondary" icon="eye">
            {t("showcase.preview")}
          </LinkButton>
        </nav>
      </header>
      <Kept own={own} />
      <TopCard page={page} content={content} onChange={change} />
      <WordsCard
        words={material.words}
        picks={content.words}
        onChange={(words) => change({ ...content, words })}
      />
      {content.sections.map((section, at) => (
        <SectionCard
          key={section.id}
          section={section}
          at={at}
          last={content.sections.length - 1}
          stories={material.stories}
          titleOf={titleOf}
          onChange={(next, field) =>
            put(replaced(content.sections, at, next), field && `${section.id} ${field}`)
          }
          onMove={(to) => put(moved(content.sections, at, to))}
          onRemove={() => {
            put(content.sections.filter((one) => one.id !== section.id));
            toast({ text: t("showcase.partGone", { heading: section.heading || t("showcase.part") }) });
          }}
        />
      ))}
      {content.sections.length < MOST.sections && (
        <div>
          <Button
            look="secondary"
            icon="plus"
            onClick={() => put([...content.sections, newSection(null, "")])}
          >
            {t("showcase.newPart")}
          </Button>
        </div>
      )}
      <section className="tp-card tp-card--sea tp-stack" aria-labelledby="papers">
        <div>
          <h2 id="papers" className="etalage__panel">
            {t("showcase.papers")}
          </h2>
          <p className="tp-small">{t("showcase.papersText")}</p>
        </div>
        <div className="tp-row">
          <LinkButton to={`/mijn-etalage/${page.id}/papier/cv`} look="secondary" icon="file">
            {t("showcase.paper.cv")}
          </LinkButton>
          <LinkButton to={`/mijn-etalage/${page.id}/papier/plusdocument`} look="secondary" icon="file">
            {t("showcase.paper.plus")}
          </LinkButton>
        </div>
      </section>
      <Away page={page} title={content.title} />
      <Conflict own={own} mine={linesOf(content, titleOf)} theirs={linesOf(page.content, titleOf)} />
    </>
  );
}

function TopCard({
  page,
  content,
  onChange,
}: {
  page: Page;
  content: Content;
  onChange: (next: Content, field?: string) => void;
}) {
  const t = useT();
  const missing = content.title.trim() === "";
  return (
    <section className="tp-card tp-stack" aria-labelledby="top">
      <h2 id="top" className="etalage__panel">
        {t("showcase.top")}
      </h2>
      <TextField
        label={t("showcase.pageTitle")}
        value={content.title}
        maxLength={120}
        dir="auto"
        error={missing ? t("showcase.titleMissing") : undefined}
        onChange={({ target }) => onChange({ ...content, title: target.value }, "title")}
      />
      <TextArea
        label={t("showcase.intro")}
        hint={t(`showcase.introHint.${content.template}`)}
        rows={4}
        maxLength={2_000}
        dir="auto"
        value={content.intro}
        onChange={({ target }) => onChange({ ...content, intro: target.value }, "intro")}
      />
      <fieldset className="tp-field">
        <legend className="tp-label">{t("showcase.whoAmI")}</legend>
        <p className="tp-field__hint">{t("showcase.whoAmIHint", { name: page.shown.givenName })}</p>
        <Check
          label={t("showcase.familyName")}
          checked={content.showsFamilyName}
          onChange={(showsFamilyName) => onChange({ ...content, showsFamilyName })}
        />
        <Check
          label={t("showcase.school")}
          checked={content.showsSchool}
          onChange={(showsSchool) => onChange({ ...content, showsSchool })}
        />
      </fieldset>
    </section>
  );
}

/** One yes or no, in words. */
export function Check({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className="etalage__check">
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      <span>{label}</span>
    </label>
  );
}

function Away({ page, title }: { page: Page; title: string }) {
  const t = useT();
  const toast = useToast();
  const [, go] = useLocation();
  const [remove, restore] = [useRemove(), useRestore()];
  const [asked, setAsked] = useState(false);
  const open = page.shares.filter(({ state }) => state === "open" || state === "coming").length;
  return (
    <div>
      <QuietButton icon="trash" onClick={() => setAsked(true)}>
        {t("showcase.remove")}
      </QuietButton>
      <Dialog title={t("showcase.removeOf", { title })} open={asked} onClose={() => setAsked(false)}>
        <p>{t("showcase.removeText", { count: open })}</p>
        <div className="tp-row">
          <Button
            busy={remove.isPending}
            onClick={() =>
              remove.mutate(page.id, {
                onSuccess: () => {
                  go("/mijn-etalage");
                  toast({
                    text: t("showcase.gone", { title }),
                    action: () =>
                      restore.mutate(page.id, { onSuccess: () => go(`/mijn-etalage/${page.id}`) }),
                  });
                },
                onError: () => toast({ text: t("showcase.failed") }),
              })
            }
          >
            {t("showcase.removeYes")}
          </Button>
          <QuietButton onClick={() => setAsked(false)}>{t("ui.cancel")}</QuietButton>
        </div>
      </Dialog>
    </div>
  );
}
