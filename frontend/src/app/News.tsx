import { type IconName, Note, QuietLink } from "~/ui";

/** A note at a first page: what waits for whoever is here, and the way to it. */
export function News({
  icon,
  label,
  words,
  to,
  look,
}: {
  icon: IconName;
  label: string;
  words: string;
  to: string;
  look: string;
}) {
  return (
    <aside className="tp-page tp-news" aria-label={label}>
      <Note tone="wait" icon={icon}>
        <p>{words}</p>
        <p>
          <QuietLink to={to} iconAfter="forward">
            {look}
          </QuietLink>
        </p>
      </Note>
    </aside>
  );
}
