import type { Schema } from "~/api/client";

type Options = Schema<"PasskeyOptions">["publicKey"];
type Credential = Schema<"Credential">;

/** Whether this browser, at this address, can hold passkeys: a bare IP address cannot be theirs. */
export function passkeysWork(): boolean {
  const isAddress = /^[\d.]+$|^\[/u.test(location.hostname);
  return isSecureContext && "PublicKeyCredential" in window && !isAddress;
}

/** Asks the device to make a passkey. */
export async function makePasskey(options: Options): Promise<Credential> {
  const publicKey = readBinary(options) as unknown as PublicKeyCredentialCreationOptions;
  return asJson(await navigator.credentials.create({ publicKey }));
}

/** Asks the device to sign with a passkey that it holds. */
export async function signWithPasskey(options: Options): Promise<Credential> {
  const publicKey = readBinary(options) as unknown as PublicKeyCredentialRequestOptions;
  return asJson(await navigator.credentials.get({ publicKey }));
}

/** WebAuthn's JSON as the browser takes it: challenges and ids are bytes. */
function readBinary(value: unknown, name = ""): unknown {
  if (typeof value === "string") return ["challenge", "id"].includes(name) ? fromBase64(value) : value;
  if (Array.isArray(value)) return value.map((each) => readBinary(each));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === "rp" ? each : readBinary(each, key)]),
  );
}

function asJson(made: globalThis.Credential | null): Credential {
  const credential = made as PublicKeyCredential;
  const response = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const parts = [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ] as const;
  return {
    id: credential.id,
    rawId: toBase64(credential.rawId),
    type: "public-key",
    response: Object.fromEntries(
      parts.flatMap((part) =>
        response[part] instanceof ArrayBuffer ? [[part, toBase64(response[part])]] : [],
      ),
    ),
  };
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}

function toBase64(bytes: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
