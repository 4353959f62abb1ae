import type { Schema } from "~/api/client";

export type MediaKind = Schema<"MediaKind">;

const MB = 1_000_000;

/** The largest file of each kind, in MB; the server keeps the same limits. */
export const LIMIT_MB: Record<MediaKind, number> = { photo: 30, sound: 50, document: 50, film: 500 };

/** What the file chooser offers. */
export const ACCEPT = {
  photo: "image/*",
  film: "video/*",
  any: "image/*,video/*,audio/*,.pdf,.docx,.pptx,.xlsx,.odt,.odp,.ods",
} as const;

/** What a file is to people, by its media type. */
export function kindOf(mediaType: string): MediaKind {
  const [family] = mediaType.split("/", 1);
  return family === "image"
    ? "photo"
    : family === "video"
      ? "film"
      : family === "audio"
        ? "sound"
        : "document";
}

/** Where the browser can film in the page; elsewhere its file chooser opens the phone's own camera. */
export const FILMS_HERE =
  "MediaRecorder" in globalThis && "navigator" in globalThis && "mediaDevices" in navigator;

export type Misfit = "empty" | "too-large";

/** Why a file cannot go along, before a byte of it is sent. */
export function misfit(file: Pick<File, "size" | "type">): Misfit | null {
  if (file.size === 0) return "empty";
  return file.size > LIMIT_MB[kindOf(file.type)] * MB ? "too-large" : null;
}
