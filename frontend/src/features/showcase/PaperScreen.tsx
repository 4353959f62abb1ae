import { useState } from "react";
import { useParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { usePageTitle } from "~/routing";
import { useMe } from "~/session";
import { Button, Icon, Note, OwnWords, QuietButton, TextArea, TextField } from "~/ui";
import { groupName } from "~/ui/groupName";
import { moved, paperLines, proposal, replaced } from "./content";
import { Check } from "./EditScreen";
import { Conflict, Kept } from "./Kept";
import { OnePage } from "./OnePage";
import { Order } from "./Order";
import { useKeeping } from "./useKeeping";
import {
  type Material,
  type Page,
  type PaperContent,
  type PaperKind,
  type PaperPart,
  problemOf,
  useAskPdf,
  writePaper,
} from "./useShowcase";

/** The lines of a CV or a plusdocument, and its PDF. */
export default function PaperScreen() {
  const { kind } = useParams<{ kind: string }>();
  const which: PaperKind = kind === "cv" ? "cv" : "plus";
  return (
    <OnePage below>
      {(page, material) => <Lines key={`${page.id} ${which}`} page={page} material={material} kind={which} />}
    </OnePage>
  );
}

function Lines({ page, material, kind }: { page: Page; material: Material; kind: PaperKind }) {
  const t = useT();
  const language = useLanguage();
  const me = useMe();
  const place = [me.pupil?.school?.name, me.pupil?.group && groupName(me.pupil.group, t)].filter(Boolean);
  const anew = () => proposal(kind, page, material.stories, place.join(", "), t, language);
  const [first] = useState(anew);
  const paper = page.papers.find((one) => one.kind === kind);
  const own = useKeeping<PaperContent>(paper ?? { content: first, version: 0 }, (content, version) =>
    writePaper(page.id, kind, content, version),
  );
  const { content, change } = own;
  const put = (at: number, part: PaperPart, field?: string) =>
    change({ ...content, parts: replaced(content.parts, at, part) }, field && `${at} ${field}`);
  const titles = new Map(material.stories.map((story) => [story.id, story.title || t(`kind.${story.kind}`)]));
  const name = t(`showcase.paper.${kind}`);
  usePageTitle(`${name}: ${page.content.title}`);
  return (
    <>
      <header>
        <h1 tabIndex={-1}>{name}</h1>
        <p>{t(`showcase.paper.${kind}.text`)}</p>
      </header>
      <Kept own={own} />
      <section className="tp-card tp-stack" aria-labelledby="paper-top">
        <h2 id="paper-top" className="etalage__panel">
          {t("showcase.top")}
        </h2>
        <TextArea
          label={t("showcase.paper.about")}
          rows={4}
          maxLength={2_000}
          dir="auto"
          value={content.about}
          onChange={({ target }) => change({ ...content, about: target.value }, "about")}
        />
        <TextArea
          label={t("showcase.paper.contact")}
          hint={t("showcase.paper.contactHint")}
          rows={2}
          maxLength={300}
          dir="auto"
          value={content.contact}
          onChange={({ target }) => change({ ...content, contact: target.value }, "contact")}
        />
        {page.shown.words.length > 0 && (
          <Check
            label={t("showcase.paper.words")}
            checked={content.showsWords}
            onChange={(showsWords) => change({ ...content, showsWords })}
          />
        )}
      </section>
      {content.parts.map((part, at) => (
        <Part
          key={at}
          part={part}
          at={at}
          last={content.parts.length - 1}
          titleOf={(id) => titles.get(id) ?? t("showcase.notShown")}
          onChange={(next, field) => put(at, next, field)}
          onMove={(to) => change({ ...content, parts: moved(content.parts, at, to) })}
          onRemove={() => change({ ...content, parts: content.parts.filter((_, one) => one !== at) })}
        />
      ))}
      <div className="tp-row">
        <Button
          look="secondary"
          icon="plus"
          aria-disabled={content.parts.length >= 12}
          onClick={() =>
            content.parts.length < 12 &&
            change({ ...content, parts: [...content.parts, { heading: "", text: "", items: [] }] })
          }
        >
          {t("showcase.newPart")}
        </Button>
        <QuietButton icon="turn-around" onClick={() => change(anew())}>
          {t("showcase.paper.anew")}
        </QuietButton>
      </div>
      <Pdf page={page} kind={kind} version={paper?.version ?? 0} content={content} keep={own.keep} />
      <Conflict own={own} mine={paperLines(content)} theirs={paperLines(paper?.content ?? content)} />
    </>
  );
}

function Part({
  part,
  at,
  last,
  titleOf,
  onChange,
  onMove,
  onRemove,
}: {
  part: PaperPart;
  at: number;
  last: number;
  titleOf: (id: string) => string;
  onChange: (next: PaperPart, field?: string) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}) {
  const t = useT();
  const name = part.heading || t("showcase.part");
  return (
    <section className="tp-card tp-stack" aria-label={name}>
      <div className="etalage__partHead">
        <TextField
          label={t("showcase.heading")}
          value={part.heading}
          maxLength={120}
          dir="auto"
          onChange={({ target }) => onChange({ ...part, heading: target.value }, "heading")}
        />
        <Order name={name} at={at} last={last} onMove={onMove} />
      </div>
      <TextArea
        label={t("showcase.text")}
        rows={2}
        maxLength={2_000}
        dir="auto"
        value={part.text}
        onChange={({ target }) => onChange({ ...part, text: target.value }, "text")}
      />
      {part.items.map((item, place) => {
        const put = (fields: Partial<typeof item>, field: string) =>
          onChange(
            { ...part, items: replaced(part.items, place, { ...item, ...fields }) },
            `${item.entryId} ${field}`,
          );
        return (
          <fieldset key={item.entryId} className="etalage__chosenOne etalage__paperItem tp-stack">
            <legend className="tp-label">
              <OwnWords>{titleOf(item.entryId)}</OwnWords>
            </legend>
            <TextField
              label={t("showcase.paper.line")}
              value={item.line}
              maxLength={200}
              dir="auto"
              onChange={({ target }) => put({ line: target.value }, "line")}
            />
            <TextArea
              label={t("showcase.storyText")}
              rows={2}
              maxLength={1_000}
              dir="auto"
              value={item.text}
              onChange={({ target }) => put({ text: target.value }, "text")}
            />
            <div>
              <QuietButton
                icon="cross"
                aria-label={t("showcase.removeStoryOf", { title: titleOf(item.entryId) })}
                onClick={() =>
                  onChange({ ...part, items: part.items.filter((one) => one.entryId !== item.entryId) })
                }
              >
                {t("showcase.paper.leaveOut")}
              </QuietButton>
            </div>
          </fieldset>
        );
      })}
      <div>
        <QuietButton
          icon="trash"
          aria-label={t("showcase.removePartOf", { heading: name })}
          onClick={onRemove}
        >
          {t("showcase.removePart")}
        </QuietButton>
      </div>
    </section>
  );
}

function Pdf({
  page,
  kind,
  version,
  content,
  keep,
}: {
  page: Page;
  kind: PaperKind;
  version: number;
  content: PaperContent;
  keep: () => Promise<boolean>;
}) {
  const t = useT();
  const ask = useAskPdf(page.id, kind);
  const [writing, setWriting] = useState(false);
  const pdf = page.papers.find((one) => one.kind === kind)?.pdf;
  const failed = ask.isError || pdf?.state === "failed";
  const make = async () => {
    setWriting(true);
    try {
      // The proposal was not written yet: it is what the paper is made of.
      if (version === 0) await writePaper(page.id, kind, content, 0);
      if (await keep()) await ask.mutateAsync(undefined).catch(() => {});
    } finally {
      setWriting(false);
    }
  };
  const ready = pdf?.state === "ready" && !pdf.outdated;
  return (
    <section className="tp-sheet tp-stack" aria-labelledby="pdf">
      <div>
        <h2 id="pdf" className="etalage__panel">
          {t("showcase.pdf")}
        </h2>
        <p className="tp-small tp-soft">{t("showcase.pdf.text")}</p>
      </div>
      <div role="status">
        {pdf?.state === "asked" && !failed && (
          <p className="tp-row tp-row--nowrap">
            <Icon name="wait" />
            <span>{t("showcase.pdf.busy")}</span>
          </p>
        )}
        {pdf?.state === "ready" && pdf.outdated && <p>{t("showcase.pdf.outdated")}</p>}
        {failed && (
          <Note tone="wait">
            <p>{problemOf(ask.error)?.message ?? t("showcase.pdf.failed")}</p>
          </Note>
        )}
      </div>
      <div className="tp-row">
        {ready && (
          <a
            className="utrecht-button utrecht-button--primary-action"
            href={`/v1/me/showcases/${page.id}/papers/${kind}/pdf`}
            download
          >
            <Icon name="file" />
            <span>{t("showcase.pdf.get")}</span>
          </a>
        )}
        {(pdf?.state !== "asked" || failed) && (
          <Button
            look={ready ? "secondary" : "primary"}
            icon={ready || failed ? "turn-around" : "file"}
            busy={writing || ask.isPending}
            onClick={() => void make()}
          >
            {t(ready || failed ? "showcase.pdf.again" : "showcase.pdf.make")}
          </Button>
        )}
      </div>
    </section>
  );
}
