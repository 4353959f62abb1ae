import type { Schema } from "~/api/client";
import type { Translate } from "~/i18n";
import type { EntryCardProps } from "./EntryCard";
import { thumbnailOf } from "./thumbnail";

/** What a card shows of an entry as the API lists it; each screen adds its size, state and buttons. */
export function cardOf(entry: Schema<"EntryCard">, t: Translate): EntryCardProps {
  const photo = entry.attachments.find((file) => file.hasThumbnail);
  return {
    to: `/verhaal/${entry.id}`,
    kind: entry.kind,
    title: entry.title,
    happenedOn: entry.happenedOn,
    endedOn: entry.endedOn,
    form: entry.form ? t(`form.${entry.form}`) : undefined,
    hours: entry.hours,
    workFields: entry.workFields,
    different: entry.different,
    state: entry.state,
    ring: entry.ring as EntryCardProps["ring"],
    photo: photo && thumbnailOf(photo),
    film: entry.attachments.some((file) => file.kind === "film"),
    quote: quoteOf(entry.excerpt),
    question: entry.openQuestion
      ? { name: entry.openQuestion.authorName, text: entry.openQuestion.text }
      : undefined,
  };
}

const EXCERPT = 200;

/** The excerpt, ending at a whole word where the server had to cut it. */
function quoteOf(excerpt: string): string | undefined {
  if (excerpt.length < EXCERPT) return excerpt || undefined;
  return `${excerpt.slice(0, excerpt.lastIndexOf(" "))} …`;
}
