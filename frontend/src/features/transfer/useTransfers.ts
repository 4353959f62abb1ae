import { useIsFetching, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, api, body, ifMatch, type Schema } from "~/api/client";
import { currentLanguage, serverSpeaks } from "~/i18n";

export type Mine = Schema<"MyTransfers">;
export type Place = Mine["places"][number];
export type Transfer = Schema<"OwnTransfer">;
export type Choosable = Schema<"Choosable">;
export type Thing = Schema<"Thing">;
export type Summary = Schema<"Summary">;
export type View = Schema<"TransferView">;
export type Request = Schema<"TransferRequest">;
export type Offered = Schema<"OfferedTransfer">;

/** The keys that a change of one transfer touches. */
const TOUCHED = ["transfers", "transfer-requests", "offered-transfers", "pupil-transfers", "portfolio"];

/**
 * To which schools one can take things along, and how each transfer stands. Read anew by each screen: what was just
 * chosen is in it (`isFetchedAfterMount`).
 */
export function useTransfers() {
  return useQuery({
    queryKey: ["transfers", "mine"],
    refetchOnMount: "always",
    queryFn: () => body(api.GET("/v1/me/transfers")),
  });
}

export function useChoosable(placementId: string) {
  return useQuery({
    queryKey: ["transfers", "choices", placementId],
    queryFn: () =>
      body(
        api.GET("/v1/me/transfer-choices/{placement_id}", {
          params: { path: { placement_id: placementId } },
        }),
      ),
  });
}

/** What the new school has; for the pupil as a look beforehand. */
export function useView(transferId: string) {
  return useQuery({
    queryKey: ["transfers", "view", transferId],
    refetchOnMount: "always",
    queryFn: () =>
      body(api.GET("/v1/transfers/{transfer_id}/view", { params: { path: { transfer_id: transferId } } })),
  });
}

/** What waits for one's yes as a parent, and what runs. */
export function useRequests() {
  return useQuery({
    queryKey: ["transfer-requests"],
    queryFn: () => body(api.GET("/v1/me/transfer-requests")),
  });
}

/** What waits at school, and what was accepted lately. */
export function useOffered() {
  return useQuery({ queryKey: ["offered-transfers"], queryFn: () => body(api.GET("/v1/transfers")) });
}

function useChange<Value, Out>(send: (value: Value) => Promise<Out>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    // Not waited for: what is asked for anew may take away the very button, and its word must come first.
    onSettled: () => {
      for (const key of TOUCHED) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
}

interface Kept {
  id: string;
  placementId: string;
  items: Thing[];
  version: number | null;
}

/** Keeps what goes along; the list itself is not read anew, one is working in it. */
export function useKeep() {
  return useMutation({
    mutationFn: ({ id, version, ...content }: Kept) =>
      body(
        api.PUT("/v1/me/transfers/{transfer_id}", {
          params: { path: { transfer_id: id } },
          headers: version === null ? {} : ifMatch(version),
          body: content,
        }),
      ),
  });
}

/** One transfer of one's own as it is on the server now. */
export async function readTransfer(id: string): Promise<Transfer> {
  return body(api.GET("/v1/me/transfers/{transfer_id}", { params: { path: { transfer_id: id } } }));
}

export function useSend() {
  return useChange(({ id, version }: { id: string; version: number }) =>
    body(
      api.PUT("/v1/me/transfers/{transfer_id}/sending", {
        params: { path: { transfer_id: id } },
        headers: ifMatch(version),
      }),
    ),
  );
}

export function useWithdraw() {
  return useChange((id: string) =>
    api.DELETE("/v1/me/transfers/{transfer_id}", { params: { path: { transfer_id: id } } }),
  );
}

/** Takes one thing back after the school accepted, or lets it go along after all. */
export function useGoesAlong(transferId: string) {
  return useChange(({ kind, id, goesAlong }: Thing & { goesAlong: boolean }) =>
    api.PUT("/v1/me/transfers/{transfer_id}/items/{kind}/{thing_id}", {
      params: { path: { transfer_id: transferId, kind, thing_id: id } },
      body: { goesAlong },
    }),
  );
}

export function useAnswer() {
  return useChange(({ id, ...given }: { id: string; version: number; answer: "yes" | "no" }) =>
    api.PUT("/v1/transfers/{transfer_id}/consent", { params: { path: { transfer_id: id } }, body: given }),
  );
}

/** Whether what was just answered or decided is not shown yet. */
export function useReading(of: "transfer-requests" | "offered-transfers"): boolean {
  return useIsFetching({ queryKey: [of] }) > 0;
}

export function useDecide() {
  return useChange(({ id, why }: { id: string; why?: string }) =>
    api.PUT("/v1/transfers/{transfer_id}/decision", {
      params: { path: { transfer_id: id } },
      body: why === undefined ? { decision: "accepted" } : { decision: "refused", why },
    }),
  );
}

/** Somebody changed it in another window meanwhile. */
export function isChanged(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 412;
}

/** What the server said, in its words; none where it said nothing, or not in the language of the screen. */
export function saidByServer(error: unknown): string | undefined {
  return error instanceof ApiProblem && serverSpeaks(currentLanguage()) ? error.message : undefined;
}
