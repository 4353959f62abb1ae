import { useEffect, useState } from "react";
import { useT } from "~/i18n";
import { Button, Dialog, Loading, OwnWords } from "~/ui";

interface There<Content> {
  content: Content;
  version: number;
  /** Who wrote it; null: on another device of one's own. */
  by: string | null;
}

interface Props<Content, Name extends keyof Content> {
  open: boolean;
  mine: Content;
  read: () => Promise<There<Content>>;
  fields: readonly { name: Name; label: string }[];
  /** What else is in it, put together so that nothing goes away. */
  rest: (mine: Content, there: Content) => Content;
  /** Further lines of a version, in words. */
  more?: (content: Content) => readonly string[];
  onGo: (words: Content, there: Content, version: number) => Promise<boolean>;
}

/** Somebody wrote at the same moment: both versions side by side, and nothing goes away by itself. */
export function Conflict<Content, Name extends keyof Content>(props: Props<Content, Name>) {
  const { open, mine, read, fields, rest, more, onGo } = props;
  const t = useT();
  const [there, setThere] = useState<There<Content>>();
  const [failed, setFailed] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for each time that it opens
  useEffect(() => {
    setThere(undefined);
    setFailed(false);
    if (open) read().then(setThere, () => setFailed(true));
  }, [open]);
  const together = () => {
    if (!there) return;
    const words = rest(mine, there.content);
    for (const { name } of fields) {
      const [a, b] = [`${mine[name] ?? ""}`.trim(), `${there.content[name] ?? ""}`.trim()];
      const both =
        a === b || b === "" ? a : a === "" ? b : b.includes(a) ? b : a.includes(b) ? a : `${b}\n\n${a}`;
      Object.assign(words as object, { [name]: both });
    }
    void onGo(words, there.content, there.version);
  };
  return (
    <Dialog title={t("talks.conflict")} open={open} onClose={() => {}}>
      {failed && <p>{t("ui.error.offline")}</p>}
      {!there && !failed && <Loading cards={1} />}
      {there && (
        <div className="tp-stack">
          <p>{there.by ? t("talks.conflict.text", { name: there.by }) : t("talks.conflict.own")}</p>
          <div className="talks__versions">
            {[
              { label: t("talks.conflict.mine"), content: mine },
              {
                label: there.by ? t("talks.conflict.of", { name: there.by }) : t("talks.conflict.there"),
                content: there.content,
              },
            ].map(({ label, content }) => (
              <section key={label} className="tp-card tp-stack" aria-label={label}>
                <h3>{label}</h3>
                <dl className="tp-stack">
                  {fields
                    .filter(({ name }) => mine[name] !== there.content[name])
                    .map((field) => (
                      <div key={`${String(field.name)}`}>
                        <dt className="tp-small tp-soft">{field.label}</dt>
                        <dd className="talk__text">
                          <OwnWords>{`${content[field.name] ?? ""}` || t("talks.conflict.empty")}</OwnWords>
                        </dd>
                      </div>
                    ))}
                </dl>
                {more?.(content).map((line) => (
                  <p key={line} className="tp-small">
                    {line}
                  </p>
                ))}
              </section>
            ))}
          </div>
          <Button onClick={together}>{t("talks.conflict.both")}</Button>
          <div className="tp-row">
            <Button look="secondary" onClick={() => onGo(mine, there.content, there.version)}>
              {t("talks.conflict.keepMine")}
            </Button>
            <Button look="secondary" onClick={() => onGo(there.content, there.content, there.version)}>
              {t("talks.conflict.takeTheirs")}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
