import { useQuery } from "@tanstack/react-query";
import { useParams } from "wouter";
import { api, body } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { daysInWords } from "~/i18n/dates";
import { useMe } from "~/session";
import { Field } from "~/ui";

const NEWEST = 40;

type Props = { value: string | null; onChange: (entryId: string | null, title: string) => void };

/** One of the pupil's own entries, newest first. Nothing where there is none to choose, or no network. */
export function EntryChoice({ value, onChange }: Props) {
  const t = useT();
  const language = useLanguage();
  const { entryId } = useParams<{ entryId: string }>();
  const titled = useTitles().filter((card) => card.title && card.id !== entryId);
  if (titled.length === 0) return null;
  return (
    <Field label={t("flow.aboutEntry")}>
      {(control) => (
        <select
          {...control}
          className="utrecht-textbox utrecht-textbox--html-input"
          value={value ?? ""}
          onChange={({ target }) =>
            onChange(target.value || null, titled.find(({ id }) => id === target.value)?.title ?? "")
          }
        >
          <option value="">{t("flow.aboutEntryNone")}</option>
          {titled.map(({ id, title, happenedOn, endedOn }) => (
            <option key={id} value={id}>
              {happenedOn ? `${title} · ${daysInWords(happenedOn, endedOn, language)}` : title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function useTitles() {
  const me = useMe();
  const cards = useQuery({
    queryKey: ["portfolio", me.id, "titles"],
    queryFn: () =>
      body(
        api.GET("/v1/pupils/{pupil_id}/portfolio", {
          params: { path: { pupil_id: me.id }, query: { limit: NEWEST } },
        }),
      ),
  });
  return cards.data?.items ?? [];
}
