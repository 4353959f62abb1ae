import { useState } from "react";
import type { Schema } from "~/api/client";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import { Button, ErrorState, useToast } from "~/ui";
import { AskForm } from "./AskForm";
import { LinkCard } from "./LinkCard";
import { OthersSee } from "./OthersSee";
import { useEntryLinks } from "./useLinks";
import "./outside-own.css";

type Entry = Schema<"EntryPage">;

/** Below an experience: whom the pupil asked outside and what came of it; for others what the pupil took in. */
export default function OutsideOnStory({ entry }: { entry: Entry }) {
  const links = useEntryLinks(entry.id);
  if (entry.viewer !== "self") {
    return links.data && links.data.items.length > 0 ? (
      <OthersSee items={links.data.items} name={entry.pupil.givenName} />
    ) : null;
  }
  return <Own entry={entry} />;
}

const OPEN = new Set(["shared", "asked_back", "seen"]);

function Own({ entry }: { entry: Entry }) {
  const t = useT();
  const me = useMe();
  const toast = useToast();
  const links = useEntryLinks(entry.id);
  const [asking, setAsking] = useState(false);
  const own = links.data?.own ?? [];
  const mayAsk = OPEN.has(entry.state) && me.pupil?.ageRule !== "under12";
  if (!mayAsk && own.length === 0) return null;
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="outside">
      <h2 id="outside">{t("outsideOwn.title")}</h2>
      {links.isError && <ErrorState error={links.error} onRetry={() => links.refetch()} />}
      {own.map((link) => (
        <LinkCard key={link.id} link={link} />
      ))}
      {mayAsk && !asking && own.length === 0 && <p>{t("outsideOwn.intro")}</p>}
      {mayAsk && !asking && (
        <div>
          <Button look="secondary" icon="plus" onClick={() => setAsking(true)}>
            {t("outsideOwn.ask")}
          </Button>
        </div>
      )}
      {asking && (
        <AskForm
          entry={entry}
          needsYes={me.pupil?.ageRule === "from12"}
          onAsked={(to, going) => {
            setAsking(false);
            toast({ text: t(going ? "outsideOwn.going" : "outsideOwn.asked", { to }) });
          }}
          onCancel={() => setAsking(false)}
        />
      )}
    </section>
  );
}
