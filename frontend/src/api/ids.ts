import { v7 } from "uuid";

/** A new id, in order of time. Made on the device, so that a retry is the same thing. */
export function newId(): string {
  return v7();
}
