import { useMutation, useQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { keepLastUsed } from "~/session/schoolAccounts";
import type { Device } from "./useSignIn";

/** Goes to the school account, `afresh` to show anew who one is; who signs in there comes back to this screen of ours. */
export function useGoToSchoolAccount(provider: string, returnTo: string, afresh: boolean) {
  return useMutation({
    mutationFn: (device: Device) =>
      body(
        api.POST("/v1/school-accounts/{provider_id}/sign-in", {
          params: { path: { provider_id: provider } },
          body: { device, returnTo, afresh },
        }),
      ),
    onSuccess: ({ address }, device) => {
      if (device === "own") keepLastUsed(provider);
      location.assign(address);
    },
  });
}

/** Where one signs out of the school account itself; `null` where it has no such place, or is away. */
export function useSignOutAddress(provider: string | undefined) {
  return useQuery({
    queryKey: ["school-account-sign-out", provider],
    enabled: provider !== undefined,
    retry: false,
    queryFn: async () => {
      const path = { provider_id: provider ?? "" };
      const answer = api.GET("/v1/school-accounts/{provider_id}/sign-out", { params: { path } });
      return (await body(answer)).address;
    },
  });
}

const WHY = ["vraag-school", "opnieuw", "later", "gestopt"] as const;

/** Why one came back without being signed in, as the address of the screen says. */
export function whyNot(search: string): (typeof WHY)[number] | undefined {
  const said = new URLSearchParams(search).get("lukte-niet");
  return WHY.find((each) => each === said);
}

/** The screen that was asked for before signing in. */
export function askedFor(search: string): string {
  return new URLSearchParams(search).get("naar") ?? "/";
}
