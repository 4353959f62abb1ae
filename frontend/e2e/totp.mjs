import { createHmac } from "node:crypto";

/** What the app with codes of the demo's dean, admin and coordinator holds. */
const SECRET = Buffer.from("talentportfolio demo");

/**
 * The six figures of a half minute since 1970 (RFC 6238).
 *
 * @param {number} step
 * @param {Buffer} secret
 */
export function codeAt(step, secret = SECRET) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
