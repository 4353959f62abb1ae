import { useMutation } from "@tanstack/react-query";
import { ApiProblem, api, body, type Schema } from "~/api/client";
import type { Translate } from "~/i18n";
import { useWelcome } from "~/session";

export type Device = NonNullable<Schema<"SignIn">["device"]>;

/** Signs in; from then on the screen of this same address is shown. */
export function useSignIn() {
  const welcome = useWelcome();
  return useMutation({
    mutationFn: (given: Schema<"SignIn">) => body(api.POST("/v1/sessions", { body: given })),
    onSuccess: welcome,
  });
}

/** Why signing in did not work, and what to do. */
export function problemInWords(problem: unknown, t: Translate): string {
  if (!(problem instanceof ApiProblem)) return t("signIn.offline");
  if (problem.type.endsWith("/wrong-password")) return t("signIn.wrong");
  if (problem.status === 422) return problem.errors[0]?.detail ?? problem.message;
  if (problem.type.endsWith("/too-many-requests")) {
    return t("signIn.wait", { minutes: Math.max(1, Math.ceil((problem.retryAfter ?? 60) / 60)) });
  }
  return problem.status >= 500 ? t("signIn.problem") : problem.message;
}
