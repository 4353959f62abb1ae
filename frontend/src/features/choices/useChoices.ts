import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { v7 as newId } from "uuid";
import { ApiProblem, api, body, ifMatch, type Schema } from "~/api/client";
import type { Translate } from "~/i18n";
import type { Choice, ChoiceOption } from "~/ui/choiceWords";

export type MyChoices = Schema<"MyChoices">;
export type OptionContent = Schema<"OptionContent">;
export type Offered = MyChoices["offered"][number];

const KEY = ["choices"];

/** The pupil's own choice moments, with which of them fit the class of today. */
export function useChoices() {
  return useQuery({ queryKey: KEY, queryFn: () => body(api.GET("/v1/me/choices")) });
}

/** What somebody else may see of a pupil's choices. */
export function usePupilChoices(pupilId: string) {
  return useQuery({
    queryKey: ["pupil-choices", pupilId],
    queryFn: () =>
      body(api.GET("/v1/pupils/{pupil_id}/choices", { params: { path: { pupil_id: pupilId } } })),
  });
}

/** A change of any part; afterwards all that shows it is read anew, also where somebody else was first. */
function useChange<Value, Out>(send: (value: Value) => Promise<Out>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () => Promise.all([KEY, ["today"]].map((queryKey) => cache.invalidateQueries({ queryKey }))),
  });
}

export function useBegin() {
  return useChange(({ id, kind }: { id: string; kind: Offered["kind"] }) =>
    body(api.PUT("/v1/me/choices/{choice_id}", { params: { path: { choice_id: id } }, body: { kind } })),
  );
}

/** Makes an option (no version), or changes it from the version that was read. */
export function useOption(choice: Choice) {
  return useChange(({ id, content, version }: { id: string; content: OptionContent; version?: number }) =>
    body(
      api.PUT("/v1/me/choices/{choice_id}/options/{option_id}", {
        params: { path: { choice_id: choice.id, option_id: id } },
        headers: version === undefined ? {} : ifMatch(version),
        body: content,
      }),
    ),
  );
}

export function usePlace(choice: Choice) {
  return useChange(
    ({ id, version, onList, why = "" }: { id: string; version: number; onList: boolean; why?: string }) =>
      body(
        api.PUT("/v1/me/choices/{choice_id}/options/{option_id}/place", {
          params: { path: { choice_id: choice.id, option_id: id } },
          headers: ifMatch(version),
          body: { onList, why },
        }),
      ),
  );
}

export function useSure(choice: Choice) {
  const path = (sure_id: string) => ({ params: { path: { choice_id: choice.id, sure_id } } });
  const say = useChange(async ({ sure, words }: { sure: number; words: string }) => {
    const id = newId();
    await api.PUT("/v1/me/choices/{choice_id}/sureness/{sure_id}", { ...path(id), body: { sure, words } });
    return id;
  });
  const takeBack = useChange((id: string) =>
    api.DELETE("/v1/me/choices/{choice_id}/sureness/{sure_id}", path(id)),
  );
  return { say, takeBack };
}

interface Pick {
  planA: string | null;
  planB?: string | null;
  why?: string;
  version?: number;
}

export function usePick(choice: Choice) {
  return useChange(({ planA, planB = null, why = "", version = choice.version }: Pick) =>
    body(
      api.PUT("/v1/me/choices/{choice_id}/picks/{pick_id}", {
        params: { path: { choice_id: choice.id, pick_id: newId() } },
        headers: ifMatch(version),
        body: { planA, planB, why },
      }),
    ),
  );
}

export function useMotives(choice: Choice) {
  return useChange(({ version, ...content }: { motives: string[]; ownMotive: string; version: number }) =>
    body(
      api.PUT("/v1/me/choices/{choice_id}/motives", {
        params: { path: { choice_id: choice.id } },
        headers: ifMatch(version),
        body: content,
      }),
    ),
  );
}

export function useRing(choice: Choice) {
  return useChange((ring: number) =>
    body(
      api.PUT("/v1/me/choices/{choice_id}/ring", {
        params: { path: { choice_id: choice.id } },
        headers: ifMatch(choice.version),
        body: { ring },
      }),
    ),
  );
}

export function useLookBack(choice: Choice) {
  return useChange((content: Schema<"LookBack">) =>
    body(
      api.PUT("/v1/me/choices/{choice_id}/look-back", {
        params: { path: { choice_id: choice.id } },
        headers: ifMatch(choice.version),
        body: content,
      }),
    ),
  );
}

/** Own stories to tie to an option, the newest first. */
export function useStories(pupilId: string, open: boolean) {
  return useQuery({
    queryKey: ["portfolio", pupilId, "to-choose"],
    enabled: open,
    queryFn: async () => {
      const page = await body(
        api.GET("/v1/pupils/{pupil_id}/portfolio", {
          params: { path: { pupil_id: pupilId }, query: { limit: 50 } },
        }),
      );
      return page.items.map(({ id, title, kind }) => ({ id, title, kind }));
    },
  });
}

/** Did somebody, or another device of one's own, change it first? */
export function isStale(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 412;
}

export function wordsOf(error: unknown, t: Translate): string {
  return error instanceof ApiProblem ? error.message : t("ui.error.offline");
}

export function contentOf(option: ChoiceOption): OptionContent {
  const { code, name, plus, minus, seen, entries } = option;
  return { code, name, plus, minus, seen, entryIds: entries.map(({ id }) => id) };
}
