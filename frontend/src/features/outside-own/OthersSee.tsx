import type { Schema } from "~/api/client";
import { useT } from "~/i18n";
import { Note, OwnWords } from "~/ui";
import { WordsSaid } from "./WordsSaid";

type Item = Schema<"EntryLink">;

/** For school and home: that somebody outside was asked, and what the pupil took in. */
export function OthersSee({ items, name }: { items: readonly Item[]; name: string }) {
  const t = useT();
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="outside">
      <h2 id="outside">{t("outsideOwn.others.title")}</h2>
      {items.map((item) => (
        <One key={item.id} item={item} name={name} />
      ))}
    </section>
  );
}

function One({ item: { who, answer }, name }: { item: Item; name: string }) {
  const t = useT();
  if (!answer) {
    return (
      <p>
        <OwnWords>{t("outsideOwn.others.asked", { who })}</OwnWords>
      </p>
    );
  }
  return (
    <div className="tp-card tp-stack">
      <div>
        <h3 dir="auto">{t("outsideOwn.others.said", { by: answer.saidBy })}</h3>
        <p className="tp-small tp-soft">
          <OwnWords>{who}</OwnWords>
        </p>
      </div>
      {answer.state === "hidden" && (
        <Note tone="wait" icon="eye-off">
          <p>{t("outsideOwn.others.told", { name })}</p>
        </Note>
      )}
      <WordsSaid answer={answer} />
    </div>
  );
}
