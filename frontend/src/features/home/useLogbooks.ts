import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, body } from "~/api/client";
import { today } from "~/i18n/dates";
import { logbookOf, runningLogbook, totalOf } from "~/logbook";
import { type Draft, isUnsent, keepCopy, removeDraft } from "~/offline";
import type { Card } from "./useHome";

/** A logbook that a day can be added to. */
export interface RunningLogbook {
  id: string;
  title: string;
  organisation: string;
  field: Card["workFields"][number] | undefined;
  days: number;
  hours: number | null;
  /** Something is written of today. */
  today: boolean;
  /** The last day has been. */
  over: boolean;
}

/** The logbooks that run: as the server has them, else as this device does. Each is kept at hand for a dead spot. */
export function useLogbooks(personId: string, drafts: readonly Draft[]): readonly RunningLogbook[] {
  const { data } = useQuery({
    queryKey: ["my", "logbooks"],
    queryFn: async () => (await body(api.GET("/v1/me/logbooks"))).items,
  });
  useEffect(() => {
    const copy = async (id: string) => {
      const path = { entry_id: id };
      const entry = await body(api.GET("/v1/entries/{entry_id}", { params: { path } }));
      if (entry.rights.edit) await keepCopy(personId, entry);
    };
    // Without network the copy of before stays.
    for (const { id } of data ?? []) copy(id).catch(() => {});
  }, [data, personId]);
  // A copy of a logbook that runs no more is let go.
  useEffect(() => {
    for (const draft of data ? drafts : []) {
      const { entryId, version, content } = draft;
      const copied = version !== null && !draft.refusal && !isUnsent(draft) && logbookOf(content).length > 0;
      if (copied && !data?.some(({ id }) => id === entryId)) void removeDraft(personId, entryId);
    }
  }, [data, drafts, personId]);
  const known = (data ?? []).map(({ workFields: [field], ...rest }) => ({ ...rest, field }));
  const unknown = drafts.filter(({ entryId, version }) =>
    data ? version === null && !known.some(({ id }) => id === entryId) : true,
  );
  return [...known, ...unknown.flatMap(fromDraft)];
}

function fromDraft({ entryId, content }: Draft): RunningLogbook[] {
  const now = today();
  const days = runningLogbook(content, now);
  if (!days || content.details.kind !== "experience") return [];
  const { title = "", details } = content;
  return [
    {
      id: entryId,
      title,
      organisation: details.organisation ?? "",
      field: content.workFields?.[0],
      days: totalOf(days).days,
      hours: details.hours ?? null,
      over: Boolean(content.endedOn && content.endedOn < now),
      today: totalOf(days.filter(({ on }) => on === now)).days > 0,
    },
  ];
}
