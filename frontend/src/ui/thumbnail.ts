import type { Schema } from "~/api/client";

const WIDTHS = [320, 640, 1280] as const;

/** The pictures of a file in three widths, and a tiny one until they are there. */
export interface Thumbnail {
  src: string;
  srcSet: string;
  alt: string;
  placeholder?: string | null;
}

export function thumbnailOf({
  id,
  alt,
  placeholder,
}: Pick<Schema<"AttachmentOut">, "id" | "alt" | "placeholder">): Thumbnail {
  const at = (width: number) => `/v1/attachments/${id}/thumbnail?width=${width}`;
  return {
    src: at(640),
    srcSet: WIDTHS.map((width) => `${at(width)} ${width}w`).join(", "),
    alt,
    placeholder,
  };
}
