import { type DragEvent, useState } from "react";
import { useLanguage, useT } from "~/i18n";
import {
  Button,
  Dialog,
  Facts,
  Icon,
  KindLabel,
  LinkButton,
  OwnWords,
  QuietButton,
  TextArea,
  TextField,
} from "~/ui";
import { factsOf, MOST, moved, replaced, storyOf } from "./content";
import { Order } from "./Order";
import type { MaterialStory, Section, Story } from "./useShowcase";

interface Props {
  section: Section;
  at: number;
  last: number;
  stories: readonly MaterialStory[];
  titleOf: (id: string) => string;
  onChange: (next: Section, field?: string) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

/** A part of a page: a heading, own words, and stories in an order. */
export function SectionCard({ section, at, last, stories, titleOf, onChange, onMove, onRemove }: Props) {
  const t = useT();
  const [picking, setPicking] = useState(false);
  const [dragged, setDragged] = useState<number | null>(null);
  const name = section.heading || t("showcase.part");
  const put = (next: Story[], field?: string) => onChange({ ...section, stories: next }, field);
  const drop = (event: DragEvent, to: number) => {
    event.preventDefault();
    if (dragged !== null) put(moved(section.stories, dragged, to));
    setDragged(null);
  };
  return (
    <section className="tp-card tp-stack etalage__part" aria-label={name}>
      <div className="etalage__partHead">
        <TextField
          label={t("showcase.heading")}
          value={section.heading}
          maxLength={120}
          dir="auto"
          onChange={({ target }) => onChange({ ...section, heading: target.value }, "heading")}
        />
        <Order name={name} at={at} last={last} onMove={onMove} />
      </div>
      <TextArea
        label={t("showcase.text")}
        hint={section.prompt ? t(`showcase.promptHint.${section.prompt}`) : undefined}
        rows={3}
        maxLength={2_000}
        dir="auto"
        value={section.text}
        onChange={({ target }) => onChange({ ...section, text: target.value }, "text")}
      />
      {section.stories.length > 0 && (
        <ol className="etalage__chosen">
          {section.stories.map((story, place) => (
            <li
              key={story.entryId}
              onDragOver={(event) => dragged !== null && event.preventDefault()}
              onDrop={(event) => drop(event, place)}
              data-dragged={dragged === place || undefined}
            >
              <Chosen
                story={story}
                there={stories.find(({ id }) => id === story.entryId)}
                title={titleOf(story.entryId)}
                order={
                  <>
                    <span
                      className="etalage__handle"
                      draggable
                      aria-hidden="true"
                      onDragStart={() => setDragged(place)}
                      onDragEnd={() => setDragged(null)}
                    >
                      ⠿
                    </span>
                    <Order
                      name={titleOf(story.entryId)}
                      at={place}
                      last={section.stories.length - 1}
                      onMove={(to) => put(moved(section.stories, place, to))}
                    />
                  </>
                }
                onChange={(next, field) =>
                  put(replaced(section.stories, place, next), field && `${story.entryId} ${field}`)
                }
                onRemove={() => put(section.stories.filter((_, one) => one !== place))}
              />
            </li>
          ))}
        </ol>
      )}
      <div className="tp-row">
        {section.stories.length < MOST.stories && (
          <Button look="secondary" icon="plus" onClick={() => setPicking(true)}>
            {t("showcase.addStory")}
          </Button>
        )}
        <QuietButton
          icon="trash"
          onClick={onRemove}
          aria-label={t("showcase.removePartOf", { heading: name })}
        >
          {t("showcase.removePart")}
        </QuietButton>
      </div>
      <Dialog title={t("showcase.addStory")} open={picking} onClose={() => setPicking(false)}>
        <Picking
          stories={stories}
          chosen={section.stories.map(({ entryId }) => entryId)}
          onPick={(story) => put([...section.stories, storyOf(story)])}
          onDrop={(id) => put(section.stories.filter(({ entryId }) => entryId !== id))}
        />
        <Button onClick={() => setPicking(false)}>{t("showcase.ready")}</Button>
      </Dialog>
    </section>
  );
}

function Chosen({
  story,
  there,
  title,
  order,
  onChange,
  onRemove,
}: {
  story: Story;
  there: MaterialStory | undefined;
  title: string;
  order: React.ReactNode;
  onChange: (next: Story, field?: string) => void;
  onRemove: () => void;
}) {
  const t = useT();
  return (
    <div className="etalage__chosenOne tp-stack">
      <div className="etalage__partHead">
        <h3>
          <OwnWords>{title}</OwnWords>
        </h3>
        {order}
      </div>
      {there ? (
        <>
          <TextArea
            label={t("showcase.storyText")}
            hint={t("showcase.storyHint")}
            rows={3}
            maxLength={1_000}
            dir="auto"
            value={story.text}
            onChange={({ target }) => onChange({ ...story, text: target.value }, "text")}
          />
          {there.files.length > 0 && (
            <fieldset className="tp-field">
              <legend className="tp-label">{t("showcase.files")}</legend>
              <div className="etalage__thumbs">
                {there.files.map((file) => {
                  const picked = story.fileIds.includes(file.id);
                  const what = file.alt || file.name;
                  return (
                    <label key={file.id} className="etalage__thumb" data-picked={picked || undefined}>
                      <input
                        type="checkbox"
                        checked={picked}
                        disabled={!picked && story.fileIds.length >= MOST.files}
                        aria-label={t(`showcase.pick.${file.kind}`, { what })}
                        onChange={() =>
                          onChange({
                            ...story,
                            fileIds: picked
                              ? story.fileIds.filter((id) => id !== file.id)
                              : [...story.fileIds, file.id],
                          })
                        }
                      />
                      {file.hasThumbnail ? (
                        <img src={`/v1/attachments/${file.id}/thumbnail?width=320`} alt="" loading="lazy" />
                      ) : (
                        <Icon name={file.kind === "film" ? "play" : "camera"} />
                      )}
                      {picked && <Icon name="check" />}
                    </label>
                  );
                })}
              </div>
            </fieldset>
          )}
        </>
      ) : (
        <p className="tp-small">{t("showcase.notShownText")}</p>
      )}
      <div>
        <QuietButton icon="cross" onClick={onRemove} aria-label={t("showcase.removeStoryOf", { title })}>
          {t("showcase.removeStory")}
        </QuietButton>
      </div>
    </div>
  );
}

const FIRST = 8;

function Picking({
  stories,
  chosen,
  onPick,
  onDrop,
}: {
  stories: readonly MaterialStory[];
  chosen: readonly string[];
  onPick: (story: MaterialStory) => void;
  onDrop: (id: string) => void;
}) {
  const t = useT();
  const language = useLanguage();
  const [all, setAll] = useState(false);
  const shown = all ? stories : stories.filter(({ id }, at) => at < FIRST || chosen.includes(id));
  if (stories.length === 0) {
    return (
      <div className="etalage__none">
        <p>{t("showcase.noStories")}</p>
        <LinkButton to="/erbij" look="secondary" icon="plus">
          {t("ui.erbij")}
        </LinkButton>
      </div>
    );
  }
  return (
    <div className="tp-stack">
      <p className="tp-small">{t("showcase.addStoryText")}</p>
      <ul className="etalage__choices">
        {shown.map((story) => {
          const picked = chosen.includes(story.id);
          const photo = story.files.find((file) => file.hasThumbnail);
          return (
            <li key={story.id} className="etalage__choice" data-picked={picked || undefined}>
              <label className="etalage__check">
                <input
                  type="checkbox"
                  checked={picked}
                  disabled={!picked && chosen.length >= MOST.stories}
                  onChange={() => (picked ? onDrop(story.id) : onPick(story))}
                />
                <span className="tp-grow">
                  <strong>
                    <OwnWords>{story.title || t(`kind.${story.kind}`)}</OwnWords>
                  </strong>
                  <span className="tp-small tp-soft etalage__facts">
                    <KindLabel kind={story.kind} />
                    <span>
                      <Facts of={factsOf(story, t, language)} />
                    </span>
                  </span>
                </span>
                {photo && (
                  <img src={`/v1/attachments/${photo.id}/thumbnail?width=320`} alt="" loading="lazy" />
                )}
              </label>
            </li>
          );
        })}
      </ul>
      {shown.length < stories.length && (
        <QuietButton onClick={() => setAll(true)}>
          {t("showcase.more", { count: stories.length })}
        </QuietButton>
      )}
    </div>
  );
}
