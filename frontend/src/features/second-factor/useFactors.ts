import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, api, body, type Schema } from "~/api/client";
import type { Translate } from "~/i18n";
import type { Me } from "~/session";
import { makePasskey, signWithPasskey } from "./passkeys";

export type Way = Schema<"FactorDue">["ways"][number];
export type Factor = Schema<"FactorOut">;
export type FactorChange = Schema<"FactorChangeOut">;
export type NewFactor = Schema<"NewFactor">;

const FACTORS = ["factors"] as const;

/** Gives a passkey, or a code. The answer is who this is. */
export function useGive() {
  return useMutation({
    mutationFn: async (given: { way: Way; code: string }) => {
      const { way, code } = given;
      if (way === "app") return body(api.POST("/v1/sessions/current/factor/by-app", { body: { code } }));
      if (way === "password")
        return body(api.POST("/v1/sessions/current/factor/by-password", { body: { password: code } }));
      if (way === "recovery_code")
        return body(api.POST("/v1/sessions/current/factor/by-recovery-code", { body: { code } }));
      const { publicKey } = await body(api.POST("/v1/sessions/current/factor/passkey-challenge"));
      const credential = await signWithPasskey(publicKey);
      return body(api.POST("/v1/sessions/current/factor/by-passkey", { body: { credential } }));
    },
  });
}

/** Off to the school account, to show anew who one is; from there back to this screen. */
export function useSchoolAccountAnew() {
  return useMutation({
    mutationFn: ({ provider, device }: { provider: string; device: Me["device"] }) =>
      body(
        api.POST("/v1/school-accounts/{provider_id}/sign-in", {
          params: { path: { provider_id: provider } },
          body: { device, returnTo: location.pathname, afresh: true },
        }),
      ),
    onSuccess: ({ address }) => location.assign(address),
  });
}

/** The ways in which a whole session may show anew who it is of: other ones after the first factor was set up. */
export function useWays() {
  return useQuery({
    queryKey: ["factor-ways"],
    staleTime: 0,
    gcTime: 0,
    queryFn: async () => (await body(api.GET("/v1/sessions/current/factor"))).ways,
  });
}

/** What one has, how many recovery codes are left, what changed. */
export function useFactors() {
  return useQuery({ queryKey: FACTORS, queryFn: () => body(api.GET("/v1/me/factors")) });
}

export function useAddPasskey() {
  return useChange(async (name: string) => {
    const { publicKey } = await body(api.POST("/v1/me/factors/passkey-challenge"));
    const credential = await makePasskey(publicKey);
    return body(api.POST("/v1/me/factors/passkeys", { body: { name, credential } }));
  });
}

/** A secret for an app; it counts once a code confirms it. */
export function useStartApp() {
  return useMutation({ mutationFn: () => body(api.POST("/v1/me/factors/app-secret")) });
}

export function useAddApp() {
  return useChange((given: Schema<"AppAdded">) => body(api.POST("/v1/me/factors/apps", { body: given })));
}

export function useRename() {
  return useChange(({ id, name }: { id: string; name: string }) =>
    body(api.PATCH("/v1/me/factors/{factor_id}", { params: { path: { factor_id: id } }, body: { name } })),
  );
}

export function useRemove() {
  return useChange((id: string) =>
    body(api.DELETE("/v1/me/factors/{factor_id}", { params: { path: { factor_id: id } } })),
  );
}

export function useRenewCodes() {
  return useChange(async () => (await body(api.POST("/v1/me/recovery-codes"))).codes);
}

function useChange<Given, Made>(mutationFn: (given: Given) => Promise<Made>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => void queries.invalidateQueries({ queryKey: FACTORS }),
  });
}

/** What went wrong, and what to do. */
export function inWords(problem: unknown, t: Translate): string {
  if (problem instanceof DOMException) {
    return t(problem.name === "InvalidStateError" ? "factor.passkey.known" : "factor.passkey.cancelled");
  }
  if (!(problem instanceof ApiProblem)) return t("factor.offline");
  const kind = problem.type.split("/").at(-1);
  if (kind === "factor-locked" || kind === "too-many-requests") {
    return t("factor.wait", { minutes: Math.max(1, Math.ceil((problem.retryAfter ?? 60) / 60)) });
  }
  if (kind === "wrong-factor") return t("factor.wrong");
  if (kind === "factor-expired" || kind === "login-needed") return t("factor.expired");
  if (kind === "last-factor") return t("factor.last");
  if (kind === "too-many-factors") return t("factor.many");
  if (problem.at("/password")) return t("factor.wrongPassword");
  if (problem.status === 422) return t(problem.at("/code") ? "factor.wrongCode" : "factor.failed");
  return t("factor.failed");
}
