import { useMutation } from "@tanstack/react-query";
import { ApiProblem, api, body, type Schema } from "~/api/client";
import { useWelcome } from "~/session";
import type { Device } from "./useSignIn";

export type ClassFound = Schema<"ClassFound">;
export type ClassMate = ClassFound["pupils"][number];

/** What was typed at the pad. */
export interface Pin {
  pin: string;
  choosePin: boolean;
  device: Device;
}

/** Whether this card works, and has a PIN. */
export function useCardLook() {
  return useMutation({
    mutationFn: (secret: string) => body(api.POST("/v1/cards/look", { body: { secret } })),
  });
}

/** Who is in the class of this code. */
export function useClassLook() {
  return useMutation({
    mutationFn: (code: string) => body(api.POST("/v1/class-codes/look", { body: { code } })),
  });
}

export function useSignInByCard() {
  const welcome = useWelcome();
  return useMutation({
    mutationFn: (given: Pin & { secret: string }) => body(api.POST("/v1/sessions/by-card", { body: given })),
    onSuccess: welcome,
  });
}

export function useSignInByClass() {
  const welcome = useWelcome();
  return useMutation({
    mutationFn: (given: Pin & { code: string; pupilId: string }) =>
      body(api.POST("/v1/sessions/by-class-code", { body: given })),
    onSuccess: welcome,
  });
}

/** A PIN was chosen, or taken away, since this screen was opened. */
export function isOutdated(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.status === 409;
}

/** Letters only, in capitals, as they stand on the board. */
export function asCode(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z]/gu, "");
}

/** The secret behind the # of a card's address; empty where there is none. */
export function secretOf(hash: string): string {
  return hash.replace(/^#/u, "").trim();
}
