import { useState } from "react";
import { Link } from "wouter";
import { type MessageId, useT } from "~/i18n";
import {
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  Loading,
  QuietButton,
  QuietLink,
  refusalOf,
  useToast,
} from "~/ui";
import { authorOf, wordsIn } from "./said";
import { type Elsewhere, useElsewhere, useForget } from "./useTakeaway";
import { Words } from "./Words";
import "./takeaway.css";

/** What others said elsewhere: as text, with the name it came with. Nobody here said it. */
export default function ElsewhereScreen() {
  const t = useT();
  const found = useElsewhere();
  const items = (found.data?.pages.flatMap((page) => page.items) ?? []).filter(
    ({ content, sounds }) => wordsIn(content, t).length || sounds.length,
  );
  return (
    <div className="tp-page tp-stack takeaway">
      <p>
        <QuietLink to="/alles-meenemen" icon="back">
          {t("takeaway.title")}
        </QuietLink>
      </p>
      <h1 tabIndex={-1}>{t("takeaway.elsewhere")}</h1>
      <p>{t("takeaway.elsewhere.intro")}</p>
      {found.isPending && <Loading cards={2} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => found.refetch()} />}
      {found.isSuccess && items.length === 0 && <EmptyState>{t("takeaway.elsewhere.none")}</EmptyState>}
      <ul className="tp-stack">
        {items.map((each) => (
          <li key={each.id} className="tp-card tp-stack">
            <One item={each} />
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <div>
          <Button look="secondary" busy={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
            {t("takeaway.elsewhere.more")}
          </Button>
        </div>
      )}
    </div>
  );
}

function One({ item }: { item: Elsewhere }) {
  const t = useT();
  const toast = useToast();
  const forget = useForget();
  const [asking, setAsking] = useState(false);
  const author = authorOf(item.content);
  const kind = t(`takeaway.part.${item.part}` as MessageId);
  const go = () =>
    forget.mutate(item.id, {
      onSuccess: () => toast({ text: t("takeaway.elsewhere.thrown") }),
      onError: () => toast({ text: t("takeaway.failed") }),
      onSettled: () => setAsking(false),
    });
  return (
    <>
      <h2 className="takeaway__said">{author ? t("takeaway.elsewhere.by", { kind, name: author }) : kind}</h2>
      <Words content={item.content} />
      {item.sounds.map((sound) => (
        <Sound key={sound.id} sound={sound} by={item.content.childSound === sound.id ? "child" : "home"} />
      ))}
      {item.entryId && (
        <p>
          <Link href={`/verhaal/${item.entryId}`}>
            {t("takeaway.elsewhere.at", { title: item.entryTitle || t("takeaway.report.unnamed") })}
          </Link>
        </p>
      )}
      <div>
        <QuietButton icon="trash" onClick={() => setAsking(true)}>
          {t("takeaway.elsewhere.throw")}
        </QuietButton>
      </div>
      <Dialog
        title={
          author ? t("takeaway.elsewhere.throwOf", { name: author }) : t("takeaway.elsewhere.throwTitle")
        }
        open={asking}
        onClose={() => setAsking(false)}
      >
        <p>{t("takeaway.elsewhere.throwText")}</p>
        <div className="tp-row">
          <Button busy={forget.isPending} onClick={go}>
            {t("takeaway.elsewhere.throw")}
          </Button>
          <Button look="secondary" onClick={() => setAsking(false)}>
            {t("takeaway.keep")}
          </Button>
        </div>
      </Dialog>
    </>
  );
}

/** What was said aloud on a card from home. */
function Sound({
  sound: { id, state, refusal },
  by,
}: {
  sound: Elsewhere["sounds"][number];
  by: "child" | "home";
}) {
  const t = useT();
  const who = t(`takeaway.elsewhere.sound.${by}`);
  return (
    <figure className="takeaway__sound">
      <figcaption className="tp-small tp-soft">{who}</figcaption>
      {state === "ready" ? (
        // biome-ignore lint/a11y/useMediaCaption: an answer just said, in the words of home
        <audio controls preload="none" src={`/v1/me/brought-sounds/${id}/file`} aria-label={who} />
      ) : (
        <p role="status">{t(state === "refused" ? refusalOf(refusal) : "takeaway.elsewhere.sound.comes")}</p>
      )}
    </figure>
  );
}
