import { useEffect, useMemo } from "react";
import { useLanguage, useT } from "~/i18n";
import { Facts, Icon, type IconName, languageOf, OwnWords } from "~/ui";
import { factsOf } from "./content";
import type { Shown } from "./useShowcase";

type StoryShown = Shown["sections"][number]["stories"][number];
type File = StoryShown["files"][number];

/** Where a file of the page is fetched: of one's own, of a page that waits for a yes, or by a link. */
export type FileAddress = (id: string, way: "file" | "thumbnail") => string;

export const ownFile: FileAddress = (id, way) => `/v1/attachments/${id}/${way}`;

export const SIGNS: Record<Shown["words"][number]["voices"][number], IconName> = {
  pupil: "me",
  school: "school",
  home: "heart",
  outside: "globe",
};

/** Whose page it is, as far as the pupil says so. */
export function nameOf({ givenName, familyName }: Shown): string {
  return [givenName, familyName].filter(Boolean).join(" ");
}

/** What a page holds, without its head: words, and parts with stories. */
export function PageShown({ page, addressOf }: { page: Shown; addressOf: FileAddress }) {
  const t = useT();
  return (
    <div className="etalage__page">
      {page.intro && (
        <p className="etalage__intro etalage__text" lang={languageOf(page.intro)} dir="auto">
          {page.intro}
        </p>
      )}
      {page.words.length > 0 && (
        <section className="etalage__words" aria-labelledby="words">
          <h2 id="words">{t("showcase.words")}</h2>
          <ul>
            {page.words.map(({ word, voices }) => (
              <li key={word} className="etalage__word">
                <strong>
                  <OwnWords>{word}</OwnWords>
                </strong>
                <span className="tp-small">
                  {voices.map((voice) => (
                    <span key={voice} className="etalage__voice">
                      <Icon name={SIGNS[voice]} />
                      {t(`showcase.voice.${voice}`)}
                    </span>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {page.sections.map((section, at) => (
        <section key={`${at} ${section.heading}`} className="etalage__section">
          {section.heading && (
            <h2 dir="auto" lang={languageOf(section.heading)}>
              {section.heading}
            </h2>
          )}
          {section.text && (
            <p className="etalage__text" lang={languageOf(section.text)} dir="auto">
              {section.text}
            </p>
          )}
          {section.stories.map((story, place) => (
            <OneStory key={`${place} ${story.title}`} story={story} addressOf={addressOf} />
          ))}
        </section>
      ))}
      {page.sections.length === 0 && !page.intro && page.words.length === 0 && (
        <p className="tp-soft">{t("showcase.nothing")}</p>
      )}
    </div>
  );
}

/** The facts of a story stand below its title, on the side where that begins. */
const directionOf = (title: string) => (languageOf(title) === "ar" ? "rtl" : "ltr");

function OneStory({ story, addressOf }: { story: StoryShown; addressOf: FileAddress }) {
  const t = useT();
  const language = useLanguage();
  const facts = factsOf(story, t, language);
  return (
    <article
      className="etalage__story"
      dir={story.title ? directionOf(story.title) : undefined}
      data-pictured={story.files.length > 0 || undefined}
    >
      <div className="etalage__told">
        <h3 dir="auto" lang={story.title ? languageOf(story.title) : undefined}>
          {story.title || t(`kind.${story.kind}`)}
        </h3>
        <p className="tp-small tp-soft">
          {facts.length > 0 ? <Facts of={facts} /> : t(`kind.${story.kind}`)}
        </p>
        {story.text && (
          <p className="etalage__text" lang={languageOf(story.text)} dir="auto">
            {story.text}
          </p>
        )}
      </div>
      {story.files.length > 0 && (
        <ul className="etalage__files" data-count={Math.min(story.files.length, 3)}>
          {story.files.map((file) => (
            <li key={file.id}>
              {file.kind === "photo" ? (
                <Photo file={file} story={story} addressOf={addressOf} />
              ) : (
                <Film file={file} story={story} addressOf={addressOf} />
              )}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

interface FileProps {
  file: File;
  story: StoryShown;
  addressOf: FileAddress;
}

function Photo({ file, story, addressOf }: FileProps) {
  const t = useT();
  const alt = file.alt || t("showcase.photoOf", { title: story.title });
  const small = addressOf(file.id, "thumbnail");
  return (
    <a
      href={addressOf(file.id, "file")}
      target="_blank"
      rel="noreferrer"
      aria-label={t("showcase.enlarge", { what: alt })}
    >
      <img
        className="tp-picture"
        src={`${small}?width=640`}
        srcSet={[320, 640, 1280].map((width) => `${small}?width=${width} ${width}w`).join(", ")}
        sizes="(min-width: 62rem) 26rem, 100vw"
        style={
          file.placeholder
            ? { backgroundImage: `url("${file.placeholder}")`, backgroundSize: "cover" }
            : undefined
        }
        alt={alt}
        width={file.width ?? undefined}
        height={file.height ?? undefined}
        loading="lazy"
        decoding="async"
      />
    </a>
  );
}

function Film({ file, story, addressOf }: FileProps) {
  const t = useT();
  const label = file.alt || t("showcase.filmOf", { title: story.title });
  const captions = useMemo(
    () => file.captions && URL.createObjectURL(new Blob([file.captions], { type: "text/vtt" })),
    [file.captions],
  );
  useEffect(() => () => void (captions && URL.revokeObjectURL(captions)), [captions]);
  return (
    <figure>
      {/* biome-ignore lint/a11y/useMediaCaption: captions where there are any; else the words below it */}
      <video
        className="tp-picture"
        controls
        playsInline
        preload="none"
        poster={file.hasThumbnail ? `${addressOf(file.id, "thumbnail")}?width=640` : undefined}
        src={addressOf(file.id, "file")}
        aria-label={label}
      >
        {captions && <track default kind="captions" src={captions} label={t("entry.captions")} />}
      </video>
      <figcaption className="tp-small tp-soft">
        <OwnWords>{label}</OwnWords>
      </figcaption>
    </figure>
  );
}
