import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, api, body, type Schema } from "~/api/client";
import type { MessageId, Translate } from "~/i18n";
import { ME, useWelcome } from "~/session";

export type Kind = Schema<"CodeFound">["kind"];
export type Relation = Schema<"NewParent">["relation"];
export type Device = NonNullable<Schema<"NewAccount">["device"]>;

/** What a code is for. */
export function useCodeLook() {
  return useMutation({
    mutationFn: (code: string) => body(api.POST("/v1/invitations/look", { body: { code } })),
  });
}

/** An account, signed in at once. */
export function useNewAccount() {
  const welcome = useWelcome();
  return useMutation({
    mutationFn: (given: Schema<"NewAccount">) => body(api.POST("/v1/accounts", { body: given })),
    onSuccess: welcome,
  });
}

/** A new password, signed in at once. */
export function useNewPassword() {
  const welcome = useWelcome();
  return useMutation({
    mutationFn: (given: Schema<"NewPasswordByCode">) => body(api.POST("/v1/passwords", { body: given })),
    onSuccess: welcome,
  });
}

/** Another child for the account that is signed in. */
export function useAddChild() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (given: Schema<"ChildAdded">) => body(api.POST("/v1/me/children", { body: given })),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ME }),
        queries.invalidateQueries({ queryKey: ["home"] }),
      ]),
  });
}

const FIELDS: Record<string, MessageId> = {
  password_short: "invitation.password.short",
  password_common: "invitation.password.common",
  password_own_name: "invitation.password.ownName",
  username_taken: "invitation.username.taken",
  too_short: "invitation.username.short",
};

/** What is wrong with one field, in the reader's language. */
export function fieldInWords(problem: unknown, pointer: string, t: Translate): string | undefined {
  const field =
    problem instanceof ApiProblem ? problem.errors.find((each) => each.pointer === pointer) : null;
  if (!field) return undefined;
  const known = FIELDS[field.code];
  return known ? t(known) : field.detail;
}

/** Why it did not work, where that is not one field. */
export function problemInWords(problem: unknown, t: Translate): string | undefined {
  if (problem == null) return undefined;
  if (!(problem instanceof ApiProblem)) return t("signIn.offline");
  if (problem.status === 410) return t("invitation.wrong");
  if (problem.type.endsWith("/already-linked")) return t("invitation.already");
  if (problem.status === 429) {
    return t("invitation.wait", { minutes: Math.max(1, Math.ceil((problem.retryAfter ?? 60) / 60)) });
  }
  if (problem.errors.some(({ pointer }) => pointer === "/password" || pointer === "/username"))
    return undefined;
  return problem.status >= 500 ? t("signIn.problem") : t("invitation.wrong");
}
