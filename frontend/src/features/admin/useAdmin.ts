import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { ApiProblem, api, body, type Schema } from "~/api/client";
import { useT } from "~/i18n";
import { useToast } from "~/ui";
import { useOwnSchool } from "./ownSchool";

export type Act = Schema<"ActOut">;
export type Person = Schema<"PersonFile">;
export type PersonRow = Schema<"PersonRow">;
export type Placement = Schema<"PlacementOut">;
export type RoleHere = Schema<"RoleHere">;
export type Assignment = Schema<"AssignmentOut">;
export type Group = Schema<"AdminGroup">;
export type GroupFile = Schema<"AdminGroupFile">;
export type GroupTeacher = Schema<"GroupTeacher">;
export type Overview = Schema<"Overview">;

/** Whom the list shows. */
export const KINDS = [
  "everyone",
  "pupil",
  "staff",
  "guardian",
  "no_group",
  "no_way_in",
  "closed",
  "ended",
] as const;
export type Kind = (typeof KINDS)[number];

const ADMIN = "admin";

export function useOverview() {
  const { id } = useOwnSchool();
  return useQuery({
    queryKey: [ADMIN, id, "overview"],
    queryFn: () => body(api.GET("/v1/schools/{school_id}/administration", at(id))),
  });
}

/** Everybody of the school whose name has these parts, fifty at a time. */
export function usePeople(query: string, kind: Kind) {
  const { id } = useOwnSchool();
  return useInfiniteQuery({
    queryKey: [ADMIN, id, "people", query, kind],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(
        api.GET("/v1/schools/{school_id}/people", {
          params: { path: { school_id: id }, query: { query, kind, limit: 50, cursor: pageParam } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function usePerson(personId: string) {
  const { id } = useOwnSchool();
  return useQuery({
    queryKey: [ADMIN, id, "person", personId],
    queryFn: () =>
      body(
        api.GET("/v1/schools/{school_id}/people/{person_id}", {
          params: { path: { school_id: id, person_id: personId } },
        }),
      ),
  });
}

/** The groups of one school year; of now when none is given. */
export function useGroups(schoolYear?: number) {
  const { id } = useOwnSchool();
  return useQuery({
    queryKey: [ADMIN, id, "groups", schoolYear],
    queryFn: () =>
      body(
        api.GET("/v1/schools/{school_id}/groups", {
          params: { path: { school_id: id }, query: { schoolYear } },
        }),
      ),
  });
}

export function useGroup(groupId: string) {
  const { id } = useOwnSchool();
  return useQuery({
    queryKey: [ADMIN, id, "group", groupId],
    queryFn: () =>
      body(
        api.GET("/v1/schools/{school_id}/groups/{group_id}", {
          params: { path: { school_id: id, group_id: groupId } },
        }),
      ),
  });
}

type Done = Schema<"Done">;

/**
 * One act of an admin. When it is done, all that was read is read again, and a message says so in the given words, with
 * a way back where there is one.
 */
export function useAct<Input>(
  run: (input: Input, schoolId: string) => Promise<Done | undefined>,
  { undo = true }: { undo?: boolean } = {},
) {
  const { id } = useOwnSchool();
  const queries = useQueryClient();
  const toast = useToast();
  const takeBack = useUndo();
  const act = useMutation({
    mutationFn: (input: Input) => run(input, id),
    onSettled: () => queries.invalidateQueries({ queryKey: [ADMIN] }),
  });
  const go = (
    input: Input,
    done: {
      words: string;
      after?: (made: Done | undefined) => void;
      refused?: (error: unknown) => void;
    },
  ) =>
    act.mutate(input, {
      onError: done.refused,
      onSuccess: (made) => {
        const actId = undo ? made?.actId : undefined;
        toast({ text: done.words, action: actId ? () => takeBack(actId) : undefined });
        done.after?.(made);
      },
    });
  return { go, busy: act.isPending, error: act.error, reset: act.reset };
}

/** Takes an act of today back. */
export function useUndo(): (actId: string) => void {
  const { id } = useOwnSchool();
  const t = useT();
  const toast = useToast();
  const queries = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (actId: string) =>
      body(
        api.POST("/v1/schools/{school_id}/acts/{act_id}/undo", {
          params: { path: { school_id: id, act_id: actId } },
        }),
      ),
    onSuccess: () => toast({ text: t("admin.undone") }),
    onError: (error) => toast({ text: problemText(error) ?? t("ui.error.unknown") }),
    onSettled: () => queries.invalidateQueries({ queryKey: [ADMIN] }),
  });
  return mutate;
}

/** New cards, saved as a file to print. It is made once and kept nowhere. */
export function useCards() {
  const { id } = useOwnSchool();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ fileName, ...wish }: Schema<"CardsPrinted"> & { fileName: string }) => {
      const sheet = await body(
        api.POST("/v1/schools/{school_id}/cards", { ...at(id), body: wish, parseAs: "blob" }),
      );
      save(sheet as unknown as Blob, fileName);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [ADMIN] }),
  });
}

/** A letter with a code for an account or a new password, downloaded; never shown again. */
export function useAccountLetter() {
  const { id } = useOwnSchool();
  return useMutation({
    mutationFn: async (personId: string) => {
      const letter = await body(
        api.POST("/v1/schools/{school_id}/account-letters", {
          ...at(id),
          body: { personId },
          parseAs: "blob",
        }),
      );
      save(letter as unknown as Blob, "brief.pdf");
    },
  });
}

/** The server's words about the whole of what was asked; not those about one field. */
export function problemText(error: unknown): string | undefined {
  return error instanceof ApiProblem && error.errors.length === 0 ? error.message : undefined;
}

/** The server's words about one field. */
export function fieldProblem(error: unknown, pointer: string): string | undefined {
  return error instanceof ApiProblem ? error.at(pointer) : undefined;
}

export function isNamesake(error: unknown): boolean {
  return error instanceof ApiProblem && error.type === "/problems/namesake";
}

function at(schoolId: string) {
  return { params: { path: { school_id: schoolId } } };
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has the file when the click is over; a moment more for older ones.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
