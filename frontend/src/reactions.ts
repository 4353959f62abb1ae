import type { Schema } from "~/api/client";

export type Reaction = Schema<"ReactionCode">;

/** What home says by one tap, in the order in which it is offered. */
export const REACTIONS = Object.keys({
  proud: true,
  well_done: true,
  tell_me_more: true,
  brave: true,
  saw_you_grow: true,
} satisfies Record<Reaction, true>) as Reaction[];
