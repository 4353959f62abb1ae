import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { api, body, type Schema } from "~/api/client";

export type SchoolAccountProvider = Schema<"SchoolAccountProvider">;

const LEFT = ["left-school-account"] as const;
const LAST = "school-account";

/** Where one may sign in with a school account; none while that is not known, or where there are none. */
export function useSchoolAccounts(): readonly SchoolAccountProvider[] {
  const { data } = useQuery({
    queryKey: ["school-accounts"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await body(api.GET("/v1/school-accounts"))).items,
  });
  return data ?? [];
}

/** The provider that was used last on this device, kept where it is one's own. */
export function lastUsed(): string | null {
  return localStorage.getItem(LAST);
}

export function keepLastUsed(provider: string): void {
  localStorage.setItem(LAST, provider);
}

/** Signed out here with a school account: there one may be signed in still. Until this page is loaded anew. */
export function useLeft(): SchoolAccountProvider | undefined {
  const { data } = useQuery<string | null>({ queryKey: LEFT, queryFn: () => null, enabled: false });
  return useSchoolAccounts().find((provider) => provider.id === data);
}

export function useLeave(): (provider: string | null | undefined) => void {
  const queries = useQueryClient();
  return useCallback((provider) => queries.setQueryData(LEFT, provider ?? null), [queries]);
}
