import { useT } from "~/i18n";
import type { Kind, WorkField } from "./codes";
import { languageOf } from "./OwnWords";
import type { Thumbnail } from "./thumbnail";

const drawings = import.meta.glob<string>("./pictures/*.svg", {
  eager: true,
  query: "?url",
  import: "default",
});

/** The address of a drawing: by work field first, else by kind of entry. */
export function drawingOf(kind: Kind, field?: WorkField): string | undefined {
  return (field && drawings[`./pictures/field-${field}.svg`]) ?? drawings[`./pictures/kind-${kind}.svg`];
}

type PhotoProps = Pick<Thumbnail, "src" | "alt"> & Partial<Thumbnail> & { sizes?: string };

/** A photo cut like a pebble; `alt` is in the words of whoever added it. */
export function Photo({
  src,
  alt,
  srcSet,
  placeholder,
  sizes = "(min-width: 64rem) 20rem, 45vw",
}: PhotoProps) {
  return (
    <img
      className="tp-picture"
      src={src}
      srcSet={srcSet}
      sizes={srcSet && sizes}
      style={placeholder ? { backgroundImage: `url("${placeholder}")`, backgroundSize: "cover" } : undefined}
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
