import { useT } from "~/i18n";
import type { Kind, WorkField } from "./codes";
import { languageOf } from "./OwnWords";

const drawings = import.meta.glob<string>("./pictures/*.svg", {
  eager: true,
  query: "?url",
  import: "default",
});

/** The address of a drawing: by work field first, else by kind of entry. */
export function drawingOf(kind: Kind, field?: WorkField): string | undefined {
  return (field && drawings[`./pictures/field-${field}.svg`]) ?? drawings[`./pictures/kind-${kind}.svg`];
}

/** A photo cut like a pebble; `alt` is in the words of whoever added it. */
export function Photo({ src, alt }: { src: string; alt: string }) {
  return (
    <img
      className="tp-picture"
      src={src}
      alt={alt}
      lang={alt ? languageOf(alt) : undefined}
      loading="lazy"
      decoding="async"
      width="320"
      height="240"
    />
  );
}

/** A drawing where there is no photo. Decoration unless `named`. */
export function Drawing({ kind, field, named = false }: { kind: Kind; field?: WorkField; named?: boolean }) {
  const t = useT();
  const what = field ? t(`field.${field}`) : t(`kind.${kind}`);
  return <Photo src={drawingOf(kind, field) ?? ""} alt={named ? t("ui.picture", { what }) : ""} />;
}
